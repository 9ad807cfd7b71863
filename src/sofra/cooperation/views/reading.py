"""What stands: a meeting's follow-up, a format's commitments, one commitment."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sofra.cooperation import plate
from sofra.cooperation.queries import all_of, follow_up, grouped, meetings_of
from sofra.cooperation.queries.lines import contact_of, now
from sofra.cooperation.standing import state_of
from sofra.cooperation.views.common import line_of
from sofra.kernel import policy, wordings
from sofra.kernel.doors import SEATED, door
from sofra.kernel.pages import actor_of, language
from sofra.meetings.views.places import meeting_or_404
from sofra.parties.views.formats import format_or_404


@door(GET=SEATED)
def follow_up_page(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """The follow-up of a meeting: on time, late, done, lapsed, and what was said since the meeting before."""
    row = meeting_or_404(request, format, meeting)
    actor, by = actor_of(request), "theme" if request.GET.get("by") == "theme" else "due"
    found = follow_up(row, language())
    context = {
        "found": found,
        "meeting": row,
        "groups": grouped(found.standing, by, language()),
        "by": by,
        "plate": plate.draw(found.lines, found.meetings, found.at),
        "may_propose": policy.decide(actor, "cooperation.propose", row.format),
        "may_announce": policy.decide(actor, "cooperation.announce", row.format),
    }
    return render(request, "cooperation/follow_up.html", context)


@door(GET=SEATED)
def commitments_page(request: HttpRequest, format: str) -> HttpResponse:
    """Every commitment of a format, ended ones too."""
    place = format_or_404(format, request)
    actor, by = actor_of(request), "theme" if request.GET.get("by") == "theme" else "due"
    lines = all_of(place, language())
    request.exercise = any(line.row.exercise for line in lines)  # type: ignore[attr-defined]
    context = {
        "place": place,
        "lines": lines,
        "groups": grouped(lines, by, language()),
        "by": by,
        "may_propose": policy.decide(actor, "cooperation.propose", place),
        "may_announce": policy.decide(actor, "cooperation.announce", place),
    }
    return render(request, "cooperation/commitments.html", context)


@door(GET=SEATED)
def commitment_page(request: HttpRequest, format: str, commitment: UUID) -> HttpResponse:
    """One commitment: its words, every date, every report with its sources."""
    line = line_of(request, format, commitment)
    row, actor = line.row, actor_of(request)
    meetings = meetings_of(row.format_id)
    wordings.attach(meetings, language())
    instant = now()
    stood = [
        (each, state_of(row, each.closes_at)) for each in plate.past(meetings, instant) if each.closes_at > row.made_at
    ]
    waiting = line.waiting
    context = {
        "line": line,
        "row": row,
        "contact": contact_of(row),
        "stood": stood,
        "own": actor.party_id == row.owner_id,
        "serves": actor.serves(row.format_id),
        "may_answer": waiting is not None and policy.decide(actor, "cooperation.answer", waiting.row),
        "may_edit": policy.decide(actor, "cooperation.edit", row),
        "may_date": line.state.open and policy.decide(actor, "cooperation.set_date", row),
        "may_report": not line.ended and policy.decide(actor, "cooperation.report", row),
        "may_correct": policy.decide(actor, "cooperation.report", row),
        "may_lapse": not line.ended and policy.decide(actor, "cooperation.lapse", row),
        "may_withdraw": not line.ended and policy.decide(actor, "cooperation.withdraw", row),
    }
    return render(request, "cooperation/commitment.html", context)
