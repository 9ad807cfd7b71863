"""A text as one party would have it, or as it stood before anybody proposed anything.

Where a bracket ends and its words fall away, white space would be left over: `combating [extreme - US] poverty` without
“extreme” has two spaces. At the edge of a bracket, therefore, two spaces are one, a space before a comma that the edge
brings forward goes, and a paragraph neither begins nor ends with a space. White space behind a backslash is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sofra.texts.engine.tree import Bracket, Mark, Node, Paragraph, Text, choice_of, plain

_SPACE = " \t\r\n"
#: A space before one of these, or behind one of those, is left over where a bracket's words fall away.
CLOSING = frozenset(",.;:)!?»”’")
OPENING = frozenset("([«„“‘")
HEAD, BODY, TAIL = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A text node in three parts: white space that may fall away at either end, and the words. `seam` before it, or not."""

    head: str
    body: str
    tail: str
    seam: bool

    def part(self, number: int) -> str:
        """Head, body or tail."""
        return (self.head, self.body, self.tail)[number]


def piece(raw: str, seam: bool) -> Piece:
    """Takes a text node apart."""
    rest = raw.lstrip(_SPACE)
    head = raw[: len(raw) - len(rest)]
    if not rest:
        return Piece(head, "", "", seam)
    bare = rest.rstrip(_SPACE)
    if len(bare) < len(rest) and (len(bare) - len(bare.rstrip("\\"))) % 2:
        bare = rest[: len(bare) + 1]
    return Piece(head, plain(bare), rest[len(bare) :], seam)


def kept(pieces: Sequence[tuple[int, Piece]], ends_in_seam: bool) -> Iterator[tuple[int, int]]:
    """Which parts of the chosen pieces remain, as (number of the piece, part), in their order."""
    waiting: tuple[int, int] | None = None  # white space that remains only if words follow
    last = ""
    for number, each in pieces:
        free = each.seam
        if each.head:
            if not free:
                yield number, HEAD
            elif last and waiting is None and not (each.body and last[-1] in OPENING):
                waiting = (number, HEAD)
        if not each.body:
            continue
        if waiting is not None:
            brought_forward = free and not each.head and each.body[0] in CLOSING
            if not brought_forward:
                yield waiting
            waiting = None
        yield number, BODY
        last = each.body
        if each.tail:
            waiting = (number, TAIL)
    if waiting is not None and not ends_in_seam:
        yield waiting


def chosen(content: Iterable[Node], party: str | None) -> tuple[list[Piece], bool]:
    """The pieces of a party's wording, and whether a bracket's edge stands behind the last of them."""
    found: list[Piece] = []
    seam = _choose(content, party, found, False)
    return found, seam


def _choose(content: Iterable[Node], party: str | None, found: list[Piece], seam: bool) -> bool:
    for node in content:
        if isinstance(node, str):
            found.append(piece(node, seam))
            seam = False
        elif isinstance(node, Mark):
            seam = True
        else:
            number = choice_of(node, party)
            if number is not None:
                _choose(node.alternatives[number].content, party, found, True)
            seam = True
    return seam


def project_paragraph(paragraph: Paragraph, party: str | None = None) -> str | None:
    """A paragraph's wording for a party (None: the base); None where the paragraph is not in it at all."""
    return project_content(paragraph.content, party)


def project_content(content: tuple[Node, ...], party: str | None = None) -> str | None:
    """As project_paragraph, of a content."""
    if len(content) == 1 and isinstance(content[0], str):
        return plain(content[0])
    pieces, seam = chosen(content, party)
    numbered = list(enumerate(pieces))
    words = "".join(pieces[number].part(part) for number, part in kept(numbered, seam))
    open_points = any(isinstance(node, Bracket) for node in content)
    return None if open_points and not words.strip(_SPACE) else words


def project(text: Text, party: str | None = None) -> list[str]:
    """The paragraphs of a party's wording; of the base where no party is named. A party not named anywhere has the base."""
    return [words for each in text.paragraphs if (words := project_paragraph(each, party)) is not None]
