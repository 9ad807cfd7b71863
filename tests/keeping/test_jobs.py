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

from sofra.kernel import acting, jobs, recording, stalled
from sofra.kernel.keeping import heads
from sofra.kernel.models import Account, Audience, Change, JobProgress
from sofra.kernel.refusals import NotAllowed, Refusal
from tests.support.clients import client_of
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


@jobs.job("test.letter", title="Letter", again=False)
def letter(progress: jobs.Progress) -> None:
    """Something that reaches out of the database."""
    raise AssertionError("sent twice")


@jobs.job("test.pack", title="Meeting pack")
def pack(progress: jobs.Progress) -> str:
    """Answers where its result is."""
    return "/en/desk/"


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


def take_up() -> int:
    """What the worker does every minute."""

    async def run() -> int:
        with app.replace_connector(app.connector.get_worker_connector()) as working:
            async with working.open_async():
                return await stalled.take_up_stalled(working.job_manager)

    def apart() -> int:
        try:
            return asyncio.run(run())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(apart).result()


def worker_died(progress: UUID) -> None:
    """As if a worker had begun a job, and was killed an hour ago."""
    with acting.acting_as_house(), connection.cursor() as cursor:
        cursor.execute(
            "WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id)"
            " UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT id FROM dead) WHERE args ->> 'progress' = %s",
            [str(progress)],
        )
        assert cursor.rowcount == 1


def queued() -> int:
    """What waits or is worked at, but for what the clock puts into the queue each minute while a worker stands."""
    with acting.acting_as_house(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
            " AND id NOT IN (SELECT job_id FROM procrastinate_periodic_defers WHERE job_id IS NOT NULL)"
        )
        return int(cursor.fetchone()[0])


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


def test_a_job_whose_worker_was_killed_is_begun_again_and_done_once(
    world: World, own_database: str, server: Any, tmp_path: Path
) -> None:
    gate.clear()
    progress = ask_note(world, "AL")
    program = (
        "import django; django.setup()\n"
        "import tests.keeping.test_jobs\n"  # the jobs of this file; its gate stays shut there
        "from sofra.kernel.cli import worker\n"
        "worker.main([], standalone_mode=False)\n"
    )
    killed = subprocess.Popen(
        [sys.executable, "-c", program],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(["src", "."]),
            "SOFRA_DATA": str(tmp_path),
            "SOFRA_DATABASE_URL": server.url("sofra_app", own_database),
            "SOFRA_OWNER_DATABASE_URL": server.url("sofra_owner", own_database),
        },
    )
    try:
        until = time.monotonic() + 60
        while told(world, "AL", progress)[:2] != ("running", 50) and time.monotonic() < until:
            assert killed.poll() is None
            time.sleep(0.1)
    finally:
        killed.kill()
        killed.wait()
    assert told(world, "AL", progress)[:2] == ("running", 50)
    assert take_up() == 0  # it may still live
    with acting.acting_as_house(), connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '31 seconds'")
    gate.set()
    assert take_up() == 1
    assert told(world, "AL", progress) == (
        "waiting", 0, "Its worker was ended before it was done. Nothing was written; it will be begun again.",
    )  # fmt: skip
    work()
    assert told(world, "AL", progress)[:2] == ("done", 100)
    assert noted(world, "AL") == 1
    with world.act("AL"):
        assert JobProgress.objects.get(pk=progress).run == 2
    assert take_up() == 0


def test_what_was_written_before_its_worker_died_is_not_written_again(world: World) -> None:
    progress = ask_note(world, "AL")
    worker_died(progress)
    with world.act("AL"):
        JobProgress.objects.filter(pk=progress).update(state="done", percent=100, run=1)
    assert take_up() == 0
    work()
    assert told(world, "AL", progress)[:2] == ("done", 100)
    assert (noted(world, "AL"), queued()) == (0, 0)


@pytest.mark.parametrize(
    ("runs", "stop", "state", "sentence"),
    [
        (jobs.MOST_RUNS, False, "failed", "Its worker was ended before it was done. Ask for it again."),
        (1, True, "cancelled", "It was stopped as asked. Nothing was written."),
    ],
)
def test_a_job_that_ends_its_workers_or_was_stopped_is_not_begun_again(
    world: World, runs: int, stop: bool, state: str, sentence: str
) -> None:
    progress = ask_note(world, "AL")
    worker_died(progress)
    with world.act("AL"):
        JobProgress.objects.filter(pk=progress).update(state="running", run=runs, cancel_asked=stop)
    assert take_up() == 0
    assert told(world, "AL", progress) == (state, 0, sentence)
    assert queued() == 0


def test_work_that_reaches_out_of_the_database_is_not_begun_again(world: World) -> None:
    with world.act("secretariat"):
        progress = letter.ask().pk
    worker_died(progress)
    assert take_up() == 0
    assert told(world, "secretariat", progress)[::2] == (
        "failed", "Its worker was ended before it was done. Ask for it again.",
    )  # fmt: skip


def test_a_run_that_was_overtaken_writes_nothing(world: World) -> None:
    gate.clear()
    progress = ask_note(world, "AL")
    first = threading.Thread(target=work)
    first.start()
    assert reached_gate.wait(30)
    with world.act("AL"):  # meanwhile another worker took it for dead, and began it again
        JobProgress.objects.filter(pk=progress).update(run=2)
    gate.set()
    first.join()
    assert told(world, "AL", progress)[0] == "running"
    assert noted(world, "AL") == 0


def test_the_page_shows_a_seat_its_own_work_and_nobody_elses(world: World) -> None:
    with world.act("AL"):
        mine = pack.ask().pk
    theirs = ask_note(world, "RS")
    page = client_of(world, "AL").get("/en/jobs/").content.decode()
    assert "Meeting pack" in page
    assert str(mine) in page
    assert str(theirs) not in page
    for who in ("secretariat", "facilitator", "observer"):
        assert "Meeting pack" not in client_of(world, who).get("/en/jobs/").content.decode()
        assert client_of(world, who).post(f"/en/jobs/{mine}/stop/").status_code == 404
    assert client_of(world, "visitor").get("/en/jobs/").status_code == 302
    work()
    page = client_of(world, "AL").get("/en/jobs/").content.decode()
    assert '<a href="/en/desk/">Open the result</a>' in page


def test_a_seat_stops_its_work_and_the_page_asks_only_for_what_is_new(world: World) -> None:
    client = client_of(world, "AL")
    mine = ask_note(world, "AL")
    with world.act("AL"):
        JobProgress.objects.filter(pk=mine).update(state="running", percent=40, sentence="Half is done.")
    part = client.get("/en/jobs/standing")
    assert '<progress max="100" value="40"' in part.content.decode()
    assert "Half is done." in part.content.decode()
    assert client.get("/en/jobs/standing", headers={"If-None-Match": part["ETag"]}).status_code == 304
    assert client.post(f"/en/jobs/{mine}/stop/").status_code == 302
    again = client.get("/en/jobs/standing", headers={"If-None-Match": part["ETag"]})
    assert again.status_code == 200
    assert "It was asked to stop, and ends at its next step." in again.content.decode()
    work()
    assert told(world, "AL", mine)[::2] == ("cancelled", "It was stopped as asked. Nothing was written.")
