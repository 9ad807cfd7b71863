"""Clauses, and counts made of them: literals that hold where at least so many of others do."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

#: Up to so many literals are told two by two that only one of them holds.
PAIRWISE = 5


class Clauses:
    """Clauses and the counts made of them."""

    def __init__(self) -> None:
        self.top = 0
        self.all: list[list[int]] = []

    def new(self) -> int:
        """A literal not used before."""
        self.top += 1
        return self.top

    def add(self, *literals: int) -> None:
        """One of these holds."""
        self.all.append(list(literals))

    def at_most(self, literals: Sequence[int], most: int) -> None:
        """So many of these hold at most."""
        if most >= len(literals):
            return
        if most <= 0:
            self.all += [[-literal] for literal in literals]
        elif most == 1 and len(literals) <= PAIRWISE:
            self.all += [[-one, -other] for one, other in combinations(literals, 2)]
        elif most == 1:
            before = literals[0]
            for literal in literals[1:-1]:
                taken = self.new()
                self.all += [[-before, taken], [-literal, taken], [-before, -literal]]
                before = taken
            self.add(-before, -literals[-1])
        else:
            self.add(-self.count(literals, most + 1)[most])

    def count(self, literals: Sequence[int], up_to: int, *, exact: bool = False) -> list[int]:
        """Literals that hold where at least 1, 2 … of these hold, `up_to` at most; `exact`: and only there."""
        if len(literals) <= 1:
            return list(literals)
        half = len(literals) // 2
        one = self.count(literals[:half], up_to, exact=exact)
        two = self.count(literals[half:], up_to, exact=exact)
        size = min(up_to, len(literals))
        found = [self.new() for _ in range(size)]
        for i in range(len(one) + 1):
            for j in range(len(two) + 1):
                both = [-one[i - 1]] if i else []
                if j:
                    both.append(-two[j - 1])
                if both:
                    self.all.append([*both, found[min(i + j, size) - 1]])
                if exact and i + j < size:
                    self.all.append([*one[i : i + 1], *two[j : j + 1], -found[i + j]])
        return found
