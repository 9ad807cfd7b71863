"""The exact model as clauses, for a search by cores: the same rules as in `model`, said so that each is cheap to follow.

Literals are whole numbers, negative ones the opposite, as in DIMACS files. A request has a literal for each slot, and for
each place of it only where the place matters to it; how many find rooms then is a count per slot (Hall's condition).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from sofra.bilaterals.engine.counts import Clauses
from sofra.bilaterals.engine.layout import Layout, Spots

#: The place of a request to which any place will do.
ANY = -1
#: More places than this are told apart for every request: the counts of rooms would be too many.
FEW = 4
#: Rooms nearly full: the share of the meetings' number that may stay empty.
SPARE = 0.25


class Encoding(Clauses):
    """The clauses of a layout. `soft` are literals that should hold, and what it costs where one does not."""

    def __init__(self, layout: Layout) -> None:
        super().__init__()
        self.layout = layout
        self.soft: dict[int, int] = {}
        self.offset = 0
        self.at: list[dict[tuple[int, int], int]] = []
        self.by_slot: list[dict[int, list[int]]] = []
        self.busy: dict[tuple[int, int], int] = {}
        self.pairs = all(len(members) == 2 for members in layout.members)
        self.missed: dict[int, int] = {}
        self.ends: list[list[int]] = []
        self._there: dict[tuple[int, int, int], int] = {}
        self._choices()
        self._principals()
        self._rooms()
        self._most()
        self._zones()
        self._order()
        self._gaps()
        self._unfair()

    def _choices(self) -> None:
        layout, weights = self.layout, self.layout.problem.weights
        needed = set(layout.needed)
        everywhere = bool(layout.published) or layout.problem.rules.walking_slots > 0 or layout.places > FEW
        for m, members in enumerate(layout.members):
            matters = layout.places > 1 and (everywhere or any(layout.partners[p] for p in members))
            spots = layout.spots(m) if matters else [(t, ANY) for t in layout.slots[m]]
            at = {spot: self.new() for spot in spots}
            self.at.append(at)
            slots: defaultdict[int, list[int]] = defaultdict(list)
            for (t, _), literal in at.items():
                slots[t].append(literal)
            self.by_slot.append(slots)
            literals = list(at.values())
            self.at_most(literals, 1)
            worth = layout.weight[m] + weights.dropped * (m in layout.was_published)
            if m in needed:
                self.all.append(literals)
            elif literals:
                missed = self.missed[m] = self.new()
                self.all.append([*literals, missed])
                if worth:
                    self.soft[-missed] = worth
            elif layout.counted[m]:
                self.offset += worth
            if weights.moved and m in layout.was_published:
                old = layout.published.get(m, (-1, ANY))
                same = (old, (old[0], ANY))
                moved = self.new()
                self.all += [[-literal, moved] for spot, literal in at.items() if spot not in same]
                self.soft[-moved] = weights.moved

    def _principals(self) -> None:
        """One meeting at a time, with buffers; in which slots a principal meets; how many can meet in a slot at all."""
        layout, rules = self.layout, self.layout.problem.rules
        for p, meetings in enumerate(layout.meetings):
            for t in range(layout.times):
                literals = [literal for m in meetings for literal in self.by_slot[m].get(t, ())]
                if len(literals) == 1:
                    self.busy[p, t] = literals[0]
                elif literals:
                    busy = self.busy[p, t] = self.new()
                    self.at_most(literals, 1)
                    self.all.append([*literals, -busy])
                    self.all += [[-literal, busy] for literal in literals]
            for t in range(layout.times):
                for u in range(t + 1, min(t + rules.buffer_slots + 1, layout.times)):
                    if (p, t) in self.busy and (p, u) in self.busy:
                        self.add(-self.busy[p, t], -self.busy[p, u])
        for group in layout.groups:
            pairs = all(len(layout.members[m]) == 2 for p in group for m in layout.meetings[p])
            for t in range(layout.times):
                there = [self.busy[p, t] for p in group if (p, t) in self.busy]
                if pairs and len(there) % 2:  # of an odd number of principals who meet only each other one sits out
                    self.at_most(there, len(there) - 1)

    def _rooms(self) -> None:
        layout = self.layout
        tight = self._full()
        for t in range(layout.times):
            rooms, large = [row[t] for row in layout.capacity], [row[t] for row in layout.large_capacity]
            small_in: list[list[int]] = [[] for _ in range(layout.places + 1)]
            large_in: list[list[int]] = [[] for _ in range(layout.places + 1)]
            for m, at in enumerate(self.at):
                for k in (ANY, *range(layout.places)):
                    if (t, k) in at:
                        (large_in if layout.large[m] else small_in)[k].append(at[t, k])
            matters = any(small_in[k] or large_in[k] for k in range(layout.places))
            for k in range(layout.places):
                self.at_most([*small_in[k], *large_in[k]], rooms[k])
                if large[k] < rooms[k]:
                    self.at_most(large_in[k], large[k])
            if not (small_in[ANY] or large_in[ANY]):
                continue
            everything = [each for part in (*small_in, *large_in) for each in part]
            self.at_most(everything, sum(rooms))
            if (
                self.pairs and not tight and sum(rooms) < len(everything)
            ):  # it follows, and ties rooms to who meets when
                self.at_most([self.busy[p, t] for p in range(layout.principals) if (p, t) in self.busy], 2 * sum(rooms))
            if not large_in[ANY]:
                continue
            # large meetings to which any place will do have all large rooms, and beside them the small ones in some places
            for some in _subsets(layout.places) if matters else [()]:
                literals = [each for part in large_in for each in part]
                literals += [each for k in some for each in small_in[k]]
                self.at_most(literals, sum(large) + sum(rooms[k] - large[k] for k in some))
        for pair, numbers in enumerate(layout.teams):
            those = [m for m, each in enumerate(layout.pair) if each == pair]
            for t, number in enumerate(numbers):
                self.at_most([each for m in those for each in self.by_slot[m].get(t, ())], number)

    def _full(self) -> bool:
        """Where all are held and nearly fill the rooms: how many rooms stay empty in all, said by who is busy; else False.

        Who is busy in a slot is an even number, twice its meetings, so this is also the count of rooms.
        """
        layout = self.layout
        if not (self.pairs and layout.problem.rules.hold_all):
            return False
        busy = [[self.busy[p, t] for p in range(layout.principals) if (p, t) in self.busy] for t in range(layout.times)]
        most = [min(sum(row[t] for row in layout.capacity), len(there) // 2) for t, there in enumerate(busy)]
        empty = sum(most) - len(layout.members)
        if not 0 <= empty <= SPARE * len(layout.members):
            return False
        unused: list[int] = []
        for rooms, there in zip(most, busy, strict=True):
            number = self.count(there, 2 * rooms + 1, exact=True)
            if len(number) > 2 * rooms:
                self.add(-number[2 * rooms])
            for k in range(rooms):
                self.add(-number[2 * k], number[2 * k + 1])
                if rooms - k <= empty:
                    unused.append(-number[2 * k])
                else:
                    self.add(number[2 * k])
        self.at_most(unused, empty)
        return True

    def _most(self) -> None:
        """What follows, and is far from plain to a solver: no more is held than rooms, a principal's slots and teams allow."""
        layout = self.layout
        able = [m for m, at in enumerate(self.at) if at]
        rooms = sum(row[t] for row in layout.capacity for t in range(layout.times))
        large = sum(row[t] for row in layout.large_capacity for t in range(layout.times))
        self._hold_at_most(able, rooms)
        self._hold_at_most([m for m in able if layout.large[m]], large)
        for p, meetings in enumerate(layout.meetings):
            there = sum((p, t) in self.busy for t in range(layout.times))
            self._hold_at_most([m for m in meetings if self.at[m]], there)
        for pair, number in enumerate(layout.teams):
            asked = [m for m in able if layout.pair[m] == pair]
            slots = {t for m in asked for t in layout.slots[m]}
            self._hold_at_most(asked, sum(number[t] for t in slots))

    def _hold_at_most(self, some: Sequence[int], most: int) -> None:
        """At most so many of these requests are held."""
        if len(some) > most:
            self.at_most(
                [-self.missed[m] for m in some if m in self.missed], most - sum(m not in self.missed for m in some)
            )

    def _in_zone(self, p: int, t: int, zone: int) -> int:
        """A literal that holds where a principal meets in a slot in a zone; 0 where that cannot be."""
        key = (p, t, zone)
        if key not in self._there:
            places = [k for k in range(self.layout.places) if self.layout.zone[k] == zone]
            literals = [self.at[m][t, k] for m in self.layout.meetings[p] for k in places if (t, k) in self.at[m]]
            self._there[key] = self.new() if literals else 0
            self.all += [[-literal, self._there[key]] for literal in literals]
        return self._there[key]

    def _zones(self) -> None:
        layout, rules = self.layout, self.layout.problem.rules
        zones = sorted(set(layout.zone))
        if len(zones) > 1 and rules.walking_slots:
            for p in range(layout.principals):
                for t in range(layout.times):
                    far = t + rules.buffer_slots + rules.walking_slots
                    for u in range(t + rules.buffer_slots + 1, min(far + 1, layout.times)):
                        for one in zones:
                            for other in zones:
                                if one != other:
                                    self._never(self._in_zone(p, t, one), self._in_zone(p, u, other))
        for p, partners in enumerate(layout.partners):
            for q in partners:
                if q < p:
                    continue
                for t in range(layout.times):
                    if len(zones) == 1:
                        self._never(self.busy.get((p, t), 0), self.busy.get((q, t), 0))
                    elif zones:
                        for zone in zones:
                            self._never(self._in_zone(p, t, zone), self._in_zone(q, t, zone))

    def _never(self, one: int, other: int) -> None:
        """These two do not hold together; 0 stands for what never holds."""
        if one and other:
            self.add(-one, -other)

    def _order(self) -> None:
        for first, second in self.layout.before:
            for t, late in self.by_slot[first].items():
                for u, early in self.by_slot[second].items():
                    if u <= t:
                        self.all += [[-one, -other] for one in late for other in early]

    def _gaps(self) -> None:
        """A literal per place where a gap may end. With a limit on the spread the literals are exact, else at least so."""
        layout = self.layout
        weight, spread = layout.problem.weights.gap, layout.problem.rules.gap_spread_max
        if not weight and spread is None and not layout.problem.weights.unfair:
            return
        counts: list[list[int]] = []
        for p in range(layout.principals):
            ends = self._ends(p, exact=spread is not None)
            self.ends.append(ends)
            for end in ends if weight else ():
                self.soft[-end] = self.soft.get(-end, 0) + weight
            gaps = self.count(ends, len(ends), exact=spread is not None)
            counts.append(gaps)
            self._cover(p, gaps)
        if spread is not None:
            least = [self.new() for _ in range(max(map(len, counts), default=0))]
            for gaps in counts:
                for number, all_have in enumerate(least):
                    self.add(-all_have, *gaps[number : number + 1])
                for number in range(spread, len(gaps)):
                    self.add(-gaps[number], *least[number - spread : number - spread + 1])

    def _ends(self, p: int, *, exact: bool) -> list[int]:
        layout = self.layout
        started, found = 0, []
        for t in range(layout.times):
            first = t == 0 or layout.days[t] != layout.days[t - 1]
            busy = self.busy.get((p, t), 0)
            before = 0 if first else self.busy.get((p, t - 1), 0)
            started = 0 if first else started
            if started and busy and started != before:
                end = self.new()
                found.append(end)
                self.add(-started, -busy, end, *([before] if before else ()))
                if exact:
                    self.all += [[-end, started], [-end, busy], *([[-end, -before]] if before else ())]
            if busy and started:
                later = self.new()
                self.all += [[-started, later], [-busy, later], [started, busy, -later]]
                started = later
            else:
                started = started or busy
        return found

    def _cover(self, p: int, gaps: list[int]) -> None:
        """What follows, and is far from plain to a solver: so many meetings need so many gaps at least."""
        layout = self.layout
        literals = [self.busy[p, t] for t in range(layout.times) if (p, t) in self.busy]
        able = [m for m in layout.meetings[p] if layout.slots[m]]
        most = len(able)
        number = self.count(literals, most + 1) if literals else []
        if len(number) > most:
            self.add(-number[most])
        if layout.problem.rules.hold_all and literals:
            self.at_most([-literal for literal in literals], len(literals) - most)
        for some, covered in enumerate(layout.coverage(p)):
            if covered < len(number) and covered < most:
                self.add(-number[covered], *gaps[some : some + 1])

    def _unfair(self) -> None:
        """A literal for each burden at which unfairness costs more. A meeting missed burdens by four, a gap by one."""
        layout, weight = self.layout, self.layout.problem.weights.unfair
        for party in range(len(layout.delegations)) if weight else ():
            mine = [m for m, parties in enumerate(layout.parties) if party in parties and layout.counted[m]]
            missed = self.count([self.missed[m] for m in mine if m in self.missed], len(mine))
            ends = [end for p in range(layout.principals) if layout.party[p] == party for end in self.ends[p]]
            gaps = self.count(ends, len(ends))
            never = 4 * sum(not self.at[m] for m in mine)
            dear = [weight * layout.unfairness(party, never + each) for each in range(4 * len(missed) + len(gaps) + 1)]
            self.offset += dear[0]
            reached: list[int] = []  # by burden: the literal of the last step of the cost at or below it; 0: none
            for burden, cost in enumerate(dear):
                if burden and cost > dear[burden - 1]:
                    step = self.new()
                    if reached[-1]:
                        self.add(-step, reached[-1])
                    self.soft[-step] = cost - dear[burden - 1]
                    reached.append(step)
                else:
                    reached.append(reached[-1] if reached else 0)
            for some, first in enumerate([0, *missed]):
                for few, second in enumerate([0, *gaps]):
                    if step := reached[4 * some + few]:
                        self.add(*(-each for each in (first, second) if each), step)

    def likely(self, held: Spots) -> list[int]:
        """The literals of a schedule, as far as it says them."""
        found = []
        for m, at in enumerate(self.at):
            spot = held.get(m)
            for (t, k), literal in at.items():
                found.append(literal if spot is not None and spot[0] == t and k in (ANY, spot[1]) else -literal)
        for (p, t), literal in self.busy.items():
            met = any(m in held and held[m][0] == t for m in self.layout.meetings[p])
            found.append(literal if met else -literal)
        return found

    def chosen(self, model: Sequence[int]) -> Spots:
        """The schedule of a model, whose literal number n stands at n - 1."""
        layout = self.layout
        found: Spots = {}
        anywhere: list[tuple[int, int]] = []
        for m, at in enumerate(self.at):
            for (t, k), literal in at.items():
                if literal <= len(model) and model[literal - 1] > 0:
                    if k == ANY:
                        anywhere.append((m, t))
                    else:
                        found[m] = (t, k)
                    break
        free = {(t, k): layout.capacity[k][t] for t in range(layout.times) for k in range(layout.places)}
        free_large = {(t, k): layout.large_capacity[k][t] for t, k in free}

        def take(m: int, spot: tuple[int, int]) -> None:
            """A small meeting takes a small room while there is one."""
            found[m] = spot
            if layout.large[m] or free[spot] <= free_large[spot]:
                free_large[spot] -= 1
            free[spot] -= 1

        for m in sorted(found, key=lambda m: not layout.large[m]):
            take(m, found[m])
        for m, t in sorted(anywhere, key=lambda each: not layout.large[each[0]]):
            left = free_large if layout.large[m] else free
            small = [k for k in range(layout.places) if free[t, k] > free_large[t, k]]
            able = [k for k in range(layout.places) if left[t, k] > 0]
            take(m, (t, next((k for k in able if k in small or layout.large[m]), able[0])))
        return found


def _subsets(places: int) -> Iterable[tuple[int, ...]]:
    return (some for size in range(places) for some in combinations(range(places), size))
