"""Choose what to hold, where requests exceed what fits and are many: greedy, then annealing."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from sofra.bilaterals.engine.annealing import Annealing
from sofra.bilaterals.engine.bound import missed_bound
from sofra.bilaterals.engine.layout import Spots

if TYPE_CHECKING:
    from sofra.bilaterals.engine.solve import Outcome, Search

#: Steps of annealing that one second of the budget buys. Where a machine is slower, its clock makes the cooling faster.
STEPS_PER_SECOND = 8_000
CHUNK = 1_000
#: The share of the time that the bound may take.
BOUND_SHARE = 0.1


def choose(search: Search, start: Spots) -> Outcome:
    """A large problem: what it must miss at least, then a schedule that comes near."""
    from sofra.bilaterals.engine import hold
    from sofra.bilaterals.engine.solve import Outcome

    layout = search.layout
    bound = missed_bound(layout, search.left * BOUND_SHARE)
    annealing = Annealing(layout, start, search.seed)
    search.tell(annealing.best, bound, "greedy")
    ended = cool(search, annealing, bound, hot(search), warm=bool(start))
    if not allowed(search, annealing.held):
        return hold.decide(search, annealing.held)
    return Outcome("feasible", annealing.held, bound, ended)


def hot(search: Search) -> float:
    """The heat to begin with: a part of the least weight that is missed, so that what is held can still change."""
    weights = search.layout.problem.weights
    least = min((each for each in weights.missed.values() if each), default=1)
    return max(0.15 * least, 1.5 * weights.gap, 1.0)


def cool(search: Search, annealing: Annealing, bound: int, heat: float, *, warm: bool) -> str:
    """Anneal within the limits; what ended it."""
    weights = search.layout.problem.weights
    cold = max(0.1 * weights.gap, 0.05)
    if warm:
        heat = max(heat * 0.2, 2 * cold)
    seconds = search.left
    total = max(CHUNK, int(seconds * STEPS_PER_SECOND))
    began, done, ended = time.monotonic(), 0, "limit"
    while done < total and annealing.best > bound:
        if search.stopped():
            return "stop"
        # where the clock runs ahead of the steps, the cooling follows the clock
        due = int(total * (time.monotonic() - began) / max(seconds, 0.001))
        if due > done:
            done, ended = min(due, total - 1), "clock"
        if search.left <= 0:
            return "clock"
        steps = min(CHUNK, total - done)
        annealing.go(steps, done, total, heat, cold)
        done += steps
        search.tell(annealing.best, bound, "annealing")
    return ended


def allowed(search: Search, held: Spots) -> bool:
    """Whether a schedule holds what must be held and keeps the spread of gaps."""
    layout = search.layout
    spread = layout.problem.rules.gap_spread_max
    if any(m not in held for m in layout.needed):
        return False
    if spread is None or not layout.meetings:
        return True
    gaps = [layout.gaps([held[m][0] for m in meetings if m in held]) for meetings in layout.meetings]
    return max(gaps) - min(gaps) <= spread
