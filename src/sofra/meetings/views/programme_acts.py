"""What the secretariat does to sessions: add, change, move, cancel, put back; and publish it all."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from sofra.kernel import anyway
from sofra.kernel.asking import Asking
from sofra.kernel.doors import SECRETARIAT, door
from sofra.kernel.pages import UNPROCESSABLE, language, open_to, sent
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.meetings import sentences
from sofra.meetings.commands import programme as commands
from sofra.meetings.commands import publishing
from sofra.meetings.models import Meeting, Resource, Session
from sofra.meetings.programme_forms import PlanForm, SessionForm, SlotForm, VersionForm, plan_initial
from sofra.meetings.programme_lines import Writer
from sofra.meetings.queries.clashes import clashes_of
from sofra.meetings.queries.programme import entries_of, get_session, parts_of, resources_of, working
from sofra.meetings.views.places import address, meeting_or_404
from sofra.parties.formfields import to_local
from sofra.parties.queries.formats import members_on


def place(request: HttpRequest, format: str, meeting: str, session: UUID) -> tuple[Meeting, Session]:
    """The meeting and the working session of an address; 404 for whoever does not arrange it."""
    row = meeting_or_404(request, format, meeting)
    open_to(request, "programme.arrange", row)
    one = get_session(row, session, language())
    if one is None:
        raise Http404
    return row, one


def _parties(meeting: Meeting) -> list[Any]:
    return members_on(meeting.format, meeting.day) if meeting.format else []


def _resources(meeting: Meeting, kind: str) -> list[Resource]:
    return resources_of(meeting.format, language(), kind) if meeting.format else []


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def session_add(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Add a session."""
    row = meeting_or_404(request, format, meeting)
    open_to(request, "programme.arrange", row)
    form = SessionForm(
        sent(request), zone=row.zone, rooms=_resources(row, "room"), parties=_parties(row),
        teams=_resources(row, "interpreters"), language=language(),
        initial={"begins": to_local(row.begins_at, row.zone), "principals": True, "kind": "plenary",
                 "languages": row.working_languages},
    )  # fmt: skip
    page = Asking(
        request,
        title=_("Add a session"),
        what=_("It is pencilled in, read by the secretariat alone until the programme is published."),
        form=form, action=_("Add it"), back=address("programme", row), about=_("Programme"),
    )  # fmt: skip

    def act() -> str:
        made = commands.add_session(row, form.plan(), form.slot())
        return address("programme_session", row, session=made.pk)

    return page.answer(act)


@door(GET=SECRETARIAT)
def session(request: HttpRequest, format: str, meeting: str, session: UUID) -> HttpResponse:
    """One session of the working programme, with its entries and the people in it."""
    row, one = place(request, format, meeting, session)
    found = working(row, language())
    block = next((block for block in (*found.blocks, *found.undated) if block.id == one.pk), None)
    if block is None:
        raise Http404
    parts = parts_of(one, language())
    writer = Writer(found, row.zone, language())
    context = {
        "meeting": row,
        "session": one,
        "line": writer.line(block, one.begins_at.date() if one.begins_at else None),
        "shown_to": writer.shown_to(block.content),
        "entries": entries_of(one, language()),
        "people": [part for part in parts if part.point_id is None],
        "clashes": [
            clash for clash in clashes_of(row, language()) if one.pk in (clash.one.session_id, clash.other.session_id)
        ],
    }
    return render(request, "meetings/programme/session.html", context)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def session_edit(request: HttpRequest, format: str, meeting: str, session: UUID) -> HttpResponse:
    """Change what a session is and who takes part."""
    row, one = place(request, format, meeting, session)
    form = PlanForm(
        sent(request), parties=_parties(row), teams=_resources(row, "interpreters"), language=language(),
        initial=plan_initial(one),
    )  # fmt: skip
    form.order_fields(SessionForm.field_order)
    page = Asking(
        request,
        title=_("Change the session"), what=_("Members read the change when the programme is published again."), form=form,
        action=_("Save"), back=address("programme_session", row, session=one.pk), obj=one, about=one.worded.get("title", ""),  # type: ignore[attr-defined]
    )  # fmt: skip

    def act() -> None:
        commands.change_session(one, form.plan(), seen_version=form.cleaned_data["version"] or 0)

    def theirs(other: Session) -> dict[str, Any]:
        return plan_initial(get_session(row, other.pk, language()) or other)

    return page.answer(act, stands=theirs)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def session_move(request: HttpRequest, format: str, meeting: str, session: UUID) -> HttpResponse:
    """Move a session to another time or room."""
    row, one = place(request, format, meeting, session)
    rooms = _resources(row, "room")
    if one.room is not None and one.room_id not in {room.pk for room in rooms}:
        rooms += (
            [each for each in resources_of(row.format, language(), "room", retired=True) if each.pk == one.room_id]
            if row.format
            else []
        )

    def initial(other: Session) -> dict[str, Any]:
        return {
            "version": other.version, "begins": to_local(other.begins_at, row.zone),
            "ends": to_local(other.ends_at, row.zone), "room": str(other.room_id or ""),
        }  # fmt: skip

    form = SlotForm(sent(request), zone=row.zone, rooms=rooms, initial=initial(one))
    page = Asking(
        request,
        title=_("Move the session"),
        what=_("Its entries move with it. What is published stays held until the programme is published again."),
        form=form, action=_("Move it"), back=address("programme_session", row, session=one.pk), obj=one,
        about=one.worded.get("title", ""),  # type: ignore[attr-defined]
    )  # fmt: skip

    def act() -> None:
        commands.move_session(one, form.slot(), seen_version=form.cleaned_data["version"] or 0)

    return page.answer(act, stands=initial)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def session_cancel(request: HttpRequest, format: str, meeting: str, session: UUID) -> HttpResponse:
    """Cancel a session, or put a cancelled one back."""
    row, one = place(request, format, meeting, session)
    form = VersionForm(sent(request), initial={"version": one.version})
    title = str(one.worded.get("title", ""))  # type: ignore[attr-defined]
    off = one.cancelled_at is not None
    said = _("The session “%(title)s” is put back.") if off else _("The session “%(title)s” is cancelled.")
    page = Asking(
        request,
        title=_("Put the session back") if off else _("Cancel the session"),
        what=_("It takes effect for members with the next version of the programme."),
        form=form, action=_("Put it back") if off else _("Cancel it"), grave=not off, obj=one,
        back=address("programme_session", row, session=one.pk), about=title,
    )  # fmt: skip

    def act() -> str:
        run = commands.restore_session if off else commands.cancel_session
        run(one, seen_version=form.cleaned_data["version"] or 0)
        return address("programme", row)

    return page.answer(act, lambda: said % {"title": title})


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def publish(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """What differs from the published programme, the sentence, and then the publication."""
    row = meeting_or_404(request, format, meeting)
    open_to(request, "programme.arrange", row)
    refused, status, held = "", 200, {}
    if request.method == "POST":
        try:
            with anyway.asked(request):
                version = publishing.publish_programme(row, seen=request.POST.get("seen") or "nothing")
            messages.success(request, _("Version %(n)d is published.") % {"n": version.number})
            return HttpResponseRedirect(address("programme", row), status=303)
        except NotAllowed:
            raise
        except Refusal as refusal:
            refused, status, held = str(refusal.sentence), UNPROCESSABLE, anyway.shown(refusal)
    found = working(row, language())
    writer = Writer(found, row.zone, language())
    pending = found.pending
    context = {
        "meeting": row,
        "version": found.version,
        "lines": [writer.line(block, block.begins.astimezone(writer.zone).date()) for block in pending],
        "undated": len(found.undated),
        "clashes": len(clashes_of(row, language())),
        "sentence": sentences.sentence("programme.publish", **publishing.sentence_words(found)) if pending else "",
        "seen": publishing.fingerprint(found),
        "refused": refused,
        **held,
    }
    return render(request, "meetings/programme/publish.html", context, status=status)
