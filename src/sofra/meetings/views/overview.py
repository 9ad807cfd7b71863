"""The first page of a meeting."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import dateformat, timezone
from django.utils.translation import pgettext

from sofra.kernel import policy
from sofra.kernel.doors import ANYONE, door
from sofra.kernel.models import Audience
from sofra.kernel.pages import language
from sofra.meetings.commands.convening import STEPS
from sofra.meetings.engine.timeline import Mark, Plate, lay_out
from sofra.meetings.models import Meeting, Task
from sofra.meetings.queries.convening import meetings_of, tasks_of
from sofra.meetings.queries.press import asked_of, told_of
from sofra.meetings.queries.publicity import announcements_of
from sofra.meetings.views.pack import packs_of
from sofra.meetings.views.places import meeting_or_404
from sofra.meetings.views.profiles import about_profile


def _label(instant: datetime, zone: str, words: Any) -> str:
    there = instant.astimezone(ZoneInfo(zone))
    return pgettext("timeline label", "%(day)s · %(words)s") % {"day": dateformat.format(there, "j M"), "words": words}


def plate_of(meeting: Meeting, tasks: list[Task], now: datetime) -> Plate | None:
    """The picture of a meeting's cycle; none where there is nothing to draw."""
    if meeting.begins_at is None or not tasks:
        return None
    marks = []
    for task in tasks:
        seen: Any = task
        look = "done" if seen.done else "late" if seen.late else "open"
        marks.append(Mark(task.due_at, _label(task.due_at, meeting.zone, seen.worded.get("title", "")), look))
    title = meeting.worded.get("title", "")  # type: ignore[attr-defined]
    marks.append(Mark(meeting.begins_at, _label(meeting.begins_at, meeting.zone, title), "meeting"))
    return lay_out(marks, now)


@door(GET=ANYONE)
def meeting(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """When and where a meeting is, its cycle, and what waits."""
    row = meeting_or_404(request, format, meeting)
    actor = request.actor  # type: ignore[attr-defined]
    now = timezone.now()
    seated = actor.seated
    tasks = tasks_of(row, actor, language(), now) if seated and row.begins_at else []
    names = dict(settings.LANGUAGES)
    tells = bool(policy.decide(actor, "meetings.announce", row))
    context = {
        "meeting": row,
        # Who knows of the meeting by an announcement alone is told what is announced, and nothing else.
        "announced_only": row.known_by is not row,  # type: ignore[attr-defined]
        "told": [each for each in announcements_of(row) if tells or each.readable_from <= now] if seated else [],
        "may_tell": tells,
        "may_announce": tells and row.audience != Audience.PUBLIC
        and row.status not in (Meeting.Status.PROPOSED, Meeting.Status.CANCELLED),
        "now": now,
        "format": row.format,
        **about_profile(request, row),
        "press": told_of(row, language()),
        "lines_asked": asked_of(row, actor, language()),
        "packs": packs_of(row) if policy.decide(actor, "pack.make", row) else [],
        "languages": [(code, names.get(code, code)) for code in row.working_languages],
        "tasks": tasks,
        "plate": plate_of(row, tasks, now),
        "waiting": [task for task in tasks if task.mine and not task.done],  # type: ignore[attr-defined]
        "preparations": [
            each for each in meetings_of(row.format, language()) if each.prepares_id == row.pk
        ] if row.format else [],
        "parent": next((each for each in meetings_of(row.format, language()) if each.pk == row.prepares_id), None)
        if row.prepares_id and row.format
        else None,
        "may_change": row.format is not None and bool(policy.decide(actor, "meetings.convene", row.format)),
        "next_status": "closed" if row.status == Meeting.Status.UNDER_WAY else STEPS.get(row.status, ("", ""))[0],
        # A meeting is opened on its day, not weeks before.
        "may_advance": row.status != Meeting.Status.CONVENED
        or row.day <= now.astimezone(ZoneInfo(row.zone)).date(),
    }  # fmt: skip
    return render(request, "meetings/overview.html", context)
