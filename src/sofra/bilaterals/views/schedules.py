"""The secretariat's schedules: solve, look over, share, publish; what a draft changes, and why. And a delegation's wish."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sofra.bilaterals.commands import drafting, publishing
from sofra.bilaterals.forms import SolveForm, SwapForm
from sofra.bilaterals.models import Placement, Schedule, Swap
from sofra.bilaterals.policy import sides_of
from sofra.bilaterals.queries.grid import Grid, get_schedule, grid_of, published_schedule, schedules_of
from sofra.bilaterals.sentences import left_out, moved, names, when
from sofra.bilaterals.views.common import address, arranged, language, place
from sofra.kernel.accounts.middleware import polled
from sofra.kernel.asking import Asking
from sofra.kernel.doors import DELEGATES, SECRETARIAT, door
from sofra.kernel.models import JobProgress
from sofra.kernel.pages import actor_of, sent
from sofra.meetings.models import Meeting


@door(GET=SECRETARIAT)
def schedules(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """All schedules of a meeting."""
    row = arranged(request, format, meeting)
    context = {"meeting": row, "schedules": schedules_of(row), "published": published_schedule(row)}
    return render(request, "bilaterals/schedules.html", context)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def solve(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Have a schedule worked out, from nothing or from a draft (`?from=`), whose locks hold."""
    row = arranged(request, format, meeting)
    begun = _begun_from(row, request.GET.get("from", ""))
    form = SolveForm(sent(request), initial={"seconds": begun.seconds if begun else 10})
    stands = published_schedule(row)
    page = Asking(
        request, title=_("Work out a schedule"), form=form, action=_("Begin"), about=_("Bilaterals"),
        what=_("It is worked out in the background and kept as a draft. What is published stays until you publish another.")
        if stands is None
        else _("What is published is kept as far as that is possible; each change is explained before anybody is told."),
        back=address("bilateral_schedules", row),
    )  # fmt: skip

    def act() -> str:
        made = drafting.ask_schedule(meeting=row, seconds=form.cleaned_data["seconds"], begun_from=begun)
        return address("bilateral_schedule", row, schedule=made.pk)

    return page.answer(act)


def _begun_from(meeting: Meeting, text: str) -> Schedule | None:
    try:
        found = get_schedule(meeting, UUID(text)) if text else None
    except ValueError:
        raise Http404 from None
    if text and found is None:
        raise Http404
    return found


def schedule_of(request: HttpRequest, format: str, meeting: str, key: UUID) -> tuple[Meeting, Schedule]:
    """The schedule of a page."""
    row = arranged(request, format, meeting)
    found = get_schedule(row, key)
    if found is None:
        raise Http404
    found.meeting = row
    return row, found


@door(GET=SECRETARIAT)
def schedule(request: HttpRequest, format: str, meeting: str, schedule: UUID) -> HttpResponse:
    """One schedule: where everything stands, what is left out and why, what it changes."""
    row, one = schedule_of(request, format, meeting, schedule)
    return render(request, "bilaterals/schedule.html", _context(row, one))


def _context(row: Meeting, one: Schedule) -> dict[str, Any]:
    grid = grid_of(row, one, language())
    lines = {str(line.row.pk): line for line in (*grid.left_out, *(cell.line for cell in grid.cells if cell.line))}
    draft = one.state == Schedule.State.DRAFT
    return {
        "meeting": row, "one": one, "grid": grid, "draft": draft, "solving": one.state == Schedule.State.SOLVING,
        "job": JobProgress.objects.filter(pk=one.job).first() if one.job else None,
        "cells": _cells(grid, row),
        "left_out": [
            {"line": lines[each["request"]], "why": left_out(each.get("facts", []), row.zone)}
            for each in one.unplaced if each.get("request") in lines
        ],
        "bookings_left": sum("booking" in each for each in one.unplaced),
        "changes": publishing.changes_of(one) if draft else None,
        "swaps": list(Swap.objects.filter(about__schedule=one).select_related("about")),
        "shares": one.shares,
    }  # fmt: skip


def _cells(grid: Grid, row: Meeting) -> list[dict[str, Any]]:
    by_room = {place.room.pk: place for place in grid.places}
    found = []
    for cell in grid.cells:
        room = by_room.get(cell.placement.room_id) if cell.placement.room_id else None
        found.append(
            {
                "cell": cell, "placement": cell.placement, "parties": cell.parties, "place": room,
                "why": moved(cell.placement.before, cell.placement.begins_at, cell.placement.why, row.zone)
                if cell.placement.before else "",
            }
        )  # fmt: skip
    return found


@polled
@door(GET=SECRETARIAT)
def progress(request: HttpRequest, format: str, meeting: str, schedule: UUID) -> HttpResponse:
    """How far a schedule is that is being worked out; once it is there, the page is asked for anew."""
    row, one = schedule_of(request, format, meeting, schedule)
    job = JobProgress.objects.filter(pk=one.job).first() if one.job else None
    ended = one.state != Schedule.State.SOLVING or (job is not None and job.state not in ("waiting", "running"))
    response = render(request, "bilaterals/parts/progress.html", {"meeting": row, "one": one, "job": job})
    if ended:
        response["HX-Refresh"] = "true"
    return response


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def lock(request: HttpRequest, format: str, meeting: str, schedule: UUID, placement: UUID) -> HttpResponse:
    """Lock a meeting of a draft where it is, or unlock it."""
    row, one = schedule_of(request, format, meeting, schedule)
    found = _placement(one, placement)
    title = _("Unlock it") if found.locked else _("Lock it")
    page = Asking(
        request, title=title, action=title, back=address("bilateral_schedule", row, schedule=one.pk),
        what=_("What is locked stays at its time when the schedule is worked out again."),
        about=when(found.begins_at, row.zone),
    )  # fmt: skip

    def act() -> None:
        drafting.lock(placement=found, locked=not found.locked)

    return page.answer(act)


def _placement(schedule: Schedule, key: UUID) -> Placement:
    found = (
        schedule.placements.select_related("meeting", "schedule", "room", "request", "booking").filter(pk=key).first()
    )
    if found is None:
        raise Http404
    return found


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def share(request: HttpRequest, format: str, meeting: str, schedule: UUID) -> HttpResponse:
    """Let the sides look a draft over."""
    row, one = schedule_of(request, format, meeting, schedule)
    page = Asking(
        request, title=_("Share the draft"), action=_("Share it"), back=address("bilateral_schedule", row, schedule=one.pk),
        what=_("Each delegation reads its own meetings in it, marked as a draft, and can ask for a change."),
        about=_("Bilaterals"),
    )  # fmt: skip

    def act() -> None:
        drafting.share(schedule=one)

    return page.answer(act, lambda: _("Each delegation reads where the draft has its own meetings."))


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def drop(request: HttpRequest, format: str, meeting: str, schedule: UUID) -> HttpResponse:
    """Put a draft away."""
    row, one = schedule_of(request, format, meeting, schedule)
    page = Asking(
        request, title=_("Put the draft away"), action=_("Put it away"), grave=True, about=_("Bilaterals"),
        what=_("Nobody is offered it any more. What is published stays."), back=address("bilateral_schedules", row),
    )  # fmt: skip

    def act() -> None:
        drafting.drop(schedule=one)

    return page.answer(act)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def publish(request: HttpRequest, format: str, meeting: str, schedule: UUID) -> HttpResponse:
    """What a draft changes, for whom and why; the sentence; and then the publication, to all at one instant."""
    row, one = schedule_of(request, format, meeting, schedule)
    if one.state != Schedule.State.DRAFT:
        raise Http404
    changes = publishing.changes_of(one)
    page = Asking(
        request, title=_("Publish the schedule"), action=_("Publish it"), about=_("Bilaterals"),
        what=_("Nobody has been told anything yet. Publishing tells those whose meetings change, and nobody else."),
        back=address("bilateral_schedule", row, schedule=one.pk), template="bilaterals/publish.html",
        more={"meeting": row, "changes": _changed(changes, row), "same": changes.same},
    )  # fmt: skip
    version = one.version

    def act() -> str:
        publishing.publish(schedule=one, seen_version=version)
        return address("bilateral_schedule", row, schedule=one.pk)

    def sentence() -> str:
        return ngettext(
            "%(n)d meeting changes. Those concerned read it at once.", "%(n)d meetings change. Those concerned read it at once.",
            changes.number,
        ) % {"n": changes.number}  # fmt: skip

    return page.answer(act, sentence)


def _changed(changes: publishing.Changes, row: Meeting) -> list[dict[str, Any]]:
    found = []
    for kind, rows in (("placed", changes.placed), ("moved", changes.moved), ("dropped", changes.dropped)):
        for each in rows:
            sides = sides_of(each.request) if each.request is not None else []
            if each.booking is not None and each.booking.owner_party_id is not None:
                sides = [each.booking.owner_party_id]
            why = moved(each.before, each.begins_at, each.why, row.zone) if kind == "moved" else ""
            found.append({"kind": kind, "row": each, "names": names(sides), "why": why})
    return found


@door(GET=DELEGATES, POST=DELEGATES)
def swap(request: HttpRequest, format: str, meeting: str, placement: UUID) -> HttpResponse:
    """Ask the secretariat to change something in one's own day."""
    row = place(request, format, meeting)
    found = Placement.objects.select_related("request", "booking", "meeting").filter(meeting=row, pk=placement).first()
    if found is None or actor_of(request).party_id is None:
        raise Http404
    one = found
    form = SwapForm(sent(request))
    page = Asking(
        request, title=_("Ask for a change"), form=form, action=_("Ask"), about=when(one.begins_at, row.zone),
        what=_("The secretariat reads it and answers with the next draft. The other side does not."),
        back=address("bilaterals", row),
    )  # fmt: skip

    def act() -> None:
        drafting.ask_swap(placement=one, note=form.cleaned_data["note"])

    return page.answer(act)
