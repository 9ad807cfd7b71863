"""What went out although somebody said that it breaks a meeting: the entries of it, for the secretariat."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from sofra.kernel import rooms
from sofra.kernel.models import AuditPayload

#: Entries that say so: of a row, and of a whole pack.
SENT, PACK = "lexicon.sent_anyway", "pack.issued_anyway"
ACTIONS = (SENT, PACK)


@dataclass(frozen=True)
class SentAnyway:
    """One act: when, which row it was (`card`: its title and address, where its room presents it), and what was found in
    it: text, language and voices (who, severity, reason) each."""

    at: datetime
    card: Any
    pack: bool
    found: list[dict[str, Any]]


def sent_anyway() -> QuerySet[AuditPayload]:
    """The entries that the actor may read, the latest first."""
    return AuditPayload.objects.filter(action__in=ACTIONS).order_by("-at", "-seq")


def told(rows: Iterable[AuditPayload], language: str) -> list[SentAnyway]:
    """Entries in words. A query per kind of row that is shown."""
    read = [(row, json.loads(row.body)["details"]) for row in rows]
    by: dict[str, list[UUID]] = {}
    for row, details in read:
        if row.subject is not None and details.get("table"):
            by.setdefault(details["table"], []).append(row.subject)
    cards = {key: card for table, ids in by.items() for key, card in rooms.cards(table, ids, language).items()}
    return [
        SentAnyway(row.at, cards.get(row.subject) if row.subject else None, row.action == PACK, details["found"])
        for row, details in read
    ]
