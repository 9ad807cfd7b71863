"""The seats of the demonstration: one per role, no invented person, no password, and none without the server's flag."""

from __future__ import annotations

from uuid import uuid4

from django.utils.translation import gettext as _

from sofra.kernel import acting, recording
from sofra.kernel.commands import command, database_now
from sofra.kernel.models import Account, Format, Membership, Party, Role, Seat
from sofra.kernel.refusals import NotAllowed

DOMAIN = "demonstration.invalid"


@command
def seats_on() -> int:
    """Make the demonstration's seats, or open them again. Answers how many there are. Only the operator, as the house."""
    _require_operator()
    platform = Format.objects.filter(kind=Format.Kind.PLATFORM).order_by("slug").first()
    places: list[tuple[str, Role, Party | None, Format | None]] = [
        ("secretariat", Role.SECRETARIAT, None, None),
        ("facilitator", Role.FACILITATOR, None, None),
    ]
    if platform is not None:
        places.append(("observer", Role.OBSERVER, None, platform))
        for party in _members(platform):
            places.append((f"delegate-{party.code.lower()}", Role.DELEGATE, party, None))
    opened = sum(_seat(key, role, party, of_format) for key, role, party, of_format in places)
    if opened:
        recording.record_house("demonstration.on", None, {"seats": opened})
    return len(places)


@command
def seats_off() -> int:
    """End the demonstration's seats and close their accounts. Answers how many seats ended."""
    _require_operator()
    ended = Seat.objects.filter(demonstration=True, revoked_at=None).update(revoked_at=database_now())
    for account in Account.objects.filter(demonstration=True, is_active=True):
        account.is_active = False
        account.sessions = uuid4()
        account.save(update_fields=["is_active", "sessions"])
    if ended:
        recording.record_house("demonstration.off", None, {"seats": ended})
    return ended


def opening(with_demonstration: bool) -> None:
    """Before the server opens: the seats are there if it was started with the demonstration, and gone otherwise."""
    with acting.acting_as_house():
        if with_demonstration:
            seats_on()
        else:
            seats_off()


def _members(platform: Format) -> list[Party]:
    today = database_now().date()
    rows = Membership.objects.filter(format=platform, capacity=Membership.Capacity.MEMBER).select_related("party")
    sitting = [
        row.party for row in rows if (not row.since or row.since <= today) and (not row.until or today < row.until)
    ]
    return sorted(set(sitting), key=lambda party: party.code)


def _seat(key: str, role: Role, party: Party | None, of_format: Format | None) -> bool:
    email = f"{key}@{DOMAIN}"
    account = Account.objects.filter(email=email).first()
    if account is None:
        # The name is the role in the source language; pages say role and party in the reader's.
        account = Account(email=email, name=role.name.capitalize(), demonstration=True)
        account.set_unusable_password()
        account.save(force_insert=True)
    elif not account.is_active:
        account.is_active = True
        account.save(update_fields=["is_active"])
    if Seat.objects.filter(account=account, revoked_at=None).exists():
        return False
    Seat.objects.create(account=account, role=role, party=party, format=of_format, demonstration=True)
    return True


def _require_operator() -> None:
    actor = acting.current()
    if not actor.house or actor.signed_in:
        raise NotAllowed(_("Only the operator sets up the demonstration, at the server."))
