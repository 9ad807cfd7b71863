"""How a zone is named to a reader: by its city, or, where no city of its own gave the zone its name, by its clocks."""

from __future__ import annotations

from typing import Any

from django.utils.translation import pgettext_lazy

# A zone that is not here is written by its own last part. CET is for a capital whose clocks are called after another
# party's city in the database of zones: its hours are those of Central European Time, and that is all that is said of it.
NAMES: dict[str, Any] = {
    "CET": pgettext_lazy("clocks", "Central European Time"),
    "Europe/Istanbul": pgettext_lazy("city", "Istanbul"),
    "Europe/Tirane": pgettext_lazy("city", "Tirana"),
    "Europe/Sarajevo": pgettext_lazy("city", "Sarajevo"),
    "Europe/Podgorica": pgettext_lazy("city", "Podgorica"),
    "Europe/Skopje": pgettext_lazy("city", "Skopje"),
    "Europe/Belgrade": pgettext_lazy("city", "Belgrade"),
    "Europe/Zagreb": pgettext_lazy("city", "Zagreb"),
    "Europe/Brussels": pgettext_lazy("city", "Brussels"),
    "Europe/Vienna": pgettext_lazy("city", "Vienna"),
    "Europe/Zurich": pgettext_lazy("city", "Geneva"),
    "Europe/London": pgettext_lazy("city", "London"),
    "America/New_York": pgettext_lazy("city", "New York"),
    "UTC": "UTC",
}


def zone_name(zone: str) -> str:
    """The name by which a zone is written, e.g. "Istanbul" for Europe/Istanbul, "Central European Time" for CET."""
    return str(NAMES.get(zone) or zone.rsplit("/", 1)[-1].replace("_", " "))
