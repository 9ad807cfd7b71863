"""The server is killed without warning, again and again; whatever it acknowledged is there, and no chain is broken."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import Error, connections

from sofra.kernel import recording
from sofra.kernel.commands import command
from sofra.kernel.ground.binaries import embedded
from sofra.kernel.keeping import audit
from sofra.kernel.models import Audience, Change
from tests.keeping.servers import Drill, reached
from tests.support.world import World, make_world

KILLS = 26
WRITERS = ("TR", "AL", "BA", "RS")

pytestmark = pytest.mark.cluster


@command
def say(world: World, who: str, word: UUID) -> None:
    """A command as rooms write them: a row, and a link on its format's chain."""
    change = Change(
        kind="test.said", subject_type="test", subject_id=word, audience=Audience.DELEGATION,
        format=world.format, owner_party=world.parties[who],
    )  # fmt: skip
    change.save(force_insert=True)
    recording.record("test.said", change, {"word": str(word)}, visible=False)


class Writers:
    """Delegations that write without pause and note every write the database acknowledged."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.acknowledged: list[UUID] = []
        self.broken: list[BaseException] = []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._write, args=(who,)) for who in WRITERS]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _write(self, who: str) -> None:
        try:
            while not self._stop.is_set():
                word = uuid4()
                try:
                    with self.world.act(who):
                        say(self.world, who, word)
                except (Error, psycopg.Error):
                    with suppress(Error, psycopg.Error):
                        connections.close_all()
                    time.sleep(0.01)
                else:
                    self.acknowledged.append(word)
        except BaseException as error:
            self.broken.append(error)
        finally:
            connections.close_all()


@pytest.fixture
def durable(django_db_blocker: Any) -> Iterator[Drill]:
    """A server that waits for the disk as a real one does, with a migrated database Django reaches."""
    server = Drill(embedded().folder, durable=True)
    try:
        server.create("sofra")
        server.migrate("sofra")
        with django_db_blocker.unblock(), reached(server, "sofra"):
            yield server
    finally:
        server.stop()


def test_every_acknowledged_write_outlives_the_server(durable: Drill) -> None:
    chance = random.Random(20260123)
    writers = Writers(make_world())
    try:
        for _ in range(KILLS):
            written = len(writers.acknowledged)
            while len(writers.acknowledged) == written:
                assert writers.broken == []
                time.sleep(0.005)
            time.sleep(chance.uniform(0, 0.4))
            durable.kill()
            durable.cluster.start()
    finally:
        writers.stop()
    assert writers.broken == []
    assert len(writers.acknowledged) >= KILLS
    with psycopg.connect(durable.url("sofra_owner", "sofra"), autocommit=True) as connection:
        report = audit.verify(connection)
        said = {row[0] for row in connection.execute("SELECT subject_id FROM kernel_change")}
        linked = {row[0] for row in connection.execute("SELECT subject FROM kernel_auditpayload")}
        head = audit.read_heads(connection).heads[0]
    assert report.findings == []
    assert set(writers.acknowledged) - said == set()
    assert len(said) == head.number == report.entries == len(linked)
