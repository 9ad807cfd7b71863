"""A schedule as sets of slots, each set one integer: bit t stands for slot t.

Where a request could stand, and what each of those slots would cost in gaps, follows from a handful of `&`, `|` and shifts
over all slots at once. That is what makes plain Python quick enough here (docs/decisions/0017).
"""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from sofra.bilaterals.engine.layout import Layout, Spot, Spots

#: What leaving out a request costs while searching, where it must be held; and a gap too many of an uneven schedule.
MUST = 10_000_000
UNEVEN = 100_000
#: So many sets of busy slots are remembered with what one meeting more would change.
LEVELS = 200_000


class Schedule:
    """A schedule that is changed in place. `cost` is what it costs, with `must` and UNEVEN for what the rules forbid."""

    def __init__(self, layout: Layout, random: Random, must: int = MUST) -> None:
        self.layout = layout
        self.random = random.random
        problem, weights = layout.problem, layout.problem.weights
        self.members = layout.members
        self.zone = layout.zone
        self.places = range(layout.places)
        self.gap, self.unfair, self.spread = weights.gap, weights.unfair, problem.rules.gap_spread_max
        self.buffer = problem.rules.buffer_slots
        self.reach = self.buffer + problem.rules.walking_slots
        times, needed = layout.times, set(layout.needed)
        self.all = (1 << times) - 1
        starts = [t for t in range(times) if t == 0 or layout.days[t] != layout.days[t - 1]]
        self.not_first = self.all & ~_set(starts)
        self.not_last = self.all & ~_set([t - 1 for t in starts if t] + [times - 1])
        ends = [*starts[1:], times]
        self.day_sets = [_set(range(start, end)) for start, end in zip(starts, ends, strict=True)]
        self.slots = [_set(each) for each in layout.slots]
        dropped = weights.dropped
        self.miss = [
            must if m in needed else (layout.weight[m] + dropped * (m in layout.was_published)) * layout.counted[m]
            for m in range(len(layout.members))
        ]
        self.move = [weights.moved if m in layout.was_published else 0 for m in range(len(layout.members))]
        self.old = layout.published
        self.sooner: dict[int, list[int]] = {}
        self.later: dict[int, list[int]] = {}
        for first, second in layout.before:
            self.sooner.setdefault(second, []).append(first)
            self.later.setdefault(first, []).append(second)
        # what changes
        self.at: list[list[int]] = [[-1] * times for _ in range(layout.principals)]
        self.busy = [0] * layout.principals
        self.in_zone = [[0] * (max(layout.zone, default=0) + 1) for _ in range(layout.principals)]
        self.levels: dict[int, tuple[int, int]] = {}
        self.spot: list[Spot | None] = [None] * len(layout.members)
        self.roster: list[list[list[int]]] = [[[] for _ in range(times)] for _ in self.places]
        self.large_used = [[0] * times for _ in self.places]
        self.open = [_set(t for t in range(times) if row[t]) for row in layout.capacity]
        self.open_large = [_set(t for t in range(times) if row[t]) for row in layout.large_capacity]
        self.workers: list[list[list[int]]] = [[[] for _ in range(times)] for _ in layout.teams]
        self.team_free = [_set(t for t, number in enumerate(numbers) if number) for numbers in layout.teams]
        self.gaps = [0] * layout.principals
        self.burden = [4 * asked for asked in layout.asked]
        self.out = set(range(len(layout.members)))
        self.cost = sum(self.miss)
        if self.unfair:
            self.cost += self.unfair * sum(layout.unfairness(d, each) for d, each in enumerate(self.burden))
        self.cost += self._uneven()

    def held(self) -> Spots:
        """Where everything stands."""
        return {m: spot for m, spot in enumerate(self.spot) if spot is not None}

    def level(self, p: int) -> tuple[int, int]:
        """For a principal, the slots in which one more meeting takes a gap away, and those in which it makes one."""
        busy = self.busy[p]
        known = self.levels.get(busy)
        if known is None:
            if len(self.levels) > LEVELS:
                self.levels.clear()
            left, right = (busy << 1) & self.not_first, (busy >> 1) & self.not_last
            active = 0
            for day in self.day_sets:
                if busy & day:
                    active |= day
            known = self.levels[busy] = (left & right, active & ~(left | right))
        return known

    def _change_of_gap(self, p: int, t: int) -> int:
        fills, makes = self.level(p)
        return (makes >> t & 1) - (fills >> t & 1)

    def _shift(self, party: int, by: int) -> None:
        """Change a delegation's burden, and the cost with it."""
        old = self.burden[party]
        self.burden[party] = old + by
        unfairness = self.layout.unfairness
        self.cost += self.unfair * (unfairness(party, old + by) - unfairness(party, old))

    def _uneven(self) -> int:
        if self.spread is None or not self.gaps:
            return 0
        return max(0, max(self.gaps) - min(self.gaps) - self.spread) * UNEVEN

    def insert(self, m: int, t: int, k: int) -> None:
        """Put a request that is out where nothing stands in its way."""
        layout, bit, zone = self.layout, 1 << t, self.zone[k]
        uneven = self._uneven() if self.spread is not None else 0
        for p in self.members[m]:
            change = self._change_of_gap(p, t)
            self.busy[p] |= bit
            self.in_zone[p][zone] |= bit
            self.at[p][t] = m
            self._count(p, change)
        there = self.roster[k][t]
        there.append(m)
        if layout.large[m]:
            self.large_used[k][t] += 1
            if self.large_used[k][t] >= layout.large_capacity[k][t]:
                self.open_large[k] &= ~bit
        if len(there) >= layout.capacity[k][t]:
            self.open[k] &= ~bit
        pair = layout.pair[m]
        if pair >= 0:
            self.workers[pair][t].append(m)
            if len(self.workers[pair][t]) >= layout.teams[pair][t]:
                self.team_free[pair] &= ~bit
        self.spot[m] = (t, k)
        self.out.discard(m)
        self.cost -= self.miss[m]
        if self.move[m] and self.old.get(m) != (t, k):
            self.cost += self.move[m]
        if self.unfair and layout.counted[m]:
            for party in layout.parties[m]:
                self._shift(party, -4)
        if self.spread is not None:
            self.cost += self._uneven() - uneven

    def remove(self, m: int) -> Spot:
        """Take a request out; where it stood."""
        spot = self.spot[m]
        assert spot is not None
        t, k = spot
        layout, bit, zone = self.layout, 1 << t, self.zone[k]
        uneven = self._uneven() if self.spread is not None else 0
        for p in self.members[m]:
            self.busy[p] &= ~bit
            self.in_zone[p][zone] &= ~bit
            self.at[p][t] = -1
            self._count(p, -self._change_of_gap(p, t))
        self.roster[k][t].remove(m)
        self.open[k] |= bit
        if layout.large[m]:
            self.large_used[k][t] -= 1
            self.open_large[k] |= bit
        pair = layout.pair[m]
        if pair >= 0:
            self.workers[pair][t].remove(m)
            self.team_free[pair] |= bit
        self.spot[m] = None
        self.out.add(m)
        self.cost += self.miss[m]
        if self.move[m] and self.old.get(m) != spot:
            self.cost -= self.move[m]
        if self.unfair and layout.counted[m]:
            for party in layout.parties[m]:
                self._shift(party, 4)
        if self.spread is not None:
            self.cost += self._uneven() - uneven
        return spot

    def _count(self, p: int, change: int) -> None:
        if change:
            self.gaps[p] += change
            self.cost += self.gap * change
            if self.unfair:
                self._shift(self.layout.party[p], change)

    def free(self, m: int) -> list[int]:
        """For each place, the slots in which nothing stands in a request's way."""
        layout = self.layout
        base = self.slots[m]
        pair = layout.pair[m]
        if pair >= 0:
            base &= self.team_free[pair]
        members = self.members[m]
        for p in members:
            busy = self.busy[p]
            base &= ~busy
            for far in range(1, self.buffer + 1):
                base &= ~(busy << far | busy >> far)
        for other in self.sooner.get(m, ()):
            if (spot := self.spot[other]) is not None:
                base &= -1 << (spot[0] + 1)
        for other in self.later.get(m, ()):
            if (spot := self.spot[other]) is not None:
                base &= (1 << spot[0]) - 1
        large = layout.large[m]
        found = []
        for k in self.places:
            here = base & self.open[k]
            if large:
                here &= self.open_large[k]
            if here:
                zone = self.zone[k]
                if self.reach > self.buffer:
                    for p in members:
                        away = self.busy[p] & ~self.in_zone[p][zone]
                        if away:
                            for far in range(self.buffer + 1, self.reach + 1):
                                here &= ~(away << far | away >> far)
                for p in members:
                    for q in layout.partners[p]:
                        here &= ~self.in_zone[q][zone]
            found.append(here)
        return found

    def settle(self, m: int) -> bool:
        """Put a request that is out where it costs least without anything leaving, if that is worth it."""
        free = self.free(m)
        anywhere = 0
        for here in free:
            anywhere |= here
        if not anywhere:
            return False
        best, where = self._cheapest(m, anywhere)
        if self.move[m] and (old := self.old.get(m)) is not None and free[old[1]] >> old[0] & 1:
            change = sum(self._change_of_gap(p, old[0]) for p in self.members[m])
            if self.gap * change <= self.gap * best + self.move[m]:
                self.insert(m, *old)
                return True
        if self.gap * best + (self.move[m] if self.old.get(m) is not None else 0) >= self.miss[m] and not self.unfair:
            return False
        t = self.draw(where)
        places = [k for k in self.places if free[k] >> t & 1]
        self.insert(m, t, places[int(self.random() * len(places))] if len(places) > 1 else places[0])
        return True

    def _cheapest(self, m: int, slots: int) -> tuple[int, int]:
        """Of these slots, those that add the fewest gaps, and how many they add."""
        members = self.members[m]
        if len(members) == 2:
            (fills, makes), (fills2, makes2) = self.level(members[0]), self.level(members[1])
            if found := slots & fills & fills2:
                return -2, found
            even, even2 = ~(fills | makes), ~(fills2 | makes2)
            if found := slots & (fills & even2 | even & fills2):
                return -1, found
            if found := slots & (even & even2 | fills & makes2 | makes & fills2):
                return 0, found
            if found := slots & (even & makes2 | makes & even2):
                return 1, found
            return 2, slots
        levels = {0: slots}
        for p in members:
            fills, makes = self.level(p)
            further: dict[int, int] = {}
            for change, those in levels.items():
                for by, part in ((-1, those & fills), (1, those & makes), (0, those & ~(fills | makes))):
                    if part:
                        further[change + by] = further.get(change + by, 0) | part
            levels = further
        least = min(levels)
        return least, levels[least]

    def draw(self, slots: int) -> int:
        """One of a set of slots, by chance: the first at or after a drawn position, around the end."""
        begin = int(self.random() * slots.bit_length())
        ahead = slots >> begin
        return begin + (ahead & -ahead).bit_length() - 1 if ahead else (slots & -slots).bit_length() - 1

    def in_way(self, m: int, t: int, k: int) -> list[int]:
        """What must leave for a request that is out to stand at t in k. Of a full place one that is drawn leaves."""
        layout, zone = self.layout, self.zone[k]
        found: list[int] = []
        for p in self.members[m]:
            row = self.at[p]
            if self.reach:
                for u in range(max(0, t - self.reach), min(layout.times, t + self.reach + 1)):
                    other = row[u]
                    if other >= 0 and other not in found:
                        spot = self.spot[other]
                        if abs(u - t) <= self.buffer or (spot is not None and self.zone[spot[1]] != zone):
                            found.append(other)
            elif row[t] >= 0 and row[t] not in found:
                found.append(row[t])
            for q in layout.partners[p]:
                if self.in_zone[q][zone] >> t & 1 and self.at[q][t] not in found:
                    found.append(self.at[q][t])
        for other in self.sooner.get(m, ()):
            if (spot := self.spot[other]) is not None and spot[0] >= t and other not in found:
                found.append(other)
        for other in self.later.get(m, ()):
            if (spot := self.spot[other]) is not None and spot[0] <= t and other not in found:
                found.append(other)
        pair = layout.pair[m]
        if pair >= 0:
            self._make_room(found, self.workers[pair][t], layout.teams[pair][t])
        there = self.roster[k][t]
        if layout.large[m] and self.large_used[k][t] >= layout.large_capacity[k][t]:
            self._make_room(found, [other for other in there if layout.large[other]], layout.large_capacity[k][t])
        self._make_room(found, there, layout.capacity[k][t])
        return found

    def _make_room(self, found: list[int], there: list[int], most: int) -> None:
        if len(there) >= most:
            staying = [other for other in there if other not in found]
            if staying and len(staying) >= most:
                found.append(staying[int(self.random() * len(staying))])


def _set(slots: Iterable[int]) -> int:
    found = 0
    for t in slots:
        found |= 1 << t
    return found
