"""Who writes, releases and adopts what a meeting ends with, and who closes it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sofra.kernel.acting import Actor
from sofra.kernel.policy import Decision, allow, deny, rule


@rule("outcomes.write")
def write(actor: Actor, meeting: Any) -> Decision:
    """Draft, change, release, publish: the secretariat, also after the meeting."""
    if actor.serves(meeting.format_id):
        return allow(_("The secretariat writes down what the meeting ends with."))
    return deny(_("Only the secretariat writes down what the meeting ends with."))


@rule("outcomes.close")
def close(actor: Actor, meeting: Any) -> Decision:
    """Close a meeting: the secretariat, once."""
    if not meeting.open:
        return deny(_("The meeting is closed already."))
    return write(actor, meeting)


@rule("outcomes.object")
def object_to(actor: Actor, outcome: Any) -> Decision:
    """Object to an outcome before it is adopted: every member's delegation; the secretariat from what it received."""
    if actor.sits_in(outcome.format_id) and actor.party_id is not None:
        return allow(_("Every member may object."))
    if actor.serves(outcome.format_id):
        return allow(_("The secretariat enters what it received from a delegation."))
    return deny(_("Only delegations of members may object."))
