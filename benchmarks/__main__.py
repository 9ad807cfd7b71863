"""`python -m benchmarks …`: all of those in ALL, or the named ones."""

from __future__ import annotations

import os
import platform
import sys

from benchmarks import (
    auditing,
    bilaterals,
    grid,
    lexicon,
    listing,
    negotiation,
    pack,
    pages,
    programme,
    room,
    searching,
    texts,
)
from benchmarks.house import throw_away_house

#: In this order: pages are counted before anything else is laid out.
ALL = {
    "pages": pages.run,
    "programme": programme.run,
    "pack": pack.run,
    "texts": texts.run,
    "room": room.run,
    "negotiation": negotiation.run,
    "grid": grid.run,
    "search": searching.run,
    "listing": listing.run,
    "audit": auditing.run,
    "bilaterals": bilaterals.run,
    "lexicon": lexicon.run,
}
#: What needs no house to be measured.
HOUSELESS = {"bilaterals": bilaterals.run, "lexicon": lexicon.run}


def main(wanted: list[str]) -> int:
    """Run the named benchmarks on one throw-away house; 2 for a name that is none."""
    if unknown := [name for name in wanted if name not in ALL]:
        print(f"There is no benchmark {unknown[0]}; there are {', '.join(ALL)}.", file=sys.stderr)
        return 2
    if wanted and set(wanted) <= set(HOUSELESS):
        for name, measure in HOUSELESS.items():
            if name in wanted:
                measure(None)
        return 0
    with throw_away_house() as house:
        print(
            f"Python {platform.python_version()}, PostgreSQL {house.cluster.binaries.major}, {os.cpu_count()} cores. "
            "Times depend on the machine; ratios and counts are what to compare."
        )
        for name, run in ALL.items():
            if not wanted or name in wanted:
                run(house)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
