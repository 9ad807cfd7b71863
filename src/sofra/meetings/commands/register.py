"""Keep the register of incoming and outgoing notes: each has a number of its format, year and direction, without gaps."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import IO
from uuid import NAMESPACE_OID, UUID, uuid5
from zoneinfo import ZoneInfo

from django.db.models import Max
from django.utils.translation import gettext as _

from sofra.kernel import acting, guarding, policy, recording
from sofra.kernel.commands import check_version, command, database_now, enter_for, lock_subject, save_next
from sofra.kernel.files import keep_file
from sofra.kernel.models import Audience, Entry, File, Format, Membership
from sofra.kernel.refusals import Refusal
from sofra.meetings import sentences
from sofra.meetings.engine.letters import plain
from sofra.meetings.models import Invitation, Meeting, Note, NoteAct, NoteDocument, NoteNumber

#: Signs of a reference that is drawn: none that is read for another.
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LONGEST_SUBJECT, LONGEST = 300, 200

Upload = tuple[IO[bytes], str]


def draw_mark() -> str:
    """A reference that counts nothing and tells nothing: eight drawn signs."""
    drawn = "".join(secrets.choice(SIGNS) for _sign in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"


def year_of(format: Format, at: datetime) -> int:
    """The year a note is numbered in: by the clocks of the host's capital, where the format has a host."""
    zone = format.host.capital_zone if format.host is not None else ""
    return at.astimezone(ZoneInfo(zone or "UTC")).year


@command
def register_note(
    *,
    format: Format,
    direction: str,
    subject: str,
    at: datetime,
    party_id: UUID | None = None,
    office: str = "",
    reference: str = "",
    meeting: Meeting | None = None,
    invitation: Invitation | None = None,
    files: Iterable[Upload] = (),
    mark: str = "",
    language: str = guarding.UNSAID,
) -> Note:
    """Put a note into the register. The party that sent or received it reads it; its number only the secretariat.

    `subject` is the secretariat's own line, in `language` where that is known: what a party reads of it passes the guard.

    Raises NotAllowed; Refusal for an unknown direction, no subject, nobody it came from or went to, an instant to come, a
    file that is not kept.
    """
    policy.require(acting.current(), "register.keep", format.pk)
    subject, office, reference = plain(subject).strip(), plain(office).strip(), plain(reference).strip()
    now = database_now()
    if direction not in Note.Direction.values:
        raise Refusal(_("Say whether the note came in or went out."), "direction")
    if not subject:
        raise Refusal(_("Write what the note is about."), "subject")
    limits = ((subject, "subject", LONGEST_SUBJECT), (office, "office", LONGEST), (reference, "reference", LONGEST))
    for said, field, most in limits:
        if len(said) > most:
            raise Refusal(_("The text is too long: at most %(most)s letters.") % {"most": most}, field)
    if party_id is None and not office:
        raise Refusal(_("Say from whom it came or to whom it went: a party, or an office."), "party")
    if party_id is not None and not Membership.objects.filter(format=format, party_id=party_id).exists():
        raise Refusal(_("That party has no place in the format. Name it as an office instead."), "party")
    if at > now:
        raise Refusal(_("The instant lies in the future. Enter when it came in or went out."), "at")
    if meeting is not None and meeting.format_id != format.pk:
        raise Refusal(_("Choose a meeting of this format."), "meeting")
    if invitation is not None and (invitation.format_id != format.pk or invitation.party_id != party_id):
        raise Refusal(_("Choose an invitation of the same party."), "invitation")
    note = Note(
        direction=direction, subject=subject, at=at, party_id=party_id, office=office, reference=reference,
        meeting=meeting, invitation=invitation, mark=mark or draw_mark(), format=format, readable_from=now,
        audience=Audience.SECRETARIAT if party_id is None else Audience.PARTIES,
        readers=[] if party_id is None else [party_id],
    )  # fmt: skip
    note.save(force_insert=True)
    guarding.say(note, {"subject": {language: subject}})
    recording.record(
        f"note.{direction}", note, {"subject": subject, "reference": reference, "at": at, "office": office},
        meeting_id=meeting.pk if meeting else None,
    )  # fmt: skip
    for stream, name in files:
        _keep(note, stream, name)
    _number(note, year_of(format, now))
    return note


def _number(note: Note, year: int) -> NoteNumber:
    # The lock is held until the transaction ends: whoever waited reads the number before it, and what is rolled back takes
    # none. A number that was given is never given again, because rows of the register are never deleted.
    assert note.format_id is not None
    lock_subject(uuid5(NAMESPACE_OID, f"sofra.register.{note.format_id}.{year}.{note.direction}"))
    given = NoteNumber.objects.filter(format_id=note.format_id, year=year, direction=note.direction)
    last = given.aggregate(last=Max("number"))["last"] or 0
    row = NoteNumber(
        note=note, direction=note.direction, year=year, number=last + 1,
        audience=Audience.SECRETARIAT, format_id=note.format_id,
    )  # fmt: skip
    row.save(force_insert=True)
    recording.record("note.numbered", row, {"year": year, "number": row.number}, visible=False)
    return row


def _keep(note: Note, stream: IO[bytes], name: str, language: str = "", field: str = "document") -> NoteDocument:
    file = keep_file(stream, name, note.placement(), field)
    row = NoteDocument(note=note, file=file, language=language, **note.placement())
    row.save(force_insert=True)
    return row


def keep_made(note: Note, stream: IO[bytes], name: str, language: str) -> File:
    """Keep a file the house made with a note it just registered. Only commands call it."""
    return _keep(note, stream, name, language).file


@command
def add_note_document(*, note: Note, stream: IO[bytes], name: str) -> NoteDocument:
    """Put a further document to a note; those it has stay. Raises NotAllowed; Refusal for a file that is not kept."""
    policy.require(acting.current(), "register.keep", note.format_id)
    check_version(note, None)
    note.refresh_from_db()
    _refuse_withdrawn(note)
    if hasattr(note, "letter"):
        raise Refusal(_("A letter that was issued stays as it is. Register a further note."))
    row = _keep(note, stream, name)
    recording.record("note.document", note, {"file": row.file.name}, meeting_id=note.meeting_id)
    return row


@command
def withdraw_note(*, note: Note, reason: str) -> Note:
    """Mark a note as withdrawn, with the reason. It stays in the register and keeps its number.

    Raises NotAllowed; Refusal without a reason, and where it is withdrawn already.
    """
    policy.require(acting.current(), "register.keep", note.format_id)
    check_version(note, None)
    note.refresh_from_db()
    _refuse_withdrawn(note)
    reason = plain(reason).strip()
    if not reason:
        raise Refusal(_("Say why the note is withdrawn; it stays in the register."), "reason")
    if len(reason) > LONGEST_SUBJECT:
        raise Refusal(_("The text is too long: at most %(most)s letters.") % {"most": LONGEST_SUBJECT}, "reason")
    note.withdrawn_at, note.reason = database_now(), reason
    save_next(note, ["withdrawn_at", "reason"])
    guarding.say(note, {"reason": {guarding.UNSAID: reason}})
    said = sentences.kept("note.withdraw", subject=note.subject, reason=reason)
    recording.record("note.withdrawn", note, {"sentence": said}, meeting_id=note.meeting_id, shown=said)
    return note


@command
def enter_from_note(*, note: Note) -> Entry:
    """The entry of an act that a delegation did by an incoming note in the register; give it to the command of that act.

    The entry says what the note says (when it came, its own reference, its first document), and the note which acts it was
    the source of. Raises NotAllowed; Refusal for a note that is no party's, went out, or was withdrawn.
    """
    policy.require(acting.current(), "register.keep", note.format_id)
    if note.party_id is None or note.direction != Note.Direction.INCOMING or note.withdrawn_at is not None:
        raise Refusal(_("Choose an incoming note of a party that was not withdrawn."), "source")
    first = NoteDocument.objects.filter(note=note).select_related("file").order_by("file__kept_at").first()
    entry = enter_for(
        note.party_id, note.format_id, channel=Entry.Channel.NOTE, received_at=note.at,
        reference=note.reference or note.mark, document=first.file if first else None,
    )  # fmt: skip
    NoteAct(note=note, act=entry, **note.placement()).save(force_insert=True)
    return entry


def _refuse_withdrawn(note: Note) -> None:
    if note.withdrawn_at is not None:
        raise Refusal(_("The note is withdrawn already."))
