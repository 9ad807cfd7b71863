"""What each delegation got: counted by the stated formula, told to each for itself and to the secretariat for all."""

from __future__ import annotations

import pytest

from sofra.bilaterals.commands import by_hand, drafting
from sofra.bilaterals.models import Placement, Schedule, Share
from tests.bilaterals.support import accepted, at, published, solved, table, url
from tests.support.clients import client_of
from tests.support.world import World

pytestmark = pytest.mark.usefixtures("house")


def of(world: World, who: str) -> list[tuple[int, int, int, int, bool]]:
    """What somebody reads of all shares there are: requests, held, gaps, burden, of the published schedule or not."""
    with world.act(who):
        rows = Share.objects.order_by("current", "party_id")
        return [(row.requests, row.held, row.gaps, row.burden, row.current) for row in rows]


def board(world: World, who: str, name: str = "bilaterals") -> str:
    return " ".join(client_of(world, who).get(url(name)).content.decode().split())


def test_each_delegation_reads_its_own_share_and_nobody_elses() -> None:
    world = table(rooms=1)
    for other in ("AL", "BA"):
        accepted(world, "TR", other, windows=((at(0), at(1)),))
    accepted(world, "RS", "ME")
    draft = solved(world)
    assert [of(world, who) for who in ("TR", "RS", "AL", "BA", "observer", "visitor", "secretariat")] == [[]] * 7
    published(world, draft)
    assert of(world, "TR") == [(2, 1, 0, 50, True)]
    assert of(world, "RS") == [(1, 1, 0, 0, True)]
    assert sorted(of(world, "AL") + of(world, "BA")) == [(1, 0, 0, 100, True), (1, 1, 0, 0, True)]
    assert [of(world, who) for who in ("XK", "observer", "facilitator", "visitor")] == [[]] * 4
    assert len(of(world, "secretariat")) == 5
    assert "Held for your delegation: 1 of 2 possible requests." in board(world, "TR")
    assert "Burden: 50 %." in board(world, "TR")
    assert "Held for your delegation: 1 of 1 possible request." in board(world, "RS")
    assert "Held for your delegation" not in board(world, "XK") + board(world, "secretariat")


def test_what_a_hand_does_in_a_draft_counts_as_soon_as_it_is_shown() -> None:
    world = table()
    first = accepted(world, "TR", "AL")
    second, third = accepted(world, "TR", "BA"), accepted(world, "TR", "RS")
    draft = solved(world)
    with world.act("secretariat"):
        for row in Placement.objects.filter(schedule=draft).select_related("meeting", "schedule", "room", "request"):
            if row.request_id == third.pk:
                by_hand.take_out(placement=row)
                continue
            slot = {first.pk: 0, second.pk: 8}[row.request_id]
            drafting.move(placement=row, begins_at=at(slot), ends_at=at(slot + 1), room=row.room)  # type: ignore[arg-type]
        drafting.share(schedule=Schedule.objects.select_related("meeting").get(pk=draft.pk))
    assert of(world, "TR") == [(3, 2, 1, 41, False)]
    assert of(world, "RS") == [(1, 0, 0, 100, False)]
    assert "Held for your delegation: 2 of 3 possible requests. 1 gap between meetings. Burden: 41 %." in board(
        world, "TR", "bilateral_review"
    )
    with world.act("secretariat"):
        drafting.drop(schedule=Schedule.objects.select_related("meeting").get(pk=draft.pk))
    assert of(world, "TR") == []


def test_a_long_meeting_counts_and_the_next_schedule_makes_the_last_share_past() -> None:
    world = table()
    accepted(world, "TR", "AL", slots=3)
    published(world)
    assert of(world, "AL") == [(1, 1, 0, 0, True)]
    accepted(world, "AL", "BA")
    published(world)
    assert [row[:2] for row in of(world, "AL")] == [(2, 2)]
    assert sum(row[4] for row in of(world, "secretariat")) == 3
    with world.act("secretariat"):
        schedule = Schedule.objects.get(state="published")
        assert {each["requests"] for each in schedule.shares} == {1, 2}
