"""Meetings, their tasks and what stands in the way of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone

from sofra.kernel import wordings
from sofra.kernel.acting import Actor
from sofra.kernel.models import Format, Party
from sofra.lexicon.naming import order_parties
from sofra.meetings.engine.cycle import next_day, next_ordinal
from sofra.meetings.models import CycleTask, Meeting, Task, TaskMark, TaskOwner
from sofra.meetings.queries.profile import held_under_one
from sofra.meetings.queries.publicity import know_meetings
from sofra.parties.queries.formats import members_on, word_formats
from sofra.parties.queries.parties import closed_days


def worded(rows: list[Meeting], language: str) -> list[Meeting]:
    """The same meetings with `worded`, `known_by`, `url`, and each with its format, worded too."""
    formats = {row.format_id: row.format for row in rows}
    word_formats([each for each in formats.values() if each is not None], language, beside=rows)
    know_meetings(rows, language)
    for row in rows:
        row.format = formats[row.format_id]
        assert row.format is not None
        row.format.url = reverse("format", kwargs={"format": row.format.slug})  # type: ignore[attr-defined]
        row.url = reverse("meeting", kwargs={"format": row.format.slug, "meeting": row.slug})  # type: ignore[attr-defined]
    return rows


def get_meeting(format: str, meeting: str, language: str) -> Meeting | None:
    """A meeting the actor may read, by the slugs of its address, with `worded`, `url`, and its `format` worded too.

    None where there is none. Two queries.
    """
    rows = Meeting.objects.select_related("format", "prepares").annotate(may_have_profile=held_under_one())
    row = rows.filter(format__slug=format, slug=meeting).first()
    return worded([row], language)[0] if row is not None else None


def meetings_of(format: Format, language: str) -> list[Meeting]:
    """The meetings of a format the actor may read, the latest first."""
    return worded(list(Meeting.objects.select_related("format").filter(format=format)), language)


def all_meetings(language: str) -> list[Meeting]:
    """Every meeting the actor may read, the latest first."""
    return worded(list(Meeting.objects.select_related("format")), language)


def is_past(meeting: Meeting, now: datetime | None = None) -> bool:
    """Whether a meeting is over: closed, or its day gone by."""
    now = now or timezone.now()
    return not meeting.open or meeting.day < now.astimezone(ZoneInfo(meeting.zone)).date() - timedelta(days=30)


@dataclass
class Proposal:
    """What a format's cadence proposes for its next meeting."""

    ordinal: int
    day: date | None
    zone: str
    level: str
    languages: list[str]


def zone_of(format: Format) -> str:
    """The zone a format goes by where no meeting is at hand: that of its latest meeting; UTC where it never met."""
    zones = Meeting.objects.filter(format=format).exclude(status=Meeting.Status.CANCELLED).order_by("-day", "slug")
    return zones.values_list("zone", flat=True).first() or "UTC"


def propose_next(format: Format, today: date | None = None) -> Proposal:
    """The next ordinary meeting as the cadence proposes it, with the last one's zone and level."""
    rows = list(Meeting.objects.filter(format=format, kind=Meeting.Kind.ORDINARY).exclude(status="cancelled"))
    last = max(rows, key=lambda row: row.day, default=None)
    today = today or timezone.now().date()
    return Proposal(
        ordinal=next_ordinal(row.ordinal for row in rows),
        day=next_day(last.day if last else None, format.cadence_months, today),
        zone=last.zone if last else "Europe/Istanbul",
        level=last.level if last else Meeting.Level.FOREIGN_MINISTERS,
        languages=last.working_languages if last else [],
    )


def steps_of(format: Format, language: str) -> list[CycleTask]:
    """A format's template, by kind of meeting and then by distance, with `worded`."""
    rows = list(CycleTask.objects.filter(format=format, retired=False))
    wordings.attach(rows, language)
    kinds = list(Meeting.Kind.values)
    rows.sort(key=lambda row: (kinds.index(row.kind), row.hours if row.hours is not None else (row.days or 0) * 24))
    return rows


def get_step(step_id: UUID) -> CycleTask | None:
    """A step of a template, with its texts by language in `texts`."""
    row = CycleTask.objects.select_related("format").filter(pk=step_id).first()
    if row is not None:
        row.texts = wordings.of([row]).get(row.pk, {})  # type: ignore[attr-defined]
    return row


def get_task(meeting: Meeting, task_id: UUID, language: str) -> Task | None:
    """A task of a meeting, with `worded` and its texts by language in `texts`."""
    row = Task.objects.filter(meeting=meeting, pk=task_id, dropped=False).first()
    if row is not None:
        row.texts = wordings.of([row]).get(row.pk, {})  # type: ignore[attr-defined]
        wordings.attach([row], language)
    return row


@dataclass
class Shut:
    """Why offices are closed on the day of a deadline: holidays by their name, with the parties that keep them; weekly rest."""

    holidays: list[tuple[Any, list[Party]]] = field(default_factory=list)
    resting: list[Party] = field(default_factory=list)
    everywhere: bool = False

    def __bool__(self) -> bool:
        return bool(self.holidays or self.resting)


def shut_at(instants: Iterable[datetime], parties: list[Party], zone: str, language: str) -> dict[datetime, Shut]:
    """For each instant, which of the parties' capitals have a public holiday or weekly rest then, on their own calendars.

    A party whose capital's zone is not known is taken to live by the given one. Three queries.
    """
    wanted = sorted(set(instants))
    day_of = {
        (instant, party.pk): instant.astimezone(ZoneInfo(party.capital_zone or zone)).date()
        for instant in wanted
        for party in parties
    }
    closed = closed_days(parties, set(day_of.values()), language)
    found: dict[datetime, Shut] = {}
    for instant in wanted:
        shut = Shut()
        for party in order_parties(parties, language):
            day = day_of[(instant, party.pk)]
            for holiday in closed.on(day):
                if holiday.party_id == party.pk:
                    _name(shut, holiday, party)
            if party.pk in closed.resting(day):
                shut.resting.append(party)
        shut.everywhere = bool(parties) and len(shut.resting) == len(parties)
        found[instant] = shut
    return found


def _name(shut: Shut, holiday: Any, party: Party) -> None:
    name = holiday.worded.get("name", "")
    for known, parties in shut.holidays:
        if str(known) == str(name):
            parties.append(party)
            return
    shut.holidays.append((name, [party]))


def tasks_of(meeting: Meeting, actor: Actor, language: str, now: datetime | None = None) -> list[Task]:
    """A meeting's tasks by their instants, as the actor sees them.

    Each has `worded`; `done` (the secretariat's own, or the actor's delegation's part); `done_by` (parties whose part is
    known to the actor to be done, in the order of names); `passed`; `late` (passed and not done); `mine`; `shut`.
    A constant number of queries.
    """
    now = now or timezone.now()
    rows = list(Task.objects.filter(meeting=meeting, dropped=False))
    wordings.attach(rows, language)
    marks: dict[UUID, list[TaskMark]] = {}
    for mark in TaskMark.objects.filter(task__in=rows, done=True).select_related("owner_party"):
        marks.setdefault(mark.task_id, []).append(mark)
    assert meeting.format is not None
    members = members_on(meeting.format, meeting.day)
    shut = shut_at([row.due_at for row in rows], members, meeting.zone, language)
    for row in rows:
        _seen(row, marks.get(row.pk, []), actor, now, len(members), language)
        row.shut = shut[row.due_at]  # type: ignore[attr-defined]
    return rows


def _seen(row: Any, marks: list[TaskMark], actor: Actor, now: datetime, members: int, language: str) -> None:
    """What the actor knows of one task's standing."""
    row.done_by = order_parties([mark.owner_party for mark in marks if mark.owner_party is not None], language)
    serves = actor.serves(row.format_id)
    if row.owner == TaskOwner.SECRETARIAT:
        row.done, row.mine = any(mark.owner_party_id is None for mark in marks), serves
    elif actor.party_id is not None:
        row.done = any(party.pk == actor.party_id for party in row.done_by)
        row.mine = actor.role == "delegate" and actor.sits_in(row.format_id)
    else:
        row.done, row.mine = bool(members) and len(row.done_by) >= members, False
    row.known = serves or row.owner == TaskOwner.SECRETARIAT or row.mine
    row.missing = members - len(row.done_by) if row.owner == TaskOwner.EACH_PARTY and serves else 0
    row.passed = row.due_at < now
    row.late = row.passed and not row.done and row.known


@dataclass
class Standing:
    """Where the cycle of one meeting stands, for the secretariat's desk."""

    meeting: Meeting
    done: int
    late: int
    ahead: int
    next_task: Task | None


def cycle_standing(actor: Actor, language: str, now: datetime | None = None) -> list[Standing]:
    """Where the cycle of each open meeting that the actor's formats convened stands, the nearest meeting first."""
    now = now or timezone.now()
    rows = [row for row in Meeting.objects.select_related("format") if row.open and row.begins_at is not None]
    meetings = worded([row for row in rows if actor.serves(row.format_id)], language)
    tasks: dict[UUID, list[Task]] = {}
    for task in _with_marks(Task.objects.filter(meeting__in=meetings, dropped=False), language):
        tasks.setdefault(task.meeting_id, []).append(task)
    found = []
    for meeting in sorted(meetings, key=lambda each: each.day):
        of_meeting = tasks.get(meeting.pk, [])
        open_ones = [task for task in of_meeting if not task.done]  # type: ignore[attr-defined]
        late = [task for task in open_ones if task.due_at < now]
        ahead = [task for task in open_ones if task.due_at >= now]
        found.append(
            Standing(meeting, len(of_meeting) - len(open_ones), len(late), len(ahead), ahead[0] if ahead else None)
        )
    return found


def _with_marks(tasks: Any, language: str) -> list[Task]:
    rows = list(tasks.order_by("due_at", "id"))
    wordings.attach(rows, language)
    marked = set(TaskMark.objects.filter(task__in=rows, done=True, owner_party=None).values_list("task_id", flat=True))
    parts: dict[UUID, int] = {}
    for task_id in TaskMark.objects.filter(task__in=rows, done=True, owner_party__isnull=False).values_list(
        "task_id", flat=True
    ):
        parts[task_id] = parts.get(task_id, 0) + 1
    sizes: dict[Any, int] = {}
    for row in rows:
        if row.owner == TaskOwner.SECRETARIAT:
            row.done = row.pk in marked
            continue
        if row.format_id not in sizes:
            assert row.format_id is not None
            sizes[row.format_id] = len(members_on(Format(pk=row.format_id)))
        row.done = 0 < sizes[row.format_id] <= parts.get(row.pk, 0)
    return rows


def waiting_tasks(actor: Actor, language: str, within: timedelta = timedelta(days=30)) -> list[Task]:
    """The tasks that wait for the actor and are due soon or late, each with `worded` and `meeting.url`. Five queries at most."""
    formats = actor.member_of if actor.role == "delegate" else frozenset()
    owner = TaskOwner.EACH_PARTY if actor.role == "delegate" else TaskOwner.SECRETARIAT
    rows = Task.objects.filter(
        owner=owner,
        dropped=False,
        due_at__lt=timezone.now() + within,
        meeting__status__in=("proposed", "convened", "under_way", "closed"),
    ).select_related("meeting__format")
    found = [
        row for row in rows if (row.format_id in formats if actor.role == "delegate" else actor.serves(row.format_id))
    ]
    mine = actor.party_id if actor.role == "delegate" else None
    done = set(TaskMark.objects.filter(task__in=found, done=True, owner_party=mine).values_list("task_id", flat=True))
    waiting = [row for row in found if row.pk not in done]
    meetings = {row.meeting_id: row.meeting for row in waiting}
    worded(list(meetings.values()), language)
    wordings.attach(waiting, language)
    for row in waiting:
        row.meeting = meetings[row.meeting_id]
    return waiting
