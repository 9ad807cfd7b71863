"""What state a commitment is in at an instant, from its history alone.

There is no score here and nothing is added up per party: a state is a fact about one promise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Code(StrEnum):
    """The states a commitment can be in."""

    PROPOSED = "proposed"
    COUNTERED = "countered"
    DECLINED = "declined"
    ON_TIME = "on_time"
    LATE = "late"
    DONE = "done"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


#: What counts as a promise that stands or stood: the states a follow-up speaks of.
COUNTING = frozenset({Code.ON_TIME, Code.LATE, Code.DONE, Code.LAPSED})


@dataclass(frozen=True)
class Answer:
    """The other side's answer to a date: accepted or declined, at an instant."""

    accepted: bool
    at: datetime


@dataclass(frozen=True)
class DateSet:
    """A date once put forward. `by_owner` says by which side; `counts_at_once` that it needs no answer: an own announcement."""

    due: date
    zone: str
    at: datetime
    by_owner: bool
    counts_at_once: bool = False
    answer: Answer | None = None

    def agreed_at(self) -> datetime | None:
        """When both sides had agreed on the date; None while they have not."""
        if self.counts_at_once:
            return self.at
        if self.answer is not None and self.answer.accepted:
            return max(self.at, self.answer.at)
        return None


@dataclass(frozen=True)
class Said:
    """A report of the owner: when it reached the house, whether it claims completion, whether a source carries that."""

    at: datetime
    done: bool
    sourced: bool


@dataclass(frozen=True)
class Ending:
    """A recorded end other than completion."""

    at: datetime
    lapsed: bool


@dataclass(frozen=True)
class History:
    """Everything a state is worked out from."""

    dates: tuple[DateSet, ...] = ()
    reports: tuple[Said, ...] = ()
    endings: tuple[Ending, ...] = ()


@dataclass(frozen=True)
class State:
    """The state at an instant: its code, the date that counts, the instant it ends, since when the state holds.

    `waiting` is the newest date that waits for an answer, while an older one still counts.
    """

    code: Code
    due: date | None = None
    zone: str = ""
    ends_at: datetime | None = None
    since: datetime | None = None
    waiting: DateSet | None = None

    @property
    def open(self) -> bool:
        """Whether anything is still to be done or answered."""
        return self.code in (Code.PROPOSED, Code.COUNTERED, Code.ON_TIME, Code.LATE)


def end_of_day(day: date, zone: str) -> datetime:
    """The instant a day ends on the clocks of a zone: midnight of the day after, whatever the clocks did that day."""
    try:
        following = day + timedelta(days=1)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)
    return datetime.combine(following, time.min, ZoneInfo(zone or "UTC")).astimezone(UTC)


def state(history: History, at: datetime) -> State:
    """The state at an instant, from what had reached the house by then.

    Ended: the first recorded end (completion needs a report with a source) holds from then on. Otherwise the newest date
    both sides agreed on counts, and the commitment is late from the end of that day. A date nobody agreed on changes nothing.
    """
    dates = sorted(
        (each for each in history.dates if each.at <= at), key=lambda each: (each.at, each.due, each.by_owner)
    )
    answered = [_as_of(each, at) for each in dates]
    agreed = max(
        (each for each in answered if each.agreed_at() is not None),
        key=lambda each: (each.agreed_at() or at, each.at, each.due, each.by_owner),
        default=None,
    )
    waiting = next((each for each in reversed(answered) if each.answer is None and not each.counts_at_once), None)
    if waiting is not None and agreed is not None and waiting.at <= (agreed.agreed_at() or at):
        waiting = None
    ended = _ended(history, at)
    if ended is not None:
        return _dated(agreed, ended[1], ended[0])
    if agreed is not None:
        ends_at = end_of_day(agreed.due, agreed.zone)
        late = at >= ends_at
        return _dated(agreed, Code.LATE if late else Code.ON_TIME, ends_at if late else agreed.agreed_at(), waiting)
    if waiting is not None:
        code = Code.COUNTERED if waiting.by_owner else Code.PROPOSED
        return State(code, since=waiting.at, waiting=waiting)
    if answered:
        last = answered[-1]
        return State(Code.DECLINED, since=last.answer.at if last.answer else last.at)
    return State(Code.PROPOSED)


def reported_between(reports: Iterable[Said], after: datetime | None, until: datetime) -> list[Said]:
    """The reports that reached the house after one instant and not after another, oldest first."""
    found = [each for each in reports if (after is None or each.at > after) and each.at <= until]
    return sorted(found, key=lambda each: each.at)


def _as_of(each: DateSet, at: datetime) -> DateSet:
    if each.answer is None or each.answer.at <= at:
        return each
    return DateSet(each.due, each.zone, each.at, each.by_owner, each.counts_at_once, None)


def _ended(history: History, at: datetime) -> tuple[datetime, Code] | None:
    ends = [(each.at, Code.DONE) for each in history.reports if each.done and each.sourced]
    ends += [(each.at, Code.LAPSED if each.lapsed else Code.WITHDRAWN) for each in history.endings]
    return min((each for each in ends if each[0] <= at), default=None)


def _dated(agreed: DateSet | None, code: Code, since: datetime | None, waiting: DateSet | None = None) -> State:
    if agreed is None:
        return State(code, since=since, waiting=waiting)
    return State(code, agreed.due, agreed.zone, end_of_day(agreed.due, agreed.zone), since, waiting)
