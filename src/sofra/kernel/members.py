"""Who sits in a format on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils import timezone

from sofra.kernel.models import Format, Membership, Party


def sitting(day: date | None = None) -> Q:
    """The condition under which a membership holds on a day (today by default): from its first day, before its last."""
    day = day or timezone.now().date()
    return (Q(since__isnull=True) | Q(since__lte=day)) & (Q(until__isnull=True) | Q(until__gt=day))


def members_on(format: Format, day: date | None = None, capacity: str = Membership.Capacity.MEMBER) -> list[Party]:
    """The parties that sit in a format on a day (today by default), in no order of meaning: show them with order_parties."""
    rows = Membership.objects.filter(sitting(day), format=format, capacity=capacity).select_related("party")
    return list({row.party_id: row.party for row in rows}.values())
