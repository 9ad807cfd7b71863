"""Orders of parties: by a language's own alphabet, or by a stated place. Pure functions of what they are given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

import icu

#: ICU knows no Montenegrin.
_COLLATION = {"cnr": "sr_Latn_ME", "sr": "sr_Cyrl", "sr-latn": "sr_Latn"}

Thing = TypeVar("Thing")
Key = tuple[int, bytes]
#: Where what has no stated place stands: after all that have one.
LAST = 1_000_000


def alphabetical(text: str, language: str) -> bytes:
    """Where a text stands in a language's alphabet; compare it with keys of the same language only."""
    collator = icu.Collator.createInstance(icu.Locale(_COLLATION.get(language, language)))
    key: bytes = collator.getSortKey(text)
    return key


def arrange(things: Iterable[Thing], texts: Mapping[Thing, str], language: str) -> list[Thing]:
    """Things in the alphabetical order of their texts in a language; equal ones, and those without a text, which come last,
    keep the order in which they came."""
    return sorted(
        things, key=lambda thing: (0, alphabetical(texts[thing], language)) if thing in texts else (LAST, b"")
    )


def arrange_by_list(things: Iterable[Thing], stated: Iterable[Thing]) -> list[Thing]:
    """Things in a stated order; those the order does not hold come last, as they came."""
    places = {thing: place for place, thing in enumerate(stated)}
    return sorted(things, key=lambda thing: places.get(thing, LAST))
