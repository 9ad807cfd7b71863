"""The outcomes commitments arise from, as far as the actor may read them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sofra.cooperation.models import Commitment
from sofra.kernel import wordings
from sofra.kernel.commands import database_now
from sofra.kernel.models import Format
from sofra.meetings.models import Outcome
from sofra.meetings.queries.publicity import word_meetings


def readable_by_members(outcome: Outcome, at: datetime) -> bool:
    """Whether the members read an outcome by an instant: a draft asks nothing of anybody yet."""
    released = outcome.released_at is not None and outcome.released_at <= at
    return released and outcome.withdrawn_at is None and outcome.kind != Outcome.Kind.NONE


def outcomes_on_offer(place: Format, language: str) -> list[Outcome]:
    """What a format's meetings ended with, the latest meeting first, each with `worded` and its meeting worded."""
    now = database_now()
    rows = Outcome.objects.filter(format=place).select_related("meeting").order_by("-meeting__day", "kind", "number")
    found = [row for row in rows if readable_by_members(row, now)]
    meetings = {row.meeting_id: row.meeting for row in found}
    word_meetings(meetings.values(), language, also=found)
    for row in found:
        row.meeting = meetings[row.meeting_id]
    return found


def outcome_words(outcome: Any) -> str:
    """An outcome in a list of choices: its meeting, its kind and number, its title."""
    from sofra.cooperation.forms import meeting_words

    kind = f"{outcome.get_kind_display()} {outcome.number or ''}".strip()
    return f"{meeting_words(outcome.meeting)} · {kind}: {outcome.worded.get('title') or ''}"


def origin_of(commitment: Commitment, language: str) -> Outcome | None:
    """The outcome a commitment arose from, worded, where the house holds one and the actor may read it."""
    if commitment.origin_id is None:
        return None
    row = Outcome.objects.select_related("meeting").filter(pk=commitment.origin_id).first()
    if row is not None:
        wordings.attach([row], language)
    return row
