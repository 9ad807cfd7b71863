"""What is wrong with a workbook is told by sheet, row and column; a file that is none, or is made to harm, is refused."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from sofra.bilaterals.cli import bilaterals
from sofra.bilaterals.engine import sheet
from sofra.bilaterals.engine.reading import BadProblem
from sofra.bilaterals.engine.sheet import load_sheet

DAY = "2026-09-21"
SLOTS = (("s1", 1, f"{DAY}T09:00", f"{DAY}T09:20"), ("s2", 1, f"{DAY}T09:30", f"{DAY}T09:50"))


def book() -> Any:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, *rows in (
        ("slots", ("id", "day", "start", "end"), *SLOTS),
        ("principals", ("id", "delegation", "unavailable"), ("A", "AA", None), ("B", "BB", "s1"), (), ("C", "CC", None)),
        ("rooms", ("id", "zone", "size"), ("R", "Z", "S")),
        ("requests", ("id", "principals", "priority", "size"), ("m1", "A, B", 1, "S"), (), (" ",), ("m2", "A, C", 2, "S")),
        ("apart", ("one", "other"), ("B", "C")),
        ("settings", ("name", "value"), ("gap", 3)),
    ):  # fmt: skip
        part = made.create_sheet(str(name))
        for row in rows:
            part.append(row)
    return made


def saved(made: Any, folder: Path) -> Path:
    place = folder / "week.xlsx"
    made.save(place)
    return place


def test_blank_rows_are_passed_over(tmp_path):
    problem = load_sheet(saved(book(), tmp_path))
    assert [each.id for each in problem.principals] == ["A", "B", "C"]
    assert [each.id for each in problem.requests] == ["m1", "m2"]


def test_an_instant_may_be_a_date_a_number_of_days_or_a_text(tmp_path):
    made = book()
    made["slots"]["C2"], made["slots"]["D2"] = datetime(2026, 9, 21, 9), 46286.3888888889
    made["slots"]["C3"] = "21.09.2026 09:30"
    first, second = load_sheet(saved(made, tmp_path)).slots
    assert (first.start, first.end) == (datetime(2026, 9, 21, 9), datetime(2026, 9, 21, 9, 20))
    assert second.start == datetime(2026, 9, 21, 9, 30)


def put(part: str, cell: str, value: object) -> Callable[[Any], None]:
    return lambda made: made[part].__setitem__(cell, value)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (put("requests", "B5", "A, X"), "sheet requests, row 5, column principals: there is no principal “X”."),
        (put("requests", "A5", "m1"), "sheet requests, row 5, column id: row 2 has the id “m1” already."),
        (put("requests", "C5", "high"), "sheet requests, row 5, column priority: must be one of 1, 2, 3."),
        (put("requests", "A5", None), "sheet requests, row 5, column id: is missing."),
        (put("principals", "C5", "s9"), "sheet principals, row 5, column unavailable: there is no slot “s9”."),
        (put("apart", "B2", "X"), "sheet apart, row 2, column other: there is no principal “X”."),
        (put("slots", "C3", "half past nine"), "sheet slots, row 3, column start: “half past nine” is no instant"),
        (put("slots", "C3", f"{DAY}T08:00"), "sheet slots, row 3, column start: is before that of row 2;"),
        (put("settings", "B2", "three"), "sheet settings, row 2, column value: must be a whole number."),
        (put("settings", "A2", "gaps"), "sheet settings, row 2, column name: “gaps” is not known;"),
        (put("rooms", "B1", "area"), "sheet rooms, row 1: column “area” is not known; there are id, zone, size"),
        (put("slots", "D1", None), "sheet slots, row 1: column “end” is missing;"),
        (put("rooms", "B1", "id"), "sheet rooms, row 1: there are two columns “id”."),
        (lambda made: made["principals"].merge_cells("C2:C4"), "sheet principals: cells C2:C4 are merged;"),
        (lambda made: made.remove(made["rooms"]), "sheet rooms: is missing."),
    ],
)
def test_each_fault_is_named_with_sheet_row_and_column(change, told, tmp_path):
    made = book()
    change(made)
    with pytest.raises(BadProblem) as refused:
        load_sheet(saved(made, tmp_path))
    assert any(each.startswith(told) for each in refused.value.problems), refused.value.problems


def test_ten_thousand_rows_are_read_and_the_last_is_counted(tmp_path):
    made = book()
    for number in range(10_000):
        made["requests"].append((f"x{number}", "A, X" if number == 9_999 else "A, B", 3, "S"))
    with pytest.raises(BadProblem) as refused:
        load_sheet(saved(made, tmp_path))
    assert refused.value.problems == ("sheet requests, row 10005, column principals: there is no principal “X”.",)


def damaged(place: Path) -> None:
    data = place.read_bytes()
    place.write_bytes(data[: len(data) // 2] + b"\0" * 40 + data[len(data) // 2 + 40 :])


def torn(place: Path) -> None:
    place.write_bytes(place.read_bytes()[:-30])


def swollen(place: Path) -> None:
    with zipfile.ZipFile(place, "a", zipfile.ZIP_DEFLATED) as packed, packed.open("xl/more.xml", "w") as part:
        part.write(b" " * 3_000_000)


def declaring(place: Path) -> None:
    with zipfile.ZipFile(place, "a") as packed:
        packed.writestr("xl/more.xml", '<!DOCTYPE a [<!ENTITY b "c">]>')


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (damaged, "damaged"),
        (torn, "it is no workbook (.xlsx), or a damaged one."),
        (swollen, "it unpacks to more than 2 MB."),
        (declaring, "it declares entities, which no workbook does."),
        (lambda place: place.write_text("id;day"), "it is no workbook (.xlsx), or a damaged one."),
        (lambda place: place.write_bytes(b""), "it is no workbook (.xlsx), or a damaged one."),
        (Path.unlink, "it cannot be read"),
    ],
)
def test_what_is_damaged_or_made_to_harm_is_refused_and_nothing_is_written(change, told, tmp_path, monkeypatch):
    monkeypatch.setattr(sheet, "MOST_UNPACKED", 2_000_000)
    place, result = saved(book(), tmp_path), tmp_path / "result.json"
    change(place)
    done = CliRunner().invoke(bilaterals, ["solve", str(place), "--from-xlsx", "-o", str(result)])
    assert (done.exit_code, result.exists()) == (2, False)
    assert told in done.output
