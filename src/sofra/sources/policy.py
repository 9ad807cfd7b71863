"""Who may do what in the record, and why."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sofra.kernel.acting import Actor
from sofra.kernel.models import Audience
from sofra.kernel.policy import Decision, allow, deny, rule
from sofra.sources.models import Claim, Comment


@rule("record.load")
def may_load(actor: Actor, _nothing: None = None) -> Decision:
    """Loading a record is the operator's work, done by the house itself."""
    return allow(_("The house loads its record.")) if actor.house else deny(_("Only the house loads a record."))


@rule("record.comment")
def may_comment(actor: Actor, claim: Claim) -> Decision:
    """A member's delegate comments on what is public; the secretariat enters a comment for a delegation."""
    if claim.audience != Audience.PUBLIC:
        return deny(_("A comment stands beside a public claim; this one is not public."))
    if actor.party_id is not None and actor.role == "delegate" and actor.sits_in(claim.format_id):
        return allow(_("Your delegation may comment on what the record says."))
    if actor.serves(claim.format_id):
        return allow(_("The secretariat enters a comment for a delegation."))
    return deny(_("Members comment on the record, through their delegations."))


@rule("record.change_comment")
def may_change_comment(actor: Actor, comment: Comment) -> Decision:
    """A comment is its party's; the secretariat corrects only what it entered itself."""
    if comment.owner_party_id is not None and comment.owner_party_id == actor.party_id and actor.role == "delegate":
        return allow(_("It is your delegation's comment."))
    if comment.entry_id is not None and actor.serves(comment.format_id):
        return allow(_("The secretariat entered it for the delegation."))
    return deny(_("It is another party's comment."))


@rule("record.ask_release")
def may_ask_release(actor: Actor, claim: Claim) -> Decision:
    """The secretariat puts a sensitive claim before the members."""
    if not actor.serves(claim.format_id):
        return deny(_("Only the secretariat asks the members for a release."))
    if not claim.sensitivity or claim.audience != Audience.SECRETARIAT or not claim.current:
        return deny(_("There is nothing to release: the claim is not kept back, or the members were asked already."))
    return allow(_("The secretariat keeps it and may ask the members."))


@rule("record.release")
def may_release(actor: Actor, claim: Claim) -> Decision:
    """Each member releases for itself; the secretariat enters a release that came by note, e-mail or call."""
    if claim.release_asked_at is None or claim.audience == Audience.PUBLIC or not claim.current:
        return deny(_("The members were not asked to release this, or have released it already."))
    if actor.party_id is not None and actor.role == "delegate" and actor.sits_in(claim.format_id):
        return allow(_("Every member decides on the release."))
    if actor.serves(claim.format_id):
        return allow(_("The secretariat enters a release for a delegation."))
    return deny(_("Only members decide on the release."))
