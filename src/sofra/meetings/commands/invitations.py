"""Invite parties to a meeting, all at one instant; answer an invitation, as often as the answer changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording, wordings
from sofra.kernel.commands import check_version, command, database_now, lock_subject, save_next
from sofra.kernel.models import Audience, Entry
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.lexicon.naming import under
from sofra.meetings import sentences
from sofra.meetings.commands.delegations import level_in_words
from sofra.meetings.models import Invitation, Meeting, Reply
from sofra.meetings.queries.delegations import parties_of
from sofra.meetings.queries.profile import require_profile


def _level(level: str) -> str:
    if level not in Meeting.Level.values:
        raise Refusal(_("Choose the level of the invitation."), "level")
    return level


def _deadline(meeting: Meeting, reply_by: datetime | None) -> datetime | None:
    if reply_by is None:
        return None
    if reply_by <= database_now():
        raise Refusal(_("The instant lies in the past. Choose one ahead."), "reply_by")
    if meeting.begins_at is not None and reply_by > meeting.begins_at:
        raise Refusal(_("The answer is asked for after the meeting begins. Choose an earlier instant."), "reply_by")
    return reply_by


@command
def draft_invitations(
    *, meeting: Meeting, parties: Iterable[UUID], level: str, reply_by: datetime | None = None
) -> list[Invitation]:
    """Draft an invitation for each party; the secretariat alone reads drafts.

    Raises NotAllowed; Refusal for a party that does not sit in the format or is invited already.
    """
    policy.require(acting.current(), "invitations.issue", meeting)
    lock_subject(meeting.pk)
    asked, sits = list(dict.fromkeys(parties)), parties_of(meeting)
    if not asked:
        raise Refusal(_("Choose at least one party."), "parties")
    if any(party not in sits for party in asked):
        raise Refusal(
            _("One of the parties neither is a member of the format nor observes it on the day of the meeting."),
            "parties",
        )
    if Invitation.objects.filter(meeting=meeting, party_id__in=asked, withdrawn_at__isnull=True).exists():
        raise Refusal(_("One of the parties has an invitation already; change that one instead."), "parties")
    level, reply_by = _level(level), _deadline(meeting, reply_by)
    rows = []
    for party in asked:
        row = Invitation(
            meeting=meeting, party_id=party, level=level, reply_by=reply_by,
            audience=Audience.SECRETARIAT, format_id=meeting.format_id,
        )  # fmt: skip
        row.save(force_insert=True)
        row.refresh_from_db()
        _record("invitation.drafted", row, {"level": level, "reply_by": reply_by})
        rows.append(row)
    return rows


@command
def change_invitation(
    *, invitation: Invitation, seen_version: int | None, level: str, reply_by: datetime | None
) -> Invitation:
    """Change a draft, or by when an issued invitation asks for an answer; the level of an issued one stands.

    Raises NotAllowed, Conflict, Refusal.
    """
    meeting = invitation.meeting
    policy.require(acting.current(), "invitations.issue", meeting)
    check_version(invitation, seen_version)
    invitation.refresh_from_db()
    _refuse_withdrawn(invitation)
    if invitation.issued_at is not None and level != invitation.level:
        raise Refusal(_("The invitation is issued: its level stands. Call it off and invite anew."), "level")
    before = {"level": invitation.level, "reply_by": invitation.reply_by}
    if reply_by != invitation.reply_by:
        reply_by = _deadline(meeting, reply_by)
    invitation.level, invitation.reply_by = _level(level), reply_by
    save_next(invitation, ["level", "reply_by"])
    _record("invitation.changed", invitation, {"level": level, "reply_by": reply_by, "before": before})
    return invitation


def issue_sentence(invitation: Invitation) -> dict[str, str]:
    """What is recorded of issuing one invitation, in every kept language; it names that party alone."""
    return sentences.kept("invitation.issued", party=invitation.party_id, level=level_in_words(invitation.level))


@command
def issue_invitations(*, meeting: Meeting, invitations: Iterable[UUID]) -> list[Invitation]:
    """Issue drafts, all at the same instant; each party then reads its own.

    Raises NotAllowed; Refusal where nothing is chosen, and with the reason where no designation profile is in force.
    """
    policy.require(acting.current(), "invitations.issue", meeting)
    lock_subject(meeting.pk)
    rows = list(
        Invitation.objects.select_for_update(of=("self",)).filter(
            meeting=meeting, pk__in=list(invitations), issued_at__isnull=True, withdrawn_at__isnull=True
        )
    )
    if not rows:
        raise Refusal(_("Choose at least one draft that is not issued yet."), "invitations")
    profile = require_profile(meeting)
    now = database_now()
    for row in rows:
        if row.reply_by is not None and row.reply_by <= now:
            raise Refusal(
                _("A draft asks for an answer by an instant that has passed. Change it first; nothing was issued."),
                "invitations",
            )
    for row in rows:
        row.issued_at = row.readable_from = now
        row.audience, row.readers = Audience.PARTIES, [row.party_id]
        save_next(row, ["issued_at", "readable_from", "audience", "readers"])
        with under(profile):
            said = issue_sentence(row)
        _record("invitation.issued", row, {"sentence": said, "level": row.level, "reply_by": row.reply_by}, said)
    return rows


@command
def withdraw_invitation(*, invitation: Invitation) -> Invitation:
    """Call an invitation off; an issued one stays with its party, marked. Raises NotAllowed, Refusal."""
    policy.require(acting.current(), "invitations.issue", invitation.meeting)
    check_version(invitation, None)
    invitation.refresh_from_db()
    _refuse_withdrawn(invitation)
    invitation.withdrawn_at = database_now()
    save_next(invitation, ["withdrawn_at"])
    said = sentences.kept("invitation.withdraw", party=invitation.party_id)
    _record("invitation.withdrawn", invitation, {"sentence": said}, said)
    return invitation


@command
def answer_invitation(
    *,
    invitation: Invitation,
    answer: str,
    level: str = "",
    remark: dict[str, str] | None = None,
    entry: Entry | None = None,
) -> Reply:
    """Accept an invitation at a level, or send regrets. Each answer is kept; the latest stands.

    Raises NotAllowed; Refusal for an answer that is none, a missing level, and once the meeting has begun.
    """
    actor = acting.current()
    party = entry.owner_party_id if entry else actor.party_id
    if party is None or party != invitation.party_id:
        raise NotAllowed(_("An invitation is answered by the party invited, or by the secretariat for it."))
    if entry is not None and entry.format_id != invitation.format_id:
        raise NotAllowed(_("The entry belongs to another format."))
    lock_subject(invitation.pk)
    invitation.refresh_from_db()
    policy.require(actor, "invitations.answer", invitation)
    now = database_now()
    if invitation.meeting.begins_at is not None and now >= invitation.meeting.begins_at:
        raise Refusal(_("The meeting has begun. Who came is said by its attendance."))
    if answer not in Reply.Answer.values:
        raise Refusal(_("Say whether the party accepts or sends regrets."), "answer")
    if answer == Reply.Answer.ACCEPTED and level not in Meeting.Level.values:
        raise Refusal(_("Choose at which level the party comes."), "level")
    level = level if answer == Reply.Answer.ACCEPTED else ""
    row = Reply(
        invitation=invitation, answer=answer, level=level, at=now, audience=Audience.SECRETARIAT,
        format_id=invitation.format_id, owner_party_id=party, entry_id=entry.pk if entry else None, readable_from=now,
    )  # fmt: skip
    row.save(force_insert=True)
    wordings.put(row, "remark", remark or {})
    said = answer_sentence(invitation.party_id, answer, level, sentences.kept)
    recording.record(
        "invitation.answered", row, {"sentence": said, "answer": answer, "level": level, "remark": remark or {}},
        meeting_id=invitation.meeting_id, shown=said,
    )  # fmt: skip
    return row


def answer_sentence(party: UUID, answer: str, level: str, word: Any) -> Any:
    """The sentence of an answer; `word` is sentences.sentence or sentences.kept."""
    if answer == Reply.Answer.ACCEPTED:
        return word("invitation.accept", party=party, level=level_in_words(level))
    return word("invitation.regrets", party=party)


def _refuse_withdrawn(invitation: Invitation) -> None:
    if invitation.withdrawn_at is not None:
        raise Refusal(_("The invitation is called off already."))


def _record(action: str, row: Invitation, details: dict[str, Any], shown: dict[str, str] | None = None) -> None:
    recording.record(action, row, details, meeting_id=row.meeting_id, shown=shown)
