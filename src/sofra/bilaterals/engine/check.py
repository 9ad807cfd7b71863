"""Checks a schedule against its problem, rule by rule, from the ids alone.

Written apart from everything that searches: it shares only the data with it, counts the cost in its own way, and takes no
shortcut. It runs on every result, in production too; `solve` hands nothing out that does not pass.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations, pairwise

from sofra.bilaterals.engine.problem import Cost, Placement, Principal, Problem, Request, Result


def check(problem: Problem, result: Result, published: Result | None = None) -> list[str]:
    """Every broken rule as a sentence; empty where all hold. `published` is what `moved` and `dropped` are counted from."""
    found = list(_entries(problem, result))
    if found:
        return found  # rules speak of what exists
    placed = {each.request: each for each in result.placed}
    found += _status(problem, result, placed)
    found += _alone(problem, placed)
    found += _shared(problem, placed)
    found += _between(problem, placed)
    found += _spread(problem, placed, result)
    found += _cost(problem, placed, result, published)
    return found


def _entries(problem: Problem, result: Result) -> Iterator[str]:
    requests = {each.id for each in problem.requests}
    slots = {each.id for each in problem.slots}
    rooms = {each.id for each in problem.rooms}
    for number, each in enumerate(result.placed):
        for kind, name, known in (
            ("request", each.request, requests),
            ("slot", each.slot, slots),
            ("room", each.room, rooms),
        ):
            if name not in known:
                yield f"placed[{number}]: there is no {kind} “{name}”."
    for number, left_out in enumerate(result.unplaced):
        if left_out.request not in requests:
            yield f"unplaced[{number}]: there is no request “{left_out.request}”."
    counted = Counter([each.request for each in result.placed] + [each.request for each in result.unplaced])
    for name, times in counted.items():
        if times > 1:
            yield f"Request “{name}” is told of {times} times."
    for request in problem.requests:
        if request.id not in counted:
            yield f"Request “{request.id}” is neither placed nor unplaced."


def _status(problem: Problem, result: Result, placed: dict[str, Placement]) -> Iterator[str]:
    done = result.status in ("optimal", "feasible")
    if not done and placed:
        yield f"The status is {result.status}, yet meetings are placed."
    if done and problem.rules.hold_all:
        for request in problem.requests:
            if request.id not in placed:
                yield f"Request “{request.id}” is not held, and all must be held."
    if done:
        for request in problem.requests:
            if request.slot is not None and request.id not in placed:
                yield f"Request “{request.id}” is locked in slot {request.slot} and is not held."
    if result.bound is not None and done:
        if result.bound > result.cost.total:
            yield f"The bound {result.bound} is above the cost {result.cost.total}."
        if result.status == "optimal" and result.bound != result.cost.total:
            yield f"The status is optimal, yet the bound {result.bound} is not the cost {result.cost.total}."


def _alone(problem: Problem, placed: dict[str, Placement]) -> Iterator[str]:
    """What a placement breaks by itself."""
    principals = {each.id: each for each in problem.principals}
    rooms = {each.id: each for each in problem.rooms}
    for request in problem.requests:
        if request.id not in placed:
            continue
        slot, room = placed[request.id].slot, rooms[placed[request.id].room]
        if request.slot is not None and slot != request.slot:
            yield f"Request “{request.id}” is locked in slot {request.slot} and stands in {slot}."
        if request.slots is not None and slot not in request.slots:
            yield f"Request “{request.id}” stands in slot {slot}, which it does not allow."
        for name in request.principals:
            if slot in principals[name].unavailable:
                yield f"Request “{request.id}” stands in slot {slot}, in which {name} is unavailable."
        if request.size == "L" and room.size != "L":
            yield f"Request “{request.id}” needs a large room; {room.id} is small."
        if slot in room.unavailable:
            yield f"Request “{request.id}” stands in room {room.id} in slot {slot}, in which it is unavailable."


def _shared(problem: Problem, placed: dict[str, Placement]) -> Iterator[str]:
    """What placements of one slot break together."""
    requests = {each.id: each for each in problem.requests}
    zones = {each.id: each.zone for each in problem.rooms}
    teams = {each.languages: each for each in problem.interpreters}
    by_slot: dict[str, list[Placement]] = defaultdict(list)
    for each in placed.values():
        by_slot[each.slot].append(each)
    for slot, there in by_slot.items():
        for room, times in Counter(each.room for each in there).items():
            if times > 1:
                yield f"Room {room} holds {times} meetings in slot {slot}."
        for name, times in Counter(name for each in there for name in requests[each.request].principals).items():
            if times > 1:
                yield f"{name} has {times} meetings in slot {slot}."
        used = Counter(pair for each in there if (pair := requests[each.request].languages) is not None)
        for pair, times in used.items():
            able = max(0, teams[pair].teams - teams[pair].away.get(slot, 0)) if pair in teams else 0
            if times > able:
                spoken = "–".join(sorted(pair))
                yield f"Slot {slot} needs {times} teams of {spoken}; there are {able}."
        where: dict[str, set[str]] = defaultdict(set)
        for each in there:
            for name in requests[each.request].principals:
                where[name].add(zones[each.room])
        for one, other in problem.apart:
            for zone in sorted(where.get(one, set()) & where.get(other, set())):
                yield f"{one} and {other} are both in zone {zone} in slot {slot}."


def _between(problem: Problem, placed: dict[str, Placement]) -> Iterator[str]:
    """Buffers and walks between two meetings of a principal, and what must come before what."""
    position = {slot.id: number for number, slot in enumerate(problem.slots)}
    zones = {each.id: each.zone for each in problem.rooms}
    rules = problem.rules
    for name, requests in _by_principal(problem).items():
        held = [placed[each.id] for each in requests if each.id in placed]
        for one, other in combinations(held, 2):
            apart = abs(position[one.slot] - position[other.slot])
            needed = rules.buffer_slots + (rules.walking_slots if zones[one.room] != zones[other.room] else 0)
            if apart and apart - 1 < needed:
                yield (
                    f"{name} has {apart - 1} free slots between “{one.request}” ({one.slot}) and “{other.request}” "
                    f"({other.slot}); {needed} are needed."
                )
    for request in problem.requests:
        for later in request.before:
            if request.id in placed and later in placed:
                first, second = placed[request.id].slot, placed[later].slot
                if position[first] >= position[second]:
                    yield f"Request “{request.id}” ({first}) must be held before “{later}” ({second})."


def _by_principal(problem: Problem) -> dict[str, list[Request]]:
    found: dict[str, list[Request]] = {each.id: [] for each in problem.principals}
    for request in problem.requests:
        for name in request.principals:
            found[name].append(request)
    return found


def gaps_of(problem: Problem, placed: dict[str, Placement]) -> dict[str, int]:
    """The gaps of every principal: idle stretches between consecutive meetings, within the scope of the rules."""
    position = {slot.id: number for number, slot in enumerate(problem.slots)}
    by_day = problem.rules.gap_scope == "day"
    found = {}
    for name, requests in _by_principal(problem).items():
        days: dict[str, list[int]] = defaultdict(list)
        for request in requests:
            if request.id in placed:
                at = position[placed[request.id].slot]
                days[problem.slots[at].day if by_day else ""].append(at)
        found[name] = sum(later - earlier > 1 for day in days.values() for earlier, later in pairwise(sorted(day)))
    return found


def _spread(problem: Problem, placed: dict[str, Placement], result: Result) -> Iterator[str]:
    most = problem.rules.gap_spread_max
    if most is None or result.status not in ("optimal", "feasible"):
        return
    gaps = gaps_of(problem, placed)
    if gaps and max(gaps.values()) - min(gaps.values()) > most:
        yield f"Principals have from {min(gaps.values())} to {max(gaps.values())} gaps; the difference may be {most}."


def possible(request: Request, problem: Problem) -> Iterator[str]:
    """The slots a request could have by itself: allowed, where it is locked, and with all its principals there.

    Rooms, interpreters and whom to keep apart do not matter here: what a missed request costs must not depend on them.
    """
    principals: dict[str, Principal] = {each.id: each for each in problem.principals}
    for slot in problem.slots:
        if request.slots is not None and slot.id not in request.slots:
            continue
        if request.slot is not None and slot.id != request.slot:
            continue
        if not any(slot.id in principals[name].unavailable for name in request.principals):
            yield slot.id


def cost_of(problem: Problem, placed: dict[str, Placement], published: Result | None = None) -> Cost:
    """What a schedule costs, counted anew from the ids (docs/bilaterals.md has the formulas)."""
    weights = problem.weights
    countable = [each for each in problem.requests if each.id in placed or any(possible(each, problem))]
    told = {each.request: each for each in published.placed} if published else {}
    gaps = gaps_of(problem, placed)
    delegation = {each.id: each.delegation for each in problem.principals}
    asked: Counter[str] = Counter()
    burden: Counter[str] = Counter()
    for request in countable:
        for party in {delegation[name] for name in request.principals}:
            asked[party] += 1
            burden[party] += 0 if request.id in placed else 4
    for name, number in gaps.items():
        burden[delegation[name]] += number
    changed = [
        placed[name]
        for name, old in told.items()
        if name in placed and (placed[name].slot, placed[name].room) != (old.slot, old.room)
    ]
    missed = [each for each in countable if each.id not in placed]
    return Cost(
        missed=sum(weights.missed[each.priority] for each in missed),
        gap=weights.gap * sum(gaps.values()),
        moved=weights.moved * len(changed),
        dropped=weights.dropped * sum(each.id in told for each in missed),
        unfair=weights.unfair * sum(100 * burden[party] ** 2 // (4 * asked[party]) ** 2 for party in asked),
    )


def _cost(problem: Problem, placed: dict[str, Placement], result: Result, published: Result | None) -> Iterator[str]:
    counted = cost_of(problem, placed, published)
    for part in ("missed", "gap", "moved", "dropped", "unfair"):
        said, true = getattr(result.cost, part), getattr(counted, part)
        if published is None and part in ("moved", "dropped"):
            continue  # cannot be counted without what was published
        if said != true:
            yield f"The cost says {part} {said}; counted anew it is {true}."
