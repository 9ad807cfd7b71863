"""A letter from a template: plain paragraphs with named places. Text is data; nothing in it is ever markup."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

#: The places a template may name, in the order a page lists them.
PLACES = (
    "addressee", "party", "meeting", "format", "day", "city", "venue", "level", "deadline", "reference",
)  # fmt: skip
#: Turkish case endings a party's name can be asked for in.
CASES = ("gen", "acc", "dat", "loc", "abl", "ins")
_BRACED = re.compile(r"\{([^{}\n]*)\}")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class UnknownPlace(Exception):  # noqa: N818 (an answer, worded by the room)
    """What stands between braces names no place, or a brace stands alone; `named` is what stands there."""

    def __init__(self, named: str) -> None:
        super().__init__(named)
        self.named = named


@dataclass(frozen=True)
class Place:
    """A place in a text: its name, and the case asked for ("" where none is)."""

    name: str
    case: str = ""


@dataclass(frozen=True)
class Page:
    """A letter as it is set: every piece plain text in one language. `foot` are footnotes, `marking` what each page says."""

    language: str
    sender: str
    reference: tuple[str, str]
    day: str
    addressee: tuple[str, ...]
    subject: str
    paragraphs: tuple[str, ...]
    foot: tuple[str, ...] = ()
    marking: str = ""
    page_word: str = ""


def places(text: str, language: str = "") -> list[Place]:
    """The places a text names, in its order. Raises UnknownPlace; cases are known in Turkish alone, for a party."""
    found = []
    for match in _BRACED.finditer(text):
        name, _colon, case = match[1].strip().partition(":")
        known = name in PLACES and (not case or (case in CASES and name == "party" and language in ("", "tr")))
        if not known or match[1].endswith(":"):
            raise UnknownPlace(match[0])
        found.append(Place(name, case))
    rest = _BRACED.sub("", text)
    lone = re.search(r"[{}][^{}\n]{0,20}", rest)
    if lone:
        raise UnknownPlace(lone[0])
    return found


def fill(text: str, value: Callable[[Place], str]) -> str:
    """The text with what stands in its places. What is put in is never read again for places."""

    def put(match: re.Match[str]) -> str:
        name, _colon, case = match[1].strip().partition(":")
        return value(Place(name, case))

    return plain(_BRACED.sub(put, text))


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a text: what blank lines part. A single line break within one is kept."""
    pieces = re.split(r"\n\s*\n", plain(text).strip())
    return tuple("\n".join(line.strip() for line in piece.split("\n")) for piece in pieces if piece.strip())


def plain(text: str) -> str:
    """A text without what no document can hold; line ends as one sign."""
    return _NOT_IN_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def lines(text: str) -> tuple[str, ...]:
    """The lines of an address."""
    return tuple(line.strip() for line in plain(text).split("\n") if line.strip())
