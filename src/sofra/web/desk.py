"""The desk: what waits for us, what is due and when, what changed since we were last here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language

from sofra.kernel import commands, queries, rooms
from sofra.kernel.accounts.middleware import polled
from sofra.kernel.acting import Actor
from sofra.kernel.doors import SEATED, door
from sofra.kernel.models import Change
from sofra.kernel.pages import unless_known
from sofra.meetings.queries.convening import cycle_standing


@dataclass(frozen=True)
class Shown:
    """A change as the desk shows it: what was done, to what, when, on which page."""

    sentence: Any
    title: Any
    url: str
    at: datetime


@door(GET=SEATED)
def desk(request: HttpRequest) -> HttpResponse:
    """The desk of the seat one acts as. Looking at it moves the mark of "since you were last here"."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    language = get_language() or "en"
    asked = parse_datetime(request.GET.get("since", "") or "x") if request.GET.get("since") else None
    since = asked if asked and timezone.is_aware(asked) else queries.last_visit(actor)
    items = rooms.desk_items(actor)
    now = timezone.now()
    context = {
        "items": items,
        "next_due": next((item for item in items if item.due and item.due > now), None),
        "now": now,
        "since": since,
        "changes": shown(queries.changes_since(actor, since), language),
        "standing": cycle_standing(actor, language) if actor.is_secretariat else [],
    }
    request.exercise = actor.demonstration  # type: ignore[attr-defined]
    response = render(request, "web/waiting.html", context)
    if request.method == "GET":
        commands.note_visit()
    return response


@polled
@door(GET=SEATED)
def changes(request: HttpRequest) -> HttpResponse:
    """How many changes there are since an instant, with an ETag: the desk asks for it and never moves by itself."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    since = parse_datetime(request.GET.get("since", "").replace(" ", "+"))
    number, last = queries.changes_after(
        actor, since if since and timezone.is_aware(since) else queries.last_visit(actor)
    )
    return unless_known(request, (actor.seat_id, number, last), lambda: JsonResponse({"changes": number}))


def shown(found: list[Change], language: str) -> list[Shown]:
    """Changes with the sentence and the card of the room they belong to, one query per kind of subject."""
    by_type: dict[str, list[Any]] = {}
    for change in found:
        by_type.setdefault(change.subject_type, []).append(change.subject_id)
    cards = {key: card for label, ids in by_type.items() for key, card in rooms.cards(label, ids, language).items()}
    return [
        Shown(
            rooms.change_sentence(change.kind), cards[change.subject_id].title, cards[change.subject_id].url, change.at
        )
        for change in found
        if change.subject_id in cards
    ]
