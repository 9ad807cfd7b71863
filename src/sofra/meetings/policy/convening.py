"""Who convenes, and who keeps the cycle."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sofra.kernel.acting import Actor
from sofra.kernel.policy import Decision, allow, deny, rule


@rule("meetings.convene")
def convene(actor: Actor, format: Any) -> Decision:
    """The secretariat of the format convenes, plans, postpones and cancels."""
    if actor.serves(format.pk):
        return allow(_("The secretariat convenes."))
    return deny(_("Only the secretariat of this format convenes its meetings."))
