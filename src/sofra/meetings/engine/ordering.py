"""The order of an agenda, and how one version of it differs from another."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

K = TypeVar("K", bound=Hashable)


def arranged(items: Sequence[K], order: Sequence[K]) -> list[K]:
    """The items in the chair's order; those the chair has not placed follow as they came.

    `order` may name items that are not there (withdrawn, not readable): they are passed over.
    """
    placed = {item: place for place, item in reversed(list(enumerate(order)))}
    return sorted(items, key=lambda item: (item not in placed, placed.get(item, 0)))


def moved(order: Sequence[K], item: K, steps: int) -> list[K]:
    """The order after moving an item: up by negative, down by positive steps; at either end it stays.

    Raises ValueError for an item that is not in the order.
    """
    rest = list(order)
    place = rest.index(item)
    rest.pop(place)
    rest.insert(max(0, min(len(rest), place + steps)), item)
    return rest


@dataclass(frozen=True)
class Difference:
    """What changed from one version to a later one, by the items' identities."""

    added: tuple[Any, ...] = ()
    removed: tuple[Any, ...] = ()
    reworded: tuple[Any, ...] = ()
    reordered: bool = False

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.reworded or self.reordered)


def difference(
    before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]], texts: Sequence[str]
) -> Difference:
    """Compare two lists of lines; each line has an `item` and the fields named in `texts`."""
    old, new = {line["item"]: line for line in before}, {line["item"]: line for line in after}
    both_old, both_new = [i for i in old if i in new], [i for i in new if i in old]
    return Difference(
        added=tuple(i for i in new if i not in old),
        removed=tuple(i for i in old if i not in new),
        reworded=tuple(i for i in both_new if any(old[i].get(t) != new[i].get(t) for t in texts)),
        reordered=both_old != both_new,
    )
