"""Who may do what to an agenda: its parties own the items, the chair (through the secretariat) the order and adoption."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sofra.kernel.acting import Actor
from sofra.kernel.policy import Decision, allow, deny, rule


def _closed(meeting: Any) -> Decision | None:
    if meeting.open:
        return None
    return deny(_("The meeting is over; its agenda does not change any more."))


@rule("agenda.speak")
def speak(actor: Actor, meeting: Any) -> Decision:
    """Propose, co-sponsor, object, suggest, consent: every member's delegation; the secretariat from what it received."""
    if closed := _closed(meeting):
        return closed
    if actor.sits_in(meeting.format_id) and actor.party_id is not None:
        return allow(_("Every member takes part in the agenda on equal terms."))
    if actor.serves(meeting.format_id):
        return allow(_("The secretariat enters what it received from a delegation."))
    return deny(_("Only delegations of members take part in the agenda."))


@rule("agenda.edit")
def edit(actor: Actor, item: Any) -> Decision:
    """Change, submit or hide an item: its own delegation; the secretariat where it entered the item itself."""
    if closed := _closed(item.meeting):
        return closed
    if item.owner_party_id == actor.party_id and actor.sits_in(item.format_id):
        return allow(_("Your delegation owns it."))
    if item.entry_id is not None and actor.serves(item.format_id):
        return allow(_("The secretariat entered it for the delegation."))
    return deny(
        _("The item belongs to the delegation that proposed it. Suggest a wording, co-sponsor it or object to it.")
    )


@rule("agenda.strike")
def strike(actor: Actor, act: Any) -> Decision:
    """Strike an act that the secretariat entered for a delegation in error: that delegation alone."""
    if act.owner_party_id == actor.party_id and act.entry_id is not None and actor.sits_in(act.format_id):
        return allow(_("It was entered for your delegation, and your delegation corrects it."))
    return deny(_("Only the delegation for which it was entered strikes it."))


@rule("agenda.chair")
def chair(actor: Actor, meeting: Any) -> Decision:
    """Order the items, hand them up, put the agenda to adoption: the secretariat, on the chair's behalf."""
    if closed := _closed(meeting):
        return closed
    if actor.serves(meeting.format_id):
        return allow(_("The secretariat acts on the chair's behalf."))
    return deny(_("Only the secretariat does this, on the chair's behalf."))


@rule("themes.keep")
def keep_themes(actor: Actor, _obj: Any) -> Decision:
    """Add, reword or retire a theme: the secretariat of the house, because all formats file under the same themes."""
    if actor.house:
        return allow(_("The secretariat of the house keeps the themes."))
    return deny(_("Only the secretariat of the house keeps the themes."))
