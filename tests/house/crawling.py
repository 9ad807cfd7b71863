"""Walking every route of the house: the routes with their doors, sample arguments, and who may read which canary."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils import translation

from sofra.kernel import rooms
from sofra.kernel.accounts.token_commands import make_token
from sofra.kernel.doors import Door, door_of
from tests.support.clients import client_of
from tests.support.papers import words_of
from tests.support.world import CODES, World

#: Who may read a canary, by its holder.
READERS: dict[str, set[str]] = {
    **{code: {code} for code in CODES},
    **{f"{code}+secretariat": {code, "secretariat"} for code in CODES},
    **{f"{one}+{other}": {one, other} for one in CODES for other in CODES if one != other},
    **{f"{one}+{other}+secretariat": {one, other, "secretariat"} for one in CODES for other in CODES if one != other},
    "secretariat": {"secretariat"},
    "format": {"secretariat", *CODES},
    "observers": {"secretariat", "observer", *CODES},
    "public": {"visitor", "guest", "secretariat", "facilitator", "observer", *CODES},
}
#: How many addresses of one route a crawl follows.
PER_ROUTE = 4
#: One of each role; two parties, so that a delegation's neighbour is among them.
WHO = ("visitor", "guest", "secretariat", "AL", "RS", "facilitator", "observer")


@dataclass(frozen=True)
class Route:
    """A named route and its door."""

    name: str
    door: Door | None
    parameters: frozenset[str]

    def url(self, world: World) -> str:
        """The route's address for this world."""
        kwargs = sample(self.name, world) if self.parameters else None
        with translation.override("en"):
            return reverse(self.name, kwargs=kwargs)

    @property
    def rest(self) -> bool:
        """Whether it belongs to the REST interface, where a token says who asks and no cookie does."""
        return self.name.startswith("api_")


def routes() -> list[Route]:
    """Every route of the URL conf."""
    return sorted(_walk(get_resolver().url_patterns, ""), key=lambda route: route.name)


def _walk(patterns: list[Any], namespace: str) -> Iterator[Route]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            name = f"{namespace}{pattern.name or pattern.pattern}"
            yield Route(name, door_of(pattern.callback, name), frozenset(pattern.pattern.converters))


def sample(name: str, world: World) -> dict[str, Any]:
    """Arguments for a route, from the room that brings it."""
    for room in rooms.all_rooms():
        if name in room.samples:
            return room.samples[name](world)
    raise LookupError(f"No room has a sample for the route {name}.")


def knocking(world: World, who: str) -> Client:
    """A client of somebody who has both: a session for pages, and a token of the same seat for the REST interface."""
    client = client_of(world, who)
    if who not in ("visitor", "guest"):
        kept = world.found.setdefault("house.tokens", {})
        if who not in kept:
            with world.act(who):
                kept[who] = make_token(name="The house's tests")[1]
        client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {kept[who]}"
    return client


def in_language(url: str, language: str) -> str:
    """An address in another language: of a page by its path, of the REST interface by its query."""
    if url.startswith("/api/"):
        return f"{url}?language={language}"
    return url.replace("/en/", f"/{language}/", 1)


def role_of(who: str) -> str:
    """The role of one of WHO."""
    return "delegate" if who in CODES else who


def foreign_tokens(world: World, who: str, text: str) -> set[str]:
    """Canaries in a text that its reader may not read."""
    return {token for token in re.findall(r"canary[0-9a-f]{10}", text) if who not in READERS[world.tokens[token]]}


def body(response: HttpResponse) -> str:
    """Everything a response says: its body, its headers, its cookies; of a paper also the words that are packed in it, and
    those without the breaks of lines that may part one."""
    content = content_of(response)
    packed = words_of(content)
    said = [content.decode("utf-8", "replace"), packed, re.sub(r"[-\u00ad]?\s*\n", "", packed)]
    return "\n".join([*said, str(response.headers), str(response.cookies)])


def content_of(response: Any) -> bytes:
    """The bytes of an answer, whether or not it is streamed; as often as they are asked for."""
    if not response.streaming:
        return bytes(response.content)
    content = b"".join(response.streaming_content)
    response.streaming_content = [content]
    return content


def links(text: str) -> set[str]:
    """The addresses within the house that a page leads to, without fragments."""
    return {link.split("#")[0] for link in re.findall(r'(?:href|data-live-url)="(/(?!static/)[^"]*)"', text)} - {""}


def crawl(client: Client, start: list[str]) -> dict[str, HttpResponse]:
    """Open some addresses and follow every link from them; answers the responses by address.

    Of one route in one language, at most PER_ROUTE addresses are followed. Signing out is left out.
    """
    found: dict[str, HttpResponse] = {}
    followed: Counter[tuple[str, str]] = Counter()
    waiting = list(dict.fromkeys(start))
    while waiting:
        url = waiting.pop(0).replace("&amp;", "&")
        if url in found or "sign-out" in url:
            continue
        if url not in start:
            route = (url[:4], _route(url))
            followed[route] += 1
            if followed[route] > PER_ROUTE:
                continue
        response = client.get(url)
        found[url] = response
        if response.status_code in (301, 302, 303):
            waiting.append(response["Location"])
        elif response.get("Content-Type", "").startswith("text/html") and not url.startswith("/tr/"):
            waiting += sorted(links(body(response)))
    return found


def _route(url: str) -> str:
    try:
        return resolve(url.partition("?")[0]).view_name
    except Resolver404:
        return "nowhere"
