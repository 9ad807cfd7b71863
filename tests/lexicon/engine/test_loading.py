"""A lexicon's file is read strictly: an error names its place, and the shipped file is right and quick to read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sofra.lexicon.engine import model
from sofra.lexicon.engine.loading import SHIPPED, BadLexicon, load, read
from sofra.lexicon.engine.schema import shipped
from sofra.lexicon.engine.writing import dump


def file(**changes: Any) -> dict[str, Any]:
    """A small lexicon that is right, with parts replaced."""
    serbia = {"language": "sr", "form": "Србија", "paradigm": "f", "source": "s"}
    data: dict[str, Any] = {
        "format": "sofra.lexicon/1",
        "sources": {"s": {"title": "Ustav", "publisher": "Skupština", "date": "2006"}},
        "lists": {"beys": ["Bey", "Hanım"]},
        "entities": [{"id": "RS", "kind": "party", "designations": [serbia]}],
    }
    return data | changes


def entity(**changes: Any) -> dict[str, Any]:
    return file(entities=[{"id": "RS", "kind": "party"} | changes])


def designation(**changes: Any) -> dict[str, Any]:
    return entity(designations=[{"language": "en", "form": "Serbia"} | changes])


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ([], ""),
        (file(format="1"), "format"),
        (file(sauces={}), "sauces"),
        (file(sources={"s": {"title": "Ustav", "publisher": "Skupština"}}), "sources.s.date"),
        (entity(kind="state"), "entities[0].kind"),
        (entity(parent="YU"), "entities[0].parent"),
        (file(entities=[{"id": "RS", "kind": "party"}] * 2), "entities[1].id"),
        (entity(guards=[{"name": "surname", "left": ["@nobody"]}]), "entities[0].guards[0].left"),
        (designation(form=""), "entities[0].designations[0].form"),
        (designation(form=" Serbia"), "entities[0].designations[0].form"),
        (designation(language="xx"), "entities[0].designations[0].language"),
        (designation(case="small"), "entities[0].designations[0].case"),
        (designation(paradigm="f"), "entities[0].designations[0].paradigm"),
        (designation(language="bs", form="Crna Gora", paradigm="f"), "entities[0].designations[0].paradigm"),
        (designation(valid_from="June 2022"), "entities[0].designations[0].valid_from"),
        (designation(source="t"), "entities[0].designations[0].source"),
        (designation(contexts=["flag"]), "entities[0].designations[0].contexts"),
        (designation(abbreviation="yes"), "entities[0].designations[0].abbreviation"),
        (designation(forms={"nom": []}), None),
        (designation(forms={"gen": [""]}), "entities[0].designations[0].forms.gen"),
        (file(objections=[{"id": "o", "severity": "breaks", "entity": "RS"}]), "objections[0].source"),
        (file(objections=[{"id": "o", "severity": "worst", "entity": "RS", "source": "s"}]), "objections[0].severity"),
        (file(objections=[{"id": "o", "severity": "breaks", "source": "s"}]), "objections[0].entity"),
        (
            file(objections=[{"id": "o", "severity": "breaks", "source": "s", "entity": "RS", "when": {"near": "x"}}]),
            "objections[0].when.near",
        ),
        (
            file(objections=[{"id": "o", "severity": "breaks", "source": "s", "term": {"language": "en"}}]),
            "objections[0].term.form",
        ),
        (
            file(conventions=[{"id": "c", "kind": "footnote", "title": "t", "text": {"xx": "y"}}]),
            "conventions[0].text.xx",
        ),
    ],
)
def test_an_error_names_its_place_in_the_file(data: Any, path: str | None) -> None:
    if path is None:
        assert read(data).entities["RS"].designations[0].forms == ()
        return
    with pytest.raises(BadLexicon) as caught:
        read(data)
    assert caught.value.path == path


def test_a_file_that_is_no_json_is_refused_with_line_and_column(tmp_path: Path) -> None:
    place = tmp_path / "lexicon.json"
    place.write_text("{\n  broken", "utf-8")
    with pytest.raises(BadLexicon, match="line 2, column 3"):
        load(place)
    place.write_bytes(b"\xff{}")
    with pytest.raises(BadLexicon, match="not UTF-8"):
        load(place)


def test_the_other_script_is_derived_and_said_to_be() -> None:
    found = [(d.language, d.script, d.form, d.derived) for d in read(file()).entities["RS"].designations]
    assert found == [("sr", "Cyrl", "Србија", False), ("sr-latn", "Latn", "Srbija", True)]


def test_a_written_designation_stands_in_place_of_the_derived_one() -> None:
    rows = [{"language": "bs", "form": "Tanjug"}, {"language": "bs", "script": "Cyrl", "form": "Танјуг"}]
    found = [(d.script, d.form, d.derived) for d in read(entity(designations=rows)).entities["RS"].designations]
    assert found == [("Latn", "Tanjug", False), ("Cyrl", "Танјуг", False)]
    alone = [{"language": "bs", "form": "UNESCO", "derive": False}]
    assert len(read(entity(designations=alone)).entities["RS"].designations) == 1


def test_lists_are_filled_in_where_they_are_named() -> None:
    guard = read(entity(guards=[{"name": "surname", "right": ["@beys", "Efendi"]}])).entities["RS"].guards[0]
    assert guard.right == ("Bey", "Hanım", "Efendi")


def test_capitals_follow_the_kind_and_the_language_where_nothing_is_said() -> None:
    rows = [
        ({"form": "BiH", "abbreviation": True}, "exact"),
        ({"form": "Serbian", "kind": "adjective"}, "initial"),
        ({"language": "sr", "form": "српски", "kind": "adjective"}, "fold"),
        ({"language": "sr", "form": "Србин", "kind": "demonym"}, "initial"),
        ({"language": "sq", "form": "serb", "kind": "demonym"}, "fold"),
        ({"form": "Crna Gora", "case": "exact"}, "exact"),
    ]
    for row, case in rows:
        assert read(designation(**row)).entities["RS"].designations[0].case == case


def test_the_shipped_file_is_as_the_writer_writes_it_and_names_nobody_agreed() -> None:
    text = SHIPPED.read_text("utf-8")
    assert dump(json.loads(text)) == text
    assert {d.status for d in load().designations()} <= {"admitted", "deprecated", "superseded"}
    assert all(d.source for d in load().designations())


def test_every_party_has_a_name_an_adjective_and_a_demonym_in_every_language() -> None:
    for party in (entity for entity in load().entities.values() if entity.kind == "party"):
        for language in model.LANGUAGES:
            kinds = {d.kind for d in party.designations if d.language == language}
            if (party.id, language) == ("CN", "en"):
                kinds.add("demonym")  # "Chinese" serves as both, and is found as the adjective
            assert {"name", "adjective", "demonym"} <= kinds, (party.id, language)


def test_the_schema_says_what_the_reader_accepts() -> None:
    definitions = shipped("lexicon.schema.json")["$defs"]
    properties = definitions["designation"]["properties"]
    assert properties["language"]["enum"] == list(model.LANGUAGES)
    assert properties["kind"]["enum"] == list(model.KINDS)
    assert properties["status"]["enum"] == list(model.STATUSES)
    assert definitions["entity"]["properties"]["kind"]["enum"] == list(model.ENTITY_KINDS)
    assert definitions["guard"]["properties"].keys() == set(model.Guard.__slots__)
    assert definitions["when"]["properties"].keys() == set(model.When.__slots__)
    assert properties.keys() == (set(model.Designation.__slots__) - {"entity", "derived"}) | {"derive"}
