"""Cuts the hours of a meeting's bilaterals into slots, and finds the slots a time touches or lies in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Cut:
    """One slot: its id (its number as text), its day by the meeting's clocks, from when until when."""

    id: str
    day: str
    begins: datetime
    ends: datetime


def cut(hours: Iterable[Span], minutes: int, zone: str) -> list[Cut]:
    """The slots of the hours in the order of time; what is left of an hour and is shorter than a slot is none."""
    found: list[Cut] = []
    length, clocks = timedelta(minutes=minutes), ZoneInfo(zone)
    for begins, ends in sorted(hours):
        at = begins
        while at + length <= ends:
            if not found or at >= found[-1].ends:
                found.append(Cut(str(len(found)), at.astimezone(clocks).date().isoformat(), at, at + length))
            at += length
    return found


def spans(pairs: Iterable[Sequence[str]]) -> list[Span]:
    """Pairs of instants as rows keep them."""
    return [(datetime.fromisoformat(begins), datetime.fromisoformat(ends)) for begins, ends in pairs]


def kept(pairs: Iterable[Span]) -> list[list[str]]:
    """Pairs of instants to keep in a row, in the order of time."""
    return [[begins.isoformat(), ends.isoformat()] for begins, ends in sorted(pairs)]


def touching(slots: Iterable[Cut], times: Iterable[Span]) -> frozenset[str]:
    """The slots that any of the times overlaps."""
    taken = list(times)
    return frozenset(slot.id for slot in slots if any(b < slot.ends and slot.begins < e for b, e in taken))


def within(slots: Iterable[Cut], times: Iterable[Span]) -> frozenset[str]:
    """The slots that lie wholly in one of the times."""
    windows = list(times)
    return frozenset(slot.id for slot in slots if any(b <= slot.begins and slot.ends <= e for b, e in windows))
