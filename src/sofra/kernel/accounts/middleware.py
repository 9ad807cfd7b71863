"""Sessions end; a password alone opens nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from sofra.kernel import rest
from sofra.kernel.accounts import queries, sessions
from sofra.kernel.middleware import SEAT, GetResponse, refused

View = TypeVar("View", bound=Callable[..., Any])

#: What an account without a second factor may reach.
ENROLMENT = {
    "account_logout",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_index",
}
#: What a demonstration seat may not: it has neither password nor factors, and nobody shall give it any.
OWN_KEYS = {
    "account_change_password",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
}


def polled(view: View) -> View:
    """Mark a view that pages ask by themselves: it does not keep an idle session alive."""
    view.polled = True  # type: ignore[attr-defined]
    return view


class SessionLimits:
    """Ends sessions that are idle or old, before anything else looks at them. The request goes on as a visitor's."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if SESSION_KEY in request.session:
            sentence = sessions.over(request.session)
            if sentence:
                request.session.flush()
                messages.warning(request, sentence)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if SESSION_KEY not in request.session or getattr(view, "polled", False):
            return
        if sessions.BEGAN not in request.session:
            sessions.begin(request.session)
        sessions.touch(request.session)


class SecondFactor:
    """Lets an account without a second factor reach nothing but the pages where it adds one, and the way out."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        actor = request.actor  # type: ignore[attr-defined]
        # A token is asked for the factor when it is recognised (sofra_access_token), and no session stands behind it.
        if not actor.signed_in or rest.is_rest(request):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if request.user.demonstration:  # type: ignore[union-attr]
            if name in OWN_KEYS:
                return refused(request, _("A demonstration seat has no password and no second factor."))
            return None
        if name in ENROLMENT or queries.has_factor(actor.account_id):
            return None
        request.session.pop(SEAT, None)
        if request.method in ("GET", "HEAD"):
            messages.warning(request, sessions.no_factor_sentence())
            return HttpResponseRedirect(reverse("mfa_index"))
        return refused(request, sessions.no_factor_sentence())
