"""How a text came to read as it does: who proposed, closed, ruled and circulated what, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sofra.kernel import wordings
from sofra.texts.models import (
    Adoption,
    Closing,
    PenHolding,
    Proposal,
    Reopening,
    Ruling,
    Settlement,
    Silence,
    SilenceEvent,
    Text,
    Version,
)


@dataclass(frozen=True)
class Happened:
    """One thing that happened: its kind, when, by or for which party, to which paragraph, the row with `worded`."""

    kind: str
    at: datetime
    row: Any
    party: UUID | None = None
    paragraph: UUID | None = None


def history_of(text: Text, language: str) -> list[Happened]:
    """Everything that happened to a text, as far as the reader may know, the latest first; its queries do not grow with it."""
    found = [
        *(
            Happened("proposal", row.at, row, row.owner_party_id, row.paragraph_id)
            for row in Proposal.objects.filter(text=text)
        ),
        *(
            Happened("closing", row.at, row, None, row.paragraph_id)
            for row in Closing.objects.filter(paragraph__text=text)
        ),
        *(
            Happened("ruling", row.at, row, row.asked_by_id, row.paragraph_id)
            for row in Ruling.objects.filter(paragraph__text=text)
        ),
        *(
            Happened("settlement", row.at, row, row.proposal.owner_party_id, row.paragraph_id)
            for row in Settlement.objects.filter(paragraph__text=text).select_related("proposal")
        ),
        *(Happened("pen", row.at, row, row.holder_id) for row in PenHolding.objects.filter(text=text)),
        *(Happened("version", row.at, row) for row in Version.objects.filter(text=text).defer("content")),
        *(Happened("silence", row.at, row) for row in Silence.objects.filter(text=text)),
        *(
            Happened("event", row.at, row, row.party_id)
            for row in SilenceEvent.objects.filter(silence__text=text)
            if row.kind != SilenceEvent.Kind.ADOPTED
        ),
        *(Happened("adoption", row.at, row) for row in Adoption.objects.filter(text=text)),
        *(Happened("reopening", row.at, row, row.asked_by_id) for row in Reopening.objects.filter(text=text)),
    ]
    wordings.attach([each.row for each in found if each.kind != "proposal"], language)
    return sorted(found, key=lambda each: each.at, reverse=True)
