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
from sofra.texts.drawing import Pending, pending_for_all
from sofra.texts.engine.pending import Drawn, Unit, drawn
from sofra.texts.engine.points import closed
from sofra.texts.models import Placing, Status
from sofra.texts.queries.reshaping import shared_shapes
from sofra.texts.queries.room import Line, shared_lines, shared_rows
from sofra.texts.views.places import Place, place_of

READERS = DELEGATES | SECRETARIAT
#: Paragraphs on the screen at once.
PART = 40


def _asked(request: HttpRequest) -> dict[str, str]:
    """What the screen is asked to show: from which paragraph, a bracket as it would be closed, or what would be moved, split
    or merged."""
    found = {name: request.GET.get(name, "") for name in ("from", "point", "choice", "shape")}
    if not (found["from"].isascii() and found["from"].isdigit() and len(found["from"]) < 7):
        found["from"] = ""
    return {name: value for name, value in found.items() if value}


def _first(asked: dict[str, str], found: list[tuple[Drawn, Line]]) -> int:
    """Where the part begins: at what is about to be decided, or where it was asked for."""
    for number, (each, line) in enumerate(found):
        if any(shape.key == asked.get("shape") for shape in each.shapes):
            return max(0, number - 1)
        if "point" in asked and each.placed is None and any(one.key == asked["point"] for one in line.points):
            return max(0, number - 1)
    return max(0, min(int(asked.get("from", "1")) - 1, len(found) - 1))


def _drawn(place: Place) -> tuple[list[tuple[Drawn, Line]], list[Pending]]:
    """The text as all readers read it, with what is proposed of its paragraphs' places and bounds."""
    lines = {str(line.key): line for line in shared_lines(place.text, place.tongue)}
    pending = pending_for_all(place.text, place.tongue, {line.key: line.called for line in lines.values()})
    units = [
        Unit(key, line.kind == Placing.Kind.HEADING, line.level, line.number, line.content)
        for key, line in lines.items()
    ]
    return [(each, lines[each.unit.key]) for each in drawn(units, [one.shape for one in pending])], pending


def _shown(place: Place, asked: dict[str, str]) -> dict[str, Any]:
    """The part of the text on the screen: only what all readers read, whoever put the screen up."""
    whole, pending = _drawn(place)
    said = {each.shape.key: each.sentence for each in pending}
    drawn_in = {shape.key for each, _line in whole for shape in each.shapes}
    first = _first(asked, whole)
    part = whole[first : first + PART]
    found = []
    for each, line in part:
        proposed = None
        if each.placed is None and any(one.key == asked.get("point") for one in line.points):
            try:
                proposed = place.shown.html(closed(line.content, asked["point"], asked.get("choice", "")))
            except KeyError:
                proposed = None
        # Where a split falls is told where the paragraph stands; a move at both of its ends.
        shapes = [shape.key for shape in each.shapes if each.placed is None or shape.kind == "move"]
        shapes += [one.shape.key for one in pending if one.shape.unit == each.key and one.shape.key not in drawn_in]
        found.append(
            {
                "key": each.key,
                "line": line,
                "number": each.number,
                "html": place.shown.html(each.content),
                "proposed": proposed,
                "placed": each.placed is not None,
                "shapes": [(said[key], key == asked.get("shape")) for key in shapes],
                "status_label": Status(line.status).label if line.status != Status.OPEN and not each.placed else "",
            }
        )
    behind = first + PART
    return {
        "lines": found,
        "tongue": place.tongue,
        "earlier": max(1, first + 1 - PART) if first else 0,
        "later": behind + 1 if behind < len(whole) else 0,
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
        shared_shapes(place.text),
        *(place.shown.party(party.pk) for party in place.shown.ordered),
    ]  # fmt: skip

    def shown() -> HttpResponse:
        return JsonResponse({"html": render_to_string("texts/parts/screen.html", _context(request, place))})

    answer = unless_known(request, told, shown)
    answer["Cache-Control"] = "private, no-cache"
    return answer
