"""What is told of a meeting outside its members, and meetings as a reader knows of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from sofra.kernel import acting, policy, wordings
from sofra.kernel.wordings import Worded
from sofra.meetings.models import AgendaPublication, Announcement, Meeting, Outcome


def word_meetings(rows: Iterable[Meeting], language: str, also: Iterable[Any] = ()) -> None:
    """Give meetings (and `also` other rows) `worded`, and meetings `known_by`: the meeting itself, or the announcement by
    which alone the reader knows of it.

    One query; two more where a meeting is known by an announcement.
    """
    meetings = list(rows)
    wordings.attach([*meetings, *also], language)
    know_meetings(meetings, language)


def know_meetings(meetings: Iterable[Meeting], language: str) -> None:
    """The same for meetings whose own wordings are attached already."""
    actor = acting.current()
    told: list[Meeting] = []
    for row in meetings:
        row.known_by = row  # type: ignore[attr-defined]
        if not policy.may_read(actor, row):
            told.append(row)
    if not told:
        return
    announcements = list(Announcement.objects.filter(meeting__in=[row.pk for row in told], withdrawn_at__isnull=True))
    wordings.attach(announcements, language)
    # The one that reaches furthest is named last.
    by_meeting = {row.meeting_id: row for row in sorted(announcements, key=lambda row: row.to == "public")}
    for row in told:
        if found := by_meeting.get(row.pk):
            row.known_by, row.worded = found, found.worded  # type: ignore[attr-defined]


def announcements_of(meeting: Meeting) -> list[Announcement]:
    """The announcements that stand or are set for an instant to come, as far as the actor may read them."""
    return list(Announcement.objects.filter(meeting=meeting, withdrawn_at__isnull=True))


def publications_of(meeting: Meeting) -> list[AgendaPublication]:
    """What is published of a meeting's agenda or set for an instant to come, as far as the actor may read it."""
    return list(AgendaPublication.objects.filter(meeting=meeting, withdrawn_at__isnull=True))


def get_announcement(meeting: Meeting, key: Any) -> Announcement | None:
    """One announcement that stands."""
    return Announcement.objects.filter(meeting=meeting, pk=key, withdrawn_at__isnull=True).first()


def get_publication(meeting: Meeting, key: Any) -> AgendaPublication | None:
    """One publication that stands."""
    return AgendaPublication.objects.filter(meeting=meeting, pk=key, withdrawn_at__isnull=True).first()


def published_agenda(meeting: Meeting, language: str) -> tuple[AgendaPublication, list[Worded]] | None:
    """The agenda as it is told outside, with its titles for the reader; None where none is."""
    row = publications_of(meeting)[-1:]
    if not row:
        return None
    return row[0], [wordings.choose(line["title"], language) for line in row[0].content["lines"]]


def ahead(language: str, most: int = 3) -> list[Meeting]:
    """The next meetings the actor may know of, the nearest first, worded."""
    from sofra.meetings.queries.convening import worded

    today = timezone.now().date() - timedelta(days=1)
    rows = Meeting.objects.filter(status__in=(Meeting.Status.CONVENED, Meeting.Status.UNDER_WAY), day__gte=today)
    return worded(list(rows.select_related("format").order_by("day", "begins_at")[:most]), language)


def latest_outcomes(language: str, most: int = 5) -> list[Outcome]:
    """What meetings ended with, as far as the actor may read it, the newest first: titles alone."""
    rows = list(
        Outcome.objects.filter(released_at__lte=timezone.now(), withdrawn_at__isnull=True)
        .exclude(kind=Outcome.Kind.NONE)
        .select_related("meeting__format")
        .order_by("-released_at")[:most]
    )
    wordings.attach(rows, language)
    meetings = {row.meeting_id: row.meeting for row in rows}
    word_meetings(meetings.values(), language)
    for row in rows:
        row.meeting = meetings[row.meeting_id]
    return rows
