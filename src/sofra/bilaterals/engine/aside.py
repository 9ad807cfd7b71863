"""The search by cores in a process of its own, on a SAT solver that is better at tight schedules and cannot be interrupted.

The process is ended when its time is up, whatever it does. It tells what it finds line by line, so nothing found is lost.
"""

from __future__ import annotations

import contextlib
import json
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import IO, Any

from sofra.bilaterals.engine.clauses import Encoding
from sofra.bilaterals.engine.cores import Cores, Proof
from sofra.bilaterals.engine.layout import Layout, Spots

#: Seconds between two looks at whether somebody wants it to end.
LOOK = 0.1
#: Seconds after its time at which the process ends itself, should nobody be there to end it.
GRACE = 2.0


class Steady(Cores):
    """The same search on CaDiCaL: every question is asked to its end, so nothing is tried that may be left unanswered."""

    def _solver(self) -> Any:
        from pysat.solvers import Cadical195

        return Cadical195(bootstrap_with=self.encoding.all)

    def _solve(self, assumptions: list[int], conflicts: int | None = None) -> bool | None:
        return None if conflicts is not None else bool(self.solver.solve(assumptions=assumptions))


def prove(
    layout: Layout, seconds: float, *, stopped: Callable[[], bool], tell: Callable[[int | None, int], None]
) -> Proof:
    """Search by cores for at most `seconds`. The bound holds also where there is no proof."""
    until = time.monotonic() + seconds
    child = subprocess.Popen(
        [sys.executable, "-c", "from sofra.bilaterals.engine.aside import work; work()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert child.stdin is not None and child.stdout is not None
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    reader = threading.Thread(target=_read, args=(child.stdout, lines), daemon=True)
    reader.start()
    best: Spots | None = None
    upper: int | None = None
    bound, ended = 0, "clock"
    try:
        with contextlib.suppress(BrokenPipeError), child.stdin:
            pickle.dump((layout, max(0.0, seconds)), child.stdin)
        while (left := until - time.monotonic()) > 0:
            if stopped():
                ended = "stop"
                break
            try:
                line = lines.get(timeout=min(LOOK, left))
            except queue.Empty:
                continue
            if line is None:  # it has ended without a proof: it was not able to
                break
            told = json.loads(line)
            if "status" in told:
                return Proof(told["status"], best, told["bound"], "proof")
            if "held" in told:
                best = {m: (t, k) for m, t, k in told["held"]}
            upper, bound = told["upper"], told["bound"]
            tell(upper, bound)
    finally:
        child.kill()
        child.wait()
        reader.join()
        child.stdout.close()
    return Proof("unknown", best, bound, ended)


def _read(stream: IO[bytes], lines: queue.SimpleQueue[str | None]) -> None:
    for line in stream:
        lines.put(line.decode())
    lines.put(None)


def work() -> None:
    """What the process does: a layout comes from standard input, lines go to standard output."""
    layout, seconds = pickle.load(sys.stdin.buffer)  # noqa: S301 (from the process that started this one)
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds + GRACE)
    told: Spots | None = None

    def tell(upper: int | None, bound: int) -> None:
        nonlocal told
        line: dict[str, Any] = {"upper": upper, "bound": bound}
        if search.held is not None and search.held is not told:
            told = search.held
            line["held"] = [(m, t, k) for m, (t, k) in told.items()]
        _say(line)

    search = Steady(Encoding(layout), {}, seconds=seconds, tell=tell)
    proof = search.run()
    _say({"status": proof.status, "bound": proof.bound})


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
