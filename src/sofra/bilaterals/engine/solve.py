"""From a problem to a checked result: chooses how to search, numbers the rooms, explains, and lets `check` have the last word."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from sofra.bilaterals.engine.check import check, cost_of, gaps_of
from sofra.bilaterals.engine.explain import Blockers, sentence
from sofra.bilaterals.engine.layout import Layout, Spots, lay_out, spots_of
from sofra.bilaterals.engine.problem import Fact, Problem, Progress, Result, Share, Unplaced
from sofra.bilaterals.engine.rooms import assign

#: Up to this many choices (request, slot, place) a problem is decided by the exact model alone.
SMALL = 6_000
#: Seconds kept for numbering rooms, explaining and checking: so many per request, at most so much of the time.
KEPT, KEPT_MOST = 0.0005, 0.4


@dataclass
class Search:
    """One search: its limits, and whom it tells."""

    layout: Layout
    until: float
    seed: int
    workers: int
    on_progress: Callable[[Progress], None] | None
    should_stop: Callable[[], bool] | None
    began: float

    @property
    def left(self) -> float:
        """Seconds of wall time that are left."""
        return self.until - time.monotonic()

    def tell(self, best: int | None, bound: int | None, doing: str) -> None:
        """Tell whoever wants to know."""
        if self.on_progress is not None:
            self.on_progress(Progress(time.monotonic() - self.began, best, bound, doing))

    def stopped(self) -> bool:
        """Whether somebody wants it to end."""
        return self.should_stop is not None and self.should_stop()


@dataclass(frozen=True)
class Outcome:
    """What a way of searching came to. `bound` None: not known; `reason` where it is infeasible."""

    status: str
    held: Spots
    bound: int | None
    ended: str
    reason: Fact | None = None


def solve(
    problem: Problem,
    *,
    seconds: float,
    seed: int,
    workers: int = 1,
    warm_start: Result | None = None,
    published: Result | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Result:
    """Place the requests of a problem within `seconds` of wall time.

    With one worker and the same seed the result is the same each time, unless `Result.ended` says `clock` or `stop`.
    `warm_start` is a schedule to begin from; `published` one whose meetings are moved or dropped only at their price.
    Raises RuntimeError where a schedule does not pass `check`: that is a fault of this engine and never handed out.
    """
    from sofra.bilaterals.engine import choose  # noqa: F401  (reads OR-tools from disk before the clock is started)

    began = time.monotonic()
    layout = lay_out(problem, published)
    until = began + seconds - min(KEPT * len(problem.requests), KEPT_MOST * seconds)
    search = Search(layout, until, seed, workers, on_progress, should_stop, began)
    begin = warm_start or published
    start = spots_of(layout, begin.placed) if begin is not None else {}
    outcome = _search(search, start)
    return _result(search, outcome, published)


def _search(search: Search, start: Spots) -> Outcome:
    from sofra.bilaterals.engine import choose, hold, replan  # they import OR-tools, which the web process never does

    layout = search.layout
    if hopeless := hold.at_once(layout):
        return hopeless
    if layout.problem.rules.hold_all or sum(map(len, layout.slots)) * layout.places <= SMALL:
        return hold.decide(search, start)
    if layout.published:
        return replan.replan(search)
    return choose.choose(search, start)


def _result(search: Search, outcome: Outcome, published: Result | None) -> Result:
    layout, problem = search.layout, search.layout.problem
    placed = assign(layout, outcome.held, published)
    by_request = {each.request: each for each in placed}
    cost = cost_of(problem, by_request, published)
    bound = outcome.bound
    status, ended = outcome.status, outcome.ended
    if status in ("optimal", "feasible") and bound is not None:
        bound = min(bound, cost.total)
        status = "optimal" if bound == cost.total else "feasible"
        ended = "proof" if status == "optimal" else ended
    result = Result(
        status,
        placed,
        _unplaced(layout, outcome, by_request.keys()),
        cost,
        bound,
        sentence(outcome.reason) if outcome.reason else "",
        ended,
        shares(problem, Result(status, placed, (), cost, bound)),
    )
    if broken := check(problem, result, published):
        raise RuntimeError(f"The schedule found does not keep the rules and is not handed out: {broken[0]}")
    search.tell(cost.total if status in ("optimal", "feasible") else None, bound, "done")
    return result


def _unplaced(layout: Layout, outcome: Outcome, placed: object) -> tuple[Unplaced, ...]:
    left_out = [m for m in range(len(layout.members)) if m not in outcome.held]
    if outcome.status in ("optimal", "feasible"):
        blockers = Blockers(layout, outcome.held)
        return tuple(blockers.why(m) for m in left_out)
    requests = layout.problem.requests
    if outcome.reason is None:
        return tuple(Unplaced(requests[m].id, "No schedule was found in the time given.") for m in left_out)
    named = set(outcome.reason.requests)
    told, other = sentence(outcome.reason), "Nothing is placed: the problem is infeasible for other requests."
    return tuple(
        Unplaced(requests[m].id, told if requests[m].id in named else other, (outcome.reason,)) for m in left_out
    )


def shares(problem: Problem, result: Result) -> tuple[Share, ...]:
    """What each delegation got, in the order of the file. For the secretariat, and for each delegation its own."""
    from sofra.bilaterals.engine.check import possible

    placed = {each.request: each for each in result.placed}
    gaps = gaps_of(problem, placed)
    party = {each.id: each.delegation for each in problem.principals}
    asked: dict[str, list[bool]] = {each.delegation: [] for each in problem.principals}
    for request in problem.requests:
        if request.id in placed or any(possible(request, problem)):
            for name in dict.fromkeys(party[name] for name in request.principals):
                asked[name].append(request.id in placed)
    found = []
    for name, held in asked.items():
        idle = sum(number for principal, number in gaps.items() if party[principal] == name)
        burden = 4 * held.count(False) + idle
        found.append(Share(name, len(held), held.count(True), idle, 100 * burden // (4 * len(held)) if held else 0))
    return tuple(found)


def explain(problem: Problem, result: Result, request: str) -> Unplaced:
    """Why a request is not held in a schedule, found anew from the schedule. Raises KeyError for a request there is not.

    For a request that is held, the reason says where, and there are no facts.
    """
    index = {each.id: m for m, each in enumerate(problem.requests)}
    m = index[request]
    for each in result.placed:
        if each.request == request:
            return Unplaced(request, f"It is held in slot {each.slot} in room {each.room}.")
    if result.status == "infeasible" and result.reason:
        return Unplaced(request, result.reason)
    layout = lay_out(problem)
    return Blockers(layout, spots_of(layout, result.placed)).why(m)
