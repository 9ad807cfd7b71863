"""A plain table as a workbook: what it is, its heads, its lines. Knows nothing of the database."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from sofra.kernel.engine.cells import put_cell

WIDTH = 24


def write_table(about: Sequence[str], heads: Sequence[str], lines: Iterable[Sequence[Any]]) -> bytes:
    """The workbook's bytes. Texts stay texts, days days."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for number, line in enumerate(about, 1):
        put_cell(sheet.cell(number, 1), line)
        sheet.cell(number, 1).font = Font(bold=number == 1)
    first = len(about) + 2
    for place, head in enumerate(heads, 1):
        put_cell(sheet.cell(first, place), head)
        sheet.cell(first, place).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = WIDTH
    for number, values in enumerate(lines, first + 1):
        for place, value in enumerate(values, 1):
            put_cell(sheet.cell(number, place), value)
            sheet.cell(number, place).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = sheet.cell(first + 1, 2)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
