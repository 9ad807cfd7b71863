"""Themes a commitment can belong to, by slug."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from sofra.kernel.refusals import Refusal

THEMES: dict[str, Any] = {
    "regional-political-developments": _lazy("Regional political developments"),
    "regional-integration-and-stability": _lazy("Regional integration and stability"),
    "joint-border-management": _lazy("Joint border management"),
    "irregular-migration": _lazy("Irregular migration"),
    "eu-related-processes": _lazy("EU-related processes"),
    "energy-security": _lazy("Energy security"),
    "communications": _lazy("Communications"),
    "digitalisation": _lazy("Digitalisation"),
    "industry": _lazy("Industry"),
    "youth": _lazy("Youth"),
    "technology": _lazy("Technology"),
    "innovation": _lazy("Innovation"),
    "transport-corridors": _lazy("Transport corridors"),
    "connectivity": _lazy("Connectivity"),
}


def known_theme(slug: str) -> str:
    """The slug itself, or empty for none. Raises Refusal for one that is not a theme."""
    if slug and slug not in THEMES:
        raise Refusal(_("This is not one of the themes."), "theme")
    return slug


def theme_label(slug: str) -> str:
    """The theme in the reader's language; empty for none."""
    return str(THEMES.get(slug, ""))
