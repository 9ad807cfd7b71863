"""Two versions of one text compared: paragraphs are known by their identity, so that what moved is told as moved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from sofra.texts.engine.redline import Change, Piece, words

#: A paragraph of a version: its identity, and its words.
Numbered = tuple[str, str]


def compare_versions(first: Sequence[Numbered], second: Sequence[Numbered]) -> list[Change]:
    """All paragraphs of both versions in order. No identity stands twice in one version."""
    old = {key: place for place, (key, _words) in enumerate(first)}
    common = [(old[key], there) for there, (key, _words) in enumerate(second) if key in old]
    kept = _longest(common)
    stays = set(kept)
    moves = {pair: number for number, pair in enumerate((pair for pair in common if pair not in stays), 1)}
    from_, to = {here: (there, number) for (here, there), number in moves.items()}, {b: a for a, b in moves}
    found: list[Change] = []
    at = 0

    def gone(until: int) -> None:
        nonlocal at
        for here in range(at, until):
            there, number = from_.get(here, (None, None))
            found.append(Change("gone", (Piece("gone", first[here][1]),), here, there, number))
        at = until

    anchors = {there: here for here, there in kept}
    following = {here: after for (here, _there), (after, _) in pairwise(kept)}
    gone(kept[0][0] if kept else len(first))
    for there, (_key, said) in enumerate(second):
        here = anchors.get(there)
        if here is not None:
            before = first[here][1]
            same = before == said
            pieces = (Piece("same", said),) if same else words(before, said)
            found.append(Change("same" if same else "changed", pieces, here, there))
            at = here + 1
            gone(following.get(here, len(first)))
        else:
            origin = to.get(there)
            number = moves[origin, there] if origin is not None else None
            found.append(Change("new", (Piece("new", said),), origin, there, number))
    return found


def _longest(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most pairs whose order is the same on both sides; they are given in the order of the second."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (here, _there) in enumerate(pairs):
        place = bisect_left(tails, here)
        before.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(here)
            ends.append(number)
        else:
            tails[place], ends[place] = here, number
    found = []
    at = ends[-1] if ends else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]
