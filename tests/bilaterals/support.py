"""A meeting with seven delegations, hours, rooms and a team of interpreters, to ask for bilaterals in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from sofra.bilaterals.commands import drafting, places, publishing, requesting
from sofra.bilaterals.models import Placement, Request, Schedule
from sofra.bilaterals.queries.lines import Line, get_line
from sofra.kernel.commands import enter_for
from sofra.kernel.models import Audience, Entry, JobProgress
from sofra.lexicon.models import PartyWording
from sofra.meetings.commands import resources
from sofra.meetings.models import Meeting
from tests.cooperation.support import NAMES
from tests.support.world import World, make_world

ZONE = "Europe/Istanbul"
DAY = (datetime.now(UTC) + timedelta(days=30)).replace(hour=6, minute=0, second=0, microsecond=0)
#: Slots of twenty minutes: from 9:00 to 12:00 at the meeting.
HOURS = [(DAY, DAY + timedelta(hours=3))]


def at(slot: int) -> datetime:
    """When a slot begins."""
    return DAY + timedelta(minutes=20 * slot)


def table(rooms: int = 2, world: World | None = None) -> World:
    """The world with a meeting, its hours and rooms."""
    world = world or make_world()
    with world.act("secretariat"):
        for order, (code, name) in enumerate(NAMES.items()):
            PartyWording.objects.create(
                record_id=code, party=world.parties[code], language="en", form=name, use="record", order=order,
                audience=Audience.PUBLIC,
            )  # fmt: skip
        meeting = Meeting.objects.create(
            slug="3", ordinal=3, day=DAY.date(), zone=ZONE, format=world.format, audience=Audience.FORMAT, begins_at=DAY,
            ends_at=DAY + timedelta(hours=8), exercise=True, status="convened",
        )  # fmt: skip
        meeting.refresh_from_db()
        places.set_frame(meeting=meeting, slot_minutes=20, hours=HOURS)
        for number in range(rooms):
            room = resources.add_resource(world.format, "room", resources.About({"en": f"Room {number}"}, 12))
            places.set_room(meeting=meeting, room=room, zone="A", size="L" if number == 0 else "S")
        resources.add_resource(world.format, "interpreters", resources.About({"en": "Booth"}, None, ("sq", "tr")))
    return world


def meeting_of(world: World) -> Meeting:
    return Meeting.objects.select_related("format").get(format=world.format, slug="3")


def ask(world: World, who: str, *others: str, **more: Any) -> Request:
    with world.act(who):
        terms = requesting.Terms(others=tuple(world.parties[each].pk for each in others), **more)
        return requesting.ask(meeting=meeting_of(world), terms=terms)


def accept(world: World, request: Request, who: str, **more: Any) -> None:
    with world.act(who):
        requesting.accept(request=Request.objects.get(pk=request.pk), **more)


def accepted(world: World, who: str, *others: str, **more: Any) -> Request:
    made = ask(world, who, *others, **more)
    for each in others:
        accept(world, made, each)
    return made


def line(world: World, request: Request, who: str) -> Line | None:
    with world.act(who):
        return get_line(meeting_of(world), request.pk)


def entry_for(world: World, owner: str) -> Entry:
    return enter_for(
        world.parties[owner].pk, world.format.pk, channel="note", received_at=datetime.now(UTC) - timedelta(hours=1)
    )


def solved(world: World, begun_from: Schedule | None = None, seconds: int = 5) -> Schedule:
    """A draft, worked out here and now as its job does it."""
    from sofra.bilaterals.building import build
    from sofra.bilaterals.commands.drafting import write_draft
    from sofra.bilaterals.engine.solve import solve
    from sofra.bilaterals.facts import facts_of

    with world.act("secretariat"):
        schedule = drafting.begin_schedule(meeting=meeting_of(world), seconds=seconds, begun_from=begun_from)
        facts = facts_of(meeting_of(world), begun_from)
        assert facts is not None
        built = build(facts)
        result = solve(built.problem, seconds=seconds, seed=1, published=built.published)
        return write_draft(Schedule.objects.select_related("meeting").get(pk=schedule.pk), built, result)


def work(world: World) -> None:
    """Do what a worker does: the search that was asked for last, as the seat that asked for it."""
    from sofra.bilaterals.jobs import solve_schedule

    with world.act("secretariat"):
        row = Schedule.objects.filter(state="solving").order_by("-number")[0]
        job = JobProgress.objects.select_related("seat").get(pk=row.job)
    assert job.seat is not None
    solve_schedule.run(str(job.pk), str(job.seat_id), str(job.seat.account_id), schedule=str(row.pk))


def published(world: World, schedule: Schedule | None = None) -> publishing.Changes:
    schedule = schedule or solved(world)
    with world.act("secretariat"):
        return publishing.publish(schedule=Schedule.objects.select_related("meeting").get(pk=schedule.pk))


def placement(world: World, request: Request) -> Placement | None:
    with world.act("secretariat"):
        return Placement.objects.filter(request=request, current=True, cancelled=False).first()


def url(name: str, **kwargs: Any) -> str:
    with override("en"):
        return reverse(name, kwargs={"format": "platform", "meeting": "3", **kwargs})
