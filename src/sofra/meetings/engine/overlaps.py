"""Which holds of the same resource overlap. Half-open spans: what ends at ten leaves room for what begins at ten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Hold:
    """That a holder has a resource from one instant until before another."""

    resource: Any
    holder: Any
    begins: datetime
    ends: datetime
    published: bool = False


def overlaps(one: Hold, other: Hold) -> bool:
    """Whether two holds want the same resource at the same time for different holders."""
    return (
        one.resource == other.resource
        and one.holder != other.holder
        and one.begins < other.ends
        and other.begins < one.ends
    )


def clashes(holds: Iterable[Hold]) -> Iterator[tuple[Hold, Hold]]:
    """Every pair that overlaps, the earlier one first, by time. A sweep: it looks only at holds still open."""
    open_: dict[Any, list[Hold]] = {}
    for hold in sorted(holds, key=lambda each: (each.begins, each.ends, str(each.holder))):
        running = [each for each in open_.get(hold.resource, []) if each.ends > hold.begins]
        yield from ((each, hold) for each in running if overlaps(each, hold))
        open_[hold.resource] = [*running, hold]
