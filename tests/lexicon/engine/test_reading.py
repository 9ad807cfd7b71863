"""Files become text or a refusal in a sentence, whatever is in them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sarif_kit.validate import validation_errors

from sofra.lexicon.engine.reading import CannotRead, read_text
from tests.papers.support import ROOT
from tests.support.papers import docx


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Kosova ile Sırbistan"),
        ("utf-8-sig", "Kosova ile Sırbistan"),
        ("utf-16", "Црна Гора"),
        ("cp1254", "Dışişleri Bakanı, Sırbistan ile görüştü ve açıkladı."),
        ("cp1250", "Ministri su razgovarali o Crnoj Gori i Čačku, između ostalog."),
        ("cp1251", "Министри Србије и Црне Горе састали су се."),
    ],
)
def test_a_text_is_read_in_the_encodings_of_the_region(encoding: str, text: str) -> None:
    assert read_text(text.encode(encoding)) == text


def test_line_ends_stay_as_they_came() -> None:
    assert read_text(b"a\r\nb\n") == "a\r\nb\n"


def test_a_word_file_is_read_in_its_own_process_and_a_damaged_one_refused() -> None:
    data = docx("Kosova ile Sırbistan", "Türkiye’nin")
    assert "Kosova ile Sırbistan\nTürkiye’nin" in read_text(data)
    for damaged in (data[:-40], data[: len(data) // 2], b"PK\x03\x04" + bytes(100), b"%PDF-1.7\nnothing"):
        with pytest.raises(CannotRead):
            read_text(damaged)


def test_what_is_too_large_or_no_text_is_refused() -> None:
    for data in (bytes(21 * 1024 * 1024), b"\xff\x00\xfe\x01" * 50, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        with pytest.raises(CannotRead):
            read_text(data)


def sofra(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {"PYTHONPATH": str(ROOT / "src"), "PATH": "", "SOFRA_CACHE": ""}
    command = [sys.executable, "-m", "sofra", *arguments]
    return subprocess.run(command, input=given, capture_output=True, env=environment, check=False)


def test_the_command_line_answers_in_json_with_the_fields_told() -> None:
    done = sofra("lint", "-", "--format", "json", given="Turkey replied. Црна Гора.".encode())
    assert done.returncode == 1
    (row,) = json.loads(done.stdout)
    fields = "start end text entity kind language script designation objectors severity reason source alternatives"
    assert set(fields.split()) <= set(row)
    done = sofra("entities", "-", "--format", "json", given=b"Turkey replied. #Kosovo")
    assert done.returncode == 0
    assert [(row["text"], row.get("guard")) for row in json.loads(done.stdout)] == [
        ("Turkey", None),
        ("Kosovo", "hashtag"),
    ]


def test_the_command_line_says_by_its_code_what_it_found(tmp_path: Path) -> None:
    assert sofra("lint", "-", given=b"Nothing here.").returncode == 0
    assert sofra("lint", "-", "--fail-on", "breaks", given=b"Turkey replied.").returncode == 0
    assert sofra("lint", str(tmp_path / "none.txt")).returncode == 2
    assert sofra("lint", "-", "--viewpoint", "QQ", given=b"Turkey").returncode == 2


def test_sarif_says_its_version_and_its_places() -> None:
    log = json.loads(sofra("lint", "-", "--format", "sarif", given=b"One line.\nTurkey replied.").stdout)
    assert log["version"] == "2.1.0" and validation_errors(log) == []
    (run,) = log["runs"]
    assert run["tool"]["driver"]["rules"][0]["id"] == run["results"][0]["ruleId"] == "turkiye-2022"
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"], region["charOffset"], region["charLength"]) == (2, 1, 10, 6)
