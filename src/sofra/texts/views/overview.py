"""The text as a whole: the matrix, the history, and files."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from sofra.kernel.doors import DELEGATES, SEATED, SECRETARIAT, door
from sofra.kernel.pages import UNPROCESSABLE, download, language
from sofra.kernel.refusals import Refusal
from sofra.texts.exporting import TYPES, exported, written
from sofra.texts.models import Stance
from sofra.texts.queries.history import history_of
from sofra.texts.queries.positions import standing_on
from sofra.texts.queries.text import paragraphs_now
from sofra.texts.views.places import called, place_of

READERS = DELEGATES | SECRETARIAT
#: A stance in a cell of the matrix: a sign that is told apart without colour, beside its word.
SIGNS = {
    Stance.SUPPORTS: "+",
    Stance.CAN_LIVE_WITH: "≈",
    Stance.OBJECTS: "×",
    Stance.RESERVES: "?",
    Stance.SILENT: "·",
}


@door(GET=SEATED)
def matrix(request: HttpRequest, format: str, meeting: str, text: UUID) -> HttpResponse:
    """Open wordings by delegation, as far as the reader may know where each stands."""
    place = place_of(request, format, meeting, text)
    found = [each for each in paragraphs_now(place.text) if not each.placing.gone and each.points(place.tongue)]
    rows = standing_on([each.row.pk for each in found])
    standing = {(row.paragraph_id, row.choice, row.owner_party_id): row for row in rows if row.language == place.tongue}
    lines = []
    for each in found:
        url = place.url("text_paragraph", paragraph=each.row.pk)
        for point in each.points(place.tongue):
            for one in point.choices:
                cells = [standing.get((each.row.pk, one.key, party.pk)) for party in place.shown.ordered]
                lines.append(
                    {
                        "called": called(each),
                        "url": f"{url}#point-{point.key}",
                        "words": one.words,
                        "who": place.shown.who(one.alternative) if one.alternative is not None else "",
                        "cells": [
                            (SIGNS[Stance(row.stance)], Stance(row.stance).label) if row else ("", "") for row in cells
                        ],
                    }
                )
    context = {"meeting": place.meeting, "text": place.text, "tongue": place.tongue, "lines": lines}
    signs = [(sign, stance.label) for stance, sign in SIGNS.items()]
    parties = [party.pk for party in place.shown.ordered]
    return render(
        request,
        "texts/matrix.html",
        {
            **context,
            "parties": parties,
            "signs": signs,
            "packages": place.url("text_packages"),
            "back": place.url("text"),
        },
    )


@door(GET=SEATED)
def history(request: HttpRequest, format: str, meeting: str, text: UUID) -> HttpResponse:
    """How the text came to read as it does."""
    place = place_of(request, format, meeting, text)
    found = history_of(place.text, language())
    names = {each.row.pk: called(each) for each in paragraphs_now(place.text)}
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
        for each in found
    ]
    how = Counter(each.row.get_how_display() for each in found if each.kind == "closing")
    context = {"meeting": place.meeting, "text": place.text, "lines": lines, "closings": sorted(how.items())}
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
