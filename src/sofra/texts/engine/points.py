"""The open points of a paragraph: its brackets with their alternatives, each under a key that outlives other changes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sofra.texts.engine.amending import Content, joined
from sofra.texts.engine.projecting import project_content
from sofra.texts.engine.tree import Alternative, Bracket, Node, base_of
from sofra.texts.engine.words import tokens


@dataclass(frozen=True, slots=True)
class Choice:
    """One way a bracket can be closed. `words` are its wording as it stands for nobody in particular; "" leaves it out."""

    key: str
    words: str
    alternative: Alternative | None


@dataclass(frozen=True, slots=True)
class Point:
    """A bracket: where it stands (`offset` in words of the base, `depth` from 1), and the ways to close it."""

    key: str
    offset: int
    depth: int
    bracket: Bracket
    choices: tuple[Choice, ...]


def points(content: Content) -> list[Point]:
    """Every bracket of a content, outermost first, in the order of the text."""
    found: list[Point] = []
    _walk(content, 0, 1, found, {})
    return found


def _walk(content: Content, offset: int, depth: int, found: list[Point], seen: dict[str, int]) -> int:
    for node in content:
        if isinstance(node, str):
            offset += len(tokens(node))
        elif isinstance(node, Bracket):
            found.append(_point(node, offset, depth, seen))
            base = base_of(node)
            after = offset
            for number, each in enumerate(node.alternatives):
                end = _walk(each.content, offset, depth + 1, found, seen)
                after = end if number == base else after
            offset = after
    return offset


def _point(bracket: Bracket, offset: int, depth: int, seen: dict[str, int]) -> Point:
    choices = []
    for each in bracket.alternatives:
        words = (project_content(each.content) or _first_words(each.content)).strip()
        choices.append(Choice(_key(f"{offset}\0{words}", seen), words, each))
    if len(choices) == 1:
        choices.append(Choice(_key(f"{offset}\0", seen), "", None))
    told = "\0".join(each.key for each in choices)
    return Point(hashlib.sha256(told.encode()).hexdigest()[:16], offset, depth, bracket, tuple(choices))


def _first_words(content: Content) -> str:
    """The words of a wording that nobody has as it stands: the first way to read it."""
    pieces = []
    for node in content:
        if isinstance(node, str):
            pieces.append(node)
        elif isinstance(node, Bracket):
            pieces.append(_first_words(node.alternatives[0].content))
    return "".join(pieces)


def _key(told: str, seen: dict[str, int]) -> str:
    seen[told] = seen.get(told, 0) + 1
    again = f"\0{seen[told]}" if seen[told] > 1 else ""
    return hashlib.sha256(f"{told}{again}".encode()).hexdigest()[:16]


def closed(content: Content, point: str, choice: str) -> Content:
    """The content with one bracket closed by one of its choices. Raises KeyError where it has no such bracket or choice."""
    for each in points(content):
        if each.key == point:
            for one in each.choices:
                if one.key == choice:
                    return _replaced(content, each.bracket, one.alternative)
    raise KeyError(point)


def _replaced(content: Content, bracket: Bracket, by: Alternative | None) -> Content:
    found: list[Node] = []
    for node in content:
        if node is bracket:
            found += by.content if by is not None else ()
        elif isinstance(node, Bracket):
            found.append(
                Bracket(
                    tuple(
                        Alternative(
                            _replaced(each.content, bracket, by), each.supporters, each.retainers, each.deleters,
                            each.written, each.separator,
                        )
                        for each in node.alternatives
                    )
                )
            )  # fmt: skip
        else:
            found.append(node)
    kept = joined(tuple(found))
    if kept and isinstance(kept[0], str) and isinstance(content[0], Bracket):
        kept = (kept[0].lstrip(), *kept[1:])
    if kept and isinstance(kept[-1], str) and isinstance(content[-1], Bracket):
        kept = (*kept[:-1], kept[-1].rstrip())
    return kept
