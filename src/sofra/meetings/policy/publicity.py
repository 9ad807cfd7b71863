"""Who tells observers and everyone what of a meeting."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sofra.kernel.acting import Actor
from sofra.kernel.policy import Decision, allow, deny, rule


@rule("meetings.announce")
def announce(actor: Actor, meeting: Any) -> Decision:
    """Announce a meeting, and withdraw that: the secretariat that convened it."""
    if actor.serves(meeting.format_id):
        return allow(_("The secretariat announces what it convened."))
    return deny(_("Only the secretariat of this format announces its meetings."))


@rule("agenda.publish")
def publish(actor: Actor, meeting: Any) -> Decision:
    """Publish an adopted agenda, and withdraw it: the secretariat, also after the meeting."""
    if actor.serves(meeting.format_id):
        return allow(_("The secretariat publishes what the members adopted."))
    return deny(_("Only the secretariat publishes an agenda, once the members adopted it."))
