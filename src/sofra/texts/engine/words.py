"""Texts as words: blocks, tokens, similarity. A comma is a token of its own; letters and their marks stay together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

_WORD = r"(?:[\w\u0300-\u036f]+(?:(?:[-'’.·/]|(?<=\d),(?=\d))[\w\u0300-\u036f]+)*|\S[\u0300-\u036f]*)"
_TOKEN, _WHOLE = re.compile(rf"(\s*)({_WORD})"), re.compile(rf"\s*{_WORD}")
_SHORT = 15
_FRONT = re.compile(r"\A(?:[ \t\r]*\n)+")
_BLANK = re.compile(r"\n(?:[ \t\r]*\n)+")


class Token(NamedTuple):
    """A word or a sign, and the white space in front of it."""

    space: str
    word: str


Tokens = tuple[Token, ...]


def blocks(text: str) -> list[str]:
    """The paragraphs of a plain text: blocks between blank lines, NFC, without white space behind them."""
    text = unicodedata.normalize("NFC", text.lstrip("\ufeff").replace("\r\n", "\n"))
    return [kept for each in _BLANK.split(_FRONT.sub("", text, count=1)) if (kept := each.rstrip()) and kept.strip()]


def from_blocks(paragraphs: Iterable[str]) -> str:
    """A plain text of paragraphs: one blank line between two, one end of line at the end."""
    joined = "\n\n".join(paragraphs)
    return f"{joined}\n" if joined else ""


def tokens(words: str) -> Tokens:
    """The tokens of a paragraph; put together again they are the paragraph."""
    return tuple(map(Token._make, _TOKEN.findall(words)))


def spaced_words(paragraph: str) -> list[str]:
    """The tokens of a paragraph as strings, each with the white space in front of it."""
    return _WHOLE.findall(paragraph)


def joined(kept: Iterable[Token]) -> str:
    """Tokens as text."""
    return "".join([space + word for space, word in kept])


class Numbering:
    """Gives every word a number, so that sequences compare fast."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def of(self, words: Iterable[str]) -> list[int]:
        """The words as numbers."""
        known = self.numbers
        return [known.setdefault(word, len(known)) for word in words]

    def of_paragraph(self, paragraph: str) -> list[int]:
        """The words as numbers, small and large letters alike: enough to tell how alike two paragraphs are.

        In a short one a comma would weigh as much as a word; there signs are left out.
        """
        words = paragraph.lower().split()
        return self.of(words if len(words) > _SHORT else [word.strip(".,;:!?()[]…") for word in words])


def likeness(first: Sequence[int], second: Sequence[int], least: float = 0.0) -> float:
    """How alike two sequences are, 0 to 1; 0 where less than `least`."""
    return float(Indel.normalized_similarity(first, second, score_cutoff=least))


def edits(first: Sequence[int], second: Sequence[int]) -> list[tuple[int, int, int, int]]:
    """What has to change to make the second of the first: spans of both, in order, none touching another."""
    found: list[tuple[int, int, int, int]] = []
    for code in Indel.opcodes(first, second):
        if code.tag == "equal":
            continue
        if found and found[-1][1] == code.src_start and found[-1][3] == code.dest_start:
            found[-1] = (found[-1][0], code.src_end, found[-1][2], code.dest_end)
        else:
            found.append((code.src_start, code.src_end, code.dest_start, code.dest_end))
    return found
