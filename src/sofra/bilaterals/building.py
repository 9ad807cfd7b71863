"""From rows to the engine's problem: everything gets an id that means nothing, and the way back stands beside it.

The engine places what takes one slot. What is longer, and rooms booked for a time, are placed before it, one after the other,
where nothing stands in their way; the engine then finds their principals and rooms taken.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations, pairwise
from uuid import UUID

from sofra.bilaterals.engine.problem import Cost as NoCost
from sofra.bilaterals.engine.problem import (
    Interpreters,
    Placement,
    Principal,
    Problem,
    Request,
    Result,
    Room,
    Rules,
    Slot,
    Weights,
)
from sofra.bilaterals.engine.slots import Cut, Span, touching
from sofra.bilaterals.facts import Facts
from sofra.bilaterals.models import Booking
from sofra.bilaterals.queries.lines import Line
from sofra.meetings.models import Resource

#: What it costs to move or drop what was published. A move costs more than any gap, a drop more than all moves of a day.
MOVED, DROPPED = 50, 1000
PUBLISHED_WEIGHTS = Weights(moved=MOVED, dropped=DROPPED, unfair=1)
PLAIN_WEIGHTS = Weights(unfair=1)


@dataclass(frozen=True)
class Fixed:
    """What was placed before the engine: a longer meeting or a booked room."""

    begins: datetime
    ends: datetime
    room: Resource
    team: Resource | None = None
    line: Line | None = None
    booking: Booking | None = None


@dataclass(frozen=True)
class InWay:
    """A fact in the way of something longer than a slot: its kind, as the engine names it, whom it concerns, in which slots."""

    kind: str
    party: UUID | None = None
    slots: frozenset[str] = frozenset()


@dataclass
class Built:
    """A problem and the way back from its ids. `left_out` could not be placed before the engine: line or booking, and why."""

    problem: Problem
    facts: Facts
    slots: dict[str, Cut]
    lines: dict[str, Line] = field(default_factory=dict)
    rooms: dict[str, Resource] = field(default_factory=dict)
    people: dict[str, tuple[UUID, str]] = field(default_factory=dict)
    fixed: list[Fixed] = field(default_factory=list)
    left_out: list[tuple[Line | Booking, list[InWay]]] = field(default_factory=list)
    teams: dict[frozenset[str], list[Resource]] = field(default_factory=dict)
    published: Result | None = None

    @property
    def longer(self) -> bool:
        """Whether there are meetings of several slots, which the search does not place and its bound does not speak of."""
        return any(line.row.slots > 1 for line in self.facts.lines)


class _Builder:
    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.slots = facts.slots
        self.taken: dict[UUID, list[Span]] = defaultdict(list)
        for resource, spans_ in facts.taken.items():
            self.taken[resource] += spans_
        self.fixed: list[Fixed] = []
        self.left_out: list[tuple[Line | Booking, list[InWay]]] = []
        self.reserved: list[tuple[UUID, Span]] = []

    def free(self, resource: UUID, begins: datetime, ends: datetime) -> bool:
        return not any(b < ends and begins < e for b, e in self.taken[resource])

    def room_for(self, size: str, begins: datetime, ends: datetime, wanted: UUID | None) -> Resource | None:
        fits = [
            room for room, terms in self.facts.rooms
            if (size == "S" or terms.size == "L") and self.free(room.pk, begins, ends)
        ]  # fmt: skip
        fits.sort(key=lambda room: room.pk != wanted)
        return fits[0] if fits else None

    def team_for(self, languages: Iterable[str], begins: datetime, ends: datetime) -> Resource | None:
        asked = set(languages)
        return next(
            (team for team in self.facts.teams if asked <= set(team.languages) and self.free(team.pk, begins, ends)),
            None,
        )

    def book(self, booking: Booking) -> None:
        before = self.facts.standing.get(booking.pk)
        room = self.room_for(booking.size, booking.begins_at, booking.ends_at, before.room_id if before else None)
        team = self.team_for(booking.languages, booking.begins_at, booking.ends_at) if booking.languages else None
        if room is None or (booking.languages and team is None):
            self.left_out.append((booking, [InWay("no_room" if room is None else "no_team")]))
            return
        self._take(Fixed(booking.begins_at, booking.ends_at, room, team, booking=booking), ())

    def long(self, line: Line) -> None:
        """Place a meeting of several slots: where it stood if it still can, else at the first time that does."""
        before = self.facts.wanted(line)
        runs = [self.slots[n : n + line.row.slots] for n in range(len(self.slots) - line.row.slots + 1)]
        runs = [run for run in runs if all(one.ends == other.begins for one, other in pairwise(run))]
        old = before.begins_at if before is not None else None
        runs = [run for run in runs if run[0].begins > self.facts.now or run[0].begins == old]
        if before is not None:
            runs.sort(key=lambda run: run[0].begins != old)
        people = {party: self.facts.person(party, line.level) for party in line.parties}
        tried = []
        for run in runs:
            in_way = list(self._in_way(line, run, people))
            begins, ends = run[0].begins, run[-1].ends
            room = self.room_for(line.row.size, begins, ends, before.room_id if before else None)
            team = self.team_for(line.row.languages, begins, ends) if self.facts.interpreted(line) else None
            if not in_way and room is not None:
                self._take(Fixed(begins, ends, room, team, line=line), people.values())
                return
            tried.append(in_way)
        self.left_out.append((line, fewest(tried)))

    def _in_way(self, line: Line, run: list[Cut], people: dict[UUID, UUID]) -> Iterator[InWay]:
        """What keeps a meeting from these slots."""
        facts, names = self.facts, frozenset(slot.id for slot in run)
        begins, ends = run[0].begins, run[-1].ends
        if left := names - facts.allowed(line):
            yield InWay("windows", slots=left)
        for party, person in people.items():
            if gone := names & (facts.away(person) | touching(run, facts.taken.get(person, []))):
                yield InWay("away", party, gone)
            elif busy := touching(run, self.taken[person]):
                yield InWay("busy", party, busy)
        if self.room_for(line.row.size, begins, ends, None) is None:
            yield InWay("rooms", slots=names)
        if facts.interpreted(line) and self.team_for(line.row.languages, begins, ends) is None:
            yield InWay("teams", slots=names)

    def _take(self, fixed: Fixed, people: Iterable[UUID]) -> None:
        self.fixed.append(fixed)
        span = (fixed.begins, fixed.ends)
        for resource in (fixed.room.pk, *([fixed.team.pk] if fixed.team else ())):
            self.taken[resource].append(span)
        near = self.facts.frame.buffer_slots + self.facts.frame.walking_slots
        at = [n for n, slot in enumerate(self.slots) if slot.id in touching(self.slots, [span])]
        wide = (
            self.slots[max(0, at[0] - near)].begins if at else fixed.begins,
            self.slots[min(len(self.slots) - 1, at[-1] + near)].ends if at else fixed.ends,
        )
        for person in people:
            self.taken[person].append((min(wide[0], span[0]), max(wide[1], span[1])))

    def reserve(self, line: Line) -> None:
        """Keep clear of what is locked: it is the engine's, in its slot."""
        before = self.facts.wanted(line)
        if before is None:
            return
        for resource in (*(self.facts.person(party, line.level) for party in line.parties), before.room_id):
            if resource is not None:
                self.taken[resource].append((before.begins_at, before.ends_at))
                self.reserved.append((resource, (before.begins_at, before.ends_at)))

    def give_back(self) -> None:
        """What was reserved is the engine's to take."""
        for resource, span in self.reserved:
            self.taken[resource].remove(span)


def fewest(tried: list[list[InWay]]) -> list[InWay]:
    """The smallest set of facts one of which stands in the way each time; that there is no time at all, where none was tried."""
    where: dict[tuple[str, UUID | None], frozenset[str]] = defaultdict(frozenset)
    for each in tried:
        for fact in each:
            where[fact.kind, fact.party] |= fact.slots
    ways = [{(fact.kind, fact.party) for fact in each} for each in tried]
    for size in range(1, len(where) + 1):
        for some in combinations(where, size):
            if all(way & set(some) for way in ways):
                return [InWay(kind, party, where[kind, party]) for kind, party in some]
    return [InWay("no_time")]


def build(facts: Facts) -> Built:
    """The problem of a meeting's bilaterals as they stand."""
    builder = _Builder(facts)
    short = [line for line in facts.lines if line.row.slots == 1]
    for line in short:
        if facts.locked(line):
            builder.reserve(line)
    for booking in facts.bookings:
        builder.book(booking)
    for line in sorted((each for each in facts.lines if each.row.slots > 1), key=lambda each: each.priority):
        builder.long(line)
    builder.give_back()
    return _built(builder, short)


def _built(builder: _Builder, short: list[Line]) -> Built:
    facts, slots = builder.facts, builder.slots
    people: dict[tuple[UUID, str], str] = {}
    for line in short:
        for party in line.parties:
            people.setdefault((party, line.level), f"p{len(people)}")
    delegations = {party: f"d{n}" for n, party in enumerate(dict.fromkeys(party for party, _level in people))}
    principals = tuple(
        Principal(
            name, delegations[party],
            touching(slots, builder.taken[facts.person(party, level)]) | facts.away(facts.person(party, level)),
        )
        for (party, level), name in people.items()
    )  # fmt: skip
    rooms = tuple(
        Room(f"r{n}", terms.zone, terms.size, touching(slots, builder.taken[room.pk]))
        for n, (room, terms) in enumerate(facts.rooms)
    )
    teams, interpreters = _teams(builder, short)
    requests = []
    for n, line in enumerate(short):
        languages = frozenset(line.row.languages) if facts.interpreted(line) else None
        allowed = facts.allowed(line)
        wanted = facts.wanted(line) if facts.locked(line) else None
        slot = _slot_of(slots, wanted.begins_at) if wanted is not None else None
        requests.append(
            Request(
                f"m{n}", tuple(people[party, line.level] for party in line.parties), line.priority, line.row.size, languages,
                None if len(allowed) == len(slots) else frozenset(allowed), slot,
            )
        )  # fmt: skip
    apart = tuple(
        (one, other)
        for first, second in facts.apart
        for (party, _l), one in people.items() if party == first
        for (party2, _m), other in people.items() if party2 == second
    )  # fmt: skip
    names = {line.row.pk: f"m{n}" for n, line in enumerate(short)}
    room_names = {room.pk: f"r{n}" for n, (room, _terms) in enumerate(facts.rooms)}
    before = []
    for line in short:
        stood = facts.standing.get(line.row.pk)
        slot = _slot_of(slots, stood.begins_at) if stood is not None else None
        if stood is not None and slot is not None and stood.room_id in room_names:
            before.append(Placement(names[line.row.pk], slot, room_names[stood.room_id]))
    published = Result("feasible", tuple(before), (), NoCost(), None) if before else None
    problem = Problem(
        tuple(Slot(slot.id, slot.day, slot.begins, slot.ends) for slot in slots), principals, rooms,
        interpreters, tuple(requests), apart,
        Rules(buffer_slots=facts.frame.buffer_slots, walking_slots=facts.frame.walking_slots),
        PUBLISHED_WEIGHTS if published else PLAIN_WEIGHTS,
    )  # fmt: skip
    return Built(
        problem, facts, {slot.id: slot for slot in slots}, {names[line.row.pk]: line for line in short},
        {name: room for (room, _t), name in zip(facts.rooms, room_names.values(), strict=True)},
        {name: key for key, name in people.items()}, builder.fixed, builder.left_out, teams, published,
    )  # fmt: skip


def _slot_of(slots: list[Cut], begins: datetime) -> str | None:
    return next((slot.id for slot in slots if slot.begins == begins), None)


def _teams(
    builder: _Builder, short: list[Line]
) -> tuple[dict[frozenset[str], list[Resource]], tuple[Interpreters, ...]]:
    """Each team counts for one pair of languages, the one that has most need of it; how many there are, and are taken when."""
    asked: dict[frozenset[str], int] = defaultdict(int)
    for line in short:
        if builder.facts.interpreted(line):
            asked[frozenset(line.row.languages)] += 1
    found: dict[frozenset[str], list[Resource]] = {pair: [] for pair in asked}
    for team in sorted(builder.facts.teams, key=lambda each: len(each.languages)):
        fits = [pair for pair in asked if pair <= set(team.languages)]
        if fits:
            found[max(fits, key=lambda pair: asked[pair] / (1 + len(found[pair])))].append(team)
    counted = []
    for pair, teams in found.items():
        shut = Counter(slot for team in teams for slot in touching(builder.slots, builder.taken[team.pk]))
        counted.append(Interpreters(pair, len(teams), dict(shut)))
    return found, tuple(counted)
