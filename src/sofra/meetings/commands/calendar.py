"""Secret addresses at which a calendar program reads as a seat."""

from __future__ import annotations

import hashlib
import secrets

from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording
from sofra.kernel.commands import command, database_now
from sofra.kernel.models import CalendarKey
from sofra.kernel.refusals import Refusal

#: A seat needs one per program it reads with; more than this is a mistake.
MOST = 12


def digest_of(secret: str) -> bytes:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).digest()


@command
def make_key(*, label: str = "", detail: str = CalendarKey.Detail.SESSIONS) -> tuple[CalendarKey, str]:
    """Make an address for the actor's own seat; answers it with its secret, which is told this once and not kept."""
    actor = acting.current()
    policy.require(actor, "calendar.subscribe")
    assert actor.seat_id is not None
    if detail not in CalendarKey.Detail.values:
        raise Refusal(_("Choose how much the calendar shows."), "detail")
    if len(label.strip()) > 80:
        raise Refusal(_("At most 80 letters."), "label")
    if CalendarKey.objects.filter(seat_id=actor.seat_id, revoked_at=None).count() >= MOST:
        raise Refusal(_("Your seat holds %(n)d addresses already. Revoke one first.") % {"n": MOST}, "label")
    secret = secrets.token_urlsafe(32)
    key = CalendarKey.objects.create(
        seat_id=actor.seat_id, digest=digest_of(secret), label=label.strip(), detail=detail
    )
    recording.record_house("calendar.made", key.pk, {"detail": detail})
    return key, secret


@command
def revoke_key(key: CalendarKey) -> None:
    """Let an address of one's own answer nothing any more, at once and for good."""
    policy.require(acting.current(), "calendar.subscribe")
    locked = CalendarKey.objects.select_for_update().filter(pk=key.pk, revoked_at=None).first()
    if locked is None:
        raise Refusal(_("The address is revoked already."))
    locked.revoked_at = database_now()
    locked.save(update_fields=["revoked_at"])
    recording.record_house("calendar.revoked", key.pk)
