"""Who says who comes to a meeting, and who says who came."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sofra.kernel.acting import Actor
from sofra.kernel.policy import Decision, allow, deny, rule
from sofra.meetings.models import Meeting


@rule("delegations.keep")
def keep(actor: Actor, target: Any) -> Decision:
    """`target` is (meeting, party id): a party keeps its own delegation; the secretariat enters it for it."""
    meeting, party_id = target
    if not meeting.open:
        return deny(_("The meeting is over. Who came is said by its attendance."))
    if actor.party_id is not None and actor.party_id == party_id:
        if actor.sits_in(meeting.format_id) or actor.observes(meeting.format_id):
            return allow(_("Every party registers its own delegation."))
        return deny(_("Your party does not sit in this format."))
    if actor.serves(meeting.format_id):
        return allow(_("The secretariat enters what it received from a delegation."))
    return deny(_("A delegation is registered by its own party, or entered by the secretariat for it."))


@rule("delegations.liaison")
def liaison(actor: Actor, meeting: Any) -> Decision:
    """Put a liaison officer at a delegation's side: the secretariat."""
    if not meeting.open:
        return deny(_("The meeting is over."))
    if actor.serves(meeting.format_id):
        return allow(_("The secretariat names liaison officers."))
    return deny(_("Only the secretariat names liaison officers."))


@rule("attendance.keep")
def attendance(actor: Actor, meeting: Any) -> Decision:
    """Write down and confirm who took part: the secretariat, once the meeting was opened."""
    if not actor.serves(meeting.format_id):
        return deny(_("Only the secretariat writes down who took part."))
    if meeting.status not in (Meeting.Status.UNDER_WAY, Meeting.Status.CLOSED):
        return deny(_("Attendance is what happened. The meeting was not opened yet."))
    return allow(_("The secretariat writes down who took part."))
