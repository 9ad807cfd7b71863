"""What is proposed of paragraphs' places and bounds, as the engine draws it into the text and as sentences tell it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from sofra.lexicon.engine.serbian_scripts import to_latin
from sofra.texts import sentences
from sofra.texts.commands.rows import CYRILLIC, LATIN
from sofra.texts.engine.pending import Kind, Shape
from sofra.texts.labels import label_of
from sofra.texts.models import Proposal, Text
from sofra.texts.queries.reshaping import waiting_on
from sofra.texts.queries.silence import adoption_of


@dataclass(frozen=True, slots=True)
class Pending:
    """A proposal that waits, addressed to all who read the text: as it is drawn, and in words."""

    shape: Shape
    by: UUID | None
    sentence: str
    at: datetime


def pending_for_all(text: Text, language: str, names: Mapping[UUID, str]) -> list[Pending]:
    """The proposals to move, split or merge that all who read the text read, oldest first; none of an adopted text. One query,
    and one more where there are any.

    `names` says what the paragraphs are called in the language of the text that is read.
    """
    rows = [row for row in waiting_on(text) if row.audience == text.audience]
    found = []
    for row in rows if rows and adoption_of(text) is None else ():
        cut = cut_in(row, language)
        target = str(row.target_id) if row.target_id else None
        shape = Shape(
            str(row.pk), cast(Kind, row.kind), str(row.paragraph_id), label_of(row.owner_party_id), target, cut
        )
        told = Proposal(
            kind=row.kind, paragraph_id=row.paragraph_id, target_id=row.target_id, language=language,
            cuts={language: cut} if cut is not None else {},
        )  # fmt: skip
        found.append(Pending(shape, row.owner_party_id, sentences.shaping(row.owner_party_id, told, names), row.at))
    return found


def cut_in(row: Proposal, language: str) -> tuple[str, str] | None:
    """The two parts of a split in a language; those in Serbian Latin follow from the Cyrillic."""
    if language == LATIN and CYRILLIC in row.cuts:
        first, second = row.cuts[CYRILLIC]
        return to_latin(first), to_latin(second)
    return tuple(row.cuts[language]) if language in row.cuts else None
