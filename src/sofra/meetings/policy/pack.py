"""Who may have the pack of a meeting made, and its nameplates."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sofra.kernel.acting import Actor
from sofra.kernel.policy import Decision, allow, deny, rule


@rule("pack.make")
def make(actor: Actor, meeting: Any) -> Decision:
    """Have the pack of a meeting made: its secretariat, members and observers, each with what they may read."""
    if actor.serves(meeting.format_id) or actor.sits_in(meeting.format_id) or actor.observes(meeting.format_id):
        return allow(_("The pack holds what your seat may read, and nothing else."))
    return deny(_("The pack is for those who take part in the format."))


@rule("pack.issue")
def issue(actor: Actor, meeting: Any) -> Decision:
    """Hand a pack on although something was found in it: the secretariat, whose words they are."""
    if actor.serves(meeting.format_id):
        return allow(_("The secretariat answers for its own words in a pack."))
    return deny(_("The secretariat of the format hands its pack on."))


@rule("plates.make")
def make_plates(actor: Actor, meeting: Any) -> Decision:
    """Have the nameplates of a meeting made: its secretariat, who sets the table."""
    if actor.serves(meeting.format_id):
        return allow(_("The secretariat sets the table. People's plates bear the names released to it."))
    return deny(_("The secretariat of the format makes the nameplates."))
