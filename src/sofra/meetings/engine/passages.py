"""Passages of a text: its paragraphs, and where exact words stand in it.

paragraphs("One.\\n\\n- two\\n- three")  ->  [Paragraph(1, 0, "One."), Paragraph(2, 6, "- two"), Paragraph(3, 12, "- three")]
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_ENTRY = re.compile(r"(?:[-•#] |\d{1,3}[.)]\s)")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, a heading or an entry of a list: its number in the text, where it begins, its words."""

    number: int
    start: int
    text: str

    @property
    def end(self) -> int:
        """The place after its last letter."""
        return self.start + len(self.text)


def plain(text: str) -> str:
    """A text with one kind of line end, as all places in it are counted."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a text, numbered from 1. An empty line or the beginning of an entry ends one."""
    found: list[Paragraph] = []
    begins = ends = place = 0
    whole = plain(text)

    def finish() -> None:
        nonlocal begins, ends
        if ends > begins:
            found.append(Paragraph(len(found) + 1, begins, whole[begins:ends]))
        begins = ends = place

    headed = False
    for line in whole.split("\n"):
        words = line.strip()
        if not words or headed or _ENTRY.match(words):
            finish()
        headed = words.startswith("# ")
        if words:
            indent = len(line) - len(line.lstrip())
            if ends <= begins:
                begins = place + indent
            ends = place + indent + len(words)
        place += len(line) + 1
    finish()
    return found


def marked(text: str, numbers: Iterable[int]) -> list[str]:
    """The words of the marked paragraphs; neighbours are one passage, with all that stands between them."""
    wanted, whole = set(numbers), plain(text)
    runs: list[list[Paragraph]] = []
    for paragraph in paragraphs(whole):
        if paragraph.number not in wanted:
            continue
        if runs and runs[-1][-1].number == paragraph.number - 1:
            runs[-1].append(paragraph)
        else:
            runs.append([paragraph])
    return [whole[run[0].start : run[-1].end] for run in runs]


def place_of(text: str, quote: str) -> int | None:
    """Where a quotation first stands in a text, letter by letter; None where it does not."""
    words = plain(quote).strip()
    place = plain(text).find(words) if words else -1
    return place if place >= 0 else None
