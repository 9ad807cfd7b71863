"""The chair's open answer to an objection that was received before a silence ended and entered after it."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording, wordings
from sofra.kernel.commands import check_version, command, save_next
from sofra.kernel.refusals import Refusal
from sofra.meetings import sentences
from sofra.meetings.commands.agenda import subject_of_agenda
from sofra.meetings.commands.outcomes import subject_of
from sofra.meetings.commands.press_issuing import withdraw_uncleared
from sofra.meetings.commands.press_lines import subject_of as subject_of_lines
from sofra.meetings.commands.procedure import Subject, hold, in_words
from sofra.meetings.commands.publicity import unpublish_version
from sofra.meetings.models import LateEntry, Outcome, PressPiece, Procedure, SubjectKind
from sofra.meetings.queries.procedure import pending_entries

LONGEST_REASON = 6000


def subject_of_late(late: LateEntry) -> Subject:
    """What the adoption that a late entry marks is of, with the words of its sentences."""
    procedure = late.procedure
    if procedure.subject_kind == SubjectKind.OUTCOME:
        subject = subject_of(Outcome.objects.select_related("meeting__format").get(pk=procedure.subject_id))
    elif procedure.subject_kind == SubjectKind.LINES:
        subject = subject_of_lines(PressPiece.objects.select_related("meeting__format").get(pk=procedure.subject_id))
    else:
        subject = subject_of_agenda(procedure.meeting)
    subject.words["received"] = in_words(subject, late.received_at)
    return subject


def sentence_key(late: LateEntry, answer: str) -> str:
    """The key of the sentence by which an answer is recorded."""
    kind = late.procedure.subject_kind
    said = kind if kind in (SubjectKind.OUTCOME, SubjectKind.LINES) else SubjectKind.AGENDA
    return f"{said}.{'reopen' if answer == LateEntry.Answer.REOPENED else 'stand'}"


def rule_of(late: LateEntry) -> tuple[str, object]:
    """The rule that says who answers, and what it is asked about: the chair's, or that of who writes outcomes or lines."""
    rules = {SubjectKind.OUTCOME: "outcomes.write", SubjectKind.LINES: "press.write"}
    return rules.get(SubjectKind(late.procedure.subject_kind), "agenda.chair"), late.procedure.meeting


@command
def answer_late_entry(*, late: LateEntry, answer: str, reason: dict[str, str]) -> LateEntry:
    """Reopen the adoption, or let it stand, for a reason all members read. The objection itself stands either way.

    Reopened, the version before it holds again, and what was published of the agenda is withdrawn. Raises NotAllowed;
    Refusal for no answer, no reason, or an entry that does not wait (answered, or its objection withdrawn or struck).
    """
    policy.require(acting.current(), *rule_of(late))
    key: UUID = late.procedure.subject_id
    now = hold(key)
    check_version(late, None)
    late.refresh_from_db()
    procedure = Procedure.objects.select_related("meeting__format").get(pk=late.procedure_id)
    late.procedure = procedure
    if answer not in LateEntry.Answer.values:
        raise Refusal(_("Choose whether the adoption is reopened or stands."), "answer")
    if all(row.pk != late.pk for row in pending_entries([procedure])):
        raise Refusal(_("This objection does not wait for an answer: it was answered, withdrawn or struck."))
    if not any(text.strip() for text in reason.values()):
        raise Refusal(_("Say why, in at least one language; all who took part read it."), "reason")
    if any(len(text) > LONGEST_REASON for text in reason.values()):
        raise Refusal(_("The reason has at most %(most)s letters.") % {"most": LONGEST_REASON}, "reason")
    late.answer, late.answered_at = answer, now
    save_next(late, ["answer", "answered_at"])
    wordings.put(late, "reason", reason)
    if answer == LateEntry.Answer.REOPENED and procedure.state == Procedure.State.ADOPTED:
        # The row keeps the instant at which the silence ran out; the answer has the instant of the reopening.
        procedure.state = Procedure.State.REOPENED
        save_next(procedure, ["state"])
        recording.record("procedure.reopened", procedure, {"late_entry": late.pk, "at": now}, visible=False)
        if procedure.subject_kind == SubjectKind.LINES:
            withdraw_uncleared(PressPiece.objects.get(pk=procedure.subject_id), reason)
        else:
            unpublish_version(procedure)
    subject = subject_of_late(late)
    text = sentences.kept(sentence_key(late, answer), party=late.act.owner_party_id, **subject.words)
    recording.record(
        f"procedure.late_{answer}", late, {"sentence": text, "reason": reason, "procedure": procedure.pk},
        meeting_id=procedure.meeting_id, shown=text,
    )  # fmt: skip
    return late
