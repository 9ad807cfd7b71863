"""From rows to the engine: the history a commitment's state is worked out from, and the instant a meeting looks from."""

from __future__ import annotations

from datetime import datetime

from sofra.cooperation.engine.state import Answer, DateSet, Ending, History, Said, State, end_of_day, state
from sofra.cooperation.models import Commitment, Report
from sofra.cooperation.models import Ending as EndingRow
from sofra.meetings.models import Meeting

#: What `history_of` walks; prefetch it for a list.
HISTORY = ("dates__answer", "reports__sources", "endings")


def history_of(commitment: Commitment) -> History:
    """The history as the actor may read it."""
    return History(
        dates=tuple(
            DateSet(each.due, each.zone, each.at, each.by_owner, each.at_once, _answer(each))
            for each in commitment.dates.all()
        ),
        reports=tuple(
            Said(each.at, each.claim == Report.Claim.DONE, bool(each.sources.all()))
            for each in commitment.reports.all()
        ),
        endings=tuple(Ending(each.at, each.kind == EndingRow.Kind.LAPSED) for each in commitment.endings.all()),
    )


def state_of(commitment: Commitment, at: datetime) -> State:
    """The commitment's state at an instant."""
    return state(history_of(commitment), at)


def closes_at(meeting: Meeting) -> datetime:
    """The instant after which a meeting looks no further: its end, or the end of its day where no hour is known."""
    return meeting.ends_at or end_of_day(meeting.day, meeting.zone)


def seen_from(meeting: Meeting, now: datetime) -> datetime:
    """The instant a meeting's follow-up speaks of: now, until the meeting is over."""
    return min(now, closes_at(meeting))


def _answer(each: object) -> Answer | None:
    # A reverse one-to-one that is empty raises; prefetched or not, this asks it the same way.
    found = getattr(each, "answer", None)
    return Answer(found.accepted, found.at) if found is not None else None
