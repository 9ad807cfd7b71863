"""Proposals of paragraphs' places and bounds, drawn into a text before anybody decided on them.

    drawn(units, shapes) -> [Drawn, …]

A paragraph that would move stands where it was, in a bracket that its proposer deletes, and once more where it would come to
stand, in a bracket of its proposer; what a split cuts off or a merge takes in is written the same way. So the law of every
bracket holds: projected on the proposer the text is as it would be, projected on anybody else, or on nobody, as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sofra.texts.engine.amending import Content, amend, joined
from sofra.texts.engine.projecting import project_content
from sofra.texts.engine.reshaping import cut_moved
from sofra.texts.engine.words import spaced_words

Kind = Literal["move", "split", "merge"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph as it stands; `content` without its number."""

    key: str
    heading: bool
    level: int
    number: str
    content: Content

    @property
    def whole(self) -> Content:
        """The content with the number in front of it."""
        return joined((f"{self.number} ", *self.content)) if self.number else self.content


@dataclass(frozen=True, slots=True)
class Shape:
    """What `by` proposes of a unit: that it moves behind `target` (None: to the top), takes it in, or is `cut` in two."""

    key: str
    kind: Kind
    unit: str
    by: str
    target: str | None = None
    cut: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A paragraph of the drawn text. `number` is empty where it stands in the content.

    `shapes` are drawn here; `placed` says that it would stand here only if that one is accepted; `move` is the same number at
    both ends of a move.
    """

    unit: Unit
    content: Content
    number: str
    shapes: tuple[Shape, ...] = ()
    placed: Shape | None = None
    move: int | None = None

    @property
    def key(self) -> str:
        """The unit's key; what is placed has one of its own."""
        return self.unit.key if self.placed is None else f"{self.unit.key}+{self.placed.key}"


def drawn(units: Sequence[Unit], shapes: Sequence[Shape]) -> list[Drawn]:
    """The text with what is proposed of its paragraphs' places and bounds, those proposed first drawn first.

    Left out is what cannot be drawn any more (a paragraph is gone, the words around a cut changed) and what somebody proposes
    of a paragraph that an earlier proposal of its own already touches.
    """
    drawing = _Drawing(units)
    for each in shapes:
        drawing.draw(each)
    return drawing.found()


class _Drawing:
    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = {each.key: each for each in units}
        self.order = [each.key for each in units]
        self.now = {each.key: Drawn(each, each.content, each.number) for each in units}
        #: What would come to stand behind a paragraph; "" is the top.
        self.behind: dict[str, list[Drawn]] = {}
        self.touched: set[tuple[str, str]] = set()
        self.moves = 0

    def draw(self, shape: Shape) -> None:
        if shape.unit not in self.units or (shape.target is not None and shape.target not in self.units):
            return
        match shape.kind:
            case "move":
                self._move(shape)
            case "split":
                self._split(shape)
            case "merge":
                self._merge(shape)

    def found(self) -> list[Drawn]:
        """Everything in order."""
        found = list(self.behind.get("", ()))
        for key in self.order:
            found += [self.now[key], *self.behind.get(key, ())]
        return found

    def _block(self, key: str) -> list[str]:
        """A paragraph with the sub-paragraphs under it."""
        here = self.units[key]
        found = [key]
        for other in self.order[self.order.index(key) + 1 :] if not here.heading else ():
            if self.units[other].heading or self.units[other].level <= here.level:
                break
            found.append(other)
        return found

    def _free(self, shape: Shape, keys: Sequence[str]) -> bool:
        """Whether the proposer touched none of these yet; they are touched from now on."""
        mine = {(shape.by, key) for key in keys}
        if mine & self.touched:
            return False
        self.touched |= mine
        return True

    def _move(self, shape: Shape) -> None:
        block = self._block(shape.unit)
        if shape.target in block or not self._free(shape, block):
            return
        behind = [key for key in self._block(shape.target) if key not in block][-1] if shape.target else ""
        for key in block:
            words = self._reads(key, shape.by, whole=True)
            if words is None:
                continue
            self.moves += 1
            self._gone(key, shape, self.moves)
            placed = Drawn(self.units[key], amend((), shape.by, words), "", (shape,), shape, self.moves)
            self.behind.setdefault(behind, []).append(placed)

    def _split(self, shape: Shape) -> None:
        words = self._reads(shape.unit, shape.by)
        if shape.cut is None or words is None:
            return
        first, second = shape.cut
        pieces = spaced_words(words)
        at = cut_moved(f"{first} {second}", words, len(spaced_words(first)))
        if not at or at == len(pieces) or not self._free(shape, [shape.unit]):
            return
        kept, off = "".join(pieces[:at]).strip(), "".join(pieces[at:]).strip()
        self._reword(shape.unit, shape, kept)
        placed = Drawn(self.units[shape.unit], amend((), shape.by, off), "", (shape,), shape)
        self.behind.setdefault(shape.unit, []).insert(0, placed)

    def _merge(self, shape: Shape) -> None:
        if shape.target is None or shape.target == shape.unit:
            return
        here, there = self._reads(shape.unit, shape.by), self._reads(shape.target, shape.by)
        if here is None or there is None or not self._free(shape, [shape.unit, shape.target]):
            return
        self._reword(shape.unit, shape, f"{here} {there}")
        self._gone(shape.target, shape)

    def _reads(self, key: str, by: str, *, whole: bool = False) -> str | None:
        """How a paragraph that stands reads for somebody."""
        each = self.units[key]
        return project_content(each.whole if whole else each.content, by)

    def _reword(self, key: str, shape: Shape, words: str) -> None:
        each = self.now[key]
        number = self.units[key].number
        said = f"{number} {words}" if number and not each.number else words
        self.now[key] = replace(each, content=amend(each.content, shape.by, said), shapes=(*each.shapes, shape))

    def _gone(self, key: str, shape: Shape, move: int | None = None) -> None:
        each = self.now[key]
        whole = joined((f"{each.number} ", *each.content)) if each.number else each.content
        self.now[key] = replace(
            each, content=amend(whole, shape.by, None), number="", shapes=(*each.shapes, shape), move=each.move or move
        )
