"""The cycle of a meeting: when its steps are due, when the next meeting would be, how it is numbered."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sofra.parties.engine.local_time import instant_on

SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True)
class Offset:
    """A step's distance from its meeting: whole days and a local clock time, or exact hours from the beginning."""

    days: int | None = None
    at: time | None = None
    hours: int | None = None

    def __post_init__(self) -> None:
        in_days = self.days is not None and self.at is not None and self.hours is None
        in_hours = self.days is None and self.at is None and self.hours is not None
        if not (in_days or in_hours):
            raise ValueError("An offset counts in days with a clock time, or in hours.")


def due(offset: Offset, begins_at: datetime, zone: str) -> datetime:
    """The instant, in UTC, at which a step is due.

    Days are counted on the calendar of the meeting's zone and keep their clock time when clocks change in between; a clock
    time that is skipped that day becomes the first one after the gap. Hours are hours that pass.
    """
    if offset.hours is not None:
        return (begins_at + timedelta(hours=offset.hours)).astimezone(UTC)
    assert offset.days is not None and offset.at is not None
    day = begins_at.astimezone(ZoneInfo(zone)).date() + timedelta(days=offset.days)
    return instant_on(day, offset.at, zone)


def months_later(day: date, months: int) -> date:
    """The same day some months later; the last day of a month that is too short for it."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def next_day(last: date | None, cadence_months: int | None, today: date) -> date | None:
    """The day a format's cadence proposes for its next meeting: the first one after today, and no Saturday or Sunday.

    None where there was no meeting yet, or the format has no cadence.
    """
    if last is None or not cadence_months:
        return None
    found, times = last, 0
    while found <= today or times == 0:
        times += 1
        found = _working_day(months_later(last, times * cadence_months))
    return found


def _working_day(day: date) -> date:
    if day.weekday() == SATURDAY:
        return day - timedelta(days=1)
    return day + timedelta(days=1) if day.weekday() == SUNDAY else day


def next_ordinal(ordinals: Iterable[int | None]) -> int:
    """The number of the next ordinary meeting."""
    return max((number for number in ordinals if number), default=0) + 1


_ENGLISH = [
    "First",
    "Second",
    "Third",
    "Fourth",
    "Fifth",
    "Sixth",
    "Seventh",
    "Eighth",
    "Ninth",
    "Tenth",
    "Eleventh",
    "Twelfth",
]
_TURKISH = [
    "Birinci",
    "İkinci",
    "Üçüncü",
    "Dördüncü",
    "Beşinci",
    "Altıncı",
    "Yedinci",
    "Sekizinci",
    "Dokuzuncu",
    "Onuncu",
]


def numbered_title(ordinal: int) -> dict[str, str]:
    """What a meeting is called by its number, per language."""
    english = f"{_ENGLISH[ordinal - 1]} meeting" if ordinal <= len(_ENGLISH) else f"Meeting {ordinal}"
    turkish = f"{_TURKISH[ordinal - 1]} toplantı" if ordinal <= len(_TURKISH) else f"{ordinal}. toplantı"
    return {"en": english, "tr": turkish}
