"""The parts of a Word file that holds a negotiated text: sound ones, an empty one, one with a part more."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import Any

from docx import Document
from lxml import etree

from sofra.kernel.engine.package import parts
from sofra.kernel.engine.word import W, parsed, unpacked, written
from sofra.texts.engine.tree import BadText

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml."
COMMENTS, ROLLING = "word/comments.xml", "customXml/sofra-rolling.xml"
ROLLING_SPACE = "{urn:sofra:rolling:1}"


def sound(data: bytes) -> dict[str, bytes]:
    """The parts of a Word file. Raises Refused for what the house keeps out, BadText for styles that rest on themselves."""
    found = unpacked(data)
    if "word/styles.xml" in found:
        _check_styles(parsed(found["word/styles.xml"]))
    return found


def _check_styles(styles: Any) -> None:
    above: dict[str, str] = {}
    for style in styles.iter(f"{W}style"):
        for reference in ("basedOn", "link"):
            other = style.find(f"{W}{reference}")
            if reference == "basedOn" and other is not None:
                above[style.get(f"{W}styleId", "")] = other.get(f"{W}val", "")
    sound: set[str] = set()
    for first in above:
        path: list[str] = []
        at: str | None = first
        seen: set[str] = set()
        while at is not None and at not in sound:
            if at in seen:
                raise BadText(f"The Word file's style “{at}” is based on itself.")
            seen.add(at)
            path.append(at)
            at = above.get(at)
        sound.update(path)


@lru_cache(maxsize=1)
def _empty() -> dict[str, bytes]:
    document: Any = Document()
    core = document.core_properties
    core.author = core.last_modified_by = core.comments = core.keywords = core.title = ""
    kept = BytesIO()
    document.save(kept)
    found = dict(parts(kept.getvalue()))
    found.pop("docProps/thumbnail.jpeg", None)
    rels = parsed(found["_rels/.rels"])
    for each in list(rels):
        if each.get("Type", "").endswith("/thumbnail"):
            rels.remove(each)
    found["_rels/.rels"] = written(rels)
    return found


def empty(title: str) -> dict[str, bytes]:
    """The parts of a Word file without a paragraph."""
    found = dict(_empty())
    if title:
        core = parsed(found["docProps/core.xml"])
        for each in core.iter("{http://purl.org/dc/elements/1.1/}title"):
            each.text = title
        found["docProps/core.xml"] = written(core)
    return found


def add_part(files: dict[str, bytes], name: str, content: bytes, kind: str, type_: str | None = None) -> None:
    """Put a part into a file, or another in its place, with what refers to it from the document."""
    new = name not in files
    files[name] = content
    if not new:
        return
    rels_name = "word/_rels/document.xml.rels"
    rels = parsed(files[rels_name]) if rels_name in files else etree.Element(f"{_RELS}Relationships")
    taken = {each.get("Id") for each in rels}
    number = next(each for each in range(1, len(taken) + 2) if f"rIdSofra{each}" not in taken)
    target = name.removeprefix("word/") if name.startswith("word/") else f"../{name}"
    etree.SubElement(rels, f"{_RELS}Relationship", Id=f"rIdSofra{number}", Type=_KIND + kind, Target=target)
    files[rels_name] = written(rels)
    if type_ is not None:
        types = parsed(files["[Content_Types].xml"])
        etree.SubElement(types, f"{_TYPES}Override", PartName=f"/{name}", ContentType=_CONTENT + type_)
        files["[Content_Types].xml"] = written(types)


def labels_in(files: dict[str, bytes]) -> list[str] | None:
    """Whose wordings a rolling text holds; None where the file is not one that compile wrote."""
    for name, content in files.items():
        if name.startswith("customXml/") and name.endswith(".xml") and b"urn:sofra:rolling:1" in content:
            return [each.text or "" for each in parsed(content).iter(f"{ROLLING_SPACE}label")]
    return None


def labels_part(labels: list[str]) -> bytes:
    """The part that says whose wordings a rolling text holds."""
    root = etree.Element(f"{ROLLING_SPACE}rolling", nsmap={None: ROLLING_SPACE.strip("{}")})
    for label in labels:
        etree.SubElement(root, f"{ROLLING_SPACE}label").text = label
    return written(root)
