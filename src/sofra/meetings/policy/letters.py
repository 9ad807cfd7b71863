"""Who invites, who answers, who keeps the register and writes letters."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sofra.kernel.acting import Actor
from sofra.kernel.policy import Decision, allow, deny, rule
from sofra.meetings.models import Meeting


@rule("invitations.issue")
def issue(actor: Actor, meeting: Any) -> Decision:
    """Draft, issue, change and call off invitations: the secretariat, while the meeting lies ahead."""
    if not actor.serves(meeting.format_id):
        return deny(_("Only the secretariat invites to a meeting."))
    if meeting.status not in (Meeting.Status.PROPOSED, Meeting.Status.CONVENED):
        return deny(_("The meeting was opened or is over. Nobody is invited to it any more."))
    return allow(_("The secretariat invites to a meeting."))


@rule("invitations.answer")
def answer(actor: Actor, invitation: Any) -> Decision:
    """Answer an invitation: the party invited, or the secretariat from what it received from it."""
    if invitation.issued_at is None:
        return deny(_("The invitation is not issued yet."))
    if invitation.withdrawn_at is not None:
        return deny(_("The invitation was called off."))
    if invitation.meeting.status not in (Meeting.Status.PROPOSED, Meeting.Status.CONVENED):
        return deny(_("The meeting was opened or is over. Who came is said by its attendance."))
    if actor.party_id is not None and actor.party_id == invitation.party_id:
        if actor.sits_in(invitation.format_id) or actor.observes(invitation.format_id):
            return allow(_("Every party answers its own invitation."))
        return deny(_("Your party does not sit in this format."))
    if actor.serves(invitation.format_id):
        return allow(_("The secretariat enters what it received from a delegation."))
    return deny(_("An invitation is answered by the party invited, or by the secretariat for it."))


@rule("register.keep")
def register(actor: Actor, format_id: Any) -> Decision:
    """Put notes into the register, write letters and their templates, give notice: the secretariat."""
    if actor.serves(format_id):
        return allow(_("The secretariat keeps the register of notes and writes the letters."))
    return deny(_("Only the secretariat keeps the register of notes and writes letters."))
