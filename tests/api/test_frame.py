"""The interface's frame: one shape of every no, languages, ETags, a description that is true."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from sofra.api import schema
from sofra.kernel import acting
from sofra.lexicon.commands.names import name_party
from tests.api.rest_world import ask, described, program
from tests.support.schemas import problems
from tests.support.world import World, make_world

KEPT = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"


@pytest.fixture
def world(house) -> World:
    return make_world()


def test_the_description_is_served_and_kept_in_the_docs(world):
    response = Client().get("/api/1/openapi.json")
    assert response.status_code == 200 and response["Content-Type"] == "application/json"
    assert response.content.decode() == schema.text()
    assert KEPT.read_text(encoding="utf-8") == schema.text(), "run tools/openapi.py and read what changed"


def test_no_page_of_the_librarys_is_there(world):
    for path in ("", "docs", "redoc", "docs/", "v1"):
        assert Client().get(f"/api/1/{path}").status_code == 404


def test_every_route_says_whether_it_needs_a_token():
    needs = {
        path: operation["security"] == [{"token": []}]
        for path, operations in schema.document()["paths"].items()
        for operation in operations.values()
    }
    assert {path for path, needed in needs.items() if needed} == {
        "/api/1/entities", "/api/1/entities/{entity}", "/api/1/formats/{format}/profile", "/api/1/lint",
    }  # fmt: skip


@pytest.mark.parametrize(
    "path",
    ["formats/nothing", "nothing", "formats/platform/meetings/7", "meetings/platform/9", "formats/%00", "formats/"],
)
def test_not_there_is_one_answer(world, path):
    response = program(world, "AL").get(f"/api/1/{path}")
    assert response.status_code == 404
    assert response.json() == {"error": {"sentence": "There is nothing here that you may read.", "field": None}}


def test_methods_a_route_does_not_take_are_refused_in_the_same_shape(world):
    response = program(world, "AL").post("/api/1/formats")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert response.json()["error"] == {"sentence": "This address takes GET, HEAD.", "field": None}


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ({"limit": "0"}, "limit", "limit is not as the description of the interface has it."),
        ({"limit": "many"}, "limit", "limit is not as the description of the interface has it."),
        ({"cursor": "x"}, "cursor", "cursor is not as the description of the interface has it."),
        ({"kind": "country"}, "kind", "kind is not as the description of the interface has it."),
        ({"q": "x" * 201}, "q", "q is longer than is read at once."),
        (
            {"language": "fr"},
            "language",
            "There is no language fr here; there are en, tr, sq, bs, sr, sr-latn, mk, cnr.",
        ),
    ],
)
def test_a_wrong_part_is_named_with_a_sentence(world, query, field, sentence):
    response = program(world, "AL").get("/api/1/entities", query)
    assert (response.status_code, response.json()) == (422, {"error": {"sentence": sentence, "field": field}})
    assert problems(response.json(), described("entities", "get", 422), schema.document()) == []


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [(b"", 422, "body"), (b"{", 400, "body"), (b"[" * 100_000, 400, "body"), (b"[]", 422, "text"), (b"{}", 422, "text"),
     (b'{"text": 7}', 422, "text"), (b'{"text": "a", "language": "xx"}', 422, "language"),
     (b'{"text": "a", "profile": "nothing"}', 422, "profile"), (b'{"text": "\\ud800"}', 422, "text")],
)  # fmt: skip
def test_a_body_that_cannot_be_read_is_refused_in_words(world, body, status, field):
    response = program(world, "AL").post("/api/1/lint", body, content_type="application/json")
    assert (response.status_code, response.json()["error"]["field"]) == (status, field)


def test_something_broken_says_so_and_nothing_else(world, monkeypatch):
    def fail(*_args: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("sofra.parties.api.all_formats", fail)
    response = program(world).get("/api/1/formats")
    assert response.status_code == 500 and "secret" not in response.content.decode()
    assert response.json()["error"]["sentence"].startswith("Something failed here.")


def test_an_answer_names_its_language_and_the_query_comes_before_the_header(world):
    with acting.acting_as_house():
        name_party(world.parties["AL"], {"en": "Alfa", "tr": "Alfa-tr"})
    for query, header, language in (
        ({}, "", "en"), ({}, "tr", "tr"), ({"language": "en"}, "tr", "en"), ({"language": "tr"}, "en", "tr"),
        ({"language": "sq"}, "", "sq"), ({}, "fr, tr;q=0.5", "tr"),
    ):  # fmt: skip
        response = Client(headers={"Accept-Language": header}).get("/api/1/formats", query)
        assert response["Content-Language"] == language
        assert {"Accept-Language", "Authorization"} <= {each.strip() for each in response["Vary"].split(",")}
        found = response.json()
        names = {each["name"]: each["language"] for row in found["formats"] for each in row["members"]}
        assert found["names"]["language"] == language
        # A name that stands in for one that is missing says which language it is.
        assert names.get("Alfa-tr" if language == "tr" else "Alfa") == ("tr" if language == "tr" else "en")


def test_a_sentence_is_in_the_language_asked_for(world):
    english, turkish = (ask(world, "AL", "formats/nothing", 404, language=each) for each in ("en", "tr"))
    assert english == "There is nothing here that you may read." != turkish


def test_what_has_not_changed_is_not_sent_again(world):
    client = program(world, "AL")
    first = client.get("/api/1/formats")
    again = client.get("/api/1/formats", HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    with acting.acting_as_house():
        name_party(world.parties["AL"], {"en": "Alfa"})
    changed = client.get("/api/1/formats", HTTP_IF_NONE_MATCH=first["ETag"])
    assert changed.status_code == 200 and changed["ETag"] != first["ETag"]


def test_head_goes_with_get(world):
    got, head = (getattr(program(world), method)("/api/1/formats") for method in ("get", "head"))
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", got["ETag"])


def test_answers_to_a_seat_are_kept_nowhere(world):
    assert program(world, "AL").get("/api/1/formats")["Cache-Control"] == "no-store"


def test_the_page_of_tokens_leads_to_the_description(world):
    assert reverse("api_schema") == "/api/1/openapi.json"
    assert json.loads(schema.text())["openapi"].startswith("3.1")
