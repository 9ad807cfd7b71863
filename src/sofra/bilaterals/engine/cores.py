"""A search from the bound upwards: unsatisfiable cores of what should hold, each counted and relaxed (OLL), on a SAT solver.

Every core says that some of what should hold cannot all hold; the bound rises by the least weight in it. What a schedule that
is known costs more than is made hard, so the first schedule found where nothing is left to relax is the cheapest.
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sofra.bilaterals.engine.clauses import Encoding
from sofra.bilaterals.engine.layout import Layout, Spots

#: Problems with more choices (request, slot, place) than this are too many clauses.
MOST = 60_000
#: Conflicts between two looks at the clock, and those a try to make a core smaller or dearer may take.
SLICE, TRY, EXHAUST = 2_000, 1_000, 1_000
#: A core with more literals than this is taken as it is.
SMALLER = 200
#: Propagations that one second of the budget buys. Where a machine is slower, its clock ends the search.
PER_SECOND = 2_000_000


def able(layout: Layout) -> bool:
    """Whether a problem can be said in clauses: not a very large one, and not without python-sat."""
    choices = sum(map(len, layout.slots)) * layout.places
    return choices <= MOST and importlib.util.find_spec("pysat") is not None


@dataclass(frozen=True)
class Proof:
    """What a search came to. `status`: optimal, infeasible or unknown; `held` the best schedule known, None where none is;
    `bound` of the cost; `ended`: proof, limit, clock or stop."""

    status: str
    held: Spots | None
    bound: int
    ended: str


class _EndedError(Exception):
    """The search is to end; `args` says by what."""


class Cores:
    """One search over an encoding. `near` is where it looks first; it need not keep the rules."""

    def __init__(
        self,
        encoding: Encoding,
        near: Spots,
        *,
        seconds: float,
        stopped: Callable[[], bool] = lambda: False,
        tell: Callable[[int | None, int], None] = lambda best, bound: None,
    ) -> None:
        self.encoding, self.layout = encoding, encoding.layout
        self.until = time.monotonic() + seconds
        self.most = int(seconds * PER_SECOND)
        self.stopped, self.tell = stopped, tell
        self.held: Spots | None = None
        self.upper: int | None = None
        self.lower = encoding.offset
        self.weight = dict(encoding.soft)
        self.sums: dict[int, tuple[list[int], int]] = {}
        self.solver = self._solver()
        if near:
            self.solver.set_phases(encoding.likely(near))
        encoding.all = []

    def _solver(self) -> Any:
        """One that can be interrupted and goes on where it was."""
        solvers: Any = importlib.import_module("pysat.solvers")
        return solvers.Glucose4(bootstrap_with=self.encoding.all)

    def run(self) -> Proof:
        """Search until there is a proof, or the time is up."""
        try:
            status, ended = self._search(), "proof"
        except _EndedError as error:
            status, ended = "unknown", str(error.args[0])
        finally:
            self.solver.delete()
        return Proof(status, self.held, self.lower, ended)

    def _search(self) -> str:
        level = max(self.weight.values(), default=0)
        while True:
            self._harden()
            if self.upper is not None and self.lower >= self.upper:
                return "optimal"
            assumptions = [literal for literal, weight in self.weight.items() if weight >= level]
            if self._solve(assumptions):
                self._met()
                lower_levels = [weight for weight in self.weight.values() if weight < level]
                if not lower_levels:
                    self.lower = max(self.lower, self.upper or self.lower)
                    return "optimal"
                level = max(max(lower_levels), level // 2 if min(lower_levels) <= level // 2 else 0)
                continue
            core = self._smaller(self.solver.get_core() or [])
            if not core:
                if self.upper is None:
                    return "infeasible"
                self.lower = self.upper  # whatever costs less is excluded
                return "optimal"
            self._relax(core)
            self.tell(self.upper, self.lower)

    def _solve(self, assumptions: list[int], conflicts: int | None = None) -> bool | None:
        """Whether clauses and assumptions can hold; None where `conflicts` did not suffice to know."""
        while True:
            self.solver.conf_budget(min(SLICE, conflicts or SLICE))
            answer: bool | None = self.solver.solve_limited(assumptions=assumptions)
            if answer is not None:
                return answer
            if self.stopped():
                raise _EndedError("stop")
            if time.monotonic() >= self.until:
                raise _EndedError("clock")
            if self.solver.accum_stats()["propagations"] > self.most:
                raise _EndedError("limit")
            if conflicts is not None:
                conflicts -= SLICE
                if conflicts <= 0:
                    return None

    def _met(self) -> None:
        """Keep the schedule just found if it is the best."""
        held = self.encoding.chosen(self.solver.get_model() or [])
        cost = self.layout.cost(held).total
        if self.upper is None or cost < self.upper:
            self.upper, self.held = cost, held
            self.tell(self.upper, self.lower)

    def _harden(self) -> None:
        """What by itself would cost as much as the best that is known, must hold."""
        if self.upper is None:
            return
        for literal in [each for each, weight in self.weight.items() if weight >= self.upper - self.lower]:
            self.solver.add_clause([literal])
            del self.weight[literal]

    def _smaller(self, core: list[int]) -> list[int]:
        """A core within a core: what is not needed for it is left out, as far as a few conflicts tell."""
        if len(core) > SMALLER:
            return core
        before = self._conflicts()
        for literal in sorted(core, key=lambda each: (self.weight[each], each)):
            left = TRY - (self._conflicts() - before)
            if len(core) == 1 or left <= 0:
                break
            if literal in core and self._solve([each for each in core if each != literal], left) is False:
                needed = set(self.solver.get_core() or [])
                core = [each for each in core if each in needed]
        return core

    def _conflicts(self) -> int:
        return int(self.solver.accum_stats()["conflicts"])

    def _relax(self, core: list[int]) -> None:
        """Count a core: the bound rises, and how many of its literals fail becomes what should stay small."""
        least = min(self.weight[literal] for literal in core)
        self.lower += least
        for literal in core:
            self._take(literal, least)
        if len(core) == 1:
            self.solver.add_clause([-core[0]])
            return
        self.solver.add_clause([-literal for literal in core])
        start = len(self.encoding.all)
        counted = self.encoding.count([-literal for literal in core], len(core))
        for clause in self.encoding.all[start:]:
            self.solver.add_clause(clause)
        del self.encoding.all[start:]
        number = 1  # so many fail at least; as long as it is plain that one more must, the bound rises again
        while number < len(counted) and self._solve([-counted[number]], EXHAUST) is False:
            self.solver.add_clause([counted[number]])
            self.lower += least
            number += 1
            if self.upper is not None and self.lower >= self.upper:
                return
        if number < len(counted):
            self.weight[-counted[number]] = self.weight.get(-counted[number], 0) + least
            self.sums[-counted[number]] = (counted, number)

    def _take(self, literal: int, weight: int) -> None:
        """A literal in a core loses weight; one that says how many fail passes it on to the next number."""
        self.weight[literal] -= weight
        if not self.weight[literal]:
            del self.weight[literal]
        if literal in self.sums:
            counted, number = self.sums[literal]
            if number + 1 < len(counted):
                further = -counted[number + 1]
                self.weight[further] = self.weight.get(further, 0) + weight
                self.sums[further] = (counted, number + 1)
