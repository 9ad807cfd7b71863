"""Leak canaries in the REST interface: a token shows its seat's own and nobody else's, in answers and in findings."""

from __future__ import annotations

import pytest

from tests.house.crawling import READERS, WHO, body, foreign_tokens, in_language, knocking, routes
from tests.support.world import World


@pytest.mark.parametrize("who", WHO)
def test_no_answer_holds_anybody_elses_canary(canaries: World, who: str) -> None:
    client = knocking(canaries, who)
    said = []
    for route in (each for each in routes() if each.rest and each.door and each.door.roles("GET") is not None):
        for language in ("en", "tr"):
            response = client.get(in_language(route.url(canaries), language))
            assert response.status_code in (200, 401, 409), route.name
            said.append(body(response))
    assert foreign_tokens(canaries, who, " ".join(said)) == set()
    heard = {holder for token, holder in canaries.tokens.items() if token in " ".join(said)}
    assert heard >= {holder for holder in ("public", "format") if who in READERS[holder]}


@pytest.mark.parametrize("who", ["secretariat", "AL", "RS", "facilitator", "observer"])
def test_a_check_finds_nobody_elses_red_line(canaries: World, who: str) -> None:
    text = " and ".join(canaries.tokens)
    answer = knocking(canaries, who).post("/api/1/lint", {"text": text}, content_type="application/json")
    assert answer.status_code == 200
    found = {each["text"] for each in answer.json()}
    red = {token for token in found if canaries.tokens.get(token) in ("AL", "RS")}
    assert {canaries.tokens[token] for token in red} == {who} & {"AL", "RS"}
    # The text holds every canary; what was found, and what is said of it, may hold its reader's alone.
    assert foreign_tokens(canaries, who, answer.content.decode()) == set()
