"""Where the words of this room's rows are changed, and which profile a meeting's words are held against."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from sofra.lexicon import saving
from sofra.meetings.contributions.joining import Contribution
from sofra.meetings.models import Document
from sofra.meetings.queries.profile import profile_of

saving.profiles_by(profile_of)


def _at(name: str, meeting: Any, **more: Any) -> str:
    return reverse(name, kwargs={"format": meeting.format.slug, "meeting": meeting.slug, **more})


def _document(row: Any) -> str:
    if row.released_at is not None or row.kind == Document.Kind.OUTCOME:
        return ""
    return _at("document_edit", row.meeting, document=row.pk)


PART = Contribution(
    words_at={
        "meetings.meeting": lambda row: _at("meeting_edit", row),
        "meetings.agendaitem": lambda row: _at("agenda_edit", row.meeting, item=row.pk),
        "meetings.document": _document,
        "meetings.outcome": lambda row: _at("outcome_edit", row.meeting, outcome=row.pk),
        "meetings.presspiece": lambda row: _at("press_edit", row.meeting, piece=row.pk),
        "meetings.session": lambda row: _at("programme_edit", row.meeting, session=row.pk),
        "meetings.task": lambda row: _at("task_edit", row.meeting, task=row.pk),
        "meetings.cycletask": lambda row: reverse("step_edit", kwargs={"format": row.format.slug, "step": row.pk}),
        "meetings.resource": lambda row: reverse("room_edit", kwargs={"format": row.format.slug, "room": row.pk}),
        "meetings.theme": lambda row: reverse("theme_edit", kwargs={"theme": row.slug}),
        "meetings.lettertemplate": lambda row: reverse(
            "letter_template_edit", kwargs={"format": row.format.slug, "template": row.pk}
        ),
    }
)
