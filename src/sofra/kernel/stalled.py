"""Jobs whose worker was killed: found by the heartbeat it no longer sends, and begun again where that is safe.

A job is one transaction, so that of a killed run nothing stands. Its row says that it was begun again; after some runs that
all ended their worker it is given up, with a sentence. Work of the house itself comes back by its own clock.
"""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.db import connections
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

from sofra.kernel import jobs

log = logging.getLogger(__name__)
#: A worker that did not say for so many seconds that it lives is taken for dead; it says so every ten.
SILENT_SECONDS = 30


async def take_up_stalled(manager: JobManager, *, but: int | None = None, silent: float = SILENT_SECONDS) -> int:
    """Begin again, or end with a sentence, every job of a dead worker (but the one asking). Answers how many begin again."""
    begun = 0
    for each in await manager.get_stalled_jobs(seconds_since_heartbeat=silent):
        if each.id is None or each.id == but:
            continue
        if await sync_to_async(_decide)(each.task_name, each.task_kwargs):
            await manager.retry_job(each)
            begun += 1
            log.warning("The worker of job %s (%s) was ended; it is begun again.", each.id, each.task_name)
        else:
            await _give_up(manager, each)
    return begun


async def _give_up(manager: JobManager, each: Job) -> None:
    await manager.finish_job(each, Status.FAILED, delete_job=True)
    log.warning("The worker of job %s (%s) was ended; it is not begun again.", each.id, each.task_name)


def _decide(name: str, given: dict[str, Any]) -> bool:
    kind = jobs.kind(name)
    if kind is None:
        return False
    account = given.get("account")
    try:
        return jobs.take_up(UUID(str(given["progress"])), UUID(str(account)) if account else None, again=kind.again)
    finally:
        connections.close_all()  # this thread has no request at whose end Django would do it
