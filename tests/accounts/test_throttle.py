"""Tries are counted across workers, apart from the request: what fails or is rolled back counts all the same."""

from __future__ import annotations

import threading

import pytest
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse

from sofra.kernel.accounts import commands, limits
from sofra.kernel.models import Role
from tests.support.people import PASSWORD, accept, code, enrol, password_sign_in
from tests.support.world import make_world

pytestmark = pytest.mark.usefixtures("own_database")


def _person() -> str:
    """Somebody with an account and an authenticator app; answers the app's secret."""
    with make_world().act("secretariat"):
        _, secret = commands.invite(role=Role.FACILITATOR)
    return enrol(accept(secret))


def test_a_try_in_a_transaction_that_is_rolled_back_counts() -> None:
    limit = limits.Limit("test", 2, 900)
    for _ in range(2):
        with transaction.atomic():
            limits.count(limit, "someone")
            transaction.set_rollback(True)
    with pytest.raises(limits.TooMany, match="Try again in 15 minutes"):
        limits.count(limit, " SomeOne ")
    limits.count(limit, "another")
    limits.forget(limit, "someone")
    limits.count(limit, "someone")


def test_tries_over_two_connections_are_one_count() -> None:
    limit = limits.Limit("test", 20, 900)
    refused: list[int] = []

    def run() -> None:
        for _ in range(15):
            try:
                limits.count(limit, "someone")
            except limits.TooMany:
                refused.append(1)
        connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 10


def test_after_ten_tries_an_account_waits_even_with_the_right_password() -> None:
    _person()
    for number in range(10):
        password_sign_in("person@example.org", f"wrong number {number}", REMOTE_ADDR=f"10.0.0.{number}")
    client, answer = password_sign_in("PERSON@example.org", PASSWORD, REMOTE_ADDR="10.0.1.1")
    said = " ".join(answer.context["form"].non_field_errors())
    assert said.startswith("Tried too often. Nothing was changed. Try again in 1")
    assert client.get(reverse("seats"))["Location"].startswith(reverse("account_login"))


def test_an_address_that_tries_many_accounts_waits_and_no_header_helps_it() -> None:
    limit = limits.SIGN_IN_ADDRESS
    for _ in range(limit.most):
        limits.count(limit, "10.0.0.9")
    _, answer = password_sign_in(
        "nobody@example.org", "whatever it is", REMOTE_ADDR="10.0.0.9", HTTP_X_FORWARDED_FOR="10.9.9.9"
    )
    assert "Tried too often" in answer.content.decode()
    _, answer = password_sign_in("nobody@example.org", "whatever it is", REMOTE_ADDR="10.0.0.8")
    assert "Tried too often" not in answer.content.decode()


def test_codes_are_counted_too() -> None:
    secret = _person()
    limits.forget(limits.CODE, "")
    client, _ = password_sign_in("person@example.org")
    for _ in range(10):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    answer = client.post(reverse("mfa_authenticate"), {"code": code(secret, 1)})
    assert "Tried too often" in answer.content.decode()
    assert client.get(reverse("seats"))["Location"].startswith(reverse("account_login"))


def test_guessing_invitations_is_counted() -> None:
    for number in range(limits.INVITATION_ADDRESS.most):
        assert Client().get(reverse("invitation", kwargs={"secret": f"guess{number}"})).status_code == 404
    answer = Client().get(reverse("invitation", kwargs={"secret": "guess"}))
    assert answer.status_code == 429
    assert "Tried too often" in answer.content.decode()
