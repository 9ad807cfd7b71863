"""Holding rooms, principals and interpreter teams: published holds never overlap, and the database guarantees it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from sofra.kernel.commands import command, save_next
from sofra.kernel.models import Occupancy
from sofra.kernel.recording import record
from sofra.kernel.refusals import Refusal

Written = TypeVar("Written")


@command
def hold(
    resource: UUID, begins: datetime, ends: datetime, holder: UUID, state: str, placement: dict[str, Any]
) -> Occupancy:
    """Hold a resource from one instant until before another.

    Raises Refusal if the time is empty, or if the resource is taken then; by whom is not said.
    """
    if not begins < ends:
        raise Refusal(_("The end lies before the beginning."), "ends")
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
    held.state = Occupancy.State.PUBLISHED
    _now(lambda: save_next(held, ["state"]))
    record("occupancy.published", held, {"resource": held.resource}, visible=False)


def _now(write: Callable[[], Written]) -> Written:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            result = write()
            cursor.execute("SET CONSTRAINTS nothing_published_twice IMMEDIATE")
            cursor.execute("SET CONSTRAINTS nothing_published_twice DEFERRED")
    except IntegrityError as error:
        if "nothing_published_twice" not in str(error):
            raise
        raise Refusal(_("This is taken at that time. Choose another time, or pencil it.")) from None
    return result
