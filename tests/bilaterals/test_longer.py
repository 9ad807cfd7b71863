"""Meetings of several slots, and what a move costs: by the same count, whoever made it."""

from __future__ import annotations

from itertools import combinations

import pytest

from sofra.bilaterals import sentences
from sofra.bilaterals.commands import drafting, places
from sofra.bilaterals.models import Request, Schedule
from sofra.bilaterals.pricing import Price, Pricer, Target
from tests.bilaterals.support import ZONE, accepted, at, meeting_of, solved, table
from tests.support.world import World

pytestmark = pytest.mark.usefixtures("house")


def priced(world: World, draft: Schedule, request: Request, slot: int) -> Price:
    """What it costs to move a request of a draft to a slot, in the room in which it stands, for as long as it takes."""
    with world.act("secretariat"):
        draft = Schedule.objects.select_related("meeting").get(pk=draft.pk)
        row = draft.placements.select_related("room").get(request=request)
        assert row.room is not None
        target = Target(at(slot), at(slot) + (row.ends_at - row.begins_at), row.room)
        return Pricer(draft.meeting, draft).price(request.pk, target)


def test_the_price_of_a_move_is_counted_as_the_search_counts() -> None:
    world = table(rooms=1)
    for number, pair in enumerate(combinations(("TR", "AL", "BA", "RS"), 2)):
        accepted(world, *pair, priority=1 + number % 3, windows=((at(0), at(5)),))
    draft = solved(world)
    assert draft.cost["missed"] and draft.bound == draft.cost["total"]
    with world.act("secretariat"):
        first = Request.objects.get(pk=draft.placements.order_by("begins_at")[0].request_id)
    assert priced(world, draft, first, 8).before == draft.cost["total"]


def test_a_longer_meeting_is_moved_at_a_price_and_no_proof_is_claimed_for_it() -> None:
    world = table()
    long, short = accepted(world, "TR", "AL", slots=3), accepted(world, "TR", "BA")
    draft = solved(world)
    assert (draft.found, draft.bound) == ("feasible", None)
    with world.act("secretariat"):
        row = draft.placements.select_related("meeting", "schedule", "room").get(request=short)
        drafting.move(placement=row, begins_at=at(3), ends_at=at(4), room=row.room)  # type: ignore[arg-type]
    near, far = (priced(world, draft, long, slot) for slot in (0, 5))
    assert (near.broken, far.broken) == ([], [])
    assert (near.after, far.after) == (0, 3)  # a gap costs 2, and its unevenness for one of two requests ⌊100 · (1/8)²⌋
    assert {part: after for part, _before, after in far.parts}["gap"] == 2


def test_a_longer_meeting_that_finds_no_time_says_what_is_in_its_way() -> None:
    world = table(rooms=1)
    narrow = accepted(world, "TR", "AL", slots=3, windows=((at(0), at(2)),))
    with world.act("BA"):
        places.block(meeting=meeting_of(world), level="minister", begins_at=at(2), ends_at=at(7))
    blocked = accepted(world, "RS", "BA", slots=3)
    draft = solved(world)
    with world.act("secretariat"):
        why = {each["request"]: each["facts"] for each in draft.unplaced}
        said = {key: sentences.left_out(facts, ZONE) for key, facts in why.items()}
    assert said[str(narrow.pk)] == "Its windows leave out 09:40–12:00."
    assert said[str(blocked.pk)] == "Bosnia is not available at 09:40–11:20."
