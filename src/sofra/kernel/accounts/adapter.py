"""The house's rules for the sign-in library: nobody signs up, everybody is counted, nothing is mailed."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from sofra.kernel.accounts import commands, limits, queries, sessions
from sofra.kernel.middleware import SEAT
from sofra.kernel.models import Account

NAME = "Sofra"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come by invitation alone; tries are counted across workers; the words are ours."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _lazy("This address and this password do not belong together. Nothing was changed."),
        "incorrect_password": _lazy("This is not your password. Nothing was changed."),
        "enter_current_password": _lazy("Write your present password."),
        "too_many_login_attempts": _lazy("Tried too often. Nothing was changed. Try again in some minutes."),
        "rate_limited": _lazy("Tried too often. Nothing was changed. Try again in some minutes."),
        "account_inactive": _lazy("This account is closed."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up; accounts come by invitation."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address the connection came from; no header is believed."""
        return limits.address_of(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try, by account and by address, before a password is looked at."""
        try:
            limits.count(limits.SIGN_IN_ADDRESS, limits.address_of(request))
            limits.count(limits.SIGN_IN_ACCOUNT, credentials.get("email", ""))
        except limits.TooMany as no:
            raise ValidationError(no.sentence, code="too_many_login_attempts") from None
        super().pre_authenticate(request, **credentials)

    def login(self, request: HttpRequest, user: Any) -> None:
        """Sign in: a new session key, both clocks started, the only seat taken."""
        ways = [record.get("type") or record.get("method") for record in get_authentication_records(request, user)]
        super().login(request, user)
        limits.forget(limits.SIGN_IN_ACCOUNT, user.email)
        sessions.begin(request.session)
        sessions.take_only_seat(request, user)
        commands.note_sign_in(account=user, ways=ways)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To the desk; to the choice of seats where there are several; to the second factor where there is none."""
        user = request.user
        if isinstance(user, Account) and not user.demonstration and not queries.has_factor(user.pk):
            return reverse("mfa_index")
        if SEAT not in request.session:
            return reverse("seats")
        try:
            return reverse("desk")
        except NoReverseMatch:
            return reverse("seats")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The sign-in library mails nothing; what is mailed goes through accounts.mail."""

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Only the library's refusals and our own sentences for its few successes reach the page."""
        said = str(message) if message else str(_sentences().get(message_template or "", ""))
        if said:
            messages.add_message(request, level, said, extra_tags=extra_tags)

    def set_password(self, user: Any, password: str) -> None:
        """Keep a new password; sessions elsewhere end by it."""
        user.set_password(password)
        user.save(update_fields=["password"])


def _sentences() -> dict[str, str]:
    return {
        "account/messages/password_changed.txt": _("Your password was changed. Sessions on other devices ended."),
        "account/messages/logged_out.txt": _("You signed out."),
        "mfa/messages/totp_activated.txt": _("The authenticator app was added."),
        "mfa/messages/totp_deactivated.txt": _("The authenticator app was removed."),
        "mfa/messages/webauthn_added.txt": _("The passkey was added."),
        "mfa/messages/webauthn_removed.txt": _("The passkey was removed."),
        "mfa/messages/recovery_codes_generated.txt": _("New recovery codes were made. They are shown once: keep them."),
    }


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: our words, our name, a code as a picture that needs no style."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _lazy("This code is not right, or no longer. Nothing was changed."),
        "cannot_delete_authenticator": _lazy("This is the only second factor. Add another one first, then remove it."),
    }

    def get_totp_issuer(self) -> str:
        """How the authenticator app names the house."""
        return f"{NAME} {self._get_site_name()}"

    def build_totp_svg(self, url: str) -> str:
        """The code as an inline picture: black on white in light and dark, no style attribute."""
        import qrcode

        code = qrcode.QRCode(border=4)
        code.add_data(url)
        rows = code.get_matrix()
        size = len(rows)
        dots = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
        return format_html(
            '<svg class="qr" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}" width="240" height="240" role="img" '
            'aria-label="{1}"><rect width="{0}" height="{0}" fill="#fff"/><path d="{2}" fill="#000"/></svg>',
            size,
            _("The secret as a picture, for the camera of an authenticator app"),
            dots,
        )

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one: without a second factor the account would stand before closed doors."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=queries.FACTORS)
        return bool(others.exclude(pk=authenticator.pk).exists())

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """A first name for a new passkey, which its holder may change before it is kept."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey %(n)d") % {"n": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What a passkey is bound to: the host name."""
        return {**super().get_public_key_credential_rp_entity(), "name": NAME}


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """An identity provider opens accounts that were invited under an address it vouches for, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody signs up through an identity provider either."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Link a first sign-in to the account invited under the same address, if both sides vouch for it."""
        if sociallogin.is_existing:
            return
        vouched = [address.email for address in sociallogin.email_addresses if address.verified]
        for email in vouched:
            known = EmailAddress.objects.filter(email__iexact=email, verified=True, user__is_active=True).first()
            if known is not None and not known.user.demonstration:
                sociallogin.connect(request, known.user)
                return

    def on_authentication_error(self, request: HttpRequest, provider: Any, *args: Any, **kwargs: Any) -> None:
        """The page says that it failed; why is the operator's to read."""
