"""What the shipped lexicon must hold: sources, languages, the record's entities, conventions word for word."""

from __future__ import annotations

import importlib.util
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from sofra.lexicon.engine.forms import generate
from sofra.lexicon.engine.loading import load
from sofra.lexicon.engine.model import LANGUAGES, Lexicon

ROOT = Path(__file__).resolve().parents[3]
RECORD = ROOT / "src" / "sofra" / "sources" / "data" / "balkan-peace-platform"
BCMS = ("bs", "cnr", "sr", "sr-latn")
REQUIRED = """
TR AL BA XK ME MK RS BPP SEECP RCC PIC-SB KFOR EUFOR-ALTHEA NATO EU UN UNSC OSCE COE CEFTA BERLIN-PROCESS RYCO
TRANSPORT-COMMUNITY ENERGY-COMMUNITY TIKA AFAD YEE KIZILAY AVIM DPC UNMIK EULEX IMF ankara belgrade pristina sarajevo
podgorica skopje tirana istanbul prizren mitrovica peja tetovo bitola ohrid novi-pazar nis novi-sad presevo bujanovac
mostar banja-luka durres shkoder
""".split()  # noqa: SIM905 (a table to read)


@pytest.fixture(scope="module")
def shipped() -> Lexicon:
    return load()


def rows(name: str, key: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((RECORD / name).read_text("utf-8"))[key]
    return found


def test_every_designation_that_ships_has_a_source_and_nobody_has_agreed_to_it(shipped: Lexicon) -> None:
    assert [d for d in shipped.designations() if d.status == "agreed"] == []
    without = {d.entity for d in shipped.designations() if d.source is None}
    assert {shipped.entities[each].kind for each in without} <= {"party"}
    assert all(d.source in shipped.sources for d in shipped.designations() if d.source is not None)


def test_every_source_that_ships_is_used_and_says_who_published_it(shipped: Lexicon) -> None:
    used = {d.source for d in shipped.designations()} | {o.source for o in shipped.objections}
    used |= {c.source for c in shipped.conventions.values()} | {o.term.source for o in shipped.objections if o.term}
    assert set(shipped.sources) - used == set()
    assert all(source.publisher and source.date for source in shipped.sources.values())


@pytest.mark.parametrize("entity", REQUIRED)
def test_a_required_entity_has_a_name_in_all_eight_languages(shipped: Lexicon, entity: str) -> None:
    named = {d.language for d in shipped.entities[entity].designations if d.kind == "name" and d.status != "deprecated"}
    assert set(LANGUAGES) - named == set()


def test_every_entity_has_a_name_in_all_eight_languages(shipped: Lexicon) -> None:
    lacking = {
        entity.id: missing
        for entity in shipped.entities.values()
        if entity.id != "bar"
        and (missing := set(LANGUAGES) - {d.language for d in entity.designations if d.kind == "name"})
    }
    assert lacking == {}


def test_every_mechanism_institution_agreement_and_person_of_the_record_ships_under_its_id(shipped: Lexicon) -> None:
    kinds = {"mechanism", "institution", "agreement", "format", "project"}
    subjects = [row["id"] for row in rows("subjects.json", "subjects") if row["kind"] in kinds]
    persons = [row["id"] for row in rows("people.json", "persons") if row["named"]]
    places = [row["id"] for row in rows("subjects.json", "subjects") if row["kind"] == "place"]
    assert [each for each in subjects + persons + places if each not in shipped.entities] == []


def test_what_the_record_only_cites_ships_too(shipped: Lexicon) -> None:
    cited = {d.form for d in shipped.designations() if d.language == "en"}
    groups = {
        row["id"]: row["members"] for row in rows("subjects.json", "subjects") if row["id"] in ("media", "ref-authors")
    }
    assert [name for members in groups.values() for name in members if name not in cited] == []


def test_every_agenda_theme_ships_with_the_title_of_the_record(shipped: Lexicon) -> None:
    for theme in rows("themes.json", "themes"):
        titles = {d.language: d.form for d in shipped.entities[theme["id"]].designations if not d.derived}
        assert (titles["en"], titles["tr"]) == (theme["title"]["en"], theme["title"]["tr"])


def test_a_theme_or_a_descriptive_title_is_not_looked_for_in_running_text(shipped: Lexicon) -> None:
    titled = [e for e in shipped.entities.values() if e.kind == "topic" or e.id.startswith(("TRI-", "HLCC-"))]
    assert len(titled) == 17
    assert {d.contexts for e in titled for d in e.designations} == {("list",)}


def test_the_forms_the_record_saw_of_an_institution_are_all_there(shipped: Lexicon) -> None:
    left_out = {"the Platform", "the platform", "Platform", "Platformun"}  # alone they are nobody's name
    for row in rows("subjects.json", "subjects"):
        if row["kind"] in ("mechanism", "institution") or row["id"] == "BPP":
            known = {d.form for d in shipped.entities[row["id"]].designations}
            for seen in row.get("forms", []):
                if seen["form"] not in left_out and "Bosnia-Herzegovina" not in seen["form"]:
                    assert seen["form"] in known, row["id"]


def test_the_spellings_the_record_saw_of_a_person_are_all_there(shipped: Lexicon) -> None:
    for row in rows("people.json", "persons"):
        if row["named"]:
            known = {d.form for d in shipped.entities[row["id"]].designations}
            seen = [each["form"] for each in row.get("spellings", []) + row.get("native", [])]
            assert [form for form in seen if form not in known] == []


def test_one_minister_is_found_by_every_spelling_of_every_language(shipped: Lexicon) -> None:
    minister = shipped.entities["marko-djuric"].designations
    forms = {d.form for d in minister if d.status == "admitted" and d.kind == "name"}
    assert {"Đurić", "Ђурић", "Djuric", "Gjuriq", "Ѓуриќ"} <= forms
    assert {d.form for d in minister if d.status == "deprecated"} == {"Curiç", "Marko Curiç"}


@pytest.mark.parametrize(
    ("entity", "language", "nominative", "inflected"),
    [
        ("vucic", "sr", "Александар Вучић", "Александром Вучићем"),
        ("marko-djuric", "bs", "Marko Đurić", "Marku Đuriću"),
        ("timco-mucunski", "cnr", "Timčo Mucunski", "Timča Mucunskog"),
        ("donika-gervalla", "sq", "Gërvalla", "Gërvallës"),
        ("rte", "sq", "Erdogan", "Erdoganit"),
        ("EU", "sr", "Европска унија", "Европској унији"),
        ("EU", "mk", "Европска унија", "Европската унија"),
        ("EU", "sq", "Bashkimi Evropian", "Bashkimit Evropian"),
        ("UN", "bs", "Ujedinjene nacije", "Ujedinjenih nacija"),
        ("UNSC", "sr", "Савет безбедности", "Саветом безбедности"),
        ("RCC", "sq", "Këshilli i Bashkëpunimit Rajonal", "Këshillit të Bashkëpunimit Rajonal"),
        ("BPP", "mk", "Балканска платформа за мир", "Балканската платформа за мир"),
        ("banja-luka", "bs", "Banja Luka", "Banjoj Luci"),
        ("bujanovac", "sr", "Бујановац", "Бујановцу"),
        ("tirana", "sq", "Tirana", "Tiranë"),
        ("skopje", "sq", "Shkupi", "Shkupit"),
    ],
)
def test_a_name_has_the_forms_its_language_gives_it(
    shipped: Lexicon, entity: str, language: str, nominative: str, inflected: str
) -> None:
    found = next(
        d
        for d in shipped.entities[entity].designations
        if (d.language, d.form, d.kind) == (language, nominative, "name")
    )
    assert inflected in {form.text for form in generate(found)}


def test_no_form_stands_for_two_entities_but_a_capital_for_its_town_and_its_government(shipped: Lexicon) -> None:
    whose: dict[tuple[str, str], set[str]] = defaultdict(set)
    metonyms = {(d.entity, d.language, d.form) for d in shipped.designations() if d.kind == "metonym"}
    for designation in shipped.designations():
        parent = shipped.entities[designation.entity].parent or ""
        is_twin = (parent, designation.language, designation.form) in metonyms
        if "body" in designation.contexts and designation.kind != "metonym" and not is_twin:
            language = "bcms" if designation.language in BCMS else designation.language
            for form in generate(designation):
                whose[language, form.text].add(designation.entity)
    shared = {form: entities for form, entities in whose.items() if len(entities) > 1}
    unguarded = {
        form: entities
        for form, entities in shared.items()
        if not any(shipped.entities[each].guards for each in entities)
    }
    assert unguarded == {}


def test_every_metonym_is_the_name_of_a_town_of_its_party(shipped: Lexicon) -> None:
    towns: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for place in shipped.entities.values():
        if place.kind == "place" and place.parent:
            towns[place.parent] |= {(d.language, d.form) for d in place.designations}
    own = [
        d
        for d in shipped.designations()
        if d.kind == "metonym" and d.entity in ("TR", "AL", "BA", "XK", "ME", "MK", "RS", "EU")
    ]
    assert [(d.entity, d.form) for d in own if (d.language, d.form) not in towns[d.entity]] == []


FOOTNOTES = {
    "kosovo-footnote-2012": "This designation is without prejudice to positions on status, and is in line with UNSC 1244 and "
    "the ICJ Opinion on the Kosovo declaration of independence.",
    "kosovo-footnote-eu": "This designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 "
    "and the ICJ Opinion on the Kosovo declaration of independence.",
    "kosovo-footnote-un": "References to Kosovo shall be understood to be in the context of Security Council resolution 1244 "
    "(1999)",
    "kosovo-footnote-coe": "All reference to Kosovo, whether to the territory, institutions or population, shall be understood "
    "in full compliance with United Nations Security Council resolution 1244 and without prejudice to the status of Kosovo.",
}


def test_the_footnotes_are_word_for_word_and_none_is_anybodys_default(shipped: Lexicon) -> None:
    texts = {
        name: each.text["en"]
        for name, each in shipped.conventions.items()
        if each.kind == "footnote" and "en" in each.text
    }
    assert texts == FOOTNOTES
    assert [d.form for d in shipped.designations() if d.footnote is not None and d.status != "admitted"] == []


def test_every_convention_says_where_it_holds_and_who_published_it(shipped: Lexicon) -> None:
    assert {each.kind for each in shipped.conventions.values()} == {"footnote", "naming", "symbols", "seating", "order"}
    assert [each.id for each in shipped.conventions.values() if not each.context or each.source is None] == []
    wanted = {
        "symbols-2012",
        "names-only-2010",
        "prespa-name",
        "prespa-adjective",
        "turkiye-2022",
        "bih-name",
        "xk-code",
    }
    assert wanted <= set(shipped.conventions)


def test_every_objection_that_ships_rests_on_a_source_and_says_why_in_english_and_turkish(shipped: Lexicon) -> None:
    assert [each.id for each in shipped.objections if each.source is None] == []
    assert [each.id for each in shipped.objections if not {"en", "tr"} <= set(each.reason)] == []


def test_every_objection_is_to_forms_that_the_lexicon_has(shipped: Lexicon) -> None:
    lacking = [
        (each.id, form)
        for each in shipped.objections
        if each.entity is not None
        for form in each.designations
        if form not in {d.form for d in shipped.entities[each.entity].designations}
    ]
    assert lacking == []


def test_the_page_of_ids_is_current() -> None:
    path = ROOT / "tools" / "lexicon_entities.py"
    spec = importlib.util.spec_from_file_location("lexicon_entities", path)
    assert spec is not None and spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert (ROOT / "docs" / "lexicon-entities.md").read_text("utf-8") == tool.page(load())
