"""Who may have the pack of a meeting made."""

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
