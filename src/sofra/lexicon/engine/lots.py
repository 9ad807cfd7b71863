"""Lots that anybody can check: who stands where follows from a seed and the parties' ids alone, by SHA-256.

How delegations draw without trusting each other or the secretariat: each chooses a word and hands in its `commitment`; when
all commitments are known, the words are revealed; `seed_of` checks each against its commitment and makes the seed. Nobody
who committed before the others revealed could know the outcome; who will not reveal stops the draw. With one seed, publish
its commitment before the draw.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: Changes when the same seed would give another order.
METHOD = "sofra.lot/1"


class BadLot(Exception):  # noqa: N818 (told to a person, not raised to engineers)
    """A lot does not hold: the message says where, in one sentence."""


@dataclass(frozen=True)
class Draw:
    """The record of a draw. `digests` are those of each party's ticket, by which `order` goes from the smallest."""

    seed: str
    commitment: str
    order: tuple[str, ...]
    digests: Mapping[str, str]
    method: str = METHOD


def commitment(seed: str) -> str:
    """What binds to a seed or word without telling it: SHA-256 (in hexadecimal) of method and seed."""
    return _digest(METHOD, seed)


def draw(parties: Iterable[str], seed: str) -> Draw:
    """Draw: each party's ticket is SHA-256 of method, seed and id (each on a line, its length and a colon before it).
    Raises BadLot without a seed."""
    if not seed.strip():
        raise BadLot("A lot is drawn from a seed, and there is none.")
    digests = {party: _digest(METHOD, seed, party) for party in parties}
    return Draw(seed, commitment(seed), tuple(sorted(digests, key=lambda each: (digests[each], each))), digests)


def verify(drawn: Draw) -> None:
    """Draw again and compare. Raises BadLot where the record is not what the seed gives."""
    if drawn.method != METHOD:
        raise BadLot(f"The lot was drawn by {drawn.method}, which this version does not know.")
    if draw(drawn.order, drawn.seed) != drawn:
        raise BadLot("The record is not what its seed gives: it was changed, or drawn in another way.")


def seed_of(words: Mapping[str, str], commitments: Mapping[str, str]) -> str:
    """The seed from each party's revealed word. Raises BadLot where a word is missing or is not what was committed to."""
    for party in sorted({*words, *commitments}):
        if party not in words:
            raise BadLot(f"{party} has not revealed its word.")
        if party not in commitments:
            raise BadLot(f"{party} revealed a word it had not committed to.")
        if commitment(words[party]) != commitments[party].strip().lower():
            raise BadLot(f"The word of {party} is not the one it committed to.")
    return _digest(METHOD, *(part for party in sorted(words) for part in (party, words[party])))


def _digest(*parts: str) -> str:
    # Lengths stand before the parts, so that no two lists of parts make one text.
    text = "\n".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
