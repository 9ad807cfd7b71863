"""Who convenes, and who keeps the cycle."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sofra.kernel.acting import Actor
from sofra.kernel.models import Role
from sofra.kernel.policy import Decision, allow, deny, rule
from sofra.meetings.models import Task, TaskOwner


@rule("meetings.convene")
def convene(actor: Actor, format: Any) -> Decision:
    """The secretariat of the format convenes, plans, postpones and cancels."""
    if actor.serves(format.pk):
        return allow(_("The secretariat convenes."))
    return deny(_("Only the secretariat of this format convenes its meetings."))


@rule("meetings.mark_task")
def mark_task(actor: Actor, task: Task) -> Decision:
    """Its owner says whether a task is done: the secretariat for its own, each delegation for itself."""
    if task.owner == TaskOwner.SECRETARIAT:
        if actor.serves(task.format_id):
            return allow(_("The task is the secretariat's."))
        return deny(_("This task is the secretariat's; only the secretariat says that it is done."))
    if actor.role == Role.DELEGATE and actor.sits_in(task.format_id):
        return allow(_("Each delegation does its part of this task."))
    if actor.serves(task.format_id):
        return allow(_("The secretariat enters it for a delegation."))
    return deny(_("This task is for the members' delegations."))
