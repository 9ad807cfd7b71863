"""The screen of the room: what all readers of the text read, in large type, as it stands now and as it is about to be decided."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import urlencode

from sofra.kernel.doors import DELEGATES, SECRETARIAT, door
from sofra.kernel.pages import actor_of, unless_known
from sofra.texts.engine.points import closed
from sofra.texts.models import Status
from sofra.texts.queries.room import Line, shared_lines, shared_rows
from sofra.texts.views.places import Place, place_of

READERS = DELEGATES | SECRETARIAT
#: Paragraphs on the screen at once.
PART = 40


def _asked(request: HttpRequest) -> dict[str, str]:
    """What the screen is asked to show: from which paragraph, and a bracket as it would be closed."""
    found = {name: request.GET.get(name, "") for name in ("from", "point", "choice")}
    if not (found["from"].isascii() and found["from"].isdigit() and len(found["from"]) < 7):
        found["from"] = ""
    return {name: value for name, value in found.items() if value}


def _first(asked: dict[str, str], lines: list[Line]) -> int:
    """Where the part begins: at what is about to be decided, or where it was asked for."""
    for number, line in enumerate(lines):
        if "point" in asked and any(each.key == asked["point"] for each in line.points):
            return max(0, number - 1)
    return max(0, min(int(asked.get("from", "1")) - 1, len(lines) - 1))


def _shown(place: Place, asked: dict[str, str]) -> dict[str, Any]:
    """The part of the text on the screen: only what all readers read, whoever put the screen up."""
    lines = shared_lines(place.text, place.tongue)
    first = _first(asked, lines)
    part = lines[first : first + PART]
    found = []
    for line in part:
        proposed = None
        if any(each.key == asked.get("point") for each in line.points):
            try:
                proposed = place.shown.html(closed(line.content, asked["point"], asked.get("choice", "")))
            except KeyError:
                proposed = None
        found.append(
            {
                "line": line,
                "html": place.shown.html(line.content),
                "proposed": proposed,
                "status_label": Status(line.status).label if line.status != Status.OPEN else "",
            }
        )
    behind = first + PART
    return {
        "lines": found,
        "tongue": place.tongue,
        "earlier": max(1, first + 1 - PART) if first else 0,
        "later": behind + 1 if behind < len(lines) else 0,
    }


def _url(place: Place, name: str, asked: dict[str, str]) -> str:
    url = place.url(name)
    return f"{url}{'&' if '?' in url else '?'}{urlencode(asked)}" if asked else url


def _context(request: HttpRequest, place: Place) -> dict[str, Any]:
    asked = _asked(request)
    shown = _shown(place, asked)
    for way in ("earlier", "later"):
        shown[way] = _url(place, "text_screen", {"from": str(shown[way])}) if shown[way] else ""
    return {"meeting": place.meeting, "text": place.text, **shown}


@door(GET=READERS)
def screen(request: HttpRequest, format: str, meeting: str, text: UUID) -> HttpResponse:
    """The text for a projector."""
    place = place_of(request, format, meeting, text)
    live = _url(place, "text_screen_live", _asked(request))
    context = {**_context(request, place), "live": live, "back": place.url("text")}
    return render(request, "texts/screen.html", context)


@door(GET=READERS)
def screen_live(request: HttpRequest, format: str, meeting: str, text: UUID) -> HttpResponse:
    """What the screen shows now; nothing, and hardly any work, where it is what it showed already."""
    place = place_of(request, format, meeting, text)
    told = [
        actor_of(request).seat_id, place.tongue, sorted(_asked(request).items()), shared_rows(place.text, place.tongue),
        *(place.shown.party(party.pk) for party in place.shown.ordered),
    ]  # fmt: skip

    def shown() -> HttpResponse:
        return JsonResponse({"html": render_to_string("texts/parts/screen.html", _context(request, place))})

    answer = unless_known(request, told, shown)
    answer["Cache-Control"] = "private, no-cache"
    return answer
