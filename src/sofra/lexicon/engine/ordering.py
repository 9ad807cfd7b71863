"""Orders of parties: by a language's own alphabet, by rank and date of taking up office, by the alphabet of the host's
protocol, in rotation, by a drawn lot, or as stated. Pure functions of what they are given.

An alphabet is ICU's collation, because Python's sort misplaces Ç, İ, Sh and Џ. By rank and date is the principle that
Article 16 of the Vienna Convention on Diplomatic Relations has for heads of mission; the alphabet of the host's protocol is
that of Article 16 of the Convention on Special Missions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

import icu

from sofra.lexicon.engine.lots import Draw, draw

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


#: What an order can rest on.
BASES = ("alphabetical", "rank", "protocol", "rotation", "lot", "list", "persons")
#: The language of a host's protocol, where it has one; who has several says which (`--alphabet`).
PROTOCOL = {"TR": "tr", "AL": "sq", "ME": "cnr", "MK": "mk", "RS": "sr"}


class CannotOrder(Exception):  # noqa: N818 (told to a person, not raised to engineers)
    """The parties cannot be put in order as asked; the message says what is missing, in one sentence."""


@dataclass(frozen=True)
class Asked:
    """How parties are to be ordered.

    `language` is whose alphabet decides, everywhere an alphabet does; `texts` the designations in it, by party; `host_first`
    puts the host before all, and bands. `offices` gives rank (1 the highest) and the day of taking office; with `by_bands`
    the ranks come first and the basis decides within each. `listed` is a stated order, `first` who begins a rotation, `seed`
    that of a lot, `persons` the names to go by, family name first.
    """

    basis: str
    language: str
    texts: Mapping[str, str]
    host: str = ""
    host_first: bool = False
    by_bands: bool = False
    offices: Mapping[str, tuple[int | None, date | None]] = field(default_factory=dict)
    listed: tuple[str, ...] = ()
    first: str = ""
    seed: str = ""
    persons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ordered:
    """Parties in order, what it rests on (for explaining.py), and the draw of a lot."""

    ids: tuple[str, ...]
    basis: str
    language: str
    host: str = ""
    host_first: bool = False
    by_bands: bool = False
    first: str = ""
    draw: Draw | None = None


def order(ids: Iterable[str], asked: Asked) -> Ordered:
    """Put parties in order. The answer does not depend on the order in which they are given.

    Raises CannotOrder where a party stands twice or what the basis needs of one is missing.
    """
    given = list(ids)
    if twice := sorted({each for each in given if given.count(each) > 1}):
        raise CannotOrder(f"{twice[0]} stands twice among the parties to be ordered.")
    for wanted, what in (
        (asked.host_first and asked.host, "The host"),
        (asked.basis == "rotation" and asked.first, "Who begins"),
    ):
        if wanted and wanted not in given:
            raise CannotOrder(f"{what}, {wanted}, is not among the parties to be ordered.")
    if asked.basis not in BASES:
        raise CannotOrder(f"There is no order by {asked.basis}; there are {', '.join(BASES)}.")
    drawn = draw(given, asked.seed) if asked.basis == "lot" else None
    ordered = list(drawn.order) if drawn else _by_basis(given, asked)
    if asked.by_bands:
        ranks = {each: _rank(each, asked) for each in given}
        ordered.sort(key=ranks.__getitem__)
    if asked.host_first:
        ordered.sort(key=lambda each: each != asked.host)
    return Ordered(
        tuple(ordered), asked.basis, asked.language, asked.host, asked.host_first, asked.by_bands, asked.first, drawn
    )


def _by_basis(ids: list[str], asked: Asked) -> list[str]:
    if asked.basis == "list":
        if missing := sorted(set(ids) - set(asked.listed)):
            raise CannotOrder(f"The stated order has no place for {', '.join(missing)}.")
        return arrange_by_list(ids, asked.listed)
    if asked.basis == "persons":
        return _alphabetically(ids, asked.persons, asked.language, "no person's name")
    ordered = _alphabetically(ids, asked.texts, asked.language, f"no designation in {asked.language}")
    if asked.basis == "rotation":
        if not asked.first:
            raise CannotOrder("A rotation begins with somebody; say with whom.")
        place = ordered.index(asked.first)
        return ordered[place:] + ordered[:place]
    if asked.basis == "rank":
        since = {each: asked.offices.get(each, (None, None))[1] for each in ids}
        if missing := sorted(each for each in ids if since[each] is None):
            raise CannotOrder(f"It is not said since when the office is held for {', '.join(missing)}.")
        ordered.sort(key=lambda each: (_rank(each, asked), since[each]))
    return ordered


def _alphabetically(ids: Iterable[str], texts: Mapping[str, str], language: str, lack: str) -> list[str]:
    found = sorted(ids)
    if missing := [each for each in found if not texts.get(each)]:
        raise CannotOrder(f"There is {lack} for {', '.join(missing)}.")
    return arrange(found, texts, language)


def _rank(party: str, asked: Asked) -> int:
    rank = asked.offices.get(party, (None, None))[0]
    if rank is None:
        raise CannotOrder(f"It is not said what rank the office has for {party}.")
    return rank
