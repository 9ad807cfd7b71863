"""Why a problem is infeasible where nothing plain says it: a small set of requests that cannot all be held."""

from __future__ import annotations

import time
from dataclasses import replace

from sofra.bilaterals.engine.exact import run
from sofra.bilaterals.engine.explain import shared_reason
from sofra.bilaterals.engine.layout import Layout, lay_out
from sofra.bilaterals.engine.model import Model
from sofra.bilaterals.engine.problem import Fact, Problem


def reason(layout: Layout, seconds: float) -> Fact:
    """The reason as a fact of kind `together`; `seconds` is how long to look for a smaller set of requests."""
    if (plain := shared_reason(layout)) is not None:
        return plain
    problem = layout.problem
    kept = set(layout.needed)
    until = time.monotonic() + seconds
    size = max(1, len(kept) // 2)
    smallest = False
    while time.monotonic() < until:
        shrunk = False
        parts = sorted(kept)
        for start in range(0, len(parts), size):
            less = kept - set(parts[start : start + size])
            left = until - time.monotonic()
            if left <= 0:
                break
            if less and _infeasible(problem, less, left):
                kept = less
                shrunk = True
        if size == 1 and not shrunk:
            smallest = time.monotonic() < until
            break
        size = max(1, min(size, len(kept)) // 2) if not shrunk or size > 1 else 1
    told = (
        "Without any one of them, the others could."
        if smallest
        else "A smaller set may do; the search for it was ended."
    )
    return Fact("together", requests=tuple(problem.requests[m].id for m in sorted(kept)), detail=told, lasting=True)


def _infeasible(problem: Problem, requests: set[int], seconds: float) -> bool:
    """Whether these requests alone cannot all be held."""
    kept = [each for m, each in enumerate(problem.requests) if m in requests]
    ids = {each.id for each in kept}
    alone = replace(
        problem,
        requests=tuple(replace(each, before=tuple(name for name in each.before if name in ids)) for each in kept),
        rules=replace(problem.rules, hold_all=True),
        weights=replace(problem.weights, gap=0, unfair=0),
    )
    return run(Model(lay_out(alone), range(len(kept)), {}), seconds=seconds, seed=0).status == "infeasible"
