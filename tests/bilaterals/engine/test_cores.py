"""The search by cores: its bound holds whenever it ends, and without the SAT solver CP-SAT finds the same."""

from __future__ import annotations

import pytest

from sofra.bilaterals.engine import cores
from sofra.bilaterals.engine.clauses import Clauses, Encoding
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
