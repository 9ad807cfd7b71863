"""What a negotiated text is: paragraphs of text, brackets and status marks. Text nodes hold the notation as written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

#: Deeper nesting than this is refused: nobody could read it.
DEEPEST = 100

_ESCAPE = re.compile(r"\\([\\\[\]/\-\s])")
_BACKSLASH = re.compile(r"\\(?=[\\\[\]/\-\s]|$)")
_SQUARE = re.compile(r"([\[\]])")
_SLASH = re.compile(r"(^|\s)/(?=\s|$)")
NUMBER = re.compile(
    r"(?:(?:\d+(?:\.\d+)*|[A-Z])(?:\.?\s?(?:bis|ter|quater|quinquies|alt\d*))?[.)](?:bis|ter|quater|quinquies)?"
    r"|\((?:[a-z]{1,2}|[ivx]+|\d+)\)|\d+(?:\.\d+)*\.?(?:bis|ter|quater|quinquies))(?=\s|$)"
)


class BadText(ValueError):  # noqa: N818 (an answer to whoever wrote the text)
    """A text that cannot be read; the sentence says what and where. `line` and `column` count from 1, 0 where there is none."""

    def __init__(self, sentence: str, line: int = 0, column: int = 0) -> None:
        super().__init__(f"Line {line}, column {column}: {sentence}" if line else sentence)
        self.line, self.column = line, column


@dataclass(frozen=True, slots=True)
class Mark:
    """A status written into the text, such as `[Agreed ad ref]`; `words` as they stand between the brackets."""

    words: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """One wording inside a bracket, and who stands by it.

    `supporters` propose it, `retainers` keep it as text that stood there before, `deleters` want it gone. `written` is the
    attribution exactly as it stands where that is not its plainest form; `separator` what stands between it and the
    alternative before it.
    """

    content: tuple[Node, ...]
    supporters: tuple[str, ...] = ()
    retainers: tuple[str, ...] = ()
    deleters: tuple[str, ...] = ()
    written: str | None = None
    separator: str = " / "


@dataclass(frozen=True, slots=True)
class Bracket:
    """An open point: one or more alternatives."""

    alternatives: tuple[Alternative, ...]


Node: TypeAlias = str | Bracket | Mark


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of the text; `after` is the white space that follows it in the file."""

    content: tuple[Node, ...]
    after: str = "\n\n"


@dataclass(frozen=True, slots=True)
class Text:
    """A text; `before` is white space in front of its first paragraph."""

    paragraphs: tuple[Paragraph, ...]
    before: str = ""


def plain(raw: str) -> str:
    """A text node without its escapes."""
    return _ESCAPE.sub(r"\1", raw) if "\\" in raw else raw


def escaped(words: str, *, inside: bool) -> str:
    """Plain words as a text node; `inside` a bracket a slash between spaces has a meaning too."""
    if "\\" in words:
        words = _BACKSLASH.sub(r"\\\\", words)
    if "[" in words or "]" in words:
        words = _SQUARE.sub(r"\\\1", words)
    if inside and "/" in words:
        words = _SLASH.sub(r"\1\\/", words)
    return words


def base_of(bracket: Bracket) -> int | None:
    """Which alternative stood in the text before anybody proposed anything; None where all of them are proposals.

    The first that somebody retains; otherwise the first that nobody has proposed.
    """
    first = None
    for number, alternative in enumerate(bracket.alternatives):
        if alternative.retainers:
            return number
        if first is None and not alternative.supporters:
            first = number
    return first


def choice_of(bracket: Bracket, party: str | None) -> int | None:
    """Which alternative a party's own wording has, None for nothing; for no party, the base. Not named means the base."""
    if party is not None:
        for number, alternative in enumerate(bracket.alternatives):
            if party in alternative.supporters or party in alternative.retainers:
                return number
    base = base_of(bracket)
    if base is not None and party in bracket.alternatives[base].deleters:
        return None
    return base


def labels_of(text: Text) -> list[str]:
    """Every label that a text names, sorted."""
    found: set[str] = set()
    waiting: list[Node] = [node for paragraph in text.paragraphs for node in paragraph.content]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Bracket):
            for alternative in node.alternatives:
                found.update(alternative.supporters, alternative.retainers, alternative.deleters)
                waiting.extend(alternative.content)
    return sorted(found)


def number_of(paragraph: Paragraph) -> str | None:
    """The number a paragraph is written with ("2.bis", "(a)", "14."), None where it has none."""
    node: Node | None = next(iter(paragraph.content), None)
    while isinstance(node, Bracket):
        node = next(iter(node.alternatives[0].content), None)
    found = NUMBER.match(node.lstrip()) if isinstance(node, str) else None
    return found.group() if found else None
