"""Holding rooms, principals and interpreter teams: published holds never overlap, and the database guarantees it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils.translation import gettext as _

from sofra.kernel.commands import command, save_next
from sofra.kernel.models import Occupancy
from sofra.kernel.recording import record
from sofra.kernel.refusals import Refusal

Written = TypeVar("Written")
Span = tuple[datetime, datetime]
PENCILLED, PUBLISHED, RELEASED = Occupancy.State.PENCILLED, Occupancy.State.PUBLISHED, Occupancy.State.RELEASED


class Taken(Refusal):
    """Published holds would overlap. `resources` are those that are taken; by whom is not said."""

    def __init__(self, sentence: str, resources: list[UUID] | None = None) -> None:
        super().__init__(sentence)
        self.resources = resources or []


def ends_after(begins: datetime, ends: datetime, field: str = "ends") -> None:
    """Raise Refusal, beside `field`, for a time that ends before it begins, or as it begins."""
    if ends <= begins:
        raise Refusal(_("The end lies before the beginning."), field)


@dataclass(frozen=True)
class Holding:
    """What one holder wants to hold, each resource for one time; nothing, where it was called off."""

    holder: UUID
    wanted: dict[UUID, Span] = field(default_factory=dict)
    placement: dict[str, Any] = field(default_factory=dict)


@command
def hold(
    resource: UUID, begins: datetime, ends: datetime, holder: UUID, state: str, placement: dict[str, Any]
) -> Occupancy:
    """Hold a resource from one instant until before another.

    Raises Refusal if the time is empty, or if the resource is taken then; by whom is not said.
    """
    ends_after(begins, ends)
    held = _now(
        lambda: Occupancy.objects.create(
            resource=resource, during=(begins, ends), state=state, holder=holder, **placement
        )
    )
    record("occupancy.held", held, {"resource": resource, "state": state}, visible=False)
    return held


@command
def publish(held: Occupancy) -> None:
    """Publish what was pencilled. Raises Refusal if the resource is taken then; by whom is not said."""
    held.state = PUBLISHED
    _now(lambda: save_next(held, ["state"]))
    record("occupancy.published", held, {"resource": held.resource}, visible=False)


def pencil(holding: Holding) -> None:
    """Let a holder's pencilled holds be what it wants, beside what of it is published. The caller records why.

    A wanted time that is published already needs no pencil; pencilled holds that are wanted no longer are released.
    """
    rows = list(Occupancy.objects.filter(holder=holding.holder).order_by("id"))
    published = {row.resource: row for row in rows if row.state == PUBLISHED}
    spare = {row.resource: row for row in rows if row.state == RELEASED}
    spare |= {row.resource: row for row in rows if row.state == PENCILLED}
    kept = set()
    for resource, span in holding.wanted.items():
        if resource in published and _span(published[resource]) == span:
            continue
        row = spare.get(resource) or Occupancy(holder=holding.holder, resource=resource)
        _write(row, span, PENCILLED, holding.placement)
        kept.add(row.pk)
    for row in rows:
        if row.state == PENCILLED and row.pk not in kept:
            _write(row, _span(row), RELEASED, row.placement())


def publish_together(holdings: Iterable[Holding]) -> None:
    """Publish what several holders want and release the rest of theirs, all or nothing; they may trade places.

    The caller records why, in the same transaction. Raises Taken, with the resources that somebody else has then.
    """
    work = [step for holding in holdings for step in _steps(holding)]
    resources = sorted({row.resource for row, _span_, _state, _place in work}, key=str)
    with connection.cursor() as cursor:
        # In one order for all, so that two who publish at once wait for each other and never both.
        for resource in resources:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(resource)])

    def write(only: UUID | None = None) -> None:
        for row, span, state, place in work:
            if only is None or row.resource == only:
                _write(row, span, state, place)

    try:
        _now(write)
    except Taken:
        taken = [resource for resource in resources if not _fits(write, resource)]
        raise Taken(_sentence(), taken) from None


def _steps(holding: Holding) -> list[tuple[Occupancy, Span, str, dict[str, Any]]]:
    rows = list(Occupancy.objects.filter(holder=holding.holder).order_by("id"))
    rank = {PUBLISHED: 0, PENCILLED: 1, RELEASED: 2}
    by_resource: dict[UUID, Occupancy] = {}
    for row in sorted(rows, key=lambda row: rank[Occupancy.State(row.state)]):
        by_resource.setdefault(row.resource, row)
    work: list[tuple[Occupancy, Span, str, dict[str, Any]]] = []
    used = set()
    for resource, span in holding.wanted.items():
        row = by_resource.get(resource) or Occupancy(holder=holding.holder, resource=resource)
        used.add(row.pk)
        same = (_span(row) if row.during else None, row.state, row.audience, row.readers) == (
            span, PUBLISHED, holding.placement["audience"], holding.placement["readers"],
        )  # fmt: skip
        if not same:
            work.append((row, span, PUBLISHED, holding.placement))
    work += [
        (row, _span(row), RELEASED, row.placement()) for row in rows if row.pk not in used and row.state != RELEASED
    ]
    return work


def _span(row: Occupancy) -> Span:
    during: Any = row.during
    return (during.lower, during.upper) if hasattr(during, "lower") else during


def _write(row: Occupancy, span: Span, state: str, place: dict[str, Any]) -> None:
    """Write a hold without keeping anything in the row itself: what is undone must be doable again."""
    columns = {**place, "during": span, "state": state, "resource": row.resource, "holder": row.holder}
    if row._state.adding:
        Occupancy.objects.create(pk=row.pk, **columns)
    else:
        Occupancy.objects.filter(pk=row.pk).update(version=row.version + 1, **columns)


def _fits(write: Callable[[UUID], None], resource: UUID) -> bool:
    try:
        with transaction.atomic():
            _now(lambda: write(resource))
            raise _Undo
    except _Undo:
        return True
    except Taken:
        return False


class _Undo(Exception):  # noqa: N818 (it says what it does)
    """Undoes a trial."""


def _sentence() -> str:
    return _("This is taken at that time. Choose another time, or pencil it.")


def _now(write: Callable[[], Written]) -> Written:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            result = write()
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        if "nothing_published_twice" not in str(error):
            raise
        raise Taken(_sentence()) from None
    except OperationalError as error:
        # Two that hold the same at the same moment wait for each other; the database lets one of them go on.
        if getattr(error.__cause__, "sqlstate", "") != "40P01":
            raise
        raise Taken(_sentence()) from None
    return result
