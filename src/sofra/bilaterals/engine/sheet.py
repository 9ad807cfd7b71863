"""Reads a problem from a workbook: one sheet per part, one row per entry, the heads named as the keys of the file.

The sheets are slots, principals, rooms, interpreters, requests, apart and settings; docs/bilaterals.md has the columns.
Lists are written with commas. The values go the same way as those of a problem file, and so do their faults.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from sofra.bilaterals.engine.problem import Problem
from sofra.bilaterals.engine.reading import FORMAT, MOST_BYTES, BadProblem, problem_from

COLUMNS = {
    "slots": ("id", "day", "start", "end"),
    "principals": ("id", "delegation", "unavailable"),
    "rooms": ("id", "zone", "size", "unavailable"),
    "interpreters": ("languages", "teams"),
    "requests": ("id", "principals", "priority", "size", "languages", "slots", "slot", "before"),
    "apart": ("one", "other"),
    "settings": ("name", "value"),
}
#: The columns without which a sheet says nothing.
NEEDED = {
    "slots": {"id", "day", "start", "end"},
    "principals": {"id", "delegation"},
    "rooms": {"id"},
    "interpreters": {"languages", "teams"},
    "requests": {"id", "principals"},
    "apart": {"one", "other"},
    "settings": {"name", "value"},
}
#: Limits of a workbook: its parts, the bytes they unpack to, and the rows and columns of a sheet.
MOST_PARTS, MOST_UNPACKED = 500, 200_000_000
MOST_ROWS, MOST_COLUMNS = 100_000, 50
_PLACE = re.compile(r"(?P<part>\w+)\[(?P<number>\d+)\](?:\.(?P<key>\w+))?(?:\[(?P<item>\d+)\])?")
_ENTRY = re.compile(r"\b(\w+)\[(\d+)\]")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+\d+:[A-Z]+\d+)"')
_INSTANTS = {"start", "end"}
_LISTS = {"unavailable", "principals", "languages", "slots", "before"}
_NUMBERS = {"teams", "priority"}
#: Where a setting of the sheet stands in a problem file.
SETTINGS = {
    "hold_all": ("rules", "hold_all"),
    "gap_scope": ("rules", "gap_scope"),
    "gap_spread_max": ("rules", "gap_spread_max"),
    "buffer_slots": ("rules", "buffer_slots"),
    "walking_slots": ("rules", "walking_slots"),
    "missed_1": ("weights", "missed", "1"),
    "missed_2": ("weights", "missed", "2"),
    "missed_3": ("weights", "missed", "3"),
    "gap": ("weights", "gap"),
    "moved": ("weights", "moved"),
    "dropped": ("weights", "dropped"),
    "unfair": ("weights", "unfair"),
}


def load_sheet(path: Path) -> Problem:
    """Read a workbook. Raises BadProblem with sheet, row (as the program that shows it counts) and column of each fault."""
    import openpyxl

    name = str(path)
    try:
        _inspect(path)
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except OSError as error:
        raise BadProblem(name, [f"it cannot be read ({error.strerror or 'it is no workbook'})."]) from error
    except BadProblem:
        raise
    except Exception as error:  # the library raises whatever its parsers do on damaged parts
        raise BadProblem(name, ["it is no workbook (.xlsx), or a damaged one."]) from error
    reading = _Reading()
    try:
        reading.read(book, path)
    except Exception as error:
        raise BadProblem(name, ["it is damaged: a sheet of it cannot be read."]) from error
    finally:
        book.close()
    if reading.found:
        raise BadProblem(name, reading.found)
    try:
        return problem_from(reading.value, name)
    except BadProblem as error:
        raise BadProblem(name, [reading.placed(each) for each in error.problems]) from error


def _inspect(path: Path) -> None:
    """Refuse what is too long, unpacks to too much, or declares what no workbook does."""
    name = str(path)
    if path.stat().st_size > MOST_BYTES:
        raise BadProblem(name, [f"it is longer than {MOST_BYTES // 1_000_000} MB."])
    with ZipFile(path) as packed:
        parts = packed.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise BadProblem(name, [f"it unpacks to more than {MOST_UNPACKED // 1_000_000} MB."])
        for part in parts:
            tail = b""
            with packed.open(part) as stream:  # never gives more than the directory says; its checksum is looked at
                while piece := stream.read(1 << 16):
                    if b"<!DOCTYPE" in tail + piece or b"<!ENTITY" in tail + piece:
                        raise BadProblem(name, ["it declares entities, which no workbook does."])
                    tail = piece[-16:]


class _Reading:
    """What a workbook says: `value` as a problem file would, `found` what is wrong, `rows` where each entry stands."""

    def __init__(self) -> None:
        self.value: dict[str, Any] = {"format": FORMAT}
        self.found: list[str] = []
        self.rows: dict[str, list[int]] = {}
        self.set_in: dict[str, int] = {}

    def read(self, book: Any, path: Path) -> None:
        """Read every sheet that there is a meaning for."""
        for sheet, columns in COLUMNS.items():
            if sheet not in book.sheetnames:
                if sheet in ("slots", "principals", "rooms", "requests"):
                    self.found.append(f"sheet {sheet}: is missing.")
                continue
            cells = book[sheet]
            if merged := _merged(path, cells):
                self.found.append(f"sheet {sheet}: cells {merged} are merged; only the first would be read. Undo it.")
                continue
            cells.reset_dimensions()  # a sheet's own word on how large it is decides nothing
            rows = cells.iter_rows(values_only=True, max_col=MOST_COLUMNS)
            heads = [str(cell).strip().lower() if cell is not None else "" for cell in next(rows, ())]
            if wrong := list(_heads(sheet, heads, columns)):
                self.found += wrong
                continue
            entries = list(self._entries(sheet, heads, rows))
            if sheet == "settings":
                self._settings(entries)
            elif sheet == "apart":
                self.value[sheet] = [[entry.get("one", ""), entry.get("other", "")] for entry in entries]
            else:
                self.value[sheet] = entries

    def _entries(self, sheet: str, heads: list[str], rows: Iterator[tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
        places = self.rows[sheet] = []
        for number, row in enumerate(rows, start=2):
            if number > MOST_ROWS:
                self.found.append(f"sheet {sheet}, row {number}: there are more rows than {MOST_ROWS}.")
                return
            entry: dict[str, Any] = {}
            for head, cell in zip(heads, row, strict=False):
                if not head or cell is None or (isinstance(cell, str) and not cell.strip()):
                    continue
                if head in _NUMBERS:
                    entry[head] = _number(cell)
                elif head in _LISTS:
                    entry[head] = [part.strip() for part in _text(cell).split(",") if part.strip()]
                elif head in _INSTANTS:
                    entry[head] = _instant(cell)
                elif head == "value":
                    entry[head] = cell
                else:
                    entry[head] = _text(cell)
            if entry:
                places.append(number)
                yield entry

    def _settings(self, entries: list[dict[str, Any]]) -> None:
        for entry, row in zip(entries, self.rows["settings"], strict=True):
            name = str(entry.get("name", "")).strip().lower()
            if name not in SETTINGS:
                known = ", ".join(SETTINGS)
                self.found.append(f"sheet settings, row {row}, column name: “{name}” is not known; there are {known}.")
                continue
            cell = entry.get("value")
            if name == "hold_all" and isinstance(cell, str) and cell.strip().lower() in ("yes", "no", "true", "false"):
                cell = cell.strip().lower() in ("yes", "true")
            elif name not in ("hold_all", "gap_scope"):
                cell = _number(cell)
            *path, last = SETTINGS[name]
            inner = self.value
            for step in path:
                inner = inner.setdefault(step, {})
            inner[last] = cell
            self.set_in[".".join(SETTINGS[name])] = row

    def placed(self, fault: str) -> str:
        """A fault as told of a problem file, with sheet, row and column instead of the place in the file."""
        where, _, told = fault.partition(": ")
        told = _ENTRY.sub(self._row, told)
        if where in self.set_in:
            return f"sheet settings, row {self.set_in[where]}, column value: {told}"
        if (match := _PLACE.fullmatch(where)) is None or match["part"] not in self.rows:
            return f"sheet {where}: {told}" if where in COLUMNS else f"{where}: {told}"
        column = match["key"]
        if match["part"] == "apart" and match["item"] is not None:
            column = COLUMNS["apart"][min(int(match["item"]), 1)]
        row = f"sheet {match['part']}, row {self.rows[match['part']][int(match['number'])]}"
        return f"{row}, column {column}: {told}" if column else f"{row}: {told}"

    def _row(self, match: re.Match[str]) -> str:
        rows = self.rows.get(match[1], [])
        return f"row {rows[int(match[2])]}" if int(match[2]) < len(rows) else match[0]


def _heads(sheet: str, heads: list[str], columns: tuple[str, ...]) -> Iterator[str]:
    for number, head in enumerate(heads):
        if head and head not in columns:
            yield f"sheet {sheet}, row 1: column “{head}” is not known; there are {', '.join(columns)}."
        if head and head in heads[:number]:
            yield f"sheet {sheet}, row 1: there are two columns “{head}”."
    for column in columns:
        if column in NEEDED[sheet] and column not in heads:
            yield f"sheet {sheet}, row 1: column “{column}” is missing; the heads stand in the first row."


def _merged(path: Path, cells: Any) -> str:
    """The first merged cells of a sheet, as in A2:A4; empty where there are none."""
    with ZipFile(path) as packed:
        match = _MERGED.search(packed.read(cells._worksheet_path))
    return match[1].decode() if match else ""


def _instant(cell: Any) -> str:
    """An instant as a problem file writes it. A number is counted as workbooks count days; other texts go on as they are."""
    from openpyxl.utils.datetime import from_excel

    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and 1 <= cell < 2_958_466:
        cell = from_excel(cell)
    text = _text(cell)
    try:
        return datetime.strptime(text, "%d.%m.%Y %H:%M").isoformat()
    except ValueError:
        return text


def _text(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _number(cell: Any) -> Any:
    """A whole number where it is one; anything else goes on as it stands and is refused with its place."""
    if isinstance(cell, bool):
        return cell
    try:
        number = float(cell)
    except (TypeError, ValueError):
        return cell
    return int(number) if number.is_integer() else number
