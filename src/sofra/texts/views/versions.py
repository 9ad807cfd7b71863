"""Versions as they were circulated, who opened them as far as that may be known, and what their digests are of."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from sofra.kernel.doors import SEATED, door
from sofra.kernel.pages import actor_of, download, language
from sofra.lexicon.naming import order_parties
from sofra.meetings.queries.circulation import receipt_rule
from sofra.texts.commands.receipts import note_version
from sofra.texts.engine.adopted import told
from sofra.texts.models import Status, Version, VersionOpened, VersionOpening
from sofra.texts.queries.adopted import adopting_version
from sofra.texts.queries.text import content, words_in
from sofra.texts.views.overview import READERS
from sofra.texts.views.places import Place, place_of
from sofra.texts.views.reading import crossings_in


def _version(place: Place, number: int) -> Version:
    row = Version.objects.filter(text=place.text, number=number).first()
    if row is None:
        raise Http404
    return row


@door(GET=SEATED)
def version(request: HttpRequest, format: str, meeting: str, text: UUID, number: int) -> HttpResponse:
    """A version as it was circulated, word for word. Reading it is noted for the reader's delegation alone."""
    place = place_of(request, format, meeting, text)
    row = _version(place, number)
    contents = [content(each["content"].get(place.tongue, "")) for each in row.content["paragraphs"]]
    crossings = crossings_in(place, list(enumerate(contents)))
    lines = [
        {
            **each,
            "crossed": crossings.get(number, []),
            "html": place.shown.html(contents[number]),
            "status_label": Status(each["status"]).label,
        }
        for number, each in enumerate(row.content["paragraphs"])
    ]
    context = {
        "meeting": place.meeting,
        "text": place.text,
        "tongue": place.tongue,
        "version": row,
        "lines": lines,
        "digest": row.digests.get(place.tongue, ""),
        "crossings": crossings,
        "back": place.url("text"),
        "adopting": adopting_version(row),
        **_receipts(place, row),
    }
    response = render(request, "texts/version.html", context)
    if request.method == "GET":
        note_version(row)
    return response


def _receipts(place: Place, row: Version) -> dict[str, Any]:
    actor = actor_of(place.request)
    rule = receipt_rule(place.meeting.format_id, language())
    openings: list[VersionOpening] = []
    if actor.party_id is not None:
        openings = list(VersionOpening.objects.filter(version_opened=row).select_related("seat__account"))
    opened: list[UUID] = []
    if rule is not None and rule.openings_told and actor.serves(place.meeting.format_id):
        keys = VersionOpened.objects.filter(version_opened=row).values_list("owner_party_id", flat=True)
        opened = order_parties([key for key in keys if key is not None], language())
    serves = actor.serves(place.meeting.format_id)
    return {
        "rule": rule,
        "openings": openings,
        "opened_by": opened,
        "serves": serves,
        "may_words": actor.party_id or serves,
    }


@door(GET=READERS)
def version_signed(request: HttpRequest, format: str, meeting: str, text: UUID, number: int) -> HttpResponse:
    """An adopted version in a language with the house's signature, to be checked anywhere (`sofra text verify`)."""
    place = place_of(request, format, meeting, text)
    row = _version(place, number)
    row.text = place.text
    adopting = adopting_version(row)
    if adopting is None or place.tongue not in adopting.signed:
        raise Http404
    data = json.dumps(adopting.signed[place.tongue].file(row), ensure_ascii=False, indent=1) + "\n"
    exercise = "exercise-" if place.meeting.exercise else ""
    return download(
        data.encode(), "application/json", f"{exercise}{format}-{meeting}-text-{number}-signed.{place.tongue}.json"
    )


@door(GET=READERS)
def version_words(request: HttpRequest, format: str, meeting: str, text: UUID, number: int) -> HttpResponse:
    """What the digest of a version in a language is of, byte for byte: the SHA-256 of this file is the digest."""
    place = place_of(request, format, meeting, text)
    row = _version(place, number)
    if place.tongue not in row.digests:
        raise Http404
    name = f"{format}-{meeting}-text-{number}.{place.tongue}.json"
    return download(told(words_in(row.content["paragraphs"], place.tongue)), "application/json", name)
