"""The pages of the shell itself: home, search, keyboard."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from sofra.kernel import rooms, search
from sofra.kernel.doors import ANYONE, door
from sofra.web.context import House


@door(GET=ANYONE)
def home(request: HttpRequest) -> HttpResponse:
    """The public face, composed of what each room brings to it, in the rooms' order."""
    parts = rooms.home_parts(House(request).actor, get_language() or "en")
    return render(request, "web/home.html", {"parts": parts})


@door(GET=ANYONE)
def find(request: HttpRequest) -> HttpResponse:
    """What the reader may read and the words match, best first."""
    language = get_language() or "en"
    query = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    found = [(each, rooms.found_word(each.kind)) for each in search.find(query, language)] if query else []
    context = {"query": query, "found": found, "prefix": f"/{language}/", "most": search.MOST}
    return render(request, "web/search.html", context)


@door(GET=ANYONE)
def keyboard(request: HttpRequest) -> HttpResponse:
    """The keys, as a page for who reads without scripts."""
    return render(request, "web/keyboard.html")
