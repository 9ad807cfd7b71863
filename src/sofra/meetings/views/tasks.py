"""The tasks of a meeting and the template they come from."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sofra.kernel import policy, wordings
from sofra.kernel.asking import Asking
from sofra.kernel.doors import DELEGATES, SEATED, SECRETARIAT, door
from sofra.kernel.pages import actor_of, language, seen_version, sent
from sofra.kernel.refusals import Conflict
from sofra.meetings.commands.cycle import drop_task, ensure_cycle, keep_step, keep_task, mark_task, retire_step
from sofra.meetings.forms import DoneForm, StepForm, TaskForm
from sofra.meetings.models import CycleTask, Meeting, Task, TaskOwner
from sofra.meetings.queries.convening import get_step, get_task, steps_of
from sofra.meetings.views.places import meeting_or_404
from sofra.parties.entering import Entering
from sofra.parties.formfields import to_local, wording_initial, wording_texts
from sofra.parties.views.formats import format_or_404

OWNERS = SECRETARIAT | DELEGATES


def _back(meeting: Meeting) -> str:
    assert meeting.format is not None
    return reverse("meeting", kwargs={"format": meeting.format.slug, "meeting": meeting.slug}) + "#tasks"


def _task(meeting: Meeting, task: UUID) -> Task:
    found = get_task(meeting, task, language())
    if found is None:
        raise Http404
    return found


@door(GET=SECRETARIAT, POST=OWNERS)
def task_mark(request: HttpRequest, format: str, meeting: str, task: UUID) -> HttpResponse:
    """Say that a task is done, or not after all. The secretariat's own and a delegation's own: one press of a button.

    For a delegation's part the secretariat is asked how it was received.
    """
    row = meeting_or_404(request, format, meeting)
    found = _task(row, task)
    actor = actor_of(request)
    done = (request.POST if request.method == "POST" else request.GET).get("done", "yes") == "yes"
    assert row.format is not None
    if found.owner == TaskOwner.SECRETARIAT or not actor.serves(row.format_id):
        if request.method != "POST":
            return redirect(_back(row))
        mark_task(found, done=done, party_id=actor.party_id)
        return redirect(_back(row))
    entering = Entering(request, row.format, zone=row.zone)
    form = DoneForm(sent(request), initial={"done": "yes" if done else "no"})
    asking = Asking(
        request,
        title=_("A delegation's part of a task"),
        what=found.worded.get("title", ""),  # type: ignore[attr-defined]
        form=form,
        action=_("Enter it"),
        back=_back(row),
        obj=found,
        about=row.worded.get("title", ""),  # type: ignore[attr-defined]
        entering=entering,
    )

    def act() -> None:
        party_id, entry = entering.owner()
        mark_task(found, done=form.cleaned_data["done"] == "yes", party_id=party_id, entry=entry)

    return asking.answer(act)


def _initial(task: Task, zone: str) -> dict[str, Any]:
    texts = wordings.of([task]).get(task.pk, {})
    return {
        "version": task.version,
        "owner": task.owner,
        "due": to_local(task.due_at, zone),
        **wording_initial(texts.get("title", {}), "title"),
        **wording_initial(texts.get("remedy", {}), "remedy"),
    }


def _task_page(request: HttpRequest, row: Meeting, task: Task | None) -> HttpResponse:
    policy.require(actor_of(request), "meetings.convene", row.format)
    form = TaskForm(sent(request), zone=row.zone, initial=_initial(task, row.zone) if task else {})
    asking = Asking(
        request,
        title=_("Change a task") if task else _("Add a task"),
        what=_("A step of this meeting's cycle. All members read it."),
        form=form,
        action=_("Save the task"),
        back=_back(row),
        obj=task,
        about=row.worded.get("title", ""),  # type: ignore[attr-defined]
    )

    def act() -> None:
        cleaned = form.cleaned_data
        keep_task(
            row,
            due_at=cleaned["due_at"],
            owner=cleaned["owner"],
            titles=wording_texts(form, "title"),
            remedies=wording_texts(form, "remedy"),
            task=task,
            seen_version=cleaned["version"] or 0,
        )

    return asking.answer(act, stands=lambda theirs: _initial(theirs, row.zone))


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def task_add(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Add a task to a meeting."""
    return _task_page(request, meeting_or_404(request, format, meeting), None)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def task_edit(request: HttpRequest, format: str, meeting: str, task: UUID) -> HttpResponse:
    """Change a task."""
    row = meeting_or_404(request, format, meeting)
    return _task_page(request, row, _task(row, task))


@door(POST=SECRETARIAT)
def task_drop(request: HttpRequest, format: str, meeting: str, task: UUID) -> HttpResponse:
    """Take a task out of the meeting's cycle."""
    row = meeting_or_404(request, format, meeting)
    try:
        drop_task(_task(row, task), seen_version=seen_version(request.POST.get("version")))
    except Conflict as conflict:
        messages.warning(request, str(conflict.sentence))
    return redirect(_back(row))


@door(GET=SEATED)
def cycle(request: HttpRequest, format: str) -> HttpResponse:
    """A format's template of steps."""
    row = format_or_404(format, request)
    actor = actor_of(request)
    may_change = bool(policy.decide(actor, "meetings.convene", row))
    return render(
        request,
        "meetings/cycle.html",
        {"format": row, "steps": steps_of(row, language()), "may_change": may_change},
    )


@door(POST=SECRETARIAT)
def cycle_take(request: HttpRequest, format: str) -> HttpResponse:
    """Give the format the house's own template."""
    row = format_or_404(format, request)
    ensure_cycle(row)
    return redirect("cycle", format=row.slug)


def _step_initial(step: CycleTask) -> dict[str, Any]:
    texts = wordings.of([step]).get(step.pk, {})
    return {
        "version": step.version,
        "owner": step.owner,
        "days": step.days,
        "at": step.at,
        "hours": step.hours,
        **wording_initial(texts.get("title", {}), "title"),
        **wording_initial(texts.get("remedy", {}), "remedy"),
    }


def _step_page(request: HttpRequest, format: str, step: CycleTask | None) -> HttpResponse:
    row = format_or_404(format, request)
    policy.require(actor_of(request), "meetings.convene", row)
    form = StepForm(sent(request), fixed=step is not None, initial=_step_initial(step) if step else {})
    asking = Asking(
        request,
        title=_("Change a step") if step else _("Add a step"),
        what=_("Meetings convened from now on are planned with it; those convened before keep their tasks."),
        form=form,
        action=_("Save the step"),
        back=reverse("cycle", kwargs={"format": row.slug}),
        obj=step,
        about=row.worded.get("name", ""),  # type: ignore[attr-defined]
    )

    def act() -> None:
        cleaned = form.cleaned_data
        keep_step(
            row,
            kind=step.kind if step else cleaned["kind"],
            owner=cleaned["owner"],
            titles=wording_texts(form, "title"),
            remedies=wording_texts(form, "remedy"),
            days=cleaned["days"],
            at=cleaned["at"],
            hours=cleaned["hours"],
            step=step,
            seen_version=cleaned["version"] or 0,
        )

    return asking.answer(act, stands=_step_initial)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def step_add(request: HttpRequest, format: str) -> HttpResponse:
    """Add a step to a format's template."""
    return _step_page(request, format, None)


def _step(step: UUID, format: str) -> CycleTask:
    found = get_step(step)
    if found is None or found.retired or found.format is None or found.format.slug != format:
        raise Http404
    return found


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def step_edit(request: HttpRequest, format: str, step: UUID) -> HttpResponse:
    """Change a step."""
    return _step_page(request, format, _step(step, format))


@door(POST=SECRETARIAT)
def step_retire(request: HttpRequest, format: str, step: UUID) -> HttpResponse:
    """Take a step out of the template."""
    try:
        retire_step(_step(step, format), seen_version=seen_version(request.POST.get("version")))
    except Conflict as conflict:
        messages.warning(request, str(conflict.sentence))
    return redirect("cycle", format=format)
