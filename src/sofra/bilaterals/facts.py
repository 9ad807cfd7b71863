"""What a schedule has to know, read by the secretariat: who wants to meet, who is away, which rooms and teams are free when.

What delegations keep to themselves comes in as times taken, with no word on by what.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from sofra.bilaterals.commands.common import principal
from sofra.bilaterals.engine.slots import Cut, Span, spans, touching, within
from sofra.bilaterals.engine.workflow import Code
from sofra.bilaterals.models import Apart, Booking, Frame, Level, Placement, RoomTerms, Schedule
from sofra.bilaterals.queries.grid import frame_of, slots_of
from sofra.bilaterals.queries.lines import Line, lines_of
from sofra.kernel.commands import database_now
from sofra.kernel.models import Occupancy
from sofra.meetings.models import Delegate, Journey, Meeting, Resource, Session


@dataclass
class Facts:
    """Everything about a meeting's bilaterals at an instant. `standing`: what is published, `base`: the draft begun from."""

    meeting: Meeting
    frame: Frame
    slots: list[Cut]
    now: datetime
    lines: list[Line]
    bookings: list[Booking]
    rooms: list[tuple[Resource, RoomTerms]]
    teams: list[Resource]
    taken: dict[UUID, list[Span]]
    journeys: dict[tuple[UUID, str], list[Journey]]
    apart: list[tuple[UUID, UUID]]
    standing: dict[UUID, Placement] = field(default_factory=dict)
    base: dict[UUID, Placement] = field(default_factory=dict)
    _people: dict[tuple[UUID, str], UUID] = field(default_factory=dict)
    _away: dict[UUID, frozenset[str]] = field(default_factory=dict)

    def person(self, party: UUID, level: str) -> UUID:
        """The resource of a party's principal."""
        if (party, level) not in self._people:
            assert self.meeting.format_id is not None
            key = principal(self.meeting.format_id, party, level)
            self._people[party, level] = key
            times = [(self.slots[0].begins, j.at) for j in self._at(party, level, Journey.Direction.ARRIVAL)]
            times += [(j.at, self.slots[-1].ends) for j in self._at(party, level, Journey.Direction.DEPARTURE)]
            self._away[key] = touching(self.slots, [span for span in times if span[0] < span[1]])
        return self._people[party, level]

    def _at(self, party: UUID, level: str, direction: str) -> list[Journey]:
        return [row for row in self.journeys.get((party, level), []) if row.direction == direction]

    def away(self, person: UUID) -> frozenset[str]:
        """The slots in which a principal has not arrived yet, or has left."""
        return self._away.get(person, frozenset())

    def allowed(self, line: Line) -> frozenset[str]:
        """The slots a request allows by its windows and that have not begun yet."""
        ahead = [slot for slot in self.slots if slot.begins > self.now]
        found = within(ahead, line.windows) if line.windows else frozenset(slot.id for slot in ahead)
        if self.locked(line) and (wanted := self.wanted(line)) is not None:
            found |= {slot.id for slot in self.slots if slot.begins == wanted.begins_at}
        return found

    def locked(self, line: Line) -> bool:
        """Whether a request stays where it is: locked in the draft, or begun already."""
        base, stood = self.base.get(line.row.pk), self.standing.get(line.row.pk)
        begun = stood is not None and stood.begins_at <= self.now
        return begun or (base is not None and base.locked)

    def wanted(self, line: Line) -> Placement | None:
        """Where a request stood: in the published schedule where it has begun, else in the draft, else in the published."""
        base, stood = self.base.get(line.row.pk), self.standing.get(line.row.pk)
        if stood is not None and stood.begins_at <= self.now:
            return stood
        return base or stood

    def interpreted(self, line: Line) -> bool:
        """Whether a team of interpreters is needed: languages are named, and no side brings its own."""
        return bool(line.row.languages) and not (line.arrangement is not None and line.arrangement.own_interpreter)


def facts_of(meeting: Meeting, base: Schedule | None = None) -> Facts | None:
    """The facts of a meeting, as its secretariat may know them; None where no hours are set."""
    frame = frame_of(meeting)
    slots = slots_of(meeting, frame)
    if frame is None or not slots:
        return None
    now = database_now()
    lines = [
        line for line in lines_of(meeting, now)
        if line.code == Code.ACCEPTED and line.agreed is None and not line.row.discreet
    ]  # fmt: skip
    bookings = list(Booking.objects.filter(meeting=meeting))
    terms = RoomTerms.objects.filter(meeting=meeting, used=True, room__retired=False).select_related("room")
    rooms = sorted(((row.room, row) for row in terms), key=lambda each: (each[0].order, str(each[0].pk)))
    teams = list(Resource.objects.filter(format=meeting.format_id, kind=Resource.Kind.INTERPRETERS, retired=False))
    # What is held for what is being placed anew is free for it; every other hold stands.
    movable = [line.row.pk for line in lines] + [row.pk for row in bookings]
    placed = Placement.objects.filter(meeting=meeting, current=True, cancelled=False)
    return Facts(
        meeting, frame, slots, now, lines, [row for row in bookings if row.withdrawn_at is None], rooms, teams,
        taken_of(meeting, slots[0].begins, slots[-1].ends, movable, rooms), journeys_of(meeting),
        [(row.one_id, row.other_id) for row in Apart.objects.filter(meeting=meeting, ended_at=None)],
        {key: row for row in placed if (key := row.request_id or row.booking_id) is not None},
        _base(base),
    )  # fmt: skip


def _base(base: Schedule | None) -> dict[UUID, Placement]:
    rows = base.placements.filter(cancelled=False) if base is not None else ()
    return {key: row for row in rows if (key := row.request_id or row.booking_id) is not None}


def taken_of(
    meeting: Meeting, since: datetime, until: datetime, movable: list[UUID], rooms: list[tuple[Resource, RoomTerms]]
) -> dict[UUID, list[Span]]:
    """When each resource is taken: published holds and private blocks, sessions being arranged, rooms that are closed."""
    found: dict[UUID, list[Span]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT resource, begins, ends FROM sofra_bilateral_taken(%s, %s, %s, %s)",
            [meeting.format_id, since, until, movable],
        )
        for resource, begins, ends in cursor.fetchall():
            found[resource].append((begins, ends))
    sessions = Session.objects.filter(meeting=meeting, cancelled_at=None).values("pk")
    pencilled: Any = Occupancy.objects.filter(state=Occupancy.State.PENCILLED, holder__in=sessions)
    for resource, during in pencilled.values_list("resource", "during"):
        found[resource].append((during.lower, during.upper))
    for room, terms in rooms:
        found[room.pk] += spans(terms.closed)
    return found


def journeys_of(meeting: Meeting) -> dict[tuple[UUID, str], list[Journey]]:
    """The journeys that say when a principal is there, by party and level: the head's own before the delegation's.

    The last arrival and the first departure count. A delegation's journey counts for all levels.
    """
    heads = Q(delegate__isnull=True) | Q(delegate__place=Delegate.Place.HEAD, delegate__withdrawn_at=None)
    rows = Journey.objects.filter(heads, delegation__meeting=meeting, withdrawn_at=None).order_by("at")
    by: dict[tuple[UUID, bool, str], list[Journey]] = defaultdict(list)
    for row in rows:
        if row.owner_party_id is not None:
            by[row.owner_party_id, row.delegate_id is not None, row.direction].append(row)
    found: dict[tuple[UUID, str], list[Journey]] = defaultdict(list)
    for party in {key[0] for key in by}:
        for direction, which in ((Journey.Direction.ARRIVAL, -1), (Journey.Direction.DEPARTURE, 0)):
            team, head = by.get((party, False, direction)), by.get((party, True, direction))
            for level in Level.values:
                told = (head or team) if level == Level.MINISTER else team
                if told:
                    found[party, level].append(told[which])
    return found
