"""Where parties stand, as far as the reader may know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sofra.kernel import wordings
from sofra.texts.models import Explanation, Position, PositionReason, Proposal, Stance, Text
from sofra.texts.queries.falling import Wording, taken_of, wordings_in
from sofra.texts.queries.room import words_of
from sofra.texts.queries.text import paragraphs_now


def standing_on(paragraphs: Iterable[UUID], choice: str = "", audience: str = "") -> list[Position]:
    """The latest position of each party on each alternative, of those that the reader may read; one query.

    With an audience, of those alone that were told to it.
    """
    rows = Position.objects.filter(paragraph__in=list(paragraphs))
    if audience:
        rows = rows.filter(audience=audience)
    if choice:
        rows = rows.filter(choice=choice)
    latest: dict[tuple[UUID, str, UUID | None], Position] = {}
    for row in rows.order_by("at"):
        latest[row.paragraph_id, row.choice, row.owner_party_id] = row
    return list(latest.values())


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A wording that stands in another bracket, and what its paragraph is called: its number, or its first words."""

    paragraph: UUID
    choice: str
    words: str
    called: str


def open_elsewhere(text: Text, paragraph: UUID, language: str, choice: str) -> list[Elsewhere]:
    """The open wordings of a text outside the bracket of a choice, of what all read, in order."""
    return [
        Elsewhere(each.row.pk, one.key, one.words, each.placing.number or _begins(each.stands[language].content))
        for each in paragraphs_now(text)
        if each.shared and not each.placing.gone
        for point in each.points(language)
        if each.row.pk != paragraph or all(one.key != choice for one in point.choices)
        for one in point.choices
    ]


def _begins(notation: str) -> str:
    return f"“{' '.join(words_of(notation).split()[:4])}…”"


def conditions_of(row: Position) -> list[Wording]:
    """The wordings with which an objection falls."""
    return wordings_in(row.unless)


def objecting(rows: Iterable[Position]) -> list[Position]:
    """Those positions that object and have not fallen with the wordings they named; one query at most."""
    found = [row for row in rows if row.stance == Stance.OBJECTS]
    taken = taken_of(conditions_of(row) for row in found)
    return [row for row in found if not row.unless or not taken.issuperset(conditions_of(row))]


def said_on(paragraph: UUID, language: str) -> list[Position]:
    """Everything said on a paragraph's alternatives, oldest first, each with `reason` (worded) where it may be read."""
    rows = list(Position.objects.filter(paragraph=paragraph).order_by("at"))
    reasons = list(PositionReason.objects.filter(position__in=rows))
    wordings.attach(reasons, language)
    by = {each.position_id: each.worded.get("reason") for each in reasons}  # type: ignore[attr-defined]
    for row in rows:
        row.reason = by.get(row.pk)  # type: ignore[attr-defined]
    return rows


def proposals_on(paragraph: UUID, language: str) -> list[Proposal]:
    """The proposals for a paragraph, oldest first, each with `explanation` (worded) where it may be read."""
    rows = list(Proposal.objects.filter(paragraph=paragraph).select_related("result", "against").order_by("at"))
    reasons = list(Explanation.objects.filter(proposal__in=rows))
    wordings.attach(reasons, language)
    by = {each.proposal_id: each.worded.get("reason") for each in reasons}  # type: ignore[attr-defined]
    withdrawn = {row.answers_id for row in rows if row.kind == Proposal.Kind.WITHDRAW}
    for row in rows:
        row.explanation = by.get(row.pk)  # type: ignore[attr-defined]
        row.withdrawn = row.pk in withdrawn  # type: ignore[attr-defined]
    return rows


def proposals_by(text: UUID, party: UUID | None) -> list[Proposal]:
    """All proposals of a party for a text that the reader may read, oldest first; one query."""
    return list(Proposal.objects.filter(text=text, owner_party=party).order_by("at"))
