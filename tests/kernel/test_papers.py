"""The one gate for papers: what is kept, what is refused and why; and that no bytes make it hang or raise anything else."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sofra.kernel.engine.papers import Paper, inspect
from sofra.kernel.engine.refused import MOST, SENTENCES, Refused
from tests.support.papers import docx, pdf_with, repacked, smallest_pdf, typeset_pdf

WORD = docx()
TYPESET = typeset_pdf()
RELS = "word/_rels/document.xml.rels"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def why(data: bytes) -> str:
    """The code a file is refused with; the remarks of one that is kept."""
    try:
        return ",".join(("kept", *inspect(data).remarks))
    except Refused as refused:
        return refused.code


def with_part(name: str, content: bytes | str) -> bytes:
    said = content.encode() if isinstance(content, str) else content
    return repacked(WORD, lambda parts: parts.update({name: said}))


def edited(name: str, old: str, new: str) -> bytes:
    def change(parts: dict[str, bytes]) -> None:
        assert old.encode() in parts[name]
        parts[name] = parts[name].replace(old.encode(), new.encode(), 1)

    return repacked(WORD, change)


def related(kind: str, target: str, mode: str = ' TargetMode="External"') -> bytes:
    row = f'<Relationship Id="rId77" Type="{RELATION}/{kind}" Target="{target}"{mode}/></Relationships>'
    return edited(RELS, "</Relationships>", row)


def in_body(xml: str) -> bytes:
    return edited("word/document.xml", "<w:body>", f"<w:body>{xml}")


def instruction(*pieces: str) -> bytes:
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return in_body(f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}</w:p>')


def test_real_papers_are_kept_and_are_what_their_content_says() -> None:
    assert inspect(WORD) == Paper("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx")
    assert inspect(TYPESET) == Paper("application/pdf", ".pdf")
    assert inspect(typeset_pdf('#link("https://example.org")[there]')).remarks == ("links",)
    assert inspect(smallest_pdf("words")).extension == ".pdf"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n" + b"x" * MOST, "large"),
        (b"GIF89a", "kind"),
        (b"<html>%PDF-1.7", "kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "old"),
        (b"%PDF-1.7\n", "damaged"),
        (TYPESET[: len(TYPESET) // 2], "damaged"),
        (WORD[: len(WORD) // 2], "damaged"),
        (TYPESET + WORD, "two"),
        (TYPESET + b"<script>1</script>", "two"),
        (b"GIF89a" + WORD, "kind"),
        (WORD + b"\0" * 20, "two"),
        (WORD + TYPESET, "two"),
        (pdf_with(b"<</Encrypt 5 0 R>>"), "locked"),
        (pdf_with(b"<</S/JavaScript/JS(app.alert(1))>>"), "script"),
        (pdf_with(b"<</S/J#61va#53cript/JS(1)>>"), "script"),
        (pdf_with(b"<</S/JavaScript/JS(1)>>", packed=True), "script"),
        (pdf_with(b"<</S/#4aavaScript>>", packed=True, head=b"/N 1/First 4/Filter[/Fl]"), "script"),
        (pdf_with(b"<</S/Rendition/JS(1)>>"), "script"),
        (pdf_with(b"<</XFA 5 0 R>>"), "script"),
        (pdf_with(b"<</S/Launch/F(cmd.exe)>>"), "action"),
        (pdf_with(b"<</S/GoToR/F(\\\\\\\\host\\\\x)>>"), "action"),
        (pdf_with(b"<</S/SubmitForm>>", packed=True), "action"),
        (pdf_with(b"<</Type/EmbeddedFile>>"), "inside"),
        (pdf_with(b"<<>>", packed=True, head=b"/Type/ObjStm/N 1/First 4/Filter/LZWDecode"), "hidden"),
        (pdf_with(b"<<>>", packed=True, head=b"/Type/ObjStm/N 1/First 4/Filter 9 0 R"), "hidden"),
        (pdf_with(b"<<>>", packed=True, head=b"/Type/ObjStm/Filter/FlateDecode/DecodeParms<</Predictor 12>>"), "hidden"),
        (pdf_with(b"<</Filter[/FlateDecode/FlateDecode]>>"), "bomb"),
        (pdf_with(b" " * (40 * 1024 * 1024), packed=True), "bomb"),
        (with_part("word/vbaProject.bin", b"\xd0\xcf\x11\xe0"), "macros"),
        (edited("[Content_Types].xml", "wordprocessingml.document.main", "wordprocessingml.template.main"), "kind"),
        (edited("[Content_Types].xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main",
                "application/vnd.ms-word.document.macroEnabled.main"), "macros"),
        (with_part("word/embeddings/sheet1.xlsx", WORD), "inside"),
        (with_part("word/media/image1.png", WORD), "inside"),
        (with_part("word/media/image1.png", b"MZ\x90"), "inside"),
        (with_part("word/afchunk.html", "<html>"), "inside"),
        (in_body('<w:altChunk w:id="x"/>'), "inside"),
        (related("attachedTemplate", "https://example.org/x.dotm"), "external"),
        (related("image", "https://example.org/x.png"), "external"),
        (related("image", "file:///c:/x.png", ""), "external"),
        (related("image", "//host/x.png", ""), "external"),
        (related("hyperlink", "file:////host/share"), "external"),
        (related("hyperlink", "\\\\host\\share"), "external"),
        (related("oleObject", "embeddings/x.bin", ""), "inside"),
        (related("hyperlink", "https://example.org/"), "kept,links"),
        (instruction(" DDEAUTO c:\\\\x "), "fields"),
        (instruction(" DD", "EAUTO c:\\\\x "), "fields"),
        (instruction(" QUOTE 68 68 69 "), "fields"),
        (instruction(' INCLUDEPICTURE "https://example.org/x.png" '), "fields"),
        (in_body('<w:fldSimple w:instr=" IMPORT x "/>'), "fields"),
        (instruction(' HYPERLINK "https://example.org/link" '), "kept"),
        (instruction(" PAGE "), "kept"),
        (in_body('<w:p><w:ins w:id="1" w:author="A"/></w:p>'), "kept,changes"),
        (with_part("word/comments.xml", '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
                   '<w:comment w:id="1"/></w:comments>'), "kept,comments"),
        (in_body("<w:p><w:r><w:rPr><w:vanish/></w:rPr></w:r></w:p>"), "kept,hidden"),
        (with_part("word/x.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "entities"),
        (with_part("word/y.xml", '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x><x/>'.encode("utf-16")), "entities"),
        (with_part("word/x.dat", '<!DOCTYPE x SYSTEM "http://example.org/x"><x/>'), "entities"),
        (with_part("word/x.xml", "<x>" * 500 + "</x>" * 500), "bomb"),
        (with_part("word/x.xml", "<x>"), "damaged"),
        (with_part("word/media/zeros.bin", b"\0" * (60 * 1024 * 1024)), "bomb"),
        (with_part("../escape.xml", "<x/>"), "damaged"),
    ],
)  # fmt: skip
def test_what_is_more_than_a_paper_is_refused_with_its_reason(data: bytes, code: str) -> None:
    assert why(data) == code


def test_a_package_of_too_many_parts_or_of_overlapping_parts_is_refused() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as package:
        for number in range(2001):
            package.writestr(f"{number}.xml", "<x/>")
    assert why(kept.getvalue()) == "parts"
    # Two entries of the directory that share one part's bytes: the bomb whose parts do not add up.
    end = struct.unpack("<L", WORD[-6:-2])[0]
    size = struct.unpack("<L", WORD[-10:-6])[0]
    first = WORD[end : end + 46 + struct.unpack("<H", WORD[end + 28 : end + 30])[0]]
    other = first[:46] + first[46:].replace(b"C", b"D", 1)
    count = struct.unpack("<H", WORD[-12:-10])[0] + 1
    tail = WORD[-22:-14] + struct.pack("<HHLLH", count, count, size + len(other), end, 0)
    assert why(WORD[: end + size] + other + tail) == "two"


def test_a_locked_package_is_refused() -> None:
    place = WORD.index(b"PK\x01\x02")
    assert why(WORD[: place + 8] + b"\x01" + WORD[place + 9 :]) == "locked"


def test_the_largest_papers_are_looked_through_in_a_few_seconds() -> None:
    began = time.perf_counter()
    paragraphs = "".join(f"<w:p><w:r><w:t>words {number * 7919}</w:t></w:r></w:p>" for number in range(900_000))
    assert why(in_body(paragraphs)) == "kept"
    stream = b"stream\n" * 200_000
    assert why(pdf_with(b"<<>>" + stream)) == "hidden"
    assert why(pdf_with(b"<<" + b"/N " * 2_000_000 + b">>" + stream)) == "hidden"
    assert time.perf_counter() - began < 15


def answers(data: bytes) -> None:
    try:
        inspect(data)
    except Refused as refused:
        assert refused.code in SENTENCES


@settings(max_examples=300, deadline=5000, suppress_health_check=[HealthCheck.too_slow])
@given(head=st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04"]), data=st.binary(max_size=400))
def test_any_bytes_are_answered(head: bytes, data: bytes) -> None:
    answers(head + data)


@settings(max_examples=400, deadline=5000, suppress_health_check=[HealthCheck.too_slow])
@given(
    whole=st.sampled_from([WORD, TYPESET, pdf_with(b"<<>>", packed=True)]),
    wounds=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6), st.integers(0, 40)), min_size=1, max_size=6),
)
def test_a_wounded_paper_is_answered(whole: bytes, wounds: list[tuple[float, bytes, int]]) -> None:
    for place, put, taken in wounds:
        at = int(place * len(whole))
        whole = whole[:at] + put + whole[at + taken :]
    answers(whole)


@settings(max_examples=60, deadline=5000, suppress_health_check=[HealthCheck.too_slow])
@given(
    name=st.sampled_from(["word/document.xml", "[Content_Types].xml", RELS, "word/settings.xml"]),
    place=st.floats(0, 1), put=st.one_of(st.binary(max_size=20), st.text(max_size=20).map(str.encode)), taken=st.integers(0, 60),
)  # fmt: skip
def test_a_wounded_part_is_answered(name: str, place: float, put: bytes, taken: int) -> None:
    def wound(parts: dict[str, bytes]) -> None:
        at = int(place * len(parts[name]))
        parts[name] = parts[name][:at] + put + parts[name][at + taken :]

    answers(repacked(WORD, wound))


def test_the_command_says_what_the_house_would_keep(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(WORD)
    (tmp_path / "b.pdf").write_bytes(pdf_with(b"<</S/Launch>>"))

    def run(*names: str) -> tuple[int, str]:
        asked = subprocess.run(
            [sys.executable, "-m", "sofra", "inspect", *(str(tmp_path / name) for name in names)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        return asked.returncode, asked.stdout + asked.stderr

    code, said = run("a.docx")
    assert (code, "DOCX, can be kept." in said) == (0, True)
    code, said = run("a.docx", "b.pdf")
    assert (code, "would start a program" in said) == (1, True)
    assert run("none.pdf")[0] == 2
