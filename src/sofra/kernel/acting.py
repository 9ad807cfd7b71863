"""The actor of a transaction: who is asking, resolved once, set for the database and for Python alike.

Everything a room reads or writes happens inside `acting_for`, `acting_as_house` or the middleware, which open one
transaction, set the actor with settings local to it, and append to the audit chain as the last statement.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from sofra.kernel.models import Role

VISITOR, GUEST = "visitor", "guest"


@dataclass(frozen=True)
class Term:
    """A span in which a party sat in a format: from `since` (open if None) until before `until` (open if None)."""

    since: datetime | None
    until: datetime | None

    def includes(self, instant: datetime) -> bool:
        """Whether the instant falls in the term."""
        return (self.since is None or self.since <= instant) and (self.until is None or instant < self.until)


@dataclass(frozen=True)
class Actor:
    """Who is acting. `role` is one of kernel.models.Role, or "visitor" (not signed in), or "guest" (no valid seat)."""

    role: str = VISITOR
    account_id: UUID | None = None
    seat_id: UUID | None = None
    party_id: UUID | None = None
    house: bool = False
    secretariat_of: frozenset[UUID] = frozenset()
    member_of: frozenset[UUID] = frozenset()
    observer_of: frozenset[UUID] = frozenset()
    member_terms: dict[UUID, tuple[Term, ...]] = field(default_factory=dict, hash=False)
    observer_terms: dict[UUID, tuple[Term, ...]] = field(default_factory=dict, hash=False)
    function: str = ""
    demonstration: bool = False
    settings: dict[str, Any] = field(default_factory=dict, hash=False, repr=False)

    @property
    def signed_in(self) -> bool:
        """Whether an account stands behind this actor."""
        return self.account_id is not None

    @property
    def seated(self) -> bool:
        """Whether the actor holds a seat (or is the house itself)."""
        return self.role not in (VISITOR, GUEST)

    @property
    def is_secretariat(self) -> bool:
        """Whether the actor serves the house or a format as its secretariat."""
        return self.role == Role.SECRETARIAT

    def serves(self, format_id: UUID | None) -> bool:
        """Whether the actor is secretariat of this format (of the house, where it is None)."""
        return self.house or (format_id is not None and format_id in self.secretariat_of)

    def sits_in(self, format_id: UUID | None) -> bool:
        """Whether the actor's party is a member of this format today."""
        return format_id is not None and format_id in self.member_of

    def observes(self, format_id: UUID | None) -> bool:
        """Whether the actor observes this format today."""
        return format_id is not None and format_id in self.observer_of


_current: ContextVar[Actor | None] = ContextVar("sofra_actor", default=None)


def current() -> Actor:
    """The actor of this transaction; a visitor where nobody was set."""
    return _current.get() or Actor()


def enter(account_id: UUID | None, seat_id: UUID | None) -> Actor:
    """Resolve a seat and set the transaction's actor in the database. Only the middleware and this module call it.

    Raises transaction.TransactionManagementError outside a transaction: settings would not hold.
    """
    _require_transaction()
    with connection.cursor() as cursor:
        cursor.execute("SELECT sofra_enter(%s, %s, %s)", [account_id, seat_id, bool(settings.SOFRA.demonstration)])
        row = cursor.fetchone()[0]
    return _actor(json.loads(row) if isinstance(row, str) else row)


def become(actor: Actor) -> None:
    """Set an already resolved actor in the database, for this transaction."""
    _require_transaction()
    with connection.cursor() as cursor:
        cursor.execute("SELECT sofra_become(%s::jsonb)", [json.dumps(actor.settings) if actor.settings else None])


@contextmanager
def set_current(actor: Actor) -> Iterator[Actor]:
    """Let Python know the actor for the length of a block."""
    token = _current.set(actor)
    try:
        yield actor
    finally:
        _current.reset(token)


@contextmanager
def acting_for(seat_id: UUID | None, account_id: UUID | None) -> Iterator[Actor]:
    """Act as a seat of an account: jobs, commands of `sofra`, tests. Nested, it restores the actor before it."""
    yield from _acting(lambda: enter(account_id, seat_id))


@contextmanager
def acting_as(actor: Actor) -> Iterator[Actor]:
    """Act as an actor resolved before, for the length of a block."""

    def again() -> Actor:
        become(actor)
        return actor

    yield from _acting(again)


@contextmanager
def acting_as_visitor() -> Iterator[Actor]:
    """Act as somebody who is not signed in."""
    yield from _acting(lambda: enter(None, None))


@contextmanager
def acting_as_house() -> Iterator[Actor]:
    """Act as the house itself: the operator's commands (loading the record, making the first invitation)."""
    yield from _acting(_enter_house)


def _enter_house() -> Actor:
    actor = _actor({"role": str(Role.SECRETARIAT), "house": "on"})
    become(actor)
    return actor


def _acting(resolve: Any) -> Iterator[Actor]:
    from sofra.kernel import recording

    before = _current.get()
    with transaction.atomic():
        actor = resolve()
        with recording.gathering(), set_current(actor):
            yield actor
        if before is not None:
            become(before)


def _require_transaction() -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("An actor is set inside a transaction, or it would not hold.")


def _actor(row: dict[str, Any] | None) -> Actor:
    if row is None:
        return Actor()
    return Actor(
        role=row.get("role") or VISITOR,
        account_id=_uuid(row.get("account")),
        seat_id=_uuid(row.get("seat")),
        party_id=_uuid(row.get("party")),
        house=row.get("house") == "on",
        secretariat_of=_uuids(row.get("secretariat_of")),
        member_of=_uuids(row.get("member_of")),
        observer_of=_uuids(row.get("observer_of")),
        member_terms=_terms(row.get("member_terms")),
        observer_terms=_terms(row.get("observer_terms")),
        function=row.get("function") or "",
        demonstration=bool(row.get("demonstration")),
        settings=row,
    )


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def _uuids(texts: list[str] | None) -> frozenset[UUID]:
    return frozenset(UUID(text) for text in texts or ())


def _terms(spans: dict[str, str] | None) -> dict[UUID, tuple[Term, ...]]:
    return {UUID(key): tuple(_spans(text)) for key, text in (spans or {}).items()}


def _spans(multirange: str) -> Iterator[Term]:
    """Read PostgreSQL's text of a tstzmultirange, e.g. {[a,b),(,c)}; bounds are always closed-open here."""
    for part in multirange.strip("{}").replace("),", ")|").split("|"):
        if part:
            lower, upper = part.strip("[()]").split(",")
            yield Term(_instant(lower), _instant(upper))


def _instant(text: str) -> datetime | None:
    text = text.strip('"')
    return datetime.fromisoformat(text) if text else None
