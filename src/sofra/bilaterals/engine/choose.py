"""Choose what to hold, where requests exceed what fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sofra.bilaterals.engine.conflict import reason
from sofra.bilaterals.engine.exact import run
from sofra.bilaterals.engine.layout import Spots
from sofra.bilaterals.engine.model import Model

if TYPE_CHECKING:
    from sofra.bilaterals.engine.solve import Outcome, Search


def exactly(search: Search, start: Spots) -> Outcome:
    """A small problem, decided by the exact model."""
    from sofra.bilaterals.engine.solve import Outcome

    layout = search.layout
    model = Model(layout, range(len(layout.members)), {})
    if start:
        model.hint(start)
    found = run(
        model,
        seconds=search.left,
        seed=search.seed,
        workers=search.workers,
        on_best=lambda best, bound: search.tell(best, bound, "deciding"),
        should_stop=search.should_stop,
    )
    if found.status == "infeasible":
        return Outcome("infeasible", {}, None, "proof", reason(layout, max(0.5, search.left)))
    return Outcome(found.status, found.held or {}, found.bound if found.held is not None else None, found.ended)


def choose(search: Search, start: Spots) -> Outcome:
    """A large problem."""
    return exactly(search, start)
