"""What loaders of sections share: finding the format, telling a changed entry from an unchanged one, wordings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sofra.kernel.models import Audience, Format, Held, Wording
from sofra.sources.engine.document import Entry

#: Per row and field: text by language.
Texts = dict[str, dict[str, str]]


class Formats:
    """Formats by slug, asked for once each."""

    def __init__(self) -> None:
        self._known: dict[str, UUID] = {}

    def __getitem__(self, slug: str) -> UUID:
        if slug not in self._known:
            self._known[slug] = Format.objects.values_list("pk", flat=True).get(slug=slug)
        return self._known[slug]


def digest(entry: Entry) -> str:
    """A mark by which an entry that did not change is told from one that did."""
    text = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def audience_of(entry: Entry) -> str:
    """Who may read what an entry tells: what is sensitive is the secretariat's."""
    return Audience.SECRETARIAT if entry.get("sensitivity") else Audience.PUBLIC


def make_wordings(pairs: Iterable[tuple[Held, Texts]]) -> None:
    """Write the wordings of new rows, readable by whoever may read the row."""
    Wording.objects.bulk_create(
        [
            Wording(subject_id=row.pk, field=name, language=language, text=text, **row.placement())
            for row, texts in pairs
            for name, by_language in texts.items()
            for language, text in by_language.items()
        ],
        batch_size=500,
    )


def change_wordings(row: Held, texts: Texts) -> None:
    """Bring a row's wordings to these texts; one that is gone stays, empty, because nothing is ever deleted."""
    wanted = {(name, language): text for name, each in texts.items() for language, text in each.items()}
    new: list[Any] = []
    for wording in Wording.objects.filter(subject_id=row.pk):
        text = wanted.pop((wording.field, wording.language), "")
        if wording.text != text or wording.audience != row.audience:
            wording.text, wording.audience = text, row.audience
            wording.version += 1
            wording.save(update_fields=["text", "audience", "version"])
    for (name, language), text in wanted.items():
        new.append(Wording(subject_id=row.pk, field=name, language=language, text=text, **row.placement()))
    Wording.objects.bulk_create(new)


def numbered(name: str, wordings: list[dict[str, str]]) -> Texts:
    """A list of wordings as fields name-1, name-2 …"""
    return {f"{name}-{number}": wording for number, wording in enumerate(wordings, 1)}


def only(texts: dict[str, Any]) -> Texts:
    """The wordings that an entry really has."""
    return {name: wording for name, wording in texts.items() if isinstance(wording, dict)}
