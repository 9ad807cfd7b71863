"""What the tests of the whole house walk through: rows of every table, with words that only their readers may meet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sofra.bilaterals.engine.check import cost_of
from sofra.bilaterals.engine.problem import Placement as Placed
from sofra.bilaterals.engine.problem import Result
from sofra.bilaterals.models import Apart, Block, Booking, Placement, Request, Schedule
from sofra.meetings.contributions.agenda import SAMPLE, sample_meeting
from sofra.meetings.models import Meeting, Resource

HOUR = datetime(2027, 1, 23, 13, tzinfo=UTC)
SIDES = "AL+ME+secretariat"


def canaries(world: Any) -> None:
    """Requests in several states, a discreet one, blocks, bookings, a published schedule and a draft that is shared."""
    from sofra.bilaterals.commands import drafting, holding, places, publishing, requesting, timing
    from sofra.meetings.commands import resources

    with world.act("secretariat"):
        meeting = Meeting.objects.filter(format=world.format, slug=SAMPLE).first()
        if meeting is None:
            return
        zone = world.token("secretariat")
        places.set_frame(meeting=meeting, slot_minutes=20, hours=[(HOUR, HOUR + timedelta(hours=2))])
        room = resources.add_resource(world.format, "room", resources.About({"en": f"Salon {world.token(SIDES)}"}, 8))
        places.set_room(meeting=meeting, room=room, zone=zone, size="L")
        places.keep_apart(meeting=meeting, one=world.parties["TR"].pk, other=world.parties["BA"].pk)
        world.found["bilaterals.room"] = room.pk

    def ask(purpose: str, **more: Any) -> Request:
        with world.act("AL"):
            terms = requesting.Terms(
                others=(world.parties["ME"].pk,), purpose=f"Purpose {purpose}", room=world.token("AL+secretariat")
                if not more.get("discreet") else "", **more,
            )  # fmt: skip
            return requesting.ask(meeting=meeting, terms=terms)

    asked, declined = ask(world.token("AL")), ask(world.token("AL"))
    both, secret = ask(world.token("AL+ME"), purpose_to_both=True), ask(world.token("AL+ME"), discreet=True)
    with world.act("ME"):
        requesting.decline(request=declined, note=f"Reason {world.token('AL+ME')}")
        for row in (both, secret):
            requesting.accept(request=row)
        holding.arrange(request=both, receives=world.parties["ME"].pk, place=f"Suite {world.token(SIDES)}", company=2)
    with world.act("AL"):
        put = timing.put_time(
            request=secret, begins_at=HOUR, ends_at=HOUR + timedelta(minutes=20), place=f"Café {world.token('AL+ME')}"
        )
        places.block(
            meeting=meeting, level="minister", begins_at=HOUR + timedelta(hours=1), ends_at=HOUR + timedelta(hours=2),
            note=f"Block {world.token('AL')}",
        )  # fmt: skip
        places.book_room(
            meeting=meeting,
            begins_at=HOUR - timedelta(hours=1),
            ends_at=HOUR,
            note=f"Booking {world.token('AL+secretariat')}",
        )
        requesting.wish(request=asked, priority=1, room=f"Wish {world.token('AL+secretariat')}")
    with world.act("ME"):
        timing.confirm_time(request=secret, seen=put.pk)
    with world.act("secretariat"):
        publishing.publish(schedule=_draft(meeting, both))
        again = _draft(meeting, both)
        drafting.share(schedule=again)
        drafting.ask_schedule(meeting=meeting)
    with world.act("AL"):
        shared = Placement.objects.filter(schedule__isnull=False, request=both, current=False).first()
        assert shared is not None
        drafting.ask_swap(placement=shared, note=f"Swap {world.token('AL+secretariat')}")
        holding.say_held(request=both, state="held", came=f"Came {world.token(SIDES)}")
        holding.note(request=both, text=f"Note {world.token('AL')}")
        line = holding.put_readout(request=both, text=f"Line {world.token('format')}", language="en", for_all=True)
    with world.act("ME"):
        holding.agree_readout(readout=line)
    with world.act("AL"):
        holding.put_readout(request=both, text=f"Line {world.token(SIDES)}", language="en")
    world.found["bilaterals.request"], world.found["bilaterals.shared"] = both.pk, shared.pk
    world.found["bilaterals.secret"] = secret.pk


def _draft(meeting: Meeting, request: Request) -> Schedule:
    """A draft with one request in the second slot, written without a search."""
    from sofra.bilaterals.building import build
    from sofra.bilaterals.commands import drafting
    from sofra.bilaterals.engine.problem import Unplaced
    from sofra.bilaterals.facts import facts_of

    schedule = drafting.begin_schedule(meeting=meeting)
    facts = facts_of(meeting)
    assert facts is not None
    built = build(facts)
    name = next(key for key, line in built.lines.items() if line.row.pk == request.pk)
    placed = {name: Placed(name, "1", "r0")}
    left = tuple(Unplaced(key, "") for key in built.lines if key != name)
    cost = cost_of(built.problem, placed, built.published)
    return drafting.write_draft(schedule, built, Result("feasible", tuple(placed.values()), left, cost, None))


def samples() -> dict[str, Callable[[Any], dict[str, Any]]]:
    """Arguments for every route of the room."""
    whole = (
        "bilaterals", "bilateral_ask", "bilateral_block", "bilateral_book", "bilaterals_setting", "bilaterals_frame",
        "bilaterals_apart", "bilateral_schedules", "bilateral_solve", "bilateral_replan", "bilateral_review",
    )  # fmt: skip
    acts = (
        "", "_accept", "_decline", "_propose", "_withdraw", "_time", "_how", "_held", "_note", "_readout", "_readout_agree",
    )  # fmt: skip
    days = ("bilateral_day", "bilateral_day_print", "bilateral_day_pdf", "bilateral_day_ics")
    plans = (
        "bilateral_schedule",
        "bilateral_progress",
        "bilateral_share",
        "bilateral_drop",
        "bilateral_publish",
        "bilateral_stop",
    )
    found: dict[str, Callable[[Any], dict[str, Any]]] = dict.fromkeys(whole, sample_meeting)
    found |= {f"bilateral{each}": _request for each in acts}
    found["bilateral_time_confirm"] = _timed
    found |= dict.fromkeys(days, _day)
    found |= dict.fromkeys(plans, _schedule)
    found |= {
        "bilateral_unblock": _of("AL", "block", Block), "bilateral_unbook": _of("AL", "booking", Booking),
        "bilaterals_apart_end": _of("secretariat", "apart", Apart), "bilateral_lock": _placement,
        "bilateral_move": _placement, "bilateral_take_out": _placement,
        "bilateral_put_in": lambda world: {**_schedule(world), "key": world.found.get("bilaterals.request", UUID(int=0))},
        "bilateral_swap": lambda world: {
            **sample_meeting(world), "placement": world.found.get("bilaterals.shared", UUID(int=0)),
        },
        "bilaterals_room": _room,
    }  # fmt: skip
    return found


def _request(world: Any) -> dict[str, Any]:
    return {**sample_meeting(world), "request_key": world.found.get("bilaterals.request", UUID(int=0))}


def _timed(world: Any) -> dict[str, Any]:
    return {**sample_meeting(world), "request_key": world.found.get("bilaterals.secret", UUID(int=0))}


def _day(world: Any) -> dict[str, Any]:
    return {**sample_meeting(world), "party": world.parties["AL"].pk, "level": "minister"}


def _room(world: Any) -> dict[str, Any]:
    key = world.found.get("bilaterals.room")
    if key is None:
        with world.act("secretariat"):
            key = Resource.objects.filter(format=world.format, kind="room").values_list("pk", flat=True).first()
    return {**sample_meeting(world), "room": key or UUID(int=0)}


def _schedule(world: Any) -> dict[str, Any]:
    with world.act("secretariat"):
        row = Schedule.objects.filter(meeting__slug=SAMPLE, state="draft").first()
    return {**sample_meeting(world), "schedule": row.pk if row else UUID(int=0)}


def _placement(world: Any) -> dict[str, Any]:
    found = _schedule(world)
    with world.act("secretariat"):
        row = Placement.objects.filter(schedule=found["schedule"]).first()
    return {**found, "placement": row.pk if row else UUID(int=0)}


def _of(who: str, name: str, model: Any) -> Callable[[Any], dict[str, Any]]:
    def sample(world: Any) -> dict[str, Any]:
        with world.act(who):
            row = model.objects.filter(meeting__slug=SAMPLE).first()
        return {**sample_meeting(world), name: row.pk if row else UUID(int=0)}

    return sample
