"""The exact model in CP-SAT: some requests free, the others standing where they stand.

With everything free it decides a whole problem; with little free it is a neighbourhood, for re-planning and for polishing.
Booleans say that a request has a slot and place; per principal and slot a busy literal; a gap is charged where it ends,
by a literal that is forced when one is busy, was not just before, and had started earlier. So every term of the objective
is at least 0, which is what lets the bound rise ("runs minus one" would ruin it).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from ortools.sat.python import cp_model

from sofra.bilaterals.engine.layout import Layout, Spot, Spots, count

#: A literal, or what is known: 0 or 1.
Literal = Any


class Model:
    """A model of a layout: `free` requests choose anew, `fixed` ones stand, all others are not held.

    `offset` is what everything that is not free costs; the objective plus `offset` is the cost of the schedule.
    """

    def __init__(self, layout: Layout, free: Iterable[int], fixed: Spots) -> None:
        self.layout = layout
        self.free = sorted(free)
        self.fixed = fixed
        self.cp = cp_model.CpModel()
        self.spot: dict[int, dict[Spot, Any]] = {}
        self.held: dict[int, Any] = {}
        self.objective: list[Any] = []
        self._busy: dict[tuple[int, int], Literal] = {}
        self._made: list[tuple[Any, int, int, str]] = []
        self._ends: dict[int, list[Literal]] = {}
        touched = {p for m in self.free for p in layout.members[m]}
        self.touched = sorted(touched)
        self._at: dict[int, dict[int, int]] = {p: {} for p in range(layout.principals)}
        for m, (t, k) in fixed.items():
            for p in layout.members[m]:
                self._at[p][t] = layout.zone[k]
        self._choices()
        self._capacities()
        self._principals()
        self._order()
        self._gaps()
        self._unfair()
        self.cp.minimize(sum(self.objective))

    # what may stand where

    def _choices(self) -> None:
        layout, weights, cp = self.layout, self.layout.problem.weights, self.cp
        needed = set(layout.needed)
        for m in self.free:
            literals = {
                (t, k): cp.new_bool_var(f"y{m},{t},{k}") for t, k in layout.spots(m) if self._beside_fixed(m, t, k)
            }
            self.spot[m] = literals
            if m in needed:
                cp.add_exactly_one(literals.values()) if literals else cp.add_bool_or([])
            elif literals:
                missed = cp.new_bool_var(f"missed{m}")
                cp.add_at_most_one(literals.values())
                cp.add_bool_or([*literals.values(), missed])
                self.held[m] = missed.negated()
                worth = layout.weight[m] + (weights.dropped if m in layout.was_published else 0)
                self.objective.append(worth * missed)
            elif layout.counted[m]:
                self.objective.append(layout.weight[m] + (weights.dropped if m in layout.was_published else 0))
            if weights.moved and m in layout.was_published:
                old = layout.published.get(m)
                self.objective += [weights.moved * y for spot, y in literals.items() if spot != old]

    def _beside_fixed(self, m: int, t: int, k: int) -> bool:
        """Whether a free request can stand somewhere beside what is fixed, counts aside."""
        layout, zone = self.layout, self.layout.zone[k]
        for p in layout.members[m]:
            if not all(layout.apart(t, zone, other, at) for other, at in self._at[p].items()):
                return False
            if any(self._at[q].get(t) == zone for q in layout.partners[p]):
                return False
        return True

    def _capacities(self) -> None:
        layout = self.layout
        rooms: dict[Spot, list[Any]] = defaultdict(list)
        large: dict[Spot, list[Any]] = defaultdict(list)
        teams: dict[tuple[int, int], list[Any]] = defaultdict(list)
        for m in self.free:
            for spot, y in self.spot[m].items():
                rooms[spot].append(y)
                if layout.large[m]:
                    large[spot].append(y)
                if layout.pair[m] >= 0:
                    teams[layout.pair[m], spot[0]].append(y)
        used, used_large, working = count(layout, self.fixed)
        for (t, k), literals in rooms.items():
            self._at_most(literals, layout.capacity[k][t] - used[t, k])
        for (t, k), literals in large.items():
            if layout.large_capacity[k][t] < layout.capacity[k][t]:
                self._at_most(literals, layout.large_capacity[k][t] - used_large[t, k])
        for (pair, t), literals in teams.items():
            self._at_most(literals, layout.teams[pair][t] - working[pair, t])

    def _at_most(self, literals: Sequence[Any], most: int) -> None:
        if most <= 0:
            for literal in literals:
                self.cp.add(literal == 0)
        elif most == 1:
            self.cp.add_at_most_one(literals)
        elif most < len(literals):
            self.cp.add(sum(literals) <= most)

    def _principals(self) -> None:
        """One meeting at a time, with buffers and walks; parties kept apart; and, where all are held, what follows."""
        layout, cp, rules = self.layout, self.cp, self.layout.problem.rules
        by_zone: dict[int, dict[int, dict[int, list[Any]]]] = {}
        for p in self.touched:
            there: dict[int, dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
            for m in layout.meetings[p]:
                for (t, k), y in self.spot.get(m, {}).items():
                    there[t][layout.zone[k]].append(y)
            by_zone[p] = there
            for t in range(layout.times):
                literals = [y for at in there[t].values() for y in at] if t in there else []
                self._busy[p, t] = 1 if t in self._at[p] else self._one_of(literals, p, t)
            if rules.buffer_slots:
                for t in range(layout.times):
                    window = [self._busy[p, u] for u in range(t, min(t + rules.buffer_slots + 1, layout.times))]
                    self._at_most([literal for literal in window if not isinstance(literal, int)], 1)
            for t in sorted(there) if rules.walking_slots else ():
                for u in range(t + rules.buffer_slots + 1, t + rules.buffer_slots + rules.walking_slots + 1):
                    for zone in there[t] if u in there else ():
                        elsewhere = [y for other, ys in there[u].items() if other != zone for y in ys]
                        if elsewhere:
                            cp.add_at_most_one([*there[t][zone], *elsewhere])
        for p in self.touched:
            for q in layout.partners[p]:
                if q > p and q in by_zone:
                    for t in sorted(set(by_zone[p]) & set(by_zone[q])):
                        for zone in set(by_zone[p][t]) & set(by_zone[q][t]):
                            cp.add_at_most_one([*by_zone[p][t][zone], *by_zone[q][t][zone]])
        if not self.fixed:
            self._odd()
        if rules.hold_all and not self.fixed:
            for p in self.touched:
                cp.add(sum(self._busy[p, t] for t in range(layout.times)) == len(layout.meetings[p]))
            most = max(map(len, layout.members), default=0)
            for t in range(layout.times):
                cp.add(sum(self._busy[p, t] for p in self.touched) <= most * sum(row[t] for row in layout.capacity))

    def _odd(self) -> None:
        """In one slot, of an odd number of principals who meet only each other one sits out."""
        for group in self.layout.groups:
            meetings = {m for p in group for m in self.layout.meetings[p] if self.spot.get(m)}
            for t in range(self.layout.times):
                there = sum(not _known(self._busy.get((p, t), 0), 0) for p in group)
                literals = [y for m in sorted(meetings) for (u, _), y in self.spot[m].items() if u == t]
                if there % 2 and len(literals) > there // 2:
                    self.cp.add(sum(literals) <= there // 2)

    def _one_of(self, literals: list[Any], p: int, t: int) -> Literal:
        if not literals:
            return 0
        if len(literals) == 1:
            return literals[0]
        busy = self.cp.new_bool_var(f"b{p},{t}")
        self.cp.add_exactly_one([*literals, busy.negated()])
        self._made.append((busy, p, t, "busy"))
        return busy

    def _order(self) -> None:
        layout = self.layout
        for first, second in layout.before:
            if first in self.fixed and second in self.spot:
                self._forbid(second, lambda t, at=self.fixed[first][0]: t <= at)
            elif second in self.fixed and first in self.spot:
                self._forbid(first, lambda t, at=self.fixed[second][0]: t >= at)
            elif first in self.spot and second in self.spot:
                for t in layout.slots[first]:
                    late = [y for (u, _), y in self.spot[first].items() if u >= t]
                    early = [y for (u, _), y in self.spot[second].items() if u <= t]
                    if late and early:
                        self.cp.add_at_most_one([*late, *early])

    def _forbid(self, m: int, when: Any) -> None:
        for (t, _), y in self.spot[m].items():
            if when(t):
                self.cp.add(y == 0)

    # what it costs

    def _gaps(self) -> None:
        """A literal per place where a gap may end. With a limit on the spread the literals are exact, else at least so."""
        layout, cp = self.layout, self.cp
        weight, spread = layout.problem.weights.gap, layout.problem.rules.gap_spread_max
        unfair = layout.problem.weights.unfair
        if not weight and spread is None and not unfair:
            return
        for p in self.touched:
            ends: list[Literal] = []
            started: Literal = 0
            for t in range(layout.times):
                first = t == 0 or layout.days[t] != layout.days[t - 1]
                busy = self._busy[p, t]
                before = 0 if first else self._busy[p, t - 1]
                started = 0 if first else started
                if not (_known(started, 0) or _known(busy, 0) or _known(before, 1)):
                    ends.append(self._end(p, t, busy, before, started, spread is not None))
                started = self._started(p, t, started, busy)
            self._ends[p] = ends
            if not self.fixed:
                self._cover(p, ends)
            if weight:
                self.objective += [weight * end for end in ends]
        if spread is not None:
            least = cp.new_int_var(0, layout.times, "least")
            for p in range(layout.principals):
                gaps = sum(self._ends[p]) if p in self._ends else layout.gaps(list(self._at[p]))
                cp.add(gaps >= least)
                cp.add(gaps <= least + spread)

    def _cover(self, p: int, ends: list[Literal]) -> None:
        """What follows, and is far from plain to a solver: so many meetings need so many gaps at least."""
        covered = self.layout.coverage(p)
        number = sum(y for m in self.layout.meetings[p] for y in self.spot[m].values())
        for gaps, (one, two) in enumerate(pairwise([*covered, covered[-1]])):
            if one >= len(self.layout.meetings[p]):
                return
            self.cp.add(number <= one + (two - one) * (sum(ends) - gaps))

    def _end(self, p: int, t: int, busy: Literal, before: Literal, started: Literal, exact: bool) -> Literal:
        if isinstance(before, int) and isinstance(started, int):
            return busy
        cp = self.cp
        end = cp.new_bool_var(f"e{p},{t}")
        self._made.append((end, p, t, "end"))
        needs = [_not(busy), before, _not(started)]
        cp.add_bool_or([*(each for each in needs if not isinstance(each, int)), end])
        if exact:
            for each in needs:
                if not isinstance(each, int):
                    cp.add_implication(end, each.negated())
        return end

    def _started(self, p: int, t: int, started: Literal, busy: Literal) -> Literal:
        if isinstance(started, int) and (started == 1 or isinstance(busy, int)):
            return max(started, busy) if isinstance(busy, int) else started
        if isinstance(busy, int):
            return 1 if busy else started
        if isinstance(started, int):
            return busy
        cp = self.cp
        later = cp.new_bool_var(f"s{p},{t}")
        self._made.append((later, p, t, "started"))
        cp.add_implication(started, later)
        cp.add_implication(busy, later)
        cp.add_bool_or([started, busy, later.negated()])
        return later

    def _unfair(self) -> None:
        layout, cp, weight = self.layout, self.cp, self.layout.problem.weights.unfair
        if not weight:
            return
        for party in range(len(layout.delegations)):
            parts: list[Any] = []
            most = 0
            for m in range(len(layout.members)):
                if party in layout.parties[m] and layout.counted[m] and m not in self.fixed:
                    most += 4
                    parts.append(
                        4 if m not in self.spot or not self.spot[m] else 4 * (1 - self.held[m]) if m in self.held else 0
                    )
            for p in range(layout.principals):
                if layout.party[p] == party:
                    gaps = self._ends[p] if p in self._ends else [layout.gaps(list(self._at[p]))]
                    parts += gaps
                    most += sum(each if isinstance(each, int) else 1 for each in gaps)
            if all(isinstance(each, int) for each in parts):
                self.objective.append(weight * layout.unfairness(party, sum(parts)))
                continue
            table = [layout.unfairness(party, burden) for burden in range(most + 1)]
            cost = cp.new_int_var(0, table[-1], f"unfair{party}")
            burden = cp.new_int_var(0, most, f"burden{party}")
            cp.add(burden == sum(parts))
            cp.add_element(burden, table, cost)
            self.objective.append(weight * cost)

    # hints and answers

    def hint(self, held: Spots) -> None:
        """Suggest a schedule; with all free requests known, every literal of the model is suggested."""
        layout, cp = self.layout, self.cp
        cp.clear_hints()  # type: ignore[no-untyped-call]
        for m in self.free:
            for spot, y in self.spot[m].items():
                cp.add_hint(y, held.get(m) == spot)
            if m in self.held:
                cp.add_hint(self.held[m], m in held)
        times = {p: {held[m][0] for m in layout.meetings[p] if m in held} for p in self.touched}
        for literal, p, t, kind in self._made:
            before = any(u < t and layout.days[u] == layout.days[t] for u in times[p])
            value = t in times[p]
            if kind == "started":
                value = value or before
            elif kind == "end":
                value = value and before and t - 1 not in times[p]
            cp.add_hint(literal, value)

    def chosen(self, value: Any) -> Spots:
        """The schedule in an answer; `value` tells of a literal whether it is true."""
        found = dict(self.fixed)
        for m in self.free:
            for spot, y in self.spot[m].items():
                if value(y):
                    found[m] = spot
        return found


def _known(literal: Literal, value: int) -> bool:
    return isinstance(literal, int) and literal == value


def _not(literal: Literal) -> Literal:
    return 1 - literal if isinstance(literal, int) else literal.negated()
