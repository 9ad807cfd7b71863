"""Asking for a schedule, watching it being worked out, stopping it; and the list of all schedules of a meeting."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from sofra.bilaterals.commands import drafting
from sofra.bilaterals.forms import SolveForm
from sofra.bilaterals.models import Schedule
from sofra.bilaterals.queries.grid import frame_of, get_schedule, places_of, schedules_of, slots_of
from sofra.bilaterals.views.common import address, arranged, language
from sofra.kernel import jobs
from sofra.kernel.accounts.middleware import polled
from sofra.kernel.asking import Asking
from sofra.kernel.commands import database_now
from sofra.kernel.doors import SECRETARIAT, door
from sofra.kernel.models import JobProgress
from sofra.kernel.pages import SEE_OTHER, sent, unless_known
from sofra.kernel.refusals import NotAllowed
from sofra.meetings.models import Meeting

#: The sign of a schedule's state.
SIGNS = {"solving": "waiting", "draft": "draft", "published": "adopted", "replaced": "lapsed", "dropped": "withdrawn"}


def of_place(request: HttpRequest, format: str, meeting: str, schedule: UUID) -> tuple[Meeting, Schedule]:
    """The meeting and the schedule of an address; 404 for whoever does not arrange bilaterals."""
    row = arranged(request, format, meeting)
    one = get_schedule(row, schedule)
    if one is None:
        raise Http404
    one.meeting = row
    return row, one


@door(GET=SECRETARIAT)
def schedules(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """All schedules of a meeting, the newest first."""
    row = arranged(request, format, meeting)
    found = schedules_of(row)
    context = {
        "meeting": row, "schedules": [(each, SIGNS[each.state]) for each in found],
        "published": next((each for each in found if each.state == Schedule.State.PUBLISHED), None),
        "ready": bool(slots_of(row, frame_of(row)) and places_of(row, language())),
    }  # fmt: skip
    return render(request, "bilaterals/schedules.html", context)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def solve(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Ask for a schedule; what is locked in the draft one comes from (`?from=`) stays."""
    row = arranged(request, format, meeting)
    key, base = request.GET.get("from"), None
    if key:
        try:
            base = get_schedule(row, UUID(key))
        except ValueError:
            base = None
        if base is None:
            raise Http404
    form = SolveForm(sent(request), initial={"seconds": 10})
    page = Asking(
        request, title=_("Solve again") if base else _("Work a schedule out"), form=form, action=_("Work it out"),
        what=_("It is worked out in the background and stands as a draft that nobody else reads. What is locked stays where it "
               "is, and what is published stays published."),
        back=address("bilateral_schedule", row, schedule=base.pk) if base else address("bilateral_schedules", row),
        about=_("Schedules of bilaterals"),
    )  # fmt: skip

    def act() -> str:
        made = drafting.ask_schedule(meeting=row, seconds=form.cleaned_data["seconds"], begun_from=base)
        return address("bilateral_schedule", row, schedule=made.pk)

    return page.answer(act)


def standing_of(meeting: Meeting, schedule: Schedule) -> dict[str, Any]:
    """How far the work on a schedule is. The row of the work is read by the seat that asked for it alone."""
    work = JobProgress.objects.filter(pk=schedule.job).first() if schedule.job else None
    begun = work.began_at if work is not None else None
    return {
        "meeting": meeting, "schedule": schedule, "work": work,
        "under_way": schedule.state == Schedule.State.SOLVING and (work is None or work.open),
        "seconds": int((database_now() - begun).total_seconds()) if begun is not None else 0,
    }  # fmt: skip


@polled
@door(GET=SECRETARIAT)
def progress(request: HttpRequest, format: str, meeting: str, schedule: UUID) -> HttpResponse:
    """How far it is, as a part of the page, with an ETag."""
    row, one = of_place(request, format, meeting, schedule)
    context = standing_of(row, one)
    work = context["work"]
    told = one.state, work and work.told, context["seconds"]
    return unless_known(request, told, lambda: render(request, "bilaterals/parts/progress.html", context))


@door(POST=SECRETARIAT)
def stop(request: HttpRequest, format: str, meeting: str, schedule: UUID) -> HttpResponse:
    """Ask the search to stop. The best it found so far becomes the draft."""
    row, one = of_place(request, format, meeting, schedule)
    if one.job is not None:
        try:
            jobs.cancel(one.job)
        except NotAllowed:
            raise Http404 from None
    return HttpResponseRedirect(address("bilateral_schedule", row, schedule=one.pk), status=SEE_OTHER)
