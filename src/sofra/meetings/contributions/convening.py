"""What convening brings: meetings of a format, their cycle, the desk's tasks."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sofra.kernel import wordings
from sofra.kernel.acting import Actor
from sofra.kernel.models import Role
from sofra.kernel.rooms import Card, DeskItem, Nav
from sofra.meetings.commands.record import load_meetings
from sofra.meetings.contributions.convening_samples import SAMPLES, canaries
from sofra.meetings.contributions.joining import Contribution
from sofra.meetings.models import Meeting, Task, TaskMark

TITLE = _("Meetings")


def desk(actor: Actor) -> Iterable[DeskItem]:
    """The tasks of the cycle that wait for the actor within a month, or are late."""
    from sofra.meetings.queries.convening import waiting_tasks

    if actor.role not in (Role.SECRETARIAT, Role.DELEGATE):
        return []
    return [
        DeskItem(
            title=task.worded.get("title", ""),  # type: ignore[attr-defined]
            url=f"{task.meeting.url}#tasks",  # type: ignore[attr-defined]
            due=task.due_at,
            zone=task.meeting.zone,
            kind=_now("Task of the cycle"),
            note=task.meeting.worded.get("title", ""),  # type: ignore[attr-defined]
        )
        for task in waiting_tasks(actor, get_language() or "en")
    ]


def meeting_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Meetings by their title."""
    from sofra.meetings.queries.convening import worded

    rows = worded(list(Meeting.objects.select_related("format").filter(pk__in=ids)), language)
    return {row.pk: Card(row.worded.get("title", row.slug), row.url) for row in rows}  # type: ignore[attr-defined]


def task_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Tasks by their title, on their meeting's page."""
    from sofra.meetings.queries.convening import worded

    rows = list(Task.objects.select_related("meeting__format").filter(pk__in=ids))
    wordings.attach(rows, language)
    worded([row.meeting for row in rows], language)
    return {row.pk: Card(row.worded.get("title", ""), f"{row.meeting.url}#tasks") for row in rows}  # type: ignore[attr-defined]


def mark_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """That a task was done, by the task's title."""
    marks = dict(TaskMark.objects.filter(pk__in=ids).values_list("pk", "task_id"))
    cards = task_cards(list(set(marks.values())), language)
    return {pk: cards[task] for pk, task in marks.items() if task in cards}


PART = Contribution(
    nav=(
        Nav(_("Meetings"), "meetings", order=10, key="m"),
        Nav(_("Overview"), "meeting", place="meeting", order=10, key="o"),
    ),
    desk=desk,
    cards={
        "meetings.meeting": meeting_cards,
        "meetings.task": task_cards,
        "meetings.taskmark": mark_cards,
    },
    found={"meeting": _("Meeting")},
    changes={
        "meeting.convened": _("A meeting was convened"),
        "meeting.changed": _("What is said of a meeting was changed"),
        "meeting.postponed": _("A meeting was given a new date"),
        "meeting.cancelled": _("A meeting was called off"),
        "meeting.opened": _("A meeting was opened"),
        "meeting.closed": _("A meeting was closed"),
        "task.kept": _("A task of the cycle was set"),
        "task.dropped": _("A task was taken out of the cycle"),
        "task.done": _("A task was done"),
        "task.undone": _("A task is not done after all"),
    },
    record_sections={"meetings": load_meetings},
    samples=SAMPLES,
    canaries=canaries,
)
