"""A problem in numbers, for what searches: ids become indices, rooms become places, and what can never be is left out.

A *place* is a set of rooms that search does not tell apart: the rooms of a zone, or all rooms where nothing depends on
zones. Small meetings may use large rooms, so a place holds two counts per slot: all its rooms, and the large ones among
them; any set of meetings within both counts finds rooms (`rooms.assign`). Where something was published, large and small
rooms are places of their own, so that a place and a slot decide whether a meeting can keep its room.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from sofra.bilaterals.engine.problem import Cost, Placement, Problem, Result

#: Where a meeting stands: slot, place.
Spot = tuple[int, int]
Spots = dict[int, Spot]


@dataclass(frozen=True)
class Layout:
    """A problem by index: `m` a request, `p` a principal, `t` a slot, `k` a place, `pair` a pair of languages.

    `teams` are counts by pair and slot; `slots` are where a request can be held; `counted` says whether it costs something
    not to hold it.
    """

    problem: Problem
    days: list[int]
    zone: list[int]
    place_of_room: list[int]
    capacity: list[list[int]]
    large_capacity: list[list[int]]
    teams: list[list[int]]
    members: list[tuple[int, ...]]
    large: list[bool]
    pair: list[int]
    slots: list[list[int]]
    counted: list[bool]
    weight: list[int]
    before: list[tuple[int, int]]
    partners: list[list[int]]
    published: Spots = field(default_factory=dict)
    was_published: frozenset[int] = frozenset()

    @property
    def times(self) -> int:
        """How many slots there are."""
        return len(self.days)

    @property
    def places(self) -> int:
        """How many places there are."""
        return len(self.zone)

    @property
    def principals(self) -> int:
        """How many principals there are."""
        return len(self.partners)

    @cached_property
    def meetings(self) -> list[list[int]]:
        """The requests of every principal."""
        found: list[list[int]] = [[] for _ in self.partners]
        for m, members in enumerate(self.members):
            for p in members:
                found[p].append(m)
        return found

    @cached_property
    def groups(self) -> list[list[int]]:
        """The principals who have to do with each other, group by group: no request goes from one group to another."""
        found, seen = [], set()
        for first in range(self.principals):
            if first in seen:
                continue
            seen.add(first)
            group, waiting = [], [first]
            while waiting:
                p = waiting.pop()
                group.append(p)
                for q in {q for m in self.meetings[p] if self.slots[m] for q in self.members[m]} - seen:
                    seen.add(q)
                    waiting.append(q)
            found.append(sorted(group))
        return found

    @cached_property
    def needed(self) -> list[int]:
        """The requests that must be held: all, or those that are locked."""
        if self.problem.rules.hold_all:
            return list(range(len(self.members)))
        return [m for m, request in enumerate(self.problem.requests) if request.slot is not None]

    @cached_property
    def delegations(self) -> list[str]:
        """The delegations, in the order of the file."""
        return list(dict.fromkeys(each.delegation for each in self.problem.principals))

    @cached_property
    def party(self) -> list[int]:
        """The delegation of every principal, by index."""
        index = {name: number for number, name in enumerate(self.delegations)}
        return [index[each.delegation] for each in self.problem.principals]

    @cached_property
    def parties(self) -> list[tuple[int, ...]]:
        """The delegations of every request, each once."""
        return [tuple(dict.fromkeys(self.party[p] for p in members)) for members in self.members]

    @cached_property
    def asked(self) -> list[int]:
        """How many possible requests each delegation has."""
        found = [0] * len(self.delegations)
        for m, parties in enumerate(self.parties):
            if self.counted[m]:
                for party in parties:
                    found[party] += 1
        return found

    def unfairness(self, party: int, burden: int) -> int:
        """What a burden costs a delegation, before its weight: the square of burden by what it asked for, in per cent."""
        asked = self.asked[party]
        return 100 * burden * burden // (16 * asked * asked) if asked else 0

    def fits(self, m: int, t: int, k: int) -> bool:
        """Whether a place has a room for a request in a slot at all."""
        return (self.large_capacity if self.large[m] else self.capacity)[k][t] > 0

    def spots(self, m: int) -> list[Spot]:
        """Every slot and place that a request could have if it were the only one."""
        return [(t, k) for t in self.slots[m] for k in range(self.places) if self.fits(m, t, k)]

    def apart(self, t: int, zone: int, other_t: int, other_zone: int) -> bool:
        """Whether one principal can have meetings in two slots and zones: buffer and walk between them are kept."""
        rules = self.problem.rules
        return abs(t - other_t) > rules.buffer_slots + (rules.walking_slots if zone != other_zone else 0)

    def gaps(self, times: list[int]) -> int:
        """The gaps of one principal whose meetings stand in these slots."""
        times = sorted(times)
        return sum(later - earlier > 1 and self.days[later] == self.days[earlier] for earlier, later in pairwise(times))

    def coverage(self, p: int) -> list[int]:
        """How many meetings a principal can have with 0, 1, 2 … gaps at most, by when it can have any at all.

        The stretches in which it can are filled, the longest of each day first, for that takes no gap; the increases fall.
        """
        able = sorted({t for m in self.meetings[p] for t in self.slots[m]})
        stretches: dict[int, list[int]] = {}
        for earlier, t in zip([-2, *able], able, strict=False):
            lengths = stretches.setdefault(self.days[t], [])
            if t - earlier == 1 and lengths:
                lengths[-1] += 1
            else:
                lengths.append(1)
        if self.problem.rules.buffer_slots:  # every two meetings of a day have a gap between them
            stretches = {day: [1] * sum(lengths) for day, lengths in stretches.items()}
        first = sum(max(lengths) for lengths in stretches.values())
        rest = sorted((each for lengths in stretches.values() for each in sorted(lengths)[:-1]), reverse=True)
        found = [first]
        for length in rest:
            found.append(found[-1] + length)
        return found

    def cost(self, held: Spots) -> Cost:
        """What a schedule costs. A published meeting that cannot have its room counts as moved wherever it stands."""
        weights = self.problem.weights
        gaps = [self.gaps([held[m][0] for m in meetings if m in held]) for meetings in self.meetings]
        missed = [m for m in range(len(self.members)) if m not in held and self.counted[m]]
        unfair = 0
        if weights.unfair:
            burden = [0] * len(self.delegations)
            for p, number in enumerate(gaps):
                burden[self.party[p]] += number
            for m in missed:
                for party in self.parties[m]:
                    burden[party] += 4
            unfair = sum(self.unfairness(party, each) for party, each in enumerate(burden))
        return Cost(
            missed=sum(self.weight[m] for m in missed),
            gap=weights.gap * sum(gaps),
            moved=weights.moved * sum(m in held and self.published.get(m) != held[m] for m in self.was_published),
            dropped=weights.dropped * sum(m in self.was_published for m in missed),
            unfair=weights.unfair * unfair,
        )


def lay_out(problem: Problem, published: Result | None = None) -> Layout:
    """A problem by index, with what was published where something was."""
    slot_index = {slot.id: t for t, slot in enumerate(problem.slots)}
    index = {each.id: p for p, each in enumerate(problem.principals)}
    request_index = {each.id: m for m, each in enumerate(problem.requests)}
    day_index = {name: number for number, name in enumerate(dict.fromkeys(slot.day for slot in problem.slots))}
    zoned = bool(problem.apart) or problem.rules.walking_slots > 0
    keys = [(room.zone if zoned else "", room.size if published else "") for room in problem.rooms]
    kinds = list(dict.fromkeys(keys))
    zones = list(dict.fromkeys(zone for zone, _ in kinds))
    capacity = [[0] * len(problem.slots) for _ in kinds]
    large_capacity = [[0] * len(problem.slots) for _ in kinds]
    for room, key in zip(problem.rooms, keys, strict=True):
        for slot in problem.slots:
            if slot.id not in room.unavailable:
                capacity[kinds.index(key)][slot_index[slot.id]] += 1
                large_capacity[kinds.index(key)][slot_index[slot.id]] += room.size == "L"
    pairs = {each.languages: number for number, each in enumerate(problem.interpreters)}
    teams = [[each.working(slot.id) for slot in problem.slots] for each in problem.interpreters]
    partners: list[list[int]] = [[] for _ in problem.principals]
    for one, other in problem.apart:
        partners[index[one]].append(index[other])
        partners[index[other]].append(index[one])
    days = [day_index[slot.day] if problem.rules.gap_scope == "day" else 0 for slot in problem.slots]
    members = [tuple(index[name] for name in request.principals) for request in problem.requests]
    large = [request.size == "L" for request in problem.requests]
    anywhere = [any(row[t] for row in capacity) for t in range(len(days))]
    anywhere_large = [any(row[t] for row in large_capacity) for t in range(len(days))]
    closed = [{slot_index[name] for name in each.unavailable} for each in problem.principals]
    slots, counted = [], []
    for m, request in enumerate(problem.requests):
        allowed = range(len(days)) if request.slots is None else sorted(slot_index[name] for name in request.slots)
        if request.slot is not None:
            allowed = [t for t in allowed if t == slot_index[request.slot]]
        allowed = [t for t in allowed if not any(t in closed[p] for p in members[m])]
        counted.append(bool(allowed))
        languages = request.languages
        if languages is not None:
            allowed = [t for t in allowed if languages in pairs and teams[pairs[languages]][t]]
        if any(other in members[m] for p in members[m] for other in partners[p]):
            allowed = []
        open_then = anywhere_large if large[m] else anywhere
        slots.append([t for t in allowed if open_then[t]])
    layout = Layout(
        problem=problem,
        days=days,
        zone=[zones.index(zone) for zone, _ in kinds],
        place_of_room=[kinds.index(key) for key in keys],
        capacity=capacity,
        large_capacity=large_capacity,
        teams=teams,
        members=members,
        large=large,
        pair=[pairs.get(request.languages, -1) if request.languages else -1 for request in problem.requests],
        slots=slots,
        counted=counted,
        weight=[problem.weights.missed[request.priority] for request in problem.requests],
        before=[(m, request_index[name]) for m, request in enumerate(problem.requests) for name in request.before],
        partners=partners,
        was_published=frozenset(
            request_index[each.request]
            for each in (published.placed if published else ())
            if each.request in request_index
        ),
    )
    layout.published.update(spots_of(layout, published.placed if published else ()))
    return layout


def spots_of(layout: Layout, placed: tuple[Placement, ...]) -> Spots:
    """Where placements stand by index, as far as each is possible by itself in this problem."""
    problem = layout.problem
    slots = {slot.id: t for t, slot in enumerate(problem.slots)}
    rooms = {room.id: number for number, room in enumerate(problem.rooms)}
    requests = {each.id: m for m, each in enumerate(problem.requests)}
    found: Spots = {}
    for each in placed:
        if each.request in requests and each.slot in slots and each.room in rooms:
            m, t, room = requests[each.request], slots[each.slot], rooms[each.room]
            open_then = each.slot not in problem.rooms[room].unavailable
            if t in layout.slots[m] and open_then and layout.fits(m, t, layout.place_of_room[room]):
                found[m] = (t, layout.place_of_room[room])
    return found


def count(
    layout: Layout, held: Spots
) -> tuple[defaultdict[Spot, int], defaultdict[Spot, int], defaultdict[tuple[int, int], int]]:
    """What a schedule uses: rooms and large rooms by slot and place, teams by pair and slot."""
    rooms: defaultdict[Spot, int] = defaultdict(int)
    large: defaultdict[Spot, int] = defaultdict(int)
    teams: defaultdict[tuple[int, int], int] = defaultdict(int)
    for m, spot in held.items():
        rooms[spot] += 1
        large[spot] += layout.large[m]
        if layout.pair[m] >= 0:
            teams[layout.pair[m], spot[0]] += 1
    return rooms, large, teams
