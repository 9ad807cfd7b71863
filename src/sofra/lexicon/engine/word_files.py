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
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from sofra.kernel.engine.papers import DOCX_TYPE, inspect
from sofra.kernel.engine.refused import Refused

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_P, _R, _T, _RPR = f"{_W}p", f"{_W}r", f"{_W}t", f"{_W}rPr"
#: What a reader does not see, or sees struck out.
_LEFT_OUT = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}rPr", f"{_W}pPr", f"{_W}instrText", _FALLBACK})
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "‑", f"{_W}softHyphen": "\xad"}
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
    data: bytes
    _pieces: tuple[_Piece, ...]
    _roots: dict[str, Any]


@dataclass(frozen=True)
class Replacement:
    """New wording for a stretch of the text; empty to take it out."""

    start: int
    end: int
    text: str


def read_word(data: bytes) -> WordText:
    """The text of a DOCX as it would stand with all tracked changes accepted. Raises Refused as the gate does."""
    if inspect(data).media_type != DOCX_TYPE:
        raise Refused("kind")
    pieces: list[_Piece] = []
    roots: dict[str, Any] = {}
    said: list[str] = []
    place = 0
    for name, content in _readable(data):
        root = roots[name] = _parsed(content)
        for paragraph in root.iter(_P):
            for element in _walk(paragraph):
                text = (element.text or "") if element.tag == _T else _SIGNS[element.tag]
                if text:
                    pieces.append(_Piece(place, text, element))
                    said.append(text)
                    place += len(text)
            said.append("\n")
            place += 1
    return WordText("".join(said), data, tuple(pieces), roots)


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
    changed = {name: _written(root) for name, root in roots.items() if any(root is each for each in touched)}
    return _packed(found.data, changed)


def _readable(data: bytes) -> list[tuple[str, bytes]]:
    with ZipFile(BytesIO(data)) as package:
        names = [name for name in package.namelist() if _PARTS.fullmatch(name)]
        names.sort(key=lambda name: (_ORDER.index(re.sub(r"\d", "", name[5:-4])), len(name), name))
        return [(name, package.read(name)) for name in names]


def _parsed(content: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_blank_text=False)
    return etree.fromstring(content, parser)


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
        return etree.Element(
            f"{_W}{kind}", {f"{_W}id": str(self.number), f"{_W}author": self.author, f"{_W}date": self.at}
        )


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
        deleted = etree.SubElement(middle, f"{_W}delText")
        deleted.text = text[begin:end]
        deleted.set(_SPACE, "preserve")
        if begin:
            element.text = text[:begin]
            element.set(_SPACE, "preserve")
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
    said.set(_SPACE, "preserve")


def _written(root: Any) -> bytes:
    written: bytes = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def _packed(data: bytes, changed: dict[str, bytes]) -> bytes:
    """The package with some parts changed, in the order it had."""
    written = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(written, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            said = copy.copy(entry)
            said.flag_bits &= 0x800
            said.extra = b""
            new.writestr(said, changed.get(entry.filename, old.read(entry)), compress_type=entry.compress_type)
    return written.getvalue()
