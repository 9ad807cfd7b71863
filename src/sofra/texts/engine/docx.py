"""Word files of negotiated texts: a delegation's changes read, rolling texts and comparisons written, and read back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sofra.texts.engine.collate import collate
from sofra.texts.engine.docx_reading import Comment, Document, Read, Segment, Tracked, as_blocks, read
from sofra.texts.engine.docx_settling import settle
from sofra.texts.engine.docx_writing import Note, write
from sofra.texts.engine.presence import Block, Stretch, blocks_of
from sofra.texts.engine.redline import Change
from sofra.texts.engine.tree import Text, labels_of

__all__ = [
    "Comment", "Document", "Note", "Proposed", "Read", "Rolling", "Segment", "Tracked", "as_blocks", "proposals", "read",
    "read_rolling", "redline_docx", "rolling_docx", "settle", "write",
]  # fmt: skip
#: Who writes the status of a paragraph into its margin.
STATUS = "Status"


def rolling_docx(
    text: Text,
    template: bytes | None = None,
    *,
    title: str = "",
    notes: Sequence[Note] = (),
    date: str | None = None,
    moves: Mapping[int, int] | None = None,
) -> bytes:
    """A text with its brackets as tracked changes; rejected all together they are the base. Statuses become comments.

    `moves` gives both ends of a move, by paragraph number, the same number: they are written as a move where the paragraph is
    the same at both and nothing else is open in it. Raises Refused or BadText for a template that cannot be kept, BadText
    where it is not the base of the text.
    """
    blocks = blocks_of(text)
    if moves:
        blocks = _moving(blocks, moves)
    marks = [Note(number, STATUS, mark) for number, block in enumerate(blocks) for mark in block.marks]
    return write(blocks, template=template, title=title, labels=labels_of(text), notes=[*marks, *notes], date=date)


def _moving(blocks: Sequence[Block], moves: Mapping[int, int]) -> list[Block]:
    """The blocks with those that are one paragraph at two places, and nothing else, as moves."""
    found = list(blocks)
    ends: dict[int, list[int]] = {}
    for at, move in sorted(moves.items()):
        ends.setdefault(move, []).append(at)
    for move, places in ends.items():
        both = [found[at] for at in places]
        whole = all(stretch.who == block.who and not stretch.opposed for block in both for stretch in block.stretches)
        words = {"".join(stretch.words for stretch in block.stretches) for block in both}
        if len(places) == 2 and whole and len(words) == 1 and both[0].who == both[1].who:
            for at in places:
                found[at] = replace(found[at], move=move)
    return found


def redline_docx(
    changes: Iterable[Change], author: str, template: bytes | None = None, *, date: str | None = None
) -> bytes:
    """A comparison as one author's tracked changes: rejected they are the first version, accepted the second."""
    blocks = []
    for change in changes:
        who = () if change.kind in ("same", "changed") else (author,)
        stretches = tuple(
            Stretch(piece.words, piece.what != "new", () if piece.what == "same" else (author,))
            for piece in change.pieces
        )
        blocks.append(Block(stretches, change.kind != "new", who, move=change.move))
    return write(blocks, template=template, accept=True, date=date)


@dataclass(frozen=True)
class Rolling:
    """A rolling text read back from a Word file."""

    document: Document

    def wording(self, party: str | None) -> list[str]:
        """One delegation's wording, or the base."""
        return self.document.wording(party)

    def tree(self) -> Text:
        """The text with its brackets, compiled anew from every author's wording."""
        return collate(self.wording(None), {label: self.wording(label) for label in self.document.everybody()})


def read_rolling(data: bytes) -> Rolling:
    """Read a Word file as a rolling text: every author of a change is a delegation. Raises as read() does."""
    return Rolling(read(data))


@dataclass(frozen=True, slots=True)
class Proposed:
    """A change that somebody proposes to a paragraph of the base.

    `paragraph` is its number among all of the file's paragraphs, `offset` where in its words of the base (characters).
    `to` names the author of the addition that a deletion is about: a proposal to a proposal.
    """

    author: str
    kind: str
    paragraph: int
    offset: int
    old: str
    new: str
    date: str = ""
    to: str | None = None


def proposals(document: Document) -> list[Proposed]:
    """Every tracked change as a proposal by its author: insert, delete, replace, move, split, merge, new paragraph."""
    found: list[Proposed] = []
    for number, paragraph in enumerate(document.paragraphs):
        found += _of_paragraph(number, paragraph)
    return found


def _of_paragraph(number: int, paragraph: Read) -> list[Proposed]:
    kept = [each for each in paragraph.segments if each.words]
    for change, kind in ((paragraph.inserted, "new paragraph"), (paragraph.deleted, "delete paragraph")):
        whole = change is not None and bool(kept) and all(_same(each, change, kind) for each in kept)
        if change is not None and whole:
            words = paragraph.words
            old, new = ("", words) if kind == "new paragraph" else (words, "")
            return [Proposed(change.author, "move" if _moved(kept) else kind, number, 0, old, new, change.date)]
    found: list[Proposed] = []
    offset = 0
    for each in kept:
        change = each.deleted or each.inserted
        if each.deleted is not None and each.inserted is not None:
            to = each.inserted.author
            found.append(Proposed(to, "insert", number, offset, "", each.words, each.inserted.date))
            found.append(Proposed(each.deleted.author, "delete", number, offset, each.words, "", each.deleted.date, to))
        elif change is not None:
            gone = each.deleted is not None
            old, new = (each.words, "") if gone else ("", each.words)
            kind = "move" if change.move else "delete" if gone else "insert"
            _put(found, Proposed(change.author, kind, number, offset, old, new, change.date))
        if each.inserted is None:
            offset += len(each.words)
    for change, kind in ((paragraph.inserted, "split"), (paragraph.deleted, "merge")):
        if change is not None:
            found.append(Proposed(change.author, kind, number, offset, "", "", change.date))
    return found


def _same(segment: Segment, change: Tracked, kind: str) -> bool:
    its, other = (segment.inserted, segment.deleted) if kind == "new paragraph" else (segment.deleted, segment.inserted)
    return its is not None and other is None and its.author == change.author


def _moved(segments: Sequence[Segment]) -> bool:
    return any(change is not None and change.move for each in segments for change in (each.inserted, each.deleted))


def _put(found: list[Proposed], new: Proposed) -> None:
    """What one author takes out and puts in at one place is a replacement; what runs on is one change."""
    last = found[-1] if found else None
    touches = last is not None and last.author == new.author and last.to is None and last.kind != "move" != new.kind
    if last is not None and touches and last.offset + len(last.old) == new.offset:
        old, words = last.old + new.old, last.new + new.new
        kind = "replace" if old and words else "delete" if old else "insert"
        found[-1] = Proposed(last.author, kind, last.paragraph, last.offset, old, words, last.date)
    else:
        found.append(new)
