"""{% load parties %}: the mark of what the secretariat entered for a delegation."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("parties/parts/entered.html", takes_context=True)
def entered(context: Any, row: Any, zone: str = "") -> dict[str, Any]:
    """`{% entered row zone %}`: how a row reached the secretariat; nothing for a row its owner wrote itself."""
    return {
        "marked": row.entry_id is not None,
        "entry": getattr(row, "entered", None),
        "zone": zone or "UTC",
        "own": row.owner_party_id is not None and row.owner_party_id == context["request"].actor.party_id,
    }
