"""{% load record %}: dates known to the year, month or day; words for the record's codes; figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import template
from django.utils import formats
from django.utils.translation import pgettext

from sofra.sources import words

register = template.Library()

_TABLES = {
    "level": words.LEVELS,
    "column": words.COLUMNS,
    "basic": words.BASICS,
    "effect": words.EFFECTS,
    "says": words.SAYS,
    "sensitivity": words.SENSITIVITIES,
    "unit": words.UNITS,
    "precision": words.PRECISIONS,
    "name_use": words.NAME_USES,
    "role": words.ROLES,
    "event_kind": words.EVENT_KINDS,
    "flag": words.FLAGS,
}


@register.filter
def part_date(text: str) -> str:
    """A date that is known to the year, the month or the day, in the page's language: 2026, January 2026, 23 January 2026."""
    parts = [int(part) for part in str(text).split("-")] if text else []
    if len(parts) == 3:
        return formats.date_format(date(parts[0], parts[1], parts[2]), pgettext("date known to the day", "j F Y"))
    if len(parts) == 2:
        return formats.date_format(date(parts[0], parts[1], 1), pgettext("date known to the month", "F Y"))
    return str(text)


@register.filter
def word(code: str, table: str) -> Any:
    """The word for a code of a table: {{ seen.level|word:"level" }}; the code itself where there is none."""
    return _TABLES[table].get(str(code), code)


@register.filter
def figure(value: str) -> str:
    """A number as the page's language writes it: 8.9 or 8,9."""
    try:
        return formats.number_format(Decimal(value), use_l10n=True, force_grouping=True)
    except (InvalidOperation, TypeError):
        return str(value or "")


@register.filter
def get(mapping: dict[str, Any] | None, key: str) -> Any:
    """A value of a mapping, or nothing."""
    return (mapping or {}).get(key, "")
