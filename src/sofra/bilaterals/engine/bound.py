"""A bound from what is held alone: how much of the requests' weight any schedule must miss, gaps left aside.

A linear relaxation gives prices to principals' slots, rooms and teams. Whatever the prices, a request is worth at most what
it weighs less the cheapest slot it can have, so the bound that is counted from them holds even where they are inexact.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

from ortools.linear_solver import pywraplp

from sofra.bilaterals.engine.layout import Layout

#: Beyond so many request-slots only the coarse relaxation is solved: it does not know slots apart.
FINE = 250_000


def missed_bound(layout: Layout, seconds: float) -> int:
    """No schedule of a layout costs less than this in `missed` and `dropped`. Takes `seconds` at most, roughly."""
    weight = _weights(layout)
    total = sum(weight)
    bound = total - _coarse(layout, weight)
    if seconds > 1 and sum(map(len, layout.slots)) <= FINE:
        bound = max(bound, total - _fine(layout, weight, seconds))
    return max(0, math.ceil(bound - 1e-6))


def _weights(layout: Layout) -> list[int]:
    dropped = layout.problem.weights.dropped
    return [
        (layout.weight[m] + dropped * (m in layout.was_published)) * layout.counted[m]
        for m in range(len(layout.members))
    ]


def _coarse(layout: Layout, weight: list[int]) -> float:
    """The most that can be held by how many slots each principal has, and all rooms and teams together."""
    solver = pywraplp.Solver.CreateSolver("GLOP")
    able = [m for m, slots in enumerate(layout.slots) if slots]
    held = {m: solver.NumVar(0, 1, "") for m in able}
    rows: list[tuple[Any, list[int]]] = []

    def most(number: int, those: list[int]) -> None:
        if number < len(those):
            row = solver.Constraint(0, number)
            for m in those:
                row.SetCoefficient(held[m], 1)
            rows.append((row, those))

    for meetings in layout.meetings:
        those = [m for m in meetings if m in held]
        most(len({t for m in those for t in layout.slots[m]}), those)
    most(sum(map(sum, layout.capacity)), able)
    most(sum(map(sum, layout.large_capacity)), [m for m in able if layout.large[m]])
    for pair, numbers in enumerate(layout.teams):
        most(sum(numbers), [m for m in able if layout.pair[m] == pair])
    for m in able:
        solver.Objective().SetCoefficient(held[m], weight[m])
    solver.Objective().SetMaximization()
    solver.Solve()
    price = dict.fromkeys(able, 0.0)
    value = 0.0
    for row, those in rows:
        dual = max(0.0, row.dual_value())
        value += dual * row.ub()
        for m in those:
            price[m] += dual
    return value + sum(max(0.0, weight[m] - price[m]) for m in able)


def _fine(layout: Layout, weight: list[int], seconds: float) -> float:
    """The same by slots: a principal's slot, a slot's rooms and a slot's teams each have a price."""
    solver = pywraplp.Solver.CreateSolver("GLOP")
    solver.SetTimeLimit(int(seconds * 1000))
    rows: dict[tuple[int, int, int], Any] = {}
    uses: dict[tuple[int, int], list[tuple[int, int, int]]] = {}
    solver.Objective().SetMaximization()
    by_row: defaultdict[tuple[int, int, int], int] = defaultdict(int)
    for m, slots in enumerate(layout.slots):
        for t in slots:
            keys = [(0, p, t) for p in layout.members[m]] + [(1, 0, t)]
            if layout.large[m]:
                keys.append((2, 0, t))
            if layout.pair[m] >= 0:
                keys.append((3, layout.pair[m], t))
            uses[m, t] = keys
            for key in keys:
                by_row[key] += 1

    def limit(key: tuple[int, int, int]) -> int:
        kind, which, t = key
        if kind == 0:
            return 1
        if kind == 3:
            return layout.teams[which][t]
        return sum(row[t] for row in (layout.capacity if kind == 1 else layout.large_capacity))

    for key, number in by_row.items():
        if number > limit(key):
            rows[key] = solver.Constraint(0, limit(key))
    for m, slots in enumerate(layout.slots):
        if not slots:
            continue
        once = solver.Constraint(0, 1)
        for t in slots:
            variable = solver.NumVar(0, 1, "")
            once.SetCoefficient(variable, 1)
            solver.Objective().SetCoefficient(variable, weight[m])
            for key in uses[m, t]:
                if key in rows:
                    rows[key].SetCoefficient(variable, 1)
    status = solver.Solve()
    if status not in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE):
        return float(sum(weight))
    price = {key: max(0.0, row.dual_value()) for key, row in rows.items()}
    value = sum(each * limit(key) for key, each in price.items())
    for m, slots in enumerate(layout.slots):
        if slots:
            cheapest = min(sum(price.get(key, 0.0) for key in uses[m, t]) for t in slots)
            value += max(0.0, weight[m] - cheapest)
    return float(value)
