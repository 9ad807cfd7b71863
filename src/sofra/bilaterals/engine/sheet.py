"""Reads a problem from a workbook: one sheet per part, one row per entry, the heads named as the keys of the file.

The sheets are slots, principals, rooms, interpreters, requests, apart and settings; docs/bilaterals.md has the columns.
Lists are written with commas. The values go the same way as those of a problem file, and so do their faults.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from sofra.bilaterals.engine.problem import Problem
from sofra.bilaterals.engine.reading import FORMAT, BadProblem, problem_from

COLUMNS = {
    "slots": ("id", "day", "start", "end"),
    "principals": ("id", "delegation", "unavailable"),
    "rooms": ("id", "zone", "size", "unavailable"),
    "interpreters": ("languages", "teams"),
    "requests": ("id", "principals", "priority", "size", "languages", "slots", "slot", "before"),
    "apart": ("one", "other"),
    "settings": ("name", "value"),
}
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
    """Read a workbook. Raises BadProblem; places are as in a problem file, and entry 0 is the first row under the heads."""
    import openpyxl

    name = str(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except OSError as error:
        raise BadProblem(name, [f"it cannot be read ({error.strerror or 'it is no workbook'})."]) from error
    except (BadZipFile, KeyError, ValueError, openpyxl.utils.exceptions.InvalidFileException) as error:
        raise BadProblem(name, ["it is no workbook (.xlsx)."]) from error
    try:
        value, found = _value(book)
    finally:
        book.close()
    if found:
        raise BadProblem(name, found)
    return problem_from(value, name)


def _value(book: Any) -> tuple[dict[str, Any], list[str]]:
    value: dict[str, Any] = {"format": FORMAT}
    found: list[str] = []
    for sheet, columns in COLUMNS.items():
        if sheet not in book.sheetnames:
            if sheet in ("slots", "principals", "rooms", "requests"):
                found.append(f"sheet {sheet}: is missing.")
            continue
        rows = book[sheet].iter_rows(values_only=True)
        heads = [str(cell).strip().lower() if cell is not None else "" for cell in next(rows, ())]
        if unknown := [head for head in heads if head and head not in columns]:
            found.append(f"sheet {sheet}: column “{unknown[0]}” is not known; there are {', '.join(columns)}.")
            continue
        entries = list(_entries(heads, rows))
        if sheet == "settings":
            found += _settings(entries, value)
        elif sheet == "apart":
            value[sheet] = [[entry.get("one", ""), entry.get("other", "")] for entry in entries]
        else:
            value[sheet] = entries
    return value, found


def _entries(heads: list[str], rows: Iterator[tuple[Any, ...]]) -> Iterator[dict[str, Any]]:
    for row in rows:
        entry: dict[str, Any] = {}
        for head, cell in zip(heads, row, strict=False):
            if not head or cell is None or (isinstance(cell, str) and not cell.strip()):
                continue
            if head in _NUMBERS:
                entry[head] = _number(cell)
            elif head in _LISTS:
                entry[head] = [part.strip() for part in _text(cell).split(",") if part.strip()]
            elif head == "value":
                entry[head] = cell
            else:
                entry[head] = _text(cell)
        if entry:
            yield entry


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


def _settings(entries: list[dict[str, Any]], value: dict[str, Any]) -> Iterator[str]:
    for number, entry in enumerate(entries):
        name = str(entry.get("name", "")).strip().lower()
        if name not in SETTINGS:
            yield f"settings[{number}].name: “{name}” is not known; there are {', '.join(SETTINGS)}."
            continue
        cell = entry.get("value")
        if name == "hold_all" and isinstance(cell, str) and cell.strip().lower() in ("yes", "no", "true", "false"):
            cell = cell.strip().lower() in ("yes", "true")
        elif name not in ("hold_all", "gap_scope"):
            cell = _number(cell)
        *path, last = SETTINGS[name]
        inner = value
        for step in path:
            inner = inner.setdefault(step, {})
        inner[last] = cell
