"""What is proposed of paragraphs' places and bounds and waits for a decision."""

from __future__ import annotations

from uuid import UUID

from sofra.texts.models import Proposal, Settlement, Text


def choice_of(proposal: UUID) -> str:
    """The key under which delegations take positions on a proposal to move, split or merge."""
    return proposal.hex[:16]


def waiting_on(text: Text, paragraph: UUID | None = None) -> list[Proposal]:
    """Proposals to move, split or merge that were neither withdrawn nor decided, oldest first; one query."""
    rows = Proposal.objects.filter(text=text, kind__in=Proposal.SHAPES)
    if paragraph is not None:
        rows = rows.filter(paragraph=paragraph)
    taken = Proposal.objects.filter(text=text, kind=Proposal.Kind.WITHDRAW, answers__isnull=False).values("answers")
    done = Settlement.objects.filter(paragraph__text=text).values("proposal")
    return list(rows.exclude(pk__in=taken).exclude(pk__in=done).order_by("at"))


def shared_shapes(text: Text) -> tuple[int, int]:
    """How many rows say what all readers know of such proposals. Rows are only ever added: while the numbers stay, so does it."""
    told = Proposal.objects.filter(
        text=text, audience=text.audience, kind__in=[*Proposal.SHAPES, Proposal.Kind.WITHDRAW]
    )
    return told.count(), Settlement.objects.filter(paragraph__text=text).count()
