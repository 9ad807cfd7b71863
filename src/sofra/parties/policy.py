"""Who keeps formats, parties, posts and holidays, and why."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sofra.kernel.acting import Actor
from sofra.kernel.policy import Decision, allow, deny, rule


@rule("formats.open")
def open_format(actor: Actor, obj: Any) -> Decision:
    """Only the house's secretariat opens a format; that of a parent format may not, since walls are raised per format."""
    return allow(_("The secretariat of the house opens formats.")) if actor.house else deny(
        _("Only the secretariat of the house opens a format.")
    )  # fmt: skip


@rule("formats.change")
def change_format(actor: Actor, format: Any) -> Decision:
    """The secretariat that serves a format keeps its description and its members."""
    if actor.serves(format.pk):
        return allow(_("The secretariat keeps the format."))
    return deny(_("Only the secretariat of this format keeps it."))


@rule("parties.add")
def add_party(actor: Actor, obj: Any) -> Decision:
    """Only the house's secretariat adds a party or changes its capital's zone."""
    if actor.house:
        return allow(_("The secretariat of the house keeps the list of parties."))
    return deny(_("Only the secretariat of the house adds parties."))


@rule("posts.keep")
def keep_posts(actor: Actor, target: Any) -> Decision:
    """`target` is (party id, format id): a delegation keeps its own party's posts; the secretariat enters them for it."""
    party_id, format_id = target
    if actor.role == "delegate" and actor.party_id == party_id:
        if format_id is None or actor.sits_in(format_id) or actor.observes(format_id):
            return allow(_("Your delegation keeps its own posts."))
        return deny(_("Your delegation does not sit in this format."))
    if actor.serves(format_id):
        return allow(_("The secretariat enters posts for the delegation."))
    return deny(_("A party's posts are kept by its own delegation, or entered by the secretariat for it."))


@rule("holidays.keep")
def keep_holidays(actor: Actor, obj: Any) -> Decision:
    """The house's secretariat keeps the holidays of the capitals."""
    if actor.house:
        return allow(_("The secretariat of the house keeps the holidays."))
    return deny(_("Only the secretariat of the house keeps the holidays."))
