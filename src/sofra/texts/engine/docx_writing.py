"""Texts written as tracked changes, each delegation an author; onto a Word file that is there, or onto an empty one.

Identifiers come from one counter. On a file that is there, paragraphs keep their properties, unchanged ones everything;
tables, pictures and notes stay where they are.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from lxml import etree

from sofra.kernel.engine.word import DOCUMENT, SPACE, W, packed, parsed, written
from sofra.texts.engine.docx_package import COMMENTS, ROLLING, add_part, empty, labels_part, sound
from sofra.texts.engine.docx_reading import Reader, as_blocks, text_of
from sofra.texts.engine.docx_settling import settle_root
from sofra.texts.engine.presence import Block, Stretch
from sofra.texts.engine.tree import BadText

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_PARTS = re.compile(r"[\t\n]|[^\t\n]+")
_LAST = (f"{W}sectPr", f"{W}pPrChange")
#: A run of the paragraph as it was: where its words begin, the element, whether it has words.
Format = tuple[int, Any, bool]


@dataclass(frozen=True, slots=True)
class Note:
    """A comment to be written at a paragraph: a position, a status."""

    paragraph: int
    author: str
    words: str


def write(
    blocks: Sequence[Block],
    *,
    template: bytes | None = None,
    accept: bool = False,
    title: str = "",
    labels: Sequence[str] | None = None,
    notes: Sequence[Note] = (),
    date: str | None = None,
) -> bytes:
    """A Word file of the blocks. Where they rest on a `template`, its own changes are first accepted, or rejected.

    `labels` mark the file as a rolling text of these delegations; `date` (ISO 8601, UTC) stands on every change, none where
    it is None. The same arguments make the same bytes. Raises Refused or BadText for a template that
    cannot be kept, BadText where it is not the base of these blocks.
    """
    files = sound(template) if template is not None else empty(title)
    root = parsed(files[DOCUMENT])
    if template is not None:
        settle_root(root, accept=accept)
    writer = _Writer(root, date)
    elements = writer.base_elements() if template is not None else []
    bases = sum(block.base for block in blocks)
    if template is not None and len(elements) != bases:
        raise BadText(f"The text has {bases} paragraphs of its base, the Word file {len(elements)}.")
    written_elements = writer.blocks(blocks, elements)
    if notes:
        _add_comments(files, writer, written_elements, notes)
    if labels is not None:
        add_part(files, ROLLING, labels_part(sorted(labels)), "customXml")
    files[DOCUMENT] = written(root)
    return packed(files)


class _Writer:
    def __init__(self, root: Any, date: str | None) -> None:
        self.root, self.date = root, date
        self.body = root.find(f"{W}body")
        taken = [int(value) for value in root.xpath("//@w:id", namespaces={"w": W.strip("{}")}) if str(value).isdigit()]
        self.ids = count(max(taken, default=0) + 1)

    def base_elements(self) -> list[Any]:
        """The paragraphs of the file that hold words, in reading order."""
        reader = Reader()
        reader.blocks(self.body, None, None)
        return [each.element for each in reader.found if as_blocks([each.words])]

    def blocks(self, blocks: Sequence[Block], elements: Sequence[Any]) -> list[Any]:
        """Put every block in its place; the elements, one for each block."""
        found: list[Any] = []
        rest = iter(elements)
        following = next(rest, None)
        last: Any = None
        for block in blocks:
            if block.base and following is not None:
                element, following = following, next(rest, None)
                if any(stretch.who or not stretch.base for stretch in block.stretches):
                    self.fill(element, block, _formats(element))
            else:
                element = self.new_paragraph(last, following)
                self.fill(element, block, [])
            self.mark(element, block)
            last = element
            found.append(element)
        return found

    def new_paragraph(self, last: Any, following: Any) -> Any:
        """A paragraph behind the last, looking like the one it stands before."""
        element = etree.Element(f"{W}p")
        beside = following is not None and (last is None or following.getparent() is last.getparent())
        like = following if beside else last
        properties = None if like is None else like.find(f"{W}pPr")
        if properties is not None:
            own = copy.deepcopy(properties)
            for child in [child for child in own if child.tag in (*_LAST, f"{W}rPr")]:
                own.remove(child)
            element.append(own)
        if last is not None:
            last.addnext(element)
        elif following is not None:
            following.addprevious(element)
        else:
            section = self.body.find(f"{W}sectPr")
            self.body.append(element) if section is None else section.addprevious(element)
        return element

    def fill(self, element: Any, block: Block, formats: Sequence[Format]) -> None:
        """A block's words as runs, in place of what the paragraph had; what is no text stays at its place."""
        for child in [child for child in element if child.tag != f"{W}pPr"]:
            element.remove(child)
        fixed = [(at, run) for at, run, has_words in formats if not has_words]
        looks = [(at, run) for at, run, has_words in formats if has_words]
        offset, look, place = 0, 0, 0
        for stretch in block.stretches:
            words = stretch.words
            while words:
                while place < len(fixed) and fixed[place][0] <= offset:
                    element.append(fixed[place][1])
                    place += 1
                while look + 1 < len(looks) and looks[look + 1][0] <= offset:
                    look += 1
                cut = len(words)
                if stretch.base:
                    ends = [at for at, _ in (*looks[look + 1 : look + 2], *fixed[place : place + 1]) if at > offset]
                    cut = min([cut, *(end - offset for end in ends)])
                    offset += cut
                run_like = looks[look][1] if looks else None
                self.put(
                    element, Stretch(words[:cut], stretch.base, stretch.who, stretch.opposed), run_like, block.move
                )
                words = words[cut:]
        for _at, run in fixed[place:]:
            element.append(run)

    def put(self, element: Any, stretch: Stretch, like: Any, move: int | None) -> None:
        """One stretch: a run, in whatever says who put it in or took it out."""
        parent, gone = element, False
        if stretch.base and stretch.who:
            parent, gone = self.change(parent, "moveFrom" if move else "del", stretch.who, move), True
        elif not stretch.base:
            parent = self.change(parent, "moveTo" if move else "ins", stretch.who, move)
            if stretch.opposed:
                parent, gone = self.change(parent, "del", stretch.opposed, None), True
        run = etree.SubElement(parent, f"{W}r")
        properties = None if like is None else like.find(f"{W}rPr")
        if properties is not None:
            run.append(copy.deepcopy(properties))
        for part in _PARTS.findall(_NOT_IN_XML.sub("\ufffd", stretch.words)):
            if part == "\t":
                etree.SubElement(run, f"{W}tab")
            elif part == "\n":
                etree.SubElement(run, f"{W}br")
            else:
                text = etree.SubElement(run, f"{W}delText" if gone else f"{W}t")
                text.text = part
                if part[0].isspace() or part[-1].isspace():
                    text.set(SPACE, "preserve")
        if move and parent is not element:
            name = parent.tag.removeprefix(W)
            parent.addnext(etree.Element(f"{W}{name}RangeEnd", {f"{W}id": parent.getprevious().get(f"{W}id")}))

    def change(self, parent: Any, name: str, who: Sequence[str], move: int | None) -> Any:
        """An element that says who changed what it holds."""
        if move:
            start = etree.SubElement(parent, f"{W}{name}RangeStart", self.attributes(who))
            start.set(f"{W}name", f"move{move}")
        return etree.SubElement(parent, f"{W}{name}", self.attributes(who))

    def attributes(self, who: Sequence[str]) -> dict[str, str]:
        """An identifier from the counter, the author, and the date if there is one."""
        found = {f"{W}id": str(next(self.ids)), f"{W}author": _NOT_IN_XML.sub("\ufffd", ", ".join(who))}
        if self.date:
            found[f"{W}date"] = self.date
        return found

    def mark(self, element: Any, block: Block) -> None:
        """The paragraph's own mark, where it is new or gone for somebody."""
        if block.base and not block.who:
            return
        properties = element.find(f"{W}pPr")
        if properties is None:
            properties = etree.Element(f"{W}pPr")
            element.insert(0, properties)
        run = properties.find(f"{W}rPr")
        if run is None:
            run = etree.Element(f"{W}rPr")
            before = next((child for child in properties if child.tag in _LAST), None)
            properties.append(run) if before is None else before.addprevious(run)
        name = "del" if block.base else "ins"
        run.insert(0, etree.Element(f"{W}{name}", self.attributes(block.who)))


def _formats(element: Any) -> list[Format]:
    """The runs of a settled paragraph, each with where its words begin; those without words among them."""
    found: list[Format] = []
    offset = 0
    for run in element.iter(f"{W}r"):
        if next((each for each in run.iterancestors(f"{W}p")), None) is element:
            words = text_of(run)
            found.append((offset, run, bool(words)))
            offset += len(words)
    return found


def _add_comments(files: dict[str, bytes], writer: _Writer, elements: Sequence[Any], notes: Sequence[Note]) -> None:
    root = parsed(files[COMMENTS]) if COMMENTS in files else etree.Element(f"{W}comments", nsmap={"w": W.strip("{}")})
    taken = [int(value) for value in root.xpath("//@w:id", namespaces={"w": W.strip("{}")}) if str(value).isdigit()]
    numbers = count(max(taken, default=-1) + 1)
    for note in notes:
        number = str(next(numbers))
        attributes = {f"{W}id": number, f"{W}author": _NOT_IN_XML.sub("\ufffd", note.author)}
        if writer.date:
            attributes[f"{W}date"] = writer.date
        comment = etree.SubElement(root, f"{W}comment", attributes)
        for line in note.words.split("\n"):
            run = etree.SubElement(etree.SubElement(comment, f"{W}p"), f"{W}r")
            etree.SubElement(run, f"{W}t", {SPACE: "preserve"}).text = _NOT_IN_XML.sub("\ufffd", line)
        element = elements[note.paragraph]
        at = 1 if len(element) and element[0].tag == f"{W}pPr" else 0
        element.insert(at, etree.Element(f"{W}commentRangeStart", {f"{W}id": number}))
        etree.SubElement(element, f"{W}commentRangeEnd", {f"{W}id": number})
        etree.SubElement(etree.SubElement(element, f"{W}r"), f"{W}commentReference", {f"{W}id": number})
    add_part(files, COMMENTS, written(root), "comments", "comments+xml")
