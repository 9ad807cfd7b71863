"""Leak canaries: every confidential row holds a token; nobody meets another's in any page, export, feed, search or log."""

from __future__ import annotations

import logging

import pytest

from sofra.kernel import search
from tests.house.crawling import READERS, WHO, body, crawl, foreign_tokens, in_language, knocking, routes
from tests.support.world import World


def start(world: World) -> list[str]:
    """Every route's address, in both complete languages."""
    urls = [route.url(world) for route in routes() if route.door and route.door.roles("GET") is not None]
    return [*urls, *(in_language(url, "tr") for url in urls)]


@pytest.mark.parametrize("who", WHO)
def test_nobody_meets_anothers_canary_on_any_page(canaries: World, who: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        pages = crawl(knocking(canaries, who), start(canaries))
    leaks = {
        url: sorted(canaries.tokens[token] for token in tokens)
        for url, response in pages.items()
        if (tokens := foreign_tokens(canaries, who, body(response)))
    }
    assert leaks == {}
    broken = sorted(f"{url}: {response.status_code}" for url, response in pages.items() if response.status_code >= 500)
    assert broken == []
    assert "canary" not in " ".join(record.getMessage() for record in caplog.records if record.name.startswith("sofra"))


def test_the_canaries_sing_to_those_who_may_hear_them(canaries: World) -> None:
    """A test of the test: each holder's own pages show its canaries, so that their absence elsewhere says something."""
    heard: dict[str, set[str]] = {}
    for who in ("secretariat", "AL", "RS"):
        pages = crawl(knocking(canaries, who), start(canaries))
        text = " ".join(body(response) for response in pages.values())
        heard[who] = {holder for token, holder in canaries.tokens.items() if token in text}
    assert heard["secretariat"] >= {"secretariat", "format"} & set(canaries.tokens.values())
    assert heard["RS"] >= {"RS", "format"} & set(canaries.tokens.values())


@pytest.mark.parametrize("who", WHO)
def test_search_finds_nobodys_canary_but_ones_own(canaries: World, who: str) -> None:
    foreign = [token for token, holder in canaries.tokens.items() if who not in READERS[holder]]
    seat = "visitor" if who == "guest" else who
    with canaries.act(seat):
        assert [token for token in foreign if search.find(token, "en") or search.find(token, "tr")] == []
