"""Who may do what to a commitment, and why. The secretariat acts for an owner only with an entry that says how it heard."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sofra.cooperation.models import Commitment, DueDate
from sofra.kernel.acting import Actor
from sofra.kernel.models import Format
from sofra.kernel.policy import Decision, allow, deny, rule


def is_owner(actor: Actor, commitment: Commitment) -> bool:
    """Whether the actor sits for the party whose promise it is, and that party sits in the format today."""
    return actor.party_id == commitment.owner_id and actor.sits_in(commitment.format_id)


@rule("cooperation.propose")
def may_propose(actor: Actor, place: Format) -> Decision:
    """Put forward what an outcome asks of a party: the secretariat, which records the meeting's outcomes."""
    if actor.serves(place.pk):
        return allow(_("The secretariat records what outcomes ask of a party; the party accepts the date."))
    return deny(
        _("The secretariat records what an outcome asks of a party. Your delegation can announce a promise of its own.")
    )


@rule("cooperation.announce")
def may_announce(actor: Actor, place: Format) -> Decision:
    """Announce a promise of one's own: every member; the secretariat for a member, with an entry."""
    if actor.party_id is not None and actor.sits_in(place.pk):
        return allow(_("A member announces its own commitments."))
    if actor.serves(place.pk):
        return allow(_("The secretariat enters what a party announced by note, e-mail or call."))
    return deny(_("Only members of the format announce commitments."))


@rule("cooperation.edit")
def may_edit(actor: Actor, commitment: Commitment) -> Decision:
    """Change the words: whoever wrote the commitment."""
    if commitment.owner_party_id is None:
        if actor.serves(commitment.format_id):
            return allow(_("The secretariat wrote it."))
        return deny(_("The secretariat wrote it from an outcome. Its words are changed by the secretariat."))
    if is_owner(actor, commitment):
        return allow(_("Your delegation announced it."))
    if actor.serves(commitment.format_id) and commitment.entry_id is not None:
        return allow(_("The secretariat entered it for the delegation."))
    return deny(_("Another delegation announced it."))


@rule("cooperation.set_date")
def may_set_date(actor: Actor, commitment: Commitment) -> Decision:
    """Put a date forward: the owner or the secretariat."""
    if is_owner(actor, commitment):
        return allow(_("It is your delegation's commitment."))
    if actor.serves(commitment.format_id):
        return allow(_("The secretariat puts a date forward; the owner accepts it before it counts."))
    return deny(_("Only the owner and the secretariat put a date forward."))


@rule("cooperation.answer")
def may_answer(actor: Actor, date: DueDate) -> Decision:
    """Answer a date: the side that did not put it forward."""
    commitment = date.commitment
    if date.by_owner:
        if actor.serves(commitment.format_id):
            return allow(_("The owner asks for this date; the secretariat records the answer."))
        return deny(_("The owner put this date forward; the secretariat records the answer."))
    if is_owner(actor, commitment):
        return allow(_("A date counts once its owner accepts it."))
    if actor.serves(commitment.format_id):
        return allow(_("The secretariat enters the owner's answer from a note, an e-mail or a call."))
    return deny(_("Only the owner accepts a date."))


@rule("cooperation.report")
def may_report(actor: Actor, commitment: Commitment) -> Decision:
    """Report: the owner; the secretariat for it, with an entry."""
    if is_owner(actor, commitment):
        return allow(_("The owner reports on its commitment."))
    if actor.serves(commitment.format_id):
        return allow(_("The secretariat enters the owner's report from a note, an e-mail or a call."))
    return deny(_("Only the owner reports on a commitment."))


@rule("cooperation.name_contact")
def may_name_contact(actor: Actor, commitment: Commitment) -> Decision:
    """Name the contact: as reporting."""
    return may_report(actor, commitment)


@rule("cooperation.lapse")
def may_lapse(actor: Actor, commitment: Commitment) -> Decision:
    """Record that a meeting let it lapse: the secretariat."""
    if actor.serves(commitment.format_id):
        return allow(_("The secretariat records what a meeting decided."))
    return deny(_("A commitment lapses by a meeting's decision, which the secretariat records."))


@rule("cooperation.withdraw")
def may_withdraw(actor: Actor, commitment: Commitment) -> Decision:
    """Withdraw: the owner; the secretariat what it put forward itself, or for the owner with an entry."""
    if is_owner(actor, commitment):
        return allow(_("The owner may withdraw its commitment; that it did stays on the record."))
    if actor.serves(commitment.format_id):
        return allow(_("The secretariat withdraws what it put forward, or enters the owner's withdrawal."))
    return deny(_("Only the owner withdraws a commitment."))


@rule("cooperation.make_public")
def may_make_public(actor: Actor, commitment: Commitment) -> Decision:
    """Let everyone read it, and take that back: the owner; the secretariat for it, with an entry. Never the host alone."""
    if is_owner(actor, commitment):
        return allow(_("The owner says whether everyone may read its commitment."))
    if actor.serves(commitment.format_id):
        return allow(_("The secretariat enters the owner's agreement from a note, an e-mail or a call."))
    return deny(_("Only the owner makes its commitment public."))


@rule("cooperation.import")
def may_import(actor: Actor, place: Format) -> Decision:
    """Hand in a sheet: the secretariat, and a member for its own commitments."""
    return may_announce(actor, place)
