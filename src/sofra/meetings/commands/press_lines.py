"""Have agreed lines cleared by the parties named: nobody objects by an instant, or all of them have said so before.

A version is cleared once; the next version begins a clearance of its own, and this one keeps its answers.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording, wordings
from sofra.kernel.commands import command, save_next
from sofra.kernel.models import Audience, Entry
from sofra.kernel.refusals import Refusal
from sofra.meetings import sentences
from sofra.meetings.commands import procedure as deciding
from sofra.meetings.commands.press import hold_draft, words_of
from sofra.meetings.commands.press_issuing import call_off_scheduled, refuse_unprofiled
from sofra.meetings.commands.procedure import Subject, hold, member_ids, speaker
from sofra.meetings.models import (
    Act,
    FrozenVersion,
    Meeting,
    PressKind,
    PressPiece,
    Procedure,
    Reason,
    SubjectKind,
)
from sofra.meetings.queries.press import CLEARED, RUNNING, UNSENT, Clearance, clearances_of

LONGEST_REASON = 6000
Texts = dict[str, str]


def subject_of(piece: PressPiece, meeting: Meeting | None = None, **words: object) -> Subject:
    """A version of agreed lines as what acts and its clearance are about: among the parties that were asked."""
    return Subject(
        meeting or piece.meeting, SubjectKind.LINES, piece.pk, piece.pk, words_of(piece, **words), Audience.PARTIES,
        tuple(piece.readers),
    )  # fmt: skip


def _held(piece: PressPiece) -> tuple[datetime, Clearance]:
    policy.require(acting.current(), "press.clear", piece)
    now = hold(piece.pk)
    piece.refresh_from_db()
    return now, clearances_of([piece], "en")[piece.pk]


@command
def send_lines(
    *, piece: PressPiece, readers: list[UUID], deadline: datetime, seen_version: int | None = None
) -> FrozenVersion:
    """Send a draft for clearance to named members: it is cleared unless one of them objects before the instant.

    A clearance of an earlier version that still runs is stopped. Raises NotAllowed; Conflict; Refusal for bad input, and
    where it names parties and the meeting has no profile.
    """
    now = hold(piece.pk)
    hold_draft(piece, seen_version)
    if piece.kind != PressKind.LINES:
        raise Refusal(_("Only agreed lines are sent for clearance."))
    chosen = list(dict.fromkeys(readers))
    if not chosen or not set(chosen) <= member_ids(piece.meeting):
        raise Refusal(_("Name at least one party, among the members of the format."), "readers")
    refuse_unprofiled(piece)
    _stop_earlier(piece)
    piece.audience, piece.readers, piece.readable_from = Audience.PARTIES, chosen, now
    save_next(piece, ["audience", "readers", "readable_from"])
    wordings.replace_placement(piece)
    texts = wordings.of([piece]).get(piece.pk, {})
    subject = subject_of(
        piece,
        whom=lambda: sentences.names(chosen),
        deadline=lambda: sentences.exact(deadline, piece.meeting.zone),
    )
    return deciding.put_forward(subject, Procedure.Method.SILENCE, now, {"texts": texts}, deadline)


def _stop_earlier(piece: PressPiece) -> None:
    for earlier in (
        PressPiece.objects.filter(line=piece.line, kind=PressKind.LINES).exclude(pk=piece.pk).order_by("made_at")
    ):
        if Procedure.objects.filter(subject_id=earlier.pk, state=Procedure.State.OPEN).exists():
            now = hold(earlier.pk)
            if Procedure.objects.filter(subject_id=earlier.pk, state=Procedure.State.OPEN).exists():
                deciding.stop(subject_of(earlier), now)


@command
def stop_lines(*, piece: PressPiece) -> Procedure:
    """Stop a clearance that runs; nothing is cleared by it. Raises NotAllowed; Refusal where none runs."""
    policy.require(acting.current(), "press.write", piece.meeting)
    now = hold(piece.pk)
    return deciding.stop(subject_of(piece), now)


def _speaking(piece: PressPiece, party_id: UUID | None, entry: Entry | None) -> UUID:
    party = speaker(piece.meeting, party_id, entry)
    if party not in piece.readers:
        raise Refusal(_("That party was not asked to clear these lines."), "for_party")
    return party


@command
def no_objection(
    *,
    piece: PressPiece,
    comment: Texts | None = None,
    comment_audience: str = Audience.PARTIES,
    party_id: UUID | None = None,
    entry: Entry | None = None,
) -> Act:
    """Say that one's party has no objection; once all who were asked said so the lines are cleared.

    Raises NotAllowed; Refusal where no clearance runs, the party was not asked, or said so already.
    """
    now, clearance = _held(piece)
    party = _speaking(piece, party_id, entry)
    if clearance.state != RUNNING or clearance.procedure is None:
        raise Refusal(_over(clearance))
    if any(act.owner_party_id == party for act in clearance.consents):
        raise Refusal(_("That delegation said already that it has no objection."), "for_party")
    said = _said(comment or {}, "comment")
    if said and comment_audience not in (Audience.PARTIES, Audience.SECRETARIAT):
        raise Refusal(_("Choose who may read the comment."), "comment_audience")
    subject = subject_of(piece)
    act = deciding.act_on(subject, Act.Kind.CONSENT, now, party, entry)
    if said:
        row = Reason(act=act, **{**subject.place(party, entry), "audience": comment_audience})
        row.save(force_insert=True)
        wordings.put(row, "reason", said)
        recording.record("lines.commented", row, {"act": act.pk, "comment": said}, visible=False)
    spoken = {each.owner_party_id for each in clearance.consents} | {party}
    if spoken >= set(piece.readers):
        deciding.settle(clearance.procedure, Procedure.State.ADOPTED, now)
    return act


@command
def object_to_lines(
    *,
    piece: PressPiece,
    what: Texts,
    reason: Texts,
    reason_audience: str = Audience.PARTIES,
    party_id: UUID | None = None,
    entry: Entry | None = None,
) -> Act:
    """Object to lines one's party was asked to clear, saying to what and why: it breaks a clearance that runs.

    One that was received while it ran and is entered after it marks the clearance for the secretariat to answer openly; what
    was set to be issued is called off. Raises NotAllowed; Refusal where it is too late, or for bad input.
    """
    now, clearance = _held(piece)
    party = _speaking(piece, party_id, entry)
    said_what = _said(what, "what")
    if not said_what:
        raise Refusal(_("Say to what your delegation objects, in at least one language."), "what")
    _said(reason, "reason")
    in_time = deciding.came_in_time(piece.pk, entry, now)
    if clearance.state != RUNNING and not in_time:
        raise Refusal(_over(clearance))
    if any(act.owner_party_id == party for act in clearance.objections):
        raise Refusal(_("The objection of that delegation stands already."), "for_party")
    act = deciding.object_to(subject_of(piece), now, party, entry, reason, reason_audience)
    row = Reason.objects.get(act=act)
    wordings.put(row, "what", said_what)
    recording.record("lines.objected_to", row, {"act": act.pk, "what": said_what}, visible=False)
    if in_time:
        call_off_scheduled([piece], "late_entry")
    return act


@command
def lift_lines(*, piece: PressPiece, party_id: UUID | None = None, entry: Entry | None = None) -> Act:
    """Withdraw one's objection to lines; a clearance it broke stays broken. Raises NotAllowed; Refusal where none stands."""
    now, clearance = _held(piece)
    party = _speaking(piece, party_id, entry)
    if not any(act.owner_party_id == party for act in clearance.objections):
        raise Refusal(_("There is nothing of that delegation to withdraw here."), "for_party")
    return deciding.act_on(subject_of(piece), Act.Kind.LIFT, now, party, entry)


def _said(texts: Texts, field: str) -> Texts:
    found = {language: text.strip() for language, text in texts.items() if text.strip()}
    if any(len(text) > LONGEST_REASON for text in found.values()):
        raise Refusal(_("This has at most %(most)s letters.") % {"most": LONGEST_REASON}, field)
    return found


def _over(clearance: Clearance) -> str:
    if clearance.state == UNSENT:
        return _("These lines were not sent for clearance.")
    if clearance.state == CLEARED:
        return _(
            "These lines are cleared: the instant has passed, or all who were asked had no objection. Nothing was recorded."
        )
    return _("This version's clearance has ended. Nothing was recorded; the next version is sent anew.")
