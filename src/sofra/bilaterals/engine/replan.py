"""Re-planning: what stands and still can stays; the exact model frees what changed, and then the neighbourhood it needs."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from sofra.bilaterals.engine.annealing import Annealing
from sofra.bilaterals.engine.bits import Schedule
from sofra.bilaterals.engine.bound import missed_bound
from sofra.bilaterals.engine.choose import allowed
from sofra.bilaterals.engine.exact import run
from sofra.bilaterals.engine.hold import decide
from sofra.bilaterals.engine.layout import Layout, Spots
from sofra.bilaterals.engine.model import Model

if TYPE_CHECKING:
    from sofra.bilaterals.engine.solve import Outcome, Search

#: How many requests a neighbourhood frees, from the first to the widest, and the deterministic units for each.
WIDTHS = (60, 150)
UNITS = 1.0
#: Steps of annealing for the affected alone.
STEPS, CHUNK = 12_000, 500


def replan(search: Search) -> Outcome:
    """The cheapest schedule near what was published; what was not affected moves only where that spares one that was told."""
    from sofra.bilaterals.engine.solve import Outcome

    layout = search.layout
    standing = stays(layout, search.seed)
    affected = {m for m in layout.was_published if m not in standing and layout.slots[m]}
    waiting = _waiting(layout, standing, affected)
    held, ended = standing, "proof"
    narrow: Spots | None = None
    bound = missed_bound(layout, 1.0)
    for stage, free in enumerate(
        (affected | waiting, *(_around(layout, standing, affected | waiting, width) for width in WIDTHS))
    ):
        if stage == 1 and allowed(search, held):
            held = _chains(search, held, affected)
            free = affected | {m for m, spot in layout.published.items() if held.get(m) != spot}
        if search.left <= 0.2 or search.stopped():
            ended = "stop" if search.stopped() else "clock"
            break
        model = Model(layout, free, {m: spot for m, spot in held.items() if m not in free})
        model.hint(held)
        found = run(
            model,
            seconds=search.left / 2,
            units=UNITS,
            seed=search.seed,
            workers=search.workers,
            should_stop=search.should_stop,
        )
        ended = "limit" if found.ended == "proof" else found.ended
        if found.held is not None and (
            not allowed(search, held) or layout.cost(found.held).total <= layout.cost(held).total
        ):
            held = found.held
        if stage == 0 and allowed(search, held):
            narrow = held
        search.tell(layout.cost(held).total, bound, f"re-planning {len(free)} requests")
        if all(m in held for m in affected) and allowed(search, held):
            break
    if not allowed(search, held):
        return decide(search, held)
    if narrow is not None and _dropped(layout, held) >= _dropped(layout, narrow):
        held = narrow  # others moved, and nothing that was told is held for it
    return Outcome("feasible", held, bound, ended)


def _dropped(layout: Layout, held: Spots) -> int:
    """How many published meetings that could be held are not."""
    return sum(m not in held and layout.counted[m] for m in layout.was_published)


def _chains(search: Search, held: Spots, affected: set[int]) -> Spots:
    """Find places for the affected by throwing out others, who find places in turn; never for more than it saves."""
    layout = search.layout
    annealing = Annealing(layout, held, search.seed)
    annealing.only(sorted(affected))
    until = time.monotonic() + search.left / 2
    for done in range(0, STEPS, CHUNK):
        if time.monotonic() > until or search.stopped():
            break
        annealing.go(CHUNK, done, STEPS, 4.0 * max(1, layout.problem.weights.gap), 0.5)
    cheaper = layout.cost(annealing.held).total < layout.cost(held).total
    return annealing.held if cheaper and allowed(search, annealing.held) else held


def stays(layout: Layout, seed: int) -> Spots:
    """The published meetings that can all stay where they are, more important ones first."""
    from random import Random

    schedule = Schedule(layout, Random(seed))  # noqa: S311 (a search, no secret)
    for m in sorted(layout.published, key=lambda m: (-schedule.miss[m], m)):
        if not schedule.in_way(m, *layout.published[m]):
            schedule.insert(m, *layout.published[m])
    return schedule.held()


def _waiting(layout: Layout, standing: Spots, affected: set[int]) -> set[int]:
    """Requests that were not held and might be now: those of somebody whose meeting is affected."""
    people = {p for m in affected for p in layout.members[m]}
    return {m for p in people for m in layout.meetings[p] if m not in standing and layout.slots[m]} | {
        m for m in layout.needed if m not in standing
    }


def _around(layout: Layout, standing: Spots, free: set[int], width: int) -> set[int]:
    """The affected, and the meetings of their principals and of those these meet, up to a number."""
    found = set(free)
    people = [p for m in sorted(free) for p in layout.members[m]]
    seen: set[int] = set()
    while people and len(found) < width:
        p = people.pop(0)
        if p in seen:
            continue
        seen.add(p)
        for m in layout.meetings[p]:
            if m in standing and m not in found:
                found.add(m)
                people += [q for q in layout.members[m] if q not in seen]
    return found
