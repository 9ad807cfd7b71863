"""The one gate for papers: what a file is by its content, and whether it can be kept. PDF and DOCX, nothing else.

    inspect(data) -> Paper        raises Refused, and nothing but Refused, for every other sequence of bytes

The name of a file is never believed. Nothing is repaired or taken out: a file is kept as it came, or not at all. Work and
memory are bounded by the limits in refused.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from sofra.kernel.engine import docx, pdf
from sofra.kernel.engine.refused import MOST, Refused

PDF_TYPE = "application/pdf"
DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Paper:
    """What a file is. `remarks` say what a reader will find in it besides its text: changes, comments, hidden, links."""

    media_type: str
    extension: str
    remarks: tuple[str, ...] = ()


def inspect(data: bytes) -> Paper:
    """Say what a file is, by its content. Raises Refused with the reason it cannot be kept."""
    if not data:
        raise Refused("empty")
    if len(data) > MOST:
        raise Refused("large")
    try:
        if data.startswith(b"%PDF-"):
            return Paper(PDF_TYPE, ".pdf", pdf.check(data))
        if data.startswith(b"PK\x03\x04"):
            return Paper(DOCX_TYPE, ".docx", docx.check(data))
    except Refused:
        raise
    except Exception as damage:  # whatever a parser met in there, the answer is the same
        raise Refused("damaged") from damage
    raise Refused("old" if data.startswith(_COMPOUND) else "kind")
