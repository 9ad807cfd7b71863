"""The grid of a schedule: time by room, or time by principal; and while it is being worked out, how far that is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sofra.bilaterals import sentences
from sofra.bilaterals.models import Schedule, Swap
from sofra.bilaterals.pricing import PARTS, part_words
from sofra.bilaterals.queries.grid import Cell, Grid, bookings_of, grid_of
from sofra.bilaterals.queries.lines import Line
from sofra.bilaterals.views.common import language, members
from sofra.bilaterals.views.solving import of_place, standing_of
from sofra.kernel import wordings
from sofra.kernel.doors import SECRETARIAT, door
from sofra.lexicon.naming import order_parties
from sofra.meetings.models import Meeting
from sofra.meetings.programme_lines import day_title


@dataclass
class Shown:
    """A meeting in a cell of the page. `goes_on`: it began in an earlier slot."""

    cell: Cell
    names: str
    level: str
    room: str
    said: str
    marks: list[tuple[str, str]] = field(default_factory=list)
    goes_on: bool = False

    @property
    def classes(self) -> str:
        """The classes of its marks."""
        return " ".join(f"met-{code}" for code, _word in self.marks)


@dataclass
class Row:
    """A slot of the grid: its clock, and in each column the meetings."""

    slot: str
    clock: str
    cells: list[tuple[str, list[Shown]]]


@dataclass
class Day:
    """A day of the grid."""

    title: str
    rows: list[Row] = field(default_factory=list)


def shown_of(cell: Cell, zone: str, slot: str = "", *, published: bool = False, of: UUID | None = None) -> Shown:
    """A cell in words and marks. In the column of a party, `of`, the others are named."""
    placement, line = cell.placement, cell.line
    names = " – ".join(sentences.name(each) for each in cell.parties if each != of or line is None)
    if line is None:
        names = _("A room for %(party)s") % {"party": names}
    marks = []
    if placement.locked:
        marks.append(("locked", _("locked")))
    if cell.moved and not published:
        marks.append(("moved", _("moved")))
    elif cell.new and not published:
        marks.append(("new", _("new")))
    elif published or placement.current or not cell.new:
        marks.append(("published", _("published")))
    level = line.level_words if line is not None and line.level != "minister" else ""
    return Shown(
        cell, names, level, wordings.choose(placement.room_words, language()).text,
        sentences.moved(placement.before, placement.begins_at, placement.why, zone) if placement.before else "", marks,
        goes_on=bool(slot and cell.slots and cell.slots[0] != slot),
    )  # fmt: skip


def days_of(grid: Grid, columns: list[UUID], zone: str, *, by_room: bool, published: bool) -> list[Day]:
    """The grid's rows, day by day."""
    found: dict[str, Day] = {}
    for slot in grid.slots:
        day = found.get(slot.day)
        if day is None:
            day = found[slot.day] = Day(day_title(date.fromisoformat(slot.day)))
        at = grid.at if by_room else grid.of
        cells = [
            (
                str(key),
                [
                    shown_of(cell, zone, slot.id, published=published, of=None if by_room else key)
                    for cell in at(key, slot.id)
                ],
            )
            for key in columns
        ]
        clock = f"{sentences.clock(slot.begins, zone)}–{sentences.clock(slot.ends, zone)}"
        day.rows.append(Row(slot.id, clock, cells))
    return list(found.values())


def left_of(grid: Grid, schedule: Schedule, zone: str) -> list[tuple[Line, str, str]]:
    """What the schedule leaves out: the line, who, and why."""
    why = {each.get("request"): each.get("facts", []) for each in schedule.unplaced}
    found = []
    for line in grid.left_out:
        facts = why.get(str(line.row.pk))
        said = _("It was taken out by hand, or accepted since.") if facts is None else sentences.left_out(facts, zone)
        found.append((line, " – ".join(sentences.name(each) for each in line.parties), said))
    return found


def rooms_left(schedule: Schedule, meeting: Meeting) -> list[tuple[str, str, str]]:
    """Rooms that were booked and found none: for whom, when, why."""
    why = {each["booking"]: each.get("facts", []) for each in schedule.unplaced if "booking" in each}
    if not why:
        return []
    return [
        (
            _("A room for %(party)s") % {"party": sentences.name(row.owner_party_id) if row.owner_party_id else ""},
            sentences.when(row.begins_at, meeting.zone), sentences.left_out(why[str(row.pk)], meeting.zone),
        )
        for row in bookings_of(meeting) if str(row.pk) in why
    ]  # fmt: skip


def shares_of(schedule: Schedule) -> list[dict[str, Any]]:
    """What each delegation got, in the order of names."""
    by_party = {UUID(each["party"]): each for each in schedule.shares}
    return [{**by_party[party], "name": sentences.name(party)} for party in order_parties(list(by_party), language())]


@door(GET=SECRETARIAT)
def schedule(request: HttpRequest, format: str, meeting: str, schedule: UUID) -> HttpResponse:
    """One schedule."""
    row, one = of_place(request, format, meeting, schedule)
    if one.state == Schedule.State.SOLVING:
        return render(request, "bilaterals/solving.html", standing_of(row, one))
    return render(request, "bilaterals/grid.html", grid_context(request, row, one))


def swaps_of(schedule: Schedule, lines: dict[UUID, str]) -> list[dict[str, Any]]:
    """The changes that delegations asked for in a draft."""
    rows = Swap.objects.filter(about__schedule=schedule).select_related("about")
    return [
        {
            "by": sentences.name(row.owner_party_id) if row.owner_party_id else "", "note": row.note, "about": row.about_id,
            "names": lines.get(row.about_id, ""),
        }
        for row in rows
    ]  # fmt: skip


def grid_context(request: HttpRequest, row: Meeting, one: Schedule) -> dict[str, Any]:
    """What the page of a grid shows."""
    grid = grid_of(row, one, language())
    by_room = request.GET.get("by") != "principal"
    published = one.state == Schedule.State.PUBLISHED
    parties = order_parties(
        list({*(party.pk for party in members(row)), *(p for c in grid.cells for p in c.parties)}), language()
    )
    heads: list[tuple[UUID, str, Any]] = [(place.room.pk, str(place.name), place) for place in grid.places] if by_room else [
        (party, sentences.name(party), None) for party in parties
    ]  # fmt: skip
    days = days_of(grid, [key for key, _name, _place in heads], row.zone, by_room=by_room, published=published)
    drawn = {place.room.pk for place in grid.places}
    outside = [cell for cell in grid.cells if not cell.slots or (by_room and cell.placement.room_id not in drawn)]
    words = part_words()
    return {
        "meeting": row, "schedule": one, "by_room": by_room, "heads": heads, "days": days,
        "outside": [shown_of(cell, row.zone, published=published) for cell in outside],
        "left": left_of(grid, one, row.zone), "rooms_left": rooms_left(one, row),
        "swaps": swaps_of(one, {cell.placement.pk: shown_of(cell, row.zone).names for cell in grid.cells}),
        "shares": shares_of(one), "editable": one.state == Schedule.State.DRAFT,
        "costs": [(words[part], one.cost.get(part, 0)) for part in PARTS] if one.cost else [], "count": len(grid.cells),
        "locked": sum(cell.placement.locked for cell in grid.cells),
        "changed": sum(cell.moved or cell.new for cell in grid.cells),
        "proven": one.found == "optimal", "stopped": one.ended == "stop",
        "before_search": one.found == "feasible" and one.ended == "proof",
        "sign": {"draft": "draft", "published": "adopted", "replaced": "lapsed", "dropped": "withdrawn"}[one.state],
    }  # fmt: skip
