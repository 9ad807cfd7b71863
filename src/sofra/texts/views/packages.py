"""Packages: combinations of wordings that nobody objects to, as far as the reader may know where each stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from sofra.kernel.accounts.middleware import polled
from sofra.kernel.doors import DELEGATES, SECRETARIAT, door
from sofra.kernel.models import Party
from sofra.kernel.pages import SEE_OTHER, UNPROCESSABLE, unless_known
from sofra.kernel.refusals import Refusal
from sofra.parties.queries.formats import members_on
from sofra.texts.commands.packages import ask_packages
from sofra.texts.engine.consensus import Matrix
from sofra.texts.models import PackageSearch
from sofra.texts.queries.packages import digest_of, mark_of, matrix_of, search_of
from sofra.texts.queries.text import paragraphs_now
from sofra.texts.sentences import left_out
from sofra.texts.views.places import Place, called, place_of

READERS = DELEGATES | SECRETARIAT


@door(GET=READERS, POST=READERS)
def packages(request: HttpRequest, format: str, meeting: str, text: UUID) -> HttpResponse:
    """What a search of one's own found, and the way to ask for one."""
    place = place_of(request, format, meeting, text)
    matrix = matrix_of(place.text, place.tongue, _members(place))
    if request.method != "POST":
        return _page(place, matrix)
    try:
        ask_packages(text=place.text, language=place.tongue, open_brackets=len(matrix.brackets))
    except Refusal as refusal:
        return _page(place, matrix, refusal.sentence)
    return HttpResponseRedirect(place.url("text_packages"), status=SEE_OTHER)


@polled
@door(GET=READERS)
def standing(request: HttpRequest, format: str, meeting: str, text: UUID) -> HttpResponse:
    """How far the search is and what it found, as a part of the page, with an ETag."""
    place = place_of(request, format, meeting, text)
    members, search = _members(place), search_of(place.text, place.tongue)
    job = search.progress if search is not None else None
    told = [
        mark_of(place.text, place.tongue, members),
        search.at if search is not None else "",
        job.told if job else "",
    ]

    def shown() -> HttpResponse:
        # While the search runs the page says only how far it is: nothing of the matrix.
        matrix = None if job is not None and job.open else matrix_of(place.text, place.tongue, members)
        return render(request, "texts/parts/packages.html", _context(place, search, matrix))

    return unless_known(request, told, shown)


def _members(place: Place) -> list[Party]:
    assert place.meeting.format is not None
    return members_on(place.meeting.format)


def _page(place: Place, matrix: Matrix, refused: Any = "") -> HttpResponse:
    context = _context(place, search_of(place.text, place.tongue), matrix) | {"refused": refused}
    return render(place.request, "texts/packages.html", context, status=UNPROCESSABLE if refused else 200)


def _context(place: Place, search: PackageSearch | None, matrix: Matrix | None) -> dict[str, Any]:
    answer = search.answer if search is not None else None
    return {
        "meeting": place.meeting,
        "text": place.text,
        "tongue": place.tongue,
        "open": len(matrix.brackets) if matrix is not None else 0,
        "search": search,
        "answer": _Told(place, answer).answer() if answer is not None else None,
        "stale": matrix is not None and answer is not None and search is not None and search.stood != digest_of(matrix),
        "fresh": place.url("text_packages_standing"),
        "here": place.url("text_packages"),
        "back": place.url("text"),
        "matrix": place.url("text_matrix"),
    }


class _Told:
    """An answer with the paragraphs it speaks of and the parties in the order of their names."""

    def __init__(self, place: Place, answer: dict[str, Any]) -> None:
        self.place, self.raw = place, answer
        keys = {UUID(hex=bracket.partition(":")[0]) for bracket in answer["brackets"]}
        self.called = {each.row.pk.hex: called(each) for each in paragraphs_now(place.text, keys)}

    def answer(self) -> dict[str, Any]:
        """What the page shows."""
        return {"packages": [self._package(each) for each in self.raw["packages"]], "blocking": self._blocking()}

    def _choice(self, bracket: str, alternative: str) -> dict[str, Any]:
        paragraph, _colon, point = bracket.partition(":")
        known = paragraph in self.called
        url = self.place.url("text_paragraph", paragraph=UUID(hex=paragraph)) if known else ""
        return {
            "called": self.called.get(paragraph, ""),
            "url": f"{url}#point-{point}" if known else "",
            "words": (known_words := self.raw["brackets"].get(bracket, {})).get(alternative, ""),
            "left_out": left_out(known_words.values()),
        }

    def _choices(self, places: Iterable[Any]) -> list[dict[str, Any]]:
        return [self._choice(*each) for each in places]

    def _package(self, found: dict[str, Any]) -> dict[str, Any]:
        parties = []
        for party in self.place.shown.ordered:
            told = found["parties"].get(str(party.pk))
            if told is not None:
                row = [self._choices(told[each]) for each in ("gets", "lives with", "reserves")]
                if any(row):
                    parties.append((party.pk, *row))
        choices = [self._choice(each["bracket"], each["alternative"]) for each in found["choices"]]
        return {**found, "choices": choices, "parties": parties, "most": found["most asked of one"]}

    def _blocking(self) -> list[tuple[UUID, int, dict[str, Any]]]:
        found = []
        for each in self.raw["blocking"]:
            party = UUID(each["party"])
            found.append((party, self.place.shown.place(party), self._choice(each["bracket"], each["alternative"])))
        return sorted(found, key=lambda one: one[1])
