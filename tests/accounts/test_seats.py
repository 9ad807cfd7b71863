"""An account acts as one seat at a time; a seat that ends is gone at the next request; a delegation sees its own."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from sofra.kernel import acting
from sofra.kernel.accounts import commands, queries
from sofra.kernel.middleware import SEAT
from sofra.kernel.models import AuditPayload, Role, Seat
from sofra.kernel.refusals import NotAllowed, Refusal
from tests.support.clients import confirm
from tests.support.people import client_as
from tests.support.world import World, make_world


@pytest.fixture
def world(house: None) -> World:
    return make_world()


@pytest.fixture
def second(world: World) -> Seat:
    """A further seat of the account that sits for Albania."""
    with acting.acting_as_house():
        return Seat.objects.create(account=world.seats["AL"].account, role=Role.FACILITATOR, demonstration=True)


def test_one_chooses_the_seat_and_the_session_key_changes(world: World, second: Seat) -> None:
    client = client_as(world, "AL")
    before = client.session.session_key
    page = client.get(reverse("seats"))
    assert page.content.decode().count('name="seat"') == 1
    answer = client.post(reverse("seats"), {"seat": str(second.pk)})
    assert answer.status_code == 303
    assert client.session.session_key != before
    assert client.get(reverse("seats")).context["house"].actor.role == "facilitator"


def test_a_seat_of_somebody_else_cannot_be_taken(world: World) -> None:
    client = client_as(world, "AL")
    for wanted in (world.seats["RS"].pk, world.seats["secretariat"].pk, "", "nonsense"):
        assert client.post(reverse("seats"), {"seat": str(wanted)}).status_code == 403
    session = client.session
    session[SEAT] = str(world.seats["secretariat"].pk)
    session.save()
    assert client.get(reverse("seats")).context["house"].actor.role == "guest"


def test_a_revoked_seat_is_gone_at_the_next_request(world: World) -> None:
    client = client_as(world, "RS")
    assert client.get(reverse("accounts_seats")).status_code == 200
    answer = confirm(client_as(world, "secretariat"), reverse("accounts_revoke", kwargs={"seat": world.seats["RS"].pk}))
    assert answer.status_code == 303
    assert client.get(reverse("accounts_seats")).status_code == 403
    assert client.get(reverse("seats")).context["places"] == []


def test_ended_sessions_end_at_the_next_request_on_every_device(world: World) -> None:
    here, there = client_as(world, "RS"), client_as(world, "RS")
    account = world.seats["RS"].account
    answer = confirm(client_as(world, "secretariat"), reverse("accounts_end_sessions", kwargs={"account": account.pk}))
    assert answer.status_code == 303
    for client in (here, there):
        assert client.get(reverse("accounts_seats"))["Location"].startswith(reverse("account_login"))
    assert client_as_again(world).get(reverse("accounts_seats")).status_code == 200


def client_as_again(world: World) -> Client:
    world.seats["RS"].account.refresh_from_db()
    return client_as(world, "RS")


def test_every_act_on_seats_is_recorded_on_the_chain_of_the_house(world: World) -> None:
    with world.act("secretariat"):
        made, _ = commands.invite(role=Role.DELEGATE, party_id=world.parties["RS"].pk)
        commands.withdraw(invitation=made)
        commands.revoke(seat=world.seats["AL"])
        commands.end_sessions(account=world.seats["RS"].account)
        commands.close(account=world.seats["RS"].account)
    with world.act("secretariat"):
        actions = list(AuditPayload.objects.filter(chain="house").order_by("seq").values_list("action", flat=True))
    assert actions == [
        "invitation.made", "invitation.withdrawn", "seat.revoked", "account.sessions_ended", "account.closed",
    ]  # fmt: skip


def test_a_delegation_sees_its_own_seats_and_ends_none(world: World) -> None:
    page = client_as(world, "RS").get(reverse("accounts_seats"))
    assert [holder.account.name for holder in page.context["holders"]] == ["Test seat rs"]
    assert "Test seat al" not in page.content.decode()
    assert "invitations" not in page.context
    for seat in ("RS", "AL"):
        answer = client_as(world, "RS").post(reverse("accounts_revoke", kwargs={"seat": world.seats[seat].pk}))
        assert answer.status_code == 403
        with world.act("RS"), pytest.raises(NotAllowed):
            commands.revoke(seat=world.seats[seat])


@pytest.mark.parametrize("who", ["observer", "facilitator"])
def test_observers_and_facilitators_have_no_list_of_seats(world: World, who: str) -> None:
    assert client_as(world, who).get(reverse("accounts_seats")).status_code == 403


def test_nobody_ends_the_seat_they_act_on(world: World) -> None:
    with world.act("secretariat"), pytest.raises(Refusal, match="You act on this seat"):
        commands.revoke(seat=world.seats["secretariat"])


def test_what_is_not_there_and_what_is_not_ones_own_to_see_answer_alike(world: World) -> None:
    client = client_as(world, "secretariat")
    nowhere = "00000000-0000-4000-8000-000000000000"
    for name, key in (
        ("accounts_revoke", "seat"), ("accounts_withdraw", "invitation"), ("accounts_reset", "account"),
        ("accounts_close", "account"), ("accounts_end_sessions", "account"),
    ):  # fmt: skip
        assert client.get(reverse(name, kwargs={key: nowhere})).status_code == 404


@pytest.mark.parametrize("more", [1, 3])
def test_the_list_of_seats_asks_the_same_number_of_questions_for_one_and_for_many(world: World, more: int) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with world.act("secretariat"):
        for _ in range(more):
            commands.invite(role=Role.OBSERVER, format_id=world.format.pk)
    with world.act("secretariat"), CaptureQueriesContext(connection) as asked:
        queries.holders()
        queries.invitations()
    assert len(asked) == 6


def test_the_backend_named_in_settings_is_the_houses_own() -> None:
    assert settings.AUTHENTICATION_BACKENDS == ["sofra.kernel.accounts.backend.Accounts"]
