"""Where the room's pages stand."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse

from sofra.cooperation.queries import Line, get_line
from sofra.cooperation.queries.lines import now
from sofra.kernel.pages import language
from sofra.meetings.queries.publicity import word_meetings
from sofra.parties.views.formats import format_or_404


def line_of(request: HttpRequest, format_slug: str, key: UUID) -> Line:
    """The commitment of the address as it stands now; 404 where there is none to read."""
    format_or_404(format_slug, request)
    line = get_line(format_slug, key, now(), language())
    if line is None:
        raise Http404
    request.exercise = line.row.exercise  # type: ignore[attr-defined]
    if line.row.meeting is not None:
        word_meetings([line.row.meeting], language())
        request.sofra_meeting = line.row.meeting  # type: ignore[attr-defined]
    return line


def page_of(line: Line) -> str:
    """The address of a commitment's page."""
    assert line.row.format is not None
    return reverse("commitment", kwargs={"format": line.row.format.slug, "commitment": line.row.pk})
