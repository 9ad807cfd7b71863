"""Audit entries and change rows: gathered while a command works, written as the last statements of its transaction."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models.functions import Now

from sofra.kernel import acting
from sofra.kernel.models import Audience, Change, Held

HOUSE = "house"


@dataclass(frozen=True)
class _Link:
    chain: str
    action: str
    subject: UUID | None
    details: dict[str, Any]
    placement: dict[str, Any]
    actor: acting.Actor


_gathered: ContextVar[list[_Link] | None] = ContextVar("sofra_gathered", default=None)

_HOUSE_PLACEMENT: dict[str, Any] = {
    "audience": Audience.SECRETARIAT,
    "format_id": None,
    "owner_party_id": None,
    "readers": [],
    "readable_from": None,
    "entry_id": None,
}


@contextmanager
def gathering() -> Iterator[None]:
    """Gather what commands record; on leaving the outermost block without error, append it to the chains.

    A chain's head stays locked from the append to the commit, so nothing but the commit may follow.
    """
    if _gathered.get() is not None:
        yield
        return
    links: list[_Link] = []
    token = _gathered.set(links)
    try:
        yield
        _append(links)
    finally:
        _gathered.reset(token)


def discard() -> None:
    """Forget what was gathered: the transaction will be rolled back."""
    links = _gathered.get()
    if links is not None:
        links.clear()


def record(
    action: str,
    subject: Held,
    details: dict[str, Any] | None = None,
    *,
    visible: bool = True,
    meeting_id: UUID | None = None,
    shown: dict[str, Any] | None = None,
) -> None:
    """Say what was done to a held row: an audit entry on its format's chain and, if `visible`, a change row.

    Both are readable by whoever may read the row as it stands now. `details` go into the audit payload; `shown` (titles by
    language and the like) into the change row, for the desk. Every command calls this once per row it changed.
    """
    placement = subject.placement()
    chain = str(subject.format_id or HOUSE)
    _add(_Link(chain, action, subject.pk, details or {}, placement, acting.current()))
    if visible:
        Change.objects.create(
            kind=action,
            subject_type=subject._meta.label_lower,
            subject_id=subject.pk,
            meeting_id=meeting_id,
            details=shown or {},
            seat_id=acting.current().seat_id,
            **placement,
        )


def announce(
    kind: str, subject: Held, *, at: datetime, meeting_id: UUID | None = None, shown: dict[str, Any] | None = None
) -> None:
    """A change row of an effect that comes at an instant ahead, for those who may read the row from then on.

    The act itself is recorded apart, with who may know of it now. What is announced can still be taken back (`retract`).
    """
    Change.objects.create(
        kind=kind,
        at=at,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        meeting_id=meeting_id,
        details=shown or {},
        seat_id=acting.current().seat_id,
        **{**subject.placement(), "readable_from": at},
    )


def retract(kind: str, subject: Held, *, instead: str) -> None:
    """Turn what was announced and has not come into a change of another kind, for those who may read the row as it is now."""
    found = Change.objects.filter(subject_id=subject.pk, kind=kind, at__gt=Now())
    found.update(kind=instead, at=Now(), details={}, **subject.placement())


def record_house(action: str, subject: UUID | None, details: dict[str, Any] | None = None) -> None:
    """Say what was done to the house (accounts, seats, parties, formats): an entry on the house's chain."""
    _add(_Link(HOUSE, action, subject, details or {}, _HOUSE_PLACEMENT, acting.current()))


def _add(link: _Link) -> None:
    links = _gathered.get()
    if links is None:
        raise RuntimeError("Commands run inside acting_for, acting_as_house or a request.")
    links.append(link)


def _append(links: list[_Link]) -> None:
    # One order for all transactions, so that two which touch two chains cannot wait for each other.
    with connection.cursor() as cursor:
        for link in sorted(links, key=lambda each: each.chain):
            place = link.placement
            cursor.execute(
                "SELECT sofra_audit_append(%s, %s, %s, %s, %s, %s::jsonb, %s, %s, %s, %s::uuid[], %s, %s)",
                [
                    link.chain,
                    link.action,
                    link.subject,
                    link.actor.seat_id,
                    link.actor.account_id,
                    json.dumps(link.details, cls=DjangoJSONEncoder, sort_keys=True),
                    place["audience"],
                    place["format_id"],
                    place["owner_party_id"],
                    [str(reader) for reader in place["readers"]],
                    None if hasattr(place["readable_from"], "resolve_expression") else place["readable_from"],
                    place["entry_id"],
                ],
            )
