"""The register of notes as far as the reader may know: the secretariat with numbers, a party its own notes without."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from sofra.kernel import wordings
from sofra.kernel.models import Format
from sofra.kernel.refusals import Refusal
from sofra.lexicon.profiles import profile_in_force, read
from sofra.meetings.engine.table import write_table
from sofra.meetings.models import Letter, Meeting, Note, NoteAct, NoteDocument, NoteNumber
from sofra.parties.entering import Source


@dataclass(frozen=True)
class Asked:
    """What a reader of the register asks for."""

    party: UUID | None = None
    direction: str = ""
    since: date | None = None
    until: date | None = None
    meeting: UUID | None = None


def notes_of(format: Format, asked: Asked, zone: str, language: str) -> list[Note]:
    """Notes, the latest first, each with `held` (documents), `sent` (the letter it is), `acts_made`, and `number` where the
    reader may know it. Six queries, however many there are."""
    rows = Note.objects.filter(format=format).select_related("meeting__format")
    if asked.party is not None:
        rows = rows.filter(party_id=asked.party)
    if asked.direction:
        rows = rows.filter(direction=asked.direction)
    if asked.meeting is not None:
        rows = rows.filter(meeting_id=asked.meeting)
    if asked.since is not None:
        rows = rows.filter(at__gte=_midnight(asked.since, zone))
    if asked.until is not None:
        rows = rows.filter(at__lt=_midnight(asked.until + timedelta(days=1), zone))
    return _complete(list(rows), language)


def note_at(format: Format, pk: UUID, language: str) -> Note | None:
    """One note, as `notes_of` answers it; None where the reader may not know of it."""
    row = Note.objects.filter(format=format, pk=pk).select_related("meeting__format", "format").first()
    return _complete([row], language)[0] if row is not None else None


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))


def _complete(rows: list[Note], language: str) -> list[Note]:
    ids = [row.pk for row in rows]
    numbers = {each.note_id: each for each in NoteNumber.objects.filter(note__in=ids)}
    files = _by_note(NoteDocument.objects.filter(note__in=ids).select_related("file").order_by("file__kept_at", "id"))
    letters = {each.note_id: each for each in Letter.objects.filter(note__in=ids)}
    acts = _by_note(NoteAct.objects.filter(note__in=ids))
    wordings.attach([*(row.meeting for row in rows if row.meeting is not None), *letters.values()], language)
    for row in rows:
        shown: Any = row
        shown.number = numbers.get(row.pk)
        shown.held, shown.acts_made = files.get(row.pk, []), acts.get(row.pk, [])
        shown.sent = letters.get(row.pk)
    return rows


def _by_note(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.note_id, []).append(row)
    return found


def sources_of(meeting: Meeting, most: int = 50) -> list[Source]:
    """Incoming notes of parties an act at this meeting can be entered from, the latest first."""
    assert meeting.format_id is not None
    rows = Note.objects.filter(
        format_id=meeting.format_id, direction=Note.Direction.INCOMING, party__isnull=False, withdrawn_at__isnull=True
    )[:most]
    return [Source(row.pk, row.party_id, row.at, row.reference or row.mark, row.subject) for row in rows]  # type: ignore[arg-type]


def incoming_note(meeting: Meeting, pk: UUID) -> Note:
    """A note of the register an act at this meeting can be entered from. Raises Refusal where there is none such."""
    assert meeting.format_id is not None
    row = Note.objects.filter(format_id=meeting.format_id, pk=pk).first()
    if row is None:
        raise Refusal(_("Choose an incoming note of a party that was not withdrawn."), "source")
    return row


def sheet_of(format: Format, asked: Asked, zone: str, language: str) -> bytes:
    """The register as a workbook. Raises Refusal, with the reason, where no designation profile is in force."""
    row = profile_in_force(format.pk)
    if row is None:
        raise Refusal(
            _(
                "No designation profile is in force for this format, so the register, which names parties, is not exported."
            )
        )
    profile, notes = read(row), notes_of(format, asked, zone, language)
    heads = [_("Number"), _("Direction"), _("Day"), _("Party"), _("Office"), _("Reference of the other side"),
             _("Our reference"), _("Subject"), _("Documents"), _("Withdrawn")]  # fmt: skip
    lines = [
        [
            f"{note.number.number}/{note.number.year}" if note.number else "",  # type: ignore[attr-defined]
            str(Note.Direction(note.direction).label),
            note.at.astimezone(ZoneInfo(zone)).date(),
            profile.name(note.party_id, language).text if note.party_id else "",
            note.office, note.reference, note.mark, note.subject,
            ", ".join(each.file.name for each in note.held),  # type: ignore[attr-defined]
            note.reason,
        ]
        for note in notes
    ]  # fmt: skip
    about = [_("Register of notes"), profile.basis_sentence(language), _("Visible to: the secretariat")]
    named = [note.party_id for note in notes if note.party_id]
    about += [f"{foot.mark} {foot.text}" for foot in profile.footnotes_for(named, language)]
    return write_table(about, heads, lines)
