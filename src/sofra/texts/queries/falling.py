"""With which wordings an objection falls, and whether they were taken."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sofra.texts.engine.points import closed
from sofra.texts.models import Closing
from sofra.texts.queries.text import content, points_in

#: A wording in a paragraph.
Wording = tuple[UUID, str]


def wordings_in(named: Iterable[dict[str, Any]]) -> list[Wording]:
    """The wordings that a position names in its `unless`."""
    return [(UUID(each["paragraph"]), each["choice"]) for each in named]


def taken_of(named: Iterable[Iterable[Wording]]) -> set[Wording]:
    """Those wordings taken in the paragraphs that conditions name; one query, or none where nothing is named."""
    paragraphs = {paragraph for each in named for paragraph, _choice in each}
    return taken_on(paragraphs) if paragraphs else set()


def taken_on(paragraphs: Iterable[UUID]) -> set[Wording]:
    """The wordings with which brackets of some paragraphs were closed; one query."""
    rows = Closing.objects.filter(paragraph__in=list(paragraphs)).exclude(how=Closing.How.COMPROMISE)
    found = set()
    for row in rows.select_related("before", "after"):
        before, after = content(row.before.content), content(row.after.content)
        found |= {
            (row.paragraph_id, one.key)
            for point in points_in(row.before.content)
            for one in point.choices
            if one.words == row.words and closed(before, point.key, one.key) == after
        }
    return found
