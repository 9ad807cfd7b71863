"""Hours, rooms and whom to keep apart; times a delegation keeps to itself; rooms booked without naming a counterpart."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from sofra.bilaterals.commands.common import pair, principal, windows, words
from sofra.bilaterals.engine.slots import Span, cut
from sofra.bilaterals.models import Apart, Block, Booking, Frame, Level, RoomTerms
from sofra.bilaterals.models.requests import Size
from sofra.kernel import acting, occupancy, policy, recording
from sofra.kernel.commands import check_version, command, database_now, save_next, speaker
from sofra.kernel.models import Audience, Entry
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.meetings.models import Meeting, Resource

MOST_SLOTS = 500


@command
def set_frame(
    *, meeting: Meeting, slot_minutes: int, hours: list[Span], buffer_slots: int = 0, walking_slots: int = 0,
    answer_by: datetime | None = None, seen_version: int | None = None,
) -> Frame:  # fmt: skip
    """Set the hours of a meeting's bilaterals and the rules of their schedule. All members read them."""
    policy.require(acting.current(), "bilaterals.arrange", meeting)
    if not 5 <= slot_minutes <= 240:
        raise Refusal(_("A slot takes from 5 to 240 minutes."), "slot_minutes")
    if not 0 <= buffer_slots <= 6 or not 0 <= walking_slots <= 6:
        raise Refusal(_("At most six slots are kept free."), "buffer_slots")
    kept = windows(hours, "hours")
    slots = cut(hours, slot_minutes, meeting.zone)
    if not slots:
        raise Refusal(_("The hours hold no slot. Name from when until when bilaterals are held."), "hours")
    if len(slots) > MOST_SLOTS:
        raise Refusal(
            _("The hours hold %(n)d slots; %(most)d are the most.") % {"n": len(slots), "most": MOST_SLOTS}, "hours"
        )
    columns = {"slot_minutes": slot_minutes, "hours": kept, "buffer_slots": buffer_slots,
               "walking_slots": walking_slots, "answer_by": answer_by}  # fmt: skip
    row = Frame.objects.filter(meeting=meeting).first()
    if row is None:
        row = Frame.objects.create(meeting=meeting, audience=Audience.FORMAT, format_id=meeting.format_id, **columns)
        row.refresh_from_db()
    else:
        check_version(row, seen_version)
        for name, value in columns.items():
            setattr(row, name, value)
        save_next(row, list(columns))
    recording.record("bilaterals.framed", row, columns, meeting_id=meeting.pk)
    return row


@command
def set_room(
    *, meeting: Meeting, room: Resource, zone: str, size: str, closed: tuple[Span, ...] = (), used: bool = True,
    seen_version: int | None = None,
) -> RoomTerms:  # fmt: skip
    """Let a room of the format take bilaterals at this meeting, in a zone, of a size; or no longer."""
    policy.require(acting.current(), "bilaterals.arrange", meeting)
    if (room.format_id, room.kind) != (meeting.format_id, Resource.Kind.ROOM):
        raise Refusal(_("Choose a room of this format."), "room")
    if size not in Size.values:
        raise Refusal(_("Choose from the list."), "size")
    columns = {"zone": words(zone, "zone", 40), "size": size, "closed": windows(closed, "closed"), "used": used}
    row = RoomTerms.objects.filter(meeting=meeting, room=room).first()
    if row is None:
        row = RoomTerms.objects.create(
            meeting=meeting, room=room, audience=Audience.SECRETARIAT, format_id=meeting.format_id, **columns
        )
        row.refresh_from_db()
    else:
        check_version(row, seen_version)
        for name, value in columns.items():
            setattr(row, name, value)
        save_next(row, list(columns))
    recording.record("bilaterals.room", row, {**columns, "room": room.pk}, visible=False)
    return row


@command
def keep_apart(*, meeting: Meeting, one: UUID, other: UUID) -> Apart:
    """Keep two parties apart: never in one zone at one time. Only the secretariat reads it."""
    policy.require(acting.current(), "bilaterals.arrange", meeting)
    if one == other:
        raise Refusal(_("Choose two parties."), "other")
    first, second = sorted((one, other), key=str)
    if Apart.objects.filter(meeting=meeting, one=first, other=second, ended_at=None).exists():
        raise Refusal(_("They are kept apart already."), "other")
    row = Apart.objects.create(
        meeting=meeting, one_id=first, other_id=second, audience=Audience.SECRETARIAT, format_id=meeting.format_id
    )
    recording.record("bilaterals.apart", row, {"parties": [first, second]}, visible=False)
    return row


@command
def end_apart(*, apart: Apart) -> Apart:
    """Keep two parties apart no longer."""
    policy.require(acting.current(), "bilaterals.arrange", apart.meeting)
    check_version(apart, None)
    apart.ended_at = database_now()
    save_next(apart, ["ended_at"])
    recording.record("bilaterals.apart_ended", apart, {}, visible=False)
    return apart


@command
def block(
    *, meeting: Meeting, level: str, begins_at: datetime, ends_at: datetime, note: str = "",
    party_id: UUID | None = None, entry: Entry | None = None,
) -> Block:  # fmt: skip
    """Keep a time of one's principal free. The schedule keeps clear of it and tells nobody why."""
    policy.require(acting.current(), "bilaterals.keep_own", meeting)
    party = speaker(meeting.format_id, party_id, entry)
    occupancy.ends_after(begins_at, ends_at)
    if level not in Level.values:
        raise Refusal(_("Choose from the list."), "level")
    assert meeting.format_id is not None
    row = Block.objects.create(
        meeting=meeting, level=level, resource=principal(meeting.format_id, party, level), begins_at=begins_at,
        ends_at=ends_at, note=words(note, "note", 300), audience=Audience.DELEGATION, format_id=meeting.format_id,
        owner_party_id=party, entry_id=entry.pk if entry else None,
    )  # fmt: skip
    recording.record(
        "bilaterals.blocked", row, {"begins_at": begins_at, "ends_at": ends_at, "note": row.note}, visible=False
    )
    return row


@command
def unblock(*, block: Block) -> Block:
    """Take a block back."""
    _take_back(block)
    recording.record("bilaterals.unblocked", block, {}, visible=False)
    return block


@command
def book_room(
    *, meeting: Meeting, begins_at: datetime, ends_at: datetime, size: str = Size.SMALL, languages: tuple[str, ...] = (),
    note: str = "", party_id: UUID | None = None, entry: Entry | None = None,
) -> Booking:  # fmt: skip
    """Ask for a room at a time without naming the counterpart. The secretariat finds it; nobody else reads it."""
    policy.require(acting.current(), "bilaterals.keep_own", meeting)
    party = speaker(meeting.format_id, party_id, entry)
    occupancy.ends_after(begins_at, ends_at)
    if size not in Size.values:
        raise Refusal(_("Choose from the list."), "size")
    assert meeting.format_id is not None
    row = Booking.objects.create(
        meeting=meeting, begins_at=begins_at, ends_at=ends_at, size=size, languages=pair(languages),
        note=words(note, "note", 300), audience=Audience.PARTIES, format_id=meeting.format_id, owner_party_id=party,
        readers=[meeting.format_id], entry_id=entry.pk if entry else None,
    )  # fmt: skip
    recording.record(
        "bilaterals.booked", row, {"begins_at": begins_at, "ends_at": ends_at, "size": size}, meeting_id=meeting.pk
    )
    return row


@command
def unbook(*, booking: Booking) -> Booking:
    """Take a booking back. The room is free again with the next schedule."""
    _take_back(booking)
    recording.record("bilaterals.unbooked", booking, {}, meeting_id=booking.meeting_id)
    return booking


def _take_back(row: Block | Booking) -> None:
    """Withdraw a row of a delegation; corrected by itself it is its own act from then on."""
    _own_row(row.meeting, row.owner_party_id, row.entry_id)
    check_version(row, None)
    row.withdrawn_at = database_now()
    fields = ["withdrawn_at"]
    if acting.current().party_id == row.owner_party_id and row.entry_id is not None:
        row.entry = None
        fields.append("entry")
    save_next(row, fields)


def _own_row(meeting: Meeting, party: UUID | None, entry: UUID | None) -> None:
    actor = acting.current()
    policy.require(actor, "bilaterals.keep_own", meeting)
    if actor.party_id != party and not (entry is not None and actor.serves(meeting.format_id)):
        raise NotAllowed(_("Another delegation owns it."))
