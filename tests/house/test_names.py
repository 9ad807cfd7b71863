"""One path to a party's name: where every known form is replaced by a word of ours, no page and no paper names a party.

A library of names, a model's own text or a word left in a template would show here: whatever says "Albania" did not ask the
lexicon. The lexicon's own pages show the names themselves, as do the sources'; they are left out by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import html

from sofra.kernel import acting
from sofra.kernel.models import Party
from sofra.lexicon.commands.names import name_party
from sofra.lexicon.engine.loading import load
from sofra.lexicon.engine.matching import Matcher
from tests.house.crawling import Route, in_language, knocking, routes
from tests.support.papers import words_of
from tests.support.world import World

#: Routes that are about names or no reading at all, by how they begin, and why.
ABOUT_NAMES = {"lexicon": "the lexicon itself", "api_entit": "the lexicon itself", "source_code": "the program, packed"}
#: Not of the house's making: names of languages in themselves and of zones, and the places where people type.
_APART = "//script | //style | //*[@lang and @hreflang] | //option | //textarea | //*[contains(@class, 'languages')]"


@pytest.fixture(scope="module")
def renamed(canaries: World) -> World:
    """The world of canaries, in which the record calls every party by a word of ours."""
    with acting.acting_as_house():
        for number, party in enumerate(Party.objects.all()):
            name_party(party, {"en": f"Qarty{number}", "tr": f"Qarty{number}"})
    return canaries


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


def visible(response: Any) -> str:
    """What a reader reads of an answer: a page's words, a paper's words, or the bytes as they stand."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if response.get("Content-Type", "").startswith("text/html"):
        page = html.fromstring(content)
        for each in page.xpath(_APART):
            each.drop_tree()
        return re.sub(r"\s+", " ", " ".join(page.itertext()))
    return words_of(content) or content.decode("utf-8", "replace")


def walked() -> list[Route]:
    return [
        route
        for route in routes()
        if route.door and route.door.roles("GET") is not None and not route.name.startswith(tuple(ABOUT_NAMES))
    ]


@pytest.mark.parametrize("who", ["visitor", "secretariat", "AL"])
def test_no_name_of_a_party_reaches_a_reader_but_through_the_lexicon(renamed: World, parties: Any, who: str) -> None:
    client = knocking(renamed, who)
    named: dict[str, set[str]] = {}
    seen = ""
    for route in walked():
        for language in ("en", "tr"):
            answer = client.get(in_language(route.url(renamed), language))
            if answer.status_code != 200:
                continue
            text = visible(answer)
            seen += text
            if found := parties(text):
                named[f"{route.name} ({language})"] = found
    assert named == {}
    assert "Qarty" in seen, "names are shown, as the lexicon has them"


def test_the_test_would_hear_a_name(parties: Any) -> None:
    assert parties("Signed by Albania and by Kuzey Makedonya'nın bakanı") == {"Albania", "Kuzey Makedonya'nın"}
