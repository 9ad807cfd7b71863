"""Runs CP-SAT on a model: with a deterministic limit first and the clock as the last word."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ortools.sat.python import cp_model

from sofra.bilaterals.engine.layout import Spots
from sofra.bilaterals.engine.model import Model

#: Units of CP-SAT's deterministic time that one second of the budget buys. A machine that is slower than the one this was
#: measured on is ended by its clock.
UNITS_PER_SECOND = 0.6


@dataclass(frozen=True)
class Found:
    """What a run found: `status` as in results, the schedule (None: none), the bound of the objective, and what ended it."""

    status: str
    held: Spots | None
    cost: int | None
    bound: int
    ended: str


def run(
    model: Model,
    *,
    seconds: float,
    seed: int,
    workers: int = 1,
    core: bool = False,
    units: float | None = None,
    on_best: Callable[[int | None, int], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Found:
    """Solve a model for at most `seconds` of wall time; `units` limits deterministic time (None: by the seconds).

    `core` searches from the bound upwards, through unsatisfiable cores, which proves schedules in which all are held.
    """
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    seconds = max(seconds, 0.05)
    parameters.max_time_in_seconds = seconds
    parameters.max_deterministic_time = seconds * UNITS_PER_SECOND if units is None else units
    parameters.random_seed = seed % (2**31)
    parameters.num_workers = workers
    if core:
        parameters.optimize_with_core = True
        parameters.linearization_level = 0
    teller = _Teller(on_best)
    if on_best is not None:
        solver.best_bound_callback = teller.bounded
    began, over, stopped = time.monotonic(), threading.Event(), threading.Event()

    def watch() -> None:
        while not over.wait(0.1):
            if should_stop is not None and should_stop():
                stopped.set()
                solver.stop_search()

    watcher = threading.Thread(target=watch, daemon=True) if should_stop is not None else None
    if watcher is not None:
        watcher.start()
    try:
        status = solver.solve(model.cp, teller)
    finally:
        over.set()
        if watcher is not None:
            watcher.join()
    named = {cp_model.OPTIMAL: "optimal", cp_model.FEASIBLE: "feasible", cp_model.INFEASIBLE: "infeasible"}.get(
        status, "unknown"
    )
    if status == cp_model.MODEL_INVALID:
        raise RuntimeError(f"the model is not valid: {model.cp.validate() or solver.solution_info()}")
    if named in ("optimal", "infeasible"):
        ended = "proof"
    elif stopped.is_set():
        ended = "stop"
    else:
        ended = "clock" if time.monotonic() - began >= seconds * 0.98 else "limit"
    bound = max(0, math.ceil(min(solver.best_objective_bound, 1e15) - 1e-6)) if named != "infeasible" else 0
    if named not in ("optimal", "feasible"):
        return Found(named, None, None, bound, ended)
    return Found(named, model.chosen(solver.boolean_value), round(solver.objective_value), bound, ended)


class _Teller(cp_model.CpSolverSolutionCallback):
    """Tells of better schedules and bounds as they come."""

    def __init__(self, on_best: Callable[[int | None, int], None] | None) -> None:
        super().__init__()
        self._tell = on_best
        self._best: int | None = None
        self._bound = 0

    def on_solution_callback(self) -> None:
        self._best = round(self.objective_value)
        if self._tell is not None:
            self._tell(self._best, self._bound)

    def bounded(self, bound: Any) -> None:
        """Told by the solver."""
        self._bound = max(self._bound, int(bound))
        if self._tell is not None:
            self._tell(self._best, self._bound)
