"""Drafts of a schedule: ask for one, write what was found, lock and move by hand, share it, drop it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from sofra.bilaterals.building import Built, Fixed
from sofra.bilaterals.commands.by_hand import changing, fitting, free_team
from sofra.bilaterals.commands.common import words
from sofra.bilaterals.commands.shares import tell_shares
from sofra.bilaterals.engine.problem import Result
from sofra.bilaterals.explaining import fixed_left_out, key_of, unplaced_value, why_moved
from sofra.bilaterals.models import Placement, Schedule, Swap
from sofra.bilaterals.policy import sides_of
from sofra.bilaterals.sharing import cost_of, gots
from sofra.kernel import acting, policy, recording, wordings
from sofra.kernel.commands import check_version, command, database_now, lock_subject, save_next
from sofra.kernel.models import Audience
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.meetings.models import Meeting, Resource

S = Schedule.State
OPEN = (S.DRAFT, S.SOLVING)


@command
def begin_schedule(*, meeting: Meeting, seconds: int = 10, begun_from: Schedule | None = None) -> Schedule:
    """Make the row a draft will be written to."""
    policy.require(acting.current(), "bilaterals.arrange", meeting)
    if not 1 <= seconds <= 300:
        raise Refusal(_("A search takes from 1 to 300 seconds."), "seconds")
    lock_subject(meeting.pk)
    last = Schedule.objects.filter(meeting=meeting).aggregate(last=Max("number"))["last"] or 0
    row = Schedule.objects.create(
        meeting=meeting, number=last + 1, seconds=seconds, begun_from=begun_from, made_at=database_now(),
        audience=Audience.SECRETARIAT, format_id=meeting.format_id,
    )  # fmt: skip
    row.refresh_from_db()
    recording.record("bilaterals.solving", row, {"number": row.number, "seconds": seconds}, visible=False)
    return row


@command
def ask_schedule(*, meeting: Meeting, seconds: int = 10, begun_from: Schedule | None = None) -> Schedule:
    """Ask for a schedule to be worked out in the background. What is locked in `begun_from` stays where it is.

    What is published is kept as far as that is possible: each change costs, and is explained. Answers the row the draft will be.
    """
    from sofra.bilaterals.jobs import solve_schedule

    row = begin_schedule(meeting=meeting, seconds=seconds, begun_from=begun_from)
    row.job = solve_schedule.ask(schedule=row.pk).pk
    row.save(update_fields=["job"])
    return row


@command
def write_draft(schedule: Schedule, built: Built, result: Result) -> Schedule:
    """Write what was found as a draft, with what is left out and why. Raises Refusal where nothing was found."""
    policy.require(acting.current(), "bilaterals.arrange", schedule.meeting)
    check_version(schedule, schedule.version)
    if schedule.state != S.SOLVING:
        raise Refusal(_("This schedule was worked out already."))
    if result.status not in ("optimal", "feasible"):
        raise Refusal(_("No schedule holds everything that is locked. Unlock something, and solve again."))
    placed = _placed(built, result)
    names = wordings.of({fixed.room.pk for fixed in placed})
    for fixed in placed:
        _write(schedule, built, fixed, names)
    schedule.state, schedule.found, schedule.bound, schedule.ended = S.DRAFT, result.status, result.bound, result.ended
    cost = result.cost
    if built.longer:  # the search knows nothing of them, so that nothing is proven of the whole
        places = {
            fixed.line.row.pk: (fixed.begins, fixed.ends, fixed.room.pk) for fixed in placed if fixed.line is not None
        }
        cost = cost_of(built.facts, places, built.problem.weights)
        schedule.found, schedule.bound = "feasible", None
    schedule.cost = {part: getattr(cost, part) for part in ("total", "missed", "gap", "moved", "dropped", "unfair")}
    schedule.unplaced = [*fixed_left_out(built), *(unplaced_value(built, each) for each in result.unplaced)]
    spans = {fixed.line.row.pk: (fixed.begins, fixed.ends) for fixed in placed if fixed.line is not None}
    schedule.shares = [
        {"party": str(each.party), "requests": each.requests, "held": each.held, "gaps": each.gaps, "burden": each.burden}
        for each in gots(built.facts, spans)
    ]  # fmt: skip
    save_next(schedule, ["state", "found", "ended", "bound", "cost", "unplaced", "shares"])
    recording.record(
        "bilaterals.drafted", schedule,
        {"cost": schedule.cost, "bound": result.bound, "ended": result.ended, "placed": len(placed)},
        meeting_id=schedule.meeting_id,
    )  # fmt: skip
    return schedule


def _placed(built: Built, result: Result) -> list[Fixed]:
    """Everything with its room and its team; locked meetings keep their room where their zone allows it."""
    rooms = _rooms(built, result)
    found = list(built.fixed)
    for each in result.placed:
        slot, line = built.slots[each.slot], built.lines[each.request]
        team = None
        if built.facts.interpreted(line):
            for candidate in built.teams[frozenset(line.row.languages)]:
                taken = built.facts.taken.get(candidate.pk, [])
                held = [
                    fixed for fixed in found
                    if fixed.team == candidate and fixed.begins < slot.ends and slot.begins < fixed.ends
                ]  # fmt: skip
                if not held and not any(b < slot.ends and slot.begins < e for b, e in taken):
                    team = candidate
                    break
        found.append(Fixed(slot.begins, slot.ends, rooms[each.request], team, line=line))
    return found


def _rooms(built: Built, result: Result) -> dict[str, Resource]:
    """Room by request. The engine locks a time, not a room: within a zone, a locked meeting trades back to its own."""
    at = {each.request: each.room for each in result.placed}
    slots = {each.request: each.slot for each in result.placed}
    kinds = {each.id: (each.zone, each.size) for each in built.problem.rooms}
    shut = {each.id: each.unavailable for each in built.problem.rooms}
    names = {room.pk: name for name, room in built.rooms.items()}
    for name, room in list(at.items()):
        line = built.lines[name]
        wanted = built.facts.wanted(line) if built.facts.locked(line) else None
        own = names.get(wanted.room_id) if wanted is not None and wanted.room_id else None
        if own is None or own == room or kinds[own] != kinds[room] or slots[name] in shut[own]:
            continue
        holder = next((other for other, place in at.items() if place == own and slots[other] == slots[name]), None)
        at[name] = own
        if holder is not None:
            at[holder] = room
    return {name: built.rooms[room] for name, room in at.items()}


def _write(schedule: Schedule, built: Built, fixed: Fixed, names: Any) -> Placement:
    facts, key = built.facts, key_of(fixed)
    before, base = facts.standing.get(key), facts.base.get(key)
    moved = before is not None and (before.begins_at, before.room_id) != (fixed.begins, fixed.room.pk)
    why: list[dict[str, Any]] = []
    if moved and before is not None and fixed.line is not None:
        why = why_moved(facts, fixed.line, before)
    elif moved:
        why = [{"kind": "others"}]
    return Placement.objects.create(
        schedule=schedule, meeting=schedule.meeting, request=fixed.line.row if fixed.line else None, booking=fixed.booking,
        begins_at=fixed.begins, ends_at=fixed.ends, room=fixed.room, team=fixed.team,
        room_words=names.get(fixed.room.pk, {}).get("name", {}),
        locked=(base is not None and base.locked and base.begins_at == fixed.begins), before=stood(before) if moved else {},
        why=why, sequence=before.sequence if before is not None else 0, audience=Audience.SECRETARIAT,
        format_id=schedule.format_id,
    )  # fmt: skip


def stood(before: Placement | None) -> dict[str, Any]:
    """Where something stood, to keep in a row."""
    if before is None:
        return {}
    return {"begins": before.begins_at.isoformat(), "ends": before.ends_at.isoformat(), "room": before.room_words}


@command
def lock(*, placement: Placement, locked: bool = True, seen_version: int | None = None) -> Placement:
    """Keep a meeting of a draft where it is when the draft is solved again; or no longer."""
    _arranging(placement, seen_version)
    placement.locked = locked
    save_next(placement, ["locked"])
    recording.record("bilaterals.locked", placement, {"locked": locked}, visible=False)
    return placement


@command
def move(
    *, placement: Placement, begins_at: datetime, ends_at: datetime, room: Resource, seen_version: int | None = None
) -> Placement:
    """Move a meeting of a draft by hand; it is locked there. In a draft it may overlap; publishing refuses what does."""
    _arranging(placement, seen_version)
    fitting(placement.schedule, begins_at, ends_at, room, "ends")
    before = Placement.objects.filter(
        meeting=placement.meeting, request=placement.request_id, booking=placement.booking_id, current=True,
        cancelled=False,
    ).first()  # fmt: skip
    placement.begins_at, placement.ends_at, placement.room, placement.locked = begins_at, ends_at, room, True
    placement.room_words = wordings.of([room]).get(room.pk, {}).get("name", {})
    if placement.team is not None and placement.request is not None:
        languages = placement.request.languages
        placement.team = free_team(placement.schedule, languages, begins_at, ends_at, but=placement)
    same = before is not None and (before.begins_at, before.room_id) == (begins_at, room.pk)
    placement.before = {} if same else stood(before)
    placement.why = [] if same or before is None else [{"kind": "hand"}]
    save_next(placement, ["begins_at", "ends_at", "room", "room_words", "team", "locked", "before", "why"])
    details = {"begins_at": begins_at, "ends_at": ends_at, "room": room.pk}
    recording.record("bilaterals.moved_by_hand", placement, details, visible=False)
    return placement


def _arranging(placement: Placement, seen_version: int | None) -> None:
    changing(placement.schedule)
    check_version(placement, seen_version)
    placement.refresh_from_db()


@command
def share(*, schedule: Schedule) -> Schedule:
    """Let the sides read where a draft has their own meetings, to look over before it is published."""
    policy.require(acting.current(), "bilaterals.arrange", schedule.meeting)
    check_version(schedule, None)
    schedule.refresh_from_db()
    if schedule.state != S.DRAFT:
        raise Refusal(_("Only a draft is shared."))
    schedule.shared_at = database_now()
    save_next(schedule, ["shared_at"])
    for placement in schedule.placements.select_related("request", "booking"):
        for name, value in readers_of(placement).items():
            setattr(placement, name, value)
        save_next(placement, ["audience", "readers"])
        recording.record("bilaterals.shared", placement, {}, meeting_id=schedule.meeting_id)
    tell_shares(schedule)
    recording.record("bilaterals.draft_shared", schedule, {"number": schedule.number}, visible=False)
    return schedule


@command
def drop(*, schedule: Schedule) -> Schedule:
    """Put a draft away. Its sides, where it was shared, read it no longer."""
    policy.require(acting.current(), "bilaterals.arrange", schedule.meeting)
    check_version(schedule, None)
    schedule.refresh_from_db()
    if schedule.state not in OPEN:
        raise Refusal(_("Only a draft is put away."))
    schedule.state = S.DROPPED
    save_next(schedule, ["state"])
    schedule.placements.update(audience=Audience.SECRETARIAT, readers=[])
    schedule.delegations.update(audience=Audience.SECRETARIAT, readers=[])
    recording.record("bilaterals.dropped_draft", schedule, {"number": schedule.number}, visible=False)
    return schedule


@command
def ask_swap(*, placement: Placement, note: str) -> Swap:
    """Ask the secretariat to change something in one's own day. It answers by the next draft."""
    actor = acting.current()
    if actor.party_id is None or actor.party_id not in _own(placement):
        raise NotAllowed(_("A delegation asks for changes of its own day."))
    text = words(note, "note", 500)
    if not text:
        raise Refusal(_("Write what should change."), "note")
    row = Swap.objects.create(
        about=placement, note=text, at=database_now(), audience=Audience.PARTIES, format_id=placement.format_id,
        owner_party_id=actor.party_id, readers=[placement.format_id],
    )  # fmt: skip
    recording.record("bilaterals.swap_asked", row, {"note": text}, meeting_id=placement.meeting_id)
    return row


def _own(placement: Placement) -> list[UUID | None]:
    if placement.request is not None:
        return list(sides_of(placement.request))
    return [placement.booking.owner_party_id] if placement.booking is not None else []


def readers_of(placement: Placement) -> dict[str, Any]:
    """The readers of a placement that is shared or published: its sides, or the one that booked."""
    sides = [party for party in _own(placement) if party is not None]
    return {"audience": Audience.PARTIES, "readers": sides}
