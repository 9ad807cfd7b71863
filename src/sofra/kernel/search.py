"""Search: documents written by commands, found through the one function that also applies the rule of reading."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from sofra.kernel.models import Held, SearchDocument

MOST = 50


@dataclass(frozen=True)
class Found:
    """A search result the actor may read. `url` is a path without its language prefix."""

    subject_id: UUID
    kind: str
    language: str
    title: str
    snippet: str
    url: str
    audience: str


def index(subject: Held, kind: str, language: str, title: str, body: str, url: str) -> None:
    """Let a row be found in a language, by whoever may read it. Only commands call it. `url` has no language prefix."""
    SearchDocument.objects.update_or_create(
        subject_id=subject.pk,
        language=language,
        defaults={"kind": kind, "title": title, "body": body, "url": url, **subject.placement()},
    )


def forget(subject_id: UUID, language: str = "") -> None:
    """Let a row be found no longer, in one language or in any. Only commands call it."""
    rows = SearchDocument.objects.filter(subject_id=subject_id)
    (rows.filter(language=language) if language else rows).update(title="", body="")


def find(query: str, language: str, most: int = MOST) -> list[Found]:
    """What the actor of this transaction may read and the query matches, best first."""
    if not query.strip():
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT subject_id, kind, language, title, snippet, url, audience FROM sofra_search(%s, %s, %s)",
            [query[:200], language, most],
        )
        found = [Found(*row) for row in cursor.fetchall()]
    # A page that two rows tell of (a meeting and its announcement) is one result: the best.
    return list({row.url: row for row in reversed(found)}.values())[::-1]
