"""The day of one principal: what is published for it and what its sides agreed on, in the order of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from sofra.bilaterals.commands.common import PRINCIPALS
from sofra.bilaterals.engine.workflow import Code
from sofra.bilaterals.models import Level, Placement, Purpose, Request
from sofra.bilaterals.queries.lines import Line, lines, lines_of
from sofra.kernel import wordings
from sofra.kernel.acting import current
from sofra.meetings.engine.calendar import Event
from sofra.meetings.models import Meeting, Resource

#: How long before it is held a time is agreed on at most, for a calendar to find it.
FAR = timedelta(days=400)


@dataclass
class Entry:
    """One meeting of a day: with whom, when, where, with which interpreters; the purpose where it is the reader's."""

    line: Line | None
    placement: Placement | None
    begins: datetime
    ends: datetime
    others: list[UUID]
    room: wordings.Worded
    where: str = ""
    team: str = ""
    purpose: Purpose | None = None


def day_of(meeting: Meeting, party: UUID, level: str, language: str) -> list[Entry]:
    """The meetings of a party's principal, as far as the reader may read them."""
    rows = [
        line for line in lines_of(meeting) if party in line.parties and line.level == level and line.span is not None
    ]
    purposes = {row.request_id: row for row in Purpose.objects.filter(request__in=[line.row.pk for line in rows])}
    found = []
    for line in rows:
        span = line.span
        assert span is not None
        placed, agreed = line.placement, line.agreed
        room = wordings.choose(placed.room_words if placed else {}, language)
        where = agreed.place if placed is None and agreed is not None else ""
        others = [each for each in line.parties if each != party]
        found.append(Entry(line, placed, span[0], span[1], others, room, where, "", purposes.get(line.row.pk)))
    if level == Level.MINISTER:
        booked = Placement.objects.filter(meeting=meeting, current=True, cancelled=False, booking__owner_party=party)
        found += [
            Entry(None, row, row.begins_at, row.ends_at, [], wordings.choose(row.room_words, language))
            for row in booked
        ]
    _teams(found, language)
    return sorted(found, key=lambda each: each.begins)


def _teams(found: list[Entry], language: str) -> None:
    """Names of teams, where the reader may read them; else the languages that are interpreted."""
    keys = {each.placement.team_id for each in found if each.placement is not None and each.placement.team_id}
    teams = {row.pk: row for row in Resource.objects.filter(pk__in=keys)}
    wordings.attach(teams.values(), language)
    for each in found:
        team = teams.get(each.placement.team_id) if each.placement is not None and each.placement.team_id else None
        if team is not None:
            each.team = str(team.worded.get("name", ""))  # type: ignore[attr-defined]
        elif each.placement is not None and each.placement.team_id:
            each.team = _("interpreted")


def events(language: str, since: datetime) -> list[Event]:
    """The bilaterals of the actor's delegation as events. Nobody is named: a calendar leaves the house."""
    party = current().party_id
    if party is None:
        return []
    found = []
    placed = Placement.objects.filter(current=True, ends_at__gte=since).select_related("meeting")
    rows = list(placed.order_by("begins_at", "id"))
    asked = {row.request_id for row in rows if row.request_id is not None}
    by_request = {line.row.pk: line for line in lines(Request.objects.filter(pk__in=asked))} if asked else {}
    for row in rows:
        line = by_request.get(row.request_id) if row.request_id else None
        if row.request_id is not None and (line is None or party not in line.parties):
            continue
        off = row.cancelled or (line is not None and line.code == Code.WITHDRAWN)
        uid = line.row.uid if line is not None else uuid5(PRINCIPALS, str(row.booking_id))
        stamp = row.published_at or row.begins_at
        found.append(_event(row, uid, language, off, stamp))
    confirmed = lines(Request.objects.filter(acts__kind="confirmed", acts__at__gte=since - FAR).distinct())
    agreed = [line for line in confirmed if line.agreed is not None and line.row.pk not in asked]
    meetings = Meeting.objects.in_bulk([line.row.meeting_id for line in agreed]) if agreed else {}
    for line in agreed:
        act, meeting = line.agreed, meetings.get(line.row.meeting_id)
        if act is None or meeting is None or act.begins_at is None or act.ends_at is None or act.ends_at < since:
            continue
        title = _titled(line.level_words, meeting)
        number = sum(each.kind == "confirmed" for each in line.acts)
        found.append(
            Event(
                f"{line.row.uid}@sofra", title, act.begins_at, act.ends_at, meeting.zone, act.at, number, False, act.place,
                _("Exercise: positions invented") if meeting.exercise else "",
            )
        )  # fmt: skip
    return found


def _event(row: Placement, uid: Any, language: str, off: bool, stamp: datetime) -> Event:
    room = wordings.choose(row.room_words, language).text
    about = _("Exercise: positions invented") if row.meeting.exercise else ""
    return Event(
        f"{uid}@sofra", _titled("", row.meeting), row.begins_at, row.ends_at, row.meeting.zone, stamp,
        row.sequence + (1 if off and not row.cancelled else 0), off, room, about,
    )  # fmt: skip


def _titled(level: str, meeting: Meeting) -> str:
    title = _("Bilateral meeting") + (f" ({level})" if level else "")
    return _("Exercise: %(title)s") % {"title": title} if meeting.exercise else title
