"""Two versions compared: paragraph by paragraph, then word by word; paragraphs that moved are told as moved.

Letters compare as they are (NFC): i and ı, ë and e, Cyrillic and Latin are different letters, and a mark stays with its
letter.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sofra.texts.engine.aligning import LEAST_MOVED, Alignment
from sofra.texts.engine.words import Numbering, edits, spaced_words

Kind = Literal["same", "changed", "new", "gone"]
What = Literal["same", "new", "gone"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words of one paragraph that stayed, is new, or is gone."""

    what: What
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """One paragraph in the order of the comparison.

    `first` and `second` are its numbers in the two versions, None where it is in only one. A moved paragraph stands twice,
    gone at its old place and new at its new one, each with both numbers and the same `move`.
    """

    kind: Kind
    pieces: tuple[Piece, ...]
    first: int | None
    second: int | None
    move: int | None = None


def compare(first: Sequence[str], second: Sequence[str]) -> list[Change]:
    """All paragraphs of both versions, in order. Texts are compared in NFC."""
    old = [unicodedata.normalize("NFC", each) for each in first]
    new = [unicodedata.normalize("NFC", each) for each in second]
    alignment = Alignment(old, new)
    pairs = alignment.pairs()
    moves = _moves(
        alignment,
        [a for a, b in pairs if b is None and a is not None],
        [b for a, b in pairs if a is None and b is not None],
    )
    moved_to = {there: (number, here) for number, (here, there) in enumerate(moves, 1)}
    moved_from = {here: (number, there) for number, (here, there) in enumerate(moves, 1)}
    found = []
    for here, there in pairs:
        if here is not None and there is not None:
            if old[here] == new[there]:
                found.append(Change("same", (Piece("same", old[here]),), here, there))
            else:
                found.append(Change("changed", words(old[here], new[there]), here, there))
        elif here is not None:
            move, other = moved_from.get(here, (None, None))
            found.append(Change("gone", (Piece("gone", old[here]),), here, other, move))
        elif there is not None:
            move, other = moved_to.get(there, (None, None))
            found.append(Change("new", (Piece("new", new[there]),), other, there, move))
    return found


def _moves(alignment: Alignment, gone: Sequence[int], new: Sequence[int]) -> list[tuple[int, int]]:
    """Paragraphs that are gone at one place and stand, the same or hardly changed, at another."""
    if not gone or not new:
        return []
    old_texts, new_texts = alignment.texts
    places: dict[str, list[int]] = {}
    for there in reversed(new):
        places.setdefault(new_texts[there], []).append(there)
    found, taken = [], set[int]()
    rest = []
    for here in gone:
        if same := places.get(old_texts[here]):
            there = same.pop()
            taken.add(there)
            found.append((here, there))
        else:
            rest.append(here)
    for here, there in alignment.votes(rest, [number for number in new if number not in taken]):
        if there not in taken and alignment.likeness(here, there) >= LEAST_MOVED:
            taken.add(there)
            found.append((here, there))
    return sorted(found)


def words(first: str, second: str) -> tuple[Piece, ...]:
    """One paragraph against another. What is same and gone makes the first again, what is same and new the second."""
    old, new = spaced_words(first), spaced_words(second)
    numbering = Numbering()
    found: list[Piece] = []
    at = 0
    changes = edits(numbering.of(old), numbering.of(new))
    for a1, a2, b1, b2 in changes:
        if a1 > at:
            found.append(Piece("same", "".join(old[at:a1])))
        if a2 > a1:
            found.append(Piece("gone", "".join(old[a1:a2])))
        if b2 > b1:
            found.append(Piece("new", "".join(new[b1:b2])))
        at = a2
    if at < len(old):
        found.append(Piece("same", "".join(old[at:])))
    return tuple(found)


def accepted(changes: Iterable[Change]) -> list[str]:
    """The second version."""
    kept = [each for each in changes if each.kind != "gone"]
    return ["".join(piece.words for piece in each.pieces if piece.what != "gone") for each in kept]


def rejected(changes: Iterable[Change]) -> list[str]:
    """The first version."""
    kept = [each for each in changes if each.kind != "new"]
    return ["".join(piece.words for piece in each.pieces if piece.what != "new") for each in kept]


def shown(changes: Iterable[Change]) -> str:
    """The comparison as plain text: [-gone-], {+new+}; a moved paragraph says where it went or came from."""
    lines = []
    for each in changes:
        line = "".join(_SIGNS[piece.what].format(piece.words) for piece in each.pieces)
        if each.move is not None and each.first is not None and each.second is not None:
            line += f" (moved to {each.second + 1})" if each.kind == "gone" else f" (moved from {each.first + 1})"
        lines.append(line)
    return "\n\n".join(lines) + "\n" if lines else ""


_SIGNS: dict[What, str] = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}


def to_json(changes: Iterable[Change]) -> dict[str, Any]:
    """The comparison as plain data, by the schema redline.schema.json. Paragraph numbers count from 0."""
    return {
        "format": "sofra.text.redline/1",
        "paragraphs": [
            {
                "kind": each.kind,
                "first": each.first,
                "second": each.second,
                "move": each.move,
                "pieces": [{"what": piece.what, "words": piece.words} for piece in each.pieces],
            }
            for each in changes
        ],
    }
