"""Forms: the sign-in library's with our words, and those of invitations."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from sofra.kernel.accounts import limits
from sofra.kernel.accounts.commands import DAYS
from sofra.kernel.models import Role


def _plain(form: forms.Form, **labels: Any) -> None:
    """Our labels; no words that vanish when one types."""
    for name, label in labels.items():
        if name in form.fields:
            form.fields[name].label = label
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


PASSWORD_HELP = _(
    "At least 12 characters: not a common password, not digits alone, not like your name or your address."
)


class SignIn(LoginForm):  # type: ignore[misc]
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, login=_("E-mail address"), password=_("Password"))
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"
        self.fields["password"].help_text = ""


class ConfirmPassword(ReauthenticateForm):  # type: ignore[misc]
    """The password again, before something serious."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, password=_("Password"))


class ChangePassword(ChangePasswordForm):  # type: ignore[misc]
    """The present password and a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(
            self,
            oldpassword=_("Present password"),
            password1=_("New password"),
            password2=_("New password, again"),
        )
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].help_text = PASSWORD_HELP


class _Counted:
    """Counts each try of a code by account, across workers."""

    user: Any

    def clean_code(self) -> str:
        try:
            limits.count(limits.CODE, self.user.pk)
        except limits.TooMany as no:
            raise forms.ValidationError(no.sentence, code="too_many_login_attempts") from None
        code = str(super().clean_code())  # type: ignore[misc]
        limits.forget(limits.CODE, self.user.pk)
        return code


class Code(_Counted, AuthenticateForm):  # type: ignore[misc]
    """The code of an authenticator app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, code=_("Code"))
        self.fields["code"].help_text = _("Six digits from your authenticator app, or one of your recovery codes.")


class ConfirmCode(_Counted, CodeAgainForm):  # type: ignore[misc]
    """A code again, before something serious."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, code=_("Code"))


class EnrolTotp(_Counted, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator app proves that it holds the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, code=_("Code"))
        self.fields["code"].help_text = _("The six digits the app shows now.")


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey or security key, with a name to know it by."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, name=_("Name"), passwordless=_("Sign in with it alone, without a password"))
        self.fields["name"].help_text = _("To know it by among your passkeys.")
        self.fields["passwordless"].help_text = _(
            "It then asks for your fingerprint, face or PIN each time. Without this it is the second factor after the password."
        )


class Invite(forms.Form):
    """To which place somebody is invited. Choices of parties and formats are given by the view, with their names."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    party = forms.ChoiceField(
        label=_("Party"), required=False, help_text=_("For a delegate, and for an observer who sits for a party.")
    )
    format = forms.ChoiceField(
        label=_("Format"),
        required=False,
        help_text=_("For an observer of a format, or a secretariat that serves one format alone."),
    )
    function = forms.CharField(
        label=_("Function"), required=False, max_length=200, help_text=_("For example: desk officer, protocol.")
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("If given, only an account with this address can use the invitation."),
    )
    days = forms.IntegerField(label=_("Holds for, in days"), initial=DAYS, min_value=1, max_value=60)

    def __init__(
        self, *args: Any, parties: list[tuple[str, str]], formats: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].choices = [("", _("none")), *parties]  # type: ignore[attr-defined]
        self.fields["format"].choices = [("", _("none")), *formats]  # type: ignore[attr-defined]


class Accept(forms.Form):
    """A new account's name, address and password."""

    name = forms.CharField(label=_("Your name"), max_length=200, help_text=_("As the others shall read it."))
    email = forms.EmailField(label=_("E-mail address"), help_text=_("You sign in with it."))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, fixed_email: str = "", back: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = PASSWORD_HELP
        if fixed_email or back:
            del self.fields["email"]
        if back:
            del self.fields["name"]
