"""Hands for tests that go through pages: a client that acts as a demonstration seat, and one that signs in for real."""

from __future__ import annotations

import base64
import hmac
import re
import struct
import time
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse

from sofra.kernel.middleware import SEAT
from tests.support.world import World

PASSWORD = "correct horse battery staple"


def client_as(world: World, who: str) -> Client:
    """A client signed in as a seat of the world ("visitor" is nobody)."""
    client = Client()
    if who == "visitor":
        return client
    seat = world.seats[who]
    client.force_login(seat.account, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    session[SEAT] = str(seat.pk)
    session.save()
    return client


def code(secret: str, steps: int = 0) -> str:
    """The six digits an authenticator app shows for a secret now, or some steps of 30 seconds later."""
    key = base64.b32decode(secret)
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.new(key, counter, "sha1").digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def secret_of(page: Any) -> str:
    """The secret an enrolment page shows."""
    found = re.search(r'id="authenticator_secret">([A-Z2-7=]+)<', page.content.decode())
    assert found, page.content.decode()[:2000]
    return found[1]


def accept(secret: str, *, name: str = "Test person", email: str = "person@example.org") -> Client:
    """Open an invitation's link and make the account of it."""
    client = Client()
    answer = client.post(
        reverse("invitation", kwargs={"secret": secret}), {"name": name, "email": email, "password": PASSWORD}
    )
    assert answer.status_code == 303, answer.content.decode()
    return client


def enrol(client: Client) -> str:
    """Add an authenticator app. Answers its secret."""
    secret = secret_of(client.get(reverse("mfa_activate_totp")))
    answer = client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


def password_sign_in(
    email: str, password: str = PASSWORD, *, client: Client | None = None, **more: Any
) -> tuple[Client, Any]:
    """Send the sign-in form. Answers the client and the answer."""
    client = client or Client()
    return client, client.post(reverse("account_login"), {"login": email, "password": password}, **more)
