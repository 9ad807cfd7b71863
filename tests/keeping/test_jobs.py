"""A job acts as the seat that asked, as that seat may act when it runs; whole or not at all; watched by that seat alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from sofra.kernel import acting, jobs, recording
from sofra.kernel.keeping import heads
from sofra.kernel.models import Account, JobProgress
from sofra.kernel.refusals import NotAllowed
from tests.keeping.job_world import (
    ask_note,
    fail,
    gate,
    letter,
    note,
    noted,
    pack,
    queued,
    reached_gate,
    refuse,
    revoke,
    take_up,
    told,
    work,
    worker_died,
)
from tests.support.clients import client_of
from tests.support.world import World, make_world


@pytest.fixture
def world(own_database: str) -> Iterator[World]:
    gate.set()
    reached_gate.clear()
    yield make_world()
    gate.set()


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
        "import tests.keeping.job_world\n"  # its jobs; its gate stays shut there
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
