"""Why a request is not held: the smallest set of facts that together take every slot and place from it.

A fact gathers what is told in one breath: a principal's absence, a principal's other meetings, the windows of the request,
full rooms, teams at work. There are about ten of them, so the smallest set is found by looking at all sets; among equally
small ones, the one with more lasting facts is told.
"""

from __future__ import annotations

from functools import reduce
from itertools import combinations, groupby
from operator import or_

from sofra.bilaterals.engine.layout import Layout, Spot, Spots
from sofra.bilaterals.engine.problem import Fact, Unplaced

#: How many requests a sentence names before it counts the rest.
NAMED = 6
#: The largest set of facts that is looked for; where more are needed, all are told.
MOST_FACTS = 5


class Blockers:
    """What each slot is taken by in a schedule; made once and asked for every request that is not held."""

    def __init__(self, layout: Layout, held: Spots) -> None:
        self.layout = layout
        self.held = held
        self.at: list[dict[int, int]] = [{} for _ in range(layout.principals)]
        self.rooms: dict[Spot, list[int]] = {}
        self.teams: dict[tuple[int, int], list[int]] = {}
        for m, (t, k) in sorted(held.items()):
            for p in layout.members[m]:
                self.at[p][t] = m
            self.rooms.setdefault((t, k), []).append(m)
            if layout.pair[m] >= 0:
                self.teams.setdefault((layout.pair[m], t), []).append(m)
        self.zones = list(dict.fromkeys(layout.zone))

    def why(self, m: int) -> Unplaced:
        """The reason of a request that is not held, as facts and as a sentence."""
        layout = self.layout
        request = layout.problem.requests[m]
        facts = self._facts(m)
        everything = frozenset((t, k) for t in range(layout.times) for k in range(layout.places))
        chosen = _smallest(facts, everything)
        if chosen is None:
            free = min(everything.difference(*facts.values()))
            fact = Fact("cost", slots=(layout.problem.slots[free[0]].id,))
            return Unplaced(request.id, sentence(fact), (fact,))
        told = []
        covered: set[Spot] = set()
        for fact in chosen:
            slots = tuple(layout.problem.slots[t].id for t in sorted({t for t, _ in facts[fact] - covered}))
            covered |= facts[fact]
            told.append(self._short(fact, slots, m))
        return Unplaced(request.id, " ".join(sentence(each) for each in told), tuple(told))

    def _short(self, fact: Fact, slots: tuple[str, ...], m: int) -> Fact:
        """A fact with the slots for which it is needed, and of its requests those that stand in the way there."""
        index = {slot.id: t for t, slot in enumerate(self.layout.problem.slots)}
        requests = self.layout.problem.requests
        blocking: tuple[str, ...] = fact.requests
        if fact.kind == "busy":
            p = next(p for p in self.layout.members[m] if self.layout.problem.principals[p].id == fact.principal)
            reach = self.layout.problem.rules.buffer_slots + self.layout.problem.rules.walking_slots
            wanted = {index[slot] for slot in slots}
            blocking = tuple(
                requests[other].id
                for t, other in sorted(self.at[p].items())
                if any(abs(t - u) <= reach for u in wanted)
            )
        return Fact(fact.kind, fact.principal, slots, blocking, fact.detail, fact.lasting)

    def _facts(self, m: int) -> dict[Fact, frozenset[Spot]]:
        layout, problem = self.layout, self.layout.problem
        request = problem.requests[m]
        places = range(layout.places)
        found: dict[Fact, set[Spot]] = {}

        def note(fact: Fact, t: int, k: int) -> None:
            found.setdefault(fact, set()).add((t, k))

        languages = "–".join(sorted(request.languages)) if request.languages else ""
        has_team = layout.pair[m] < 0 if not languages else layout.pair[m] >= 0 and layout.teams[layout.pair[m]] > 0
        earlier = [first for first, second in layout.before if second == m and first in self.held]
        later = [second for first, second in layout.before if first == m and second in self.held]
        both = next(
            ((p, q) for p in layout.members[m] for q in layout.partners[p] if q in layout.members[m]),
            None,
        )
        for t, slot in enumerate(problem.slots):
            teams = self.teams.get((layout.pair[m], t), [])
            for k in places:
                if request.slots is not None and slot.id not in request.slots:
                    note(Fact("windows", lasting=True), t, k)
                if request.slot is not None and slot.id != request.slot:
                    note(Fact("locked", detail=request.slot, lasting=True), t, k)
                if not has_team:
                    note(Fact("no_team", detail=languages, lasting=True), t, k)
                elif languages and len(teams) >= layout.teams[layout.pair[m]]:
                    note(Fact("teams", detail=languages), t, k)
                if both is not None:
                    names = ", ".join(problem.principals[p].id for p in both)
                    note(Fact("kept_apart", detail=names, lasting=True), t, k)
                if not layout.fits(m, t, k):
                    note(Fact("no_room", detail=request.size, lasting=True), t, k)
                elif self._full(m, t, k):
                    note(Fact("rooms", detail=request.size), t, k)
                for p in layout.members[m]:
                    principal = problem.principals[p]
                    if slot.id in principal.unavailable:
                        note(Fact("away", principal.id, lasting=True), t, k)
                    if self._taken(p, t, k):
                        note(Fact("busy", principal.id), t, k)
                    for q in layout.partners[p]:
                        other = self.at[q].get(t)
                        if other is not None and layout.zone[self.held[other][1]] == layout.zone[k]:
                            note(Fact("apart", principal.id, detail=problem.principals[q].id), t, k)
                for first in earlier:
                    if t <= self.held[first][0]:
                        note(Fact("after", requests=(problem.requests[first].id,)), t, k)
                for second in later:
                    if t >= self.held[second][0]:
                        note(Fact("before", requests=(problem.requests[second].id,)), t, k)
        return {fact: frozenset(spots) for fact, spots in found.items()}

    def _full(self, m: int, t: int, k: int) -> bool:
        layout = self.layout
        there = self.rooms.get((t, k), [])
        large = sum(layout.large[other] for other in there)
        return len(there) >= layout.capacity[k][t] or (layout.large[m] and large >= layout.large_capacity[k][t])

    def _taken(self, p: int, t: int, k: int) -> bool:
        layout, rules = self.layout, self.layout.problem.rules
        reach = rules.buffer_slots + rules.walking_slots
        return any(
            not layout.apart(t, layout.zone[k], u, layout.zone[self.held[other][1]])
            for u in range(t - reach, t + reach + 1)
            if (other := self.at[p].get(u)) is not None
        )


def _smallest(facts: dict[Fact, frozenset[Spot]], everything: frozenset[Spot]) -> tuple[Fact, ...] | None:
    """The smallest set of facts that covers everything, lasting ones first; None where all together do not."""
    ordered = sorted(facts, key=lambda each: (not each.lasting, each.kind, each.principal, each.requests))
    bit = {spot: 1 << number for number, spot in enumerate(sorted(everything))}
    masks = [sum(bit[spot] for spot in facts[each]) for each in ordered]
    whole = (1 << len(everything)) - 1
    for size in range(1, min(len(ordered), MOST_FACTS) + 1):
        for chosen in combinations(range(len(ordered)), size):
            if reduce(or_, (masks[number] for number in chosen)) == whole:
                return tuple(ordered[number] for number in chosen)
    return tuple(ordered) if masks and reduce(or_, masks) == whole else None


def sentence(fact: Fact) -> str:
    """A fact in words."""
    at = _slots(fact.slots)
    by = _named(fact.requests)
    told = {
        "windows": f"The request does not allow {at}.",
        "locked": f"The request is locked in {fact.detail}.",
        "no_team": f"There is no team of interpreters for {fact.detail}.",
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
