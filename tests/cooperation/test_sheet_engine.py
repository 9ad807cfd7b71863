"""A sheet is read as it was written, and a file that is none is refused with its reason."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from sofra.cooperation.engine import sheet
from sofra.cooperation.engine.sheet import Column, Unreadable

COLUMNS = [Column("id", "", hidden=True), Column("title:en", "Title"), Column("due", "By when", date=True)]
#: What XML and Excel keep as it is: no control characters, no lone surrogates, no spaces at the ends.
texts = (
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), min_size=1, max_size=60)
    .map(str.strip)
    .filter(lambda each: each != "" and "_x" not in each)
)


def book(*rows: dict[str, object]) -> bytes:
    return sheet.write(["About"], COLUMNS, rows)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts, st.dates(date(1901, 1, 1), date(2099, 12, 31)))
def test_what_is_written_is_read_again(title: str, due: date) -> None:
    rows = sheet.read(book({"id": "1", "title:en": title, "due": due}))
    assert [(row.number, row.values, row.wrong) for row in rows] == [
        (sheet.FIRST_ROW, {"id": "1", "title:en": title, "due": due.isoformat()}, {})
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("https://x")', "=cmd|' /C calc'!A0"])
def test_nothing_that_was_typed_is_ever_worked_out(text: str) -> None:
    made = load_workbook(io.BytesIO(book({"id": "1", "title:en": text})))[sheet.SHEET].cell(sheet.FIRST_ROW, 2)
    assert (made.value, made.data_type, made.quotePrefix) == (text, "s", True)


def test_a_date_is_a_date_and_not_a_text() -> None:
    made = load_workbook(io.BytesIO(book({"due": date(2026, 6, 30)})))[sheet.SHEET].cell(sheet.FIRST_ROW, 3)
    assert (made.is_date, made.number_format) == (True, "yyyy-mm-dd")


def test_control_characters_do_not_break_the_sheet() -> None:
    assert sheet.read(book({"id": "1", "title:en": "a\x0bb"}))[0].values["title:en"] == "a\ufffdb"


def test_a_formula_handed_in_is_named() -> None:
    loaded = load_workbook(io.BytesIO(book({"id": "1"})))
    loaded[sheet.SHEET].cell(sheet.FIRST_ROW, 2).value = "=1+1"
    kept = io.BytesIO()
    loaded.save(kept)
    assert sheet.read(kept.getvalue())[0].wrong == {"title:en": "formula"}


def other_workbook() -> bytes:
    kept = io.BytesIO()
    Workbook().save(kept)
    return kept.getvalue()


def named_alike() -> bytes:
    made, kept = Workbook(), io.BytesIO()
    assert made.active is not None
    made.active.title = sheet.SHEET
    made.active["A1"] = "id"
    made.save(kept)
    return kept.getvalue()


def packed(**parts: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as into:
        for name, data in parts.items():
            into.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return kept.getvalue()


def far_away() -> bytes:
    loaded = load_workbook(io.BytesIO(book({"id": "1"})))
    loaded[sheet.SHEET].cell(1_000_000, 2).value = "far"
    kept = io.BytesIO()
    loaded.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"a,b\n1,2\n", "other"),
        (b"%PDF-1.7 ...", "other"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "other"),
        (b"PK\x03\x04 broken", "damaged"),
        (book({"id": "1"})[:-200], "damaged"),
        (other_workbook(), "wrong_sheet"),
        (named_alike(), "keys"),
        (packed(word__document_xml=b"<w/>"), "other"),
        (packed(xl__workbook_xml=b"<workbook/>"), "damaged"),
        (packed(xl__workbook_xml=b"<x>" + b"0" * (41 * 1024 * 1024)), "bomb"),
        (packed(xl__workbook_xml=b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "bomb"),
        (packed(**{f"p{n}": b"" for n in range(101)}, xl__workbook_xml=b"<x/>"), "bomb"),
        (b"P" * (sheet.MOST_BYTES + 1), "large"),
        (sheet.write(["x"], COLUMNS, [{"id": str(n)} for n in range(501)]), "many"),
        (far_away(), "many"),
        (packed(xl__workbook_xml=b"<x/>", xl__vbaProject_bin=b"x").replace(b"vbaProject_bin", b"vbaProject.bin"), "macros"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_follow_up_sheet_is_refused_with_its_reason(data: bytes, why: str) -> None:
    with pytest.raises(Unreadable) as refused:
        sheet.read(data)
    assert refused.value.why == why


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 1 << 20), st.binary(min_size=1, max_size=8))
def test_a_damaged_sheet_is_read_or_refused_and_never_breaks_the_house(place: int, piece: bytes) -> None:
    data = bytearray(book({"id": "1", "title:en": "A title", "due": date(2026, 6, 30)}))
    start = place % len(data)
    data[start : start + len(piece)] = piece
    try:
        assert isinstance(sheet.read(bytes(data)), list)
    except Unreadable as refused:
        assert refused.why in {"damaged", "other", "bomb", "wrong_sheet", "keys", "many", "locked", "macros"}
