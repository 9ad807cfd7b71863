"""`sofra text` on files: what it prints, what it writes, and one sentence for what it cannot read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sofra.texts.cli import text
from tests.texts.engine.schemas import conforms

BASE = "We combat poverty by changing unsustainable patterns.\n\nThey meet twice a year.\n"
US = BASE.replace("poverty", "extreme poverty").replace("changing unsustainable", "promoting sustainable")
EU = BASE.replace("\n\nThey", "\n\n1.bis Youth — gençlik, омладина — first.\n\nThey")
ROLLING = (
    "We combat [extreme - US] poverty by [changing unsustainable - EU retain / promoting sustainable - US] patterns.\n\n"
    "[1.bis Youth — gençlik, омладина — first. - EU]\n\nThey meet twice a year.\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, words in (("base", BASE), ("us", US), ("eu", EU), ("rolling", ROLLING)):
        (tmp_path / f"{name}.txt").write_text(words, encoding="utf-8", newline="")
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(text, list(args))


def printed(*args: str) -> str:
    done = run(*args)
    assert done.exit_code == 0, done.output
    return done.stdout_bytes.decode()


def test_compile_prints_the_text_with_brackets_whatever_the_order(folder: Path) -> None:
    assert printed("compile", "base.txt", "--from", "US=us.txt", "--from", "EU=eu.txt") == ROLLING
    assert printed("compile", "base.txt", "--from", "EU=eu.txt", "--from", "US=us.txt") == ROLLING


@pytest.mark.parametrize("ending", ["txt", "json", "docx"])
def test_project_gives_each_wording_back_from_every_form(folder: Path, ending: str) -> None:
    assert printed("compile", "base.txt", "--from", "US=us.txt", "--from", "EU=eu.txt", "-o", f"out.{ending}") == ""
    assert printed("project", f"out.{ending}", "--party", "US") == US
    assert printed("project", f"out.{ending}", "--party", "EU") == EU
    assert printed("project", f"out.{ending}", "--party", "Nobody") == BASE
    assert printed("project", f"out.{ending}") == BASE


def test_compile_takes_word_files_and_writes_the_same_bytes_twice(folder: Path) -> None:
    printed("redline", "base.txt", "us.txt", "--author", "A delegate", "-o", "us.docx")
    for name in ("one.docx", "two.docx"):
        printed("compile", "us.docx", "--from", "US=us.docx", "--from", "EU=eu.txt", "-o", name)
    assert (folder / "one.docx").read_bytes() == (folder / "two.docx").read_bytes()
    assert printed("project", "one.docx", "--party", "US") == US
    assert printed("project", "one.docx") == BASE
    assert printed("compile", "us.docx", "--from", "US=us.docx", "--from", "EU=eu.txt") == ROLLING
    printed("compile", "base.txt", "--from", "US=us.docx", "-o", "out.xml")
    assert b"akomaNtoso" in (folder / "out.xml").read_bytes()


@pytest.mark.parametrize("written", [ROLLING, "\ufeff\r\na [b -  X;Y delete] \r\n\r\n\r\n[c / d]\n\n \n", "", "\\[x"])
def test_parse_and_then_render_give_the_file_back(folder: Path, written: str) -> None:
    (folder / "in.txt").write_bytes(written.encode())
    printed("parse", "in.txt", "--format", "json", "-o", "out.json")
    assert conforms(json.loads((folder / "out.json").read_text(encoding="utf-8")), "text") == []
    assert printed("render", "out.json", "--format", "txt") == written


def test_stats_count_as_text_and_as_json(folder: Path) -> None:
    told = json.loads(printed("stats", "rolling.txt", "--format", "json"))
    assert conforms(told, "stats") == []
    assert told["brackets"] == {"total": 3, "outermost": 3, "nested": 0, "deepest": 1, "alternatives": 4}
    assert told["paragraphs"]["open"] == 2
    assert told["labels"] == {"EU": 2, "US": 2}
    assert "brackets, outermost: 3\n" in printed("stats", "rolling.txt")


def test_redline_prints_what_is_gone_and_new(folder: Path) -> None:
    assert printed("redline", "base.txt", "us.txt").startswith(
        "We combat{+ extreme+} poverty by[- changing unsustainable-]{+ promoting sustainable+} patterns.\n\n"
    )
    printed("redline", "base.txt", "eu.txt", "-o", "out.json")
    assert conforms(json.loads((folder / "out.json").read_text(encoding="utf-8")), "redline") == []


def test_packages_exits_with_one_where_there_is_none(folder: Path) -> None:
    matrix = {
        "format": "sofra.text.positions/1",
        "parties": ["AL"],
        "brackets": [{"id": "1", "alternatives": [{"id": "a"}]}],
    }
    (folder / "in.json").write_text(json.dumps(matrix))
    assert json.loads(printed("packages", "in.json"))["packages"][0]["support"] == 0
    matrix["brackets"][0]["alternatives"][0]["positions"] = {"AL": "objects"}  # type: ignore[index]
    (folder / "in.json").write_text(json.dumps(matrix))
    done = run("packages", "in.json")
    assert (done.exit_code, json.loads(done.output)["blocking"]) == (
        1,
        [{"party": "AL", "bracket": "1", "alternative": "a"}],
    )


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("parse", "bad.txt"), "Line 1, column 3: The bracket opened here is not closed before its paragraph ends."),
        (
            ("parse", "rolling.txt", "--labels", "labels.txt"),
            "Line 1, column 22: “US” is not a label of this text. Who is it?",
        ),
        (("compile", "base.txt", "--from", "US=us.txt", "--labels", "labels.txt"), "“US” is not a label of this text."),
        (
            ("project", "rolling.txt", "--labels", "labels.txt", "--party", "Mars"),
            "“Mars” is not a label of this text.",
        ),
        (("parse", "latin.txt"), "latin.txt is not UTF-8 at byte 0."),
        (("parse", "none.txt"), "none.txt: No such file or directory."),
        (("render", "bad.json"), "bad.json is not JSON"),
        (("render", "half.json"), "half of a character"),
        (("parse", "deep.txt"), "Line 1, column 101: Brackets are nested deeper than 100."),
        (("render", "deep.json"), "deep.json is nested too deep to be read."),
        (("render", "other.json"), "This JSON is not a text of the form sofra.text/1"),
        (("compile", "base.txt", "--from", "us.txt"), "“us.txt” is not of the form LABEL=FILE."),
        (("compile", "base.txt", "--from", "A,B=us.txt"), "“A,B” cannot be a label"),
        (("compile", "base.txt", "--from", "US=us.txt", "--from", "US=eu.txt"), "“US” is given twice."),
        (("compile", "base.txt", "-o", "out.pdf"), "“.pdf” is no form of a text"),
        (("project", "broken.docx"), "damaged"),
        (("packages", "other.json"), "This JSON is not a matrix of positions"),
    ],
)
def test_bad_input_is_told_in_one_sentence_with_exit_code_two(folder: Path, args: tuple[str, ...], told: str) -> None:
    (folder / "bad.txt").write_text("a [b")
    (folder / "labels.txt").write_text("EU\n\nG77\n")
    (folder / "latin.txt").write_bytes(b"\xfcber")
    (folder / "bad.json").write_text("{")
    (folder / "other.json").write_text("{}")
    (folder / "half.json").write_text('{"format": "sofra.text/1", "paragraphs": [{"content": ["\\ud800"]}]}')
    (folder / "deep.txt").write_text("[" * 10_000 + "]" * 10_000)
    (folder / "deep.json").write_text("[" * 200_000)
    (folder / "broken.docx").write_bytes(b"PK\x03\x04nothing")
    before = sorted(folder.iterdir())
    done = CliRunner().invoke(text, list(args))
    assert told in done.output
    assert done.exit_code == 2
    assert "Traceback" not in done.output
    assert sorted(folder.iterdir()) == before
