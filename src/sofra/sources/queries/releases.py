"""Which sensitive claims the members were asked to release, and which of them have."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from sofra.kernel.models import Audience, Membership
from sofra.sources.models import Claim, Release
from sofra.sources.queries.wordings import Told, Wordings


@dataclass
class Asked:
    """A claim before the members: its sentence, today's members of its format, and those that have released it."""

    claim: Claim
    text: Told | None
    members: set[UUID]
    released: set[UUID]

    @property
    def standing(self) -> str:
        """How many of today's members have released it, in words."""
        return _("released by %(n)d of %(all)d members") % {
            "n": len(self.released & self.members),
            "all": len(self.members),
        }


def members_today(formats: set[UUID | None]) -> dict[UUID, set[UUID]]:
    """Today's members of formats, by format. One query."""
    today = timezone.now().date()
    rows = Membership.objects.filter(
        Q(since=None) | Q(since__lte=today),
        Q(until=None) | Q(until__gt=today),
        format__in=formats,
        capacity=Membership.Capacity.MEMBER,
    )
    found: dict[UUID, set[UUID]] = {}
    for format_id, party_id in rows.values_list("format_id", "party_id"):
        found.setdefault(format_id, set()).add(party_id)
    return found


def asked_for_release(language: str) -> list[Asked]:
    """The claims before the members that the actor may read, as they were asked. One query where there is none, else four."""
    claims = list(
        Claim.objects.filter(current=True, release_asked_at__isnull=False)
        .exclude(audience=Audience.PUBLIC)
        .order_by("release_asked_at", "order")
    )
    if not claims:
        return []
    wordings = Wordings([claim.pk for claim in claims], language)
    members = members_today({claim.format_id for claim in claims})
    released: dict[UUID, set[UUID]] = {}
    for claim_id, party_id in Release.objects.filter(claim__in=claims).values_list("claim_id", "owner_party_id"):
        released.setdefault(claim_id, set()).add(party_id)
    return [
        Asked(
            claim,
            wordings.get(claim.pk, "text"),
            members.get(claim.format_id, set()) if claim.format_id else set(),
            released.get(claim.pk, set()),
        )
        for claim in claims
    ]
