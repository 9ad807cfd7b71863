"""What the desk asks of the kernel: what changed since a seat was last here."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import Now

from sofra.kernel.acting import Actor
from sofra.kernel.models import Change, Visit

#: How many changes the desk shows at most; the rest stand on the pages they belong to.
MOST = 40


def last_visit(actor: Actor) -> datetime | None:
    """When the actor's seat last looked at its desk; None for its first time."""
    if actor.seat_id is None:
        return None
    return Visit.objects.filter(seat_id=actor.seat_id).values_list("at", flat=True).first()


def changes_since(actor: Actor, since: datetime | None) -> list[Change]:
    """What others did since then, newest first, as far as the actor may read it."""
    return list(_by_others(actor, since).order_by("-at", "pk")[:MOST])


def changes_after(actor: Actor, since: datetime | None) -> tuple[int, datetime | None]:
    """How many changes there are since then, and the instant of the latest: where both stay, nothing has changed."""
    told = _by_others(actor, since).aggregate(number=Count("pk"), last=Max("at"))
    return told["number"], told["last"]


def _by_others(actor: Actor, since: datetime | None) -> QuerySet[Change]:
    # What was announced for an instant ahead is no change before it has come, not even for who announced it.
    found = Change.objects.filter(Q(seat__isnull=True) | ~Q(seat_id=actor.seat_id), at__lte=Now())
    return found.filter(at__gt=since) if since else found
