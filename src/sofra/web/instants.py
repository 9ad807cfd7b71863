"""How instants and days are written, in the reader's language and in a stated zone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.utils import dateformat
from django.utils.translation import get_language, pgettext

from sofra.kernel.zones import zone_name

# Django date patterns per language: (day with weekday, day, hour and minute, with seconds).
PATTERNS: dict[str, tuple[str, str, str, str]] = {
    "en": ("l j F Y", "j F Y", "H:i", "H:i:s"),
    "tr": ("j F Y l", "j F Y", "H.i", "H.i.s"),
    "sq": ("l, j F Y", "j F Y", "H:i", "H:i:s"),
    "bs": ("l, j. F Y.", "j. F Y.", "H:i", "H:i:s"),
    "sr": ("l, j. F Y.", "j. F Y.", "H:i", "H:i:s"),
    "sr-latn": ("l, j. F Y.", "j. F Y.", "H:i", "H:i:s"),
    "cnr": ("l, j. F Y.", "j. F Y.", "H:i", "H:i:s"),
    "mk": ("l, j F Y", "j F Y", "H:i", "H:i:s"),
}


def patterns(language: str | None = None) -> tuple[str, str, str, str]:
    """The date patterns of a language (of the active one by default); English for a language without its own."""
    return PATTERNS.get(language or get_language() or "en", PATTERNS["en"])


def local(instant: datetime, zone: str) -> datetime:
    """The instant on the clocks of a zone. Raises ValueError for an instant without a zone of its own."""
    if instant.tzinfo is None:
        raise ValueError("An instant without a zone cannot be shown.")
    return instant.astimezone(ZoneInfo(zone or "UTC"))


def full(instant: datetime, zone: str) -> str:
    """The instant in full: "Friday 23 January 2026, 14:00 (Istanbul)"."""
    day, _day, minute, _second = patterns()
    there = local(instant, zone)
    return f"{dateformat.format(there, day)}, {dateformat.format(there, minute)} ({zone_name(zone or 'UTC')})"


def exact(instant: datetime, zone: str, second_zone: str = "UTC") -> str:
    """The instant to the second in two zones: "Friday 23 January 2026, 14:00:00 (Istanbul) · 11:00:00 (UTC)".

    The second zone's day is added where it differs.
    """
    day, short, _minute, second = patterns()
    there, here = local(instant, zone), local(instant, second_zone)
    first = f"{dateformat.format(there, day)}, {dateformat.format(there, second)} ({zone_name(zone or 'UTC')})"
    if (zone or "UTC") == second_zone:
        return first
    other_day = "" if there.date() == here.date() else f"{dateformat.format(here, short)}, "
    return f"{first} · {other_day}{dateformat.format(here, second)} ({zone_name(second_zone)})"


def plain(instant: datetime, zone: str) -> str:
    """The instant to the second without the weekday: "23 January 2026, 11:00:00 (UTC)"."""
    _day, short, _minute, second = patterns()
    there = local(instant, zone)
    return f"{dateformat.format(there, short)}, {dateformat.format(there, second)} ({zone_name(zone or 'UTC')})"


def day(value: date | datetime, zone: str = "") -> str:
    """A day: "23 January 2026". An instant is first put on the clocks of `zone`."""
    if isinstance(value, datetime):
        value = local(value, zone).date()
    return dateformat.format(value, patterns()[1])


def brief(instant: datetime, zone: str, now: datetime | None = None) -> str:
    """For "since …": hour and minute today, with the day before it otherwise; the city where it is known."""
    there = local(instant, zone)
    clock = dateformat.format(there, patterns()[2])
    where = zone_name(zone) if zone else "UTC"
    if there.date() == local(now or datetime.now(UTC), zone).date():
        return pgettext("clock and city", "%(clock)s (%(city)s)") % {"clock": clock, "city": where}
    return f"{dateformat.format(there, patterns()[1])}, {clock} ({where})"
