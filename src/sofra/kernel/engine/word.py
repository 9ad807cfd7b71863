"""A Word file as its parts: taken in only through the house's gate, and put together to the same bytes every time."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

from sofra.kernel.engine.package import parts
from sofra.kernel.engine.papers import DOCX_TYPE, inspect
from sofra.kernel.engine.refused import Refused

#: The namespace of a Word file's own elements, of its alternatives for other programs, and of blanks that are to be kept.
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
DOCUMENT = "word/document.xml"
_FIRST = "[Content_Types].xml"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of a Word file by name, in the file's order. Raises Refused for what the house keeps out."""
    if inspect(data).media_type != DOCX_TYPE:
        raise Refused("kind")
    found = dict(parts(data))
    if DOCUMENT not in found:
        raise Refused("kind")
    return found


def parsed(xml: bytes) -> Any:
    """A part's root element; nothing is fetched and no entity is worked out. Raises Refused."""
    try:
        return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as damage:
        raise Refused("damaged") from damage


def written(root: Any) -> bytes:
    """A root element as a part."""
    return bytes(etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True))


def packed(files: dict[str, bytes]) -> bytes:
    """The parts as a file; the same parts make the same bytes."""
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as archive:
        for name in [_FIRST, *(name for name in files if name != _FIRST)]:
            entry = ZipInfo(name, _FIRST_DAY)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, files[name], compresslevel=1)
    return kept.getvalue()
