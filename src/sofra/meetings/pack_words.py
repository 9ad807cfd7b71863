"""Which rows' words stand in a pack, as far as the secretariat said them: read again before it hands the pack on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sofra.kernel import wordings
from sofra.kernel.guarding import Texts
from sofra.meetings.commands.publishing import words_of
from sofra.meetings.models import Document, Meeting, Session
from sofra.meetings.pack import last_meeting, last_outcomes, standing_documents
from sofra.meetings.queries.programme import published

Words = Iterable[tuple[Any, Texts]]


def shown(texts: Texts, language: str) -> Texts:
    """Of every field the text that a pack in one language shows."""
    chosen = {name: wordings.choose(by, language) for name, by in texts.items()}
    return {name: {one.language: one.text} for name, one in chosen.items() if one.text}


def of_meeting(meeting: Meeting, language: str) -> Words:
    """What the meeting is called and where it is."""
    texts = wordings.of([meeting]).get(meeting.pk, {})
    yield meeting, shown({name: by for name, by in texts.items() if name != "note"}, language)


def of_documents(kind: str) -> Any:
    """The documents of a kind that the secretariat wrote; those it circulates for a delegation are that delegation's."""

    def read(meeting: Meeting, language: str) -> Words:
        for row in standing_documents(meeting, language, (kind,)):
            content = row.contents[0]
            said = {name: {content["language"]: content[name]} for name in ("title", "text") if content[name]}
            yield row, said

    return read


annotated_agenda = of_documents(Document.Kind.ANNOTATED_AGENDA)
for_decision = of_documents(Document.Kind.DECISION)


def of_programme(meeting: Meeting, language: str) -> Words:
    """The sessions as they were published."""
    for block in published(meeting, language).blocks:
        if not block.cancelled:
            row = Session(pk=block.id, meeting=meeting, format_id=meeting.format_id)
            yield row, shown(words_of(block.content), language)


def of_last_outcome(meeting: Meeting, language: str) -> Words:
    """What the meeting before it ended with."""
    before = last_meeting(meeting)
    for row in last_outcomes(before, language) if before is not None else ():
        yield row, shown({name: {said.language: said.text} for name, said in row.worded.items()}, language)
