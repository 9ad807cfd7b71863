"""Every write to accounts, seats and invitations."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording
from sofra.kernel.accounts import queries
from sofra.kernel.commands import command, database_now
from sofra.kernel.models import Account, Invitation, Role, Seat
from sofra.kernel.refusals import NotAllowed, Refusal

DAYS = 7
MOST_DAYS = 60


def digest_of(secret: str) -> bytes:
    """What is kept of an invitation's secret."""
    return hashlib.sha256(secret.encode()).digest()


@command
def invite(
    *,
    role: str,
    party_id: UUID | None = None,
    format_id: UUID | None = None,
    function: str = "",
    email: str = "",
    days: int = DAYS,
) -> tuple[Invitation, str]:
    """Make an invitation to hold a seat. Answers it with its secret, which is kept nowhere: show it once.

    Raises NotAllowed unless the actor may give this seat, Refusal for a place that cannot be.
    """
    actor = acting.current()
    if role not in Role.values:
        raise Refusal(_("Choose a role."), "role")
    if role == Role.DELEGATE and party_id is None:
        raise Refusal(_("A delegate sits for a party: choose it."), "party")
    if role in (Role.SECRETARIAT, Role.FACILITATOR) and party_id is not None:
        raise Refusal(_("The secretariat and facilitators sit for no party: leave it empty."), "party")
    if role == Role.OBSERVER and party_id is None and format_id is None:
        raise Refusal(_("An observer observes a format or sits for a party: choose one."), "format")
    if not 1 <= days <= MOST_DAYS:
        raise Refusal(_("An invitation holds for 1 to %(most)d days.") % {"most": MOST_DAYS}, "days")
    invitation = Invitation(
        role=role, party_id=party_id, format_id=format_id, function=function.strip(), email=_address(email)
    )
    policy.require(actor, "accounts.seat", invitation)
    secret = _issue(invitation, days)
    recording.record_house(
        "invitation.made",
        invitation.pk,
        {
            "role": role,
            "party": party_id,
            "format": format_id,
            "email": invitation.email,
            "until": invitation.expires_at,
        },
    )
    return invitation, secret


@command
def withdraw(*, invitation: Invitation) -> None:
    """Withdraw an invitation that nobody used yet."""
    policy.require(acting.current(), "accounts.seat", invitation)
    now = database_now()
    open_still = Invitation.objects.filter(pk=invitation.pk, used_at=None, withdrawn_at=None)
    if not open_still.update(withdrawn_at=now):
        raise Refusal(_("This invitation was used or withdrawn before. Nothing was changed."))
    recording.record_house("invitation.withdrawn", invitation.pk)


@command
def accept(
    *,
    secret: str,
    account: Account | None = None,
    name: str = "",
    email: str = "",
    password: str = "",
    language: str = "en",
) -> tuple[Account, UUID | None]:
    """Use an invitation, once: make an account (or come back into it, or add the seat to the one signed in).

    Answers the account and its new seat (None where an account came back in). Raises Refusal for an invitation that is not
    open, an address that cannot be used, a weak password; nothing is used up then.
    """
    digest = digest_of(secret)
    offer = queries.offer(digest)
    if offer is None:
        raise Refusal(closed_sentence())
    if offer.account_id is not None:
        account = _come_back(offer.account_id, password)
    elif account is not None:
        if offer.email and offer.email.casefold() != account.email.casefold():
            raise Refusal(_("This invitation is for another address than that of your account. Nothing was changed."))
        if account.demonstration:
            raise Refusal(_("A demonstration seat takes no further seats. Sign out first, then open the link again."))
    else:
        account = _new_account(name, offer.email or email, password, language, known=bool(offer.email))
    with connection.cursor() as cursor:
        cursor.execute("SELECT sofra_accept_invitation(%s, %s, %s)", [digest, account.pk, uuid4()])
        seat_id: UUID | None = cursor.fetchone()[0]
    if seat_id is None:
        raise Refusal(closed_sentence())
    came_back = offer.account_id is not None
    recording.record_house(
        "account.came_back" if came_back else "invitation.accepted",
        offer.place.id,
        {"account": account.pk, "seat": None if came_back else seat_id},
    )
    return account, None if came_back else seat_id


def closed_sentence() -> str:
    """One sentence for an invitation that was used, withdrawn, is over or never was."""
    return _("This invitation is not open: it was used, withdrawn or is over. Ask the secretariat for a new one.")


@command
def revoke(*, seat: Seat) -> None:
    """End a seat; whoever holds it is out of it at the next request."""
    actor = acting.current()
    policy.require(actor, "accounts.seat", seat)
    if seat.pk == actor.seat_id:
        raise Refusal(_("You act on this seat. Another seat of the secretariat can end it. Nothing was changed."))
    if not Seat.objects.filter(pk=seat.pk, revoked_at=None).update(revoked_at=database_now()):
        raise Refusal(_("This seat was ended before. Nothing was changed."))
    recording.record_house(
        "seat.revoked", seat.pk, {"account": seat.account_id, "role": seat.role, "party": seat.party_id}
    )


@command
def end_sessions(*, account: Account) -> None:
    """End every session of an account, on every device."""
    policy.require(acting.current(), "accounts.manage", account)
    _end_sessions(account)
    recording.record_house("account.sessions_ended", account.pk)


@command
def close(*, account: Account) -> None:
    """Close an account: nobody signs in with it again, its sessions end, its seats stay on record, ended."""
    actor = acting.current()
    policy.require(actor, "accounts.manage", account)
    if account.pk == actor.account_id:
        raise Refusal(_("This is your own account. Another seat of the secretariat can close it. Nothing was changed."))
    Account.objects.filter(pk=account.pk).update(is_active=False)
    _end_sessions(account)
    Seat.objects.filter(account_id=account.pk, revoked_at=None).update(revoked_at=database_now())
    recording.record_house("account.closed", account.pk)


@command
def reset(*, account: Account, days: int = DAYS) -> tuple[Invitation, str]:
    """Take away an account's password and factors and invite its holder back in. Answers as `invite` does."""
    policy.require(acting.current(), "accounts.manage", account)
    if account.demonstration or not account.is_active:
        raise Refusal(_("This account signs in without a password or is closed. Nothing was changed."))
    Authenticator.objects.filter(user_id=account.pk).delete()
    account.set_unusable_password()
    account.sessions = uuid4()
    account.save(update_fields=["password", "sessions"])
    now = database_now()
    Invitation.objects.filter(account_id=account.pk, used_at=None, withdrawn_at=None).update(withdrawn_at=now)
    invitation = Invitation(account_id=account.pk, email=account.email)
    secret = _issue(invitation, days)
    recording.record_house("account.reset", account.pk, {"invitation": invitation.pk, "until": invitation.expires_at})
    return invitation, secret


def _issue(invitation: Invitation, days: int) -> str:
    secret = secrets.token_urlsafe(32)
    invitation.digest = digest_of(secret)
    invitation.made_at = database_now()
    invitation.expires_at = invitation.made_at + timedelta(days=days)
    invitation.save(force_insert=True)
    return secret


def _end_sessions(account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(sessions=uuid4())


def _address(email: str) -> str:
    email = email.strip().lower()
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise Refusal(_("This is not an e-mail address. Write it as name@example.org."), "email") from None
    return email


def _check_password(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Refusal(" ".join(error.messages), "password") from None


def _come_back(account_id: UUID, password: str) -> Account:
    account = Account.objects.filter(pk=account_id, is_active=True).first()
    if account is None:
        raise NotAllowed(closed_sentence())
    _check_password(password, account)
    account.set_password(password)
    account.sessions = uuid4()
    account.save(update_fields=["password", "sessions"])
    return account


def _new_account(name: str, email: str, password: str, language: str, *, known: bool) -> Account:
    """`known`: the secretariat named the address, so an identity provider that vouches for it may be linked to it."""
    name, email = name.strip(), _address(email)
    if not name:
        raise Refusal(_("Write your name, as the others shall read it."), "name")
    if not email:
        raise Refusal(_("Write your e-mail address; you sign in with it."), "email")
    account = Account(email=email, name=name, language=language)
    _check_password(password, account)
    account.set_password(password)
    if queries.account_by_email(email) is not None:
        raise Refusal(_taken(), "email")
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError:
        raise Refusal(_taken(), "email") from None
    EmailAddress.objects.create(user=account, email=email, primary=True, verified=known)
    return account


def _taken() -> str:
    return _(
        "No new account can be made with this address. If you hold one, sign in first and open this link again; "
        "the invitation was not used up."
    )


@command
def note_sign_in(*, account: Account, ways: list[Any]) -> None:
    """Write down that somebody signed in, and by which ways (password, code, passkey, demonstration)."""
    recording.record_house("account.signed_in", account.pk, {"ways": ways})


@command
def note_factor(*, account_id: UUID, kind: str, added: bool) -> None:
    """Write down that an account got or lost a second factor; the entry's actor says by whom."""
    recording.record_house("account.factor_added" if added else "account.factor_removed", account_id, {"kind": kind})
