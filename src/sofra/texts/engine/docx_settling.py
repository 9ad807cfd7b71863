"""A Word document with all its tracked changes accepted, or all rejected: exactly the new text, or exactly the base."""

from __future__ import annotations

from typing import Any

from sofra.kernel.engine.word import DOCUMENT, W, packed, parsed, written
from sofra.texts.engine.docx_package import sound

_PUT_IN, _TAKEN_OUT = (f"{W}ins", f"{W}moveTo"), (f"{W}del", f"{W}moveFrom")
_CELLS = (f"{W}cellIns", f"{W}cellDel")
_RANGES = tuple(f"{W}{name}Range{end}" for name in ("moveFrom", "moveTo") for end in ("Start", "End"))
_PROPERTIES = tuple(
    f"{W}{name}Change" for name in ("rPr", "pPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sectPr", "numbering")
)
_PLAIN = {f"{W}delText": f"{W}t", f"{W}delInstrText": f"{W}instrText"}


def settle(data: bytes, *, accept: bool) -> bytes:
    """The file with its changes accepted or rejected. Raises Refused or BadText as docx_reading.read does."""
    files = sound(data)
    root = parsed(files[DOCUMENT])
    settle_root(root, accept=accept)
    files[DOCUMENT] = written(root)
    return packed(files)


def settle_root(root: Any, *, accept: bool) -> None:
    """As settle(), of a document part that is changed in place."""
    kept, gone = (_PUT_IN, _TAKEN_OUT) if accept else (_TAKEN_OUT, _PUT_IN)
    for change in list(root.iter(*_PROPERTIES)):
        _settle_properties(change, accept)
    for row in [each for each in root.iter(f"{W}tr") if _has(each.find(f"{W}trPr"), gone)]:
        _drop(row)
    for table in [each for each in root.iter(f"{W}tbl") if each.find(f".//{W}tr") is None]:
        _drop(table)
    joined = []
    for change in list(root.iter(*gone)):
        parent = change.getparent()
        if parent is None:
            continue
        if parent.tag == f"{W}rPr" and parent.getparent().tag == f"{W}pPr":
            joined.append(parent.getparent().getparent())
        _drop(change)
    for change in list(root.iter(*kept)):
        _unwrap(change)
    for each in list(root.iter(*_RANGES, *_CELLS)):
        _drop(each)
    if not accept:
        for each in root.iter(*_PLAIN):
            each.tag = _PLAIN[each.tag]
    for paragraph in joined:
        _join(paragraph)


def _has(properties: Any, tags: tuple[str, ...]) -> bool:
    return properties is not None and any(child.tag in tags for child in properties.iterchildren())


def _drop(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(change: Any) -> None:
    parent = change.getparent()
    if parent is None:
        return
    at = parent.index(change)
    children = list(change)
    parent[at : at + 1] = children


def _settle_properties(change: Any, accept: bool) -> None:
    parent = change.getparent()
    if not accept and parent is not None and parent.tag in (f"{W}rPr", f"{W}pPr"):
        before = next(iter(change), None)
        marks = [child for child in parent if child.tag in (*_PUT_IN, *_TAKEN_OUT, f"{W}rPr", f"{W}sectPr")]
        parent[:] = [*(list(before) if before is not None else []), *marks]
        if parent.tag == f"{W}rPr":
            parent[:] = [*marks, *(list(before) if before is not None else [])]
        return
    _drop(change)


def _join(paragraph: Any) -> None:
    """A paragraph whose mark is gone runs into the next one."""
    content = [child for child in paragraph if child.tag != f"{W}pPr"]
    following = paragraph.getnext()
    while following is not None and following.tag not in (f"{W}p", f"{W}tbl", f"{W}sectPr"):
        following = following.getnext()
    if following is not None and following.tag == f"{W}p":
        at = 1 if len(following) and following[0].tag == f"{W}pPr" else 0
        following[at:at] = content
        _drop(paragraph)
    elif not content and paragraph.getparent() is not None and paragraph.getparent().tag != f"{W}tc":
        _drop(paragraph)
