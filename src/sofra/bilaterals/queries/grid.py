"""The grid of a schedule: its slots, its rooms, its placements; for the secretariat, and as far as others may read it.

Colours, shapes and dragging are the page's. Nothing here names a party: a page does so under the meeting's profile.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from sofra.bilaterals.engine.slots import Cut, cut, spans
from sofra.bilaterals.models import Block, Booking, Frame, Placement, RoomTerms, Schedule, Share
from sofra.bilaterals.queries.lines import Line, lines_of
from sofra.kernel import wordings
from sofra.meetings.models import Meeting, Resource


@dataclass
class Place:
    """A room that takes bilaterals: its row, its terms, its name in the reader's language."""

    room: Resource
    terms: RoomTerms
    name: wordings.Worded


@dataclass
class Cell:
    """A placement in the grid: its line (a request), or its booking; the slots it covers (ids of `Grid.slots`).

    `moved`: it stood elsewhere in the published schedule. `new`: it stood nowhere.
    """

    placement: Placement
    line: Line | None
    booking: Booking | None
    slots: list[str]
    moved: bool = False
    new: bool = False

    @property
    def parties(self) -> list[UUID]:
        """Who meets, as far as the reader may know: the sides, or the one that booked."""
        if self.line is not None:
            return self.line.parties
        return [self.booking.owner_party_id] if self.booking and self.booking.owner_party_id else []


@dataclass
class Grid:
    """A schedule to be drawn. `left_out`: accepted requests that stand nowhere in it."""

    schedule: Schedule | None
    slots: list[Cut]
    places: list[Place] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    left_out: list[Line] = field(default_factory=list)

    def at(self, room: UUID, slot: str) -> list[Cell]:
        """The cells of a room in a slot."""
        return [cell for cell in self.cells if cell.placement.room_id == room and slot in cell.slots]

    def of(self, party: UUID, slot: str) -> list[Cell]:
        """The cells of a party in a slot."""
        return [cell for cell in self.cells if party in cell.parties and slot in cell.slots]


def frame_of(meeting: Meeting) -> Frame | None:
    """The hours and rules of a meeting's bilaterals; None where none are set yet."""
    return Frame.objects.filter(meeting=meeting).first()


def slots_of(meeting: Meeting, frame: Frame | None) -> list[Cut]:
    """The slots of a meeting."""
    return cut(spans(frame.hours), frame.slot_minutes, meeting.zone) if frame is not None else []


def places_of(meeting: Meeting, language: str, *, unused: bool = False) -> list[Place]:
    """The rooms that take bilaterals, in the order of the format's rooms. The secretariat reads them. Two queries."""
    rows = RoomTerms.objects.filter(meeting=meeting).select_related("room")
    found = [row for row in rows if unused or (row.used and not row.room.retired)]
    found.sort(key=lambda row: (row.room.order, str(row.room_id)))
    wordings.attach([row.room for row in found], language)
    return [
        Place(row.room, row, row.room.worded.get("name") or wordings.Worded("", "", language))  # type: ignore[attr-defined]
        for row in found
    ]


def schedules_of(meeting: Meeting) -> list[Schedule]:
    """All schedules of a meeting, the newest first. The secretariat reads them."""
    return list(Schedule.objects.filter(meeting=meeting))


def get_schedule(meeting: Meeting, key: UUID) -> Schedule | None:
    """One schedule of a meeting."""
    return Schedule.objects.filter(meeting=meeting, pk=key).first()


def published_schedule(meeting: Meeting) -> Schedule | None:
    """The schedule that holds now."""
    return Schedule.objects.filter(meeting=meeting, state=Schedule.State.PUBLISHED).first()


def grid_of(meeting: Meeting, schedule: Schedule, language: str) -> Grid:
    """The grid of one schedule, for the secretariat."""
    frame = frame_of(meeting)
    slots = slots_of(meeting, frame)
    known = {line.row.pk: line for line in lines_of(meeting)}
    bookings = {row.pk: row for row in Booking.objects.filter(meeting=meeting)}
    standing = {
        row.request_id or row.booking_id: row
        for row in Placement.objects.filter(meeting=meeting, current=True, cancelled=False)
    }
    grid = Grid(schedule, slots, places_of(meeting, language))
    placed = set()
    for row in Placement.objects.filter(schedule=schedule, cancelled=False):
        key = row.request_id or row.booking_id
        placed.add(row.request_id)
        before = standing.get(key)
        moved = before is not None and (before.begins_at, before.room_id) != (row.begins_at, row.room_id)
        covered = [slot.id for slot in slots if row.begins_at < slot.ends and slot.begins < row.ends_at]
        line = known.get(row.request_id) if row.request_id else None
        booking = bookings.get(row.booking_id) if row.booking_id else None
        grid.cells.append(Cell(row, line, booking, covered, moved, before is None))
    grid.left_out = [
        line for line in known.values()
        if line.code == "accepted" and line.row.pk not in placed and line.agreed is None
    ]  # fmt: skip
    return grid


def own_share(meeting: Meeting, party: UUID | None, *, current: bool) -> Share | None:
    """What the reader's own delegation got: in the published schedule, or in the draft that is shown."""
    return Share.objects.filter(meeting=meeting, party=party, current=current).first() if party is not None else None


def own_blocks(meeting: Meeting) -> list[Block]:
    """The times the reader's own delegation keeps free."""
    return list(Block.objects.filter(meeting=meeting, withdrawn_at=None))


def bookings_of(meeting: Meeting) -> list[Booking]:
    """The rooms booked without naming a counterpart, as far as the reader may read them."""
    return list(Booking.objects.filter(meeting=meeting, withdrawn_at=None))
