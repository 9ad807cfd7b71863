"""Names admitted in the house are found like those that ship with it: once admitted, and for those alone who may read them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sofra.kernel import acting
from sofra.lexicon import house_names
from sofra.lexicon.checking import Checker
from sofra.lexicon.commands.designations import Said, propose_designation, rule_on_designation, withdraw_proposal
from sofra.lexicon.commands.red_lines import Against, object_to_name
from sofra.lexicon.house_names import entities_in, known
from sofra.lexicon.models import Entity, EntityDesignation
from tests.lexicon.entity_world import hall, loaded_small
from tests.lexicon.profile_world import cells, cited
from tests.support.clients import client_of
from tests.support.world import World, make_world


@pytest.fixture
def world(house) -> World:
    found = make_world()
    loaded_small()
    with acting.acting_as_house():
        for code, kind in (("XK", "party"), ("EU", "institution")):
            Entity.objects.create(code=code, kind=kind, audience="public")
    return found


def proposed(
    world: World, form: str, language: str = "en", entity: str = "X-HALL", *, who: str = "RS", **columns: Any
) -> EntityDesignation:
    format = columns.pop("format", world.format)
    with world.act(who):
        return propose_designation(
            entity=Entity.objects.get(code=entity), format=format,
            said=Said(language, form, citation="A note", **columns), reason={"en": "So"},
        )  # fmt: skip


def admitted(world: World, form: str, *args: str, paradigm: str = "", **more: Any) -> EntityDesignation:
    row = proposed(world, form, *args, **more)
    if paradigm:
        with world.act("RS"):
            assert EntityDesignation.objects.filter(pk=row.pk).update(paradigm=paradigm) == 1
    ruled(world, row, "admitted")
    return row


def ruled(world: World, row: EntityDesignation, *statuses: str, successor: EntityDesignation | None = None) -> None:
    with world.act("secretariat"):
        for status in statuses:
            rule_on_designation(designation=row, status=status, reason={"en": "So"}, successor=successor)


def found(world: World, who: str, text: str, language: str | None = None, **more: Any) -> list[tuple[str, str]]:
    """What is found in a text, by the reader `who`: form and entity."""
    with world.act(who):
        matcher = known(**more).matcher
        return [(each.text, each.entity) for each in matcher.find(text, language)]


def test_an_admitted_name_is_found_by_those_who_may_read_it_and_by_nobody_else(world):
    admitted(world, "Vellum House")
    text = "They met at Vellum House."
    for who in ("RS", "AL", "secretariat"):
        assert found(world, who, text) == [("Vellum House", "X-HALL")]
    for who in ("observer", "facilitator", "visitor"):
        assert found(world, who, text) == [], who


def test_what_was_made_ready_for_one_reader_is_given_to_no_other(world):
    """The order matters: whoever may read it asks first, then those who may not, then the first again."""
    house_names._with.cache_clear()
    admitted(world, "Vellum House", format=world.other_format)
    seen = [
        bool(found(world, who, "Vellum House")) for who in ("RS", "AL", "XK", "observer", "BA", "AL", "secretariat")
    ]
    assert seen == [True, False, False, False, True, False, True]
    assert house_names._with.cache_info().currsize == 1


def test_a_name_is_none_before_it_is_admitted_nor_once_it_is_declined_or_withdrawn(world):
    row = proposed(world, "Vellum House")
    for who in ("RS", "AL", "secretariat"):
        assert found(world, who, "Vellum House") == []
    ruled(world, row, "declined")
    assert found(world, "RS", "Vellum House") == []
    ruled(world, row, "admitted", "deprecated")
    assert found(world, "AL", "Vellum House") == [("Vellum House", "X-HALL")], "what should not be used is found"
    other = proposed(world, "Vellum Court")
    with world.act("RS"):
        withdraw_proposal(designation=other)
    assert found(world, "RS", "Vellum Court") == []


def test_one_that_was_superseded_is_still_found_and_keeps_since_when(world):
    row = admitted(world, "Vellum House", valid_from="2019-02", valid_to="2024")
    new = admitted(world, "Vellum Court")
    ruled(world, row, "superseded", successor=new)
    with world.act("AL"):
        (one,) = [each.designation for each in known().matcher.find("Vellum House")]
    assert (one.status, one.viewpoint, one.source) == ("superseded", "RS", "A note")
    assert (str(one.valid_from), str(one.valid_to)) == ("2019-02-01", "2024-12-31")


def test_without_a_paradigm_the_form_itself_is_found_and_with_one_its_forms(world):
    admitted(world, "Kuća Velum", "sr-latn")
    admitted(world, "Мастило", "sr", paradigm="n")
    assert found(world, "AL", "U Kući Velum i Kuća Velum.", "sr-latn") == [("Kuća Velum", "X-HALL")]
    assert found(world, "AL", "Kod Mastila, у Мастилу.", "sr-latn") == [("Mastila", "X-HALL"), ("Мастилу", "X-HALL")]


def test_a_paradigm_that_does_not_fit_any_more_leaves_the_form(world):
    admitted(world, "Vellum House", paradigm="no.such")
    assert found(world, "AL", "Vellum House") == [("Vellum House", "X-HALL")]


def test_the_longest_wins_and_of_two_that_are_the_same_the_shipped_one(world):
    admitted(world, "Kosovo Vellum House")
    admitted(world, "House of the European Union")
    admitted(world, "European Union", "en", "X-ANNEX")
    text = "Kosovo, the Kosovo Vellum House, the House of the European Union, the European Union."
    assert found(world, "AL", text, "en") == [
        ("Kosovo", "XK"),
        ("Kosovo Vellum House", "X-HALL"),
        ("House of the European Union", "X-HALL"),
        ("European Union", "EU"),
    ]


def test_a_name_for_lists_and_maps_alone_is_not_looked_for_in_a_text(world):
    admitted(world, "Vellum House", contexts=("list", "map"))
    assert found(world, "AL", "Vellum House") == []


def test_an_objection_to_every_designation_holds_for_an_added_one(world):
    admitted(world, "Vellum House")
    with world.act("AL"):
        object_to_name(format=world.format, against=Against(entity=hall(), severity="breaks"), reason={"en": "None"})
    with world.act("secretariat"):
        (one,) = Checker("en").check("At the Vellum House.")
        assert (one.text, one.severity, [voice.reason for voice in one.voices]) == ("Vellum House", "breaks", ["None"])
        assert Checker("en", format_id=world.other_format.pk).check("At the Vellum House.") == []
    with world.act("observer"):
        assert Checker("en").check("At the Vellum House.") == []


def test_a_profile_calls_an_added_name_of_a_party_otherwise(world):
    admitted(world, "Vellum Land", "en", "XK")
    profile = cited(world, rows=cells(world))
    with world.act("AL"):
        (one,) = Checker("en", profile=profile).check("Vellum Land was present.")
    assert (one.text, [text for text, _inflected in one.alternatives]) == ("Vellum Land", ["Kilo"])


def test_search_finds_an_entity_by_an_added_name_in_any_of_its_forms(world):
    admitted(world, "Мастило", "sr", paradigm="n")
    with world.act("AL"):
        assert entities_in("u Mastilu") == {"X-HALL"}
    with world.act("observer"):
        assert entities_in("u Mastilu") == set()
    assert "Quillmont Hall" in client_of(world, "AL").get("/en/lexicon/", {"q": "Mastilu"}).content.decode()


def test_a_check_asks_the_same_for_one_added_name_and_for_five(world):
    def asked() -> int:
        with world.act("AL"):
            Checker("en").check("Vellum House 0.")
            with CaptureQueriesContext(connection) as queries:
                Checker("en").check("Vellum House 0.")
        return len(queries)

    admitted(world, "Vellum House 0")
    one = asked()
    for number in range(1, 5):
        admitted(world, f"Vellum House {number}")
    assert (one, asked()) == (4, 4)
