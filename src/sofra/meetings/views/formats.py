"""The page of a format, the list of its meetings, and of all."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from sofra.kernel import policy
from sofra.kernel.doors import ANYONE, door
from sofra.kernel.pages import language
from sofra.meetings.queries.convening import all_meetings, is_past, meetings_of
from sofra.parties.queries.formats import all_formats, memberships
from sofra.parties.views.formats import format_or_404


@door(GET=ANYONE)
def format(request: HttpRequest, format: str) -> HttpResponse:
    """What a format is, who sits in it, its working groups and meetings."""
    row = format_or_404(format, request)
    found = meetings_of(row, language())
    now = timezone.now()
    seats = memberships(row, language())
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        "format": row,
        "members": [seat for seat in seats if seat.capacity == "member" and (seat.current or seat.to_come)],  # type: ignore[attr-defined]
        "observers": [seat for seat in seats if seat.capacity == "observer" and (seat.current or seat.to_come)],  # type: ignore[attr-defined]
        "former": [seat for seat in seats if not seat.current and not seat.to_come],  # type: ignore[attr-defined]
        "groups": [each for each in all_formats(language()) if each.parent_id == row.pk],
        "ahead": [meeting for meeting in reversed(found) if not is_past(meeting, now)],
        "past": [meeting for meeting in found if is_past(meeting, now)],
        "may_change": bool(policy.decide(actor, "formats.change", row)),
        "may_open": actor.house,
    }
    return render(request, "meetings/format.html", context)


@door(GET=ANYONE)
def format_meetings(request: HttpRequest, format: str) -> HttpResponse:
    """The meetings of one format."""
    row = format_or_404(format, request)
    return _list(request, meetings_of(row, language()), row)


@door(GET=ANYONE)
def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings of every format."""
    return _list(request, all_meetings(language()), None)


def _list(request: HttpRequest, found: list, row: object) -> HttpResponse:  # type: ignore[type-arg]
    now = timezone.now()
    actor = request.actor  # type: ignore[attr-defined]
    context = {
        "format": row,
        "ahead": [meeting for meeting in reversed(found) if not is_past(meeting, now)],
        "past": [meeting for meeting in found if is_past(meeting, now)],
        "may_convene": row is not None and bool(policy.decide(actor, "meetings.convene", row)),
    }
    return render(request, "meetings/meetings.html", context)
