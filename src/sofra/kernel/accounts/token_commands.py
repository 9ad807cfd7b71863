"""Access tokens are made and revoked by the seat that they act as."""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording
from sofra.kernel.accounts.commands import digest_of
from sofra.kernel.commands import command, database_now
from sofra.kernel.models import AccessToken
from sofra.kernel.refusals import Refusal

#: A seat needs one per program; more than this is a mistake.
MOST = 12
#: For how many days a token may hold.
DAYS = (30, 90, 365)
#: What every token begins with, so that whoever finds one, a scanner too, knows what it opens.
BEGINS = "sofra_"


@command
def make_token(*, name: str, days: int = DAYS[0]) -> tuple[AccessToken, str]:
    """Make a token for the actor's own seat; answers it with its secret, which is told this once and not kept."""
    actor = acting.current()
    policy.require(actor, "accounts.token")
    assert actor.seat_id is not None
    called = " ".join(name.split())
    if not called:
        raise Refusal(_("Say what it is for; you will know it by this name."), "name")
    if len(called) > 80:
        raise Refusal(_("At most 80 letters."), "name")
    if days not in DAYS:
        raise Refusal(_("Choose how long it holds."), "days")
    now = database_now()
    standing = AccessToken.objects.filter(seat_id=actor.seat_id, revoked_at=None, expires_at__gt=now)
    if standing.count() >= MOST:
        raise Refusal(_("Your seat holds %(n)d tokens already. Revoke one first.") % {"n": MOST}, "name")
    secret = BEGINS + secrets.token_urlsafe(32)
    token = AccessToken.objects.create(
        seat_id=actor.seat_id, digest=digest_of(secret), name=called, made_at=now, expires_at=now + timedelta(days=days)
    )
    recording.record_house("token.made", token.pk, {"days": days})
    return token, secret


@command
def revoke_token(token: AccessToken) -> None:
    """Let a token of one's own open nothing any more, at once and for good."""
    policy.require(acting.current(), "accounts.token")
    locked = AccessToken.objects.select_for_update().filter(pk=token.pk, revoked_at=None).first()
    if locked is None:
        raise Refusal(_("The token is revoked already."))
    locked.revoked_at = database_now()
    locked.save(update_fields=["revoked_at"])
    recording.record_house("token.revoked", locked.pk)


@command
def note_use(token_id: UUID, day: date) -> None:
    """Remember the day a token served. Known to its seat alone, and not audited."""
    AccessToken.objects.filter(pk=token_id).update(used_on=day)
