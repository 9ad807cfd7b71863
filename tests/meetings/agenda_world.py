"""A meeting to decide in, and short words for what parties do there."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sofra.kernel.commands import database_now, enter_for
from sofra.kernel.models import Audience, Entry
from sofra.meetings.commands import agenda
from sofra.meetings.models import AgendaItem, Meeting
from tests.support.world import World


def make_meeting(world: World, slug: str = "3", **more: Any) -> Meeting:
    """A meeting of the platform, as its secretariat would convene it."""
    with world.act("secretariat"):
        return Meeting.objects.create(
            format=world.format, slug=slug, day=date(2027, 1, 23), zone="Europe/Istanbul",
            working_languages=["en", "tr"], audience=Audience.PUBLIC, **more,
        )  # fmt: skip


def entry_for(world: World, code: str) -> Entry:
    """A note verbale of a party, entered now. Call it as the secretariat."""
    return enter_for(
        world.parties[code].pk, world.format.pk, channel="note",
        received_at=datetime(2026, 1, 5, 9, 0, tzinfo=UTC), reference="N 1",
    )  # fmt: skip


def drafted(world: World, meeting: Meeting, code: str, title: str = "Item") -> AgendaItem:
    """A draft of a party."""
    with world.act(code):
        return agenda.propose(meeting=meeting, title={"en": title}, note={"en": f"Note on {title}"})


def submitted(world: World, meeting: Meeting, code: str, title: str = "Item") -> AgendaItem:
    """An item a party proposed to all members."""
    item = drafted(world, meeting, code, title)
    with world.act(code):
        return agenda.submit_item(item=item)


def soon(seconds: float = 3600) -> datetime:
    """An instant that many seconds from now, by the database's clock."""
    return database_now() + timedelta(seconds=seconds)


def wait_until(instant: datetime) -> None:
    """Sleep until an instant has passed by the database's clock; however loaded the machine is, what follows comes after."""
    while (left := (instant - database_now()).total_seconds()) >= 0:
        time.sleep(left + 0.01)
