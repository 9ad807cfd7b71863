"""Papers to upload: real ones, and ones that are more than they say."""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections.abc import Callable

from docx import Document
from docx.document import Document as DocumentObject
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from sofra.kernel.engine.samples import smallest_pdf

__all__ = ["docx", "pdf_with", "repacked", "saved", "smallest_pdf", "typeset_pdf", "words_of"]


def docx(*paragraphs: str | list[tuple[str, bool]]) -> bytes:
    """A Word file as python-docx writes it, of paragraphs: each a text, or runs as (text, bold). Without any, a note."""
    made = Document()
    for each in paragraphs or ("A note",):
        paragraph = made.add_paragraph()
        for text, bold in [(each, None)] if isinstance(each, str) else each:
            paragraph.add_run(text).bold = bold
    return saved(made)


def saved(document: DocumentObject) -> bytes:
    """The bytes of a Word file that was made by hand."""
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def typeset_pdf(words: str = "A note") -> bytes:
    """A PDF as typst sets it, with object streams."""
    import typst

    return bytes(typst.compile(f"#set page(width: 10cm, height: 5cm)\n{words}".encode()))


def repacked(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """A package whose parts were changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    change(parts)
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return kept.getvalue()


def pdf_with(
    words: bytes, *, packed: bool = False, head: bytes = b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode"
) -> bytes:
    """A PDF that holds some words, in the open or in an object stream."""
    if packed:
        stream = zlib.compress(b"2 0 " + words)
        words = b"<<" + head + b"/Length %d>>stream\r\n" % len(stream) + stream + b"\nendstream"
    return b"%PDF-1.7\n1 0 obj" + words + b"endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


def words_of(data: bytes) -> str:
    """Everything a paper says, so that a test can look for words in it: a PDF page by page (parted by form feeds), the parts of
    a package without their marks. Empty for what is neither."""
    if data.startswith(b"%PDF-"):
        try:
            reader = PdfReader(io.BytesIO(data))
            about = " ".join(str(value) for value in (reader.metadata or {}).values())
            return "\f".join(page.extract_text() for page in reader.pages) + about
        except PyPdfError:
            return ""  # the smallest papers have no page; what they hold stands in the open
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = [package.read(name).decode("utf-8", "replace") for name in package.namelist()]
        return "\n".join([*package.namelist(), *(html.unescape(re.sub(r"<[^>]*>", "", part)) for part in parts)])
    return ""
