"""The desk: what waits, what changed since one was last here; never more than one may read."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sofra.kernel import queries
from sofra.kernel.models import Change, Visit
from tests.support.clients import client_of
from tests.support.world import World, make_world

#: Session, account, actor, visit, changes, what each room has waiting, the name of the seat, and the visit noted.
DESK_QUERIES = 35

pytestmark = pytest.mark.usefixtures("own_database")


@pytest.fixture
def world(own_database: str) -> Iterator[World]:
    return make_world()


def _change(world: World, who: str, audience: str = "format") -> Change:
    with world.act(who):
        return Change.objects.create(
            kind="test", subject_type="test", subject_id=uuid.uuid4(), audience=audience, format=world.format,
            owner_party=world.parties.get(who), seat=world.seats[who],
        )  # fmt: skip


def test_a_visitor_has_no_desk(world: World) -> None:
    response = Client().get("/en/desk/")
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/en/account/sign-in/")


@pytest.mark.parametrize("who", ["secretariat", "RS", "facilitator", "observer"])
def test_every_seat_has_a_desk_that_teaches_when_it_is_empty(world: World, who: str) -> None:
    response = client_of(world, who).get("/en/desk/")
    assert response.status_code == 200
    assert b"Nothing waits for you now." in response.content


def test_changes_are_those_of_others_that_one_may_read(world: World) -> None:
    own, others = _change(world, "RS"), _change(world, "AL")
    _change(world, "AL", audience="delegation")
    with world.act("RS") as actor:
        assert [change.pk for change in queries.changes_since(actor, None)] == [others.pk]
    with world.act("AL") as actor:
        assert own.pk in [change.pk for change in queries.changes_since(actor, None)]
    with world.act("facilitator") as actor:
        assert queries.changes_since(actor, None) == []


def test_looking_moves_the_mark_and_only_that_seat_knows(world: World) -> None:
    client = client_of(world, "RS")
    client.get("/en/desk/")
    _change(world, "AL")
    with world.act("RS") as actor:
        seen = queries.last_visit(actor)
        assert seen is not None
        assert len(queries.changes_since(actor, seen)) == 1
    client.get("/en/desk/")
    with world.act("RS") as actor:
        assert queries.changes_since(actor, queries.last_visit(actor)) == []
    with world.act("secretariat"):
        assert Visit.objects.count() == 0


def test_polling_costs_nothing_when_nothing_changed(world: World) -> None:
    client = client_of(world, "RS")
    first = client.get("/en/desk/changes")
    assert first.json() == {"changes": 0}
    again = client.get("/en/desk/changes", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    _change(world, "AL", audience="delegation")
    assert client.get("/en/desk/changes", headers={"If-None-Match": first["ETag"]}).status_code == 304
    _change(world, "AL")
    changed = client.get("/en/desk/changes", headers={"If-None-Match": first["ETag"]})
    assert changed.json() == {"changes": 1}
    assert changed["ETag"] != first["ETag"]


def test_the_desk_asks_the_same_with_three_changes_as_with_one(world: World) -> None:
    counts = []
    client = client_of(world, "RS")
    client.get("/en/desk/")
    for number in (1, 2):
        for _ in range(number):
            _change(world, "AL")
        with CaptureQueriesContext(connection) as found:
            client.get("/en/desk/?since=2020-01-01T00:00:00Z")
        counts.append(len(found))
    assert counts == [DESK_QUERIES, DESK_QUERIES]
