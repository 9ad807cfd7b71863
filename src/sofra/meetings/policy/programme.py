"""Who arranges a programme, keeps the rooms, publishes, and who may subscribe to it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sofra.kernel.acting import Actor
from sofra.kernel.policy import Decision, allow, deny, rule


@rule("programme.arrange")
def arrange(actor: Actor, meeting: Any) -> Decision:
    """Add, change, move and cancel sessions, publish them: the secretariat, until the meeting is over."""
    if not meeting.open:
        return deny(_("The meeting is over; its programme does not change any more."))
    if actor.serves(meeting.format_id):
        return allow(_("The secretariat arranges the programme."))
    return deny(_("Only the secretariat arranges the programme."))


@rule("programme.rooms")
def rooms(actor: Actor, format: Any) -> Decision:
    """Keep the rooms and the teams of interpreters of a format: its secretariat."""
    if actor.serves(format.pk):
        return allow(_("The secretariat keeps rooms and interpreters."))
    return deny(_("Only the secretariat keeps rooms and interpreters."))


@rule("calendar.subscribe")
def subscribe(actor: Actor, _obj: Any) -> Decision:
    """Make an address at which a calendar reads as one's seat: everyone who holds one."""
    if actor.seated and actor.seat_id is not None:
        return allow(_("A calendar reads what your seat may read, and nothing else."))
    return deny(_("A calendar reads as a seat; you hold none."))
