"""Django's test client, signed in as a seat of the world without a browser."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.test import Client

from sofra.kernel.middleware import SEAT
from tests.support.world import World


def client_of(world: World, who: str, **options: Any) -> Client:
    """A client that acts as "visitor", "guest" (signed in, no seat), a role or a party's code."""
    client = Client(raise_request_exception=False, **options)
    if who == "visitor":
        return client
    seat = world.seats["secretariat" if who == "guest" else who]
    client.force_login(seat.account, backend=settings.AUTHENTICATION_BACKENDS[0])
    if who != "guest":
        session = client.session
        session[SEAT] = str(seat.pk)
        session.save()
    return client


def confirm(client: Client, address: str, **data: Any) -> Any:
    """What a page that asks for a yes answers once its sentence was read."""
    sentence = client.get(address).context["sentence"]
    return client.post(address, {**data, "sentence": str(sentence)})
