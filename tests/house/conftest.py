"""One world with canaries in every room, shared by the tests that walk the whole house."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.conftest import TEMPLATE
from tests.support.server import Server

if TYPE_CHECKING:
    from tests.support.world import World


@pytest.fixture(scope="module")
def canaries(server: Server, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    """A world of its own database in which every room has planted what others must never see."""
    from django.conf import settings
    from django.db import connections

    from sofra.kernel import rooms
    from tests.support.world import make_world

    name = f"sofra_house_{uuid.uuid4().hex[:8]}"
    server.create(name, TEMPLATE)
    before = settings.DATABASES["default"]["NAME"]
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        _use(connections, name)
        world = make_world()
        for room in rooms.all_rooms():
            if room.canaries is not None:
                room.canaries(world)
        yield world
        _use(connections, before)
    server.drop(name)


def _use(connections: object, name: str) -> None:
    connections.close_all()  # type: ignore[attr-defined]
    for alias in connections:  # type: ignore[attr-defined]
        connections[alias].settings_dict["NAME"] = name  # type: ignore[index]
