"""A meeting with rooms and a team, and short ways to arrange its programme."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sofra.meetings.commands import programme, resources
from sofra.meetings.commands.convening import open_to_all
from sofra.meetings.models import Meeting, Resource, Session
from tests.meetings.convening_world import convened
from tests.support.world import World

#: 10:00 in Istanbul on the meeting's day.
BEGIN = datetime(2027, 1, 23, 7, tzinfo=UTC)


def meeting_of(world: World) -> Meeting:
    """A convened meeting everyone knows of, on 23 January 2027, with two rooms and a team in `world.found`."""
    meeting = convened(world, BEGIN)
    with world.act("secretariat"):
        open_to_all(meeting)
        for name in ("hall", "round"):
            about = resources.About({"en": f"The {name}", "tr": f"Oda {name}"}, 40)
            world.found[name] = resources.add_resource(world.format, "room", about)
        world.found["team"] = resources.add_resource(
            world.format, Resource.Kind.INTERPRETERS, resources.About({"en": "Booth"}, None, ("en", "tr"))
        )
    return meeting


def slot(world: World, hour: float, length: float = 1, room: str = "hall") -> programme.Slot:
    """So many hours after the beginning."""
    begins = BEGIN + timedelta(hours=hour)
    return programme.Slot(begins, begins + timedelta(hours=length), world.found[room] if room else None)


def add(
    world: World, meeting: Meeting, hour: float = 0, title: str = "Plenary", room: str = "hall", **more: Any
) -> Session:
    """A session, added by the secretariat."""
    length = more.pop("length", 1)
    with world.act("secretariat"):
        plan = programme.Plan(titles={"en": title, "tr": f"{title} (tr)"}, **more)
        return programme.add_session(meeting, plan, slot(world, hour, length, room))
