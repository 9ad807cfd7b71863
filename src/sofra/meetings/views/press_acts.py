"""Writing, issuing and withdrawing what the press is told."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sofra.kernel.asking import Asking
from sofra.kernel.doors import SECRETARIAT, door
from sofra.kernel.pages import language, open_to, sent
from sofra.meetings import sentences
from sofra.meetings.agenda_forms import languages_of
from sofra.meetings.commands import press as writing
from sofra.meetings.commands import press_issuing as issuing
from sofra.meetings.commands.releasing import told
from sofra.meetings.models import Meeting, PressIssue, PressKind, PressPiece
from sofra.meetings.press_forms import (
    AtInstantForm,
    IssueForm,
    PieceForm,
    PlacesForm,
    WithdrawIssueForm,
    at_initial,
    piece_initial,
)
from sofra.meetings.queries.captions import nameable, places_of
from sofra.meetings.queries.delegations import sessions_of
from sofra.meetings.queries.press import DRAFT, get_issue, get_piece, strand_of
from sofra.meetings.views.places import address, meeting_or_404
from sofra.meetings.views.press import place


def titled(one: Any) -> str:
    """A piece's title for a sentence on the page."""
    return str(one.worded.get("title", ""))


def asking_of(request: HttpRequest, row: Meeting, one: Any, title: Any, what: Any, action: Any, **more: Any) -> Asking:
    """The page of an act on one version."""
    return Asking(
        request, title=title, what=what, action=action, about=one.worded.get("title"), obj=one,
        back=address("press_piece", row, piece=one.pk), **more,
    )  # fmt: skip


def _form(request: HttpRequest, row: Meeting, kind: str, **more: Any) -> PieceForm:
    sessions = (
        [each for each in sessions_of(row, language()) if each.cancelled_at is None]
        if kind == PressKind.CAPTION
        else []
    )
    return PieceForm(sent(request), languages=languages_of(row), kind=kind, sessions=sessions, **more)


def _what(kind: str) -> str:
    if kind == PressKind.ADVISORY:
        return _("The secretariat alone reads it until its embargo has passed; from then on everyone does.")
    if kind == PressKind.LINES:
        return _("The secretariat alone reads them until they are sent for clearance to the parties that are named.")
    return _("The words of a caption are made from who stands where; nothing else is written into it.")


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def add(request: HttpRequest, format: str, meeting: str, kind: str) -> HttpResponse:
    """Draft an advisory, agreed lines or a caption."""
    row = meeting_or_404(request, format, meeting)
    open_to(request, "press.write", row)
    if kind not in PressKind.values:
        raise Http404
    titles = {
        PressKind.ADVISORY: _("Write a media advisory"),
        PressKind.LINES: _("Write agreed lines"),
        PressKind.CAPTION: _("Write a photo caption"),
    }
    form = _form(request, row, kind)
    page = Asking(
        request, title=titles[PressKind(kind)], what=_what(kind), back=address("press", row), about=_("Press desk"),
        action=_("Keep as a draft"), form=form,
    )  # fmt: skip

    def run() -> str:
        made = writing.draft_piece(meeting=row, kind=kind, **form.values())
        return address("press_places" if kind == PressKind.CAPTION else "press_piece", row, piece=made.pk)

    return page.answer(run)


def _draft(request: HttpRequest, format: str, meeting: str, piece: UUID) -> tuple[Meeting, Any]:
    row, one = place(request, format, meeting, piece)
    open_to(request, "press.write", row)
    if request.method == "GET" and one.state != DRAFT:
        raise Http404
    return row, one


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def edit(request: HttpRequest, format: str, meeting: str, piece: UUID) -> HttpResponse:
    """Change a draft."""
    row, one = _draft(request, format, meeting, piece)
    form = _form(request, row, one.kind, initial=piece_initial(one))
    page = asking_of(request, row, one, _("Change the draft"), _what(one.kind), _("Keep the change"), form=form)

    def run() -> None:
        writing.edit_piece(piece=one, seen_version=form.cleaned_data["version"] or 0, **form.values())

    return page.answer(run, stands=lambda theirs: _stands(row, theirs))


def _stands(row: Meeting, theirs: PressPiece) -> dict[str, Any]:
    found = get_piece(row, theirs.pk, language())
    return piece_initial(found) if found is not None else {"version": theirs.version}


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def next_version(request: HttpRequest, format: str, meeting: str, piece: UUID) -> HttpResponse:
    """Draft the next version of what was sent or issued. What was said stays as it is."""
    row, one = place(request, format, meeting, piece)
    open_to(request, "press.write", row)
    strand = strand_of(row, one.line, language())
    if strand is None or (request.method == "GET" and not strand.next_allowed):
        raise Http404
    form = _form(request, row, one.kind, initial=piece_initial(one))
    page = asking_of(
        request, row, one, _("Write the next version"),
        _("The version before it stays readable with its answers until this one is issued; then this one stands."),
        _("Keep as a draft"), form=form,
    )  # fmt: skip

    def run() -> str:
        made = writing.draft_piece(meeting=row, kind=one.kind, after=one, **form.values())
        return address("press_piece", row, piece=made.pk)

    return page.answer(run)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def drop(request: HttpRequest, format: str, meeting: str, piece: UUID) -> HttpResponse:
    """Give a draft up."""
    row, one = _draft(request, format, meeting, piece)
    page = asking_of(
        request, row, one, _("Give the draft up"), _("It stays with the secretariat and goes to nobody."), _("Give it up"),
        grave=True,
    )  # fmt: skip

    def run() -> str:
        writing.drop_piece(piece=one)
        return address("press", row)

    return page.answer(run)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def places(request: HttpRequest, format: str, meeting: str, piece: UUID) -> HttpResponse:
    """Say who stands where in a photo."""
    row, one = _draft(request, format, meeting, piece)
    if one.kind != PressKind.CAPTION:
        raise Http404
    people = nameable(row)
    form = PlacesForm(sent(request), piece=one, people=people, places=places_of([one])[one.pk])
    page = asking_of(
        request, row, one, _("Who stands where"),
        _(
            "Row by row from the front, from left to right. Only people whose names their delegation released to all members "
            "are offered."
        )
        if people
        else _("No delegation has released a name to all members yet, so nobody can be named."),
        _("Keep the places"), form=form,
    )  # fmt: skip

    def run() -> None:
        writing.place_people(piece=one, seen_version=form.cleaned_data["version"] or 0, places=form.places())

    def stands(theirs: PressPiece) -> dict[str, Any]:
        held = places_of([theirs])[theirs.pk]
        return {"version": theirs.version, **{f"place_{each.row}_{each.place}": str(each.delegate_id) for each in held}}

    return page.answer(run, stands=stands)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def issue(request: HttpRequest, format: str, meeting: str, piece: UUID) -> HttpResponse:
    """Issue a piece at an instant."""
    row, one = place(request, format, meeting, piece)
    open_to(request, "press.write", row)
    form = IssueForm(sent(request), meeting=row, kind=one.kind)
    page = asking_of(
        request, row, one, pgettext("press", "Issue"),
        _("All read it from the same instant on, by the clock of the house. Until that instant nobody but the secretariat "
          "knows of it, and it can be moved or called off."),
        pgettext("press", "Issue"), form=form,
    )  # fmt: skip

    def sentence() -> str:
        key = issuing.sentence_key(one.kind, form.to)
        return sentences.sentence(key, title=titled(one), instant=told(form.cleaned_data["instant"], row))

    def run() -> None:
        issuing.issue_piece(piece=one, to=form.to, at=form.cleaned_data["instant"])

    return page.answer(run, sentence)


def _issue(request: HttpRequest, format: str, meeting: str, issue: UUID) -> tuple[Meeting, PressIssue, Any]:
    row = meeting_or_404(request, format, meeting)
    open_to(request, "press.write", row)
    found = get_issue(row, issue)
    one = get_piece(row, found.piece_id, language()) if found is not None else None
    if found is None or one is None:
        raise Http404
    return row, found, one


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def move(request: HttpRequest, format: str, meeting: str, issue: UUID) -> HttpResponse:
    """Set another instant for an issue that has not come."""
    row, found, one = _issue(request, format, meeting, issue)
    form = AtInstantForm(sent(request), meeting=row, initial=at_initial(found.readable_from, row.zone))
    page = asking_of(
        request, row, one, _("Set another instant"), _("Nobody but the secretariat learns of the change."),
        _("Set the instant"), form=form,
    )  # fmt: skip

    def sentence() -> str:
        instants = {"before": told(found.readable_from, row), "instant": told(form.cleaned_data["instant"], row)}
        return sentences.sentence("press.move", title=titled(one), **instants)

    def run() -> None:
        issuing.move_issue(issue=found, at=form.cleaned_data["instant"])

    return page.answer(run, sentence)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def call_off(request: HttpRequest, format: str, meeting: str, issue: UUID) -> HttpResponse:
    """Call off an issue that has not come."""
    row, found, one = _issue(request, format, meeting, issue)
    page = asking_of(
        request, row, one, _("Call it off before its instant"), _("Nobody learns that it was to come."), _("Call it off"),
        grave=True,
    )  # fmt: skip

    def run() -> None:
        issuing.call_off_issue(issue=found)

    words = {"title": titled(one), "before": told(found.readable_from, row)}
    return page.answer(run, lambda: sentences.sentence("press.call_off", **words))


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def withdraw(request: HttpRequest, format: str, meeting: str, issue: UUID) -> HttpResponse:
    """Withdraw what was issued, on the record."""
    row, found, one = _issue(request, format, meeting, issue)
    form = WithdrawIssueForm(sent(request), languages=languages_of(row))
    page = asking_of(
        request, row, one, _("Withdraw what was issued"),
        _("Its words can no longer be read. That it was issued, when, and why it is withdrawn stays on the page."),
        _("Withdraw it"), form=form, grave=True,
    )  # fmt: skip

    def run() -> None:
        issuing.withdraw_issue(issue=found, reason=form.texts("reason"))

    return page.answer(run, lambda: sentences.sentence(f"press.withdraw_{found.to}", title=titled(one)))
