"""What of the record waits on a desk, and how its rows are presented in a list of changes: with the names of parties in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sofra.kernel.acting import Actor
from sofra.kernel.models import Held, Role
from sofra.kernel.rooms import Card, DeskItem
from sofra.lexicon.models import PartyWording
from sofra.lexicon.naming import party_name, with_names
from sofra.sources.models import Claim, Comment, Discrepancy, Release, Source, Subject
from sofra.sources.queries import Told, Wordings, asked_for_release

Cards = Callable[[list[UUID], str], dict[UUID, Card]]


def desk(actor: Actor) -> Iterable[DeskItem]:
    """Claims the delegation has not released yet; for the secretariat, claims of which a member has not."""
    if actor.role not in (Role.SECRETARIAT, Role.DELEGATE):
        return []
    found = []
    for asked in asked_for_release(get_language() or "en"):
        mine = actor.role == Role.DELEGATE and actor.party_id in asked.members - asked.released
        if not mine and not actor.serves(asked.claim.format_id):
            continue
        found.append(
            DeskItem(
                title=_told(asked.text),
                url=reverse("record_claim", args=[asked.claim.pk]),
                kind=_("Your delegation is asked to release a claim of the record")
                if mine
                else _("Members are asked to release a claim of the record"),
                note="" if mine else asked.standing,
                since=asked.claim.release_asked_at,
            )
        )
    return found


def _told(told: Told | None) -> str:
    return with_names(told.text, told.language) if told else _("A claim of the record")


def _cards(model: type[Held], of: str, field: str, address: Callable[[Any], str]) -> Cards:
    """Cards of a table by a wording: of the row itself, or of the row that its column `of` names."""

    def cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
        rows = list(model._default_manager.filter(pk__in=ids))
        said = Wordings([getattr(row, of) for row in rows], language)
        return {row.pk: Card(_told(said.get(getattr(row, of), field)), address(row)) for row in rows}

    return cards


def _claim(of: str) -> Callable[[Any], str]:
    return lambda row: reverse("record_claim", args=[getattr(row, of)])


def _names(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """A name that changed, by the party's name now."""
    page = reverse("record_section", args=["names"])
    rows = PartyWording.objects.filter(pk__in=ids).values_list("pk", "party_id")
    return {key: Card(str(party_name(party, language)), page) for key, party in rows}


CARDS: dict[str, Cards] = {
    Claim._meta.label_lower: _cards(Claim, "pk", "text", _claim("pk")),
    Comment._meta.label_lower: _cards(Comment, "claim_id", "text", _claim("claim_id")),
    Release._meta.label_lower: _cards(Release, "claim_id", "text", _claim("claim_id")),
    Discrepancy._meta.label_lower: _cards(
        Discrepancy, "pk", "about", lambda row: f"{reverse('record_differences')}#d-{row.pk}"
    ),
    Source._meta.label_lower: _cards(Source, "pk", "title", lambda row: reverse("record_source", args=[row.key])),
    Subject._meta.label_lower: _cards(Subject, "pk", "name", lambda _row: reverse("record_home")),
    PartyWording._meta.label_lower: _names,
}
