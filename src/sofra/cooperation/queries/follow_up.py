"""What a meeting looks back on: which promises stand, what was said since the meeting before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from sofra.cooperation.engine.state import Code
from sofra.cooperation.models import Commitment, Report
from sofra.cooperation.queries.lines import Line, in_order, lines_of, now, rows
from sofra.cooperation.queries.public import public_lines
from sofra.cooperation.standing import closes_at, seen_from
from sofra.kernel import wordings
from sofra.kernel.acting import Actor
from sofra.kernel.models import Format
from sofra.meetings.models import Meeting

SOON = timedelta(days=14)


@dataclass
class FollowUp:
    """A meeting's follow-up at the instant `at`: promises that stand, dates that wait, what no longer counts."""

    meeting: Meeting
    meetings: list[Meeting]
    previous: Meeting | None
    at: datetime
    standing: list[Any]
    waiting: list[Any]
    closed: list[Any]

    @property
    def lines(self) -> list[Any]:
        """All of them, in that order."""
        return [*self.standing, *self.waiting, *self.closed]


@dataclass
class Group:
    """Lines under one heading: a month or a theme, never a party."""

    title: str
    lines: list[Any]


def meetings_of(place: Format | Any) -> list[Meeting]:
    """The meetings of a format that were or will be held, oldest first; preparatory ones look at no follow-up of their own."""
    found = Meeting.objects.filter(format=place).exclude(status=Meeting.Status.CANCELLED)
    found = found.exclude(kind=Meeting.Kind.PREPARATORY)
    return sorted(found, key=lambda each: (closes_at(each), each.slug))


def follow_up(meeting: Meeting, language: str, at: datetime | None = None) -> FollowUp:
    """What stands at a meeting: all that is open, and all that ended since the meeting before it."""
    meetings = meetings_of(meeting.format_id)
    earlier = [each for each in meetings if closes_at(each) < closes_at(meeting) and each.pk != meeting.pk]
    previous = earlier[-1] if earlier else None
    since = closes_at(previous) if previous else None
    instant = seen_from(meeting, at or now())
    wordings.attach(meetings, language)
    lines = lines_of(rows().filter(format=meeting.format_id, made_at__lte=instant), instant, language)
    found = FollowUp(meeting, meetings, previous, instant, [], [], [])
    for line in lines:
        line.said = said_between(line.reports, since, instant)
        over = line.ended or line.state.code is Code.DECLINED
        if over and since is not None and line.state.since is not None and line.state.since <= since:
            continue
        if line.counting:
            found.standing.append(line)
        elif over:
            found.closed.append(line)
        else:
            found.waiting.append(line)
    return found


def public_follow_up(meeting: Meeting, language: str, at: datetime | None = None) -> FollowUp:
    """The same for everyone: what owners made public, and what is public of what was said since the meeting before."""
    assert meeting.format is not None
    meetings = meetings_of(meeting.format_id)
    earlier = [each for each in meetings if closes_at(each) < closes_at(meeting) and each.pk != meeting.pk]
    previous = earlier[-1] if earlier else None
    since = closes_at(previous) if previous else None
    instant = at or now()
    seen = seen_from(meeting, instant)
    found = FollowUp(meeting, meetings, previous, seen, [], [], [])
    for line in public_lines(meeting.format, instant, language, seen_from=seen):
        line.said = [each for each in line.reports if since is None or each.said_at > since]
        over_before = line.ended and since is not None and line.state.since is not None and line.state.since <= since
        if line.counting and not over_before:
            found.standing.append(line)
        elif line.state.code is Code.WITHDRAWN and not over_before:
            found.closed.append(line)
    return found


def all_of(place: Format, language: str) -> list[Line]:
    """Every commitment of a format the actor may read, as it stands now."""
    return lines_of(rows().filter(format=place), now(), language)


def said_between(reports: Iterable[Report], since: datetime | None, until: datetime) -> list[Report]:
    """The reports that reached the house after one instant and not after another, oldest first."""
    return [each for each in reports if (since is None or each.at > since) and each.at <= until]


def grouped(lines: list[Any], by: str, language: str) -> list[Group]:
    """Lines under months of their due dates, or under themes: in order of the calendar, or of the themes' names."""
    groups: dict[Any, Group] = {}
    for line in lines:
        if by == "theme":
            key: Any = line.theme
            title = line.theme or _("No theme")
        else:
            due = line.due
            key = (due.year, due.month) if due else (9999, 1)
            title = f"{MONTHS[due.month]} {due.year}" if due else _("No date")
        groups.setdefault(key, Group(title, [])).lines.append(line)
    for group in groups.values():
        group.lines = in_order(group.lines, language)
    if by == "theme":
        # What has no theme comes last.
        return [groups[key] for key in sorted(groups, key=lambda each: (not each, each))]
    return [groups[key] for key in sorted(groups)]


def waiting_for(actor: Actor, language: str, at: datetime) -> list[Line]:
    """The commitments in which something may wait for the actor: its own, or all of the formats it serves."""
    found = rows()
    if actor.party_id is not None:
        found = found.filter(owner_id=actor.party_id, format_id__in=actor.member_of)
    elif not actor.is_secretariat and not actor.house:
        return []
    return lines_of(found, at, language)


def served(commitment: Commitment, actor: Actor) -> bool:
    """Whether the actor is the secretariat of the commitment's format."""
    return actor.serves(commitment.format_id)
