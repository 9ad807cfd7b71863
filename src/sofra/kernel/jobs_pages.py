"""The page on which a seat sees how far the long work is that it asked for, and stops it."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from sofra.kernel import jobs
from sofra.kernel.accounts.middleware import polled
from sofra.kernel.doors import SEATED, door
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
    # Not the part itself is compared, but what it tells: it holds a form's token, which differs each time.
    told = [(row.pk, row.state, row.percent, row.sentence, row.cancel_asked, row.result) for row in found]
    etag = f'"{hashlib.sha256(repr((get_language(), told)).encode()).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers={"ETag": etag})
    return HttpResponse(render_to_string("jobs/parts/list.html", {"jobs": found}, request), headers={"ETag": etag})


@door(POST=SEATED)
def stop(request: HttpRequest, job: UUID) -> HttpResponse:
    """Ask one's own job to stop."""
    try:
        jobs.cancel(job)
    except NotAllowed:
        raise Http404 from None
    return redirect("jobs")
