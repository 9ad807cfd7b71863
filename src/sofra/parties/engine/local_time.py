"""Local clock times and instants, right across the changes of clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones


class NoSuchTime(ValueError):  # noqa: N818 (it names what is wrong, as a person would)
    """A local time that a zone's clocks skip."""


def known_zone(name: str) -> bool:
    """Whether a name is one of the zones known here, e.g. "Europe/Istanbul"."""
    if not name or name not in available_timezones():
        return False
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True


def exists(local: datetime, zone: str) -> bool:
    """Whether the zone's clocks ever show a local time (given without a zone); they skip an hour in spring."""
    there = local.replace(tzinfo=ZoneInfo(zone))
    return there.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local


def instant_of(local: datetime, zone: str) -> datetime:
    """The instant, in UTC, at which a zone's clocks show a local time; the first of the two where they show it twice.

    Raises NoSuchTime for a time the clocks skip.
    """
    if not exists(local, zone):
        raise NoSuchTime(f"{local:%Y-%m-%d %H:%M} does not exist in {zone}")
    return local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def instant_on(day: date, at: time, zone: str) -> datetime:
    """The instant, in UTC, of a day's clock time in a zone; where the clocks skip it, the first instant after the gap."""
    local = datetime.combine(day, at)
    while not exists(local, zone):
        local += timedelta(minutes=1)
    return instant_of(local, zone)


def local_of(instant: datetime, zone: str) -> datetime:
    """What a zone's clocks show at an instant, without a zone of its own: for form fields."""
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
