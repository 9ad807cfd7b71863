"""Who writes documents of a meeting, who releases and recalls them, and who circulates a delegation's paper."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sofra.kernel.acting import Actor
from sofra.kernel.policy import Decision, allow, deny, rule
from sofra.meetings.models import Document


@rule("documents.write")
def write(actor: Actor, meeting: Any) -> Decision:
    """Write, release, recall documents of a meeting, circulate those of delegations: the secretariat, also afterwards."""
    if actor.serves(meeting.format_id):
        return allow(_("The secretariat circulates documents."))
    return deny(_("Only the secretariat circulates documents; ask it to circulate a paper of your delegation."))


@rule("documents.propose")
def propose(actor: Actor, meeting: Any) -> Decision:
    """Write a paper of one's own and ask for its circulation: every member's delegation; the secretariat enters it."""
    if actor.sits_in(meeting.format_id) and actor.party_id is not None:
        return allow(_("Every member may ask for the circulation of a paper."))
    if actor.serves(meeting.format_id):
        return allow(_("The secretariat enters what it received from a delegation."))
    return deny(_("Only delegations of members ask for the circulation of a paper."))


@rule("documents.edit")
def edit(actor: Actor, document: Any) -> Decision:
    """Change a draft, ask for its circulation: its author; the secretariat where it entered the paper itself."""
    if document.kind == Document.Kind.OUTCOME:
        return deny(_("It is a text of the meeting, word for word. Change the outcome and issue it anew."))
    return withdraw(actor, document)


@rule("documents.withdraw")
def withdraw(actor: Actor, document: Any) -> Decision:
    """Give up a draft: as changing it; a text of the meeting that was called off too."""
    if document.author_id is not None:
        return deny(_("It is a delegation's paper and is circulated without change."))
    if not document.draft or document.asked_at is not None:
        return deny(_("It is no draft any more; what was released or handed over does not change."))
    return own(actor, document)


@rule("documents.own")
def own(actor: Actor, document: Any) -> Decision:
    """Act for the author of a document: the secretariat for its own, a delegation for its own or what was entered for it."""
    if document.owner_party_id is None:
        return write(actor, document.meeting)
    if document.owner_party_id == actor.party_id and actor.sits_in(document.format_id):
        return allow(_("Your delegation owns it."))
    if document.entry_id is not None and actor.serves(document.format_id):
        return allow(_("The secretariat entered it for the delegation."))
    return deny(_("The paper belongs to the delegation that wrote it."))


@rule("documents.release")
def release(actor: Actor, document: Any) -> Decision:
    """Release, move, call off or recall a document: the secretariat, what is its own to circulate."""
    if document.owner_party_id is not None:
        return deny(_("It is a delegation's paper; it is circulated when that delegation asks for it."))
    return write(actor, document.meeting)


@rule("documents.answer")
def answer(actor: Actor, document: Any) -> Decision:
    """Circulate a delegation's paper or decline to: the secretariat, once it was asked."""
    if document.owner_party_id is None or document.asked_at is None:
        return deny(_("No delegation asks for its circulation."))
    return write(actor, document.meeting)


@rule("documents.receipts")
def receipts(actor: Actor, format: Any) -> Decision:
    """Record whether the members agreed that the secretariat learns who opened a document."""
    if actor.serves(format.pk):
        return allow(_("The secretariat records what the members agreed."))
    return deny(_("Only the secretariat records what the members agreed."))
