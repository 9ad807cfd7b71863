"""Wordings of many rows at once, in the language asked for, never silently in another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sofra.kernel.models import Wording

#: The language the record was first written in: it stands in, marked, where a wording is missing.
FIRST_LANGUAGE = "en"


@dataclass(frozen=True)
class Told:
    """A text of the record and the language it is in. Places for parties' names are still open: {TR}, {TR:gen}."""

    text: str
    language: str
    asked: str

    @property
    def foreign(self) -> bool:
        """Whether it is in another language than the one asked for; a page says so."""
        return self.language != self.asked

    def __str__(self) -> str:
        return self.text


class Wordings:
    """The wordings of some rows, read in one query."""

    def __init__(self, ids: Iterable[UUID], language: str) -> None:
        self._language = language
        self._texts: dict[tuple[UUID, str], dict[str, str]] = {}
        rows = Wording.objects.filter(subject_id__in=list(ids), language__in={language, FIRST_LANGUAGE}).exclude(
            text=""
        )
        for subject, field, code, text in rows.values_list("subject_id", "field", "language", "text"):
            self._texts.setdefault((subject, field), {})[code] = text

    def get(self, row_id: UUID, field: str) -> Told | None:
        """A field's wording, or None where it has none."""
        texts = self._texts.get((row_id, field), {})
        for code in (self._language, FIRST_LANGUAGE):
            if code in texts:
                return Told(texts[code], code, self._language)
        return None

    def numbered(self, row_id: UUID, name: str) -> list[Told]:
        """The wordings of name-1, name-2 …"""
        found: list[Told] = []
        while told := self.get(row_id, f"{name}-{len(found) + 1}"):
            found.append(told)
        return found
