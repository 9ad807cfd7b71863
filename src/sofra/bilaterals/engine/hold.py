"""What the exact model decides: problems in which all must be held, and small ones."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from sofra.bilaterals.engine import aside, cores
from sofra.bilaterals.engine.annealing import Annealing
from sofra.bilaterals.engine.bits import MUST
from sofra.bilaterals.engine.choose import CHUNK, STEPS_PER_SECOND, allowed, hot
from sofra.bilaterals.engine.clauses import Encoding
from sofra.bilaterals.engine.conflict import reason
from sofra.bilaterals.engine.exact import run
from sofra.bilaterals.engine.explain import shared_reason
from sofra.bilaterals.engine.layout import Layout, Spots
from sofra.bilaterals.engine.model import Model

if TYPE_CHECKING:
    from sofra.bilaterals.engine.solve import Outcome, Search

#: Seconds at most that a smaller set of conflicting requests is looked for.
CONFLICT_SECONDS = 5.0
#: What leaving out a meeting costs while annealing, in gaps: dear, and yet paid on the way to something better.
SOFT = 50
#: Shares of the time for the search by cores, and then for annealing; the rest is for the usual search. Where all must be
#: held, cores are looked for a short while here, and then in a process aside.
CORE_SHARE, ANNEAL_SHARE = 0.6, 0.1
SHORT_SHARE, ASIDE_SHARE = 0.04, 0.8
#: Less time than this is not worth a process of its own.
ASIDE_SECONDS = 1.0


def at_once(layout: Layout) -> Outcome | None:
    """Infeasible for a plain reason that needs no search, or None."""
    from sofra.bilaterals.engine.solve import Outcome

    found = shared_reason(layout)
    return Outcome("infeasible", {}, None, "proof", found) if found is not None else None


def decide(search: Search, start: Spots) -> Outcome:
    """The cheapest schedule of a problem in which all must be held, or of a small one.

    By cores first: they prove what they find. Where they come to no end in their share of the time, annealing makes a
    schedule, and the usual search of CP-SAT goes on from it as a complete hint. What cannot be said in clauses has its
    cores searched for by CP-SAT.
    """
    from sofra.bilaterals.engine.solve import Outcome

    layout = search.layout
    seconds = search.left
    bound = 0
    ways: tuple[tuple[bool, float], ...] = ((True, CORE_SHARE), (False, 1.0))
    if cores.able(layout):
        proof = _by_cores(search, start, seconds)
        if proof.status == "infeasible":
            return _infeasible(search)
        bound = proof.bound
        if proof.status == "optimal" or proof.ended == "stop":
            found_any = proof.held is not None
            return Outcome("feasible" if found_any else "unknown", proof.held or {}, bound, proof.ended)
        start = start if proof.held is None else proof.held
        start = better(search, start, bound, seconds * ANNEAL_SHARE)
        ways = ((False, 1.0),)
    model = Model(layout, range(len(layout.members)), {})
    if start:
        model.hint(start)
    for core, share in ways:
        found = run(
            model,
            seconds=min(search.left, seconds * share),
            seed=search.seed,
            workers=search.workers,
            core=core,
            on_best=lambda best, bound: search.tell(best, bound, "deciding"),
            should_stop=search.should_stop,
        )
        if found.status == "infeasible":
            return _infeasible(search)
        bound = max(bound, found.bound)
        if found.status == "optimal" or found.ended == "stop":
            break
        if found.held is not None:
            start = found.held
        if core:
            start = better(search, start, bound, seconds * ANNEAL_SHARE)
            model.hint(start)
    held = found.held
    if allowed(search, start) and (held is None or layout.cost(start).total < layout.cost(held).total):
        held = start
    if held is None:
        return Outcome("unknown", {}, None, found.ended)
    return Outcome("feasible", held, bound, found.ended)


def _by_cores(search: Search, start: Spots, seconds: float) -> cores.Proof:
    """Cores in this process, and for tight events the rest of their time in one aside."""
    if not search.layout.problem.rules.hold_all:
        return _by_clauses(search, start, seconds * CORE_SHARE)
    short = _by_clauses(search, start, seconds * SHORT_SHARE)
    left = min(search.left, seconds * ASIDE_SHARE)
    if short.status != "unknown" or short.ended == "stop" or left < ASIDE_SECONDS:
        return short
    long = aside.prove(
        search.layout,
        left,
        stopped=search.stopped,
        tell=lambda best, bound: search.tell(best, max(bound, short.bound), "deciding"),
    )
    held = short.held if long.held is None else long.held
    return cores.Proof(long.status, held, max(short.bound, long.bound), long.ended)


def _by_clauses(search: Search, start: Spots, seconds: float) -> cores.Proof:
    began = time.monotonic()
    encoding = Encoding(search.layout)
    return cores.Cores(
        encoding,
        start,
        seconds=seconds - (time.monotonic() - began),
        stopped=search.stopped,
        tell=lambda best, bound: search.tell(best, bound, "deciding"),
    ).run()


def _infeasible(search: Search) -> Outcome:
    from sofra.bilaterals.engine.solve import Outcome

    seconds = min(CONFLICT_SECONDS, max(0.5, search.left))
    return Outcome("infeasible", {}, None, "proof", reason(search.layout, seconds))


def better(search: Search, start: Spots, bound: int, seconds: float) -> Spots:
    """A schedule by annealing, from one that may be empty; the one given where it finds none."""
    layout, gap = search.layout, max(1, search.layout.problem.weights.gap)
    everything = layout.problem.rules.hold_all
    annealing = Annealing(layout, start, search.seed, must=SOFT * gap if everything else MUST)
    heat = SOFT * gap / 4 if everything else hot(search)
    total = max(1, int(seconds * STEPS_PER_SECOND))
    until, done = min(search.until, time.monotonic() + seconds), 0
    while done < total and annealing.best > bound and time.monotonic() < until and not search.stopped():
        due = int(total * (1 - (until - time.monotonic()) / seconds))
        done = max(done, min(due, total - 1))
        steps = min(CHUNK, total - done)
        annealing.go(steps, done, total, heat, gap / 4)
        done += steps
        search.tell(None, bound, "annealing")
    found = annealing.held
    if not allowed(search, found) or (allowed(search, start) and layout.cost(start).total <= layout.cost(found).total):
        return start
    return found
