"""Worlds shared by the tests that walk the whole house: each is built once for a whole run, and copied for each file."""

from __future__ import annotations

import fcntl
import pickle
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.conftest import TEMPLATE
from tests.support.server import Server

if TYPE_CHECKING:
    from tests.support.world import World


class Kept(NamedTuple):
    """A world that was built: the database it stands in, to be copied, and its Python objects, pickled."""

    database: str
    world: bytes


@pytest.fixture(scope="module")
def canaries(server: Server, django_db_blocker: Any) -> Iterator[World]:
    """A world of its own database in which every room has planted what others must never see."""
    with django_db_blocker.unblock(), copy_of(server, with_canaries(server)) as world:
        yield world


@pytest.fixture(scope="module")
def inhabited(server: Server, django_db_blocker: Any) -> Iterator[World]:
    """The world of canaries with the record, the rehearsal and meetings that have decided; see lived_in.py."""
    with django_db_blocker.unblock(), copy_of(server, with_people(server)) as world:
        yield world


def with_canaries(server: Server) -> Kept:
    """The world of canaries."""

    def build(_nothing: bytes) -> World:
        from sofra.kernel import rooms
        from tests.support.world import make_world

        world = make_world()
        for room in rooms.all_rooms():
            if room.canaries is not None:
                room.canaries(world)
        return world

    return once(server, "canaries", lambda: Kept(TEMPLATE, b""), build)


def with_people(server: Server) -> Kept:
    """The world lived in."""

    def build(canaries: bytes) -> World:
        from tests.house import lived_in

        world: World = pickle.loads(canaries)
        lived_in.move_in(world)
        return world

    return once(server, "inhabited", lambda: with_canaries(server), build)


def once(server: Server, name: str, source: Callable[[], Kept], build: Callable[[bytes], World]) -> Kept:
    """Build a world upon a copy of its source's, unless another worker has: the run's workers share what is kept."""
    kept = server.folder / f"{name}.world"
    with (server.folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            before = source()
            database = f"sofra_{name}_{uuid.uuid4().hex[:8]}"
            server.create(database, before.database)
            with standing_in(database):
                world = build(before.world)
            kept.write_bytes(pickle.dumps(Kept(database, pickle.dumps(world))))
        found: Kept = pickle.loads(kept.read_bytes())
        return found


@contextmanager
def copy_of(server: Server, kept: Kept) -> Iterator[World]:
    """A world in a database of its own, which is dropped at the end."""
    name = f"sofra_house_{uuid.uuid4().hex[:8]}"
    server.create(name, kept.database)
    with standing_in(name):
        yield pickle.loads(kept.world)
    server.drop(name)


@contextmanager
def standing_in(database: str) -> Iterator[None]:
    """Let Django reach that database for the length of a block."""
    from django.conf import settings
    from django.db import connections

    def use(name: str) -> None:
        connections.close_all()
        for alias in connections:
            connections[alias].settings_dict["NAME"] = name

    before = settings.DATABASES["default"]["NAME"]
    use(database)
    try:
        yield
    finally:
        use(before)
