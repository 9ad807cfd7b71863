"""Reading and writing the follow-up sheet, safely: no formulas, no bombs, no guesses. Knows nothing of the database."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from sofra.kernel.engine.cells import put_cell

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
MOST_PARTS = 100
MOST_ROWS = 500
MOST_COLUMNS = 60
#: The hidden row of keys that says what each column is; the readable heads stand below it.
KEY_ROW = 6
FIRST_ROW = KEY_ROW + 2
SHEET = "Follow-up"
MARK = "sofra.follow-up.1"


class Unreadable(Exception):  # noqa: N818 (an answer, worded by the room)
    """The file cannot be read as a sheet; `why` is one of the keys the room words, `detail` what it names."""

    def __init__(self, why: str, **detail: Any) -> None:
        super().__init__(why)
        self.why, self.detail = why, detail


@dataclass(frozen=True)
class Column:
    """A column: its key, its readable head, its width; whether it is a date, hidden, or filled in by whoever hands it in."""

    key: str
    head: str
    width: int = 20
    date: bool = False
    hidden: bool = False
    input: bool = False
    choices: tuple[str, ...] = ()


@dataclass
class Row:
    """A row as read: its number in the sheet, its values by key; `wrong` holds sentences' keys by column key."""

    number: int
    values: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)


def write(about: Sequence[str], columns: Sequence[Column], rows: Iterable[dict[str, Any]]) -> bytes:
    """A workbook: what it is in its first rows (five at most), then keys, heads and rows. Texts stay texts, dates dates."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    for number, line in enumerate(about[: KEY_ROW - 1], 1):
        put_cell(sheet.cell(number, 2), line)
        sheet.cell(number, 2).font = Font(bold=number == 1)
    sheet.cell(KEY_ROW, 1, "")
    for place, column in enumerate(columns, 1):
        put_cell(sheet.cell(KEY_ROW, place), column.key if place > 1 else f"{MARK} {column.key}")
        head = sheet.cell(KEY_ROW + 1, place)
        put_cell(head, column.head)
        head.font, head.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="bottom")
        head.border = Border(bottom=Side(style="thin"))
        shape = sheet.column_dimensions[get_column_letter(place)]
        shape.width, shape.hidden = column.width, column.hidden
    sheet.row_dimensions[KEY_ROW].hidden = True
    last = KEY_ROW + 1
    for last, values in enumerate(rows, FIRST_ROW):
        for place, column in enumerate(columns, 1):
            cell = sheet.cell(last, place)
            put_cell(cell, values.get(column.key))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for place, column in enumerate(columns, 1):
        if column.choices and last >= FIRST_ROW:
            _offer(book, sheet, column, get_column_letter(place), last)
    sheet.freeze_panes = sheet.cell(FIRST_ROW, 3)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def read(data: bytes) -> list[Row]:
    """The rows of a sheet that was written by `write` and filled in; empty rows are left out.

    Raises Unreadable for what is damaged, too large, packed to deceive, or another sheet. A cell that is no text or date is
    named in its row's `wrong`.
    """
    _inspect(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        try:
            return _rows(book)
        finally:
            book.close()
    except Unreadable:
        raise
    except Exception as damage:  # the library raises whatever its parsers do on damaged parts
        raise Unreadable("damaged") from damage


def _inspect(data: bytes) -> None:
    if not data:
        raise Unreadable("empty")
    if len(data) > MOST_BYTES:
        raise Unreadable("large", most=MOST_BYTES // 1024 // 1024)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise Unreadable("bomb")
            if "xl/workbook.xml" not in packed.namelist():
                raise Unreadable("other")
            for part in parts:
                _inspect_part(packed, part)
    except Unreadable:
        raise
    except Exception as damage:
        raise Unreadable("damaged" if data.startswith(b"PK") else "other") from damage


def _inspect_part(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    if part.flag_bits & 1:
        raise Unreadable("locked")
    if part.filename.lower().endswith(("vbaproject.bin", ".exe")):
        raise Unreadable("macros")
    seen, tail = 0, b""
    with packed.open(part) as stream:
        while piece := stream.read(64 * 1024):
            seen += len(piece)
            if seen > MOST_UNPACKED:
                raise Unreadable("bomb")
            if b"<!DOCTYPE" in tail + piece or b"<!ENTITY" in tail + piece:
                raise Unreadable("bomb")
            tail = piece[-16:]


def _rows(book: Any) -> list[Row]:
    if SHEET not in book.sheetnames:
        raise Unreadable("wrong_sheet", sheet=SHEET)
    sheet = book[SHEET]
    if not hasattr(sheet, "iter_rows"):
        raise Unreadable("wrong_sheet", sheet=SHEET)
    # A sheet's own word on how large it is decides nothing.
    sheet.reset_dimensions()
    keys: list[str] = []
    found: list[Row] = []
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        if number == KEY_ROW:
            keys = _keys(cells)
        if number > KEY_ROW and not keys:
            break
        if number < FIRST_ROW:
            continue
        if number >= FIRST_ROW + 4 * MOST_ROWS:
            raise Unreadable("many", most=MOST_ROWS)
        row = _row(number, keys, cells)
        if row.values or row.wrong:
            found.append(row)
        if len(found) > MOST_ROWS:
            raise Unreadable("many", most=MOST_ROWS)
    if not keys:
        raise Unreadable("keys")
    return found


def _keys(cells: Iterable[Any]) -> list[str]:
    keys = [str(cell.value or "") for cell in cells]
    if not keys or not keys[0].startswith(f"{MARK} "):
        return []
    keys[0] = keys[0].removeprefix(f"{MARK} ")
    return keys


def _row(number: int, keys: list[str], cells: Iterable[Any]) -> Row:
    row = Row(number)
    for key, cell in zip(keys, cells, strict=False):
        if not key or cell.value is None:
            continue
        if cell.data_type == "f":
            row.wrong[key] = "formula"
        elif cell.data_type == "e":
            row.wrong[key] = "error"
        elif (text := _text(cell.value)) != "":
            row.values[key] = text
    return row


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).replace("_x000D_", "").strip()


def _offer(book: Any, sheet: Any, column: Column, letter: str, last: int) -> None:
    lists = book["Lists"] if "Lists" in book.sheetnames else book.create_sheet("Lists")
    lists.sheet_state = "hidden"
    place = 1 if lists.max_row == 1 and lists.cell(1, 1).value is None else lists.max_column + 1
    for number, choice in enumerate(column.choices, 1):
        put_cell(lists.cell(number, place), choice)
    there = get_column_letter(place)
    rule = DataValidation(
        type="list",
        formula1=f"Lists!${there}$1:${there}${len(column.choices)}",
        allow_blank=True,
        showErrorMessage=True,
    )
    rule.add(f"{letter}{FIRST_ROW}:{letter}{last}")
    sheet.add_data_validation(rule)
