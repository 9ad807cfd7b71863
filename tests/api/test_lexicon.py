"""The lexicon in the interface: entities by any form and page by page, sheets with sources, texts checked and let go."""

from __future__ import annotations

import logging

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sofra.api.schema import document
from sofra.lexicon.commands.designations import Said, propose_designation
from sofra.lexicon.commands.red_lines import Against, object_to_name
from sofra.lexicon.engine.linting import Linter
from sofra.lexicon.engine.loading import load
from sofra.lexicon.engine.reporting import finding_row
from tests.api.rest_world import ask, described, program, token_of
from tests.lexicon.entity_world import hall, loaded_small
from tests.lexicon.profile_world import cited
from tests.support.schemas import problems
from tests.support.world import World, make_world

TEXT = "They met at the quillfence, then at the quillfence again."


@pytest.fixture
def world(house) -> World:
    loaded_small()
    return make_world()


def lint(world: World, who: str, status: int = 200, query: str = "", **body):
    response = program(world, who).post(f"/api/1/lint{query}", body, content_type="application/json")
    assert response.status_code == status, response.content.decode()
    assert problems(response.json(), described("lint", "post", status), document()) == []
    return response.json()


def test_entities_are_found_by_any_form_in_any_language(world):
    for query in ("Quillmont Hall", "quillmont h", "Tüydağ"):
        assert [row["id"] for row in ask(world, "AL", "entities", q=query)["entities"]] == ["X-HALL"], query
    assert ask(world, "AL", "entities", q="nothing\0at all")["entities"] == []
    assert [row["id"] for row in ask(world, "AL", "entities", kind="place")["entities"]] == ["X-ANNEX"]


def test_entities_come_page_by_page_each_once(world):
    whole = [row["id"] for row in ask(world, "AL", "entities")["entities"]]
    seen, cursor = [], None
    for _page in whole:
        found = ask(world, "AL", "entities", limit=1, **({"cursor": cursor} if cursor else {}))
        seen += [row["id"] for row in found["entities"]]
        cursor = found["next"]
    assert (seen, cursor) == (whole, None) and sorted(whole) == ["X-ANNEX", "X-HALL"]


def test_an_entitys_designations_stand_side_by_side_with_source_status_and_footnote(world):
    with world.act("RS"):
        propose_designation(
            entity=hall(), format=world.format, said=Said("en", "The Quill", citation="A note"), reason={"en": "Ours."}
        )
    sheet = ask(world, "AL", f"entities/{hall().pk}")
    assert (sheet["id"], [each["viewpoint"] for each in sheet["viewpoints"]]) == ("X-HALL", ["", "RS"])
    english, turkish = sheet["viewpoints"][0]["designations"]
    assert (english["form"], english["status"], english["source"]["publisher"]) == (
        "Quillmont Hall",
        "admitted",
        "Tests",
    )
    assert turkish["footnote"] == {"en": "Invented, for tests."}
    (proposed,) = sheet["viewpoints"][1]["designations"]
    assert (proposed["status"], proposed["source"]["title"]) == ("proposed", "A note")
    assert sheet["objections"][0]["severity"] == "footnote"
    # What was proposed before the members of a format is theirs.
    assert [each["viewpoint"] for each in ask(world, "facilitator", f"entities/{hall().pk}")["viewpoints"]] == [""]
    assert "nothing here" in ask(world, "AL", "entities/00000000-0000-0000-0000-000000000000", 404)


def test_findings_are_as_the_command_line_tells_them(world):
    first, second = lint(world, "AL", text=TEXT, language="en")
    assert TEXT[first["start"] : first["end"]] == first["text"] == "quillfence"
    assert first["start"] < second["start"] and first["severity"] == "discouraged"
    assert first["reason"] == "A document prefers other words." and first["source"].startswith("An invented document")
    assert first["alternatives"] == [{"text": "quill line", "inflected": True}]
    wanted = {
        "start", "end", "text", "entity", "kind", "language", "script", "designation", "objectors", "severity", "reason",
        "source", "alternatives",
    }  # fmt: skip
    shipped = Linter(load()).lint("Kosovo i Metohija", "sr-latn")[0]
    assert wanted <= set(finding_row(shipped)) and wanted <= set(first)


def test_a_red_line_is_found_for_its_own_delegation_alone(world):
    with world.act("AL"):
        object_to_name(format=None, against=Against(term="moonstone", language="en"), reason={"en": "Ours alone."})
    text = "The moonstone was moved."
    assert [each["objectors"] for each in lint(world, "AL", text=text)] == [["AL"]]
    for who in ("RS", "secretariat", "observer", "facilitator"):
        assert lint(world, who, text=text) == []
    assert lint(world, "AL", text=text, viewpoints=["RS"])[0]["reason"] == "Ours alone."


def test_a_text_is_held_against_the_profile_in_force(world):
    assert "Nothing stands in" in lint(world, "AL", 409, text="x", profile="platform")["error"]["sentence"]
    cited(world)
    (found,) = lint(world, "AL", text="Albania signed.", language="en", profile="platform")
    assert (found["entity"], [each["text"] for each in found["alternatives"]]) == ("AL", ["Alfa"])


def test_nothing_of_a_text_is_kept_or_logged(world, caplog):
    token_of(world, "AL")
    ask(world, "AL", "formats")
    secret = "Unsayable quillfence 7391"
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as queries:
        lint(world, "AL", text=secret)
        lint(world, "AL", 422, text=secret, language="xx")
        lint(world, "AL", 422, text=secret * 20_000)
    assert [each["sql"] for each in queries if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []
    assert "Unsayable" not in " ".join(each["sql"] for each in queries)
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert "Unsayable" not in " ".join(ours)


def test_a_text_needs_a_seat(world):
    assert "access token" in lint(world, "visitor", 401, text=TEXT)["error"]["sentence"]


@pytest.mark.parametrize("number", [1, 3])
def test_entities_cost_the_same_queries_however_many_they_are(world, number):
    token_of(world, "AL")
    ask(world, "AL", "formats")
    with CaptureQueriesContext(connection) as queries:
        ask(world, "AL", "entities", limit=number)
    assert len(queries) == 6, "\n".join(each["sql"][:150] for each in queries)
