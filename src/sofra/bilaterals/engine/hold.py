"""All must be held: the exact model by cores, and where rooms are tight another search beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sofra.bilaterals.engine.conflict import reason
from sofra.bilaterals.engine.exact import run
from sofra.bilaterals.engine.explain import shared_reason
from sofra.bilaterals.engine.layout import Layout, Spots
from sofra.bilaterals.engine.model import Model

if TYPE_CHECKING:
    from sofra.bilaterals.engine.solve import Outcome, Search

#: Seconds at most that a smaller set of conflicting requests is looked for.
CONFLICT_SECONDS = 5.0


def at_once(layout: Layout) -> Outcome | None:
    """Infeasible for a plain reason that needs no search, or None."""
    from sofra.bilaterals.engine.solve import Outcome

    found = shared_reason(layout)
    return Outcome("infeasible", {}, None, "proof", found) if found is not None else None


def hold_all(search: Search, start: Spots) -> Outcome:
    """The fewest gaps with everything held."""
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
        core=True,
        on_best=lambda best, bound: search.tell(best, bound, "holding all"),
        should_stop=search.should_stop,
    )
    if found.status == "infeasible":
        return Outcome("infeasible", {}, None, "proof", reason(layout, min(CONFLICT_SECONDS, max(0.5, search.left))))
    return Outcome(found.status, found.held or {}, found.bound if found.held is not None else None, found.ended)
