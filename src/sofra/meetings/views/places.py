"""How a page of a meeting finds its place. Every room above uses it too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse

from sofra.kernel.asking import Asking
from sofra.kernel.commands import database_now
from sofra.kernel.models import Entry, Party
from sofra.kernel.pages import language
from sofra.meetings import sentences
from sofra.meetings.commands.register import enter_from_note
from sofra.meetings.models import Meeting
from sofra.meetings.queries.convening import get_meeting
from sofra.meetings.queries.procedure import missed_silence
from sofra.meetings.queries.profile import use_profile_of
from sofra.meetings.queries.register import incoming_note, sources_of
from sofra.parties.entering import Entering, Source


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
    return Entering(request, meeting.format, zone=meeting.zone, party=party, register=_Register(meeting))


def objecting(asking: Asking, kind: str, key: UUID, row: Meeting, **words: Any) -> str:
    """The sentence of an objection: where it was received before a silence ended that has run out, it says so."""
    form = asking.entering.form if asking.entering is not None else None
    received = form.cleaned_data.get("received_instant") if form is not None else None
    if received is None or missed_silence(key, received, database_now()) is None:
        return sentences.sentence(f"{kind}.object", party=asking.party, **words)
    said = sentences.exact(received, row.zone)
    return sentences.sentence(f"{kind}.object_late", party=asking.party, received=said, **words)


@dataclass(frozen=True)
class _Register:
    """The register of a meeting's format, as notes an act can be entered from."""

    meeting: Meeting

    def sources(self) -> list[Source]:
        return sources_of(self.meeting)

    def enter(self, key: UUID) -> Entry:
        return enter_from_note(note=incoming_note(self.meeting, key))
