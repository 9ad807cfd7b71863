"""What the answers of every room's REST interface are made of. Imported by the rooms' `api.py` alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar
from uuid import UUID

from ninja import Query, Schema
from pydantic import Field

from sofra.kernel.wordings import Worded

Row = TypeVar("Row")
#: How many rows one answer holds, and from where on: `cursor` is the `next` of the answer before.
Limit = Annotated[int, Query(ge=1, le=100, description="How many rows at most.")]
Cursor = Annotated[UUID | None, Query(description="`next` of the answer before; nothing for the first rows.")]
#: Read by the house before any route; named by every route so that its description tells of it.
Language = Annotated[
    str | None,
    Query(
        description="en, tr, sq, bs, sr, sr-latn, mk or cnr; without it the header Accept-Language decides, then English."
    ),
]


class Said(Schema):
    """A text as somebody wrote it."""

    text: str
    language: str = Field(description="The text's own language. It differs from the one asked for where that has none.")


def said(worded: Worded | None) -> Said | None:
    """A wording with its own language; nothing where there is none in any."""
    return Said(text=worded.text, language=worded.language) if worded is not None and worded.language else None


def paged(rows: Sequence[Row], limit: int, key: Callable[[Row], Any]) -> tuple[Sequence[Row], UUID | None]:
    """The rows of one answer, of which one more than `limit` was asked for, and where the next ones begin."""
    return rows[:limit], key(rows[limit - 1]) if len(rows) > limit else None
