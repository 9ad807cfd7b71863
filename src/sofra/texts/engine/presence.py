"""A text as a sequence of words, each with who has it: what a word processor's tracked changes can hold.

For words of the base the delegations named are those who have them gone; for other words, those who put them in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sofra.texts.engine.projecting import Piece, kept, piece
from sofra.texts.engine.tree import Bracket, Mark, Node, Paragraph, Text, base_of, choice_of, labels_of

#: Whose a wording is that stands in a bracket without anybody's name.
NOBODY = "Unattributed"
_PARTS = 3


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words with the same witnesses. `opposed` are those who want somebody else's addition gone."""

    words: str
    base: bool
    who: tuple[str, ...] = ()
    opposed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph; `base` and `who` say of the paragraph itself what a stretch says of words. `marks` are its statuses."""

    stretches: tuple[Stretch, ...]
    base: bool = True
    who: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    move: int | None = None


@dataclass(slots=True)
class _Leaf:
    piece: Piece
    chosen: set[str | None]
    opposed: tuple[str, ...]


def blocks_of(text: Text) -> list[Block]:
    """The paragraphs of a text, each word with its witnesses."""
    return [_block(each) for each in text.paragraphs]


def _block(paragraph: Paragraph) -> Block:
    witnesses: set[str | None] = {None, *labels_of(Text((paragraph,)))}
    leaves: list[_Leaf] = []
    seam = _walk(paragraph.content, witnesses, leaves, (), False)
    has: dict[tuple[int, int], set[str | None]] = {}
    present: set[str | None] = set()
    for witness in witnesses:
        mine = [(number, leaf.piece) for number, leaf in enumerate(leaves) if witness in leaf.chosen]
        for place in kept(mine, seam):
            has.setdefault(place, set()).add(witness)
            if leaves[place[0]].piece.part(place[1]).strip():
                present.add(witness)
    if not any(isinstance(node, Bracket) for node in paragraph.content):
        present = witnesses
    found: list[Stretch] = []
    for number, leaf in enumerate(leaves):
        nobodys = not leaf.chosen
        for part in range(_PARTS):
            words = leaf.piece.part(part)
            here = has.get((number, part), set()) & present
            if not words or (not here and not nobodys):
                continue
            who = (NOBODY,) if nobodys else _who(here, witnesses)
            _add(found, Stretch(words, None in here, who, () if None in here else leaf.opposed))
    marks = tuple(node.words.strip() for node in paragraph.content if isinstance(node, Mark))
    return Block(tuple(found), None in present, _who(present, witnesses), marks)


def _who(here: set[str | None], witnesses: set[str | None]) -> tuple[str, ...]:
    """Those who differ from the base: who lack what it has, or have what it lacks."""
    differ = witnesses - here if None in here else here
    return tuple(sorted(each for each in differ if each is not None))


def _add(found: list[Stretch], stretch: Stretch) -> None:
    last = found[-1] if found else None
    if last and (last.base, last.who, last.opposed) == (stretch.base, stretch.who, stretch.opposed):
        found[-1] = Stretch(last.words + stretch.words, last.base, last.who, last.opposed)
    else:
        found.append(stretch)


def _walk(
    content: Iterable[Node], witnesses: set[str | None], leaves: list[_Leaf], opposed: tuple[str, ...], seam: bool
) -> bool:
    for node in content:
        if isinstance(node, str):
            leaves.append(_Leaf(piece(node, seam), witnesses, opposed))
            seam = False
        elif isinstance(node, Mark):
            seam = True
        else:
            base = base_of(node)
            for number, each in enumerate(node.alternatives):
                chosen = {witness for witness in witnesses if choice_of(node, witness) == number}
                against = opposed if number == base else tuple(sorted({*opposed, *each.deleters}))
                _walk(each.content, chosen, leaves, against, True)
            seam = True
    return seam
