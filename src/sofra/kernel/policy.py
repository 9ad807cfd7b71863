"""Who may do what, and why. Rooms add their rules with `@rule`; the wall's own rule stands here in Python as it does in SQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sofra.kernel.acting import Actor, Term
from sofra.kernel.models import Audience, Held
from sofra.kernel.refusals import NotAllowed


@dataclass(frozen=True)
class Decision:
    """Whether something is allowed, and the reason in the reader's language. Show a reason only for rows one may know of."""

    allowed: bool
    reason: Any

    def __bool__(self) -> bool:
        return self.allowed


Rule = Callable[[Actor, Any], Decision]
_rules: dict[str, Rule] = {}


def rule(action: str) -> Callable[[Rule], Rule]:
    """Register the rule for an action, e.g. "agenda.propose". Each action has one rule."""

    def register(function: Rule) -> Rule:
        if action in _rules and _rules[action] is not function:
            raise ValueError(f"The action {action} has a rule already.")
        _rules[action] = function
        return function

    return register


def decide(actor: Actor, action: str, obj: Any = None) -> Decision:
    """Decide by the action's rule. Raises KeyError for an action nobody wrote a rule for."""
    return _rules[action](actor, obj)


def require(actor: Actor, action: str, obj: Any = None) -> None:
    """Raise NotAllowed with the reason, unless the action is allowed."""
    decision = decide(actor, action, obj)
    if not decision:
        raise NotAllowed(decision.reason)


def actions() -> list[str]:
    """All actions that have a rule."""
    return sorted(_rules)


def allow(reason: Any) -> Decision:
    """Allowed, for this reason."""
    return Decision(True, reason)


def deny(reason: Any) -> Decision:
    """Not allowed, for this reason."""
    return Decision(False, reason)


@rule("read")
def may_read(actor: Actor, row: Held) -> Decision:
    """The wall's rule of reading, as in sql/may_read.sql. Use it to explain; the database decides."""
    return _reading(actor, row, timezone.now())


@rule("write")
def may_write(actor: Actor, row: Held) -> Decision:
    """The wall's rule of writing, as sofra_may_write in sql/may_read.sql."""
    own = row.owner_party_id is not None and row.owner_party_id == actor.party_id
    here = row.format_id is None or actor.sits_in(row.format_id) or actor.observes(row.format_id)
    if own and row.entry_id is None and here:
        return allow(_("Your delegation owns it."))
    if actor.serves(row.format_id):
        if row.owner_party_id is None:
            return allow(_("The secretariat owns it."))
        if row.entry_id is not None:
            return allow(_("The secretariat entered it for the delegation."))
        return deny(
            _("It belongs to a delegation; the secretariat enters its acts only from a note, an e-mail or a call.")
        )
    return deny(_("Another delegation or the secretariat owns it."))


def _reading(actor: Actor, row: Held, instant: datetime) -> Decision:
    if row.owner_party_id is not None and row.owner_party_id == actor.party_id:
        return allow(_("Your delegation owns it."))
    if (row.owner_party_id is None or row.entry_id is not None) and actor.serves(row.format_id):
        return allow(_("The secretariat keeps it."))
    if row.readable_from > instant:
        return deny(_("It is not released yet."))
    return _audience(actor, row)


def _audience(actor: Actor, row: Held) -> Decision:
    serves, member = actor.serves(row.format_id), actor.sits_in(row.format_id)
    sat = _sat_then(actor.member_terms, row)
    match row.audience:
        case Audience.PUBLIC:
            return allow(_("It is public."))
        case Audience.OBSERVERS if serves or member or actor.observes(row.format_id):
            return allow(_("It is for all members and observers."))
        case Audience.OBSERVERS if sat or _sat_then(actor.observer_terms, row):
            return allow(_("It became readable while your delegation took part."))
        case Audience.FORMAT if serves or member:
            return allow(_("It is for all members."))
        case Audience.FORMAT if sat:
            return allow(_("It became readable while your delegation was a member."))
        case Audience.PARTIES if actor.party_id is not None and actor.party_id in row.readers:
            return allow(_("Your delegation is named among its readers."))
        case Audience.PARTIES if serves and row.format_id is not None and row.format_id in row.readers:
            return allow(_("The secretariat is named among its readers."))
        case Audience.PERSONS if actor.seat_id is not None and actor.seat_id in row.readers:
            return allow(_("You are named among its readers."))
        case Audience.SECRETARIAT if serves:
            return allow(_("It is for the secretariat."))
    return deny(_("It is for others."))


def _sat_then(terms: dict[Any, tuple[Term, ...]], row: Held) -> bool:
    return row.format_id is not None and any(term.includes(row.readable_from) for term in terms.get(row.format_id, ()))
