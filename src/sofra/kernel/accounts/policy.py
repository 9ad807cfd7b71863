"""Who invites, revokes, ends and resets, and why."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sofra.kernel.acting import Actor
from sofra.kernel.models import Role
from sofra.kernel.policy import Decision, allow, deny, rule

OF_A_FORMAT = (Role.SECRETARIAT, Role.OBSERVER)


@rule("accounts.seat")
def may_seat(actor: Actor, place: Any) -> Decision:
    """Invite to a place, withdraw an invitation to it, revoke it. `place` has role, party_id and format_id."""
    if actor.house:
        return allow(_("The secretariat of the house gives and ends seats."))
    if actor.serves(place.format_id) and place.party_id is None and place.role in OF_A_FORMAT:
        return allow(_("The secretariat of a format seats its own colleagues and its observers."))
    return deny(_("Only the secretariat gives and ends seats; delegates are seated by the secretariat of the house."))


@rule("accounts.manage")
def may_manage(actor: Actor, account: Any) -> Decision:
    """End an account's sessions, reset its factors, close it."""
    if actor.house:
        return allow(_("The secretariat of the house looks after accounts."))
    return deny(_("Only the secretariat of the house looks after accounts."))


@rule("accounts.token")
def may_hold_token(actor: Actor, _obj: Any) -> Decision:
    """Make an access token for one's own seat, and revoke it: everyone who holds one."""
    if actor.seated and actor.seat_id is not None:
        return allow(_("A token acts as your seat, and as nobody else."))
    return deny(_("A token acts as a seat; you hold none."))
