"""A damaged record file answers with a sentence that names the place; nothing is written."""

from __future__ import annotations

import copy
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sofra.sources.cli import record
from sofra.sources.engine.check import check
from sofra.sources.engine.complete import complete
from sofra.sources.engine.document import Document, RecordError, read
from sofra.sources.engine.reading import read_record
from tests.sources.conftest import RECORD

HEAD = {"version": 1, "languages": ["en", "tr"], "default_format": "platform"}
SOURCE = {"key": "s1", "kind": "document", "title": {"en": "A text", "tr": "Bir metin"}}
SUBJECT = {"id": "m1", "kind": "meeting", "slug": "first", "name": {"en": "First", "tr": "Birinci"}}
CLAIM = {
    "id": "c1", "subject": "m1", "predicate": "date", "modality": "reported", "evidence": [{"source": "s1"}],
    "text": {"en": "It was.", "tr": "Oldu."},
}  # fmt: skip
PARTY = {"code": "AA", "seen_in": ["s1"]}


def small(**changes: object) -> dict[str, object]:
    return {
        **HEAD,
        "sources": [SOURCE],
        "subjects": [SUBJECT],
        "parties": [PARTY],
        "claims": [{**CLAIM, **changes}],
    }


def said(folder: Path, content: object) -> str:
    path = folder / "record.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    with pytest.raises(RecordError) as error:
        read_record(path)
    return str(error.value)


def test_a_small_record_can_be_read(tmp_path):
    path = tmp_path / "record.json"
    path.write_text(json.dumps(small()), encoding="utf-8")
    assert [row["id"] for row in read_record(path)["claims"]] == ["c1", "party:AA.named"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "record.json, line 1, column 1: not JSON (Expecting value)."),
        ('{"version": 1,\n "x": }', "record.json, line 2, column 7: not JSON (Expecting value)."),
        ("[]", "record.json: a record is a JSON object, not a list."),
        ('{"version": 1, "version": 1}', "record.json: the key “version” stands twice in one object."),
        ({**HEAD, "version": 2}, "record.json: “version” must be 1; this Sofra reads no other."),
        ({**HEAD, "languages": []}, "record.json: “languages” must list at least one language."),
        ({**HEAD, "claims": {}}, "record.json: the section “claims” must be a list, not an object."),
        ({**HEAD, "claims": [7]}, "record.json, claims number 1: must be an object, not a number."),
        ({**HEAD, "claims": [{"id": ""}]}, "record.json, claims number 1: “id” is missing or empty."),
        ({**HEAD, "include": ["gone.json"]}, "gone.json: there is no such file."),
        (
            {**HEAD, "include": ["../other.json"]},
            "record.json: the included file “../other.json” lies outside the record's folder.",
        ),
        (small(subject="m2"), "claims “c1”: refers to the subject “m2”, which is not in the record."),
        (
            small(modality="sure"),
            "claims “c1”: “modality” is “sure”; it must be one of expected, reported, confirmed, opinion, cited.",
        ),
        (small(evidence=[]), "claims “c1”: has no evidence; a fact without a source is not a fact."),
        (
            small(evidence=[{"source": "s9"}]),
            "claims “c1”: refers to the source “s9”, which is not in the record.",
        ),
        (small(text={"en": "It was."}), "claims “c1”: a wording has no text in “tr”."),
        (
            small(text={"en": "{ZZ} was.", "tr": "Oldu."}),
            "claims “c1”: the placeholder “{ZZ}” names no party of the record or no case.",
        ),
        (
            small(as_of={"date": "2026-13"}),
            "claims “c1”: “as_of” is “2026-13”; a date is written 2026, 2026-01 or 2026-01-23.",
        ),
        (
            {**small(), "claims": [CLAIM, CLAIM]},
            "claims “c1”: stands twice; an id names one entry.",
        ),
        (
            {**small(), "parties": [{"code": "AA"}]},
            "record.json: parties number 1 (“AA”) lacks a key it needs, or holds a value of the wrong kind.",
        ),
    ],
)
def test_each_damage_has_its_sentence(tmp_path, content, sentence):
    assert said(tmp_path, content) == sentence


def test_a_file_that_is_no_text_says_where(tmp_path):
    path = tmp_path / "record.json"
    path.write_bytes(b'{"version": \xff}')
    with pytest.raises(RecordError, match=r"record.json: not UTF-8 text \(byte 12\)."):
        read_record(path)


def test_the_command_answers_with_two_and_writes_nothing(tmp_path):
    path = tmp_path / "record.json"
    path.write_text("{", encoding="utf-8")
    done = CliRunner().invoke(record, ["load", "--check", str(path)])
    assert done.exit_code == 2
    assert "record.json, line 1, column 2: not JSON" in done.output
    assert "Nothing was written." in done.output


def test_the_command_checks_the_packaged_record():
    done = CliRunner().invoke(record, ["load", "--check"])
    assert (done.exit_code, done.output.split(":")[0]) == (0, "balkan-peace-platform.json can be loaded")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_single_value_of_a_small_record_may_be_damaged(data, tmp_path):
    """Whatever stands in the place of one value, the answer is a document or a sentence, never a traceback."""
    content = json.loads(json.dumps(small()))
    places = list(_places(content))
    where = data.draw(st.sampled_from(places))
    junk = st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.text(max_size=5),
        st.just([]),
        st.just({}),
        st.just([{}]),
        st.just(["x"]),
    )
    _put(content, where, data.draw(junk))
    path = tmp_path / "record.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    try:
        assert isinstance(read_record(path), Document)
    except RecordError as error:
        assert str(error).strip()


def _places(value, path=()):
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*path, key)
        yield from _places(inner, (*path, key))


def _put(value, path, junk):
    for key in path[:-1]:
        value = value[key]
    value[path[-1]] = junk


def test_a_cut_file_of_the_packaged_record_is_found(tmp_path):
    shutil.copytree(RECORD.parent, tmp_path / "data")
    part = tmp_path / "data" / "balkan-peace-platform" / "claims-region.json"
    part.write_text(part.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    with pytest.raises(RecordError, match=r"^claims-region.json, line \d+, column \d+: not JSON"):
        read_record(tmp_path / "data" / RECORD.name)


def test_a_lost_section_is_found_by_what_refers_to_it():
    whole = read(RECORD)
    cut = Document(whole.head, {**copy.deepcopy(whole.sections), "sources": whole["sources"][1:]})
    with pytest.raises(RecordError, match="refers to the source “s000”, which is not in the record"):
        check(complete(cut))
