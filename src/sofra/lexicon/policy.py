"""Who may do what to designation profiles and to the lexicon, and why."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sofra.kernel.acting import Actor
from sofra.kernel.models import Audience, Role
from sofra.kernel.policy import Decision, allow, deny, rule
from sofra.lexicon.models import Profile


@rule("profiles.keep")
def keep(actor: Actor, format: Any) -> Decision:
    """Draft a profile, put it forward, stop its silence, take it out of force: the secretariat of the format."""
    if actor.serves(format.pk):
        return allow(_("The secretariat drafts profiles and puts them to the members."))
    return deny(_("Only the secretariat of this format drafts profiles. Members object to what they do not accept."))


@rule("profiles.object")
def object_to(actor: Actor, profile: Any) -> Decision:
    """Object to a profile that was put forward: every member; the secretariat from what it received."""
    if profile.state == Profile.State.DRAFT:
        return deny(_("It is a draft; there is nothing to object to yet."))
    if profile.state in (Profile.State.BROKEN, Profile.State.STOPPED) or profile.ended_at is not None:
        return deny(_("The profile is not in force and no silence runs on it; there is nothing to object to."))
    if actor.party_id is not None and actor.sits_in(profile.format_id):
        return allow(_("Every member may object, and says to what."))
    if actor.serves(profile.format_id):
        return allow(_("The secretariat enters what it received from a delegation."))
    return deny(_("Only delegations of members object to a profile."))


@rule("profiles.take_back")
def take_back(actor: Actor, objection: Any) -> Decision:
    """Withdraw an objection: the delegation whose it is; the secretariat from what it received."""
    if objection.owner_party_id == actor.party_id and actor.sits_in(objection.format_id):
        return allow(_("It is your delegation's objection."))
    if actor.serves(objection.format_id):
        return allow(_("The secretariat enters what it received from a delegation."))
    return deny(_("Only the delegation whose objection it is withdraws it."))


@rule("profiles.strike")
def strike(actor: Actor, objection: Any) -> Decision:
    """Strike an objection entered for a delegation in error: that delegation alone."""
    if objection.owner_party_id == actor.party_id and objection.entry_id and actor.sits_in(objection.format_id):
        return allow(_("It was entered for your delegation, and your delegation corrects it."))
    return deny(_("Only the delegation for which it was entered strikes it."))


@rule("lexicon.load")
def load(actor: Actor, _nothing: None = None) -> Decision:
    """Load a lexicon file: the operator's work, done by the house itself."""
    return allow(_("The house loads its lexicon.")) if actor.house else deny(_("Only the house loads a lexicon."))


@rule("lexicon.propose")
def propose(actor: Actor, format: Any) -> Decision:
    """Propose a designation to the members of a format: its delegations, and its secretariat from a source."""
    if format is not None and actor.party_id is not None and actor.sits_in(format.pk):
        return allow(_("Every member may propose how an entity is designated."))
    if format is not None and actor.serves(format.pk):
        return allow(_("The secretariat proposes what a source has, or enters what it received."))
    return deny(_("Designations are proposed by delegations of members and by the secretariat."))


@rule("lexicon.add")
def add(actor: Actor, format: Any) -> Decision:
    """Add an entity to the lexicon: the secretariat of a format, for its members."""
    if format is not None and actor.serves(format.pk):
        return allow(_("The secretariat adds what it met in a document, with its source."))
    return deny(_("Only the secretariat adds an entity. Delegations propose designations and object."))


@rule("lexicon.rule")
def rule_on(actor: Actor, designation: Any) -> Decision:
    """Admit, decline, deprecate or supersede a designation: the secretariat that keeps it."""
    if actor.serves(designation.format_id):
        return allow(_("The secretariat admits designations with their source. Only a profile agrees on one."))
    return deny(_("Only the secretariat rules on a designation. Delegations propose and object."))


@rule("lexicon.object")
def object_to_name(actor: Actor, format: Any) -> Decision:
    """Object to a designation or a term before the members of a format, or (no format) for one's own delegation alone."""
    if format is None:
        if actor.party_id is not None and actor.role == Role.DELEGATE:
            return allow(_("Your delegation draws its own red lines; nobody else reads them."))
        return deny(_("Only a delegation draws red lines of its own."))
    if actor.party_id is not None and actor.sits_in(format.pk):
        return allow(_("Every member may object, and says to what."))
    if actor.serves(format.pk):
        return allow(_("The secretariat enters what it received from a delegation."))
    return deny(_("Only delegations of members object to a designation. The secretariat has no objections of its own."))


@rule("lexicon.take_back")
def take_back_objection(actor: Actor, objection: Any) -> Decision:
    """Withdraw an objection: the delegation whose it is; the secretariat from what it received, never a red line."""
    if objection.owner_party_id is None:
        return deny(_("It is cited from a source, and stands as long as the source is cited."))
    if objection.owner_party_id == actor.party_id:
        return allow(_("It is your delegation's objection."))
    if objection.audience != Audience.DELEGATION and actor.serves(objection.format_id):
        return allow(_("The secretariat enters what it received from a delegation."))
    return deny(_("Only the delegation whose objection it is withdraws it."))
