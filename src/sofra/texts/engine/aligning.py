"""Which paragraph of one text is which of another: the same, changed, new, gone; in order, and then what has moved.

Equal paragraphs that occur once are fixed points; between them, and where nothing stayed equal, rare runs of words vote for
pairs; what remains are small gaps, weighed exactly. The work grows with the length of the texts, not with its square.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence

from sofra.texts.engine.words import Numbering, likeness

#: Paragraphs less alike than this are not the same paragraph; moved ones must be more alike.
LEAST, LEAST_MOVED = 0.45, 0.7
#: At the ends of a gap, paragraphs more alike than this need no vote.
_SURE = 0.75
_SMALL_GAP = 400
_RUN = 4

Pair = tuple[int | None, int | None]


def align(first: Sequence[str], second: Sequence[str]) -> list[Pair]:
    """Pairs of paragraph numbers in the order of both texts; None where a paragraph has no other. Gone before new."""
    return Alignment(first, second).pairs()


class Alignment:
    """The paragraphs of two texts, and which is which."""

    def __init__(self, first: Sequence[str], second: Sequence[str]) -> None:
        self.texts = (first, second)
        self.numbering = Numbering()
        self.known: dict[str, list[int]] = {}

    def words(self, side: int, number: int) -> list[int]:
        """A paragraph's words as numbers, counted when they are first asked for: equal paragraphs never are."""
        paragraph = self.texts[side][number]
        found = self.known.get(paragraph)
        if found is None:
            found = self.known[paragraph] = self.numbering.of_paragraph(paragraph)
        return found

    def pairs(self) -> list[Pair]:
        """See align()."""
        first, second = self.texts
        fixed = self._fixed_points()
        found: list[Pair] = []
        at, other = 0, 0
        for here, there in [*fixed, (len(first), len(second))]:
            found += self._gap(at, here, other, there)
            if here < len(first):
                found.append((here, there))
            at, other = here + 1, there + 1
        return found

    def _fixed_points(self) -> list[tuple[int, int]]:
        first, second = self.texts
        start = 0
        while start < min(len(first), len(second)) and first[start] == second[start]:
            start += 1
        end = 0
        while end < min(len(first), len(second)) - start and first[-1 - end] == second[-1 - end]:
            end += 1
        counts, other_counts = Counter(first), Counter(second)
        places = {text: number for number, text in enumerate(second)}
        inner = [
            (number, places[text])
            for number, text in enumerate(first[start : len(first) - end], start)
            if counts[text] == 1 and other_counts[text] == 1
        ]
        voted = rising([*inner]) if inner else []
        head = [(number, number) for number in range(start)]
        tail = [(len(first) - end + number, len(second) - end + number) for number in range(end)]
        return head + voted + tail

    def _gap(self, a1: int, a2: int, b1: int, b2: int) -> list[Pair]:
        if a1 == a2 or b1 == b2:
            return [*((number, None) for number in range(a1, a2)), *((None, number) for number in range(b1, b2))]
        if (a2 - a1) * (b2 - b1) <= _SMALL_GAP:
            return self._small(a1, a2, b1, b2)
        found: list[Pair] = []
        last: list[Pair] = []
        while a1 < a2 and b1 < b2 and self.likeness(a1, b1) >= _SURE:
            found.append((a1, b1))
            a1, b1 = a1 + 1, b1 + 1
        while a1 < a2 and b1 < b2 and self.likeness(a2 - 1, b2 - 1) >= _SURE:
            a2, b2 = a2 - 1, b2 - 1
            last.append((a2, b2))
        at, other = a1, b1
        for here, there in rising(self.votes(range(a1, a2), range(b1, b2))):
            found += self._rest(at, here, other, there)
            found.append((here, there))
            at, other = here + 1, there + 1
        return found + self._rest(at, a2, other, b2) + last[::-1]

    def _rest(self, a1: int, a2: int, b1: int, b2: int) -> list[Pair]:
        if (a2 - a1) * (b2 - b1) <= _SMALL_GAP:
            return self._small(a1, a2, b1, b2)
        return [*((number, None) for number in range(a1, a2)), *((None, number) for number in range(b1, b2))]

    def _small(self, a1: int, a2: int, b1: int, b2: int) -> list[Pair]:
        matched = pair_up(a2 - a1, b2 - b1, lambda i, j: self.likeness(a1 + i, b1 + j))
        found: list[Pair] = []
        at, other = a1, b1
        for i, j in [*matched, (a2 - a1, b2 - b1)]:
            found += [(number, None) for number in range(at, a1 + i)]
            found += [(None, number) for number in range(other, b1 + j)]
            if a1 + i < a2 and b1 + j < b2:
                found.append((a1 + i, b1 + j))
            at, other = a1 + i + 1, b1 + j + 1
        return found

    def likeness(self, here: int, there: int) -> float:
        """How alike two paragraphs are; 0 where too little."""
        return likeness(self.words(0, here), self.words(1, there), LEAST)

    def votes(self, here: Sequence[int], there: Sequence[int]) -> list[tuple[int, int]]:
        """For each paragraph here the one there with which it shares most runs of words that occur once in each."""
        first, second = self._runs(0, here), self._runs(1, there)
        shared = [(number, second[run]) for run, number in first.items() if number >= 0 and second.get(run, -1) >= 0]
        best: dict[int, tuple[int, int]] = {}
        for (number, other), votes in Counter(shared).items():
            best[number] = max(best.get(number, (0, 0)), (votes, -other))
        pairs = [(number, -best[number][1]) for number in sorted(best)]
        return [(number, other) for number, other in pairs if self.likeness(number, other)]

    def _runs(self, side: int, numbers: Sequence[int]) -> dict[tuple[int, ...], int]:
        """Every run of a few words with the paragraph it occurs in; -1 where it occurs in more than one place."""
        found: dict[tuple[int, ...], int] = {}
        for number in numbers:
            each = self.words(side, number)
            for run in zip(*(each[shift:] for shift in range(_RUN)), strict=False):
                found[run] = -1 if run in found else number
        return found


def rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most pairs of which both numbers rise; the first numbers rise already."""
    tops: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for number, (_here, there) in enumerate(pairs):
        place = bisect_left(tops, there)
        before.append(last[place - 1] if place else None)
        if place == len(tops):
            tops.append(there)
            last.append(number)
        else:
            tops[place], last[place] = there, number
    found: list[tuple[int, int]] = []
    at: int | None = last[-1] if last else None
    while at is not None:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def pair_up(n: int, m: int, alike: Callable[[int, int], float]) -> list[tuple[int, int]]:
    """The pairs, both numbers rising, with the greatest likeness together; pairs that are not alike (0) are never made."""
    best = [[0.0] * (m + 1) for _ in range(n + 1)]
    weights = [[alike(i, j) for j in range(m)] for i in range(n)]
    for i in range(n - 1, -1, -1):
        row, below, weight = best[i], best[i + 1], weights[i]
        for j in range(m - 1, -1, -1):
            paired = below[j + 1] + weight[j] if weight[j] else 0.0
            row[j] = max(paired, below[j], row[j + 1])
    found, i, j = [], 0, 0
    while i < n and j < m:
        weight_here = weights[i][j]
        if weight_here and best[i][j] == best[i + 1][j + 1] + weight_here:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found
