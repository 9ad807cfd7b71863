"""A Word file of versions side by side: a column for each language, a row for each paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from sofra.kernel.engine.word import DOCUMENT, SPACE, W, packed, parsed, written
from sofra.texts.engine.docx_package import empty

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
#: What Word calls a language that has no code of its own there.
TONGUES = {"sr": "sr-Cyrl-RS", "sr-latn": "sr-Latn-RS", "cnr": "sr-Latn-ME"}
#: The width of the page between its margins, in twentieths of a point; it lies on its side.
_WIDE = 13_000


@dataclass(frozen=True, slots=True)
class Column:
    """A language version: its code, its name, and its cells from the top."""

    language: str
    name: str
    cells: tuple[str, ...]


def columns_docx(columns: Sequence[Column], *, title: str = "", before: Sequence[str] = ()) -> bytes:
    """A Word file with the columns beside each other; `before` are paragraphs above them. The same gives the same bytes.

    Raises ValueError for columns of different length.
    """
    files = empty(title)
    root = parsed(files[DOCUMENT])
    body = root.find(f"{W}body")
    section = body.find(f"{W}sectPr")
    for each in before:
        _at(body, section, _paragraph(each, ""))
    table = etree.Element(f"{W}tbl")
    properties = etree.SubElement(table, f"{W}tblPr")
    etree.SubElement(properties, f"{W}tblW", {f"{W}w": str(_WIDE), f"{W}type": "dxa"})
    borders = etree.SubElement(properties, f"{W}tblBorders")
    for side in ("top", "bottom", "insideH", "insideV"):
        etree.SubElement(borders, f"{W}{side}", {f"{W}val": "single", f"{W}sz": "4", f"{W}color": "B9BEC3"})
    etree.SubElement(properties, f"{W}tblLayout", {f"{W}type": "fixed"})
    grid = etree.SubElement(table, f"{W}tblGrid")
    width = str(_WIDE // max(1, len(columns)))
    for _ in columns:
        etree.SubElement(grid, f"{W}gridCol", {f"{W}w": width})
    _row(table, [(each.name, each.language) for each in columns], width, head=True)
    for cells in zip(*(each.cells for each in columns), strict=True):
        _row(table, [(words, each.language) for words, each in zip(cells, columns, strict=True)], width)
    _at(body, section, table)
    _at(body, section, etree.Element(f"{W}p"))
    if section is not None:
        size = section.find(f"{W}pgSz")
        if size is not None:
            size.attrib.update({f"{W}w": "16838", f"{W}h": "11906", f"{W}orient": "landscape"})
    files[DOCUMENT] = written(root)
    return packed(files)


def _at(body: Any, section: Any, element: Any) -> None:
    body.append(element) if section is None else section.addprevious(element)


def _row(table: Any, cells: Sequence[tuple[str, str]], width: str, *, head: bool = False) -> None:
    row = etree.SubElement(table, f"{W}tr")
    if head:
        etree.SubElement(etree.SubElement(row, f"{W}trPr"), f"{W}tblHeader")
    for words, language in cells:
        cell = etree.SubElement(row, f"{W}tc")
        properties = etree.SubElement(cell, f"{W}tcPr")
        etree.SubElement(properties, f"{W}tcW", {f"{W}w": width, f"{W}type": "dxa"})
        cell.append(_paragraph(words, language, bold=head))


def _paragraph(words: str, language: str, *, bold: bool = False) -> Any:
    paragraph = etree.Element(f"{W}p")
    run = etree.SubElement(paragraph, f"{W}r")
    if bold or language:
        properties = etree.SubElement(run, f"{W}rPr")
        if bold:
            etree.SubElement(properties, f"{W}b")
        if language:
            etree.SubElement(properties, f"{W}lang", {f"{W}val": TONGUES.get(language, language)})
    etree.SubElement(run, f"{W}t", {SPACE: "preserve"}).text = _NOT_IN_XML.sub("\ufffd", words)
    return paragraph
