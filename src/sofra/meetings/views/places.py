"""How a page of a meeting finds its place. Every room above uses it too."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from sofra.kernel.models import Party
from sofra.kernel.pages import language
from sofra.meetings.models import Meeting
from sofra.meetings.queries.convening import get_meeting
from sofra.meetings.queries.profile import use_profile_of
from sofra.parties.entering import Entering


def meeting_or_404(request: HttpRequest, format: str, meeting: str) -> Meeting:
    """The meeting of a page, made known to the shell (navigation, zone, exercise band), or "not there"."""
    row = get_meeting(format, meeting, language())
    if row is None:
        raise Http404
    asked: Any = request
    asked.sofra_meeting, asked.sofra_format, asked.exercise = row, row.format, row.exercise
    use_profile_of(row)
    return row


def address(name: str, meeting: Meeting, **more: Any) -> str:
    """The address of a page of this meeting."""
    assert meeting.format is not None
    return reverse(name, kwargs={"format": meeting.format.slug, "meeting": meeting.slug, **more})


def entering_at(request: HttpRequest, meeting: Meeting, party: Party | None = None) -> Entering:
    """The part by which the secretariat enters an act at this meeting; `party` fixes the delegation."""
    assert meeting.format is not None
    return Entering(request, meeting.format, zone=meeting.zone, party=party)
