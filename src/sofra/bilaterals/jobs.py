"""The long work of the room: a schedule is worked out by a worker, and written as a draft whole or not at all.

Asked to stop, a search ends, and the best it found so far is the draft; where it found none, nothing is written.
"""

from __future__ import annotations

import threading
from types import TracebackType
from uuid import UUID

from django.db import connections
from django.utils import translation
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sofra.bilaterals.building import build
from sofra.bilaterals.commands.drafting import write_draft
from sofra.bilaterals.engine.check import check
from sofra.bilaterals.engine.problem import Progress as Stage
from sofra.bilaterals.facts import facts_of
from sofra.bilaterals.models import Schedule
from sofra.kernel.jobs import APART, Cancelled, Progress, job
from sofra.kernel.refusals import Refusal
from sofra.meetings.views.places import address

#: One seed for all: the same requests give the same schedule.
SEED = 1
#: Seconds between two words about a running search.
PAUSE = 0.4
#: Where the solvers are: seconds to read from disk, which a worker does before anybody waits.
SEARCHES = ("sofra.bilaterals.engine.hold", "sofra.bilaterals.engine.replan", "sofra.bilaterals.engine.choose")


class _Teller:
    """Tells from beside a search how far it is, and learns whether it shall stop: a search may be silent for long, and speaks
    from threads of its own, in which nothing may be raised. `stopped`: the seat that asked wants what was found so far."""

    def __init__(self, progress: Progress, seconds: int) -> None:
        self.progress, self.seconds, self.stage = progress, seconds, Stage(0.0, None, None, "")
        self.language = translation.get_language() or "en"
        self.over, self.ended = threading.Event(), threading.Event()
        self.met: Exception | None = None
        self.thread = threading.Thread(target=self._tell, daemon=True)

    def hear(self, stage: Stage) -> None:
        """Take in how far the search is."""
        best = self.stage.best if stage.best is None else stage.best
        bound = self.stage.bound if stage.bound is None else stage.bound
        self.stage = Stage(stage.seconds, best, bound, stage.doing)

    @property
    def stopped(self) -> bool:
        """Whether the seat that asked wants it to stop."""
        return isinstance(self.met, Cancelled)

    def stop(self) -> bool:
        """Whether the search shall end: it was asked to, or what it found would not be written."""
        return self.met is not None

    def __enter__(self) -> _Teller:
        self.thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, met: BaseException | None, _t: TracebackType | None) -> None:
        self.over.set()
        self.thread.join()
        if self.met is not None and met is None and not self.stopped:
            raise self.met

    def _tell(self) -> None:
        waited = 0.0
        try:
            with translation.override(self.language):
                while not self.over.wait(PAUSE):
                    waited += PAUSE
                    said = _now("Best cost so far: %(best)s. None can cost less than: %(bound)s.") % {
                        "best": "—" if self.stage.best is None else self.stage.best,
                        "bound": "—" if self.stage.bound is None else self.stage.bound,
                    }
                    self.progress.say(int(10 * waited), 10 * self.seconds, said)
        except Exception as met:  # whatever it is, the job itself meets it
            self.met = met
        finally:
            connections[APART].close()


@job("bilaterals.solve", title=_("A schedule of bilaterals"), libraries=SEARCHES)
def solve_schedule(progress: Progress, schedule: UUID) -> str:
    """Work a schedule out and write it as a draft; what is published stays as it is. Answers the draft's page.

    Raises Refusal where hours or rooms are not set, or no schedule holds what is locked; Cancelled where it was stopped before
    it found any.
    """
    from sofra.bilaterals.engine.solve import solve

    row = Schedule.objects.select_related("meeting__format", "begun_from").get(pk=schedule)
    facts = facts_of(row.meeting, row.begun_from)
    if facts is None:
        raise Refusal(_now("No hours are set for bilaterals. Set them first."))
    if not facts.rooms:
        raise Refusal(_now("No room takes bilaterals yet. Name rooms first."))
    built = build(facts)

    progress.say(0, row.seconds, _now("The facts are read; the search begins."))
    with _Teller(progress, row.seconds) as teller:
        result = solve(
            built.problem, seconds=row.seconds, seed=SEED, published=built.published, on_progress=teller.hear,
            should_stop=teller.stop,
        )  # fmt: skip
    if teller.stopped and result.status == "unknown":
        raise Cancelled
    if broken := check(built.problem, result, built.published):
        raise RuntimeError(f"The schedule found does not keep the rules and is not written: {broken[0]}")
    write_draft(row, built, result)
    return address("bilateral_schedule", row.meeting, schedule=row.pk)
