"""How rows of this room are presented in a list of changes."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.urls import reverse

from sofra.kernel import wordings
from sofra.kernel.models import Membership
from sofra.kernel.rooms import Card
from sofra.lexicon.naming import party_name
from sofra.parties.models import Post, Tenure


def posts(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Posts by their title, on their party's page."""
    rows = list(Post.objects.filter(pk__in=ids))
    wordings.attach(rows, language)
    return {
        row.pk: Card(row.worded.get("title", ""), reverse("party", kwargs={"party": row.party_id}))  # type: ignore[attr-defined]
        for row in rows
    }


def tenures(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """That somebody holds a post, by the post's title; the name has readers of its own."""
    held = dict(Tenure.objects.filter(pk__in=ids).values_list("pk", "post_id"))
    cards = posts(list(set(held.values())), language)
    return {pk: cards[post] for pk, post in held.items() if post in cards}


def memberships(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Memberships by their party, on the format's page."""
    rows = Membership.objects.filter(pk__in=ids).select_related("party", "format")
    return {
        row.pk: Card(party_name(row.party, language).text, reverse("format", kwargs={"format": row.format.slug}))
        for row in rows
        if row.format is not None
    }


CARDS: dict[str, Callable[[list[UUID], str], dict[UUID, Card]]] = {
    "parties.post": posts,
    "parties.tenure": tenures,
    "kernel.membership": memberships,
}
