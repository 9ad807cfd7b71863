"""A thousand submissions of seven delegations at once: none is lost, and each bears the instant at which it was made."""

from __future__ import annotations

import threading
from datetime import datetime

from django.db import connection

from sofra.kernel import wordings
from sofra.kernel.commands import database_now
from sofra.texts.commands import positions, proposing, silence
from sofra.texts.commands.rows import latest_stand
from sofra.texts.engine.projecting import project_content
from sofra.texts.labels import label_of
from sofra.texts.models import (
    Paragraph,
    Position,
    PositionReason,
    Proposal,
    Silence,
    SilenceBreak,
    SilenceEvent,
    Stance,
    Text,
)
from sofra.texts.queries.text import content, paragraphs_now
from tests.meetings.agenda_world import make_meeting, soon
from tests.support.world import CODES, World, make_world
from tests.texts.texts_world import make_text

#: What five minutes are given for.
SUBMISSIONS = 1000
#: Who submitted what, between which two instants.
Sent = tuple[str, str, datetime, datetime]


class Room:
    """A text under silence, to which delegations object, and one that is negotiated."""

    def __init__(self, world: World) -> None:
        self.world = world
        meeting = make_meeting(world)
        quiet = make_text(world, meeting, "1. We stay.")
        self.open: Text = make_text(
            world, meeting, "\n\n".join(f"{n}. We build roads [and rails]." for n in range(1, 9))
        )
        with world.act("secretariat"):
            self.silence: Silence = silence.open_silence(text=quiet, deadline=soon(3600), question={"en": "Adopted?"})
            found = paragraphs_now(self.open)
            self.choices = [each.points("en")[0].choices[0].key for each in found]
            self.paragraphs: list[Paragraph] = [each.row for each in found]
        for each in self.paragraphs:
            each.text = self.open

    def submit(self, code: str, number: int) -> Sent:
        """One submission, of the kind and to the place its number says: half of the paragraphs are reworded, half are not."""
        words = f"{code} {number}"
        kind = number % 5
        place = number // 5 % 4 + (4 if kind > 2 else 0)
        with self.world.act(code):
            before = database_now()
            if 0 < kind < 3:
                silence.break_silence(silence=self.silence, words={"en": words})
            elif kind == 0:
                proposing.propose(
                    paragraph=self.paragraphs[place], wording=f"We build roads and rails, {words}.", language="en",
                    seen=None,
                )  # fmt: skip
            else:
                positions.take_position(
                    paragraph=self.paragraphs[place], language="en", choice=self.choices[place], stance=Stance.SUPPORTS,
                    reason={"en": words},
                )  # fmt: skip
            return code, words, before, database_now()


def test_a_thousand_submissions_in_five_minutes_are_all_kept_with_their_instants(own_database: str) -> None:
    world = make_world()
    room = Room(world)
    sent: list[Sent] = []
    failed: list[BaseException] = []
    begin = threading.Barrier(len(CODES))

    def run(code: str, mine: range) -> None:
        try:
            begin.wait(30)
            sent.extend([room.submit(code, number) for number in mine])
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    start = database_now()
    threads = [
        threading.Thread(target=run, args=(code, range(place, SUBMISSIONS, len(CODES))))
        for place, code in enumerate(CODES)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(240)
    assert failed == []
    assert len(sent) == SUBMISSIONS
    assert (database_now() - start).total_seconds() < 300
    _all_kept(room, sent)


def _all_kept(room: Room, sent: list[Sent]) -> None:
    world = room.world
    with world.act("secretariat"):
        kept: dict[str, datetime] = {}
        owners: dict[str, object] = {}
        for proposal in Proposal.objects.all():
            words = proposal.wording.removeprefix("We build roads and rails, ").rstrip(".")
            kept[words], owners[words] = proposal.at, proposal.owner_party_id
        for model, field in ((SilenceBreak, "words"), (Position, "reason")):
            for row, words in worded(model, field):
                kept[words], owners[words] = row.at, row.owner_party_id
                if isinstance(row, SilenceBreak):
                    assert row.at == row.received_at
        assert set(kept) == {words for _code, words, _before, _after in sent}
        for code, words, before, after in sent:
            assert before <= kept[words] <= after, words
            assert owners[words] == world.parties[code].pk
        assert SilenceEvent.objects.filter(kind="broken").count() == 1
        for paragraph in room.paragraphs[:4]:
            stand = latest_stand(paragraph, "en")
            assert stand is not None
            last = {
                row.owner_party_id: row.wording for row in Proposal.objects.filter(paragraph=paragraph).order_by("at")
            }
            assert len(last) == len(CODES)
            for party, wording in last.items():
                assert project_content(content(stand.content), label_of(party)) == wording


def worded(model: type, field: str) -> list[tuple[object, str]]:
    """Rows with their words in English."""
    if model is Position:
        reasons = list(PositionReason.objects.select_related("position"))
        texts = wordings.of(reasons)
        return [(each.position, texts[each.pk][field]["en"]) for each in reasons]
    rows = list(model.objects.all())  # type: ignore[attr-defined]
    texts = wordings.of(rows)
    return [(each, texts[each.pk][field]["en"]) for each in rows]
