"""Texts written in place: plain paragraphs with the little marking a paper needs. Data, never markup.

An empty line ends a paragraph. A line that begins with "# " is a heading, with "- " or "1. " an entry of a list; words
between *asterisks* are emphasised. Everything else is taken as it stands.

    blocks("# Purpose\\n\\nTo *meet*.")  ->  [Block("heading", …), Block("paragraph", …)]
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_EMPHASIS = re.compile(r"\*([^*\n]+)\*")
_NUMBERED = re.compile(r"\d{1,3}[.)]\s+")


@dataclass(frozen=True)
class Run:
    """Words that look alike."""

    text: str
    emphasis: bool = False


@dataclass(frozen=True)
class Block:
    """A paragraph, a heading, or a list ("bullets", "numbers") with a line per entry. The first two have one line."""

    kind: str
    lines: tuple[tuple[Run, ...], ...]


def blocks(text: str) -> list[Block]:
    """The blocks of a text, in order. Every text has a reading; none is refused."""
    found: list[Block] = []
    kind, lines = "", list[str]()

    def finish() -> None:
        nonlocal kind, lines
        if lines:
            found.append(Block(kind, tuple(_runs(line) for line in lines)))
        kind, lines = "", []

    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line = raw.strip()
        if not line:
            finish()
            continue
        said, words = _read(line)
        if said == "heading":
            finish()
            kind, lines = said, [words]
            finish()
        elif said != "paragraph":
            if kind != said:
                finish()
                kind = said
            lines.append(words)
        elif lines:
            # A line that goes on what stands before it: the paragraph, or the last entry of the list.
            lines[-1] = f"{lines[-1]} {words}"
        else:
            kind, lines = said, [words]
    finish()
    return found


def _read(line: str) -> tuple[str, str]:
    if line.startswith("# "):
        return "heading", line[2:].strip()
    if line.startswith(("- ", "• ")):
        return "bullets", line[2:].strip()
    if match := _NUMBERED.match(line):
        return "numbers", line[match.end() :]
    return "paragraph", line


def _runs(line: str) -> tuple[Run, ...]:
    found, end = [], 0
    for match in _EMPHASIS.finditer(line):
        if match.start() > end:
            found.append(Run(line[end : match.start()]))
        found.append(Run(match[1], True))
        end = match.end()
    if end < len(line) or not found:
        found.append(Run(line[end:]))
    return tuple(found)
