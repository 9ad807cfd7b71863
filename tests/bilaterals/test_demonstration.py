"""The rehearsal's day of bilaterals: every state, a published schedule, once, and never beside a real meeting."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sofra.bilaterals.demonstration import add_bilaterals
from sofra.bilaterals.models import Frame, Placement
from sofra.bilaterals.queries.lines import lines_of
from sofra.meetings.models import Meeting
from tests.bilaterals.support import DAY, meeting_of, table
from tests.support.world import World

pytestmark = pytest.mark.usefixtures("house")


def bare() -> World:
    world = table()
    with world.act("secretariat"):
        Meeting.objects.create(
            slug="4", ordinal=4, day=DAY.date(), zone="Europe/Istanbul", format=world.format, audience="format",
            begins_at=DAY, ends_at=DAY + timedelta(hours=8), exercise=True,
        )  # fmt: skip
    return world


def test_the_rehearsal_carries_requests_in_every_state_and_a_published_schedule() -> None:
    world = bare()
    with world.act("secretariat"):
        row = Meeting.objects.select_related("format").get(slug="4")
    assert add_bilaterals(row) > 15
    assert add_bilaterals(row) == 0
    later = DAY
    codes = set()
    for who in ("TR", "AL", "BA", "ME", "MK", "RS", "XK"):
        with world.act(who):
            codes |= {line.code.value for line in lines_of(row)}
            codes |= {line.code.value for line in lines_of(row, later)}
    assert codes == {"asked", "accepted", "declined", "proposed", "withdrawn", "lapsed"}
    with world.act("secretariat"):
        assert Placement.objects.filter(meeting=row, current=True).count() >= 9


def test_nothing_invented_is_laid_beside_a_real_meeting() -> None:
    world = bare()
    with world.act("secretariat"):
        Meeting.objects.filter(slug="4").update(exercise=False)
        row = Meeting.objects.select_related("format").get(slug="4")
    assert add_bilaterals(row) == 0
    with world.act("secretariat"):
        assert not Frame.objects.filter(meeting=row).exists()
    assert add_bilaterals(meeting_of(world)) == 0
