"""Greedy, then annealing with ejections, on a schedule of bits."""

from __future__ import annotations

import math
from random import Random

from sofra.bilaterals.engine.bits import MUST, Schedule
from sofra.bilaterals.engine.layout import Layout, Spots

#: More than this many meetings are not thrown out for one.
MOST_OUT = 4
#: How often a slot is drawn from those beside a principal's other meetings rather than from all.
BESIDE = 0.7
#: How often, where zones are a walk apart, the place is that of a meeting just before or after.
NEAR = 0.8
#: How often one that is not held is tried, where there are any.
OUT = 0.15


class Annealing:
    """One search. `best` is the cost of the best schedule so far, `held` that schedule."""

    def __init__(self, layout: Layout, start: Spots, seed: int, must: int = MUST) -> None:
        random = Random(seed)  # noqa: S311 (a search, no secret)
        self.layout = layout
        self.random = random.random
        self.schedule = schedule = Schedule(layout, random, must)
        for m, spot in start.items():
            if not schedule.in_way(m, *spot):
                schedule.insert(m, *spot)
        for m in sorted(schedule.out, key=lambda m: (-schedule.miss[m], len(layout.slots[m]), m)):
            schedule.settle(m)
        self.best = schedule.cost
        self.held = schedule.held()
        self.only([m for m in range(len(layout.members)) if layout.slots[m]])

    def only(self, able: list[int]) -> None:
        """From now on steps begin with these requests alone; others move where these throw them out."""
        self.able = [m for m in able if self.layout.slots[m]]

    def go(self, steps: int, done: int, total: int, hot: float, cold: float) -> None:
        """Take some steps, `done` of `total` being done; the heat falls from `hot` to `cold` over all of them."""
        schedule, random, able = self.schedule, self.random, self.able
        spot_of, layout, slots = schedule.spot, self.layout, schedule.slots
        places, members = layout.places, layout.members
        miss = schedule.miss
        # no request put back saves more than its price and a gap of each principal; with a price on unfairness it may
        free = bool(schedule.unfair) or schedule.spread is not None
        gain = MUST if free else schedule.gap * max(map(len, members), default=0)
        walking = places > 1 and layout.problem.rules.walking_slots > 0
        rows = layout.large_capacity, layout.capacity
        if not able:
            return
        falling = math.log(cold / hot)
        heat = hot
        hopeful: list[int] = []
        for step in range(steps):
            if step % 64 == 0:
                heat = hot * math.exp(falling * (done + step) / total)
                hopeful = [m for m in able if spot_of[m] is None]
            m = hopeful[int(random() * len(hopeful))] if hopeful and random() < OUT else able[int(random() * len(able))]
            where = slots[m]
            if random() < BESIDE:
                p = members[m][int(random() * len(members[m]))]
                busy = schedule.busy[p]
                beside = where & ((busy << 1) & schedule.not_first | (busy >> 1) & schedule.not_last)
                where = beside or where
            t = schedule.draw(where)
            k = int(random() * places) if places > 1 else 0
            if walking and random() < NEAR:
                k = self._near(m, t, k)
            if not rows[not layout.large[m]][k][t]:
                continue
            old = spot_of[m]
            if old == (t, k):
                continue
            before = schedule.cost
            if old is not None:
                schedule.remove(m)
            leaving = schedule.in_way(m, t, k)
            if len(leaving) > MOST_OUT:
                if old is not None:
                    schedule.insert(m, *old)
                continue
            stood = [schedule.remove(other) for other in leaving]
            schedule.insert(m, t, k)
            most = before - heat * math.log(1.0 - random())  # what is dearer is not kept
            settled = []
            hope = sum(miss[other] + gain for other in leaving)
            for other in leaving:
                if schedule.cost - hope > most:
                    break  # whatever the others save
                hope -= miss[other] + gain
                if schedule.settle(other):
                    settled.append(other)
            if schedule.cost - hope <= most:
                if schedule.cost < self.best:
                    self.best = schedule.cost
                    self.held = schedule.held()
                continue
            for other in settled:
                schedule.remove(other)
            schedule.remove(m)
            if old is not None:
                schedule.insert(m, *old)
            for other, spot in zip(leaving, stood, strict=True):
                schedule.insert(other, *spot)

    def _near(self, m: int, t: int, k: int) -> int:
        """The place of a meeting that one of a request's principals has just before or after a slot; else the one given."""
        schedule = self.schedule
        near = []
        for p in self.layout.members[m]:
            row = schedule.at[p]
            for u in (t - 1, t + 1):
                if 0 <= u < len(row) and row[u] >= 0 and row[u] != m:
                    spot = schedule.spot[row[u]]
                    assert spot is not None
                    near.append(spot[1])
        return near[int(self.random() * len(near))] if near else k
