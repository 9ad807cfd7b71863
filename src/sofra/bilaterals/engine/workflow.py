"""What stands of a request, worked out from what its sides did. Nothing here knows of a database.

Whoever does not read a step (a decline is the sides' alone) works out a request that waits and then lapses: what was declined
and what nobody answered look the same from outside.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Code(StrEnum):
    """The state of a request."""

    ASKED = "asked"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Step:
    """One act: its key, kind, the side that did it, when, and the step it answers."""

    key: Any
    kind: str
    party: Any
    at: datetime
    answers: Any = None


@dataclass(frozen=True)
class Standing:
    """How a request stands. `terms` is the proposal in force (None: as it was asked), `accepted` who agrees to it, `waiting`
    whose answer is awaited. `timed` is a time agreed elsewhere that was put forward last, `unconfirmed` who has not confirmed it;
    `agreed` is the last one that all confirmed: it holds until another is."""

    code: Code
    terms: Any
    accepted: frozenset[Any]
    waiting: frozenset[Any]
    timed: Any = None
    agreed: Any = None
    unconfirmed: frozenset[Any] = frozenset()

    @property
    def open(self) -> bool:
        """Whether an answer can still be given."""
        return self.code in (Code.ASKED, Code.PROPOSED)


def standing(
    asker: Any, parties: Collection[Any], steps: Iterable[Step], answer_by: datetime | None, now: datetime
) -> Standing:
    """The state of a request of `asker` among `parties` at an instant."""
    sides = frozenset(parties) | {asker}
    terms, agrees, refused, withdrawn = None, {asker}, set[Any](), False
    timed, confirmed, agreed, complete_at = None, set[Any](), None, None
    for step in sorted(steps, key=lambda each: each.at):
        match step.kind:
            case "proposed":
                terms, agrees, complete_at = step.key, {step.party}, None
                refused.discard(step.party)
            case "accepted":
                agrees.add(step.party)
                refused.discard(step.party)
            case "declined":
                refused.add(step.party)
                agrees.discard(step.party)
                complete_at = None
            case "withdrawn":
                withdrawn = True
            case "timed":
                timed, confirmed = step.key, {step.party}
            case "confirmed" if step.answers == timed:
                confirmed.add(step.party)
        if timed is not None and confirmed >= sides:
            agreed = timed
        if agrees >= sides and complete_at is None:
            complete_at = step.at
    late = answer_by is not None and answer_by <= now and (complete_at is None or complete_at >= answer_by)
    if withdrawn:
        code = Code.WITHDRAWN
    elif refused:
        code = Code.DECLINED
    elif complete_at is not None and not late:
        code = Code.ACCEPTED
    elif late:
        code = Code.LAPSED
    else:
        code = Code.ASKED if terms is None else Code.PROPOSED
    waiting = sides - agrees if code in (Code.ASKED, Code.PROPOSED) else frozenset()
    if code != Code.ACCEPTED:
        timed = agreed = None
    unconfirmed = sides - confirmed if timed is not None else frozenset()
    return Standing(code, terms, frozenset(agrees), frozenset(waiting), timed, agreed, frozenset(unconfirmed))
