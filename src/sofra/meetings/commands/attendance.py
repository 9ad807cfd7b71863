"""Who took part, at which level: written down by the secretariat, confirmed for all members to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording
from sofra.kernel.commands import check_version, command, database_now, lock_subject, save_next, speaker
from sofra.kernel.models import Audience, Entry
from sofra.kernel.refusals import Refusal
from sofra.meetings import sentences
from sofra.meetings.models import Attendance, Delegate, Meeting, OwnAttendance, Session
from sofra.meetings.queries.delegations import parties_of


@dataclass(frozen=True)
class Present:
    """What is written down of one party: whether it took part, at which level ("" where nobody said), and who of its people."""

    party_id: UUID
    present: bool
    level: str = ""
    delegates: tuple[UUID, ...] = ()


@command
def note_attendance(*, meeting: Meeting, said: Sequence[Present], session: Session | None = None) -> list[Attendance]:
    """Write down who took part in the meeting, or in one session of it; what was said before is replaced and recorded.

    Correcting what is confirmed stays confirmed: members read the correction at once. Raises NotAllowed; Refusal for a party
    that does not sit in the format, a level that is none, a delegate of another party.
    """
    policy.require(acting.current(), "attendance.keep", meeting)
    if session is not None and session.meeting_id != meeting.pk:
        raise Refusal(_("Choose a session of this meeting."), "session")
    lock_subject(meeting.pk)
    sits = parties_of(meeting)
    people = {row.pk: row for row in Delegate.objects.filter(delegation__meeting=meeting, withdrawn_at__isnull=True)}
    stand = {
        (row.party_id, row.delegate_id): row
        for row in Attendance.objects.select_for_update().filter(meeting=meeting, session=session)
    }
    found: list[Attendance] = []
    for one in said:
        if one.party_id not in sits:
            raise Refusal(_("That party neither is a member of the format nor observes it on the day of the meeting."))
        if one.level and one.level not in Meeting.Level.values:
            raise Refusal(_("Choose at which level the delegation took part."), "level")
        _put(meeting, session, stand, found, one.party_id, None, one.present, one.level if one.present else "")
        there = set(one.delegates) if one.present else set()
        for pk in there:
            if pk not in people or people[pk].owner_party_id != one.party_id:
                raise Refusal(_("Choose persons of that party's delegation."), "delegates")
        for pk, person in people.items():
            if person.owner_party_id == one.party_id and (pk in there or (one.party_id, pk) in stand):
                _put(meeting, session, stand, found, one.party_id, person, pk in there, "")
    return found


def _put(
    meeting: Meeting,
    session: Session | None,
    stand: dict[tuple[UUID, UUID | None], Attendance],
    found: list[Attendance],
    party_id: UUID,
    delegate: Delegate | None,
    present: bool,
    level: str,
) -> None:
    row = stand.get((party_id, delegate.pk if delegate else None))
    if row is None:
        row = Attendance(
            meeting=meeting, party_id=party_id, session=session, delegate=delegate, present=present, level=level,
            audience=Audience.SECRETARIAT, format_id=meeting.format_id,
        )  # fmt: skip
        if confirmed_at := _confirmed_at(stand):
            row.confirmed_at = confirmed_at
            row.audience, row.readers = _reach(row)
        row.save(force_insert=True)
    elif (row.present, row.level) != (present, level):
        row.present, row.level = present, level
        save_next(row, ["present", "level"])
    else:
        return
    found.append(row)
    recording.record(
        "attendance.noted",
        row,
        {"present": present, "level": level, "session": session.pk if session else None},
        meeting_id=meeting.pk,
        visible=delegate is None,
    )


def _confirmed_at(stand: dict[tuple[UUID, UUID | None], Attendance]) -> datetime | None:
    return next((row.confirmed_at for row in stand.values() if row.confirmed_at is not None), None)


def _reach(row: Attendance) -> tuple[str, list[UUID]]:
    """Who reads a confirmed row: all members; where it names a person, the members only if they read the name."""
    if row.delegate is None or row.delegate.audience == Audience.FORMAT:
        return Audience.FORMAT, []
    return Audience.PARTIES, [row.party_id]


@command
def confirm_attendance(*, meeting: Meeting) -> list[Attendance]:
    """Confirm who took part: all members read it from this instant on. Raises NotAllowed; Refusal where nothing is new."""
    policy.require(acting.current(), "attendance.keep", meeting)
    lock_subject(meeting.pk)
    rows = list(
        Attendance.objects.select_for_update(of=("self",))
        .select_related("delegate")
        .filter(meeting=meeting, confirmed_at__isnull=True)
    )
    if not rows:
        raise Refusal(_("There is nothing to confirm. Write down first who took part."))
    now = database_now()
    said = sentences.kept("attendance.confirm")
    for row in rows:
        row.audience, row.readers = _reach(row)
        row.readable_from, row.confirmed_at = now, now
        save_next(row, ["audience", "readers", "readable_from", "confirmed_at"])
        recording.record(
            "attendance.confirmed",
            row,
            {"sentence": said},
            meeting_id=meeting.pk,
            shown=said,
            visible=row.session_id is None and row.delegate_id is None,
        )
    return rows


def own_words(meeting: Meeting, party_id: UUID | None, *, present: bool, level: str) -> tuple[str, dict[str, object]]:
    """The sentence by which a party confirms its part: its key and its words."""
    if not present:
        return "attendance.own_absent", {"party": party_id}
    return "attendance.own_present", {"party": party_id, "level": lambda: Meeting.Level(level).label}


@command
def confirm_own(
    *,
    meeting: Meeting,
    present: bool,
    level: str = "",
    seen_version: int | None = None,
    party_id: UUID | None = None,
    entry: Entry | None = None,
) -> OwnAttendance:
    """Let a party confirm its own part in a meeting, or enter it for that party; said again, the last word stands.

    The party itself and the secretariat read it. Raises NotAllowed; Conflict; Refusal for a party that does not sit, no
    level where it took part, and where the secretariat would change what the party said itself.
    """
    actor = acting.current()
    policy.require(actor, "attendance.own", meeting)
    party = speaker(meeting.format_id, party_id, entry)
    if party not in parties_of(meeting):
        raise Refusal(
            _("That party neither is a member of the format nor observes it on the day of the meeting."), "for_party"
        )
    if present and level not in Meeting.Level.values:
        raise Refusal(_("Choose at which level the delegation took part."), "level")
    lock_subject(meeting.pk)
    row = OwnAttendance.objects.filter(meeting=meeting, owner_party_id=party).first()
    if row is not None:
        if entry is not None and row.entry_id is None:
            raise Refusal(_("The delegation confirmed its part itself. Only it can say it anew."), "for_party")
        check_version(row, seen_version)
        row.entry = entry
    else:
        row = OwnAttendance(
            meeting=meeting, audience=Audience.SECRETARIAT, format_id=meeting.format_id, owner_party_id=party,
            entry=entry, version=0,
        )  # fmt: skip
    row.present, row.level, row.at = present, level if present else "", database_now()
    if row.version:
        save_next(row, ["present", "level", "at", "entry"])
    else:
        row.version = 1
        row.save(force_insert=True)
    key, words = own_words(meeting, party, present=present, level=row.level)
    said = sentences.kept(key, **words)  # type: ignore[arg-type]
    recording.record(
        "attendance.own",
        row,
        {"present": present, "level": row.level, "sentence": said},
        meeting_id=meeting.pk,
        shown=said,
    )
    return row
