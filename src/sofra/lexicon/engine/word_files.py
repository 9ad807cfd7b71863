"""Word files for the lint desk: their text with the place of every letter, and corrections as tracked changes.

    found = read_word(data)                       found.text is what a linter reads
    with_tracked_changes(found, [...], …)         the same file, the corrections beside what stood there

The gate (sofra.kernel.engine.papers) looks at a file before anything is parsed. Whatever is not changed stays as it was,
part for part and byte for byte; who opens the file accepts or rejects each change in Word itself.
"""

from __future__ import annotations

import copy
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from sofra.kernel.engine.word import MC, SPACE, W, packed, parsed, unpacked, written

_P, _R, _T, _RPR = f"{W}p", f"{W}r", f"{W}t", f"{W}rPr"
#: What a reader does not see, or sees struck out.
_LEFT_OUT = frozenset({f"{W}del", f"{W}moveFrom", f"{W}rPr", f"{W}pPr", f"{W}instrText", f"{MC}Fallback"})
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "‑", f"{W}softHyphen": "\xad"}
#: The parts a reader reads, in this order: the text, then what stands at its foot and its head.
_PARTS = re.compile(r"word/(document|footnotes|endnotes|header\d*|footer\d*|comments)\.xml")
_ORDER = ("document", "footnotes", "endnotes", "comments", "header", "footer")
_CONTROL = re.compile("[\x00-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the text and the element it stands in."""

    start: int
    text: str
    element: Any


@dataclass(frozen=True)
class WordText:
    """What a Word file says: its paragraphs, a line each. Offsets in `text` are code points."""

    text: str
    _pieces: tuple[_Piece, ...]
    _files: dict[str, bytes]
    _roots: dict[str, Any]


@dataclass(frozen=True)
class Replacement:
    """New wording for a stretch of the text; empty to take it out."""

    start: int
    end: int
    text: str


def read_word(data: bytes) -> WordText:
    """The text of a DOCX as it would stand with all tracked changes accepted. Raises Refused as the gate does."""
    files = unpacked(data)
    pieces: list[_Piece] = []
    roots: dict[str, Any] = {}
    said: list[str] = []
    place = 0
    for name in _readable(files):
        root = roots[name] = parsed(files[name])
        for paragraph in root.iter(_P):
            for element in _walk(paragraph):
                text = (element.text or "") if element.tag == _T else _SIGNS[element.tag]
                if text:
                    pieces.append(_Piece(place, text, element))
                    said.append(text)
                    place += len(text)
            said.append("\n")
            place += 1
    return WordText("".join(said), tuple(pieces), files, roots)


def with_tracked_changes(found: WordText, changes: Iterable[Replacement], *, author: str, at: datetime) -> bytes:
    """The file with each replacement as a deletion and an insertion by `author` at an instant.

    Replacements do not overlap and each stays within a paragraph; the new wording takes the look of the first letter it
    replaces. The text that was read is not changed: it can be used again. Raises ValueError for a replacement that lies
    elsewhere or holds a control character.
    """
    wanted = sorted(changes, key=lambda each: each.start)
    starts = [piece.start for piece in found._pieces]
    last = 0
    for each in wanted:
        if each.start < last or each.end <= each.start or "\n" in found.text[each.start : each.end]:
            raise ValueError(f"{each.start}–{each.end} is no stretch of one paragraph, or was replaced already.")
        if each.end > len(found.text) or _CONTROL.search(each.text):
            raise ValueError(f"The replacement at {each.start} cannot be written into a paragraph.")
        last = each.end
    roots = {name: copy.deepcopy(root) for name, root in found._roots.items()}
    twins = _twins(found._roots, roots, [piece.element for piece in found._pieces])
    pen = _Pen(author, at, roots.values())
    # From the end, so that what stands before keeps its place in its element.
    touched = [
        _replace(found._pieces, twins, bisect_right(starts, each.start) - 1, each, pen) for each in reversed(wanted)
    ]
    changed = {name: written(root) for name, root in roots.items() if any(root is each for each in touched)}
    return packed(found._files | changed)


def _readable(names: Iterable[str]) -> list[str]:
    found = [name for name in names if _PARTS.fullmatch(name)]
    return sorted(found, key=lambda name: (_ORDER.index(re.sub(r"\d", "", name[5:-4])), len(name), name))


def _walk(paragraph: Any) -> Iterator[Any]:
    """The elements of a paragraph that carry text, without those of paragraphs inside it."""
    for child in paragraph:
        if child.tag in _LEFT_OUT or child.tag == _P:
            continue
        if child.tag == _T or child.tag in _SIGNS:
            yield child
        elif len(child):
            yield from _walk(child)


def _twins(before: dict[str, Any], after: dict[str, Any], elements: Sequence[Any]) -> dict[Any, Any]:
    """The copy of each element, by the element it was copied from."""
    wanted = set(elements)
    return {
        old: new
        for name, root in before.items()
        for old, new in zip(root.iter(), after[name].iter(), strict=True)
        if old in wanted
    }


class _Pen:
    """Writes marks of change, each with a number of its own."""

    def __init__(self, author: str, at: datetime, roots: Iterable[Any]) -> None:
        self.author, self.at = author, at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        used = (value for root in roots for value in root.xpath("//@*[local-name()='id']") if value.isdecimal())
        self.number = max((int(value) for value in used), default=0)

    def mark(self, kind: str) -> Any:
        """An empty `ins` or `del`."""
        self.number += 1
        return etree.Element(f"{W}{kind}", {f"{W}id": str(self.number), f"{W}author": self.author, f"{W}date": self.at})


def _replace(pieces: Sequence[_Piece], twins: dict[Any, Any], first: int, change: Replacement, pen: _Pen) -> Any:
    """Strike what stands there, write what comes instead behind it; answers the root of the part this happened in."""
    struck: list[Any] = []
    for piece in pieces[first:]:
        if piece.start >= change.end:
            break
        element = twins[piece.element]
        run = element.getparent()
        begin, end = max(change.start - piece.start, 0), min(change.end - piece.start, len(piece.text))
        struck.append(_cut_out(run, element, begin, end))
    look = struck[0].find(_RPR)
    mark = None
    for run in struck:
        before = run.getprevious()
        if mark is not None and before is mark:
            mark.append(run)
            continue
        mark = pen.mark("del")
        run.addprevious(mark)
        mark.append(run)
    assert mark is not None
    if change.text:
        added = etree.SubElement(pen_mark := pen.mark("ins"), _R)
        if look is not None:
            added.append(copy.deepcopy(look))
        _worded(added, change.text)
        mark.addnext(pen_mark)
    return mark.getroottree().getroot()


def _cut_out(run: Any, element: Any, begin: int, end: int) -> Any:
    """Cut a run so that the letters from `begin` to `end` of one of its elements are a run of their own; answers that run.

    What stands before stays in the run at hand, because earlier places are found through it.
    """
    text = element.text or "" if element.tag == _T else None
    after = list(element.itersiblings())
    if after or (text is not None and end < len(text)):
        rest = _like(run)
        if text is not None and end < len(text):
            _worded(rest, text[end:])
        for each in after:
            rest.append(each)
        run.addnext(rest)
    middle = _like(run)
    if text is None:
        middle.append(element)
    else:
        deleted = etree.SubElement(middle, f"{W}delText")
        deleted.text = text[begin:end]
        deleted.set(SPACE, "preserve")
        if begin:
            element.text = text[:begin]
            element.set(SPACE, "preserve")
        else:
            run.remove(element)
    run.addnext(middle)
    if not [each for each in run if each.tag != _RPR]:
        run.getparent().remove(run)
    return middle


def _like(run: Any) -> Any:
    made = etree.Element(run.tag, nsmap=run.nsmap)
    look = run.find(_RPR)
    if look is not None:
        made.append(copy.deepcopy(look))
    return made


def _worded(run: Any, text: str) -> None:
    said = etree.SubElement(run, _T)
    said.text = text
    said.set(SPACE, "preserve")
