"""Reads a record file, completes it and checks it, in one go."""

from __future__ import annotations

from pathlib import Path

from sofra.sources.engine.check import check
from sofra.sources.engine.complete import complete
from sofra.sources.engine.document import Document, RecordError, read


def read_record(path: Path) -> Document:
    """A record that can be loaded. Raises RecordError with sentences that name the file and the places in it."""
    document = read(path)
    try:
        document = complete(document)
        check(document)
    except (KeyError, TypeError, AttributeError, ValueError, IndexError):
        raise RecordError(
            f"{path.name}: {_first_oddity(document)} lacks a key it needs, or holds a value of the wrong kind."
        ) from None
    return document


def _first_oddity(document: Document) -> str:
    """The first entry that cannot be completed or checked by itself."""
    for section, rows in document.sections.items():
        for number, row in enumerate(rows, 1):
            alone = Document(document.head, {name: [] for name in document.sections} | {section: [row]})
            try:
                check(complete(alone))
            except RecordError:
                continue
            except (KeyError, TypeError, AttributeError, ValueError, IndexError):
                return f"{section} number {number} (“{next(iter(row.values()), '')}”)"
    return "an entry"
