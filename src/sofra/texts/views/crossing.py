"""Where a whole text crosses the red lines of the reader's own delegation, with a way to each paragraph."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sofra.kernel.doors import DELEGATES, door
from sofra.texts.queries.room import lines_of
from sofra.texts.views.places import place_of
from sofra.texts.views.reading import crossings_in


@door(GET=DELEGATES)
def red_lines(request: HttpRequest, format: str, meeting: str, text: UUID) -> HttpResponse:
    """The paragraphs that cross a red line; as a part of the text room where it asks for one. Nothing of it is kept."""
    place = place_of(request, format, meeting, text)
    lines = lines_of(place.text, place.tongue)
    crossings = crossings_in(place, [(line.key, line.content) for line in lines])
    found = [
        {
            "called": line.called,
            "url": place.url("text_paragraph", paragraph=line.key),
            "crossed": crossings[line.key],
        }
        for line in lines
        if line.key in crossings
    ]
    context = {
        "meeting": place.meeting,
        "text": place.text,
        "tongue": place.tongue,
        "found": found,
        "paragraphs": len(lines),
        "back": place.url("text"),
    }
    part = "part" in request.GET and request.headers.get("HX-Request")
    return render(request, "texts/parts/red_lines.html" if part else "texts/red_lines.html", context)
