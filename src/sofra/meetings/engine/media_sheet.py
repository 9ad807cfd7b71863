"""The accreditation list as a workbook: what it is, heads, one row a person. Texts stay texts."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from sofra.kernel.engine.cells import put_cell

WIDTHS = (30, 28, 14, 20, 28, 14, 44)


def write(title: str, about: Sequence[str], heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A workbook of one sheet: lines of what it is, the heads, the rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for number, line in enumerate(about, 1):
        put_cell(sheet.cell(number, 1), line)
        sheet.cell(number, 1).font = Font(bold=number == 1)
    first = len(about) + 2
    for place, head in enumerate(heads, 1):
        cell = sheet.cell(first, place)
        put_cell(cell, head)
        cell.font, cell.border = Font(bold=True), Border(bottom=Side(style="thin"))
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS[(place - 1) % len(WIDTHS)]
    for number, values in enumerate(rows, first + 1):
        for place, value in enumerate(values, 1):
            cell = sheet.cell(number, place)
            put_cell(cell, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = sheet.cell(first + 1, 2)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
