"""What large problems go through, tried on problems small enough for an oracle, and on a short week."""

from __future__ import annotations

import pytest
from benchmarks.events import week
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sofra.bilaterals.engine import solve as solving
from sofra.bilaterals.engine.annealing import Annealing
from sofra.bilaterals.engine.bound import missed_bound
from sofra.bilaterals.engine.check import check
from sofra.bilaterals.engine.layout import lay_out
from sofra.bilaterals.engine.solve import solve
from tests.bilaterals.engine.worlds import best_of_all, read, tiny


@pytest.fixture
def large(monkeypatch):
    """Every problem counts as a large one."""
    monkeypatch.setattr(solving, "SMALL", 0)


@pytest.mark.parametrize("seed", range(12))
def test_searching_finds_the_best_of_a_few_schedules_and_bounds_it(large, seed):
    problem = read(tiny(seed, hold_all=False, spread=seed % 3 == 0))
    result, best = solve(problem, seconds=0.5, seed=seed), best_of_all(problem)
    assert (result.cost.total if result.status in ("optimal", "feasible") else None) == best
    assert result.bound is None or result.bound <= result.cost.total


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 100_000), st.integers(1, 1000))
def test_the_cost_kept_while_searching_is_the_cost_of_the_schedule(seed, steps):
    layout = lay_out(read(tiny(seed, hold_all=False)))
    search = Annealing(layout, {}, seed)
    search.go(steps, 0, steps, 20.0, 0.5)
    schedule = search.schedule
    missing = sum(schedule.miss[m] - layout.weight[m] * layout.counted[m] for m in schedule.out)
    assert schedule.cost - missing == layout.cost(schedule.held()).total
    assert missed_bound(layout, 2.0) <= layout.cost(search.held).missed


def test_a_week_keeps_every_rule_and_the_same_seed_finds_the_same():
    layout = lay_out(read(week(3, delegations=20, requests=120, days=2, rooms=6)))
    one, other = Annealing(layout, {}, 5), Annealing(layout, {}, 5)
    for search in (one, other):
        search.go(1500, 0, 1500, 8.0, 0.4)
    assert one.held == other.held
    assert one.best == layout.cost(one.held).total


def test_after_a_late_arrival_only_meetings_of_the_late_one_move(large):
    value = week(3, delegations=20, requests=120, days=2, rooms=6)
    published = solve(read(value), seconds=1, seed=1)
    late = next(each for each in published.placed if each.slot.startswith("1-"))
    asked = {each["id"]: each for each in value["requests"]}
    who = asked[late.request]["principals"][0]
    person = next(each for each in value["principals"] if each["id"] == who)
    person["unavailable"] = sorted({*person["unavailable"], *(s["id"] for s in value["slots"] if s["day"] == "1")})
    problem = read(value)
    result = solve(problem, seconds=10, seed=1, published=published)
    assert check(problem, result, published) == []
    now = {each.request: each for each in result.placed}
    changed = {each.request for each in published.placed if now.get(each.request) != each}
    affected = {name for name, each in asked.items() if who in each["principals"]}
    moved_others = changed - affected
    assert changed
    assert moved_others == set()


def test_a_search_that_is_stopped_hands_out_what_it_has(large):
    problem = read(week(3, delegations=20, requests=120, days=2, rooms=6))
    told = []
    result = solve(problem, seconds=30, seed=1, on_progress=told.append, should_stop=lambda: len(told) > 3)
    assert result.ended == "stop"
    assert result.placed
    assert told[0].doing == "greedy"
