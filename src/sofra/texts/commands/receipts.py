"""Receipts of circulated versions: the delegation's own, and what a format agreed to tell its secretariat."""

from __future__ import annotations

from sofra.kernel import acting
from sofra.kernel.commands import command, database_now
from sofra.kernel.models import Audience
from sofra.meetings.commands.receipts import openings_told
from sofra.texts.models import Version, VersionOpened, VersionOpening


@command
def note_version(version: Version) -> None:
    """Remember, for the reader's delegation alone, when this seat first opened a version; not audited, as of documents.

    Where the format agreed, the secretariat may also know that, and never when.
    """
    actor = acting.current()
    place = version.format_id
    if place is None or actor.party_id is None or actor.seat_id is None or not actor.sits_in(place):
        return
    if VersionOpening.objects.filter(version_opened=version, seat_id=actor.seat_id).exists():
        return
    own = {"format_id": place, "owner_party_id": actor.party_id}
    opening = VersionOpening(
        version_opened=version, seat_id=actor.seat_id, at=database_now(), audience=Audience.DELEGATION, **own
    )
    VersionOpening.objects.bulk_create([opening], ignore_conflicts=True)
    if openings_told(place):
        opened = VersionOpened(
            version_opened=version, audience=Audience.SECRETARIAT, readable_from=version.readable_from, **own
        )
        VersionOpened.objects.bulk_create([opened], ignore_conflicts=True)
