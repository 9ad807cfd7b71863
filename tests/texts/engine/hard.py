"""A matrix on which the solver works far longer than anybody waits."""

from __future__ import annotations

from sofra.texts.engine.consensus import Matrix, Position


def hard() -> Matrix:
    """A matrix that keeps the solver busy for minutes: each objection falls with two of the wordings after it."""
    brackets = {f"b{number:03}": {each: each for each in "abcd"} for number in range(400)}
    names, parties = list(brackets), tuple(f"p{number}" for number in range(40))
    positions = [
        Position(parties[(7 * place + 3 * turn) % 40], (name, "abcd"[(place * place + turn) % 4]),
                 ("supports", "can live with", "objects")[(place + turn * turn) % 3],
                 ((names[(place * 17 + turn * 5 + 1) % 400], "abcd"[(place + turn) % 4]),)
                 if (place + turn * turn) % 3 == 2 else ())
        for place, name in enumerate(names) for turn in range(9)
    ]  # fmt: skip
    return Matrix(parties, brackets, tuple(positions))
