"""Files of a text: what all its readers read of it, alone, with its languages beside each other, and compared."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sofra.kernel.doors import DELEGATES, SECRETARIAT, door
from sofra.kernel.pages import UNPROCESSABLE, download, language
from sofra.kernel.refusals import Refusal
from sofra.texts.exporting import TYPES, exported
from sofra.texts.models import Version
from sofra.texts.papers import (
    clean_docx_of,
    columns_docx_of,
    compared,
    comparison_docx,
    comparison_pdf,
    pdf_of,
)
from sofra.texts.queries.text import versions_of
from sofra.texts.views.places import Place, place_of

READERS = DELEGATES | SECRETARIAT
MEDIA = {"docx": TYPES["docx"], "pdf": "application/pdf"}
KINDS = {("text", "pdf"), ("clean", "docx"), ("columns", "docx"), ("columns", "pdf"), ("comparison", "docx"),
         ("comparison", "pdf")}  # fmt: skip


@door(GET=READERS)
def files(request: HttpRequest, format: str, meeting: str, text: UUID) -> HttpResponse:
    """Every file there is of a text."""
    place = place_of(request, format, meeting, text)
    versions = [(0, _("As it stands")), *((row.number, _("Version %(number)s") % {"number": row.number})
                                          for row in versions_of(place.text, language()))]  # fmt: skip
    context = {
        "meeting": place.meeting,
        "text": place.text,
        "tongue": place.tongue,
        "versions": versions,
        "others": place.text.languages[1:],
        "first": place.text.authoritative,
        "forms": [("docx", "DOCX"), ("txt", "TXT"), ("json", "JSON"), ("xml", "AKN")],
        "back": place.url("text"),
    }
    return render(request, "texts/files.html", context)


@door(GET=READERS)
def paper(request: HttpRequest, format: str, meeting: str, text: UUID, kind: str, form: str) -> HttpResponse:
    """One file of a text: on paper, clean, in columns, or a comparison of two versions (`first`, `second`; 0 is now)."""
    if (kind, form) not in KINDS:
        raise Http404
    place = place_of(request, format, meeting, text)
    try:
        data = _made(place, kind, form)
    except Refusal as refusal:
        context = {"meeting": place.meeting, "text": place.text, "refused": refusal.sentence, "back": place.url("text")}
        return render(request, "texts/refused.html", context, status=UNPROCESSABLE)
    exercise = "exercise-" if place.meeting.exercise else ""
    tongue = "-".join(_beside(place)) if kind == "columns" else place.tongue
    name = f"{exercise}{format}-{meeting}-text" + ("" if kind == "text" else f"-{kind}")
    return download(data, MEDIA[form], f"{name}.{tongue}.{form}")


def _made(place: Place, kind: str, form: str) -> bytes:
    if kind == "comparison":
        found = compared(place.meeting, place.text, place.tongue, _version(place, "first"), _version(place, "second"))
        return comparison_docx(found) if form == "docx" else comparison_pdf(found)
    if kind == "columns":
        every = [exported(place.meeting, place.text, each) for each in _beside(place)]
        return columns_docx_of(every) if form == "docx" else pdf_of(every)
    one = exported(place.meeting, place.text, place.tongue)
    return pdf_of([one]) if form == "pdf" else clean_docx_of(one)


def _beside(place: Place) -> list[str]:
    """The languages that stand beside the authoritative one: those asked for, or all."""
    asked = place.request.GET.getlist("with")
    return [each for each in place.text.languages if not asked or each in (place.text.authoritative, *asked)]


def _version(place: Place, name: str) -> Version | None:
    """A version that is asked for; None for the text as it stands."""
    asked: Any = place.request.GET.get(name, "0")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 6):
        raise Http404
    if int(asked) == 0:
        return None
    row = Version.objects.filter(text=place.text, number=int(asked)).first()
    if row is None:
        raise Http404
    return row
