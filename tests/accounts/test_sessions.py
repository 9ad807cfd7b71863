"""Sessions end after so long without a request, and after so long at all; the page says which."""

from __future__ import annotations

import time

import pytest
from django.test import Client
from django.urls import reverse

from sofra.kernel.accounts import sessions
from tests.support.people import client_as
from tests.support.world import World, make_world


@pytest.fixture
def world(house: None) -> World:
    return make_world()


def _aged(world: World, *, began: int, seen: int) -> Client:
    """A session that began and was last seen so many seconds ago."""
    client = client_as(world, "RS")
    session = client.session
    session[sessions.BEGAN], session[sessions.SEEN] = int(time.time()) - began, int(time.time()) - seen
    session.save()
    return client


@pytest.mark.parametrize(
    ("began", "seen", "sentence"),
    [
        (1800, 1800, "Your session ended after 30 minutes without a request. Sign in again."),
        (43200, 10, "Your session lasted 12 hours, the longest one may last, and ended. Sign in again."),
    ],
)
def test_a_session_that_is_over_opens_nothing_and_the_page_says_why(
    world: World, began: int, seen: int, sentence: str
) -> None:
    client = _aged(world, began=began, seen=seen)
    old = client.session.session_key
    answer = client.get(reverse("accounts_seats"))
    assert answer.status_code == 302
    assert sentence in client.get(answer["Location"]).content.decode()
    stolen = Client()
    stolen.cookies["sofra"] = old
    assert stolen.get(reverse("accounts_seats")).status_code == 302


def test_a_session_lasts_to_the_last_second(world: World) -> None:
    client = _aged(world, began=43190, seen=1790)
    assert client.get(reverse("accounts_seats")).status_code == 200


def test_a_request_starts_the_idle_clock_anew_and_not_the_other(world: World) -> None:
    client = _aged(world, began=5000, seen=1500)
    began = client.session[sessions.BEGAN]
    client.get(reverse("accounts_seats"))
    assert client.session[sessions.SEEN] >= int(time.time()) - 2
    assert client.session[sessions.BEGAN] == began


def test_a_form_sent_after_the_end_writes_nothing_and_says_so(world: World) -> None:
    client = _aged(world, began=1900, seen=1900)
    answer = client.post(reverse("seats"), {"seat": str(world.seats["RS"].pk)})
    assert answer.status_code == 403
    assert "Nothing was changed." in answer.content.decode()
