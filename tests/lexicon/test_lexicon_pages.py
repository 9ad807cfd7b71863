"""The pages of the lexicon: who opens what, what stands on them, and that they ask the same however much there is."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sofra.lexicon.commands.designations import Said, propose_designation, rule_on_designation
from sofra.lexicon.commands.red_lines import Against, object_to_name
from sofra.lexicon.engine.profile_file import parse_profile
from sofra.lexicon.models import EntityDesignation, Objection
from tests.lexicon.entity_world import hall, loaded_small
from tests.support.clients import client_of
from tests.support.world import World, make_world


@pytest.fixture
def world(house) -> World:
    found = make_world()
    loaded_small()
    return found


def text(world: World, who: str, url: str, status: int = 200) -> str:
    response = client_of(world, who).get(url)
    assert response.status_code == status, (who, url, response.status_code)
    return response.content.decode()


def entity_url() -> str:
    return f"/en/lexicon/entities/{hall().pk}/"


def drawn(world: World, who: str, term: str) -> Objection:
    with world.act(who):
        return object_to_name(format=None, against=Against(term=term, language="en", severity="breaks"), reason={})


def test_the_lexicon_is_for_those_who_hold_a_seat(world):
    for who in ("RS", "secretariat", "observer", "facilitator"):
        assert "Quillmont Hall" in text(world, who, "/en/lexicon/?kind=institution")
    assert client_of(world, "visitor").get("/en/lexicon/").status_code in (302, 403)


def test_an_entity_stands_with_its_sources_its_footnote_and_its_objections(world):
    page = text(world, "AL", entity_url())
    for word in (
        "Quillmont Hall",
        "Tüydağ Konağı",
        "An invented document hall",
        "Invented, for tests.",
        "needs a footnote",
    ):
        assert word in page
    assert "As a source has it" in page
    assert text(world, "AL", "/en/lexicon/conventions/").count("An invented footnote") == 1
    assert "quillfence" in text(world, "AL", "/en/lexicon/terms/")


def test_search_finds_by_a_part_of_any_form(world):
    assert "Quillmont Hall" in text(world, "AL", "/en/lexicon/?q=tüydağ")
    assert "Nothing" not in text(world, "AL", "/en/lexicon/?q=zzzz")
    assert "Quillmont Hall" in text(world, "AL", "/en/lexicon/?q=quill%00mont")


def test_a_delegate_proposes_and_the_secretariat_rules(world):
    client = client_of(world, "RS")
    url = f"{entity_url()}propose/"
    said = {"form": "Quillmont House", "language": "en", "kind": "name", "reason_en": "Ours", "citation": ""}
    shown = client.post(url, said)
    assert "proposes the designation “Quillmont House”" in shown.content.decode()
    sentence = shown.context["sentence"]
    assert client.post(url, {**said, "sentence": sentence}).status_code == 303
    row = EntityDesignation.objects.get(form="Quillmont House")
    rule = f"/en/lexicon/designations/{row.pk}/rule/"
    assert client.get(rule).status_code == 403
    client = client_of(world, "secretariat")
    said = {"status": "admitted", "reason_en": "As they say"}
    sentence = client.post(rule, said).context["sentence"]
    assert client.post(rule, {**said, "sentence": sentence}).status_code == 303
    assert "As they say" in text(world, "AL", entity_url())


def test_a_delegate_draws_a_red_line_that_nobody_else_meets(world):
    client = client_of(world, "RS")
    url = "/en/lexicon/terms/object/"
    said = {"term": "lynchpin", "language": "en", "severity": "breaks", "readers": "own", "instead": "hinge"}
    sentence = client.post(url, said).context["sentence"]
    answer = client.post(url, {**said, "sentence": sentence})
    assert (answer.status_code, answer["Location"]) == (303, "/en/lexicon/red-lines/")
    page = client.get("/en/lexicon/red-lines/")
    assert "lynchpin" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert "lynchpin" not in text(world, "AL", "/en/lexicon/red-lines/")
    for who in ("AL", "secretariat", "observer"):
        assert "lynchpin" not in text(world, who, "/en/lexicon/terms/")
    assert client_of(world, "secretariat").get("/en/lexicon/red-lines/").status_code == 403
    withdraw = (
        f"/en/lexicon/objections/{Objection.objects.filter(term='lynchpin').values_list('pk', flat=True).first()}"
    )
    assert withdraw.endswith("None"), "the test's own hand reads no red line"


def test_the_secretariat_draws_none(world):
    form = client_of(world, "secretariat").get("/en/lexicon/terms/object/").context["form"]
    assert [value for value, _label in form.fields["readers"].choices] == ["platform"]


def test_red_lines_leave_as_a_profile_file_that_the_command_line_reads(world):
    drawn(world, "RS", "lynchpin")
    with world.act("RS"):
        object_to_name(
            format=None, against=Against(entity=hall(), form="Quillmont Hall", language="en"), reason={"en": "Ours"}
        )
    response = client_of(world, "RS").get("/en/lexicon/red-lines/file/")
    assert response["Cache-Control"] == "no-store"
    found = parse_profile(response.content)
    assert {each["viewpoint"] for each in found.objections} == {"RS"}
    assert {json.dumps(each.get("term") or each["entity"]) for each in found.objections} == {
        '{"language": "en", "form": "lynchpin"}',
        '"X-HALL"',
    }


@pytest.mark.parametrize(
    "path", ["{entity}", "/en/lexicon/?kind=institution", "/en/lexicon/terms/", "/en/lexicon/red-lines/"]
)
def test_a_page_asks_the_same_for_one_and_for_three(world, path):
    url = path.replace("{entity}", entity_url())

    def more(number: int) -> None:
        drawn(world, "RS", f"word {number}")
        with world.act("RS"):
            said = Said("en", f"Quillmont {number}", citation="A note")
            row = propose_designation(entity=hall(), format=world.format, said=said, reason={"en": "So"})
            for against in (
                Against(term=f"other {number}", language="en"),
                Against(entity=hall(), form=f"Form {number}"),
            ):
                object_to_name(format=world.format, against=against, reason={"en": "So"})
        with world.act("secretariat"):
            rule_on_designation(designation=row, status="admitted", reason={"en": "So"})

    def asked() -> int:
        client = client_of(world, "RS")
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    more(1)
    first = asked()
    more(2)
    more(3)
    assert asked() == first


def test_a_ruling_is_offered_where_one_waits_and_behind_one_disclosure_elsewhere(world):
    with world.act("RS"):
        for form in ("Quillmont House", "Quillmont Court"):
            said = Said("en", form, citation="A note")
            row = propose_designation(entity=hall(), format=world.format, said=said, reason={"en": "So"})
    with world.act("secretariat"):
        rule_on_designation(designation=row, status="admitted", reason={"en": "So"})
    page = client_of(world, "secretariat").get(entity_url()).content.decode()
    assert page.count("Rule on it") == 1
    assert page.count("Rule on a designation that stands") == 1
    waiting = page.split('id="proposals"')[1].split("</section>")[0]
    assert "Rule on it" in waiting
    for who in ("RS", "AL", "observer"):
        assert "/rule/" not in client_of(world, who).get(entity_url()).content.decode()


def test_the_secretariat_enters_a_withdrawal_and_the_delegation_does_it_itself(world):
    def made(term: str) -> str:
        with world.act("RS"):
            row = object_to_name(format=world.format, against=Against(term=term, language="en"), reason={"en": "Ours"})
        return f"/en/lexicon/objections/{row.pk}/withdraw/"

    url = made("frontier")
    assert client_of(world, "AL").get(url).status_code == 404
    assert client_of(world, "observer").get(url).status_code in (403, 404)
    client = client_of(world, "secretariat")
    assert url in client.get("/en/lexicon/terms/").content.decode()
    bare = client.post(url, {})
    assert bare.status_code == 422, "what was received, when and how is asked for"
    received = {
        "entering-for_party": str(world.parties["RS"].pk),
        "entering-channel": "note", "entering-received_at": "2026-01-20T10:00", "entering-reference": "9",
    }  # fmt: skip
    shown = client.post(url, received)
    done = client.post(url, {**received, "sentence": shown.context["sentence"]})
    assert done.status_code == 303, done.content.decode()
    assert "frontier" not in text(world, "AL", "/en/lexicon/terms/")
    url = made("border line")
    client = client_of(world, "RS")
    assert client.post(url, {"sentence": client.get(url).context["sentence"]}).status_code == 303
    assert "border line" not in text(world, "AL", "/en/lexicon/terms/")
