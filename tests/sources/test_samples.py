"""The room's canaries are where they should be, and nowhere else."""

from __future__ import annotations

from sofra.sources import queries
from sofra.sources.samples import SAMPLE, canaries


def test_each_token_is_read_by_its_holder_alone(world):
    canaries(world)
    holders = {holder: token for token, holder in world.tokens.items()}
    told = {}
    for who in ("visitor", "observer", "RS", "AL", "secretariat"):
        with world.act(who):
            text = repr([queries.meeting_record(SAMPLE, "en"), queries.kept_back("en"), queries.differences("en")])
            comments = [each.text for fact in queries.meeting_record(SAMPLE, "en").messages for each in fact.comments]
            told[who] = {holder for holder, token in holders.items() if token in text or token in comments}
    assert told == {
        "visitor": set(),
        "observer": set(),
        "RS": {"format"},
        "AL": {"format", "AL"},
        "secretariat": {"format", "secretariat"},
    }
