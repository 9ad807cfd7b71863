"""Measuring and telling: least times, ratios, one table per question. Nothing here passes or fails."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence


def open_here() -> None:
    """Open the house with its record in this process, for pages to be asked for."""
    import django

    django.setup()
    from django.conf import settings

    from sofra.kernel import opening

    settings.ALLOWED_HOSTS = ["testserver"]
    opening.open_house(with_record=True)


def least_ms(works: Sequence[Callable[[], object]], times: int) -> list[float]:
    """The least time of each work in milliseconds, the works taking turns, after a round that warms up.

    The least, because whatever else the machine does only ever adds.
    """
    least = [math.inf] * len(works)
    for turn in range(times + 1):
        for number, work in enumerate(works):
            began = time.perf_counter()
            work()
            if turn:
                least[number] = min(least[number], (time.perf_counter() - began) * 1000)
    return least


def ratio(slow: float, fast: float) -> str:
    """How many times `fast` fits into `slow`, with two figures that mean something."""
    times = slow / fast
    return f"{times:.0f}×" if times >= 10 else f"{times:.1f}×"


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table whose first column is text and whose others are figures."""
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    print(f"\n{title}")
    for row in (heads, *rows):
        first = row[0].ljust(widths[0])
        print("  " + "  ".join([first, *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]))
