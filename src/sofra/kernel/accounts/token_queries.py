"""Reads of access tokens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import connection

from sofra.kernel.accounts.commands import digest_of
from sofra.kernel.acting import Actor
from sofra.kernel.commands import database_now
from sofra.kernel.models import AccessToken


@dataclass(frozen=True)
class Bearer:
    """As whom a token acts; `new_day` is today where this is its first request of the day (UTC)."""

    token_id: UUID
    seat_id: UUID
    account_id: UUID
    new_day: date | None


def bearer_of(secret: str) -> Bearer | None:
    """Who acts with a token; None for one that is unknown, revoked or expired, or whose seat or account has ended. Asked
    before an actor exists."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, seat_id, account_id, new_day FROM sofra_access_token(%s, %s)",
            [digest_of(secret), bool(settings.SOFRA.demonstration)],
        )
        row = cursor.fetchone()
    return Bearer(*row) if row else None


def tokens_of(actor: Actor) -> tuple[list[AccessToken], list[AccessToken]]:
    """The tokens of the actor's seat: those that open something, and those that do not any more, the latest first."""
    rows = list(AccessToken.objects.filter(seat=actor.seat_id).order_by("-made_at"))
    now = database_now()
    standing = [row for row in rows if row.revoked_at is None and row.expires_at > now]
    return standing, [row for row in rows if row not in standing]


def get_token(key: UUID) -> AccessToken | None:
    """A token of one's own."""
    return AccessToken.objects.filter(pk=key).first()
