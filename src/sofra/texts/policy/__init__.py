"""Who may do what to a negotiated text, and why. All members speak on equal terms; the pen is a recorded state."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sofra.kernel.acting import Actor
from sofra.kernel.policy import Decision, allow, deny, rule


def _closed(meeting: Any) -> Decision | None:
    return None if meeting.open else deny(_("The meeting is over; its texts do not change any more."))


@rule("texts.begin")
def begin(actor: Actor, meeting: Any) -> Decision:
    """Put a text on the table: the secretariat, on the chair's behalf."""
    if closed := _closed(meeting):
        return closed
    if actor.serves(meeting.format_id):
        return allow(_("The secretariat acts on the chair's behalf."))
    return deny(_("The secretariat puts texts on the table, on the chair's behalf."))


@rule("texts.speak")
def speak(actor: Actor, text: Any) -> Decision:
    """Propose wordings and take positions: every member's delegation; the secretariat from what it received."""
    if closed := _closed(text.meeting):
        return closed
    if actor.sits_in(text.format_id) and actor.party_id is not None:
        return allow(_("Every member takes part in the text on equal terms."))
    if actor.serves(text.format_id):
        return allow(_("The secretariat enters what it received from a delegation."))
    return deny(_("Only delegations of members take part in the text."))


@rule("texts.chair")
def chair(actor: Actor, text: Any) -> Decision:
    """Rule on paragraphs, pass the pen, propose for the chair: the secretariat, on the chair's behalf."""
    if closed := _closed(text.meeting):
        return closed
    if actor.serves(text.format_id):
        return allow(_("The secretariat acts on the chair's behalf."))
    return deny(_("Only the secretariat does this, on the chair's behalf."))


@rule("texts.pen")
def pen(actor: Actor, held: Any) -> Decision:
    """Close brackets and circulate versions: whoever holds the pen. `held` is the text with its `pen` (a party's id or None)."""
    if closed := _closed(held.meeting):
        return closed
    if held.pen is None:
        return chair(actor, held)
    if actor.party_id == held.pen and actor.sits_in(held.format_id):
        return allow(_("Your delegation holds the pen."))
    return deny(_("Another delegation holds the pen."))


@rule("texts.render")
def render(actor: Actor, held: Any) -> Decision:
    """Enter a text in another language: the secretariat, and whoever holds the pen. `held` is the text with its `pen`."""
    if closed := _closed(held.meeting):
        return closed
    if actor.serves(held.format_id):
        return allow(_("The secretariat keeps the language versions."))
    if held.pen is not None and actor.party_id == held.pen and actor.sits_in(held.format_id):
        return allow(_("Your delegation holds the pen."))
    return deny(_("The secretariat and whoever holds the pen enter language versions."))


@rule("texts.withdraw")
def withdraw(actor: Actor, proposal: Any) -> Decision:
    """Take back a proposal: its author, or the secretariat where it entered it or made it for the chair."""
    if closed := _closed(proposal.text.meeting):
        return closed
    if proposal.owner_party_id is not None and proposal.owner_party_id == actor.party_id:
        return allow(_("Your delegation made the proposal."))
    if actor.serves(proposal.format_id) and (proposal.owner_party_id is None or proposal.entry_id is not None):
        return allow(_("The secretariat made or entered the proposal."))
    return deny(_("A proposal is withdrawn by the delegation that made it."))


@rule("texts.confirm")
def confirm(actor: Actor, position: Any) -> Decision:
    """Confirm a position that was entered for one's delegation: that delegation alone."""
    if (
        position.entry_id is not None
        and position.owner_party_id == actor.party_id
        and actor.sits_in(position.format_id)
    ):
        return allow(_("It was entered for your delegation, and your delegation confirms it."))
    return deny(_("Only the delegation for which it was entered confirms it."))


@rule("texts.informal")
def informal(actor: Actor, text: Any) -> Decision:
    """Put a wording forward without a name: a delegate alone, because whoever enters one knows whose it is."""
    if closed := _closed(text.meeting):
        return closed
    if actor.sits_in(text.format_id) and actor.party_id is not None:
        return allow(_("Every member may put a wording forward without its name."))
    return deny(_("Only delegates of members put wordings forward without a name."))


@rule("texts.informal_own")
def informal_own(actor: Actor, own: Any) -> Decision:
    """Take an informal wording from view: its own delegation, at any time."""
    if own.owner_party_id is not None and own.owner_party_id == actor.party_id:
        return allow(_("Your delegation put it forward."))
    return deny(_("Only the delegation that put it forward takes it from view."))
