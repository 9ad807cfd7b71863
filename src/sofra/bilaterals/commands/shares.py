"""What each delegation got in a schedule that is shown or published, written down for it alone and the secretariat."""

from __future__ import annotations

from sofra.bilaterals.facts import facts_of
from sofra.bilaterals.models import Schedule, Share
from sofra.bilaterals.sharing import gots
from sofra.kernel.commands import database_now
from sofra.kernel.models import Audience


def tell_shares(schedule: Schedule, *, current: bool = False) -> None:
    """Write what each delegation gets in a schedule. `current`: it is published, and what one got in the one before is past.

    The caller has checked who does it, and records why.
    """
    facts = facts_of(schedule.meeting, schedule)
    if facts is None:
        return
    if current:
        past = Share.objects.filter(meeting=schedule.meeting, current=True).exclude(schedule=schedule)
        past.update(current=False, audience=Audience.SECRETARIAT, readers=[])
    rows = schedule.placements.filter(cancelled=False, request__isnull=False)
    spans = {row.request_id: (row.begins_at, row.ends_at) for row in rows if row.request_id is not None}
    now = database_now()
    for each in gots(facts, spans):
        columns = {
            "requests": each.requests, "held": each.held, "gaps": each.gaps, "burden": each.burden, "current": current,
            "at": now, "audience": Audience.PARTIES, "readers": [each.party],
        }  # fmt: skip
        fixed = {"meeting": schedule.meeting, "format_id": schedule.format_id}
        Share.objects.update_or_create(
            schedule=schedule, party_id=each.party, defaults=columns, create_defaults={**columns, **fixed}
        )
