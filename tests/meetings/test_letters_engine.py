"""A letter's text is data with named places; a Word document of it is a real one."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from sofra.kernel.engine.papers import inspect
from sofra.meetings.engine import letter_docx
from sofra.meetings.engine.letters import Page, Place, UnknownPlace, fill, lines, paragraphs, places


def page(**more: object) -> Page:
    said = {
        "language": "tr", "sender": "Gönderen", "reference": ("Sayımız", "ABCD-2345"), "day": "22 Kasım 2026",
        "addressee": ("Sayın Bakan", "Bakanlık"), "subject": "Davet", "paragraphs": ("Bir\niki", "<b>İı</b> {x}"),
        "foot": ("* Dipnot",), "marking": "Tatbikat", "page_word": "Sayfa",
    }  # fmt: skip
    return Page(**{**said, **more})  # type: ignore[arg-type]


def test_places_are_found_in_order_and_what_is_put_in_is_not_read_again() -> None:
    assert places("{party:gen} {day}", "tr") == [Place("party", "gen"), Place("day")]
    assert fill("{party} and {day}", lambda place: "{day}" if place.name == "party" else "today") == "{day} and today"


@pytest.mark.parametrize(
    "text", ["{minister}", "{party:gen}", "{day:gen}", "{ }", "{party", "party}", "{par\nty}", "{{party}"]
)
def test_an_unknown_place_or_a_lone_brace_is_refused(text: str) -> None:
    with pytest.raises(UnknownPlace):
        places(text, "en")


@given(st.text(alphabet="{}ab \n:party", max_size=30))
def test_any_text_is_either_read_or_refused(text: str) -> None:
    try:
        places(text, "en")
    except UnknownPlace:
        return
    assert "{" not in fill(text, lambda place: "x")


def test_blank_lines_part_paragraphs_and_single_breaks_stay() -> None:
    assert paragraphs(" One\r\ntwo \n\n\n  \nthree\x00") == ("One\ntwo", "three\ufffd")
    assert lines("A\n\n B \n") == ("A", "B")


def test_the_word_document_holds_the_words_as_text_with_styles_language_and_page_field() -> None:
    data = letter_docx.write(page(), datetime(2026, 11, 22, 15, 0, 0, 7, UTC))
    assert inspect(data).extension == ".docx"
    document = Document(BytesIO(data))
    said = [(each.style.name, each.text) for each in document.paragraphs]
    assert said == [
        ("Letter sender", "Gönderen"),
        ("Letter facts", "Sayımız: ABCD-2345"),
        ("Letter facts", "22 Kasım 2026"),
        ("Letter address", "Sayın Bakan"),
        ("Letter address", "Bakanlık"),
        ("Letter subject", "Davet"),
        ("Letter text", "Bir\niki"),
        ("Letter text", "<b>İı</b> {x}"),
        ("Letter footnote", "* Dipnot"),
    ]
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "Tatbikat"
    assert section.footer.paragraphs[0].text == "Tatbikat · ABCD-2345 · Sayfa 1"
    assert [each.text for each in section.footer._element.iter(qn("w:instrText"))] == [" PAGE "]
    runs = [run for each in [*document.paragraphs, *section.footer.paragraphs] for run in each.runs]
    assert {run._r.rPr.find(qn("w:lang")).get(qn("w:val")) for run in runs} == {"tr-TR"}
    core = document.core_properties
    assert (core.title, core.author) == ("Davet", "")
    assert core.created == core.modified == datetime(2026, 11, 22, 15, tzinfo=UTC)
