"""The programme: to be read day by day, printed, compared with what is published; what is pencilled twice."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sofra.kernel import policy
from sofra.kernel.doors import ANYONE, SECRETARIAT, door
from sofra.kernel.models import Party
from sofra.kernel.pages import actor_of, language, open_to
from sofra.kernel.refusals import Refusal
from sofra.meetings.engine.programme import parties_in
from sofra.meetings.models import Meeting
from sofra.meetings.programme_lines import Writer
from sofra.meetings.queries.clashes import clashes_of
from sofra.meetings.queries.profile import require_profile
from sofra.meetings.queries.programme import Programme, published, working
from sofra.meetings.views.places import meeting_or_404

#: `?as=published` shows the secretariat what the members read.
AS = "as"


def _found(request: HttpRequest, meeting: Meeting) -> tuple[Programme, bool]:
    """The programme a reader gets, and whether it is the working one."""
    serves = actor_of(request).serves(meeting.format_id)
    if serves and request.GET.get(AS) != "published":
        return working(meeting, language()), True
    return published(meeting, language()), False


@door(GET=ANYONE)
def programme(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """The programme of a meeting, day by day."""
    row = meeting_or_404(request, format, meeting)
    found, is_working = _found(request, row)
    actor = actor_of(request)
    arranges = is_working and bool(policy.decide(actor, "programme.arrange", row))
    writer = Writer(found, row.zone, language())
    context: dict[str, Any] = {
        "meeting": row,
        "format": row.format,
        "found": found,
        "version": found.version,
        "days": writer.days(),
        "undated": [writer.line(block) for block in found.undated],
        "working": is_working,
        "arranges": arranges,
        "serves": actor.serves(row.format_id),
        "clashes": len(clashes_of(row, language())) if arranges else 0,
    }
    return render(request, "meetings/programme/programme.html", context)


@door(GET=ANYONE)
def programme_print(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """The published programme as a paper, with names by the profile; refused, with the reason, where there is none."""
    row = meeting_or_404(request, format, meeting)
    found = published(row, language())
    found.blocks = [block for block in found.blocks if not block.cancelled]
    named = list(Party.objects.filter(pk__in={party for block in found.blocks for party in parties_in(block.content)}))
    context: dict[str, Any] = {"meeting": row, "version": found.version}
    try:
        if named:
            profile = require_profile(row, [language()], named)
            context |= {
                "footnotes": profile.footnotes_for(named, language()), "basis": profile.basis_sentence(language())
            }  # fmt: skip
        context["days"] = Writer(found, row.zone, language()).days()
    except Refusal as refusal:
        return render(request, "meetings/programme/print.html", context | {"refused": refusal.sentence}, status=422)
    return render(request, "meetings/programme/print.html", context)


@door(GET=SECRETARIAT)
def programme_clashes(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """What is wanted twice at the same time, as far as the reader may read both."""
    row = meeting_or_404(request, format, meeting)
    open_to(request, "programme.arrange", row)
    context = {"meeting": row, "clashes": clashes_of(row, language())}
    return render(request, "meetings/programme/clashes.html", context)
