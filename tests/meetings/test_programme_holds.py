"""Two that want the same at the same moment, in transactions of their own: one has it, the other is told that it is taken."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connections

from sofra.kernel import acting
from sofra.kernel.models import Occupancy
from sofra.kernel.refusals import Refusal
from sofra.meetings.commands import publishing
from sofra.meetings.models import ProgrammeVersion
from tests.meetings.convening_world import convened
from tests.meetings.programme_world import BEGIN, add, meeting_of
from tests.support.world import World, make_world


@pytest.fixture
def world(own_database) -> World:
    return make_world()


def at_once(world: World, *works: Callable[[], object]) -> list[str]:
    """Run works as the secretariat in threads that begin together; answers "done" or the refusal of each."""
    seat = world.seats["secretariat"]
    start, said = threading.Barrier(len(works)), [""] * len(works)

    def run(number: int) -> None:
        try:
            start.wait(20)
            with acting.acting_for(seat.pk, seat.account_id):
                works[number]()
            said[number] = "done"
        except Refusal as refusal:
            said[number] = str(refusal.sentence)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return said


def test_of_two_programmes_that_want_one_room_one_is_published(world):
    first = meeting_of(world)
    second = convened(world, BEGIN + timedelta(hours=1))
    add(world, first, 0, length=3)
    add(world, second, 1, length=1)
    said = at_once(
        world, *(lambda each=each: publishing.publish_programme(each, seen=None) for each in (first, second))
    )
    assert sorted(said) == [
        "Taken at a time the programme wants: The hall. Nothing was published; move the session or free it.",
        "done",
    ]
    with world.act("secretariat"):
        assert ProgrammeVersion.objects.count() == 1
        assert Occupancy.objects.filter(state="published").count() == 1


def test_of_two_publications_of_one_programme_one_finds_nothing_left(world):
    meeting = meeting_of(world)
    add(world, meeting, 0)
    said = at_once(world, *[lambda: publishing.publish_programme(meeting, seen=None)] * 2)
    assert sorted(said) == ["Nothing differs from what is published.", "done"]


def test_the_same_head_of_delegation_is_made_once_and_held_once(world):
    meeting = meeting_of(world)
    at_once(
        world,
        lambda: add(world, meeting, 0, room="hall", principals=True),
        lambda: add(world, meeting, 0, room="round", principals=True),
    )
    with world.act("secretariat"):
        from sofra.meetings.models import Resource

        assert Resource.objects.filter(kind="principal").count() == 7
        with pytest.raises(Refusal, match="head of delegation"):
            publishing.publish_programme(meeting, seen=None)
