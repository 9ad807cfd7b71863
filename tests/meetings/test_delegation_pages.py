"""The pages of delegations and attendance: what they show, to whom, and what they do with bad input."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sofra.kernel.models import Change
from sofra.meetings.commands import delegations, hospitality
from sofra.meetings.contributions.delegations import desk
from sofra.meetings.models import Delegate, Delegation, Meeting
from tests.meetings.agenda_world import make_meeting, soon
from tests.meetings.test_agenda_pages import confirm, read, text, url
from tests.support.clients import client_of
from tests.support.world import World, make_world

pytestmark = pytest.mark.usefixtures("house")


def entering(**more: Any) -> dict[str, Any]:
    return {
        "entering-channel": "note",
        "entering-received_at": "2026-01-05T09:00",
        "entering-reference": "N 1",
        **more,
    }


def team(world: World, meeting: Meeting, code: str, names: int = 1) -> Delegation:
    with world.act(code):
        row = delegations.register_delegation(meeting=meeting, level="minister")
        delegations.announce_delegation(delegation=row)
        people = [
            delegations.add_delegate(delegation=row, name=f"Person {n} of {code}", function={"en": "Function"})
            for n in range(names)
        ]
        for person in people:
            hospitality.keep_particulars(delegate=person, phone="+1")
            hospitality.add_journey(delegation=row, direction="arrival", at=soon(), where="Airport", delegate=person)
        delegations.release_names(delegation=row, delegates=[person.pk for person in people], to="format")
        if names > 1:
            for person in people[1:]:
                delegations.deputise(delegation=row, principal=people[0], deputy=person)
    return row


def queries(world: World, who: str, address: str) -> int:
    client = client_of(world, who)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_list_and_a_delegation_ask_the_database_as_often_for_three_as_for_one() -> None:
    world = make_world()
    meeting = make_meeting(world)
    one = team(world, meeting, "AL", names=2)
    counts = [queries(world, "ME", url("delegations"))]
    for code in ("RS", "BA"):
        team(world, meeting, code, names=3)
    counts.append(queries(world, "ME", url("delegations")))
    assert counts == [17, 17]
    small = queries(world, "AL", url("delegation", party=one.owner_party_id))
    assert [small, queries(world, "RS", url("delegation", party=world.parties["RS"].pk))] == [22, 22]


def test_a_delegation_goes_from_registering_to_released_names_through_the_pages() -> None:
    world = make_world()
    make_meeting(world, status="convened")
    party = world.parties["AL"].pk
    with world.act("AL") as actor:
        assert [str(item.kind) for item in desk(actor)] == ["Your delegation is to be registered and announced"]
    client = client_of(world, "AL")
    assert "Register your delegation" in read(world, "AL", url("delegations"))
    answer = client.post(url("delegation_register", party=party), {"level": "minister", "languages": ["sq"]})
    assert answer.status_code == 303, text(answer)
    answer = client.post(
        url("delegate_add", party=party), {"name": "Quiet name", "place": "head", "function_en": "Quiet function"}
    )
    assert answer.status_code == 303, text(answer)
    for who in ("secretariat", "RS", "observer"):
        assert "Quiet" not in read(world, who, url("delegations"))
        assert "Quiet" not in read(world, who, url("delegation", party=party))
    answer, sentence = confirm(world, "AL", url("delegation_announce", party=party))
    assert (answer.status_code, "at the level of ministers" in sentence) == (303, True)
    with world.act("AL"):
        person = Delegate.objects.get()
    answer, sentence = confirm(
        world, "AL", url("delegation_release", party=party), {"to": "format", "delegates": [str(person.pk)]}
    )
    assert (answer.status_code, sentence.endswith("to all members: Quiet name.")) == (303, True)
    assert "Quiet function" in read(world, "RS", url("delegations"))
    assert "Quiet name" not in read(world, "observer", url("delegations"))
    with world.act("AL") as actor:
        assert list(desk(actor)) == []
    client.post(url("delegate_particulars", party=party, delegate=person.pk), {"phone": "+1"})
    client.post(url("journey_add", party=party), {"direction": "arrival", "at": "2027-01-22T10:00", "where": "Airport"})
    client_of(world, "secretariat").post(url("liaison", party=party), {"name": "Officer"})
    for who in ("AL", "secretariat", "RS"):
        assert client_of(world, who).get("/en/desk/").status_code == 200
    assert client_of(world, "visitor").get(url("delegations")).status_code in (302, 303)
    with world.act("RS"):
        assert Change.objects.filter(kind="delegate.released").count() == 1


def test_bad_input_keeps_what_was_typed_and_writes_nothing() -> None:
    world = make_world()
    make_meeting(world)
    party = world.parties["AL"].pk
    client = client_of(world, "AL")
    assert client.post(url("delegation_register", party=party), {"level": "emperor"}).status_code == 422
    assert client.get(url("delegate_add", party=party)).status_code == 404
    client.post(url("delegation_register", party=party), {"level": "minister"})
    answer = client.post(url("delegate_add", party=party), {"name": "", "place": "head", "function_en": "Typed words"})
    assert (answer.status_code, "Typed words" in text(answer)) == (422, True)
    answer = client.post(
        url("journey_add", party=party), {"direction": "arrival", "at": "2027-03-28T03:30", "where": "Typed airport"}
    )
    assert answer.status_code == 303
    answer = client.post(
        url("journey_add", party=party), {"direction": "arrival", "at": "soon", "where": "Typed airport"}
    )
    assert (answer.status_code, "Typed airport" in text(answer)) == (422, True)
    assert (
        client_of(world, "RS").post(url("delegate_add", party=party), {"name": "X", "place": "head"}).status_code == 403
    )
    with world.act("AL"):
        assert Delegate.objects.count() == 0


def test_the_secretariat_plays_a_whole_delegation_from_a_note_and_writes_down_who_took_part() -> None:
    world = make_world()
    meeting = make_meeting(world, status="under_way")
    party = world.parties["ME"].pk
    client = client_of(world, "secretariat")
    said = entering(**{"entering-for_party": str(party)})
    assert client.post(url("delegation_register", party=party), {"level": "minister", **said}).status_code == 303
    assert client.post(url("delegation_register", party=party), {"level": "minister"}).status_code == 422
    data = {"name": "Person of the note", "place": "head", **said}
    assert client.post(url("delegate_add", party=party), data).status_code == 303
    assert confirm(world, "secretariat", url("delegation_announce", party=party), said)[0].status_code == 303
    with world.act("secretariat"):
        person = Delegate.objects.get()
    data = {"to": "format", "delegates": [str(person.pk)], **said}
    assert confirm(world, "secretariat", url("delegation_release", party=party), data)[0].status_code == 303
    assert client.post(url("liaison", party=party), {"name": "Officer"}).status_code == 303
    assert "Officer" in read(world, "ME", url("delegation", party=party))
    assert "Officer" not in read(world, "RS", url("delegation", party=party))
    with world.act("secretariat"):
        from sofra.meetings.queries.delegations import teams_of

        place = [each.party.pk for each in teams_of(meeting, "en")].index(party)
    answer = client.post(url("attendance_note"), {})
    assert (answer.status_code, "Nothing is written down yet" in text(answer)) == (422, True)
    data = {f"present_{place}": "yes", f"level_{place}": "deputy_minister", f"people_{place}": [str(person.pk)]}
    assert client.post(url("attendance_note"), data).status_code == 303
    assert "deputy ministers" not in read(world, "RS", url("attendance"))
    assert confirm(world, "secretariat", url("attendance_confirm"))[0].status_code == 303
    shown = read(world, "RS", url("attendance"))
    assert "deputy ministers" in shown and "Person of the note" in shown
    assert client_of(world, "RS").get(url("attendance_note")).status_code in (403, 404)
