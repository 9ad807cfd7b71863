"""Appends to one audit chain by eight writers. The chain's head stays locked from the append to the commit."""

from __future__ import annotations

import threading
import time
import uuid

from benchmarks.house import Connection, House
from benchmarks.measure import ratio, table

WRITERS = 8
SECONDS = 4.0
WORK = 0.02

_APPEND = "SELECT sofra_audit_append(%s, 'bench.did', %s, NULL, NULL, '{}', 'format', %s, NULL, '{}', NULL, NULL)"


def run(house: House) -> None:
    """Let the writers append for some seconds: last of all; last after 20 ms of other work; before that work."""
    last = _per_second(house, before=0, after=0)
    held = _per_second(house, before=0, after=WORK)
    work_first = _per_second(house, before=WORK, after=0)
    table(
        f"Appends per second to one chain by {WRITERS} writers",
        ["the transaction", "append last", "append, then hold 20 ms", "ratio"],
        [
            ["does nothing else", f"{last:.0f}", f"{held:.0f}", ratio(last, held)],
            ["works 20 ms as well", f"{work_first:.0f}", f"{held:.0f}", ratio(work_first, held)],
        ],
    )


def _per_second(house: House, *, before: float, after: float) -> float:
    chain, done = str(uuid.uuid4()), [0] * WRITERS
    until = time.monotonic() + SECONDS

    def write(number: int) -> None:
        with house.application() as connection:
            while time.monotonic() < until:
                _append(house, connection, chain, before, after)
                done[number] += 1

    writers = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return sum(done) / SECONDS


def _append(house: House, connection: Connection, chain: str, before: float, after: float) -> None:
    with connection.transaction():
        house.serve(connection)
        if before:
            time.sleep(before)
        connection.execute(_APPEND, [chain, uuid.uuid4(), house.format])
        if after:
            time.sleep(after)
