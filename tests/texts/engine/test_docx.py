"""Word files: every tracked change is read with its author, rolling texts come back as they went out, hostile files stay out."""

from __future__ import annotations

import time
import zipfile
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx_plus.revisions import accept_all_revisions, reject_all_revisions
from hypothesis import given, settings

from sofra.kernel.engine.refused import Refused
from sofra.texts.engine.brackets import parse
from sofra.texts.engine.collate import collate
from sofra.texts.engine.docx import (
    Note,
    Proposed,
    proposals,
    read,
    read_rolling,
    redline_docx,
    rolling_docx,
    settle,
    write,
)
from sofra.texts.engine.presence import Block, Stretch
from sofra.texts.engine.projecting import project
from sofra.texts.engine.redline import compare
from sofra.texts.engine.tree import BadText
from tests.texts.engine.strategies import drafts, ordinary
from tests.texts.engine.test_collate import Drafts
from tests.texts.engine.word import W, document_xml, gone, ins, p, plain, r, repacked, saved, with_body

ROLLING = """Title

2. We combat [extreme - US; G77 delete] poverty by [changing unsustainable - EU, G77 retain / promoting sustainable - US] patterns[, in accordance with … - G77; US, Canada, Japan, EU delete]. [Agreed ad ref]

[New paragraph with [youth - AL / old - BA] in it. - AL, BA]

[Gone for one. - RS delete]

Last.
"""  # noqa: E501
MARK_IN, MARK_OUT = ins("AL", ""), ins("RS", "", "del")


def blank_less(paragraphs: list[str]) -> list[str]:
    return [each for each in paragraphs if each.strip()]


# -- reading


def test_a_deletion_inside_anothers_insertion_has_both_authors() -> None:
    data = with_body(
        p(r("We ") + ins("US", r("fully ") + gone("G77", "and finally ")) + gone("EU", "do ") + r("agree."))
    )
    document = read(data)
    assert document.accepted() == ["We fully agree."]
    assert document.rejected() == ["We do agree."]
    assert document.wording("US") == ["We fully and finally do agree."]
    assert document.wording("G77") == ["We do agree."]
    assert document.everybody() == ["EU", "G77", "US"]
    date = "2026-01-23T10:00:00Z"
    assert proposals(document) == [
        Proposed("US", "insert", 0, 3, "", "fully ", date),
        Proposed("US", "insert", 0, 3, "", "and finally ", date),
        Proposed("G77", "delete", 0, 3, "and finally ", "", date, "US"),
        Proposed("EU", "delete", 0, 3, "do ", "", date),
    ]


def test_inserted_and_deleted_paragraphs_split_and_merge() -> None:
    data = with_body(
        p(r("One.")) + p(ins("AL", r("New.")), MARK_IN) + p(gone("RS", "Old."), MARK_OUT)
        + p(r("Left "), MARK_OUT) + p(r("right.")) + p(r("Up "), MARK_IN) + p(r("down."))
    )  # fmt: skip
    document = read(data)
    assert document.accepted() == ["One.", "New.", "Left right.", "Up ", "down."]
    assert document.rejected() == ["One.", "Old.", "Left ", "right.", "Up down."]
    assert [(each.author, each.kind) for each in proposals(document)] == [
        ("AL", "new paragraph"), ("RS", "delete paragraph"), ("RS", "merge"), ("AL", "split"),
    ]  # fmt: skip
    for accept, expected in ((True, document.accepted()), (False, document.rejected())):
        settled = read(settle(data, accept=accept))
        assert settled.accepted() == settled.rejected() == expected


def test_moves_are_one_proposal_at_each_end() -> None:
    data = with_body(
        p(ins("AL", r("A."), "moveFrom"), ins("AL", "", "del")) + p(r("B.")) + p(ins("AL", r("A."), "moveTo"), MARK_IN)
    )
    document = read(data)
    assert (document.accepted(), document.rejected()) == (["B.", "A."], ["A.", "B."])
    assert {each.kind for each in proposals(document)} == {"move"}


def test_text_in_links_fields_controls_and_boxes_is_text() -> None:
    body = (
        p(f'<w:hyperlink w:anchor="x">{ins("AL", r("linked "))}</w:hyperlink>'
          f'<w:fldSimple w:instr=" PAGE ">{r("7 ")}</w:fldSimple>'
          f"<w:sdt><w:sdtContent>{gone('AL', 'held ')}</w:sdtContent></w:sdt>"
          "<w:r><w:tab/><w:t>x</w:t><w:br/><w:t>y</w:t></w:r>")
        + f"<w:sdt><w:sdtContent>{p(r('Block.'))}</w:sdtContent></w:sdt>"
        + p(f"<w:r><w:pict><w:txbxContent>{p(ins('RS', r('Boxed.')))}</w:txbxContent></w:pict></w:r>")
    )  # fmt: skip
    document = read(with_body(body))
    assert document.accepted() == ["linked 7 \tx\ny", "Block.", "", "Boxed."]
    assert document.rejected() == ["7 held \tx\ny", "Block.", "", ""]


def test_tables_are_read_cell_by_cell_and_rows_carry_changes() -> None:
    row = "<w:tr><w:trPr>{}</w:trPr><w:tc><w:p>{}</w:p></w:tc><w:tc><w:p>{}</w:p></w:tc></w:tr>"
    cells = (("", "a", "b"), (MARK_IN, "c", "d"), (MARK_OUT, "e", "f"))
    rows = "".join(row.format(mark, r(one), r(two)) for mark, one, two in cells)
    data = with_body(f"<w:tbl>{rows}</w:tbl>{p(r('end'))}")
    document = read(data)
    assert document.accepted() == ["a", "b", "c", "d", "end"]
    assert document.rejected() == ["a", "b", "e", "f", "end"]
    assert read(settle(data, accept=True)).accepted() == document.accepted()
    assert read(settle(data, accept=False)).accepted() == document.rejected()
    table = Document(BytesIO(settle(data, accept=True))).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["a", "b"], ["c", "d"]]


def test_comments_are_read_with_what_they_are_about() -> None:
    document: Any = Document()
    paragraph = document.add_paragraph("We ")
    run = paragraph.add_run("fully")
    paragraph.add_run(" agree.")
    document.add_comment(run, text="Too strong.", author="RS", initials="")
    (comment,) = read(saved(document)).comments
    assert (comment.author, comment.words, comment.paragraph, comment.about) == ("RS", "Too strong.", 0, "fully")


# -- writing


@pytest.mark.parametrize("party", [None, "US", "G77", "EU", "AL", "BA", "RS", "Canada", "Nobody"])
def test_a_rolling_text_gives_every_wording_back(party: str | None) -> None:
    text = parse(ROLLING)
    assert read_rolling(rolling_docx(text)).wording(party) == project(text, party)


def test_a_rolling_text_rejected_is_the_base_and_names_its_authors() -> None:
    data = rolling_docx(parse(ROLLING))
    root = document_xml(data)
    authors = {each.get(f"{W}author") for each in root.iter(f"{W}ins", f"{W}del")}
    assert authors == {"US", "G77", "Canada, EU, Japan, US", "AL, BA", "AL", "BA", "RS"}
    nested = [
        (each.getparent().get(f"{W}author"), each.get(f"{W}author")) for each in root.iterfind(f".//{W}ins/{W}del")
    ]
    assert nested == [("US", "G77"), ("G77", "Canada, EU, Japan, US")]
    ids = [each.get(f"{W}id") for each in root.iter(f"{W}ins", f"{W}del")]
    assert len(ids) == len(set(ids))
    assert not root.findall(f".//{W}del//{W}t")
    assert read(data).rejected() == project(parse(ROLLING))
    document = Document(BytesIO(data))
    reject_all_revisions(document)
    assert blank_less([each.text for each in document.paragraphs]) == project(parse(ROLLING))
    (comment,) = read(data).comments
    assert (comment.author, comment.words) == ("Status", "Agreed ad ref")


def test_the_same_text_makes_the_same_file_and_a_date_stands_where_it_is_given() -> None:
    text = parse(ROLLING)
    assert rolling_docx(text, title="A") == rolling_docx(text, title="A")
    assert b"w:date" not in zipfile.ZipFile(BytesIO(rolling_docx(text))).read("word/document.xml")
    dated = document_xml(rolling_docx(text, date="2026-01-23T10:00:00Z"))
    assert {each.get(f"{W}date") for each in dated.iter(f"{W}ins", f"{W}del")} == {"2026-01-23T10:00:00Z"}


@settings(max_examples=15, deadline=None)
@given(drafts(ordinary))
def test_a_compiled_text_survives_word_for_everybody(drafts: Drafts) -> None:
    base, wordings = drafts
    rolling = read_rolling(rolling_docx(collate(base, wordings)))
    assert rolling.wording(None) == base
    for label, words in wordings.items():
        assert rolling.wording(label) == list(words)


@settings(max_examples=15, deadline=None)
@given(drafts(ordinary))
def test_a_comparison_accepted_is_the_new_text_and_rejected_the_old(drafts: Drafts) -> None:
    base, wordings = drafts
    for words in wordings.values():
        data = redline_docx(compare(base, words), "Chair")
        document = read(data)
        assert (document.accepted(), document.rejected()) == (list(words), base)
        assert blank_less(read(settle(data, accept=True)).accepted()) == list(words)
        assert blank_less(read(settle(data, accept=False)).accepted()) == base


def test_another_library_reads_the_same_out_of_a_comparison() -> None:
    old, new = ["We meet once a year.", "We write."], ["We meet twice a year.", "We write now."]
    for settle_all, expected in ((accept_all_revisions, new), (reject_all_revisions, old)):
        document = Document(BytesIO(redline_docx(compare(old, new), "Chair")))
        settle_all(document)
        assert blank_less([each.text for each in document.paragraphs]) == expected


def test_on_a_file_that_is_there_styles_tables_and_pictures_stay() -> None:
    document: Any = Document()
    document.add_heading("Statement", level=1)
    first = document.add_paragraph(style="List Number")
    first.add_run("The parties ")
    first.add_run("shall").bold = True
    first.add_run(" meet.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Year", "2026"
    document.add_paragraph("Untouched.", style="List Number")
    data = saved(document)
    base = read(data).rejected()
    new = [each.replace("shall", "should").replace("2026", "2027") for each in base]
    new.insert(2, "They also write.")
    text = collate(base, {"AL": new})
    written = rolling_docx(text, data)
    assert read_rolling(written).wording("AL") == new
    assert read_rolling(written).wording(None) == base
    again: Any = Document(BytesIO(settle(written, accept=True)))
    assert [(each.style.name, each.text) for each in again.paragraphs] == [
        ("Heading 1", "Statement"), ("List Number", "The parties should meet."), ("List Number", "They also write."),
        ("List Number", "Untouched."),
    ]  # fmt: skip
    assert [cell.text for cell in again.tables[0].rows[0].cells] == ["Year", "2027"]
    kept: Any = Document(BytesIO(settle(written, accept=False)))
    assert [(run.text, run.bold) for run in kept.paragraphs[1].runs] == [
        ("The parties ", None),
        ("shall", True),
        (" meet.", None),
    ]


def test_notes_are_written_as_comments_of_their_authors() -> None:
    blocks = [Block((Stretch("One.", True),)), Block((Stretch("Two.", True),))]
    data = write(blocks, notes=[Note(1, "Türkiye", "supports"), Note(0, "RS", "reserves\nuntil Monday")])
    assert [(each.author, each.paragraph, each.words, each.about) for each in read(data).comments] == [
        ("Türkiye", 1, "supports", "Two."), ("RS", 0, "reserves\nuntil Monday", "One."),
    ]  # fmt: skip
    assert [(each.author, each.text) for each in Document(BytesIO(data)).comments] == [
        ("Türkiye", "supports"), ("RS", "reserves\nuntil Monday"),
    ]  # fmt: skip


def test_ten_thousand_changes_are_written_and_read_in_order() -> None:
    old = [f"Paragraph {number} has one two three four five six words in it." for number in range(2_000)]
    new = [each.replace("two", "2").replace("four", "4").replace("six", "6").replace("in it", "here") for each in old]
    began = time.process_time()
    data = redline_docx(compare(old, new), "AL")
    document = read(data)
    assert sum(1 for each in document.paragraphs for part in each.segments if part.inserted or part.deleted) >= 10_000
    assert (document.accepted(), document.rejected()) == (new, old)
    assert len(proposals(document)) == 8_000
    assert time.process_time() - began < 20  # linear; a quadratic codec needs minutes


# -- what stays out


def bomb() -> bytes:
    return with_body(p(r("x")), word__media__a_xml=b"<a>" + b" " * 200_000_000 + b"</a>")


def styles(*pairs: tuple[str, str]) -> bytes:
    body = "".join(f'<w:style w:styleId="{one}"><w:basedOn w:val="{other}"/></w:style>' for one, other in pairs)
    space = W.strip("{}")
    return with_body(p(r("x")), **{"word__styles.xml": f'<w:styles xmlns:w="{space}">{body}</w:styles>'.encode()})


def link_out(files: dict[str, bytes]) -> None:
    name = "word/_rels/document.xml.rels"
    link = b'<Relationship Id="x9" Type="a/image" Target="http://x.example/y" TargetMode="External"/></Relationships>'
    files[name] = files[name].replace(b"</Relationships>", link)


ENTITY = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///x">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (lambda: bomb(), "unpacks to far more"),
        (lambda: with_body(p(r("x")), **{"word__vbaProject.bin": b"x"}), "macros"),
        (lambda: with_body(p(r("x")), **{"word__media__x.xml": ENTITY}), "entities"),
        (lambda: repacked(plain("x"), link_out), "loads something from outside"),
        (lambda: styles(("A", "B"), ("B", "C"), ("C", "A")), "is based on itself"),
        (lambda: styles(("A", "A")), "is based on itself"),
        (lambda: with_body("<w:p>" * 500 + "</w:p>" * 500), "unpacks to far more"),
        (lambda: plain("x")[:-30], "damaged"),
        (lambda: b"PK\x03\x04", "damaged"),
        (lambda: b"%PDF-1.7 no Word file", "neither PDF nor DOCX"),
        (lambda: b"text", "neither PDF nor DOCX"),
    ],
)  # fmt: skip
def test_a_hostile_file_is_refused_in_a_sentence(data: Any, told: str) -> None:
    with pytest.raises((Refused, BadText)) as refused:
        read(data())
    assert told in str(refused.value) or "damaged" in str(refused.value)


def test_a_template_that_is_not_the_base_is_refused() -> None:
    with pytest.raises(BadText, match="5 paragraphs of its base"):
        rolling_docx(parse("a\n\nb\n\nc\n\nd\n\ne"), plain("only one"))
