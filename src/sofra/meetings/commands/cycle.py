"""The cycle: a format's template of steps, and the tasks of one meeting."""

from __future__ import annotations

import json
from datetime import datetime, time
from importlib import resources
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording, wordings
from sofra.kernel.commands import check_version, command, database_now, owner_and_entry, save_next
from sofra.kernel.models import Audience, Entry, Format, Wording
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.meetings.engine.cycle import Offset, due
from sofra.meetings.models import CycleTask, Meeting, Task, TaskMark, TaskOwner

Texts = dict[str, str]


def offset_of(step: CycleTask) -> Offset:
    """A step's distance from its meeting."""
    return Offset(days=step.days, at=step.at, hours=step.hours)


def default_steps() -> dict[str, list[dict[str, Any]]]:
    """The house's own template, by kind of meeting."""
    text = resources.files("sofra.meetings.data").joinpath("cycle.json").read_text(encoding="utf-8")
    found: dict[str, list[dict[str, Any]]] = json.loads(text)
    return found


@command
def ensure_cycle(format: Format) -> None:
    """Give a format the house's own template where it has none yet."""
    policy.require(acting.current(), "meetings.convene", format)
    have = set(CycleTask.objects.filter(format=format).values_list("kind", flat=True))
    for kind, rows in default_steps().items():
        if kind not in have:
            for row in rows:
                _make_step(format, kind, row)


def _make_step(format: Format, kind: str, row: dict[str, Any]) -> CycleTask:
    step = CycleTask.objects.create(
        audience=Audience.FORMAT,
        format=format,
        kind=kind,
        owner=row["owner"],
        days=row.get("days"),
        at=time.fromisoformat(row["at"]) if "at" in row else None,
        hours=row.get("hours"),
    )
    step.refresh_from_db()
    _write(step, {"title": row["title"], "remedy": row["remedy"]})
    recording.record("cycle.step_kept", step, row, visible=False)
    return step


def _write(row: CycleTask | Task, texts: dict[str, Texts]) -> None:
    Wording.objects.bulk_create(
        Wording(subject_id=row.pk, field=name, language=language, text=text, **row.placement())
        for name, by_language in texts.items()
        for language, text in by_language.items()
        if text
    )


def plan_tasks(meeting: Meeting, format: Format) -> list[Task]:
    """Plan a new meeting's tasks back from its beginning. Only `convene` calls it."""
    assert meeting.begins_at is not None
    ensure_cycle(format)
    steps = list(CycleTask.objects.filter(format=format, kind=meeting.kind, retired=False))
    texts = wordings.of(steps)
    tasks = []
    for step in steps:
        task = Task(
            audience=Audience.FORMAT,
            format=format,
            meeting=meeting,
            step=step,
            owner=step.owner,
            due_at=due(offset_of(step), meeting.begins_at, meeting.zone),
            readable_from=meeting.readable_from,
        )
        tasks.append(task)
    Task.objects.bulk_create(tasks)
    for task in tasks:
        _write(task, texts.get(task.step_id, {}) if task.step_id else {})
    return tasks


def replan_tasks(meeting: Meeting) -> None:
    """Let the tasks follow a meeting's new date, but for those set by hand or done. Only `postpone` calls it."""
    assert meeting.begins_at is not None
    done = TaskMark.objects.filter(task__meeting=meeting, done=True, owner_party=None).values("task_id")
    tasks = Task.objects.select_for_update(of=("self",)).select_related("step").filter(meeting=meeting, moved=False)
    for task in tasks.exclude(pk__in=done):
        if task.step is None:
            continue
        wanted = due(offset_of(task.step), meeting.begins_at, meeting.zone)
        if wanted != task.due_at:
            task.due_at = wanted
            save_next(task, ["due_at"])


def _require_texts(titles: Texts) -> None:
    if not any(text.strip() for text in titles.values()):
        raise Refusal(_("Write what has to be done in at least one language."), "title_en")


def _offset(days: int | None, at: time | None, hours: int | None) -> Offset:
    try:
        return Offset(days=days, at=at, hours=hours)
    except ValueError:
        raise Refusal(_("Give days with a clock time, or hours, not both."), "days") from None


@command
def keep_step(
    format: Format,
    *,
    kind: str,
    owner: str,
    titles: Texts,
    remedies: Texts,
    days: int | None = None,
    at: time | None = None,
    hours: int | None = None,
    step: CycleTask | None = None,
    seen_version: int | None = None,
) -> CycleTask:
    """Add a step to a format's template or change one. Meetings convened before keep their tasks.

    Raises Refusal for a step without a title or with an unclear distance, Conflict for a second writer.
    """
    policy.require(acting.current(), "meetings.convene", format)
    _require_texts(titles)
    offset = _offset(days, at, hours)
    if owner not in TaskOwner.values:
        raise Refusal(_("Say who has to do it."), "owner")
    if step is None:
        if kind not in Meeting.Kind.values:
            raise Refusal(_("Choose the kind of meeting."), "kind")
        step = CycleTask(audience=Audience.FORMAT, format=format, kind=kind)
        step.owner, step.days, step.at, step.hours = owner, offset.days, offset.at, offset.hours
        step.save(force_insert=True)
        step.refresh_from_db()
    else:
        check_version(step, seen_version)
        step.refresh_from_db()
        step.owner, step.days, step.at, step.hours = owner, offset.days, offset.at, offset.hours
        save_next(step, ["owner", "days", "at", "hours"])
    wordings.put(step, "title", titles)
    wordings.put(step, "remedy", remedies)
    recording.record("cycle.step_kept", step, {"titles": titles, "days": days, "hours": hours}, visible=False)
    return step


@command
def retire_step(step: CycleTask, *, seen_version: int) -> CycleTask:
    """Take a step out of the template; meetings planned with it keep their task."""
    policy.require(acting.current(), "meetings.convene", step.format)
    check_version(step, seen_version)
    step.refresh_from_db()
    step.retired = True
    save_next(step, ["retired"])
    recording.record("cycle.step_retired", step, {}, visible=False)
    return step


@command
def keep_task(
    meeting: Meeting,
    *,
    due_at: datetime,
    owner: str,
    titles: Texts,
    remedies: Texts,
    task: Task | None = None,
    seen_version: int | None = None,
) -> Task:
    """Add a task to one meeting, or change one. A task whose instant is set by hand no longer follows the meeting's date."""
    policy.require(acting.current(), "meetings.convene", meeting.format)
    _require_texts(titles)
    if owner not in TaskOwner.values:
        raise Refusal(_("Say who has to do it."), "owner")
    if task is None:
        task = Task.objects.create(
            audience=Audience.FORMAT,
            format_id=meeting.format_id,
            meeting=meeting,
            owner=owner,
            due_at=due_at,
            moved=True,
        )
        task.refresh_from_db()
    else:
        check_version(task, seen_version)
        task.refresh_from_db()
        task.moved = task.moved or task.due_at != due_at
        task.due_at, task.owner = due_at, owner
        save_next(task, ["due_at", "owner", "moved"])
    wordings.put(task, "title", titles)
    wordings.put(task, "remedy", remedies)
    recording.record(
        "task.kept", task, {"titles": titles, "due_at": due_at, "owner": owner}, meeting_id=meeting.pk, shown={"title": titles}
    )  # fmt: skip
    return task


@command
def drop_task(task: Task, *, seen_version: int) -> Task:
    """Take a task out of a meeting's cycle. The row stays."""
    policy.require(acting.current(), "meetings.convene", task.format)
    check_version(task, seen_version)
    task.refresh_from_db()
    task.dropped = True
    save_next(task, ["dropped"])
    recording.record("task.dropped", task, {}, meeting_id=task.meeting_id)
    return task


@command
def mark_task(task: Task, *, done: bool, party_id: UUID | None = None, entry: Entry | None = None) -> TaskMark:
    """Say that a task is done, or not done after all: the secretariat for its own, a delegation for its part.

    For a delegation's part `party_id` is that party (with the entry where the secretariat enters it).
    """
    actor = acting.current()
    policy.require(actor, "meetings.mark_task", task)
    ours = task.owner == TaskOwner.SECRETARIAT
    if not ours and party_id is None:
        raise Refusal(_("Say for which delegation this is entered."), "for_party")
    if not ours and entry is None and party_id != actor.party_id:
        raise NotAllowed(_("A delegation says for itself what it has done."))
    owner = None if ours else party_id
    Task.objects.select_for_update(of=("self",)).filter(pk=task.pk).first()
    mark = TaskMark.objects.filter(task=task, owner_party=owner).first()
    now = database_now()
    if mark is None:
        mark = TaskMark.objects.create(
            audience=Audience.FORMAT if ours else Audience.SECRETARIAT,
            format_id=task.format_id,
            task=task,
            done=done,
            at=now,
            **owner_and_entry(owner, entry),
        )
        mark.refresh_from_db()
    elif mark.done != done or mark.entry_id != (entry.pk if entry else None):
        mark.done, mark.at, mark.entry = done, now, entry
        save_next(mark, ["done", "at", "entry"])
    else:
        return mark
    recording.record("task.done" if done else "task.undone", mark, {"task": str(task.pk)}, meeting_id=task.meeting_id)
    return mark
