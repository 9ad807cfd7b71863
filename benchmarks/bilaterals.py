"""Bilaterals: proven optima where all must be held, the platform's own day, large weeks beside plain CP-SAT, and re-plans.

Times are wall times of one run on one worker; plain CP-SAT has two, as a user of it would.
"""

from __future__ import annotations

import statistics
import time
from typing import Any

from benchmarks import events
from benchmarks.house import House
from benchmarks.measure import table
from sofra.bilaterals.engine.layout import lay_out
from sofra.bilaterals.engine.problem import Result
from sofra.bilaterals.engine.reading import problem_from
from sofra.bilaterals.engine.solve import solve

#: Participants, meetings, slots, rooms: the size of the published instances, the last of each pair with tight rooms.
SIZES = (
    (42, 125, 8, 21),
    (42, 125, 8, 17),
    (46, 150, 12, 16),
    (46, 150, 12, 13),
    (60, 200, 12, 21),
    (60, 200, 12, 18),
    (78, 300, 22, 22),
    (78, 300, 22, 15),
)
HOLD_SECONDS = 60.0
DAYS = range(1, 11)
WEEKS = (1, 2)
WEEK_SECONDS, LONG_SECONDS, PLAIN_SECONDS = 10.0, 60.0, 60.0
REPLAN_SECONDS = 5.0


def run(house: House | None = None) -> None:
    """All of it. No house is needed; it is given like to every benchmark."""
    hold_all()
    platform_days()
    weeks()


def _timed(value: dict[str, Any], seconds: float, published: Result | None = None) -> tuple[Result, float]:
    problem = problem_from(value)
    began = time.monotonic()
    return solve(problem, seconds=seconds, seed=1, published=published), time.monotonic() - began


def hold_all() -> None:
    """Events in which all must be held."""
    rows, times = [], []
    for size in SIZES:
        result, seconds = _timed(events.hold_all(*size, seed=1), HOLD_SECONDS)
        times.append(seconds)
        bound = "none" if result.bound is None else str(result.bound)
        cost = str(result.cost.total) if result.placed else "none"
        rows.append([" / ".join(map(str, size)), result.status, cost, bound, f"{seconds:.1f} s"])
    rows.append(["median", "", "", "", f"{statistics.median(times):.1f} s"])
    table(
        "All must be held: participants / meetings / slots / rooms",
        ["the event", "status", "gaps", "bound", "time"],
        rows,
    )


def platform_days() -> None:
    """The platform's own day."""
    done = [_timed(events.platform_day(seed), 5.0) for seed in DAYS]
    times = [seconds for _, seconds in done]
    table(
        f"The platform's own day, {len(done)} of them",
        ["what", "figure"],
        [
            ["proven optimal", str(sum(result.status == "optimal" for result, _ in done))],
            ["median", f"{statistics.median(times):.2f} s"],
            ["longest", f"{max(times):.2f} s"],
        ],
    )


def weeks() -> None:
    """Large weeks: ours in ten seconds, ours in a minute for a best known, plain CP-SAT in a minute with two workers."""
    rows, replans = [], []
    for seed in WEEKS:
        value = events.week(seed)
        short, _ = _timed(value, WEEK_SECONDS)
        long, _ = _timed(value, LONG_SECONDS)
        plain = _plain(value)
        best = min(short.cost.total, long.cost.total, plain if plain is not None else long.cost.total)
        rows.append(
            [
                f"week {seed}",
                f"{short.cost.total} ({short.cost.missed} missed)",
                str(short.bound),
                f"{100 * (short.cost.total / best - 1):.1f} %",
                str(long.cost.total),
                "none" if plain is None else str(plain),
                "" if plain is None else f"{100 * (1 - short.cost.total / plain):.0f} %",
            ]
        )
        replans.append(_replanned(seed, value, short))
    table(
        "193 delegations, 1,500 requests, 60 slots, 40 rooms in 4 zones",
        ["", "in 10 s", "bound", "above best known", "in 60 s", "plain CP-SAT, 60 s", "cheaper by"],
        rows,
    )
    table(
        "After one late arrival on such a week",
        ["", "time", "affected", "moved", "dropped", "others moved"],
        replans,
    )


def _plain(value: dict[str, Any]) -> int | None:
    """What plain CP-SAT finds with the same model, its own defaults and two workers."""
    from sofra.bilaterals.engine.exact import run as search
    from sofra.bilaterals.engine.model import Model

    layout = lay_out(problem_from(value))
    model = Model(layout, range(len(layout.members)), {})
    return search(model, seconds=PLAIN_SECONDS, seed=1, workers=2, units=1e9).cost


def _replanned(seed: int, value: dict[str, Any], published: Result) -> list[str]:
    """Somebody with many meetings on the first day, and time for them later, arrives on the second."""
    asked = {each["id"]: each["principals"] for each in value["requests"]}
    first_day = {each["id"] for each in value["slots"] if each["day"] == "1"}
    busy: dict[str, int] = {}
    for each in published.placed:
        if each.slot in first_day:
            for name in asked[each.request]:
                busy[name] = busy.get(name, 0) + 1
    later: dict[str, int] = dict.fromkeys(busy, len(value["slots"]) - len(first_day))
    for person in value["principals"]:
        if person["id"] in later:
            later[person["id"]] -= len(set(person["unavailable"]) - first_day)
    for each in published.placed:
        if each.slot not in first_day:
            for name in set(asked[each.request]) & later.keys():
                later[name] -= 1
    late = max(sorted(busy), key=lambda name: (min(busy[name], later[name]), busy[name]))
    for person in value["principals"]:
        if person["id"] == late:
            person["unavailable"] = sorted({*person["unavailable"], *first_day})
    result, seconds = _timed(value, REPLAN_SECONDS, published)
    now = {each.request: each for each in result.placed}
    old = {each.request: each for each in published.placed}
    affected = {name for name, each in old.items() if late in asked[name] and each.slot in first_day}
    moved = {name for name, each in old.items() if name in now and now[name] != each}
    return [
        f"week {seed}",
        f"{seconds:.1f} s",
        str(len(affected)),
        str(len(moved & affected)),
        str(len(old.keys() - now.keys())),
        str(len(moved - affected)),
    ]


if __name__ == "__main__":
    run()
