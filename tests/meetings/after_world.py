"""A meeting that was held, its summary, and short words for what the secretariat does with it."""

from __future__ import annotations

from typing import Any

from sofra.meetings.commands import issuing, outcomes
from sofra.meetings.commands.issuing import Quotation
from sofra.meetings.commands.outcomes import Text
from sofra.meetings.models import Issue, Meeting, Outcome
from tests.meetings.agenda_world import make_meeting
from tests.support.world import World

BODY = "The chair thanks all.\n\nThe ministers agreed on a map.\n\n- one side draws it\n- the other prints it"
MAP = "The ministers agreed on a map."


def held(world: World, slug: str = "3", **more: Any) -> Meeting:
    """A meeting under way."""
    return make_meeting(world, slug, status="under_way", **more)


def summary(world: World, meeting: Meeting, body: str = BODY, kind: str = "chair_summary", **more: Text) -> Outcome:
    """The draft of a summary in English, and in whatever else is given."""
    with world.act("secretariat"):
        return outcomes.draft_outcome(meeting=meeting, kind=kind, texts={"en": Text("Summary", body), **more})


def issued(world: World, outcome: Outcome, audience: str = "format", codes: tuple[str, ...] = (), **more: Any) -> Issue:
    """The summary as it was issued in English."""
    with world.act("secretariat"):
        return issuing.issue_outcome(
            outcome=outcome, languages=more.pop("languages", ["en"]), audience=audience,
            readers=[world.parties[code].pk for code in codes], **more,
        )  # fmt: skip


def decided(world: World, issue: Issue, quote: str = MAP, title: str = "A map", **more: Any) -> Outcome:
    """A decision drafted from it."""
    with world.act("secretariat"):
        return issuing.record_decision(
            issue=issue, texts={"en": Text(title, quote)}, quotation=Quotation("en", (quote,), **more)
        )
