"""Texts of a meeting and how their paragraphs stand now. The number of queries does not grow with the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

from sofra.kernel import wordings
from sofra.meetings.models import Meeting
from sofra.texts.engine.amending import Content, content_of
from sofra.texts.engine.points import Point, points
from sofra.texts.engine.tree import Bracket
from sofra.texts.models import LanguageVersion, Paragraph, PenHolding, Placing, Ruling, Stand, Status, Text, Version


@lru_cache(maxsize=8192)
def content(notation: str) -> Content:
    """A kept notation, read. Contents never change, so the same notation is read once."""
    return content_of(notation) if notation.strip() else ()


@lru_cache(maxsize=8192)
def points_in(notation: str) -> tuple[Point, ...]:
    """The open points of a kept notation."""
    return tuple(points(content(notation)))


@dataclass
class Now:
    """A paragraph as it stands for the reader. `shared` says that all who read the text read it."""

    row: Paragraph
    placing: Placing
    shared: bool
    stands: dict[str, Stand] = field(default_factory=dict)
    ruling: Ruling | None = None

    @property
    def status(self) -> str:
        """How far it is."""
        return self.ruling.status if self.ruling is not None else Status.OPEN

    @property
    def status_label(self) -> Any:
        """How far it is, in words."""
        return Status(self.status).label

    def content(self, language: str) -> Content:
        """What it says in a language; nothing where it has no version in it."""
        return content(self.stands[language].content) if language in self.stands else ()

    def points(self, language: str) -> tuple[Point, ...]:
        """Its open points in a language."""
        return points_in(self.stands[language].content) if language in self.stands else ()

    def brackets(self, language: str) -> int:
        """How many outermost brackets are open in a language."""
        return sum(isinstance(node, Bracket) for node in self.content(language))

    def as_frozen(self) -> dict[str, Any]:
        """The paragraph as a version keeps it."""
        return {
            "paragraph": str(self.row.pk),
            "kind": self.placing.kind,
            "level": self.placing.level,
            "number": self.placing.number,
            "status": self.status,
            "content": {language: stand.content for language, stand in sorted(self.stands.items())},
        }


def words_in(paragraphs: Iterable[Mapping[str, Any]], language: str) -> list[list[str]]:
    """A frozen text in one language as its digest is taken of it: the number and the content of each paragraph."""
    return [[each["number"], each["content"].get(language, "")] for each in paragraphs]


def texts_of(meeting: Meeting, language: str) -> list[Text]:
    """The texts of a meeting, the first first, each with `worded`, `pen` (a party's id or None) and `numbers` (versions)."""
    rows = list(Text.objects.filter(meeting=meeting))
    wordings.attach(rows, language)
    pens = {
        pen.text_id: pen.holder_id
        for pen in PenHolding.objects.filter(text__in=rows).order_by("text_id", "-sequence").distinct("text_id")
    }
    numbers: dict[UUID, int] = {}
    for text_id, number in Version.objects.filter(text__in=rows).values_list("text_id", "number"):
        numbers[text_id] = max(number, numbers.get(text_id, 0))
    for row in rows:
        row.pen, row.latest = pens.get(row.pk), numbers.get(row.pk, 0)  # type: ignore[attr-defined]
    return rows


#: A text with what pen_of() and languages_of() answer: every page of the room asks it.
_TEXT = """
SELECT t.*, (SELECT holder_id FROM texts_penholding WHERE text_id = t.id ORDER BY sequence DESC LIMIT 1) AS pen,
       ARRAY(SELECT language FROM texts_languageversion WHERE text_id = t.id ORDER BY at) AS added
FROM texts_text t WHERE t.meeting_id = %s AND t.id = %s
"""


def text_of(meeting: Meeting, key: UUID, language: str) -> Text | None:
    """One text of a meeting with `worded` and `pen` (a party's id or None); None where the reader knows of none such."""
    row: Any = next(iter(Text.objects.raw(_TEXT, [meeting.pk, key])), None)
    if row is not None:
        row.meeting = meeting
        row.languages = list(dict.fromkeys([*row.languages, *row.added]))
        wordings.attach([row], language)
    return cast("Text | None", row)


def languages_of(text: Text) -> list[str]:
    """The languages in which a text has, or is to have, a version: the authoritative one first, those added later last."""
    added = LanguageVersion.objects.filter(text=text).order_by("at").values_list("language", flat=True)
    return list(dict.fromkeys([*text.languages, *added]))


def pen_of(text: Text) -> UUID | None:
    """The party that holds the pen; None for the chair."""
    row = PenHolding.objects.filter(text=text).order_by("-sequence").first()
    return row.holder_id if row is not None else None


def paragraphs_now(text: Text, only: Iterable[UUID] | None = None) -> list[Now]:
    """The paragraphs of a text as the reader may read them, in order; three queries."""
    of: dict[str, Any] = {"paragraph__text": text}
    if only is not None:
        of["paragraph__in"] = list(only)
    placings = (
        Placing.objects.filter(**of)
        .select_related("paragraph")
        .order_by("paragraph_id", "-sequence")
        .distinct("paragraph_id")
    )
    found = {
        each.paragraph_id: Now(each.paragraph, each, each.paragraph.audience == text.audience) for each in placings
    }
    stands = Stand.objects.filter(**of).order_by("paragraph_id", "language", "-sequence")
    for stand in stands.distinct("paragraph_id", "language"):
        if stand.paragraph_id in found:
            found[stand.paragraph_id].stands[stand.language] = stand
    for ruling in Ruling.objects.filter(**of).order_by("paragraph_id", "-sequence").distinct("paragraph_id"):
        if ruling.paragraph_id in found:
            found[ruling.paragraph_id].ruling = ruling
    return sorted(found.values(), key=lambda each: (each.placing.place, str(each.row.pk)))


def versions_of(text: Text, language: str, most: int | None = None) -> list[Version]:
    """The versions that were circulated, the latest first (so many at `most`), each with `worded`."""
    rows = list(Version.objects.filter(text=text).order_by("-number").defer("content")[:most])
    wordings.attach(rows, language)
    return rows
