"""Every read of accounts, seats and invitations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection
from django.utils.translation import get_language

from sofra.kernel import wordings
from sofra.kernel.commands import database_now
from sofra.kernel.models import Account, Format, Invitation, Party, Role, Seat

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass
class Place:
    """A seat as one reads it: what it is for, and whose it is. `party` and `format` are rows; names come from templates."""

    id: UUID
    role: str
    party_id: UUID | None = None
    format_id: UUID | None = None
    account_id: UUID | None = None
    function: str = ""
    demonstration: bool = False
    party: Party | None = None
    format: Format | None = None

    @property
    def role_label(self) -> str:
        """The role's word in the reader's language."""
        return str(Role(self.role).label)


@dataclass(frozen=True)
class Offer:
    """What an invitation offers to whoever holds its secret."""

    place: Place
    account_id: UUID | None
    email: str
    expires_at: datetime


@dataclass
class Holder:
    """An account with its seats, as the secretariat (or its own delegation) sees it."""

    account: Account
    has_factor: bool
    seats: list[Seat] = field(default_factory=list)


def seats_of(account_id: UUID | None) -> list[Place]:
    """The seats an account may sit on now, in the order they were granted."""
    if account_id is None:
        return []
    return _places(
        "SELECT id, role, party_id, format_id, NULL, function, demonstration FROM sofra_seats_of(%s, %s)",
        [account_id, _demonstration()],
    )


def demonstration_seats() -> list[Place]:
    """The seats of the demonstration; none on a server started without it."""
    return _places(
        "SELECT id, role, party_id, format_id, account_id, '', true FROM sofra_demonstration_seats(%s)",
        [_demonstration()],
    )


def offer(digest: bytes) -> Offer | None:
    """What an open invitation offers; None for one that was used, withdrawn, is over or never was."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, role, party_id, format_id, function, account_id, email, expires_at FROM sofra_invitation(%s)",
            [digest],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    place = Place(row[0], row[1], row[2], row[3], None, row[4])
    _attach([place])
    return Offer(place, row[5], row[6], row[7])


def holders() -> list[Holder]:
    """Accounts with the seats one may see, by name: all for the secretariat, the delegation's own for a delegate."""
    found: dict[UUID, Holder] = {}
    seats = list(Seat.objects.select_related("account", "party", "format").order_by("account__name", "granted_at"))
    _word(seat.format for seat in seats)
    for seat in seats:
        holder = found.setdefault(seat.account_id, Holder(seat.account, False))
        holder.seats.append(seat)
    secured = set(Authenticator.objects.filter(user_id__in=found, type__in=FACTORS).values_list("user_id", flat=True))
    for account_id in secured:
        found[account_id].has_factor = True
    return list(found.values())


def invitations() -> list[Invitation]:
    """Invitations one may see, the newest first."""
    now = database_now()
    found = list(Invitation.objects.select_related("account", "party", "format").order_by("-made_at"))
    for each in found:
        each.expired = each.expires_at <= now  # type: ignore[attr-defined]
    _word(each.format for each in found)
    return found


def invitation(key: UUID) -> Invitation | None:
    """An invitation one may see."""
    return Invitation.objects.filter(pk=key).first()


def seat(key: UUID) -> Seat | None:
    """A seat one may see."""
    return Seat.objects.select_related("account", "party", "format").filter(pk=key).first()


def account_seen(key: UUID) -> Account | None:
    """An account of which one may see a seat."""
    found = Seat.objects.select_related("account").filter(account_id=key).first()
    return found.account if found else None


def has_factor(account_id: UUID) -> bool:
    """Whether an account has a second factor."""
    return bool(Authenticator.objects.filter(user_id=account_id, type__in=FACTORS).exists())


def account_by_email(email: str) -> Account | None:
    """The account of an address, whatever its letters' case."""
    return Account.objects.filter(email__iexact=email.strip()).first()


def parties() -> list[Party]:
    """All parties, for a form to choose from."""
    return list(Party.objects.order_by("code"))


def formats() -> list[Format]:
    """All formats one may see."""
    found = list(Format.objects.order_by("slug"))
    _word(found)
    return found


def _demonstration() -> bool:
    return bool(settings.SOFRA.demonstration)


def _places(query: str, parameters: list[Any]) -> list[Place]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        found = [Place(*row) for row in cursor.fetchall()]
    _attach(found)
    return found


def _word(formats: Iterable[Format | None]) -> None:
    rows = [each for each in formats if each is not None]
    if rows:
        wordings.attach(rows, get_language() or "en")


def _attach(places: Iterable[Place]) -> None:
    rows = list(places)
    party_ids = {place.party_id for place in rows if place.party_id}
    format_ids = {place.format_id for place in rows if place.format_id}
    by_party = Party.objects.in_bulk(party_ids) if party_ids else {}
    by_format = Format.objects.in_bulk(format_ids) if format_ids else {}
    _word(by_format.values())
    for place in rows:
        place.party = by_party.get(place.party_id)
        place.format = by_format.get(place.format_id)
