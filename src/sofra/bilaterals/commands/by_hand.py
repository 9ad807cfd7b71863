"""What a hand does to a draft besides moving: put something in, take something out, give it interpreters who are free."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from sofra.bilaterals.models import Placement, Request, RoomTerms, Schedule
from sofra.kernel import acting, occupancy, policy, recording, wordings
from sofra.kernel.commands import check_version, command, lock_subject, save_next
from sofra.kernel.models import Audience
from sofra.kernel.refusals import Refusal
from sofra.meetings.models import Resource


def free_team(
    schedule: Schedule, languages: Iterable[str], begins: datetime, ends: datetime, *, but: Placement | None = None
) -> Resource | None:
    """A team for these languages that works for nothing else in the draft then: the one it has already, before any other."""
    asked = set(languages)
    if not asked:
        return None
    rows = Resource.objects.filter(format=schedule.format_id, kind=Resource.Kind.INTERPRETERS, retired=False)
    working = schedule.placements.filter(cancelled=False, begins_at__lt=ends, ends_at__gt=begins, team__isnull=False)
    if but is not None:
        working = working.exclude(pk=but.pk)
    busy = set(working.values_list("team_id", flat=True))
    found = [row for row in rows if asked <= set(row.languages) and row.pk not in busy]
    found.sort(key=lambda row: (but is None or row.pk != but.team_id, len(row.languages), row.order))
    return found[0] if found else None


def changing(schedule: Schedule) -> None:
    """Begin to change a draft: raises NotAllowed, or Refusal where it is a draft no longer. One hand at a time."""
    policy.require(acting.current(), "bilaterals.arrange", schedule.meeting)
    lock_subject(schedule.meeting_id)
    schedule.refresh_from_db()
    if schedule.state != Schedule.State.DRAFT:
        raise Refusal(_("Only a draft is changed. Make a new one from what is published."))


def fitting(schedule: Schedule, begins_at: datetime, ends_at: datetime, room: Resource, field: str) -> None:
    """Raise Refusal for a time that ends before it begins (beside `field`), or a room that takes no bilaterals."""
    occupancy.ends_after(begins_at, ends_at, field)
    if not RoomTerms.objects.filter(meeting=schedule.meeting, room=room, used=True).exists():
        raise Refusal(_("Choose a room that takes bilaterals."), "room")


@command
def put_in(
    *, schedule: Schedule, begins_at: datetime, ends_at: datetime, room: Resource, request: Request,
    languages: Iterable[str] = (),
) -> Placement:  # fmt: skip
    """Put a request that a draft leaves out into it. It is locked there. Publishing refuses what collides.

    Raises Refusal where it stands in the draft already, or the room takes no bilaterals.
    """
    changing(schedule)
    fitting(schedule, begins_at, ends_at, room, "slot")
    row = schedule.placements.filter(request=request).first()
    if row is not None and not row.cancelled:
        raise Refusal(_("It stands in this draft already."))
    columns = {
        "begins_at": begins_at, "ends_at": ends_at, "room": room, "locked": True, "cancelled": False,
        "room_words": wordings.of([room]).get(room.pk, {}).get("name", {}),
        "team": free_team(schedule, languages, begins_at, ends_at), "why": [{"kind": "hand"}],
    }  # fmt: skip
    if row is None:
        row = Placement.objects.create(
            schedule=schedule, meeting=schedule.meeting, request=request, audience=Audience.SECRETARIAT,
            format_id=schedule.format_id, **columns,
        )  # fmt: skip
        row.refresh_from_db()
    else:
        for name, value in columns.items():
            setattr(row, name, value)
        save_next(row, list(columns))
    details = {"begins_at": begins_at, "ends_at": ends_at, "room": room.pk}
    recording.record("bilaterals.put_in", row, details, visible=False)
    return row


@command
def take_out(*, placement: Placement, seen_version: int | None = None) -> Placement:
    """Take something out of a draft. What is published stays until the draft is published."""
    check_version(placement, seen_version)
    changing(placement.schedule)
    placement.cancelled, placement.locked = True, False
    save_next(placement, ["cancelled", "locked"])
    recording.record("bilaterals.taken_out", placement, {}, visible=False)
    return placement
