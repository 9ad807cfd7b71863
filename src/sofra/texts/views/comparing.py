"""Two versions of a text compared on a page: what is gone and what is new, word by word, and what moved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sofra.kernel.doors import DELEGATES, SECRETARIAT, door
from sofra.kernel.pages import language
from sofra.texts.engine.brackets import render_content
from sofra.texts.engine.redline import Change
from sofra.texts.engine.versions import compare_versions
from sofra.texts.labels import read
from sofra.texts.models import Status, Version
from sofra.texts.queries.text import content, paragraphs_now, versions_of
from sofra.texts.views.places import Place, place_of

READERS = DELEGATES | SECRETARIAT
#: Of a longer text only the paragraphs that changed are sent, unless all are asked for.
WHOLE = 200


@dataclass(frozen=True, slots=True)
class Side:
    """A version that is compared: its number (0: as it stands for all), what it is called, and its paragraphs."""

    number: int
    name: str
    paragraphs: list[dict[str, Any]]

    def lines(self, tongue: str) -> list[tuple[str, str]]:
        """The paragraphs by identity, in the notation with the names the reader knows, how far each is among it."""
        found = []
        for each in self.paragraphs:
            said = render_content(read(content(each["content"].get(tongue, "")), language()))
            mark = f"[{Status(each['status']).label}]" if each["status"] != Status.OPEN else ""
            found.append((each["paragraph"], " ".join(part for part in (each["number"], said, mark) if part)))
        return found


@door(GET=READERS)
def compare(request: HttpRequest, format: str, meeting: str, text: UUID) -> HttpResponse:
    """Two versions compared (`first`, `second`; 0 is the text as it stands for all). `show`: changed or all."""
    place = place_of(request, format, meeting, text)
    versions = versions_of(place.text, language())
    context: dict[str, Any] = {
        "meeting": place.meeting,
        "text": place.text,
        "tongue": place.tongue,
        "versions": [(0, _("As it stands")), *((row.number, _called(row.number)) for row in versions)],
        "back": place.url("text"),
    }
    if not versions:
        return render(request, "texts/compare.html", context)
    first = _side(place, _number(place, "first", versions[0].number))
    second = _side(place, _number(place, "second", 0))
    changes = compare_versions(first.lines(place.tongue), second.lines(place.tongue))
    asked = request.GET.get("show", "")
    show = asked if asked in ("all", "changed") else "all" if len(changes) <= WHOLE else "changed"
    shown = changes if show == "all" else [each for each in changes if each.kind != "same"]
    kinds = [each.kind for each in changes if each.move is None]
    context |= {
        "first": first,
        "second": second,
        "lines": [_line(each, first, second) for each in shown],
        "show": show,
        "changed": kinds.count("changed"),
        "new": kinds.count("new"),
        "gone": kinds.count("gone"),
        "moved": len({each.move for each in changes if each.move is not None}),
        "asked": f"first={first.number}&second={second.number}&in={place.tongue}",
    }
    return render(request, "texts/compare.html", context)


def _line(each: Change, first: Side, second: Side) -> dict[str, Any]:
    frozen = second.paragraphs[each.second] if each.kind != "gone" and each.second is not None else None
    if frozen is None:
        assert each.first is not None
        frozen = first.paragraphs[each.first]
    told = {"kind": frozen["kind"], "level": frozen["level"], "change": each.kind, "move": each.move}
    return {**told, "pieces": [(piece.what, piece.words) for piece in each.pieces]}


def _called(number: int) -> str:
    return _("Version %(number)s") % {"number": number}


def _number(place: Place, name: str, otherwise: int) -> int:
    asked = place.request.GET.get(name, "")
    if not asked:
        return otherwise
    if not (asked.isascii() and asked.isdigit() and len(asked) < 6):
        raise Http404
    return int(asked)


def _side(place: Place, number: int) -> Side:
    if number == 0:
        found = [each for each in paragraphs_now(place.text) if each.shared and not each.placing.gone]
        return Side(0, _("As it stands"), [each.as_frozen() for each in found])
    row = Version.objects.filter(text=place.text, number=number).first()
    if row is None:
        raise Http404
    return Side(number, _called(number), row.content["paragraphs"])
