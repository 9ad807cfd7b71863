"""The accreditation list of the media: personal data, for the secretariat alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sofra.kernel.asking import Asking
from sofra.kernel.commands import database_now
from sofra.kernel.doors import SECRETARIAT, door
from sofra.kernel.pages import download, language, open_to, sent
from sofra.meetings import sentences
from sofra.meetings.commands import accreditation as commands
from sofra.meetings.engine.media_sheet import write
from sofra.meetings.models import MediaApplication, Meeting
from sofra.meetings.press_forms import DecideForm, MediaForm, decide_initial, media_initial
from sofra.meetings.queries.press import media_of, removed_media
from sofra.meetings.views.places import address, meeting_or_404

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _place(request: HttpRequest, format: str, meeting: str) -> Meeting:
    row = meeting_or_404(request, format, meeting)
    open_to(request, "press.media", row)
    return row


def _one(request: HttpRequest, format: str, meeting: str, application: UUID) -> tuple[Meeting, MediaApplication]:
    row = _place(request, format, meeting)
    found = MediaApplication.objects.filter(meeting=row, pk=application, removed_at__isnull=True).first()
    if found is None:
        raise Http404
    return row, found


def _context(row: Meeting) -> dict[str, Any]:
    rows = media_of(row, language())
    states = [(label, sum(each.state == state for each in rows)) for state, label in MediaApplication.State.choices]
    return {"meeting": row, "applications": rows, "states": states, "removed": removed_media(row)}


@door(GET=SECRETARIAT)
def applications(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Who asked for accreditation, and what became of it."""
    return render(request, "meetings/press/media.html", _context(_place(request, format, meeting)))


@door(GET=SECRETARIAT)
def printed(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """The list as a paper."""
    row = _place(request, format, meeting)
    return render(request, "meetings/press/media_print.html", {**_context(row), "now": database_now()})


@door(GET=SECRETARIAT)
def sheet(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """The list as a workbook."""
    row = _place(request, format, meeting)
    shown: Any = row
    said = f"{_('Accreditation list')}: {shown.worded.get('title', '') or date_format(row.day)}"
    about = [
        f"{_('Exercise: positions invented')} · {said}" if row.exercise else said,
        _("As of %s (UTC)") % database_now().strftime("%Y-%m-%d %H:%M:%S"),
        _("For the secretariat alone: personal data"),
    ]
    heads = [
        _("Name"), _("Outlet"), _("Kind of work"), _("Document"), _("Contact"), _("State"), _("Reason"),
    ]  # fmt: skip
    rows = [
        (
            each.name,
            each.outlet,
            each.get_work_display(),
            each.document,
            each.contact,
            each.get_state_display(),
            each.reason,
        )
        for each in media_of(row, language())
    ]
    data = write("Media", about, heads, rows)
    return download(data, XLSX, f"media-{row.slug}.xlsx")


def _asking(request: HttpRequest, row: Meeting, **more: Any) -> Asking:
    return Asking(request, back=address("media", row), about=_("Accreditation list"), **more)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def add(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Enter an application."""
    row = _place(request, format, meeting)
    form = MediaForm(sent(request))
    page = _asking(
        request, row, title=_("Enter an application"), action=_("Enter it"), form=form,
        what=_("Only what is needed at the door. The secretariat alone reads it; it can be removed at any time."),
    )  # fmt: skip
    return page.answer(lambda: _done(commands.ask_accreditation(meeting=row, **form.values())))


def _done(_row: MediaApplication) -> None:
    """Nothing more to answer: one goes back to the list."""


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def edit(request: HttpRequest, format: str, meeting: str, application: UUID) -> HttpResponse:
    """Change what an application says."""
    row, found = _one(request, format, meeting, application)
    form = MediaForm(sent(request), initial=media_initial(found))
    page = _asking(
        request, row, title=_("Change an application"), action=_("Save"), form=form, obj=found,
        what=_("The record of the change does not hold what is said of the person."),
    )  # fmt: skip

    def run() -> None:
        seen = form.cleaned_data["version"] or 0
        commands.change_application(application=found, seen_version=seen, **form.values())

    return page.answer(run, stands=media_initial)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def decide(request: HttpRequest, format: str, meeting: str, application: UUID) -> HttpResponse:
    """Accredit, or refuse with a reason."""
    row, found = _one(request, format, meeting, application)
    form = DecideForm(sent(request), initial=decide_initial(found))
    page = _asking(
        request, row, title=found.name, action=_("Record the decision"), form=form, obj=found,
        what=_("Outlet: %(outlet)s. Kind of work: %(work)s.")
        % {"outlet": found.outlet, "work": found.get_work_display()},
    )  # fmt: skip

    def run() -> None:
        said = form.cleaned_data
        commands.decide_application(
            application=found, state=said["state"], reason=said["reason"], seen_version=said["version"] or 0
        )

    return page.answer(run, stands=decide_initial)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def remove(request: HttpRequest, format: str, meeting: str, application: UUID) -> HttpResponse:
    """Remove what is said of one person."""
    row, found = _one(request, format, meeting, application)
    page = _asking(
        request, row, title=_("Remove an application"), action=_("Remove it"), obj=found, grave=True,
        what=_("What is said of %(name)s is removed for good; that there was an application stays.") % {"name": found.name},
    )  # fmt: skip

    def run() -> None:
        commands.remove_application(application=found)

    return page.answer(run)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def clear(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Remove the whole list of a meeting that is over."""
    row = _place(request, format, meeting)
    page = _asking(
        request, row, title=_("Remove the accreditation list"), action=_("Remove it"), grave=True,
        what=_("The list is removed once the meeting is over. Backups keep it until they are overwritten."),
    )  # fmt: skip

    def run() -> None:
        commands.clear_media(meeting=row)

    return page.answer(run, lambda: sentences.sentence("media.clear", count=len(media_of(row, language()))))
