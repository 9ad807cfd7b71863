"""Why a request is not held: the smallest set of facts that together take every slot and place from it.

A fact gathers what is told in one breath: a principal's absence, a principal's other meetings, the windows of the request,
full rooms, teams at work. There are about ten of them, so the smallest set is found by looking at all sets; among equally
small ones, the one with more lasting facts is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial, reduce
from itertools import combinations, groupby
from operator import or_

from sofra.bilaterals.engine.layout import Layout, Spots, count
from sofra.bilaterals.engine.problem import Fact, Unplaced

#: How many requests a sentence names before it counts the rest.
NAMED = 6
#: The largest set of facts that is looked for; where more are needed, all are told.
MOST_FACTS = 5


class Blockers:
    """What each slot is taken by in a schedule; made once and asked for every request that is not held.

    A set of slots and places is one integer: bit `t * places + k`.
    """

    def __init__(self, layout: Layout, held: Spots) -> None:
        self.layout = layout
        self.held = held
        self.index = {slot.id: t for t, slot in enumerate(layout.problem.slots)}
        self.whole = (1 << (layout.times * layout.places)) - 1
        self.row = (1 << layout.places) - 1
        self.at: list[dict[int, int]] = [{} for _ in range(layout.principals)]
        self.rooms, self.large, self.working = count(layout, held)
        for m, (t, _) in sorted(held.items()):
            for p in layout.members[m]:
                self.at[p][t] = m
        self._busy: dict[int, int] = {}
        self._zones: dict[int, int] = {}
        self.closed = [self._where(partial(self._shut, size)) for size in (False, True)]
        self.full = [self._where(partial(self._taken, size)) for size in (False, True)]
        self.away = [
            sum(self.row << self.index[name] * layout.places for name in each.unavailable)
            for each in layout.problem.principals
        ]

    def why(self, m: int) -> Unplaced:
        """The reason of a request that is not held, as facts and as a sentence."""
        layout = self.layout
        request = layout.problem.requests[m]
        facts = self._facts(m)
        chosen = _smallest(facts, self.whole)
        if chosen is None:
            left = self.whole & ~reduce(or_, facts.values(), 0)
            first = ((left & -left).bit_length() - 1) // layout.places
            fact = Fact("cost", slots=(layout.problem.slots[first].id,))
            return Unplaced(request.id, sentence(fact), (fact,))
        told = []
        covered = 0
        for fact in chosen:
            new = facts[fact] & ~covered
            covered |= facts[fact]
            told.append(self._short(fact, [t for t in range(layout.times) if new >> t * layout.places & self.row], m))
        return Unplaced(request.id, " ".join(sentence(each) for each in told), tuple(told))

    def _short(self, fact: Fact, times: list[int], m: int) -> Fact:
        """A fact with the slots for which it is needed, and of its requests those that stand in the way there."""
        problem = self.layout.problem
        blocking: tuple[str, ...] = fact.requests
        if fact.kind == "busy":
            p = next(p for p in self.layout.members[m] if problem.principals[p].id == fact.principal)
            reach = problem.rules.buffer_slots + problem.rules.walking_slots
            blocking = tuple(
                problem.requests[other].id
                for t, other in sorted(self.at[p].items())
                if any(abs(t - u) <= reach for u in times)
            )
        slots = tuple(problem.slots[t].id for t in times)
        return Fact(fact.kind, fact.principal, slots, blocking, fact.detail, fact.lasting)

    def _where(self, true: Callable[[int, int], bool]) -> int:
        places = self.layout.places
        return sum(1 << t * places + k for t in range(self.layout.times) for k in range(places) if true(t, k))

    def _capacity(self, large: bool) -> list[list[int]]:
        return self.layout.large_capacity if large else self.layout.capacity

    def _shut(self, large: bool, t: int, k: int) -> bool:
        return not self._capacity(large)[k][t]

    def _taken(self, large: bool, t: int, k: int) -> bool:
        layout = self.layout
        if not self._capacity(large)[k][t]:
            return False
        return self.rooms[t, k] >= layout.capacity[k][t] or (large and self.large[t, k] >= layout.large_capacity[k][t])

    def _times(self, slots: Iterable[int]) -> int:
        return sum(self.row << t * self.layout.places for t in slots)

    def _facts(self, m: int) -> dict[Fact, int]:
        layout, problem = self.layout, self.layout.problem
        request, members, large = problem.requests[m], layout.members[m], layout.large[m]
        found: dict[Fact, int] = {}
        if request.slots is not None:
            found[Fact("windows", lasting=True)] = self.whole & ~self._times(self.index[name] for name in request.slots)
        if request.slot is not None:
            locked = self.whole & ~self._times([self.index[request.slot]])
            found[Fact("locked", detail=request.slot, lasting=True)] = locked
        if request.languages is not None:
            languages, pair = "–".join(sorted(request.languages)), layout.pair[m]
            teams = layout.teams[pair] if pair >= 0 else [0] * layout.times
            none = self._times(t for t, number in enumerate(teams) if not number)
            found[Fact("no_team", detail=languages, lasting=True)] = none
            full = (t for t, number in enumerate(teams) if number and self.working[pair, t] >= number)
            found[Fact("teams", detail=languages)] = self._times(full)
        found[Fact("no_room", detail=request.size, lasting=True)] = self.closed[large]
        found[Fact("rooms", detail=request.size)] = self.full[large]
        for p in members:
            name = problem.principals[p].id
            found[Fact("away", name, lasting=True)] = self.away[p]
            found[Fact("busy", name)] = self._busy_of(p)
            for q in layout.partners[p]:
                other = problem.principals[q].id
                if q in members:
                    found[Fact("kept_apart", detail=", ".join(sorted((name, other))), lasting=True)] = self.whole
                else:
                    found[Fact("apart", name, detail=other)] = self._zones_of(q)
        for first, second in layout.before:
            if second == m and first in self.held:
                early = self._times(range(self.held[first][0] + 1))
                found[Fact("after", requests=(problem.requests[first].id,))] = early
            if first == m and second in self.held:
                late = self._times(range(self.held[second][0], layout.times))
                found[Fact("before", requests=(problem.requests[second].id,))] = late
        return {fact: spots for fact, spots in found.items() if spots}

    def _busy_of(self, p: int) -> int:
        """Where a principal cannot stand for its other meetings, buffers and walks."""
        if p not in self._busy:
            layout, rules = self.layout, self.layout.problem.rules
            reach = rules.buffer_slots + rules.walking_slots
            found = 0
            for u, other in self.at[p].items():
                zone = layout.zone[self.held[other][1]]
                for t in range(max(0, u - reach), min(layout.times, u + reach + 1)):
                    for k in range(layout.places):
                        if not layout.apart(t, layout.zone[k], u, zone):
                            found |= 1 << t * layout.places + k
            self._busy[p] = found
        return self._busy[p]

    def _zones_of(self, p: int) -> int:
        """In which places a principal's zone is, slot by slot."""
        if p not in self._zones:
            layout = self.layout
            found = 0
            for t, other in self.at[p].items():
                for k in range(layout.places):
                    if layout.zone[k] == layout.zone[self.held[other][1]]:
                        found |= 1 << t * layout.places + k
            self._zones[p] = found
        return self._zones[p]


def _smallest(facts: dict[Fact, int], whole: int) -> tuple[Fact, ...] | None:
    """The smallest set of facts that covers everything, lasting ones first; None where all together do not."""
    ordered = sorted(facts, key=lambda each: (not each.lasting, each.kind, each.principal, each.requests, each.detail))
    masks = [facts[each] for each in ordered]
    if reduce(or_, masks, 0) != whole:
        return None
    for size in range(1, min(len(ordered), MOST_FACTS) + 1):
        for chosen in combinations(range(len(ordered)), size):
            if reduce(or_, (masks[number] for number in chosen)) == whole:
                return tuple(ordered[number] for number in chosen)
    return tuple(ordered)


def sentence(fact: Fact) -> str:
    """A fact in words."""
    at = _slots(fact.slots)
    by = _named(fact.requests)
    told = {
        "windows": f"The request does not allow {at}.",
        "locked": f"The request is locked in {fact.detail}.",
        "no_team": f"There is no team of interpreters for {fact.detail} in {at}.",
        "teams": f"All teams of interpreters for {fact.detail} work in {at}.",
        "kept_apart": f"{fact.detail} are to be kept apart, and both are asked for.",
        "no_room": f"No room of size {fact.detail} is open in {at}.",
        "rooms": f"All rooms of size {fact.detail} or larger are taken in {at}.",
        "away": f"{fact.principal} is unavailable in {at}.",
        "busy": f"{fact.principal} has other meetings in or too near to {at} ({by}).",
        "apart": f"{fact.detail}, from whom {fact.principal} is kept apart, is in the only zone left in {at}.",
        "after": f"{by} must be held before it and stands in {at} or later.",
        "before": f"It must be held before {by}, which leaves out {at}.",
        "cost": f"It could be held in {at}, but that would cost more than it is worth, or break the limit on gaps.",
        "together": f"{'These cannot all' if len(fact.requests) > 1 else 'This cannot'} be held: {by}. {fact.detail}".rstrip(),
    }
    return told[fact.kind]


def _named(names: tuple[str, ...]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _slots(slots: tuple[str, ...]) -> str:
    return "slot " + slots[0] if len(slots) == 1 else "slots " + _named(slots) if slots else "no slot"


def shared_reason(layout: Layout) -> Fact | None:
    """A plain reason why not all can be held: one request, or the requests of one principal, or a slot's locks."""
    problem = layout.problem
    nothing = Blockers(layout, {})
    for m in layout.needed:
        if not layout.spots(m):
            return Fact("together", requests=(problem.requests[m].id,), detail=nothing.why(m).reason, lasting=True)
    needed = set(layout.needed)
    for p, meetings in enumerate(layout.meetings):
        wanted = [m for m in meetings if m in needed]
        most = _matching([layout.slots[m] for m in wanted])
        if most < len(wanted):
            name = problem.principals[p].id
            return Fact(
                "together",
                name,
                requests=tuple(problem.requests[m].id for m in _too_many(wanted, layout)),
                detail=f"{name} can hold {most} of its {len(wanted)} meetings in the slots they allow.",
                lasting=True,
            )
    locked = sorted((layout.slots[m][0], m) for m in needed if problem.requests[m].slot is not None)
    for t, group in groupby(locked, key=lambda each: each[0]):
        there = [m for _, m in group]
        for large in (False, True):
            asking = [m for m in there if layout.large[m] or not large]
            open_rooms = sum(row[t] for row in (layout.large_capacity if large else layout.capacity))
            if len(asking) > open_rooms:
                told = f"They are locked in {problem.slots[t].id}, which has {open_rooms} rooms for them."
                return Fact(
                    "together", requests=tuple(problem.requests[m].id for m in asking), detail=told, lasting=True
                )
    return None


def _too_many(wanted: list[int], layout: Layout) -> list[int]:
    """The fewest of one principal's requests that do not find slots of their own, by leaving out what is not needed."""
    kept = list(wanted)
    for m in wanted:
        fewer = [each for each in kept if each != m]
        if _matching([layout.slots[each] for each in fewer]) < len(fewer):
            kept = fewer
    return kept


def _matching(choices: list[list[int]]) -> int:
    """How many can have a slot of their own."""
    holder: dict[int, int] = {}

    def place(number: int, seen: set[int]) -> bool:
        for t in choices[number]:
            if t not in seen:
                seen.add(t)
                if t not in holder or place(holder[t], seen):
                    holder[t] = number
                    return True
        return False

    return sum(place(number, set()) for number in range(len(choices)))
