"""The outcomes commitments arise from, as far as the actor may read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sofra.bilaterals.models import Request
from sofra.bilaterals.policy import sides_of
from sofra.cooperation.models import Arisen, Commitment
from sofra.kernel import wordings
from sofra.kernel.acting import current
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


def bilateral_of(format_id: UUID | None, given: object) -> Request | None:
    """The bilateral of an id as a page was given it: an accepted one of the format, where the actor may know of it."""
    try:
        key = UUID(str(given))
    except ValueError:
        return None
    return Request.objects.filter(pk=key, format=format_id, acts__kind="accepted").select_related("meeting").first()


@dataclass(frozen=True)
class Source:
    """The bilateral a commitment came out of: its request, and the sides besides the reader's."""

    bilateral: Request
    others: list[UUID]


def arisen_from(commitment: Commitment) -> Source | None:
    """The bilateral a commitment came out of, for whoever may know of it; None for everybody else. One query, or two."""
    row = Arisen.objects.filter(commitment=commitment).select_related("bilateral__meeting").first()
    if row is None:
        return None
    party = current().party_id
    return Source(row.bilateral, [each for each in sides_of(row.bilateral) if each != party])


def origin_of(commitment: Commitment, language: str) -> Outcome | None:
    """The outcome a commitment arose from, worded, where the house holds one and the actor may read it."""
    if commitment.origin_id is None:
        return None
    row = Outcome.objects.select_related("meeting").filter(pk=commitment.origin_id).first()
    if row is not None:
        wordings.attach([row], language)
    return row
