"""How something is adopted: objections that stand, the consent of all members. Silence is the kernel's (engine/silence.py).

Everything here is a pure function of what was said and when; the clock is the caller's (the database's, under a lock).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

#: What a party says, and what takes it back. An objection to a late item takes back one's consent to it, and the reverse.
TAKEN_BACK_BY: dict[str, frozenset[str]] = {
    "cosponsor": frozenset({"uncosponsor"}),
    "object": frozenset({"lift", "consent"}),
    "consent": frozenset({"object"}),
    "withdraw": frozenset({"restore"}),
}


@dataclass(frozen=True)
class Said:
    """One act of a party on a subject at an instant. A struck act was recorded in error and never counts."""

    party: Any
    kind: str
    subject: Any
    at: datetime
    struck: bool = False


def standing(acts: Iterable[Said], kind: str) -> list[Said]:
    """The acts of a kind that still stand, one per party and subject, in the order in which they were said first.

    Of two acts at one instant the later in the iteration counts. Saying the same twice changes nothing.
    """
    held: dict[tuple[Any, Any], Said] = {}
    for act in sorted((act for act in acts if not act.struck), key=lambda act: act.at):
        key = (act.subject, act.party)
        if act.kind == kind:
            held.setdefault(key, act)
        elif act.kind in TAKEN_BACK_BY.get(kind, ()):
            held.pop(key, None)
    return sorted(held.values(), key=lambda act: act.at)


def received_in_time(opened_at: datetime, deadline: datetime, received_at: datetime, now: datetime) -> bool:
    """Whether an objection was received while a silence ran and is entered only now that it has run out.

    It breaks nothing: the instant of entry decides, by the database's clock. It marks the adoption for the chair to answer.
    """
    return opened_at <= received_at < deadline <= now


def missing_consent(members: Collection[Any], consenting: Collection[Any]) -> set[Any]:
    """The members whose consent a late item still needs. A party that is no longer a member is not asked."""
    return set(members) - set(consenting)


def consent_complete(members: Collection[Any], consenting: Collection[Any], objecting: Collection[Any]) -> bool:
    """Whether a late item is accepted: all members consent and none objects. A format without members accepts nothing."""
    return bool(members) and not missing_consent(members, consenting) and not set(objecting) & set(members)
