"""What is held twice at the same time, by everything the reader may read: the secretariat looks before it publishes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from sofra.kernel import wordings
from sofra.kernel.models import Occupancy
from sofra.lexicon.naming import party_name
from sofra.meetings.engine.overlaps import Hold, clashes
from sofra.meetings.models import Meeting, Resource, Session

RELEASED = Occupancy.State.RELEASED


@dataclass(frozen=True)
class Side:
    """One of two that want the same: what it is, when, and whether it is published."""

    title: Any
    begins: Any
    ends: Any
    published: bool
    session_id: UUID | None


@dataclass(frozen=True)
class Clash:
    """Two that want the same resource at the same time."""

    resource: Any
    one: Side
    other: Side


def clashes_of(meeting: Meeting, language: str) -> list[Clash]:
    """The overlapping holds of a meeting's rooms and people, by time. Six queries at most.

    A pair whose other half the reader may not read is not among them: the database gives only holds one may read.
    """
    own = Session.objects.filter(meeting=meeting, cancelled_at=None).values("pk")
    mine = Occupancy.objects.filter(holder__in=own).exclude(state=RELEASED)
    rows = list(
        Occupancy.objects.filter(resource__in=mine.values("resource")).exclude(state=RELEASED)
        .filter(Q(state="published") | Q(state="pencilled"))
        .values_list("resource", "holder", "during", "state")
    )  # fmt: skip
    own_ids = set(own.values_list("pk", flat=True))
    moved = {holder for _r, holder, _d, state in rows if state == "pencilled"}
    holds = [
        Hold(resource, holder, during.lower, during.upper, state == "published")
        for resource, holder, during, state in rows
        # What is to be moved leaves its published place when the next version is published.
        if not (state == "published" and holder in own_ids and holder in moved)
    ]
    pairs = [pair for pair in clashes(holds) if {pair[0].holder, pair[1].holder} & own_ids]
    if not pairs:
        return []
    return _worded(pairs, language)


def _worded(pairs: list[tuple[Hold, Hold]], language: str) -> list[Clash]:
    holders = {hold.holder for pair in pairs for hold in pair}
    titles = wordings.of(holders)
    known = set(Session.objects.filter(pk__in=holders).values_list("pk", flat=True))
    resources = {row.pk: row for row in Resource.objects.filter(pk__in={pair[0].resource for pair in pairs})}
    names = wordings.of(resources.values())

    def resource(key: UUID) -> Any:
        row = resources.get(key)
        if row is not None and row.party_id:
            return _("head of delegation (%(party)s)") % {"party": party_name(row.party_id, language).text}
        return wordings.choose(names.get(key, {}).get("name", {}), language)

    def side(hold: Hold) -> Side:
        title = wordings.choose(titles.get(hold.holder, {}).get("title", {}), language)
        said = title if not title.missing else _("another booking")
        return Side(said, hold.begins, hold.ends, hold.published, hold.holder if hold.holder in known else None)

    return [Clash(resource(one.resource), side(one), side(other)) for one, other in pairs]
