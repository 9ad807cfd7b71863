"""Wordings put forward with nobody's name on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sofra.texts.models import Informal, InformalOwn


@dataclass(frozen=True)
class Forward:
    """An informal wording as its reader knows it. `own` is there where it is the reader's delegation's."""

    language: str
    wording: str
    at: datetime
    own: InformalOwn | None = None
    in_view: bool = True


def informals_on(paragraph: UUID) -> list[Forward]:
    """The informal wordings on a paragraph, those of one step in no order; one's own also before and after they are in view."""
    mine = {
        each.informal_id: each
        for each in InformalOwn.objects.filter(paragraph=paragraph).select_related("taken").order_by("at")
    }
    found = [
        Forward(row.language, row.wording, row.at, mine.pop(row.pk, None))
        for row in Informal.objects.filter(paragraph=paragraph).order_by("at", "pk")
    ]
    return [*found, *(Forward(each.language, each.wording, each.at, each, in_view=False) for each in mine.values())]
