"""Small problems are decided exactly: an oracle that looks at every schedule there is finds the same cost."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sofra.bilaterals.engine.check import check
from sofra.bilaterals.engine.solve import solve
from tests.bilaterals.engine.worlds import best_of_all, read, renamed, tiny

SEEDS = st.integers(0, 100_000)
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("seed", range(40))
def test_the_cost_is_the_least_of_all_schedules(seed):
    problem = read(tiny(seed, spread=seed % 3 == 0))
    result = solve(problem, seconds=20, seed=seed)
    best = best_of_all(problem)
    assert (result.status, result.cost.total if best is not None else None) == (
        ("optimal", best) if best is not None else ("infeasible", None)
    )
    assert result.bound == best


@pytest.mark.parametrize("seed", range(20))
def test_what_was_published_is_moved_and_dropped_at_the_least_price(seed):
    value = tiny(seed, hold_all=False)
    published = solve(read(value), seconds=20, seed=1)
    value["principals"][0]["unavailable"] = [value["slots"][0]["id"]]
    value["rooms"][0]["unavailable"] = [value["slots"][-1]["id"]]
    problem = read(value)
    result = solve(problem, seconds=20, seed=1, published=published)
    best = best_of_all(problem, published)
    assert (result.cost.total if result.status == "optimal" else None) == best
    assert check(problem, result, published) == []


@SLOW
@given(SEEDS)
def test_every_result_passes_the_check_and_a_locked_meeting_stays(seed):
    problem = read(tiny(seed, spread=seed % 2 == 0))
    result = solve(problem, seconds=20, seed=seed)
    assert check(problem, result) == []
    where = {each.request: each.slot for each in result.placed}
    if result.status == "optimal":
        assert {each.id: where[each.id] for each in problem.requests if each.slot} == {
            each.id: each.slot for each in problem.requests if each.slot
        }


@SLOW
@given(SEEDS)
def test_other_names_cost_the_same(seed):
    value = tiny(seed)
    one, other = (solve(read(each), seconds=20, seed=1) for each in (value, renamed(value, seed)))
    assert (one.status, one.cost) == (other.status, other.cost) or (
        one.status == other.status and one.cost.total == other.cost.total
    )


@SLOW
@given(SEEDS)
def test_another_room_never_costs_more(seed):
    value = tiny(seed)
    before = solve(read(value), seconds=20, seed=1)
    value["rooms"].append({"id": "more", "zone": "B", "size": "L", "unavailable": []})
    after = solve(read(value), seconds=20, seed=1)
    if before.status == "optimal":
        assert (after.status, after.cost.total <= before.cost.total) == ("optimal", True)


def test_the_same_seed_gives_the_same_result():
    problem = read(tiny(5, hold_all=False))
    assert solve(problem, seconds=20, seed=7) == solve(problem, seconds=20, seed=7)


def test_nothing_asked_for_is_an_empty_schedule():
    value = tiny(5, hold_all=False)
    value["requests"], value["apart"] = [], []
    for rooms in (value["rooms"], []):
        value["rooms"] = rooms
        result = solve(read(value), seconds=5, seed=1)
        assert (result.status, result.placed, result.cost.total, result.bound) == ("optimal", (), 0, 0)
