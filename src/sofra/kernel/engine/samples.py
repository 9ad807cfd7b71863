"""The smallest papers there are, for the rows that tests plant in every room."""

from __future__ import annotations


def smallest_pdf(words: str) -> bytes:
    """A PDF without a page that holds some words in the open."""
    said = words.encode("ascii", "replace").replace(b"\n", b" ")
    return b"%PDF-1.7\n% " + said + b"\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
