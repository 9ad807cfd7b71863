"""Where parties stand, as far as the reader may know."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sofra.kernel import wordings
from sofra.texts.models import Explanation, Position, PositionReason, Proposal


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


def proposals_in(text: UUID) -> list[Proposal]:
    """All proposals for a text that the reader may read, oldest first; one query."""
    return list(Proposal.objects.filter(text=text).order_by("at"))
