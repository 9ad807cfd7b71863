"""The page on which a seat sees how far the long work is that it asked for, and stops it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sofra.kernel import jobs
from sofra.kernel.accounts.middleware import polled
from sofra.kernel.doors import SEATED, door
from sofra.kernel.pages import unless_known
from sofra.kernel.refusals import NotAllowed

#: How many of the latest jobs are shown.
SHOWN = 50


@door(GET=SEATED)
def asked(request: HttpRequest) -> HttpResponse:
    """What the seat asked for: how far it is, what it says, where its result is. No other seat sees it."""
    found = list(jobs.mine()[:SHOWN])
    return render(request, "jobs/asked.html", {"jobs": found, "shown": SHOWN, "full": len(found) == SHOWN})


@polled
@door(GET=SEATED)
def standing(request: HttpRequest) -> HttpResponse:
    """The same as a part of the page, with an ETag: the page asks for it while something is under way."""
    found = list(jobs.mine()[:SHOWN])
    return unless_known(
        request, [row.told for row in found], lambda: render(request, "jobs/parts/list.html", {"jobs": found})
    )


@door(POST=SEATED)
def stop(request: HttpRequest, job: UUID) -> HttpResponse:
    """Ask one's own job to stop."""
    try:
        jobs.cancel(job)
    except NotAllowed:
        raise Http404 from None
    return redirect("jobs")
