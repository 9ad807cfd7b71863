"""Problems to solve, small ones for an oracle that looks at every schedule."""

from __future__ import annotations

import random
from typing import Any

from sofra.bilaterals.engine.check import check, cost_of, possible
from sofra.bilaterals.engine.problem import Placement, Problem, Result
from sofra.bilaterals.engine.reading import problem_from


def slots(number: int, days: int = 1) -> list[dict[str, str]]:
    """Slots of half an hour, as many on each day."""
    return [
        {
            "id": f"{day}-{9 + at // 2:02}:{at % 2 * 30:02}",
            "day": str(day),
            "start": f"2026-09-{20 + day}T{9 + at // 2:02}:{at % 2 * 30:02}:00+03:00",
            "end": f"2026-09-{20 + day}T{9 + at // 2:02}:{at % 2 * 30 + 20:02}:00+03:00",
        }
        for day in range(1, days + 1)
        for at in range(number)
    ]


def tiny(seed: int, *, hold_all: bool | None = None, spread: bool = False) -> dict[str, Any]:
    """A problem of a few requests with a bit of every rule in it."""
    rng = random.Random(seed)
    times = slots(rng.choice([2, 3]), rng.choice([1, 2]))
    ids = [slot["id"] for slot in times]
    people = [f"P{number}" for number in range(rng.choice([3, 4]))]
    requests: list[dict[str, Any]] = []
    for number in range(rng.randint(2, 4)):
        requests.append(
            {
                "id": f"m{number}",
                "principals": rng.sample(people, 3 if rng.random() < 0.1 else 2),
                "priority": rng.choice([1, 2, 3]),
                "size": rng.choice(["S", "S", "L"]),
                "languages": ["sq", "tr"] if rng.random() < 0.3 else None,
                "slots": rng.sample(ids, rng.randint(1, len(ids))) if rng.random() < 0.3 else None,
                "slot": rng.choice(ids) if rng.random() < 0.1 else None,
                "before": [f"m{rng.randrange(number)}"] if number and rng.random() < 0.2 else [],
            }
        )
    rooms = [
        {
            "id": f"R{number}",
            "zone": rng.choice("AB"),
            "size": "L" if number == 0 else "S",
            "unavailable": rng.sample(ids, 1) if rng.random() < 0.2 else [],
        }
        for number in range(rng.choice([1, 2]))
    ]
    return {
        "format": "sofra.bilaterals/1",
        "slots": times,
        "principals": [
            {
                "id": name,
                "delegation": f"D{rng.randrange(2)}",
                "unavailable": rng.sample(ids, 1) if rng.random() < 0.3 else [],
            }
            for name in people
        ],
        "rooms": rooms,
        "interpreters": [{"languages": ["tr", "sq"], "teams": 1, "away": {ids[0]: 1} if rng.random() < 0.3 else {}}],
        "requests": requests,
        "apart": [rng.sample(people, 2)] if rng.random() < 0.4 else [],
        "rules": {
            "hold_all": rng.random() < 0.3 if hold_all is None else hold_all,
            "gap_scope": rng.choice(["day", "all"]),
            "gap_spread_max": rng.choice([0, 1]) if spread else None,
            "buffer_slots": rng.choice([0, 0, 1]),
            "walking_slots": rng.choice([0, 0, 1]),
        },
        "weights": {
            "missed": {"1": rng.choice([3, 30]), "2": 10, "3": 2},
            "gap": rng.choice([0, 2, 5]),
            "unfair": rng.choice([0, 0, 1]),
            "moved": rng.choice([0, 3]),
            "dropped": rng.choice([0, 7]),
        },
    }


def best_of_all(problem: Problem, published: Result | None = None) -> int | None:
    """The least cost over every schedule there is, by looking at each; None where none keeps the rules."""
    choices = [
        [None, *((slot, room.id) for slot in possible(request, problem) for room in problem.rooms)]
        for request in problem.requests
    ]
    best: int | None = None

    def look(number: int, placed: list[Placement]) -> None:
        nonlocal best
        if number == len(choices):
            by_request = {each.request: each for each in placed}
            cost = cost_of(problem, by_request, published)
            if best is not None and cost.total >= best:
                return
            missing = [each for each in problem.requests if each.id not in by_request]
            result = Result("feasible", tuple(placed), tuple(_unplaced(each.id) for each in missing), cost, None)
            if not check(problem, result, published):
                best = cost.total
            return
        for choice in choices[number]:
            if choice is None:
                look(number + 1, placed)
            elif not any((each.slot, each.room) == choice for each in placed):
                look(number + 1, [*placed, Placement(problem.requests[number].id, *choice)])

    look(0, [])
    return best


def _unplaced(request: str) -> Any:
    from sofra.bilaterals.engine.problem import Unplaced

    return Unplaced(request, "")


def read(value: dict[str, Any]) -> Problem:
    """The problem in a file's values."""
    return problem_from(value)


def renamed(value: dict[str, Any], seed: int) -> dict[str, Any]:
    """The same problem with other names for everything, and principals, rooms and requests in another order."""
    rng = random.Random(seed)
    names = [each["id"] for part in ("slots", "principals", "rooms", "requests") for each in value[part]]
    other = dict(zip(names, rng.sample([f"x{number}" for number in range(len(names))], len(names)), strict=True))

    def change(each: Any, key: str = "") -> Any:
        if isinstance(each, dict):
            return {
                other.get(inner, inner) if key == "away" else inner: change(part, inner) for inner, part in each.items()
            }
        if isinstance(each, list):
            return [change(part, key) for part in each]
        named = ("id", "unavailable", "principals", "slots", "slot", "before", "apart")
        return other.get(each, each) if key in named and isinstance(each, str) else each

    found: dict[str, Any] = change(value)
    for part in ("principals", "rooms", "requests"):
        rng.shuffle(found[part])
    return found
