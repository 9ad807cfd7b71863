"""A photo's caption from who stands where. Every word in it is a name, a function, a designation or a fixed label."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Standing:
    """A person in a photo: name, function and party as they are printed; what is empty is left out."""

    name: str
    function: str = ""
    party: str = ""

    def __str__(self) -> str:
        said = ", ".join(each for each in (self.name, self.function) if each)
        return f"{said} ({self.party})" if self.party else said


def caption(rows: Iterable[tuple[str, Sequence[Standing]]]) -> str:
    """The caption of rows, the front one first, each a label and its people from left to right."""
    return " ".join(f"{label} {'; '.join(str(each) for each in people)}." for label, people in rows if people)


def gaps(rows: Sequence[int], filled: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places (row, place) of a photo in which nobody stands. `rows` counts the places of each row, from the front."""
    there = set(filled)
    asked = [(row, place) for row, most in enumerate(rows, 1) for place in range(1, most + 1)]
    return [each for each in asked if each not in there]


def read_rows(text: str) -> list[int] | None:
    """How many stand in each row, as it is typed ("7, 6"); None where it is no such list."""
    pieces = [piece.strip() for piece in text.replace(";", ",").replace("+", ",").split(",")]
    if not all(piece.isascii() and piece.isdigit() and len(piece) < 4 for piece in pieces):
        return None
    return [int(piece) for piece in pieces]
