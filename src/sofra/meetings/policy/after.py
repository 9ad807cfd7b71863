"""Who looks after a meeting once it was held: issues its texts, records what follows from them, confirms who was there."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sofra.kernel.acting import Actor
from sofra.kernel.policy import Decision, allow, deny, rule
from sofra.meetings.models import Meeting


@rule("after.keep")
def keep(actor: Actor, meeting: Any) -> Decision:
    """See what is done and left after a meeting: the secretariat."""
    if actor.serves(meeting.format_id):
        return allow(_("The secretariat brings a meeting to its end."))
    return deny(_("Only the secretariat brings a meeting to its end."))


@rule("outcomes.issue")
def issue(actor: Actor, meeting: Any) -> Decision:
    """Issue a text of the meeting and circulate it, record what follows from it: the secretariat, also afterwards."""
    if actor.serves(meeting.format_id):
        return allow(_("The secretariat issues the texts of a meeting and records what follows from them."))
    return deny(_("Only the secretariat issues the texts of a meeting and records what follows from them."))


@rule("attendance.own")
def own(actor: Actor, meeting: Any) -> Decision:
    """Confirm one's own part in a meeting: every party that sits; the secretariat enters it. Once the meeting was opened."""
    if meeting.status not in (Meeting.Status.UNDER_WAY, Meeting.Status.CLOSED):
        return deny(_("Attendance is what happened. The meeting was not opened yet."))
    if actor.serves(meeting.format_id):
        return allow(_("The secretariat enters what it received from a delegation."))
    if actor.party_id is not None and (actor.sits_in(meeting.format_id) or actor.observes(meeting.format_id)):
        return allow(_("Every delegation confirms its own part."))
    return deny(_("A delegation confirms its own part, or the secretariat enters it for it."))
