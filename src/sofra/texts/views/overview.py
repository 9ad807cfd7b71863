"""The text as a whole: the matrix, the history, and files."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _lazy

from sofra.kernel.doors import DELEGATES, SEATED, SECRETARIAT, door
from sofra.kernel.pages import UNPROCESSABLE, download, language
from sofra.kernel.refusals import Refusal
from sofra.texts.exporting import TYPES, exported, written
from sofra.texts.models import Stance
from sofra.texts.queries.history import history_of
from sofra.texts.queries.room import CONDITIONAL, FALLEN, lines_of, stances_on
from sofra.texts.sentences import left_out
from sofra.texts.views.places import place_of

READERS = DELEGATES | SECRETARIAT
#: A stance in a cell of the matrix: a sign that is told apart without colour, beside its word.
SIGNS = {
    Stance.SUPPORTS: "+",
    Stance.CAN_LIVE_WITH: "≈",
    Stance.OBJECTS: "×",
    Stance.RESERVES: "?",
    Stance.SILENT: "·",
}
#: The same of an objection that names the wordings it falls with.
NAMED = {
    CONDITIONAL: ("×*", _lazy("objects, unless other wordings are taken")),
    FALLEN: ("(×)", _lazy("objected, until other wordings were taken")),
}


#: Open paragraphs of the matrix, and events of the history, on one page.
ROWS, EVENTS = 40, 200


def _page(request: HttpRequest, rows: list[Any], size: int) -> Page[Any]:
    """The part of some rows that is asked for; a number that is none leads to the nearest that is."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


@door(GET=SEATED)
def matrix(request: HttpRequest, format: str, meeting: str, text: UUID) -> HttpResponse:
    """Open wordings by delegation, as far as the reader may know where each stands."""
    place = place_of(request, format, meeting, text)
    page = _page(request, [each for each in lines_of(place.text, place.tongue) if each.points], ROWS)
    standing = stances_on([each.key for each in page], place.tongue)
    signs = {str(stance): (sign, stance.label) for stance, sign in SIGNS.items()} | NAMED
    lines = []
    for each in page:
        url, said = place.url("text_paragraph", paragraph=each.key), standing.get(each.key, {})
        for point in each.points:
            for one in point.choices:
                cells = [said.get((one.key, party.pk), "") for party in place.shown.ordered]
                lines.append(
                    {
                        "called": each.called,
                        "url": f"{url}#point-{point.key}",
                        "words": one.words,
                        "left_out": left_out(each.words for each in point.choices),
                        "who": place.shown.who(one.alternative) if one.alternative is not None else "",
                        "cells": [signs.get(stance, ("", "")) for stance in cells],
                    }
                )
    context = {"meeting": place.meeting, "text": place.text, "tongue": place.tongue, "lines": lines, "page_obj": page}
    parties = [party.pk for party in place.shown.ordered]
    return render(
        request,
        "texts/matrix.html",
        {
            **context,
            "parties": parties,
            "signs": list(signs.values()),
            "packages": place.url("text_packages"),
            "back": place.url("text"),
        },
    )


@door(GET=SEATED)
def history(request: HttpRequest, format: str, meeting: str, text: UUID) -> HttpResponse:
    """How the text came to read as it does."""
    place = place_of(request, format, meeting, text)
    found = history_of(place.text, language())
    page = _page(request, found, EVENTS)
    names = {each.key: each.called for each in lines_of(place.text, place.tongue, gone=True)}
    lines = [
        {
            "kind": each.kind,
            "at": each.at,
            "row": each.row,
            "party": each.party,
            "hue": place.shown.place(each.party),
            "called": names.get(each.paragraph, "") if each.paragraph else "",
            "url": place.url("text_paragraph", paragraph=each.paragraph) if each.paragraph in names else "",
        }
        for each in page
    ]
    how = Counter(each.row.get_how_display() for each in found if each.kind == "closing")
    context = {
        "meeting": place.meeting, "text": place.text, "lines": lines, "closings": sorted(how.items()), "page_obj": page,
    }  # fmt: skip
    return render(request, "texts/history.html", {**context, "back": place.url("text")})


@door(GET=READERS)
def file(request: HttpRequest, format: str, meeting: str, text: UUID, form: str) -> HttpResponse:
    """The text as a file: what all its readers read of it, and nothing else."""
    if form not in TYPES:
        raise Http404
    place = place_of(request, format, meeting, text)
    try:
        data = written(exported(place.meeting, place.text, place.tongue), form)
    except Refusal as refusal:
        context = {"meeting": place.meeting, "text": place.text, "refused": refusal.sentence, "back": place.url("text")}
        return render(request, "texts/refused.html", context, status=UNPROCESSABLE)
    exercise = "exercise-" if place.meeting.exercise else ""
    return download(data, TYPES[form], f"{exercise}{format}-{meeting}-text.{place.tongue}.{form}")
