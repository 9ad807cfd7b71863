"""Jobs to test with, one of which waits at a gate, and the hands that work them off."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

from django.db import connection, connections
from django.utils import timezone
from procrastinate.contrib.django import app

from sofra.kernel import acting, jobs, recording, stalled
from sofra.kernel.models import Audience, Change, JobProgress
from sofra.kernel.refusals import Refusal
from tests.support.world import World

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
