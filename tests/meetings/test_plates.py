"""Nameplates: a sheet each, by the profile and in its order; people's as far as the secretariat was given their names."""

from __future__ import annotations

from typing import Any

import pytest

from sofra.lexicon.commands.profiles import Rules
from sofra.meetings.commands import delegations
from tests.lexicon.profile_world import NAMES, cells, cited
from tests.meetings.agenda_world import make_meeting
from tests.support.clients import client_of
from tests.support.papers import words_of
from tests.support.world import World, make_world

pytestmark = pytest.mark.usefixtures("house")


@pytest.fixture
def world(house: None) -> World:
    return make_world()


def asked(world: World, meeting: Any, of: str, who: str = "secretariat") -> Any:
    return client_of(world, who).get(f"/en/meetings/platform/{meeting.slug}/plates/{of}/")


def named(world: World, meeting: Any, code: str, name: str, *, to: str | None) -> None:
    with world.act(code):
        delegation = delegations.register_delegation(meeting=meeting, level="foreign_minister", languages=[])
        person = delegations.add_delegate(delegation=delegation, name=name, place="head")
        if to:
            delegations.release_names(delegation=delegation, delegates=[person.pk], to=to)


def test_each_delegation_has_a_sheet_with_its_name_on_both_halves_in_the_profiles_order(world: World) -> None:
    meeting = make_meeting(world)
    cited(world)
    answer = asked(world, meeting, "delegations")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    said = words_of(answer.content)
    order = sorted(NAMES.values())
    assert [said.count(name) for name in order] == [2] * 7
    assert sorted(order, key=said.index) == order
    assert asked(world, meeting, "delegations").content == answer.content


def test_a_designation_that_carries_a_footnote_bears_it_on_the_plate(world: World) -> None:
    meeting = make_meeting(world)
    cited(world, Rules(footnote={"en": "Without prejudice to this and that."}), cells(world, footnoted=("XK",)))
    said = words_of(asked(world, meeting, "delegations").content)
    assert (said.count("Kilo*"), said.count("* Without prejudice to this and that.")) == (2, 2)


def test_without_a_profile_there_is_no_plate_and_the_page_says_why(world: World) -> None:
    meeting = make_meeting(world)
    answer = asked(world, meeting, "delegations")
    assert answer.status_code == 422
    assert "profile" in answer.content.decode()


def test_peoples_plates_bear_the_names_that_were_released_to_the_secretariat_and_no_other(world: World) -> None:
    meeting = make_meeting(world)
    cited(world)
    named(world, meeting, "AL", "Ada Invented", to="secretariat")
    named(world, meeting, "RS", "Rade Invented", to=None)
    said = words_of(asked(world, meeting, "people").content)
    assert (said.count("Ada Invented"), said.count("Alfa"), said.count("Rade"), said.count("Sierra")) == (2, 2, 0, 0)


def test_under_persons_names_only_a_plate_bears_a_person_and_no_party(world: World) -> None:
    meeting = make_meeting(world)
    cited(world, Rules(kind="persons", order_rule="persons"), [])
    named(world, meeting, "AL", "Ada Invented", to="secretariat")
    said = words_of(asked(world, meeting, "people").content)
    assert (said.count("Ada Invented"), said.count("Alfa"), said.count("Albania")) == (2, 0, 0)
    refused = asked(world, meeting, "delegations")
    assert refused.status_code == 422
    assert "names persons only" in refused.content.decode()


def test_where_no_name_was_released_the_page_says_so(world: World) -> None:
    meeting = make_meeting(world)
    cited(world)
    answer = asked(world, meeting, "people")
    assert answer.status_code == 422
    assert "No name was released to the secretariat yet." in answer.content.decode()


@pytest.mark.parametrize(("who", "status"), [("AL", 403), ("observer", 403), ("facilitator", 403), ("visitor", 302)])
def test_only_the_secretariat_sets_the_table(world: World, who: str, status: int) -> None:
    meeting = make_meeting(world)
    cited(world)
    assert asked(world, meeting, "delegations", who).status_code == status
