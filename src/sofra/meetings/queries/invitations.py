"""Who is invited and what was answered, as far as the reader may know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from sofra.kernel import wordings
from sofra.kernel.acting import Actor
from sofra.kernel.commands import database_now
from sofra.kernel.models import Party
from sofra.lexicon.naming import order_parties
from sofra.meetings.models import Delegation, Invitation, Meeting, Reply
from sofra.meetings.queries.delegations import sitting_parties
from sofra.parties.entering import attach_entries


@dataclass
class Invited:
    """A party that sits, its invitation that stands, and what it answered; `replies` the latest first."""

    party: Party
    invitation: Invitation | None = None
    replies: list[Reply] = field(default_factory=list)
    called_off: list[Invitation] = field(default_factory=list)

    @property
    def reply(self) -> Reply | None:
        """The answer that stands."""
        return self.replies[0] if self.replies else None


def invited_to(meeting: Meeting, language: str) -> list[Invited]:
    """Every party that sits, in the order of names, with its invitation as far as the reader may know. Constant queries."""
    lines = {party.pk: Invited(party) for party, _capacity in sitting_parties(meeting)}
    for row in Invitation.objects.filter(meeting=meeting).order_by("issued_at"):
        if row.party_id not in lines:
            continue
        if row.withdrawn_at is not None:
            lines[row.party_id].called_off.append(row)
        else:
            lines[row.party_id].invitation = row
    standing = {line.invitation.pk: line for line in lines.values() if line.invitation is not None}
    for reply in _replies(standing):
        standing[reply.invitation_id].replies.append(reply)
    return [lines[key] for key in order_parties(list(lines), language)]


def _replies(invitations: Iterable[UUID]) -> list[Reply]:
    return list(Reply.objects.filter(invitation__in=list(invitations)).order_by("-at"))


def invitation_at(meeting: Meeting, pk: UUID, language: str) -> Invitation | None:
    """One invitation with its `history` of replies, the latest first; None where the reader may not know of it."""
    row = Invitation.objects.filter(pk=pk, meeting=meeting).first()
    if row is None:
        return None
    row.meeting = meeting
    history = _replies([row.pk])
    wordings.attach(history, language)
    attach_entries(history)
    row.history = history  # type: ignore[attr-defined]
    return row


def accepted_level(meeting: Meeting, party_id: UUID) -> str:
    """The level at which a party accepted, for the form that registers its delegation; "" where it did not."""
    latest = (
        Reply.objects.filter(
            invitation__meeting=meeting, invitation__withdrawn_at__isnull=True, owner_party_id=party_id
        )
        .order_by("-at")
        .first()
    )
    return latest.level if latest is not None else ""


def registered(meeting: Meeting, party_id: UUID) -> bool:
    """Whether the reader knows of a delegation of that party."""
    return Delegation.objects.filter(meeting=meeting, owner_party_id=party_id).exists()


AHEAD = (Meeting.Status.PROPOSED, Meeting.Status.CONVENED)


def unanswered(actor: Actor, language: str) -> list[Invitation]:
    """Invitations of the actor's party that wait for its answer."""
    if actor.party_id is None:
        return []
    now = database_now()
    rows = list(
        Invitation.objects.filter(
            Q(meeting__begins_at__isnull=True) | Q(meeting__begins_at__gt=now),
            party_id=actor.party_id, issued_at__isnull=False, withdrawn_at__isnull=True, meeting__status__in=AHEAD,
        )
        .exclude(replies__in=Reply.objects.filter(owner_party_id=actor.party_id))
        .select_related("meeting__format")
    )  # fmt: skip
    wordings.attach([row.meeting for row in rows], language)
    return rows


@dataclass
class Answers:
    """How many of those invited to a meeting have answered."""

    meeting: Meeting
    answered: int
    invited: int


def answers_awaited(actor: Actor, language: str) -> list[Answers]:
    """For the secretariat, meetings that come where an answer is still awaited. Numbers only: nobody is named or ranked."""
    if not actor.is_secretariat:
        return []
    found: dict[UUID, Answers] = {}
    rows = Invitation.objects.filter(
        issued_at__isnull=False,
        withdrawn_at__isnull=True,
        meeting__status__in=AHEAD,
    ).select_related("meeting__format")
    rows = list(rows)  # type: ignore[assignment]
    answered = set(
        Reply.objects.filter(invitation__in=[row.pk for row in rows]).values_list("invitation_id", flat=True)
    )
    for row in rows:
        line = found.setdefault(row.meeting_id, Answers(row.meeting, 0, 0))
        line.invited += 1
        line.answered += row.pk in answered
    waiting = [line for line in found.values() if line.answered < line.invited]
    wordings.attach([line.meeting for line in waiting], language)
    return waiting
