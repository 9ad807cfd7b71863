"""Times agreed elsewhere: put forward by one side, confirmed by the others, and from then on held for all of them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from sofra.bilaterals.commands.common import locked, placed, principal, release, whose, words
from sofra.bilaterals.engine.workflow import Code
from sofra.bilaterals.models import Act, Placement, Request
from sofra.bilaterals.policy import sides_of
from sofra.kernel import acting, occupancy, policy, recording
from sofra.kernel.commands import command
from sofra.kernel.models import Entry
from sofra.kernel.refusals import Refusal


@command
def put_time(
    *, request: Request, begins_at: datetime, ends_at: datetime, place: str = "",
    party_id: UUID | None = None, entry: Entry | None = None,
) -> Act:  # fmt: skip
    """Put forward a time agreed elsewhere. Until the other sides confirm it, it is pencilled and may overlap others.

    Raises Refusal where the request is not accepted, or the end lies before the beginning.
    """
    policy.require(acting.current(), "bilaterals.take_part", request)
    party = whose(request, party_id, entry)
    stands, now = locked(request)
    if stands.code != Code.ACCEPTED:
        raise Refusal(_("A time is agreed for what all sides have accepted."))
    if Placement.objects.filter(request=request, current=True, cancelled=False).exists():
        raise Refusal(_("It stands in the published schedule. Ask the secretariat to change it there."))
    occupancy.ends_after(begins_at, ends_at)
    row = Act.objects.create(
        request=request, kind=Act.Kind.TIMED, at=now, begins_at=begins_at, ends_at=ends_at,
        place=words(place, "place", 200), **placed(request, party, entry),
    )  # fmt: skip
    details = {"begins_at": begins_at, "ends_at": ends_at, "place": row.place}
    recording.record("bilaterals.timed", row, details, meeting_id=request.meeting_id)
    return row


@command
def confirm_time(*, request: Request, seen: UUID, party_id: UUID | None = None, entry: Entry | None = None) -> Act:
    """Confirm the time that was put forward last. Once all sides have, their principals are held then.

    Raises Refusal where another time was put forward meanwhile, Taken where one of them is held for something else then.
    """
    policy.require(acting.current(), "bilaterals.take_part", request)
    party = whose(request, party_id, entry)
    stands, now = locked(request)
    if stands.code != Code.ACCEPTED:
        raise Refusal(_("A time is agreed for what all sides have accepted."))
    if stands.timed != seen:
        raise Refusal(_("Another time was put forward meanwhile. It stands below; nothing was confirmed."))
    if party not in stands.unconfirmed:
        raise Refusal(_("Your delegation has confirmed this time already."))
    timed = Act.objects.get(pk=seen)
    place = placed(request, party, entry)
    row = Act.objects.create(request=request, kind=Act.Kind.CONFIRMED, at=now, answers=timed, **place)
    if stands.unconfirmed == {party}:
        _hold(request, timed, place)
    recording.record("bilaterals.confirmed", row, {"time": str(seen)}, meeting_id=request.meeting_id)
    return row


def _hold(request: Request, timed: Act, place: dict[str, object]) -> None:
    """Hold the principals of all sides, all or none. An earlier time that was confirmed is let go with it."""
    assert timed.begins_at is not None and timed.ends_at is not None and request.format_id is not None
    release(request.pk)
    level = level_of(request)
    for each in sorted(sides_of(request), key=str):
        resource = principal(request.format_id, each, level)
        occupancy.hold(resource, timed.begins_at, timed.ends_at, request.pk, occupancy.PUBLISHED, dict(place))


def level_of(request: Request) -> str:
    """The level of the terms in force."""
    last = Act.objects.filter(request=request, kind=Act.Kind.PROPOSED).order_by("-at", "-id").first()
    return last.level if last is not None else request.level
