"""Instants in words, for sentences that are recorded."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from sofra.kernel.zones import zone_name


def exact(instant: datetime, zone: str) -> str:
    """An instant to the second, by the clocks of a zone and in UTC."""
    both = {
        "there": date_format(instant.astimezone(ZoneInfo(zone)), pgettext("instant to the second", "j F Y, H:i:s")),
        "zone": zone_name(zone),
        "utc": date_format(instant.astimezone(UTC), pgettext("clock to the second", "H:i:s")),
    }
    return gettext("%(there)s (%(zone)s; %(utc)s UTC)") % both
