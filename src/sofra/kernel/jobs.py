"""Jobs: long work done by a worker for the seat that asked, whole or not at all, with progress and a way to stop it.

    @job("texts.export", title=_("Export of a text"))
    def export(progress: Progress, text: UUID) -> str: ...      # where the result is, or None


    waiting = export.ask(text=text.pk)          # inside a command or request; deferred with its transaction

A job's arguments are ids only: what it works on is read when it runs, by the seat that asked, as that seat may read it then.
A job whose worker was ended is begun again (kernel/stalled.py); a run that was overtaken so writes nothing.
"""

from __future__ import annotations

import importlib
import logging
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connections, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from sofra.kernel import acting
from sofra.kernel.models import Account, JobProgress
from sofra.kernel.refusals import NotAllowed, Refusal

State = JobProgress.State
OPEN = (State.WAITING, State.RUNNING)
log = logging.getLogger(__name__)

#: Progress is told through a connection of its own, so that it is seen before the job's transaction ends.
APART = "apart"
#: How often a job is begun at most: one that ends its worker each time is given up.
MOST_RUNS = 3
#: The least seconds between two reports of progress that are written down.
PAUSE = 0.3


class Cancelled(Exception):  # noqa: N818 (asked for, not an error)
    """The seat that asked wants the job to stop."""


class SeatGone(Exception):  # noqa: N818 (decided by the house, not an error)
    """The seat that asked was revoked, or its account closed, since it asked."""


class Overtaken(Exception):  # noqa: N818 (another run of the same job goes on, or has ended)
    """The job ended already, or was begun again elsewhere while this run stood still."""


@dataclass
class Progress:
    """What a running job tells. Every call also asks whether it may go on."""

    id: UUID
    seat_id: UUID | None
    account_id: UUID | None
    run: int = 0
    _told: float = 0.0

    def say(self, done: int, of: int, sentence: Any = "") -> None:
        """Say that `done` of `of` parts are done, with a sentence. Raises Cancelled, SeatGone or Overtaken where it must end."""
        now = time.monotonic()
        if now - self._told < PAUSE:
            return
        self._told = now
        percent = max(0, min(99, 100 * done // of)) if of else 0
        self._tell("percent = %s, sentence = %s", [percent, str(sentence)])

    def begin(self) -> None:
        """Say that the work begins, for the first time or again. Raises as `say` does."""
        with transaction.atomic(using=APART), connections[APART].cursor() as cursor:
            _become_house(cursor)
            cursor.execute("SELECT state, run FROM kernel_jobprogress WHERE id = %s FOR UPDATE", [self.id])
            row = cursor.fetchone()
        if row is None or row[0] not in OPEN:
            raise Overtaken
        self.run = row[1] + 1
        self._tell("state = %s, began_at = clock_timestamp(), run = run + 1, percent = 0", [State.RUNNING])

    def _tell(self, change: str, values: list[Any]) -> None:
        with transaction.atomic(using=APART), connections[APART].cursor() as cursor:
            if self.seat_id is None:
                _become_house(cursor)
            else:
                demonstration = bool(settings.SOFRA.demonstration)
                cursor.execute("SELECT sofra_enter(%s, %s, %s)", [self.account_id, self.seat_id, demonstration])
            cursor.execute(
                f"UPDATE kernel_jobprogress SET {change} WHERE id = %s RETURNING cancel_asked, run",  # noqa: S608
                [*values, self.id],
            )
            row = cursor.fetchone()
            if row is not None and row[1] != self.run:
                raise Overtaken  # and what was told is taken back with the transaction
        if row is None:
            raise SeatGone
        if row[0]:
            raise Cancelled


@dataclass(frozen=True)
class Job:
    """A kind of job. `again` says whether it may be begun again where its worker was ended, `libraries` what it imports."""

    name: str
    title: Any
    function: Callable[..., str | None]
    again: bool = True
    libraries: tuple[str, ...] = ()

    def ask(self, **ids: UUID) -> JobProgress:
        """Ask for the work in the name of the current actor, with the transaction. Answers the row that says how far it is.

        Raises NotAllowed for somebody without a seat, TypeError for an argument that is no id.
        """
        actor = acting.current()
        if not actor.seated:
            raise NotAllowed(_("Only who holds a seat asks for this."))
        if wrong := [name for name, value in ids.items() if not isinstance(value, UUID)]:
            raise TypeError(f"A job's arguments are ids; {', '.join(wrong)} of {self.name} is none.")
        progress = JobProgress.objects.create(seat_id=actor.seat_id, job=self.name)
        app.configure_task(self.name).defer(
            progress=str(progress.pk),
            seat=str(actor.seat_id) if actor.seat_id else None,
            account=str(actor.account_id) if actor.account_id else None,
            **{name: str(value) for name, value in ids.items()},
        )
        return progress

    def run(self, progress: str, seat: str | None, account: str | None, **ids: str) -> None:
        """Do the work as the seat that asked; called by the worker. Ends the progress row with a sentence in any case."""
        told = Progress(UUID(progress), UUID(seat) if seat else None, UUID(account) if account else None)
        with translation.override(_language(told.account_id)):
            try:
                told.begin()
                with _acting(told) as actor:
                    if actor.seat_id != told.seat_id:
                        raise SeatGone
                    result = self.function(told, **{name: UUID(value) for name, value in ids.items()})
                    ended = JobProgress.objects.filter(pk=told.id, state=State.RUNNING, run=told.run).update(
                        state=State.DONE, percent=100, ended_at=Now(), result=result or ""
                    )
                    if not ended:
                        raise Overtaken
            except Overtaken:
                log.warning("%s: a run of %s was overtaken by another; it wrote nothing.", self.name, told.id)
            except SeatGone:
                _end(told.id, State.REFUSED, _("The seat that asked for this no longer holds. Nothing was written."))
            except Cancelled:
                _end(told.id, State.CANCELLED, _("It was stopped as asked. Nothing was written."))
            except Refusal as refusal:
                _end(told.id, State.REFUSED, str(refusal.sentence))
            except Exception:
                _end(told.id, State.FAILED, _("It failed, and nothing was written. The operator's log says why."))
                raise


_kinds: dict[str, Job] = {}


def job(
    name: str, *, title: Any, again: bool = True, libraries: tuple[str, ...] = ()
) -> Callable[[Callable[..., str | None]], Job]:
    """Make a function `(progress, **ids)` a job. `name` is "room.work"; the module must be a room's jobs.py.

    The function answers the address in the house where its result is, or None. `again=False` for work that reaches out of
    the database (sends a letter): where its worker was ended, it is told as failed and not begun again. `libraries` are modules
    that take long to import and that the web process never does: a worker imports them when it starts.
    """

    def make(function: Callable[..., str | None]) -> Job:
        made = Job(name, title, function, again, libraries)
        app.task(name=name)(made.run)
        _kinds[name] = made
        return made

    return make


def warm() -> None:
    """Import what the jobs of the house need, and read its routes, so that the first who asks for one does not wait for it."""
    for each in _kinds.values():
        for library in each.libraries:
            importlib.import_module(library)
    reverse("jobs")  # where the result of a job is, is an address; the first that is asked for imports all pages


def kind(name: str) -> Job | None:
    """The kind of job of a name; None for the work the house does by itself."""
    return _kinds.get(name)


def cancel(progress_id: UUID) -> None:
    """Ask a job to stop; it ends at its next word. Nothing of it is written, but where the job itself keeps what it has.

    A job that ended meanwhile stays as it ended. Raises NotAllowed if it is not the actor's.
    """
    if not JobProgress.objects.filter(pk=progress_id).update(cancel_asked=True):
        raise NotAllowed(_("There is no such job of yours."))


def mine() -> QuerySet[JobProgress]:
    """The jobs the actor's seat asked for, the latest first."""
    seat = acting.current().seat_id
    found = JobProgress.objects.filter(seat_id=seat) if seat else JobProgress.objects.none()
    return found.order_by("-asked_at", "id")


def _acting(told: Progress) -> AbstractContextManager[acting.Actor]:
    if told.seat_id is None:
        return acting.acting_as_house()
    return acting.acting_for(told.seat_id, told.account_id)


def _language(account_id: UUID | None) -> str:
    if account_id is None:
        return str(settings.LANGUAGE_CODE)
    return str(Account.objects.values_list("language", flat=True).get(pk=account_id))


def _end(progress_id: UUID, state: str, sentence: str) -> None:
    with transaction.atomic(using=APART), connections[APART].cursor() as cursor:
        _become_house(cursor)
        cursor.execute(
            "UPDATE kernel_jobprogress SET state = %s, sentence = %s, ended_at = clock_timestamp()"
            " WHERE id = %s AND state = ANY (%s)",
            [state, sentence, progress_id, list(OPEN)],
        )


def take_up(progress_id: UUID, account_id: UUID | None, *, again: bool) -> bool:
    """Say on its row what becomes of a job whose worker was ended. Answers whether it shall be begun again."""
    with translation.override(_language(account_id)):
        with transaction.atomic(using=APART), connections[APART].cursor() as cursor:
            _become_house(cursor)
            cursor.execute(
                "SELECT state, run, cancel_asked FROM kernel_jobprogress WHERE id = %s FOR UPDATE", [progress_id]
            )
            row = cursor.fetchone()
            if row is None or row[0] not in OPEN:
                return False
            if again and row[1] < MOST_RUNS and not row[2]:
                told = _("Its worker was ended before it was done. Nothing was written; it will be begun again.")
                cursor.execute(
                    "UPDATE kernel_jobprogress SET state = %s, percent = 0, sentence = %s WHERE id = %s",
                    [State.WAITING, told, progress_id],
                )
                return True
        if row[2]:
            _end(progress_id, State.CANCELLED, _("It was stopped as asked. Nothing was written."))
        else:
            _end(progress_id, State.FAILED, _("Its worker was ended before it was done. Ask for it again."))
        return False


def _become_house(cursor: Any) -> None:
    cursor.execute("""SELECT sofra_become('{"role": "secretariat", "house": "on"}')""")
