"""Word files made by hand, so that what is read does not come from what writes."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from lxml import etree

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{SPACE}}}"


def plain(*paragraphs: str, style: str | None = None) -> bytes:
    """A Word file as python-docx makes it."""
    document: Any = Document()
    for words in paragraphs:
        document.add_paragraph(words, style=style)
    return saved(document)


def saved(document: Any) -> bytes:
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def with_body(body: str, **parts: bytes) -> bytes:
    """A Word file whose body is this XML; w: is bound. Further parts replace or join those there are, / for __."""

    def change(files: dict[str, bytes]) -> None:
        files["word/document.xml"] = (
            f'<w:document xmlns:w="{SPACE}"><w:body>{body}<w:sectPr/></w:body></w:document>'.encode()
        )
        files.update({name.replace("__", "/"): content for name, content in parts.items()})

    return repacked(plain(), change)


def repacked(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    with ZipFile(BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return kept.getvalue()


def document_xml(data: bytes) -> Any:
    with ZipFile(BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def r(words: str, gone: bool = False) -> str:
    tag = "delText" if gone else "t"
    return f'<w:r><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'


def ins(author: str, inner: str, tag: str = "ins") -> str:
    return f'<w:{tag} w:id="1" w:author="{author}" w:date="2026-01-23T10:00:00Z">{inner}</w:{tag}>'


def gone(author: str, words: str) -> str:
    return ins(author, r(words, gone=True), "del")


def p(inner: str, mark: str = "") -> str:
    return f"<w:p>{f'<w:pPr><w:rPr>{mark}</w:rPr></w:pPr>' if mark else ''}{inner}</w:p>"
