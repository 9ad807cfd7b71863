"""From requests to a draft, from a draft to what is published, and again after a change."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from sofra.bilaterals.commands import drafting, places, publishing, requesting, timing
from sofra.bilaterals.models import Placement, Request, Schedule
from sofra.kernel.models import Change, Occupancy
from sofra.kernel.occupancy import Taken
from sofra.kernel.refusals import Refusal
from sofra.meetings.commands import delegations, hospitality, programme
from sofra.meetings.commands import publishing as programme_publishing
from sofra.meetings.models import Session
from tests.bilaterals.support import (
    DAY,
    accepted,
    ask,
    at,
    meeting_of,
    placement,
    published,
    solved,
    table,
)

pytestmark = pytest.mark.usefixtures("house")


def slots(world, *requests):  # type: ignore[no-untyped-def]
    return [row.begins_at if (row := placement(world, each)) else None for each in requests]


def test_what_is_accepted_is_placed_and_published_and_held() -> None:
    world = table()
    one, other = accepted(world, "TR", "AL", languages=("sq", "tr")), accepted(world, "TR", "BA")
    ask(world, "TR", "RS")
    changes = published(world)
    assert (len(changes.placed), len(changes.moved), changes.same) == (2, 0, 0)
    first, second = placement(world, one), placement(world, other)
    assert first is not None and second is not None and first.begins_at != second.begins_at
    assert first.team is not None and second.team is None
    with world.act("secretariat"):
        assert Occupancy.objects.filter(holder=one.pk, state="published").count() == 4
        assert Occupancy.objects.filter(holder=other.pk, state="published").count() == 3


def test_a_placement_is_its_sides_alone_and_a_draft_the_secretariats() -> None:
    world = table()
    accepted(world, "TR", "AL")
    draft = solved(world)
    for who in ("TR", "AL", "RS", "observer", "visitor"):
        with world.act(who):
            assert not Placement.objects.exists() and not Schedule.objects.exists()
    published(world, draft)
    for who, number in (("TR", 1), ("AL", 1), ("RS", 0), ("observer", 0), ("facilitator", 0), ("visitor", 0)):
        with world.act(who):
            assert Placement.objects.count() == number
            assert Occupancy.objects.count() == 4 * number - number
            assert Change.objects.filter(kind="bilaterals.placed").count() == number


def test_a_draft_that_is_shared_is_read_by_its_sides() -> None:
    world = table()
    accepted(world, "TR", "AL")
    draft = solved(world)
    with world.act("secretariat"):
        drafting.share(schedule=draft)
    with world.act("AL"):
        row = Placement.objects.get()
        swap = drafting.ask_swap(placement=row, note="Later")
    with world.act("RS"):
        assert not Placement.objects.exists()
    with world.act("TR"):
        assert not type(swap).objects.exists()
    with world.act("secretariat"):
        drafting.drop(schedule=Schedule.objects.get())
    with world.act("AL"):
        assert not Placement.objects.exists()


def test_private_blocks_windows_and_sessions_are_kept_clear_of() -> None:
    world = table()
    made = accepted(world, "TR", "AL")
    windowed = accepted(world, "BA", "RS", windows=((at(7), at(8)),))
    with world.act("AL"):
        places.block(meeting=meeting_of(world), level="minister", begins_at=at(0), ends_at=at(4))
    with world.act("secretariat"):
        plan = programme.Plan(titles={"en": "Plenary"}, principals=True)
        programme.add_session(meeting_of(world), plan, programme.Slot(at(4), at(7)))
    published(world)
    first, second = slots(world, made, windowed)
    assert first is not None and first >= at(7)
    assert second == at(7)


def test_a_bilateral_block_of_the_programme_keeps_nobody_away() -> None:
    world = table()
    made = accepted(world, "TR", "AL")
    with world.act("secretariat"):
        plan = programme.Plan(titles={"en": "Bilaterals"}, kind=Session.Kind.BILATERALS, principals=True)
        programme.add_session(meeting_of(world), plan, programme.Slot(DAY, at(9)))
        programme_publishing.publish_programme(meeting_of(world), seen=None)
    published(world)
    assert slots(world, made) != [None]


def test_a_discreet_meeting_blocks_its_time_without_being_known() -> None:
    world = table()
    secret, made = accepted(world, "TR", "AL", discreet=True), accepted(world, "TR", "BA")
    with world.act("TR"):
        put = timing.put_time(request=Request.objects.get(pk=secret.pk), begins_at=at(0), ends_at=at(8))
        places.book_room(meeting=meeting_of(world), begins_at=at(0), ends_at=at(8))
    with world.act("AL"):
        timing.confirm_time(request=Request.objects.get(pk=secret.pk), seen=put.pk)
    published(world)
    assert slots(world, made) == [at(8)]
    with world.act("secretariat"):
        booked = Placement.objects.get(booking__isnull=False)
        assert (booked.begins_at, booked.ends_at) == (at(0), at(8))
    with world.act("AL"):
        assert not Placement.objects.filter(booking__isnull=False).exists()


def test_a_longer_meeting_takes_slots_in_a_row() -> None:
    world = table(rooms=1)
    long, short = accepted(world, "TR", "AL", slots=3), accepted(world, "TR", "BA")
    published(world)
    row, other = placement(world, long), placement(world, short)
    assert row is not None and other is not None
    assert row.ends_at - row.begins_at == timedelta(minutes=60)
    assert other.ends_at <= row.begins_at or other.begins_at >= row.ends_at


def test_parties_kept_apart_are_not_in_one_zone_at_one_time() -> None:
    world = table()
    accepted(world, "TR", "RS", windows=((at(0), at(1)),))
    accepted(world, "AL", "XK", windows=((at(0), at(1)),))
    with world.act("secretariat"):
        places.keep_apart(meeting=meeting_of(world), one=world.parties["RS"].pk, other=world.parties["XK"].pk)
    draft = solved(world)
    with world.act("secretariat"):
        assert draft.placements.count() == 1
        assert draft.unplaced[0]["facts"]


def test_what_is_locked_stays_when_it_is_solved_again() -> None:
    world = table()
    made = [accepted(world, "TR", each) for each in ("AL", "BA", "ME")]
    draft = solved(world)
    with world.act("secretariat"):
        row = Placement.objects.select_related("meeting", "schedule", "room").get(request=made[1], schedule=draft)
        drafting.move(placement=row, begins_at=at(8), ends_at=at(9), room=row.room)  # type: ignore[arg-type]
    again = solved(world, draft)
    with world.act("secretariat"):
        kept = again.placements.get(request=made[1])
        assert (kept.begins_at, kept.locked) == (at(8), True)
        assert again.placements.count() == 3


def test_a_late_arrival_moves_what_it_must_and_says_why() -> None:
    world = table()
    moved, other = accepted(world, "TR", "AL"), accepted(world, "BA", "RS")
    draft = solved(world)
    with world.act("secretariat"):
        row = draft.placements.select_related("meeting", "schedule", "room").get(request=moved)
        drafting.move(placement=row, begins_at=at(0), ends_at=at(1), room=row.room)  # type: ignore[arg-type]
    published(world, draft)
    before = slots(world, moved, other)
    with world.act("TR"):
        team = delegations.register_delegation(meeting=meeting_of(world), level="minister", languages=["tr"])
        hospitality.add_journey(delegation=team, direction="arrival", at=at(5), where="Airport")
    draft = solved(world)
    with world.act("secretariat"):
        found = publishing.changes_of(draft)
        assert ([row.request_id for row in found.moved], found.same) == ([moved.pk], 1)
        assert [each["kind"] for each in found.moved[0].why] == ["arrival"]
    assert slots(world, moved, other) == before
    changes = published(world, draft)
    assert changes.number == 1
    after = slots(world, moved, other)
    assert after[0] is not None and after[0] >= at(5) and after[1] == before[1]
    with world.act("AL"):
        row = Change.objects.get(kind="bilaterals.moved")
        assert row.subject_id == Placement.objects.get(request=moved, current=True).pk
    with world.act("BA"):
        assert not Change.objects.filter(kind="bilaterals.moved").exists()


def test_publishing_refuses_what_collides_and_leaves_what_was_published() -> None:
    world = table()
    made = accepted(world, "TR", "AL")
    first = solved(world)
    published(world, first)
    held = slots(world, made)
    accepted(world, "TR", "BA")
    draft = solved(world)
    with world.act("secretariat"):
        rows = list(draft.placements.select_related("room", "meeting", "schedule").order_by("pk"))
        for row in rows:
            drafting.move(placement=row, begins_at=at(3), ends_at=at(4), room=row.room)  # type: ignore[arg-type]
    with world.act("secretariat"), pytest.raises(Taken):
        publishing.publish(schedule=draft)
    assert slots(world, made) == held
    with world.act("secretariat"):
        assert Schedule.objects.get(state="published").pk == first.pk


def test_publishing_refuses_a_time_a_delegation_has_blocked_since() -> None:
    world = table()
    made = accepted(world, "TR", "AL", windows=((at(0), at(1)),))
    draft = solved(world)
    with world.act("AL"):
        places.block(meeting=meeting_of(world), level="minister", begins_at=at(0), ends_at=at(1), note="Rest")
    with world.act("secretariat"), pytest.raises(Refusal, match="Albania is not available") as met:
        publishing.publish(schedule=draft)
    assert "Rest" not in str(met.value.sentence)
    assert slots(world, made) == [None]


def test_publishing_refuses_what_was_withdrawn_since() -> None:
    world = table()
    made = accepted(world, "TR", "AL")
    draft = solved(world)
    with world.act("TR"):
        requesting.withdraw(request=Request.objects.get(pk=made.pk))
    with world.act("secretariat"), pytest.raises(Refusal, match="called off"):
        publishing.publish(schedule=draft)


def test_a_published_meeting_that_is_withdrawn_frees_its_time_at_once() -> None:
    world = table()
    made = accepted(world, "TR", "AL")
    published(world)
    with world.act("AL"):
        requesting.withdraw(request=Request.objects.get(pk=made.pk))
    with world.act("secretariat"):
        assert not Occupancy.objects.filter(holder=made.pk, state="published").exists()
    changes = published(world)
    assert [row.request_id for row in changes.dropped] == [made.pk]


def test_without_hours_there_is_nothing_to_solve() -> None:
    from sofra.bilaterals.facts import facts_of
    from sofra.bilaterals.models import Frame

    world = table()
    with world.act("secretariat"):
        Frame.objects.update(hours=[])
        assert facts_of(meeting_of(world)) is None
    assert isinstance(DAY, datetime)
