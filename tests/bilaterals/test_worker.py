"""A search in a worker of its own: how far it is, what stopping it keeps, and what is left of it where its worker is killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from sofra.bilaterals.commands import drafting
from sofra.bilaterals.models import Placement, Schedule
from sofra.kernel import acting
from sofra.kernel.models import JobProgress
from tests.bilaterals.support import accepted, meeting_of, published, solved, table, url
from tests.cooperation.support import NAMES
from tests.keeping.job_world import take_up
from tests.support.clients import client_of
from tests.support.world import World

Start = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def worker(own_database: str, server: Any, tmp_path: Path) -> Iterator[Start]:
    """Starts `sofra worker`, as often as it is called; what still runs is ended."""
    begun = []

    def start() -> subprocess.Popen[bytes]:
        begun.append(
            subprocess.Popen(
                [sys.executable, "-m", "sofra", "worker"],
                env={
                    **os.environ,
                    "PYTHONPATH": "src",
                    "SOFRA_DATA": str(tmp_path),
                    "SOFRA_DATABASE_URL": server.url("sofra_app", own_database),
                    "SOFRA_OWNER_DATABASE_URL": server.url("sofra_owner", own_database),
                },
            )
        )
        return begun[-1]

    yield start
    for each in begun:
        each.kill()
        each.wait()


def crowded() -> World:
    """More meetings than fit, so that no search proves in seconds that a schedule of them is the cheapest."""
    world = table(rooms=4)
    for one, other in combinations(NAMES, 2):
        for level in ("minister", "deputy"):
            accepted(world, one, other, level=level)
    return world


def asked(world: World) -> Schedule:
    with world.act("secretariat"):
        return drafting.ask_schedule(meeting=meeting_of(world), seconds=300)


def until(world: World, done: Callable[[JobProgress], bool], job: Any) -> JobProgress:
    """The row of a job once something is true of it; fails after two minutes."""
    ends = time.monotonic() + 120
    while True:
        with world.act("secretariat"):
            row = JobProgress.objects.get(pk=job)
        if done(row) or time.monotonic() > ends:
            assert done(row), (row.state, row.sentence)
            return row
        time.sleep(0.1)


def found_some(row: JobProgress) -> bool:
    return "Best cost so far: " in row.sentence and "Best cost so far: —" not in row.sentence


def text(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(str(answer.content.decode()).split())


def test_a_search_tells_how_far_it_is_and_stopping_it_keeps_the_best_it_found(worker: Start) -> None:
    world = crowded()
    schedule = asked(world)
    client = client_of(world, "secretariat")
    here = {"schedule": schedule.pk}
    assert "It waits for a worker." in text(client, url("bilateral_schedule", **here))
    worker()
    until(world, found_some, schedule.job)
    said = text(client, url("bilateral_progress", **here))
    assert "Best cost so far: " in said and "None can cost less than: " in said and "of 300" in said
    client.post(url("bilateral_stop", **here))
    until(world, lambda row: row.state == "done", schedule.job)
    with world.act("secretariat"):
        draft = Schedule.objects.get(pk=schedule.pk)
        assert (draft.state, draft.found, draft.ended) == ("draft", "feasible", "stop")
        assert draft.bound is not None and draft.bound < draft.cost["total"]
        assert Placement.objects.filter(schedule=draft).count() > 20
    said = text(client, url("bilateral_schedule", **here))
    assert "stopped early" in said and "The search was stopped; this is the best it had found." in said


def test_a_worker_killed_in_the_midst_of_a_search_leaves_what_is_published_and_the_search_is_begun_again(
    worker: Start,
) -> None:
    world = table()
    one = accepted(world, "TR", "AL")
    published(world, solved(world))
    for pair in combinations(NAMES, 2):
        for level in ("minister", "deputy"):
            accepted(world, *pair, level=level)

    def stands() -> list[Any]:
        with world.act("secretariat"):
            return list(Placement.objects.filter(current=True).values_list("request", "begins_at", "room", "version"))

    before = stands()
    assert [row[0] for row in before] == [one.pk]
    schedule = asked(world)
    killed = worker()
    until(world, found_some, schedule.job)
    killed.kill()
    killed.wait()
    with world.act("secretariat"):
        assert Schedule.objects.get(pk=schedule.pk).state == "solving"
        assert not Placement.objects.filter(schedule=schedule).exists()
    assert stands() == before
    with acting.acting_as_house(), connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '31 seconds'")
    assert take_up() == 1
    client = client_of(world, "secretariat")
    assert "it will be begun again." in text(client, url("bilateral_progress", schedule=schedule.pk))
    worker()
    row = until(world, lambda row: row.run == 2 and found_some(row), schedule.job)
    assert row.state == "running"
    client.post(url("bilateral_stop", schedule=schedule.pk))
    until(world, lambda row: row.state == "done", schedule.job)
    with world.act("secretariat"):
        assert Schedule.objects.get(pk=schedule.pk).state == "draft"
    assert stands() == before
