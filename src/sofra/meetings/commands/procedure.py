"""Writes that the agenda and outcomes share: acts of parties, procedures, what they freeze.

A command that touches what a procedure closes begins with `hold`: it locks the subject, reads the database's clock and
records a silence that ran out. What the house records by itself (a lapse, a break, a completed consent) it records as the
house, because the procedure belongs to no delegation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording, wordings
from sofra.kernel.commands import command, database_now, lock_subject
from sofra.kernel.commands import speaker as spoken_for
from sofra.kernel.engine.silence import silence
from sofra.kernel.models import Audience, Entry
from sofra.kernel.refusals import Refusal
from sofra.meetings import sentences
from sofra.meetings.models import Act, FrozenVersion, LateEntry, Meeting, Procedure, Reason, SubjectKind
from sofra.meetings.queries import procedure as standings
from sofra.parties.queries.formats import members_on


@dataclass(frozen=True)
class Subject:
    """What an act or a procedure is about: `key` is what is locked and adopted, `id` what is spoken of.

    `circle` is who takes part in it: all members, or the parties in `readers`.
    """

    meeting: Meeting
    kind: str
    id: UUID
    key: UUID
    words: dict[str, Any]
    circle: str = Audience.FORMAT
    readers: tuple[UUID, ...] = ()

    def place(self, party_id: UUID | None, entry: Entry | None) -> dict[str, Any]:
        """The columns of a row about it, for all who take part. What a party says among named ones the secretariat reads too."""
        also = [self.meeting.format_id] if self.readers and party_id is not None and self.meeting.format_id else []
        return {
            "audience": self.circle,
            "readers": [*self.readers, *also],
            "format_id": self.meeting.format_id,
            "owner_party_id": party_id,
            "entry_id": entry.pk if entry else None,
        }


def speaker(meeting: Meeting, party_id: UUID | None, entry: Entry | None) -> UUID:
    """The party whose act this is: the delegate's own, or the member for which the secretariat holds an entry.

    Raises NotAllowed where neither is so.
    """
    party = spoken_for(meeting.format_id, party_id, entry)
    if entry is not None and party not in member_ids(meeting):
        raise Refusal(
            _("Only members take part in this, and that party is no member of the format today."), "for_party"
        )
    return party


def member_ids(meeting: Meeting) -> set[UUID]:
    """The parties that are members of the meeting's format today."""
    assert meeting.format is not None
    return {party.pk for party in members_on(meeting.format)}


def hold(key: UUID) -> datetime:
    """Lock what is adopted under `key`, record a silence that ran out, and answer the instant, by the database's clock."""
    lock_subject(key)
    now = database_now()
    procedure = Procedure.objects.filter(subject_id=key, state=Procedure.State.OPEN).first()
    if procedure is None or procedure.deadline is None:
        return now
    if silence(procedure.opened_at, procedure.deadline, now, []) == "adopted":
        settle(procedure, Procedure.State.ADOPTED, procedure.deadline)
    return now


def settle(procedure: Procedure, state: str, at: datetime, broken_by: Act | None = None) -> None:
    """Record how a procedure ended, as the house."""
    with acting.acting_as_house():
        procedure.state, procedure.settled_at, procedure.broken_by = state, at, broken_by
        procedure.version += 1
        procedure.save(update_fields=["state", "settled_at", "broken_by", "version"])
        recording.record(
            f"procedure.{state}",
            procedure,
            {"subject": procedure.subject_id, "at": at, "broken_by": broken_by.pk if broken_by else None},
            meeting_id=procedure.meeting_id,
            shown={"subject_kind": procedure.subject_kind},
        )


def act_on(
    subject: Subject,
    kind: str,
    now: datetime,
    party_id: UUID,
    entry: Entry | None,
    *,
    private: bool = False,
    said_as: str = "",
) -> Act:
    """Write down an act of a party and record the sentence it was made by; `private` keeps it to the delegation."""
    act = Act(
        meeting=subject.meeting,
        subject_kind=subject.kind,
        subject_id=subject.id,
        kind=kind,
        at=now,
        **subject.place(party_id, entry),
    )
    if private:
        act.audience = Audience.DELEGATION
    act.readable_from = now
    act.save(force_insert=True)
    key = said_as or f"{subject.kind}.{kind}"
    text = sentences.kept(key, party=party_id, **subject.words) if key in sentences.SENTENCES else {}
    recording.record(
        f"{'agenda' if subject.kind in (SubjectKind.ITEM, SubjectKind.SUGGESTION) else subject.kind}.{kind}",
        act,
        {"subject": subject.id, "sentence": text},
        meeting_id=subject.meeting.pk,
        shown=text,
    )
    return act


def object_to(
    subject: Subject, now: datetime, party_id: UUID, entry: Entry | None, reason: dict[str, str], reason_audience: str
) -> Act:
    """Write down an objection with its reason, and break the silence it falls into. The caller holds the lock.

    One that was received before a silence ended and is entered after it breaks nothing and marks the adoption.
    """
    reason = {language: text.strip() for language, text in reason.items() if text.strip()}
    if not reason:
        raise Refusal(_("Say why your delegation objects, in at least one language."), "reason")
    if reason_audience not in (subject.circle, Audience.SECRETARIAT):
        raise Refusal(_("Choose who may read the reason."), "reason_audience")
    missed = standings.missed_silence(subject.key, entry.received_at if entry is not None else None, now)
    if missed is not None and entry is not None:
        subject = replace(subject, words={**subject.words, "received": in_words(subject, entry.received_at)})
    said_as = f"{subject.kind}.object_late" if missed is not None else ""
    act = act_on(subject, Act.Kind.OBJECT, now, party_id, entry, said_as=said_as)
    row = Reason(act=act, **{**subject.place(party_id, entry), "audience": reason_audience})
    row.save(force_insert=True)
    wordings.put(row, "reason", reason)
    recording.record("objection.explained", row, {"act": act.pk, "reason": reason}, visible=False)
    running = Procedure.objects.filter(subject_id=subject.key, state=Procedure.State.OPEN).first()
    if running is not None and _falls_into(subject, running):
        settle(running, Procedure.State.BROKEN, now, act)
    if missed is not None and entry is not None:
        _mark_late(subject, missed, act, entry, now)
    return act


def in_words(subject: Subject, instant: datetime) -> Callable[[], str]:
    """An instant for a sentence, by the clocks of the subject's meeting."""
    return lambda: sentences.exact(instant, subject.meeting.zone)


def came_in_time(key: UUID, entry: Entry | None, now: datetime) -> bool:
    """Whether an objection came by an entry that was received before the silence ended which adopted what holds."""
    return standings.missed_silence(key, entry.received_at if entry is not None else None, now) is not None


def _mark_late(subject: Subject, missed: Procedure, act: Act, entry: Entry, now: datetime) -> None:
    late = LateEntry(procedure=missed, act=act, received_at=entry.received_at, at=now, **subject.place(None, None))
    late.readable_from = now
    late.save(force_insert=True)
    recording.record(
        "procedure.entered_late",
        late,
        {"procedure": missed.pk, "act": act.pk, "received_at": entry.received_at, "deadline": missed.deadline},
        meeting_id=subject.meeting.pk,
        shown={"subject_kind": subject.kind},
    )


def _falls_into(subject: Subject, running: Procedure) -> bool:
    if subject.id == subject.key:
        return True
    lines = running.frozen.content.get("lines", [])
    return any(line["item"] == str(subject.id) for line in lines)


def standing_of(subjects: Iterable[UUID], kind: str) -> list[Act]:
    """The acts of a kind that stand on some subjects now."""
    return standings.standing_acts(standings.acts_on(subjects), kind)


def refuse_while_objected(subjects: Iterable[UUID]) -> None:
    """Raise Refusal, naming who objects, while an objection stands. Only the secretariat asks: it may know."""
    acts = standing_of(subjects, Act.Kind.OBJECT)
    if acts:
        parties = [act.owner_party_id for act in acts if act.owner_party_id is not None]
        who = sentences.names(list(dict.fromkeys(parties)))
        raise Refusal(_("An objection stands, so nothing can be adopted. Objecting: %(who)s.") % {"who": who})


def put_forward(
    subject: Subject, method: str, now: datetime, content: dict[str, Any], deadline: datetime | None = None
) -> FrozenVersion:
    """Open a silence procedure, or record a consensus, on frozen content. The caller holds the lock and checked its rules."""
    if method == Procedure.Method.SILENCE and (deadline is None or deadline <= now):
        raise Refusal(_("The silence has to end at an instant to come."), "deadline")
    done = method != Procedure.Method.SILENCE
    place = subject.place(None, None)
    procedure = Procedure(
        meeting=subject.meeting,
        subject_kind=subject.kind,
        subject_id=subject.id,
        method=method,
        state=Procedure.State.ADOPTED if done else Procedure.State.OPEN,
        opened_at=now,
        deadline=deadline,
        settled_at=now if done else None,
        **place,
    )
    procedure.readable_from = now
    procedure.save(force_insert=True)
    number = FrozenVersion.objects.filter(subject_id=subject.key).count() + 1
    version = FrozenVersion(
        meeting=subject.meeting,
        procedure=procedure,
        subject_kind=SubjectKind.AGENDA if subject.kind == SubjectKind.ITEM else subject.kind,
        subject_id=subject.key,
        number=number,
        content=content,
        **place,
    )
    version.readable_from = now
    version.save(force_insert=True)
    key = f"{subject.kind}.{method}"
    text = sentences.kept(key, **subject.words) if key in sentences.SENTENCES else {}
    recording.record(
        f"procedure.{'adopted' if done else 'opened'}",
        procedure,
        {"subject": subject.id, "method": method, "deadline": deadline, "number": number, "sentence": text},
        meeting_id=subject.meeting.pk,
        shown={"subject_kind": subject.kind, **text},
    )
    return version


def stop(subject: Subject, now: datetime) -> Procedure:
    """Stop the open silence procedure on a subject. The caller holds the lock. Raises Refusal where none is open."""
    running = Procedure.objects.filter(subject_id=subject.key, state=Procedure.State.OPEN).first()
    if running is None:
        raise Refusal(_("No silence procedure is open."))
    running.state, running.settled_at = Procedure.State.STOPPED, now
    running.version += 1
    running.save(update_fields=["state", "settled_at", "version"])
    recording.record(
        "procedure.stopped",
        running,
        {"subject": subject.id, "sentence": sentences.kept(f"{subject.kind}.stop", **subject.words)},
        meeting_id=subject.meeting.pk,
        shown={"subject_kind": subject.kind},
    )
    return running


@command
def strike_act(act: Act) -> Act:
    """Strike an act entered for one's delegation in error, and make it the delegation's own row.

    What was recorded because of it (a broken silence, a completed consent) stays recorded. Raises NotAllowed.
    """
    policy.require(acting.current(), "agenda.strike", act)
    about_agenda = act.subject_kind in (SubjectKind.AGENDA, SubjectKind.ITEM, SubjectKind.SUGGESTION)
    lock_subject(act.meeting_id if about_agenda else act.subject_id)
    act.struck_at, act.entry = database_now(), None
    act.version += 1
    act.save(update_fields=["struck_at", "entry", "version"])
    for reason in Reason.objects.filter(act=act):
        reason.entry = None
        reason.save(update_fields=["entry"])
        wordings.replace_placement(reason)
    recording.record(
        "act.struck",
        act,
        {"sentence": sentences.kept("act.strike", party=act.owner_party_id)},
        meeting_id=act.meeting_id,
    )
    return act
