"""What every role reads of the house, page by page: nobody meets another's canary in any page, export or log, and no party's
name but through the lexicon.

Every confidential row holds a token, and the record calls every party by a word of ours. A library of names, a model's own
text or a word left in a template would show as a name: whatever says "Albania" did not ask the lexicon. Each role's way
through the house is walked once, and what it read is then looked at for both.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from lxml import html

from sofra.kernel import acting, search
from sofra.kernel.models import Party
from sofra.lexicon.commands.names import name_party
from sofra.lexicon.engine.loading import load
from sofra.lexicon.engine.matching import Matcher
from tests.house.crawling import READERS, WHO, body, content_of, crawl, foreign_tokens, in_language, knocking, routes
from tests.support.papers import words_of
from tests.support.world import World

#: Routes that are about names or no reading at all, by how they begin, and why.
ABOUT_NAMES = {"lexicon": "the lexicon itself", "api_entit": "the lexicon itself", "source_code": "the program, packed"}
#: Not of the house's making: names of languages in themselves and of zones, and the places where people type.
_APART = "//script | //style | //*[@lang and @hreflang] | //option | //textarea | //*[contains(@class, 'languages')]"


@dataclass(frozen=True)
class Walk:
    """A role's way through the house: the routes by the addresses it began at, what each address answered, all that it
    said, and what was logged meanwhile."""

    who: str
    world: World
    begun: dict[str, str]
    pages: dict[str, HttpResponse]
    said: dict[str, str]
    logged: str


@pytest.fixture(scope="module")
def renamed(canaries: World) -> World:
    """The world of canaries, in which the record calls every party by a word of ours."""
    with acting.acting_as_house():
        for number, party in enumerate(Party.objects.all()):
            name_party(party, {"en": f"Qarty{number}", "tr": f"Qarty{number}"})
    return canaries


# One worker does all that looks at a role's walk, so that it is walked once.
@pytest.fixture(
    scope="module", params=[pytest.param(who, marks=pytest.mark.xdist_group(f"walk as {who}")) for who in WHO]
)
def walk(request: Any, renamed: World) -> Walk:
    """Every route's address in both complete languages, and what they lead to, as one of each role."""
    keeping = Keeping(logging.DEBUG)
    logging.getLogger().addHandler(keeping)
    level = logging.getLogger().level
    logging.getLogger().setLevel(logging.DEBUG)
    begun = addresses(renamed)
    try:
        pages = crawl(knocking(renamed, request.param), list(begun))
    finally:
        logging.getLogger().setLevel(level)
        logging.getLogger().removeHandler(keeping)
    said = {url: body(response) for url, response in pages.items()}
    return Walk(request.param, renamed, begun, pages, said, " ".join(keeping.messages))


class Keeping(logging.Handler):
    """Keeps what the house logs."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one."""
        if record.name.startswith("sofra"):
            self.messages.append(record.getMessage())


def addresses(world: World) -> dict[str, str]:
    """Every route that can be read, by its address, in English and then in Turkish."""
    read = {route.url(world): route.name for route in routes() if route.door and route.door.roles("GET") is not None}
    return {in_language(url, language): name for language in ("en", "tr") for url, name in read.items()}


def test_nobody_meets_anothers_canary_on_any_page(walk: Walk) -> None:
    leaks = {
        url: sorted(walk.world.tokens[token] for token in tokens)
        for url, text in walk.said.items()
        if (tokens := foreign_tokens(walk.world, walk.who, text))
    }
    assert leaks == {}
    broken = [f"{url}: {response.status_code}" for url, response in walk.pages.items() if response.status_code >= 500]
    assert broken == []
    assert "canary" not in walk.logged


def test_the_canaries_sing_to_those_who_may_hear_them(walk: Walk) -> None:
    """A test of the test: each holder's own pages show its canaries, so that their absence elsewhere says something."""
    text = " ".join(walk.said.values())
    heard = {holder for token, holder in walk.world.tokens.items() if token in text}
    sung = {"secretariat": {"secretariat", "format"}, "RS": {"RS", "format"}, "AL": {"AL", "format"}}
    assert heard >= sung.get(walk.who, {"public"}) & set(walk.world.tokens.values())


def test_no_name_of_a_party_reaches_a_reader_but_through_the_lexicon(walk: Walk, parties: Any) -> None:
    named: dict[str, set[str]] = {}
    seen = ""
    for url, name in walk.begun.items():
        answer = walk.pages.get(url)
        # No walk goes where one signs out: it would end there.
        if answer is None or answer.status_code != 200 or name.startswith(tuple(ABOUT_NAMES)):
            continue
        text = visible(answer)
        seen += text
        if found := parties(text):
            named[f"{name} ({url[:4]})"] = found
    assert named == {}
    assert "Qarty" in seen, "names are shown, as the lexicon has them"


def test_the_test_would_hear_a_name(parties: Any) -> None:
    assert parties("Signed by Albania and by Kuzey Makedonya'nın bakanı") == {"Albania", "Kuzey Makedonya'nın"}


@pytest.fixture(scope="module")
def parties() -> Iterator[Any]:
    """Finds names of parties in a text; a capital or a language is none."""
    lexicon = load()
    matcher = Matcher(lexicon)

    def found(text: str) -> set[str]:
        return {
            each.text
            for each in matcher.find(text)
            if each.kind in ("name", "demonym") and lexicon.entities[each.entity].kind == "party"
        }

    yield found


def visible(response: HttpResponse) -> str:
    """What a reader reads of an answer: a page's words, a paper's words, or the bytes as they stand."""
    content = content_of(response)
    if response.get("Content-Type", "").startswith("text/html"):
        page = html.fromstring(content)
        for each in page.xpath(_APART):
            each.drop_tree()
        return re.sub(r"\s+", " ", " ".join(page.itertext()))
    return words_of(content) or content.decode("utf-8", "replace")


@pytest.mark.parametrize("who", WHO)
def test_search_finds_nobodys_canary_but_ones_own(canaries: World, who: str) -> None:
    foreign = [token for token, holder in canaries.tokens.items() if who not in READERS[holder]]
    seat = "visitor" if who == "guest" else who
    with canaries.act(seat):
        assert [token for token in foreign if search.find(token, "en") or search.find(token, "tr")] == []
