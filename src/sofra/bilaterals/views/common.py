"""Where the room's pages stand, and by which part the secretariat enters a side's act."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest

from sofra.bilaterals.queries.lines import Line, get_line
from sofra.kernel.doors import DELEGATES, SECRETARIAT
from sofra.kernel.models import Party
from sofra.kernel.pages import actor_of, language, open_to
from sofra.meetings.models import Meeting
from sofra.meetings.views.places import address, entering_at, meeting_or_404
from sofra.parties.entering import Entering
from sofra.parties.queries.formats import members_on

BOTH = SECRETARIAT | DELEGATES


def place(request: HttpRequest, format: str, meeting: str) -> Meeting:
    """The meeting of a page; 404 for whoever is neither a member nor its secretariat: observers have no bilaterals here."""
    row = meeting_or_404(request, format, meeting)
    actor = actor_of(request)
    if not (actor.sits_in(row.format_id) or actor.serves(row.format_id)):
        raise Http404
    return row


def arranged(request: HttpRequest, format: str, meeting: str) -> Meeting:
    """The meeting of a page for whoever arranges its bilaterals."""
    row = meeting_or_404(request, format, meeting)
    open_to(request, "bilaterals.arrange", row)
    return row


def line_of(request: HttpRequest, format: str, meeting: str, key: UUID) -> tuple[Meeting, Line]:
    """The request of a page; 404 for whoever is no side of it."""
    row = place(request, format, meeting)
    line = get_line(row, key)
    if line is None:
        raise Http404
    return row, line


def page_of(meeting: Meeting, line: Line) -> str:
    """A request's page."""
    return address("bilateral", meeting, request_key=line.row.pk)


def members(meeting: Meeting) -> list[Party]:
    """The members of a meeting's format on its day."""
    return members_on(meeting.format, meeting.day) if meeting.format is not None else []


def entering_side(
    request: HttpRequest, meeting: Meeting, parties: list[UUID] | None = None, *, needed: bool = True
) -> Entering:
    """The part by which the secretariat enters an act of one of these parties."""
    entering = entering_at(request, meeting)
    if not needed:
        assert meeting.format is not None
        entering = Entering(request, meeting.format, zone=meeting.zone, needed=False)
    if entering.form is not None and parties is not None:
        kept = {str(each) for each in parties} | {""}
        choice: Any = entering.form.fields["for_party"]
        choice.choices = [each for each in choice.choices if each[0] in kept]
    return entering


__all__ = [
    "BOTH", "address", "arranged", "entering_side", "language", "line_of", "members", "page_of", "place",
]  # fmt: skip
