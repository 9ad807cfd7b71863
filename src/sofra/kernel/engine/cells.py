"""Putting values into a sheet safely: whatever a text begins with, it stays a text."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LOOKS_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def put_cell(cell: Any, value: Any) -> None:
    """Put a value into a cell of an openpyxl sheet: days as days, everything else as the text it is."""
    if isinstance(value, date):
        cell.value, cell.number_format = value, "yyyy-mm-dd"
        return
    text = _NOT_IN_XML.sub("\ufffd", str(value)) if value not in (None, "") else None
    if text is None:
        return
    cell.value = text
    # Whatever it begins with, it is a text: never worked out, and shown as typed.
    cell.data_type, cell.number_format = "s", "@"
    if text.startswith(_LOOKS_LIKE_A_FORMULA):
        cell.quotePrefix = True
