"""Access tokens: told once, a seat's own, at an end with their day, their seat and their account, asked again every time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sofra.kernel import acting, rest
from sofra.kernel.accounts import commands as accounts
from sofra.kernel.accounts import limits
from sofra.kernel.accounts import token_commands as tokens
from sofra.kernel.accounts.token_queries import bearer_of
from sofra.kernel.models import AccessToken, Account, AuditPayload, Seat
from sofra.kernel.refusals import NotAllowed, Refusal
from tests.api.rest_world import ask, program, token_of
from tests.support.clients import client_of
from tests.support.world import World, make_world

NEEDS_SEAT = "formats/platform/profile"


@pytest.fixture
def world(house) -> World:
    return make_world()


def status_of(secret: str, path: str = "entities") -> int:
    return Client().get(f"/api/1/{path}", HTTP_AUTHORIZATION=f"Bearer {secret}").status_code


def test_a_token_acts_as_its_seat(world):
    assert ask(world, "AL", "entities") == {"entities": [], "next": None}
    assert "access token" in ask(world, "visitor", "entities", status=401)


def test_only_a_digest_is_kept(world):
    secret = token_of(world, "AL")
    with world.act("AL"):
        row = AccessToken.objects.get()
    assert secret.startswith("sofra_") and len(secret) > 40
    assert bytes(row.digest) == accounts.digest_of(secret) and secret not in repr(vars(row))


@pytest.mark.parametrize(
    "said", ["", "Bearer", "Bearer nothing", "Basic c29mcmE6c29mcmE=", "Bearer \u00e7\u0131", "sofra_x"]
)
def test_a_header_that_is_no_token_is_refused_even_where_a_visitor_may_read(world, said):
    response = Client().get("/api/1/formats", HTTP_AUTHORIZATION=said)
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == 'Bearer realm="Sofra", error="invalid_token"'
    assert response.json()["error"]["field"] is None and "opens nothing" in response.json()["error"]["sentence"]


def test_a_revoked_token_opens_nothing_at_the_next_request(world):
    secret = token_of(world, "AL")
    with world.act("AL"):
        token = AccessToken.objects.get()
        tokens.revoke_token(token)
        with pytest.raises(Refusal, match="revoked already"):
            tokens.revoke_token(token)
    assert status_of(secret) == 401


def test_a_token_ends_on_its_day(world):
    secret = token_of(world, "AL")
    with world.act("AL"):
        now = datetime.now(UTC)
        AccessToken.objects.update(made_at=now - timedelta(days=31), expires_at=now - timedelta(seconds=1))
    assert status_of(secret) == 401


def test_a_token_ends_with_its_seat(world):
    secret = token_of(world, "AL")
    with world.act("secretariat"):
        accounts.revoke(seat=Seat.objects.get(pk=world.seats["AL"].pk))
    assert status_of(secret) == 401


def test_a_token_ends_with_its_account(world):
    secret = token_of(world, "AL")
    Account.objects.filter(pk=world.seats["AL"].account_id).update(is_active=False)
    assert status_of(secret) == 401


def test_a_demonstrations_token_opens_nothing_without_the_demonstration(world, settings):
    secret = token_of(world, "AL")
    settings.SOFRA = type(settings.SOFRA)(**{**vars(settings.SOFRA), "demonstration": False})
    assert bearer_of(secret) is None


def test_an_account_without_a_second_factor_opens_nothing(world):
    secret = token_of(world, "AL")
    with acting.acting_as_house():
        Seat.objects.filter(pk=world.seats["AL"].pk).update(demonstration=False)
    assert bearer_of(secret) is None


def test_a_session_is_not_accepted(world):
    client = client_of(world, "secretariat")
    assert client.get("/en/seats/").status_code == 200
    response = client.get(f"/api/1/{NEEDS_SEAT}")
    assert response.status_code == 401
    assert not response.cookies


def test_the_last_day_of_use_is_known_to_its_seat_and_no_hour(world):
    token_of(world, "AL")
    ask(world, "AL", "formats")
    with world.act("AL"):
        assert AccessToken.objects.get().used_on == datetime.now(UTC).date()
    for who in ("secretariat", "RS"):
        with world.act(who):
            assert AccessToken.objects.count() == 0


def test_another_seat_can_neither_see_nor_revoke_it(world):
    token_of(world, "AL")
    with world.act("AL"):
        key = AccessToken.objects.get().pk
    answer = client_of(world, "RS").post(reverse("tokens_revoke", kwargs={"token": key}))
    assert answer.status_code == 404
    assert status_of(token_of(world, "AL")) == 200


def test_making_and_revoking_stand_in_the_chain_of_the_house(world):
    token_of(world, "AL")
    with world.act("AL"):
        tokens.revoke_token(AccessToken.objects.get())
    with acting.acting_as_house():
        said = sorted(AuditPayload.objects.filter(action__startswith="token.").values_list("action", flat=True))
    assert said == ["token.made", "token.revoked"]


def test_what_a_token_needs_is_said(world):
    with world.act("AL"):
        for wrong, field in (({"name": " "}, "name"), ({"name": "x" * 81}, "name"), ({"name": "x", "days": 7}, "days")):
            with pytest.raises(Refusal) as refused:
                tokens.make_token(**wrong)
            assert refused.value.field == field
        for number in range(tokens.MOST):
            tokens.make_token(name=f"Program {number}")
        with pytest.raises(Refusal, match="12 tokens already"):
            tokens.make_token(name="One too many")
    with acting.acting_as_house(), pytest.raises(NotAllowed):
        tokens.make_token(name="The house holds no seat")


def test_a_page_shows_a_new_token_once_and_lists_it_by_name(world):
    client = client_of(world, "AL")
    empty = client.get(reverse("tokens"))
    assert "No program acts as your seat." in empty.content.decode()
    wrong = client.post(reverse("tokens"), {"name": "", "days": 30})
    assert wrong.status_code == 422
    made = client.post(reverse("tokens"), {"name": "Nightly reading", "days": 90})
    secret = made.content.decode().split('<code id="token">')[1].split("</code>")[0]
    assert status_of(secret) == 200
    assert made["Cache-Control"] == "no-store"
    again = client.get(reverse("tokens")).content.decode()
    assert secret not in again and "Nightly reading" in again
    with world.act("AL"):
        key = AccessToken.objects.get().pk
    assert client.post(reverse("tokens_revoke", kwargs={"token": key})).status_code == 303
    assert "Revoked or ended" in client.get(reverse("tokens")).content.decode()


def test_who_asks_too_often_waits(world, monkeypatch):
    counted: list[str] = []

    def count(limit: limits.Limit, key: object) -> None:
        counted.append(limit.name)
        if counted.count(limit.name) > 1:
            raise limits.TooMany(61)

    monkeypatch.setattr(rest.limits, "count", count)
    for client, first in ((program(world), 200), (program(world, "AL"), 200)):
        assert client.get("/api/1/formats").status_code == first
        waits = client.get("/api/1/formats")
        assert (waits.status_code, waits["Retry-After"]) == (429, "61")
        assert "2 minutes" in waits.json()["error"]["sentence"]
    assert status_of("nothing") == 401 and status_of("nothing") == 429
    assert sorted(set(counted)) == ["api:miss", "api:token", "api:visitor"]
