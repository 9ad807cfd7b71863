"""The register of notes: the secretariat's, and a party's own notes of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sofra.kernel import policy
from sofra.kernel.asking import Asking
from sofra.kernel.doors import DELEGATES, OBSERVERS, SECRETARIAT, door
from sofra.kernel.models import Format, Membership
from sofra.kernel.pages import UNPROCESSABLE, actor_of, download, language, open_to, sent
from sofra.kernel.refusals import Refusal
from sofra.meetings import sentences
from sofra.meetings.commands import register as commands
from sofra.meetings.letter_forms import FilterForm, NoteFileForm, NoteForm, ReasonForm
from sofra.meetings.models import Meeting, Note
from sofra.meetings.queries.convening import meetings_of
from sofra.meetings.queries.register import note_at, notes_of, sheet_of
from sofra.meetings.views.places import meeting_or_404
from sofra.parties.queries.formats import members_on
from sofra.parties.views.formats import format_or_404

READERS = DELEGATES | OBSERVERS | SECRETARIAT
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def zone_of(format: Format) -> str:
    """The zone a format's register is kept in: that of the host's capital."""
    return (format.host.capital_zone if format.host is not None else "") or "UTC"


def _parties(format: Format) -> list[Any]:
    return [party for capacity in Membership.Capacity for party in members_on(format, capacity=capacity)]


def _list(request: HttpRequest, format: Format, meeting: Meeting | None) -> HttpResponse:
    actor = actor_of(request)
    serves = actor.serves(format.pk)
    zone = meeting.zone if meeting is not None else zone_of(format)
    form = FilterForm(request.GET or None, parties=_parties(format) if serves else [], language=language())
    rows = notes_of(format, form.asked(meeting), zone, language())
    asked = request.GET.urlencode()
    context = {
        "format": format, "meeting": meeting, "notes": rows, "serves": serves, "form": form, "zone": zone,
        "asked": asked, "may_keep": bool(policy.decide(actor, "register.keep", format.pk)),
    }  # fmt: skip
    return render(request, "meetings/letters/register.html", context)


@door(GET=READERS)
def correspondence(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """The notes that belong to a meeting."""
    row = meeting_or_404(request, format, meeting)
    assert row.format is not None
    return _list(request, row.format, row)


@door(GET=READERS)
def register(request: HttpRequest, format: str) -> HttpResponse:
    """The register of a format; for a party the notes it sent or received."""
    return _list(request, format_or_404(format, request), None)


@door(GET=SECRETARIAT)
def sheet(request: HttpRequest, format: str) -> HttpResponse:
    """The register as a sheet. Refused, with the reason, where no designation profile is in force for the format."""
    row = format_or_404(format, request)
    open_to(request, "register.keep", row.pk)
    form = FilterForm(request.GET or None, parties=_parties(row), language=language())
    try:
        data = sheet_of(row, form.asked(None), zone_of(row), language())
    except Refusal as refusal:
        back = reverse("register", kwargs={"format": row.slug})
        context = {"title": _("Register of notes"), "refused": refusal.sentence, "back": back}
        return render(request, "meetings/refused.html", context, status=UNPROCESSABLE)
    return download(data, SHEET, "register.xlsx")


def _note(request: HttpRequest, format: str, note: UUID) -> tuple[Format, Note]:
    row = format_or_404(format, request)
    found = note_at(row, note, language())
    if found is None:
        raise Http404
    return row, found


def _back(format: Format, note: Note) -> str:
    return reverse("note", kwargs={"format": format.slug, "note": note.pk})


@door(GET=READERS)
def note(request: HttpRequest, format: str, note: UUID) -> HttpResponse:
    """One note, with its documents and what belongs to it."""
    row, found = _note(request, format, note)
    actor = actor_of(request)
    context = {
        "format": row, "note": found, "zone": zone_of(row),
        "serves": actor.serves(row.pk),
        "may_keep": found.withdrawn_at is None and bool(policy.decide(actor, "register.keep", row.pk)),
    }  # fmt: skip
    return render(request, "meetings/letters/note.html", context)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def add(request: HttpRequest, format: str) -> HttpResponse:
    """Put a note into the register."""
    row = format_or_404(format, request)
    open_to(request, "register.keep", row.pk)
    files = request.FILES if request.method == "POST" else None
    form = NoteForm(
        sent(request), files, zone=zone_of(row), parties=_parties(row), meetings=meetings_of(row, language()),
        language=language(), initial={"direction": "in", "meeting": request.GET.get("meeting", "")},
    )  # fmt: skip
    asking = Asking(
        request,
        title=_("Put a note into the register"),
        what=_("It is given the next number of its direction and year. The party it came from or went to reads it."),
        back=reverse("register", kwargs={"format": row.slug}),
        action=_("Register"),
        form=form,
        about=row.worded.get("title") or row.worded.get("name"),  # type: ignore[attr-defined]
    )

    def run() -> str:
        made = commands.register_note(format=row, **form.values())
        return _back(row, made)

    return asking.answer(run)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def document(request: HttpRequest, format: str, note: UUID) -> HttpResponse:
    """Put a further document to a note."""
    row, found = _note(request, format, note)
    open_to(request, "register.keep", row.pk)
    form = NoteFileForm(sent(request), request.FILES if request.method == "POST" else None)
    asking = Asking(
        request,
        title=_("Add a document to a note"),
        what=_("The documents it has stay as they are."),
        back=_back(row, found),
        action=_("Add"),
        form=form,
        obj=found,
        about=found.subject,
    )

    def run() -> None:
        file = form.cleaned_data["document"]
        commands.add_note_document(note=found, stream=file, name=file.name)

    return asking.answer(run)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def withdraw(request: HttpRequest, format: str, note: UUID) -> HttpResponse:
    """Mark a note as withdrawn."""
    row, found = _note(request, format, note)
    open_to(request, "register.keep", row.pk)
    form = ReasonForm(sent(request))
    asking = Asking(
        request,
        title=_("Withdraw a note"),
        what=_("It stays in the register with its number; whoever reads it reads that it was withdrawn, and why."),
        back=_back(row, found),
        action=_("Withdraw the note"),
        form=form,
        grave=True,
        obj=found,
        about=found.subject,
    )

    def run() -> None:
        commands.withdraw_note(note=found, reason=form.cleaned_data["reason"])

    def sentence() -> str:
        return sentences.sentence("note.withdraw", subject=found.subject, reason=form.cleaned_data["reason"])

    return asking.answer(run, sentence)
