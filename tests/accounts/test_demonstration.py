"""Demonstration seats exist only on a server started with the flag."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse

from sofra.kernel import acting
from sofra.kernel.accounts import demonstration, queries
from sofra.kernel.models import Account, Seat
from sofra.kernel.refusals import NotAllowed
from tests.support.people import client_as
from tests.support.world import CODES, World, make_world


@contextmanager
def started_without() -> Iterator[None]:
    """A server started without the demonstration."""
    with override_settings(SOFRA=replace(settings.SOFRA, demonstration=False)):
        yield


@pytest.fixture
def world(house: None) -> World:
    world = make_world()
    with acting.acting_as_house():
        Seat.objects.update(revoked_at="2026-01-01T00:00Z")
        Account.objects.update(is_active=False)
        world.format.kind = "platform"
        world.format.save()
        assert demonstration.seats_on() == 10
    return world


def test_one_seat_per_role_and_one_delegate_per_member_of_the_platform(world: World) -> None:
    seats = queries.demonstration_seats()
    assert sorted(place.role for place in seats) == ["delegate"] * 7 + ["facilitator", "observer", "secretariat"]
    assert {place.party.code for place in seats if place.party} == set(CODES)


def test_nobody_is_invented(world: World) -> None:
    for account in Account.objects.filter(is_active=True):
        assert account.name in {"Secretariat", "Facilitator", "Observer", "Delegate"}
        assert account.email.endswith("@demonstration.invalid")
        assert not account.has_usable_password()


def test_the_sign_in_page_offers_them_and_one_button_signs_in(world: World) -> None:
    page = Client().get(reverse("account_login"))
    assert page.content.decode().count('name="seat"') == 10
    client = Client()
    seat = queries.demonstration_seats()[0]
    answer = client.post(reverse("demonstration_sign_in"), {"seat": str(seat.id)})
    assert answer.status_code == 303
    assert client.get(reverse("accounts_seats")).context["house"].actor.role == "secretariat"


def test_without_the_flag_no_seat_is_offered_none_opens_and_open_sessions_get_nothing(world: World) -> None:
    seat = queries.demonstration_seats()[0]
    client = Client()
    client.post(reverse("demonstration_sign_in"), {"seat": str(seat.id)})
    assert client.get(reverse("accounts_seats")).status_code == 200
    with started_without():
        assert queries.demonstration_seats() == []
        assert queries.seats_of(seat.account_id) == []
        assert 'name="seat"' not in Client().get(reverse("account_login")).content.decode()
        refused = Client().post(reverse("demonstration_sign_in"), {"seat": str(seat.id)})
        assert refused.status_code == 403
        answer = client.get(reverse("accounts_seats"))
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))
        with acting.acting_for(seat.id, seat.account_id) as actor:
            assert (actor.role, actor.seat_id, actor.account_id) == ("visitor", None, None)


def test_a_server_opened_without_the_flag_ends_them_and_one_opened_with_it_makes_them_again(world: World) -> None:
    demonstration.opening(False)
    with acting.acting_as_house():
        assert Seat.objects.filter(demonstration=True, revoked_at=None).count() == 0
    assert Account.objects.filter(demonstration=True, is_active=True).count() == 0
    demonstration.opening(True)
    demonstration.opening(True)
    assert len(queries.demonstration_seats()) == 10
    with acting.acting_as_house():
        assert Seat.objects.filter(demonstration=True, revoked_at=None).count() == 10


@pytest.mark.parametrize("name", ["mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_change_password"])
def test_a_demonstration_seat_can_be_given_no_key_of_its_own(house: None, name: str) -> None:
    client = client_as(make_world(), "RS")
    assert client.get(reverse(name)).status_code == 403
    assert client.post(reverse(name), {}).status_code == 403


def test_only_the_operator_sets_up_the_demonstration(house: None) -> None:
    world = make_world()
    acts: list[Any] = [demonstration.seats_on, demonstration.seats_off]
    for who in ("secretariat", "RS", "visitor"):
        for act in acts:
            with world.act(who), pytest.raises(NotAllowed):
                act()
