"""How a page of a meeting finds its place. Every room above uses it too."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import get_language

from sofra.meetings.models import Meeting
from sofra.meetings.queries.convening import get_meeting
from sofra.meetings.queries.profile import use_profile_of


def language() -> str:
    """The page's language."""
    return get_language() or "en"


def meeting_or_404(request: HttpRequest, format: str, meeting: str) -> Meeting:
    """The meeting of a page, made known to the shell (navigation, zone, exercise band), or "not there"."""
    row = get_meeting(format, meeting, language())
    if row is None:
        raise Http404
    asked: Any = request
    asked.sofra_meeting, asked.sofra_format, asked.exercise = row, row.format, row.exercise
    use_profile_of(row)
    return row
