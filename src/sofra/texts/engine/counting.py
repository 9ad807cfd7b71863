"""What is open in a text: brackets, alternatives, paragraphs, and who stands in them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from sofra.texts.engine.projecting import project
from sofra.texts.engine.tree import Bracket, Mark, Node, Paragraph, Text
from sofra.texts.engine.words import tokens

Status = Literal["open", "agreed in working group", "agreed ad referendum", "agreed", "clean"]


@dataclass
class Stats:
    """Counts of a text. `outermost` brackets stand in no other, `nested` do; `deepest` is the depth of the deepest.

    `paragraphs` counts them by status: open (a bracket stands in it), agreed in one of three degrees, clean (no bracket and
    no status written). `words` are those of the base; `named` says in how many brackets a label stands directly.
    """

    outermost: int = 0
    nested: int = 0
    deepest: int = 0
    alternatives: int = 0
    words: int = 0
    paragraphs: Counter[Status] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)

    @property
    def agreed(self) -> int:
        """Paragraphs agreed in any degree."""
        return sum(number for status, number in self.paragraphs.items() if status.startswith("agreed"))


def count(text: Text) -> Stats:
    """The counts of a text."""
    found = Stats()
    for paragraph in text.paragraphs:
        found.paragraphs[status_of(paragraph)] += 1
        waiting: list[tuple[Node, int]] = [(node, 1) for node in paragraph.content]
        while waiting:
            node, depth = waiting.pop()
            if not isinstance(node, Bracket):
                continue
            found.outermost += depth == 1
            found.nested += depth > 1
            found.deepest = max(found.deepest, depth)
            found.alternatives += len(node.alternatives)
            named: set[str] = set()
            for each in node.alternatives:
                named.update(each.supporters, each.retainers, each.deleters)
                waiting.extend((inner, depth + 1) for inner in each.content)
            found.named.update(named)
    found.words = sum(
        1
        for paragraph in project(text)
        for token in tokens(paragraph)
        if any(letter.isalnum() for letter in token.word)
    )
    return found


def status_of(paragraph: Paragraph) -> Status:
    """A paragraph's status as the text says it; an open bracket outweighs a mark."""
    if any(isinstance(node, Bracket) for node in paragraph.content):
        return "open"
    marks = [node.words.lower().split() for node in paragraph.content if isinstance(node, Mark)]
    if not marks:
        return "clean"
    words = marks[-1]
    if "ad" in words:
        return "agreed ad referendum"
    return "agreed in working group" if "group" in words or "wg" in words else "agreed"
