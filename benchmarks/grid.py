"""From the press of “Work it out” to the grid: the processor time of each part, on the platform's own day, and their sum.

The rehearsal as `make run` lays it out, with more requests between deputies, so that about thirty are accepted. What is not
in it: the browser, and the pause until a worker that stands hears of the job (the database tells it at once) and until the page
asks again (100 ms at first).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from itertools import combinations
from typing import Any

from benchmarks.house import House
from benchmarks.measure import open_here, table

MORE, TIMES = 18, 5


def run(house: House) -> None:
    """Lay the day out, go the way of the press many times, and tell the least processor time of each part."""
    open_here()

    from django.urls import reverse

    from benchmarks.pages import _client
    from sofra.bilaterals.models import Schedule
    from sofra.kernel import acting, jobs

    jobs.warm()
    meeting = _lay_out()
    client, place = _client("secretariat"), {"format": meeting.format.slug, "meeting": meeting.slug}
    least: dict[str, float] = {}

    def part(name: str, work: Callable[..., Any], *given: Any, status: int = 200) -> Any:
        began = time.process_time()
        done = work(*given)
        least[name] = min(least.get(name, float("inf")), (time.process_time() - began) * 1000)
        if getattr(done, "status_code", status) != status:
            raise RuntimeError(f"{name} answered {done.status_code}; the time means nothing.")
        return done

    for _turn in range(TIMES + 1):
        asked = part("the press", client.post, reverse("bilateral_solve", kwargs=place), {"seconds": "10"}, status=303)
        part("the page that waits", client.get, asked["Location"])
        with acting.acting_as_house():
            row = Schedule.objects.order_by("-number")[0]
        part("the worker: facts, search, check, draft", _work, row)
        again = reverse("bilateral_progress", kwargs={**place, "schedule": row.pk})
        part("the page asks how far it is", client.get, again)
        part("the grid", client.get, asked["Location"])
    with acting.acting_as_house():
        row = Schedule.objects.get(pk=row.pk)
        placed = row.placements.count()
    if row.ended != "proof":  # the rehearsal has a meeting of two slots: the rest is proven, not the whole
        raise RuntimeError("The day was not proven; the time means nothing.")
    told = f"{placed} meetings and rooms placed, {len(row.unplaced)} left out, proven optimal"
    rows = [[name, f"{spent:.0f} ms"] for name, spent in least.items()]
    table(f"From the press to the grid, processor time ({told})", ["part", "least"], [*rows, ["together", _sum(least)]])


def _sum(least: dict[str, float]) -> str:
    return f"{sum(least.values()):.0f} ms"


def _work(row: Any) -> None:
    """What the worker does with it."""
    from sofra.bilaterals.jobs import solve_schedule
    from sofra.kernel import acting
    from sofra.kernel.models import JobProgress

    with acting.acting_as_house():
        job = JobProgress.objects.select_related("seat").get(pk=row.job)
    if job.seat is None:
        raise RuntimeError("Nobody asked for it.")
    solve_schedule.run(str(job.pk), str(job.seat_id), str(job.seat.account_id), schedule=str(row.pk))


def _lay_out() -> Any:
    """The rehearsal, with hours for all its requests, and more of them."""
    from sofra.bilaterals.commands import places, requesting
    from sofra.bilaterals.engine.slots import spans
    from sofra.bilaterals.models import Frame
    from sofra.kernel import acting
    from sofra.kernel.models import Seat
    from sofra.meetings.demonstration_agenda import demonstration_seats

    with acting.acting_as_house():
        frame = Frame.objects.select_related("meeting__format").filter(meeting__exercise=True).order_by("id")[0]
        meeting = frame.meeting
        begins = spans(frame.hours)[0][0]
        places.set_frame(
            meeting=meeting, slot_minutes=15, hours=[(begins, begins + timedelta(hours=3, minutes=30))],
            seen_version=frame.version,
        )  # fmt: skip
        seats = demonstration_seats(meeting)
        parties = [Seat.objects.values_list("party_id", flat=True).get(pk=seat) for seat, _account in seats]
    for one, other in [*combinations(range(len(seats)), 2)][:MORE]:
        with acting.acting_for(*seats[one]):
            made = requesting.ask(meeting=meeting, terms=requesting.Terms(others=(parties[other],), level="deputy"))
        with acting.acting_for(*seats[other]):
            requesting.accept(request=made)
    return meeting
