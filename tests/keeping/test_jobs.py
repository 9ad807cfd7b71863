"""A job acts as the seat that asked, as that seat may act when it runs; whole or not at all; watched by that seat alone."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections
from django.utils import timezone
from procrastinate.contrib.django import app

from sofra.kernel import acting, jobs, recording
from sofra.kernel.keeping import heads
from sofra.kernel.models import Account, Audience, Change, JobProgress
from sofra.kernel.refusals import NotAllowed, Refusal
from tests.support.world import World, make_world

gate = threading.Event()
reached_gate = threading.Event()


@jobs.job("test.note", title="Note")
def note(progress: jobs.Progress, party: UUID, format_: UUID) -> None:
    """Write a delegation's own row; wait at the gate half-way."""
    change = Change.objects.create(
        kind="test.noted", subject_type="test", subject_id=party, audience=Audience.DELEGATION, format_id=format_,
        owner_party_id=party,
    )  # fmt: skip
    recording.record("test.noted", change, visible=False)
    progress.say(1, 2, "Half is done.")
    reached_gate.set()
    assert gate.wait(30)
    progress._told = 0.0
    progress.say(2, 2, "Nearly done.")


@jobs.job("test.refuse", title="Refuse")
def refuse(progress: jobs.Progress) -> None:
    make_change()
    raise Refusal("The text is closed. Nothing was kept.")


@jobs.job("test.fail", title="Fail")
def fail(progress: jobs.Progress) -> None:
    make_change()
    raise ZeroDivisionError


def make_change() -> None:
    Change.objects.create(kind="test.noted", subject_type="test", subject_id=uuid4(), audience=Audience.SECRETARIAT)


@pytest.fixture
def world(own_database: str) -> Iterator[World]:
    gate.set()
    reached_gate.clear()
    yield make_world()
    gate.set()


def work() -> None:
    """Work off what waits, as `sofra worker` does, and close what the worker's threads opened."""

    async def run() -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as working:
            async with working.open_async():
                await working.run_worker_async(
                    queues=["default"], wait=False, install_signal_handlers=False, listen_notify=False, concurrency=1
                )

    def apart() -> None:
        try:
            asyncio.run(run())
        finally:
            connections.close_all()

    ages = {alias: connections[alias].settings_dict["CONN_MAX_AGE"] for alias in connections}
    try:
        for alias in ages:
            connections[alias].settings_dict["CONN_MAX_AGE"] = 0
        # A browser test before us leaves its event loop in this thread; the worker gets a thread of its own.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(apart).result()
    finally:
        for alias, age in ages.items():
            connections[alias].settings_dict["CONN_MAX_AGE"] = age
        connections.close_all()


def ask_note(world: World, who: str) -> UUID:
    with world.act(who):
        return note.ask(party=world.parties[who].pk, format_=world.format.pk).pk


def told(world: World, who: str, progress: UUID) -> tuple[str, int, str]:
    with world.act(who):
        row = JobProgress.objects.get(pk=progress)
        return row.state, row.percent, row.sentence


def noted(world: World, who: str) -> int:
    with world.act(who):
        return Change.objects.filter(kind="test.noted").count()


def revoke(world: World, who: str) -> None:
    with acting.acting_as_house():
        seat = world.seats[who]
        seat.revoked_at = timezone.now()
        seat.save(update_fields=["revoked_at"])


def test_a_job_acts_as_the_seat_that_asked(world: World) -> None:
    progress = ask_note(world, "AL")
    assert told(world, "AL", progress) == ("waiting", 0, "")
    assert noted(world, "AL") == 0
    work()
    assert told(world, "AL", progress) == ("done", 100, "Nearly done.")
    assert noted(world, "AL") == 1
    assert noted(world, "RS") == 0


def test_the_progress_of_a_job_is_its_seats_alone(world: World) -> None:
    progress = ask_note(world, "AL")
    for who in ("RS", "secretariat", "facilitator", "observer", "visitor"):
        with world.act(who):
            assert list(JobProgress.objects.all()) == []
            with pytest.raises(NotAllowed):
                jobs.cancel(progress)
    with world.act("AL"):
        assert [row.pk for row in jobs.mine()] == [progress]


def test_a_job_that_was_asked_in_vain_is_not_deferred(world: World) -> None:
    class Regret(Exception):  # noqa: N818
        pass

    with pytest.raises(Regret), world.act("AL"):
        note.ask(party=world.parties["AL"].pk, format_=world.format.pk)
        raise Regret
    work()
    assert noted(world, "AL") == 0
    with world.act("visitor"), pytest.raises(NotAllowed):
        refuse.ask()
    with world.act("AL"), pytest.raises(TypeError, match=r"party of test.note is none"):
        note.ask(party="AL")  # type: ignore[arg-type]


def test_a_seat_revoked_before_the_job_runs_writes_nothing(world: World) -> None:
    progress = ask_note(world, "AL")
    revoke(world, "AL")
    work()
    with acting.acting_as_house():
        row = JobProgress.objects.get(pk=progress)
        assert (row.state, row.sentence) == (
            "refused",
            "The seat that asked for this no longer holds. Nothing was written.",
        )
    with connection.cursor() as cursor, acting.acting_as_house():
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'succeeded' AND task_name = 'test.note'")
        assert cursor.fetchone() == (1,)
    assert heads.of_house().heads == ()


@pytest.mark.parametrize("how", ["cancelled", "revoked"])
def test_a_job_stopped_half_way_writes_nothing(world: World, how: str) -> None:
    gate.clear()
    progress = ask_note(world, "AL")
    worker = threading.Thread(target=work)
    worker.start()
    assert reached_gate.wait(30)
    assert told(world, "AL", progress) == ("running", 50, "Half is done.")
    if how == "cancelled":
        with world.act("AL"):
            jobs.cancel(progress)
    else:
        revoke(world, "AL")
    gate.set()
    worker.join()
    with acting.acting_as_house():
        row = JobProgress.objects.get(pk=progress)
    assert (row.state, row.sentence) == (
        ("cancelled", "It was stopped as asked. Nothing was written.")
        if how == "cancelled"
        else ("refused", "The seat that asked for this no longer holds. Nothing was written.")
    )
    assert heads.of_house().heads == ()


def test_a_refusal_and_a_failure_leave_a_sentence_and_nothing_else(world: World) -> None:
    Account.objects.filter(pk=world.seats["secretariat"].account_id).update(language="en")
    with world.act("secretariat"):
        refused, failed = refuse.ask().pk, fail.ask().pk
    work()
    assert told(world, "secretariat", refused) == ("refused", 0, "The text is closed. Nothing was kept.")
    assert told(world, "secretariat", failed) == (
        "failed", 0, "It failed, and nothing was written. The operator's log says why.",
    )  # fmt: skip
    assert noted(world, "secretariat") == 0


def test_a_worker_of_its_own_exports_the_heads_as_the_application_role(
    own_database: str, server: Any, tmp_path: Path
) -> None:
    with acting.acting_as_house():
        recording.record_house("test.appended", None)
    app.configure_task("kernel.export_heads", queue="house").defer(timestamp=0)
    worker = subprocess.Popen(
        [sys.executable, "-m", "sofra", "worker"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={
            **os.environ,
            "PYTHONPATH": "src",
            "SOFRA_DATA": str(tmp_path),
            "SOFRA_DATABASE_URL": server.url("sofra_app", own_database),
            "SOFRA_OWNER_DATABASE_URL": server.url("sofra_owner", own_database),
        },
    )
    try:
        until = time.monotonic() + 60
        while not list((tmp_path / "heads").glob("2*.json")) and time.monotonic() < until and worker.poll() is None:
            time.sleep(0.1)
    finally:
        worker.send_signal(signal.SIGTERM)
        said = worker.communicate(timeout=30)[1].decode()
    files = list((tmp_path / "heads").glob("2*.json"))
    assert len(files) == 1, said
    exported = heads.loads(files[0].read_bytes())
    assert [(head.chain, head.number) for head in exported.heads] == [("house", 1)]
    assert worker.returncode == 0, said
