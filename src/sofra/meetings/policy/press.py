"""Who writes and issues what the press is told, who clears agreed lines, and who keeps the accreditation list."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sofra.kernel.acting import Actor
from sofra.kernel.policy import Decision, allow, deny, rule


@rule("press.write")
def write(actor: Actor, meeting: Any) -> Decision:
    """Write, send for clearance, issue, withdraw: the secretariat, also after the meeting."""
    if actor.serves(meeting.format_id):
        return allow(_("The secretariat keeps the press desk of the meeting."))
    return deny(_("Only the secretariat keeps the press desk of a meeting."))


@rule("press.clear")
def clear(actor: Actor, piece: Any) -> Decision:
    """Say that there is no objection to agreed lines, or object: the parties named; the secretariat from what it received."""
    if actor.party_id is not None and actor.party_id in piece.readers and actor.sits_in(piece.format_id):
        return allow(_("Your delegation was asked to clear these lines."))
    if actor.serves(piece.format_id):
        return allow(_("The secretariat enters what it received from a delegation."))
    return deny(_("Only the parties that were asked clear these lines."))


@rule("press.media")
def media(actor: Actor, meeting: Any) -> Decision:
    """Keep the accreditation list: the secretariat, because it holds personal data that nobody else needs."""
    if actor.serves(meeting.format_id):
        return allow(_("The secretariat accredits the media."))
    return deny(_("Only the secretariat keeps the accreditation list."))
