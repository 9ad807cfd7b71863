"""Word files at the lint desk: what they say, letter by letter, and corrections that Word shows as tracked changes."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from sofra.kernel.engine.refused import Refused
from sofra.lexicon.engine.word_files import Replacement, read_word, with_tracked_changes
from tests.support.papers import docx, saved

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def body(data: bytes, *, accepted: bool) -> str:
    """The text of the body once every tracked change is accepted, or refused: read here in another way than by the product."""
    root = etree.fromstring(ZipFile(BytesIO(data)).read("word/document.xml"))
    gone, kept = ("del", "ins") if accepted else ("ins", "del")
    lines = []
    for paragraph in root.iter(f"{W}p"):
        said = ""
        for element in paragraph.iter(f"{W}t", f"{W}delText", f"{W}tab"):
            around = [each.tag for each in element.iterancestors()]
            if f"{W}{gone}" in around:
                continue
            said += "\t" if element.tag == f"{W}tab" else element.text or ""
        lines.append(said)
    assert kept
    return "".join(f"{line}\n" for line in lines)


def changed(data: bytes, *changes: tuple[int, int, str]) -> bytes:
    return with_tracked_changes(read_word(data), [Replacement(*each) for each in changes], author="Secretariat", at=AT)


def test_a_text_is_read_paragraph_by_paragraph_across_its_runs() -> None:
    assert read_word(docx([("Ser", False), ("bia", True)], "and North\tMacedonia")).text == (
        "Serbia\nand North\tMacedonia\n"
    )


def test_what_was_struck_is_not_read_and_what_was_inserted_is() -> None:
    made = Document()
    paragraph = made.add_paragraph("One ")._p
    for kind, text in (("del", "delText"), ("ins", "t")):
        paragraph.append(
            parse_xml(
                f'<w:{kind} {nsdecls("w")} w:id="7" w:author="A"><w:r><w:{text}>{kind}</w:{text}></w:r></w:{kind}>'
            )
        )
    assert read_word(saved(made)).text == "One ins\n"


def test_notes_heads_and_feet_are_read_after_the_text() -> None:
    made = Document()
    made.add_paragraph("Body")
    made.sections[0].header.paragraphs[0].text = "Head"
    assert read_word(saved(made)).text == "Body\nHead\n"


def test_a_correction_stands_beside_what_it_corrects() -> None:
    data = docx([("The Serb", False), ("ian side", True), (" left.", False)])
    done = changed(data, (4, 11, "Albanian"))
    assert (body(done, accepted=True), body(done, accepted=False)) == (
        "The Albanian side left.\n", "The Serbian side left.\n",
    )  # fmt: skip
    root = etree.fromstring(ZipFile(BytesIO(done)).read("word/document.xml"))
    marks = [
        (each.tag[len(W) :], each.get(f"{W}author"), each.get(f"{W}date")) for each in root.iter(f"{W}ins", f"{W}del")
    ]
    assert marks == [("del", "Secretariat", "2026-11-22T09:30:00Z"), ("ins", "Secretariat", "2026-11-22T09:30:00Z")]


def test_the_new_wording_takes_the_look_of_the_first_letter_it_replaces() -> None:
    done = changed(docx([("Serb", True), ("ia", False)]), (0, 6, "X"))
    root = etree.fromstring(ZipFile(BytesIO(done)).read("word/document.xml"))
    (added,) = root.iter(f"{W}ins")
    assert added.find(f"{W}r/{W}rPr/{W}b") is not None


def test_what_is_not_touched_stays_byte_for_byte() -> None:
    data = docx("Serbia")
    done = changed(data, (0, 6, "X"))
    before, after = ZipFile(BytesIO(data)), ZipFile(BytesIO(done))
    assert before.namelist() == after.namelist()
    assert [name for name in before.namelist() if before.read(name) != after.read(name)] == ["word/document.xml"]
    assert changed(data, (0, 6, "X")) == done


def test_a_corrected_file_passes_the_gate_and_reads_as_corrected() -> None:
    done = changed(docx("Serbia and Kosovo met."), (0, 6, "A"), (11, 17, "B"), (18, 21, ""))
    assert read_word(done).text == "A and B .\n"


@pytest.mark.parametrize(
    "bad", [(0, 0, "x"), (5, 8, "x"), (0, 99, "x"), (0, 2, "a\nb")], ids=["empty", "two paragraphs", "outside", "break"]
)
def test_a_replacement_that_fits_nowhere_is_refused(bad: tuple[int, int, str]) -> None:
    with pytest.raises(ValueError, match="replace"):
        changed(docx("Serbia", "Kosovo"), bad)


def test_two_replacements_of_one_letter_are_refused() -> None:
    with pytest.raises(ValueError, match="already"):
        changed(docx("Serbia"), (0, 4, "x"), (3, 5, "y"))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7\n", b"Serbia"])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        read_word(data)


RUNS = st.lists(st.lists(st.text("aбğ\t. ", min_size=1, max_size=5), min_size=1, max_size=4), min_size=1, max_size=3)


@settings(max_examples=30, deadline=None)
@given(RUNS, st.data())
def test_accepting_all_gives_the_new_text_and_refusing_all_the_old(runs: list[list[str]], data: st.DataObject) -> None:
    file = docx(*[[(text, number % 2 == 0) for number, text in enumerate(line)] for line in runs])
    text = read_word(file).text
    changes: list[tuple[int, int, str]] = []
    place = 0
    while place < len(text):
        start = data.draw(st.integers(place, len(text)))
        line = text.find("\n", start)
        if line <= start:
            break
        end = data.draw(st.integers(start + 1, line))
        changes.append((start, end, data.draw(st.sampled_from(["", "Д", "new wording"]))))
        place = end
    expected = text
    for start, end, new in reversed(changes):
        expected = expected[:start] + new + expected[end:]
    done = changed(file, *changes)
    assert body(done, accepted=True) == expected == read_word(done).text
    assert body(done, accepted=False) == text
