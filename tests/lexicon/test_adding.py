"""A name added in the house inflects: proposed by an example, shown before it is sent, found in texts once admitted."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from sofra.kernel.models import AuditPayload
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.lexicon.checking import Checker
from sofra.lexicon.commands.designations import Said, propose_designation
from sofra.lexicon.commands.entities import add_entity
from sofra.lexicon.commands.red_lines import Against, object_to_name
from sofra.lexicon.house_names import known
from sofra.lexicon.models import Entity, EntityDesignation
from tests.lexicon.entity_world import hall, loaded_small
from tests.lexicon.test_house_names import found, ruled
from tests.support.clients import client_of
from tests.support.world import World, make_world

CITED = "Minutes of a working group, 2025"


@pytest.fixture
def world(house: None) -> World:
    made = make_world()
    loaded_small()
    return made


def added(world: World, form: str, language: str = "bs", paradigm: str = "", **more: Any) -> Entity:
    with world.act("secretariat"):
        return add_entity(
            format=world.format, kind="mechanism", said=Said(language, form, citation=CITED, paradigm=paradigm), **more
        )


def test_an_entity_has_a_drawn_identity_and_its_first_name_is_found_in_every_form(world: World) -> None:
    entity = added(world, "Dunavska inicijativa", paradigm="a.f f")
    assert entity.code.startswith("house-")
    text = "O Dunavskoj inicijativi: ministri su osnovali Dunavsku inicijativu."
    for who in ("secretariat", "AL"):
        assert found(world, who, text, "bs") == [
            ("Dunavskoj inicijativi", entity.code),
            ("Dunavsku inicijativu", entity.code),
        ]
    # Nobody outside the format knows of it.
    for who in ("observer", "facilitator", "visitor"):
        assert found(world, who, text, "bs") == []
        with world.act(who):
            assert not Entity.objects.filter(pk=entity.pk).exists()
    with world.act("RS"):
        object_to_name(
            format=world.format, reason={"en": "Not ours"},
            against=Against(entity=entity, severity="breaks", alternatives={"bs": ("Savska inicijativa",)}),
        )  # fmt: skip
    with world.act("AL"):
        (one, two) = Checker("en").check(text, "bs")
    assert (one.text, one.severity, one.voices[0].reason) == ("Dunavskoj inicijativi", "breaks", "Not ours")
    assert two.text == "Dunavsku inicijativu"


def test_it_stays_when_the_package_s_lexicon_is_loaded_again(world: World) -> None:
    entity = added(world, "Dunavska inicijativa")
    loaded_small()
    with world.act("secretariat"):
        assert Entity.objects.get(pk=entity.pk).current
        assert EntityDesignation.objects.get(entity=entity).current


def test_only_the_secretariat_adds_and_only_with_a_source_a_kind_and_a_name_that_is_new(world: World) -> None:
    said = Said("en", "Danube Initiative", citation=CITED)
    for who in ("AL", "observer", "facilitator", "visitor"):
        with world.act(who), pytest.raises(NotAllowed):
            add_entity(format=world.format, kind="mechanism", said=said)
    with world.act("secretariat"):
        bad: tuple[tuple[dict[str, Any], str], ...] = (
            ({"kind": "party"}, "entity_kind"), ({"kind": "planet"}, "entity_kind"), ({"parent": hall()}, "parent"),
            ({"said": Said("en", "Danube Initiative")}, "citation"), ({"said": Said("en", " ", citation=CITED)}, "form"),
            ({"said": Said("en", "Danube", citation=CITED, paradigm="zz")}, "like_0"),
        )  # fmt: skip
        for wrong, field in bad:
            with pytest.raises(Refusal) as refused:
                add_entity(**{"format": world.format, "kind": "mechanism", "said": said, **wrong})
            assert refused.value.field == field
        add_entity(format=world.format, kind="mechanism", said=said)
        with pytest.raises(Refusal, match="has this designation already"):
            add_entity(format=world.format, kind="mechanism", said=said)
    with world.act("secretariat"):
        assert AuditPayload.objects.filter(action="lexicon.entity_added").count() == 1


def test_a_proposal_keeps_how_it_inflects_and_is_found_so_once_it_is_admitted(world: World) -> None:
    with world.act("RS"):
        row = propose_designation(
            entity=hall(), format=world.format, reason={"en": "So"},
            said=Said("sr", "Перлић", citation=CITED, paradigm="m"),
        )  # fmt: skip
    text = "Састанак у Перлићу, са Перлићем. Sastanak u Perliću."
    assert found(world, "RS", text, "sr") == []
    ruled(world, row, "admitted")
    assert [each for each, _entity in found(world, "RS", text, "sr")] == ["Перлићу", "Перлићем", "Perliću"]
    with world.act("RS"):
        assert known().lexicon.entities["X-HALL"]


def test_adjectives_are_found_small_where_they_are_written_small_and_abbreviations_as_they_stand(world: World) -> None:
    cases = (
        (Said("sr", "вирски", kind="adjective", citation=CITED, paradigm="a"), ("fold", False)),
        (Said("tr", "Virli", kind="adjective", citation=CITED, paradigm="people"), ("initial", False)),
        (Said("en", "QXZ", citation=CITED, paradigm="name"), ("exact", True)),
    )
    with world.act("RS"):
        for said, (case, short) in cases:
            row = propose_designation(entity=hall(), format=world.format, said=said, reason={"en": "So"})
            assert (row.case, row.abbreviation) == (case, short)


def test_the_form_asks_word_by_word_and_shows_the_forms_before_anything_is_sent(world: World) -> None:
    client, url = client_of(world, "RS"), reverse("lexicon_propose", kwargs={"entity": hall().pk})
    sent = {"form": "Dunavska Kula", "language": "bs", "kind": "name", "citation": CITED, "reason_en": "So"}
    first = client.post(url, sent)
    page = first.content.decode()
    assert first.status_code == 200
    assert "“Dunavska” inflects like" in page
    assert "“Kula” inflects like" in page
    assert "Evropska: Evropske, Evropskoj, Evropsku" in page
    assert first.context["sentence"].endswith("Texts are searched for it as it stands.")
    asked = {"asked": "bs:Dunavska Kula", "like_0": "a.f", "like_1": "f"}
    # Another answer is another sentence: it is shown before it is recorded.
    second = client.post(url, {**sent, **asked, "sentence": first.context["sentence"]})
    assert second.status_code == 200
    assert "Dunavske Kule, Dunavskoj Kuli" in second.context["sentence"]
    with world.act("RS"):
        assert not EntityDesignation.objects.filter(form="Dunavska Kula").exists()
    done = client.post(url, {**sent, **asked, "sentence": second.context["sentence"]})
    assert done.status_code == 303
    with world.act("RS"):
        assert EntityDesignation.objects.get(form="Dunavska Kula").paradigm == "a.f f"
    # Other words are asked about anew.
    other = client.post(url, {**sent, **asked, "form": "Kula"}).content.decode()
    assert "“Kula” inflects like" in other
    assert "“Dunavska”" not in other
    wrong = {**sent, "form": "Ova", "language": "tr", "asked": "tr:Ova", "like_0": "softening"}
    refused = client.post(url, wrong)
    assert (refused.status_code, "It does not inflect like that example" in refused.content.decode()) == (422, True)


def test_the_secretariat_adds_an_entity_on_a_page_and_lands_on_it(world: World) -> None:
    client, url = client_of(world, "secretariat"), reverse("lexicon_add")
    assert "Add an entity" in client.get(reverse("lexicon")).content.decode()
    assert client_of(world, "AL").get(url).status_code in (403, 404)
    sent = {"entity_kind": "mechanism", "form": "Tuna Girişimi", "language": "tr", "citation": CITED}
    assert client.post(url, {**sent, "citation": ""}).status_code == 422
    shown = client.post(url, sent)
    assert "Tuna Girişimi'nin" in shown.context["sentence"]
    done = client.post(
        url, {**sent, "asked": "tr:Tuna Girişimi", "like_0": "possessive", "sentence": shown.context["sentence"]}
    )
    assert done.status_code == 303
    page = client.get(done["Location"]).content.decode()
    assert "Tuna Girişimi" in page
    assert CITED in page
