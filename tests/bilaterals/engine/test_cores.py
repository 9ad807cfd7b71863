"""The search by cores: its bound holds whenever it ends, and without the SAT solver CP-SAT finds the same."""

from __future__ import annotations

import time

import pytest
from benchmarks.events import hold_all

from sofra.bilaterals.engine import aside, cores
from sofra.bilaterals.engine.clauses import Encoding
from sofra.bilaterals.engine.counts import Clauses
from sofra.bilaterals.engine.layout import lay_out
from sofra.bilaterals.engine.solve import solve
from tests.bilaterals.engine.worlds import best_of_all, read, tiny


@pytest.mark.parametrize("seed", range(12))
def test_a_search_that_is_cut_short_bounds_from_below_and_never_claims_more(seed, monkeypatch):
    value = tiny(seed, hold_all=False, spread=seed % 3 == 0)
    value["weights"]["unfair"] = (0, 1, 7)[seed % 3]
    problem = read(value)
    best = best_of_all(problem)
    monkeypatch.setattr(cores, "SLICE", 1)
    for seconds in (0.0, 5.0):
        proof = cores.Cores(Encoding(lay_out(problem)), {}, seconds=seconds).run()
        assert best is None or proof.bound <= best
        assert (proof.status, proof.bound) == ("optimal", best) or proof.status == "unknown" or best is None


@pytest.mark.parametrize("seed", range(12))
def test_the_solver_that_cannot_be_interrupted_proves_the_same(seed):
    problem = read(tiny(seed, hold_all=True, spread=seed % 3 == 0))
    proof, best = aside.Steady(Encoding(lay_out(problem)), {}, seconds=20).run(), best_of_all(problem)
    assert (proof.status, proof.bound if proof.status == "optimal" else None) == (
        "infeasible" if best is None else "optimal",
        best,
    )


def test_a_process_aside_tells_its_schedule_and_its_proof():
    layout = lay_out(read(hold_all(12, 30, 8, 5, seed=1)))
    proof = aside.prove(layout, 60, stopped=lambda: False, tell=lambda best, bound: None)
    assert proof.status == "optimal"
    assert proof.held is not None
    assert layout.cost(proof.held).total == proof.bound
    assert proof == aside.prove(layout, 60, stopped=lambda: False, tell=lambda best, bound: None)


@pytest.mark.parametrize(("seconds", "stopped", "ended"), [(0.2, False, "clock"), (60.0, True, "stop")])
def test_a_process_aside_ends_when_it_is_told_to(seconds, stopped, ended):
    layout = lay_out(read(hold_all(60, 200, 12, 18, seed=1)))
    began = time.monotonic()
    proof = aside.prove(layout, seconds, stopped=lambda: stopped, tell=lambda best, bound: None)
    assert (proof.status, proof.ended) == ("unknown", ended)
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("seed", range(6))
def test_without_the_solver_for_clauses_the_same_is_found(seed, monkeypatch):
    problem = read(tiny(seed))
    monkeypatch.setattr(cores, "able", lambda layout: False)
    result, best = solve(problem, seconds=20, seed=seed), best_of_all(problem)
    assert (result.cost.total if result.status == "optimal" else None) == best


@pytest.mark.parametrize("most", [0, 1, 2, 3])
def test_a_count_lets_through_what_it_may_and_no_more(most):
    for true in range(9):
        clauses = Clauses()
        literals = [clauses.new() for _ in range(8)]
        clauses.at_most(literals, most)
        chosen = [literal if number < true else -literal for number, literal in enumerate(literals)]
        assert satisfiable(clauses.all, chosen) == (true <= most)


def satisfiable(clauses: list[list[int]], assumptions: list[int]) -> bool:
    """Whether clauses hold for some choice of what is not assumed."""
    from pysat.solvers import Glucose4

    with Glucose4(bootstrap_with=clauses) as solver:
        return bool(solver.solve(assumptions=assumptions))
