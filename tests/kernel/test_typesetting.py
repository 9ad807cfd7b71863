"""Papers: what people wrote is data, the same content gives the same bytes, and nothing comes from outside the house."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zlib
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sofra.kernel.typesetting import CannotSet, look_at, pages_of, set_paper, setting

MADE = datetime(2026, 1, 23, 14, 0, tzinfo=UTC)
WORDS: dict[str, Any] = {"language": "en", "title": "A note", "made": MADE, "marking": "Exercise: positions invented"}
HOSTILE = (
    "#import \"@preview/cetz:0.3.0\": *", "#panic(\"out\")", "#read(\"/etc/passwd\")", "#sys.inputs", "] #panic() [", "\\",
    "\\u{0}",     "$ x^2 $", "@nobody", "<label>", "`raw`", "```", "*bold", "_under", "= Heading", "/* ", "// gone", "\"",
    "\"); panic(\"",
    "{{ x }}", "\x00\x01\x1b[31m", "\u202eabc", "مرحبا بالعالم", "שלום", "\ud800", "\ufffe", "x" * 5000, "\n\n\n", 
    "\t", "﷽", "👩‍👩‍👧",
)  # fmt: skip
anything = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(), max_size=80))


def note(*texts: str, heading: str = "A note") -> dict[str, Any]:
    lines = [{"kind": "paragraph", "lines": [[{"text": text}]]} for text in texts]
    return {"heading": heading, "blocks": lines}


@given(st.lists(anything, min_size=1, max_size=4), anything, anything)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_text_can_become_code(texts: list[str], heading: str, marking: str) -> None:
    told = {**WORDS, "title": heading, "marking": marking, "running": heading}
    assert set_paper("plain", note(*texts, heading=heading), **told).startswith(b"%PDF-")


@pytest.mark.parametrize("text", HOSTILE)
def test_each_hostile_text_is_set_as_it_stands(text: str) -> None:
    assert set_paper("plain", note(text, text, heading=text), **WORDS).startswith(b"%PDF-")


def test_the_same_content_gives_the_same_bytes_in_another_process() -> None:
    here = set_paper("plain", note("Ankara, Tirana, İzmir"), **WORDS)
    script = (
        "import sys; from datetime import UTC, datetime; from sofra.kernel.typesetting import set_paper\n"
        f"given = {json.dumps(note('Ankara, Tirana, İzmir'))!r}; import json\n"
        "sys.stdout.buffer.write(set_paper('plain', json.loads(given), language='en', title='A note',"
        " made=datetime(2026, 1, 23, 14, 0, tzinfo=UTC), marking='Exercise: positions invented'))"
    )
    there = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, cwd=setting.HERE.parents[2])
    assert there.stdout == here == set_paper("plain", note("Ankara, Tirana, İzmir"), **WORDS)


def test_other_content_gives_other_bytes() -> None:
    assert set_paper("plain", note("yes"), **WORDS) != set_paper("plain", note("no"), **WORDS)


def test_the_title_and_the_one_date_stand_in_the_file_and_no_other_date() -> None:
    made = set_paper("plain", note("x"), **WORDS)
    assert set(re.findall(rb"D:(\d{14})", made)) == {b"20260123140000"}
    assert re.search(rb"/Title ?\(A note\)", made)
    assert re.search(rb"/Lang ?\(en\)", made)


def test_only_the_houses_own_fonts_are_in_a_paper() -> None:
    made = set_paper("plain", note("İıŞş – “ ”", "Ђђ Ѓѓ"), **WORDS)
    open_ = made + b"".join(_inflated(made))
    found = set(re.findall(rb"/FontName ?/[A-Z]{6}\+([\w-]+)", open_))
    assert found == {b"SourceSerif4Roman-Regular", b"Inter-Regular"}


def test_a_letter_no_font_has_is_no_fault() -> None:
    assert set_paper("plain", note("漢字 มาตรา"), **WORDS).startswith(b"%PDF-")


def test_every_page_is_a4_and_bears_a_head_and_a_foot() -> None:
    pages = look_at(
        "plain", note(*["A paragraph that fills a line or two of this page, and says no more than that."] * 90), **WORDS
    )
    assert len(pages) == 3
    made = set_paper("plain", note("x"), **WORDS)
    assert set(re.findall(rb"/MediaBox ?\[0 0 (\d+)\.\d+ (\d+)\.\d+\]", made)) == {(b"595", b"841")}


def test_turkish_letters_keep_their_dots_and_its_words_their_hyphens() -> None:
    word = "Avrupalılaştıramadıklarımızdanmışsınızcasına " * 30
    turkish = set_paper("plain", note(word), **{**WORDS, "language": "tr"})
    english = set_paper("plain", note(word), **WORDS)
    assert re.search(rb"/Lang ?\(tr\)", turkish)
    assert turkish != english


@pytest.mark.parametrize(
    ("template", "content", "made", "sentence"),
    [
        ("../plain", {}, MADE, "There is no template ../plain for a paper."),
        ("none", {}, MADE, "There is no template none for a paper."),
        ("plain", {"heading": object()}, MADE, "What was to be set is no plain data."),
        ("plain", {"heading": float("nan")}, MADE, "What was to be set is no plain data."),
        ("plain", {}, MADE.replace(tzinfo=None), "A paper's date needs its zone."),
    ],
)
def test_what_cannot_be_set_is_said_in_one_sentence(template: str, content: Any, made: datetime, sentence: str) -> None:
    with pytest.raises(CannotSet, match=re.escape(sentence)):
        set_paper(template, content, **{**WORDS, "made": made})


def test_a_fault_of_a_template_names_it() -> None:
    with pytest.raises(CannotSet, match="The template plain could not be set: dictionary does not contain key"):
        set_paper("plain", {}, **WORDS)


def test_no_template_evaluates_a_text_or_reaches_out() -> None:
    for path in sorted(setting.TEMPLATES.glob("*.typ")):
        code = re.sub(r"//.*", "", path.read_text(encoding="utf-8"))
        code = re.sub(r'image\(("held\.pdf"|part\.file \+ "\.pdf")', "", code)  # the PDFs a paper holds, beside it
        assert (
            re.findall(
                r"\beval\b|\bread\(|\bplugin\(|@preview|@local|\byaml\(|\btoml\(|\bcsv\(|\bxml\(|\bimage\(", code
            )
            == []
        ), path.name
        assert set(re.findall(r'(?:import|include) "([^"]+)"', code)) <= {"paper.typ"}, path.name


def test_nothing_the_web_process_starts_with_loads_the_typesetter() -> None:
    script = "import sys, sofra.kernel.typesetting; sys.exit('typst' in sys.modules or 'django' in sys.modules)"
    subprocess.run([sys.executable, "-c", script], check=True, cwd=setting.HERE.parents[2])


def _inflated(made: bytes) -> list[bytes]:
    found = []
    for start in re.finditer(rb"stream\r?\n", made):
        try:
            found.append(zlib.decompressobj().decompress(made[start.end() :]))
        except zlib.error:
            continue
    return found


@pytest.mark.parametrize("count", [1, 2, 3, 7, 8, 9])
def test_the_pages_of_a_pdf_are_counted_by_the_one_who_sets_them(count: int) -> None:
    assert pages_of(_of_pages(count)) == count


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 nothing of one", b"PK\x03\x04"])
def test_what_the_typesetter_cannot_read_has_no_pages(data: bytes) -> None:
    assert pages_of(data) == 0


def test_a_pdf_of_too_many_pages_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setting, "MOST_PAGES", 3)
    assert (pages_of(_of_pages(3)), pages_of(_of_pages(4))) == (3, 0)


def test_a_held_pdf_has_a_name_that_is_no_path() -> None:
    with pytest.raises(CannotSet, match=r"cannot be called \.\./out"):
        set_paper("plain", note("x"), **WORDS, held={"../out": _of_pages(1)})


def _of_pages(count: int) -> bytes:
    """A paper of exactly so many pages: a pack's title page, and a section on each page after it."""
    words = {"text": "", "language": "en"}
    sections = [{"title": str(number), "said": [], "blocks": []} for number in range(1, count)]
    content = {
        "format": words, "title": words, "heading": "", "when": "", "where": "", "contents": "", "nothing": "", "basis": "",
        "footnotes": [], "sections": sections,
    }  # fmt: skip
    return set_paper("pack", content, **WORDS)
