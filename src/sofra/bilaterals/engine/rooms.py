"""Room numbers, last of all and slot by slot: within a place any meetings that keep its counts find rooms."""

from __future__ import annotations

from sofra.bilaterals.engine.layout import Layout, Spots
from sofra.bilaterals.engine.problem import Placement, Result


def assign(layout: Layout, held: Spots, published: Result | None = None) -> tuple[Placement, ...]:
    """Placements with rooms, in the order of the requests. A published meeting that stays in its place keeps its room.

    Large meetings choose first and small meetings take small rooms first, so a choice never takes the last room of another.
    """
    problem = layout.problem
    told = {each.request: (each.slot, each.room) for each in published.placed} if published else {}
    groups: dict[tuple[int, int], list[int]] = {}
    for m, spot in held.items():
        groups.setdefault(spot, []).append(m)
    found: dict[int, str] = {}
    for (t, k), meetings in groups.items():
        slot = problem.slots[t].id
        free = {
            room.id: room.size
            for number, room in enumerate(problem.rooms)
            if layout.place_of_room[number] == k and slot not in room.unavailable
        }
        waiting = []
        for m in sorted(meetings):
            old_slot, old_room = told.get(problem.requests[m].id, ("", ""))
            if old_slot == slot and old_room in free and (free[old_room] == "L" or not layout.large[m]):
                found[m] = old_room
                del free[old_room]
            else:
                waiting.append(m)
        for m in sorted(waiting, key=lambda m: (not layout.large[m], m)):
            name = next(
                name
                for name, size in sorted(free.items(), key=lambda each: each[1] != ("L" if layout.large[m] else "S"))
                if size == "L" or not layout.large[m]
            )
            found[m] = name
            del free[name]
    return tuple(Placement(problem.requests[m].id, problem.slots[held[m][0]].id, found[m]) for m in sorted(held))
