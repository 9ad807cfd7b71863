"""What stands: a meeting's follow-up, a format's commitments, one commitment."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from sofra.cooperation import plate
from sofra.cooperation.commands.publishing import TOLD, public_rows, told_by
from sofra.cooperation.models import Commitment
from sofra.cooperation.queries import (
    all_of,
    follow_up,
    grouped,
    is_outside,
    meetings_of,
    public_follow_up,
    public_lines,
)
from sofra.cooperation.queries.lines import contact_of, now
from sofra.cooperation.queries.origins import arisen_from, origin_of
from sofra.cooperation.standing import state_of
from sofra.cooperation.views.common import line_of
from sofra.kernel import policy, wordings
from sofra.kernel.doors import ANYONE, door
from sofra.kernel.pages import actor_of, language
from sofra.meetings.queries.issuing import quoted_by
from sofra.meetings.views.places import meeting_or_404
from sofra.parties.views.formats import format_or_404


@door(GET=ANYONE)
def follow_up_page(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """The follow-up of a meeting: on time, late, done, lapsed, and what was said since the meeting before.

    Outside the members it holds what owners made public.
    """
    row = meeting_or_404(request, format, meeting)
    actor, by = actor_of(request), "theme" if request.GET.get("by") == "theme" else "due"
    outside = is_outside(actor, row.format)
    found = public_follow_up(row, language()) if outside else follow_up(row, language())
    context = {
        "outside": outside,
        "found": found,
        "meeting": row,
        "groups": grouped(found.standing, by, language()),
        "by": by,
        "plate": None if outside else plate.draw(found.lines, found.meetings, found.at),
        "may_propose": policy.decide(actor, "cooperation.propose", row.format),
        "may_announce": policy.decide(actor, "cooperation.announce", row.format),
    }
    return render(request, "cooperation/follow_up.html", context)


@door(GET=ANYONE)
def commitments_page(request: HttpRequest, format: str) -> HttpResponse:
    """Every commitment of a format, ended ones too; outside the members those that are public."""
    place = format_or_404(format, request)
    actor, by = actor_of(request), "theme" if request.GET.get("by") == "theme" else "due"
    outside = is_outside(actor, place)
    lines: list[Any] = [*(public_lines(place, now(), language()) if outside else all_of(place, language()))]
    request.exercise = any(line.row.exercise for line in lines)  # type: ignore[attr-defined]
    context = {
        "place": place,
        "outside": outside,
        "lines": lines,
        "groups": grouped(lines, by, language()),
        "by": by,
        "may_propose": policy.decide(actor, "cooperation.propose", place),
        "may_announce": policy.decide(actor, "cooperation.announce", place),
    }
    return render(request, "cooperation/commitments.html", context)


@door(GET=ANYONE)
def commitment_page(request: HttpRequest, format: str, commitment: UUID) -> HttpResponse:
    """One commitment: its words, every date, every report with its sources. Outside the members what is public of it."""
    if not Commitment.objects.filter(format__slug=format, pk=commitment).exists():
        return _public_page(request, format, commitment)
    line = line_of(request, format, commitment)
    row, actor = line.row, actor_of(request)
    meetings = meetings_of(row.format_id)
    wordings.attach(meetings, language())
    instant = now()
    stood = [
        (each, state_of(row, each.closes_at)) for each in plate.past(meetings, instant) if each.closes_at > row.made_at
    ]
    waiting = line.waiting
    told = public_rows(row)[-1:]
    may_publish = bool(policy.decide(actor, "cooperation.make_public", row))
    context = {
        "outcome": origin_of(row, language()),
        "bilateral": arisen_from(row),
        "quoted": quoted_by([row.pk], language()).get(row.pk, []),
        "told": told[0] if told else None,
        "told_otherwise": bool(told) and told_by(told[0]) != _words(row),
        "may_publish": may_publish and line.counting,
        "may_unpublish": may_publish and bool(told),
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


def _words(row: Commitment) -> dict[str, dict[str, str]]:
    texts = wordings.of([row]).get(row.pk, {})
    return {name: texts.get(name, {}) for name in TOLD}


def _public_page(request: HttpRequest, format: str, key: UUID) -> HttpResponse:
    place = format_or_404(format, request)
    lines = public_lines(place, now(), language(), key)
    if not lines:
        raise Http404
    line = lines[0]
    request.exercise = line.row.exercise  # type: ignore[attr-defined]
    return render(request, "cooperation/public_commitment.html", {"line": line, "row": line.row})
