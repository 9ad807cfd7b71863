"""Tracked changes and comments of a Word file, read whole: every word with who put it in and who took it out.

Both can be: one's deletion inside another's insertion. Paragraph marks, table rows and cells carry changes of their own.
What stands in hyperlinks, fields, controls and text boxes is text like any other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sofra.kernel.engine.word import DOCUMENT, MC, W, parsed
from sofra.texts.engine.docx_package import labels_in, sound

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
    f"{W}softHyphen": "\u00ad",
}
_WORDS = frozenset({*_SIGNS, f"{W}t", f"{W}delText", f"{W}rPr"})
_INS, _DEL = frozenset({f"{W}ins", f"{W}moveTo"}), frozenset({f"{W}del", f"{W}moveFrom"})
_MOVES = frozenset({f"{W}moveTo", f"{W}moveFrom"})
_CELL_INS, _CELL_DEL = f"{W}cellIns", f"{W}cellDel"


@dataclass(frozen=True, slots=True)
class Tracked:
    """Who changed something and when; `move` if it is one end of a move."""

    author: str
    date: str = ""
    move: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A run's words, who put them in and who took them out, if anybody; `run` is the element."""

    words: str
    inserted: Tracked | None
    deleted: Tracked | None
    run: Any = None


@dataclass(slots=True)
class Read:
    """A paragraph with the changes of its mark: inserted, it splits what was one; deleted, it runs into the next."""

    element: Any
    container: int
    segments: list[Segment] = field(default_factory=list)
    inserted: Tracked | None = None
    deleted: Tracked | None = None
    style: str = ""
    length: int = 0

    @property
    def words(self) -> str:
        """Everything in it, taken out or not."""
        return "".join(each.words for each in self.segments)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment, and the number of the paragraph it stands at, with the words it is about."""

    author: str
    date: str
    words: str
    paragraph: int | None
    about: str


@dataclass(slots=True)
class Document:
    """A Word file's text. `labels` are those of a rolling text that this engine wrote, None for any other file."""

    paragraphs: list[Read]
    comments: list[Comment]
    footnotes: list[str]
    labels: list[str] | None
    root: Any
    files: dict[str, bytes]

    def accepted(self) -> list[str]:
        """The paragraphs with every change accepted."""
        return self._settled(lambda ins, gone: gone is None)

    def rejected(self) -> list[str]:
        """The paragraphs with every change rejected."""
        return self._settled(lambda ins, gone: ins is None)

    def wording(self, party: str | None) -> list[str]:
        """The paragraphs as one author would have them: with what they put in or took out, without what others did."""

        def has(ins: Tracked | None, gone: Tracked | None) -> bool:
            if ins is not None and party not in self.authors(ins):
                return False
            return gone is None or party not in self.authors(gone)

        return as_blocks(self._settled(has))

    def authors(self, change: Tracked) -> list[str]:
        """Whose a change is: several delegations in a rolling text, one author in any other file."""
        return [change.author] if self.labels is None else change.author.split(", ")

    def everybody(self) -> list[str]:
        """All authors of changes, sorted."""
        found = set(self.labels or ())
        for paragraph in self.paragraphs:
            changes = [paragraph.inserted, paragraph.deleted]
            changes += [change for each in paragraph.segments for change in (each.inserted, each.deleted)]
            found.update(author for change in changes if change for author in self.authors(change))
        return sorted(found)

    def _settled(self, has: Callable[[Tracked | None, Tracked | None], bool]) -> list[str]:
        found: list[str] = []
        pieces: list[str] = []
        container: int | None = None
        for paragraph in self.paragraphs:
            if pieces and container != paragraph.container:
                found.append("".join(pieces))
                pieces = []
            pieces += [each.words for each in paragraph.segments if has(each.inserted, each.deleted)]
            container = paragraph.container
            if has(paragraph.inserted, paragraph.deleted):
                found.append("".join(pieces))
                pieces = []
        return [*found, "".join(pieces)] if pieces else found


def as_blocks(paragraphs: list[str]) -> list[str]:
    """A file's paragraphs as blocks of a plain text: none blank, none with a blank line in it."""
    from sofra.texts.engine.words import blocks

    return ["\n".join(parts) for each in paragraphs if (parts := blocks(each))]


def read(data: bytes) -> Document:
    """Read a Word file. Raises Refused or BadText for a file that is none, or that the house does not keep."""
    files = sound(data)
    root = parsed(files[DOCUMENT])
    reader = Reader()
    body = root.find(f"{W}body")
    if body is not None:
        reader.blocks(body, None, None)
    comments = _comments(files, reader)
    footnotes = []
    if "word/footnotes.xml" in files:
        for each in parsed(files["word/footnotes.xml"]).iterchildren(f"{W}footnote"):
            if each.get(f"{W}type") in (None, "normal"):
                footnotes.append("".join(part.text or "" for part in each.iter(f"{W}t")).strip())
    return Document(reader.found, comments, footnotes, labels_in(files), root, files)


def text_of(run: Any) -> str:
    """A run's words; a tab and the end of a line are words too."""
    words = []
    for child in run.iterchildren():
        tag = child.tag
        if tag in (f"{W}t", f"{W}delText"):
            words.append(child.text or "")
        elif tag in _SIGNS and child.get(f"{W}type") not in ("page", "column"):
            words.append(_SIGNS[tag])
    return "".join(words)


def tracked(element: Any) -> Tracked:
    """Who and when, by a change's attributes."""
    return Tracked(element.get(f"{W}author", ""), element.get(f"{W}date", ""), element.tag in _MOVES)


class Reader:
    """Walks through a document part and gathers its paragraphs."""

    def __init__(self) -> None:
        self.found: list[Read] = []
        self.containers = 0
        self.ranges: dict[str, tuple[int, int]] = {}
        self.about: dict[str, tuple[int, int, int]] = {}

    def blocks(self, parent: Any, ins: Tracked | None, gone: Tracked | None) -> None:
        """Paragraphs and tables of a body, a cell or a text box; a container of its own."""
        self.containers += 1
        self._blocks(parent, self.containers, ins, gone)

    def _blocks(self, parent: Any, container: int, ins: Tracked | None, gone: Tracked | None) -> None:
        for child in parent.iterchildren():
            if child.tag == f"{W}p":
                self.paragraph(child, container, ins, gone)
            elif child.tag == f"{W}tbl":
                self.table(child, ins, gone)
            elif child.tag == f"{W}commentRangeStart":
                self.ranges[child.get(f"{W}id", "")] = (len(self.found), 0)
            elif child.tag in _INS:
                self._blocks(child, container, tracked(child), gone)
            elif child.tag in _DEL:
                self._blocks(child, container, ins, tracked(child))
            elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
                self._blocks(child, container, ins, gone)

    def table(self, table: Any, ins: Tracked | None, gone: Tracked | None) -> None:
        """Row by row, cell by cell; a row or cell that was put in or taken out says so of all its words."""
        for row in table.iter(f"{W}tr"):
            if next(row.iterancestors(f"{W}tbl")) is not table:
                continue
            row_ins, row_gone = _changes(row.find(f"{W}trPr"), ins, gone)
            for cell in row.iter(f"{W}tc"):
                if next(cell.iterancestors(f"{W}tr")) is row:
                    self.blocks(cell, *_changes(cell.find(f"{W}tcPr"), row_ins, row_gone))

    def paragraph(self, element: Any, container: int, ins: Tracked | None, gone: Tracked | None) -> None:
        """One paragraph with all its words."""
        properties = element.find(f"{W}pPr")
        inserted, deleted, style = ins, gone, ""
        if properties is not None:
            inserted, deleted = _changes(properties.find(f"{W}rPr"), ins, gone)
            named = properties.find(f"{W}pStyle")
            style = "" if named is None else named.get(f"{W}val", "")
        read = Read(element, container, [], inserted, deleted, style)
        self.found.append(read)
        boxes: list[Any] = []
        self.inline(element, read, ins, gone, boxes)
        for box in boxes:
            self.blocks(box, ins, gone)

    def inline(self, parent: Any, read: Read, ins: Tracked | None, gone: Tracked | None, boxes: list[Any]) -> None:
        """The runs of a paragraph, and of everything that may wrap them."""
        for child in parent.iterchildren():
            tag = child.tag
            if tag == f"{W}r":
                self.run(child, read, ins, gone, boxes)
            elif tag in _INS:
                self.inline(child, read, tracked(child), gone, boxes)
            elif tag in _DEL:
                self.inline(child, read, ins, tracked(child), boxes)
            elif tag == f"{W}commentRangeStart":
                self.ranges[child.get(f"{W}id", "")] = (len(self.found) - 1, read.length)
            elif tag == f"{W}commentRangeEnd":
                self._ends(child.get(f"{W}id", ""))
            elif tag == f"{_MATH}t":
                read.segments.append(Segment(child.text or "", ins, gone, None))
                read.length += len(child.text or "")
            elif isinstance(tag, str) and tag != f"{W}pPr":
                self.inline(child, read, ins, gone, boxes)

    def run(self, run: Any, read: Read, ins: Tracked | None, gone: Tracked | None, boxes: list[Any]) -> None:
        """One run."""
        for child in run.iterchildren():
            tag = child.tag
            if tag in _WORDS:
                continue
            if tag in (f"{W}drawing", f"{W}pict", f"{MC}AlternateContent"):
                shown = child.find(f"{MC}Choice") if tag == f"{MC}AlternateContent" else child
                boxes += [] if shown is None else list(shown.iter(f"{W}txbxContent"))[:1]
            elif tag == f"{W}commentReference":
                self.about.setdefault(child.get(f"{W}id", ""), (len(self.found) - 1, 0, 0))
        if words := text_of(run):
            read.segments.append(Segment(words, ins, gone, run))
            read.length += len(words)

    def _ends(self, id_: str) -> None:
        if id_ in self.ranges:
            paragraph, offset = self.ranges[id_]
            if paragraph < len(self.found):
                self.about[id_] = (paragraph, offset, self.found[paragraph].length)


def _changes(properties: Any, ins: Tracked | None, gone: Tracked | None) -> tuple[Tracked | None, Tracked | None]:
    if properties is not None:
        for child in properties.iterchildren():
            if child.tag in _INS or child.tag == _CELL_INS:
                ins = tracked(child)
            elif child.tag in _DEL or child.tag == _CELL_DEL:
                gone = tracked(child)
    return ins, gone


def _comments(files: dict[str, bytes], reader: Reader) -> list[Comment]:
    if "word/comments.xml" not in files:
        return []
    found = []
    whole: dict[int, str] = {}
    for each in parsed(files["word/comments.xml"]).iterchildren(f"{W}comment"):
        paragraph, start, end = reader.about.get(each.get(f"{W}id", ""), (None, 0, 0))
        if paragraph is not None and paragraph not in whole:
            whole[paragraph] = reader.found[paragraph].words
        about = "" if paragraph is None else whole[paragraph][start:end]
        words = "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in each.iter(f"{W}p"))
        found.append(Comment(each.get(f"{W}author", ""), each.get(f"{W}date", ""), words, paragraph, about))
    return found
