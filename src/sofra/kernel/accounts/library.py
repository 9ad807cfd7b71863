"""The sign-in library's pages as the house answers: 422 where a form is refused, with the sentence on the same page."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from allauth.account.views import BaseReauthenticateView, LoginView
from allauth.mfa.webauthn.views import LoginWebAuthnView, ReauthenticateWebAuthnView
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

UNPROCESSABLE = 422


def answering(view: Callable[..., Any]) -> Callable[..., HttpResponseBase]:
    """The library renders a refused form as if all were well; here its page says 422, and nothing it wrote is kept.

    What counts tries is committed apart, so that a refusal does not take it back.
    """

    @functools.wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code == 200 and isinstance(response, TemplateResponse):
            forms = [form for form in (response.context_data or {}).values() if isinstance(form, BaseForm)]
            if any(form.is_bound and form.errors for form in forms):
                response.status_code = UNPROCESSABLE
        return response

    return answered


def leaving(view: Callable[..., Any]) -> Callable[..., HttpResponseBase]:
    """Once somebody signed out, the browser forgets the words it kept for pages until they were sent."""

    @functools.wraps(view)
    def left(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = view(request, *args, **kwargs)
        if request.method == "POST":
            response["Clear-Site-Data"] = '"storage"'
        return response

    return left


def _say_not_accepted(request: HttpRequest) -> None:
    messages.error(request, _("This passkey was not accepted. Nothing was changed."))


class PasskeySignIn(LoginWebAuthnView):  # type: ignore[misc]
    """Signing in with a passkey alone."""

    def form_invalid(self, form: Any) -> HttpResponseBase:
        """Say on the sign-in page that it was not accepted."""
        _say_not_accepted(self.request)
        page = LoginView()
        page.setup(self.request)
        context = page.get_context_data(form=page.get_form_class()(request=self.request))
        response: HttpResponseBase = page.render_to_response(context, status=UNPROCESSABLE)
        return response


class PasskeyAgain(ReauthenticateWebAuthnView):  # type: ignore[misc]
    """Proving again with a passkey who one is."""

    def form_invalid(self, form: Any) -> HttpResponseBase:
        """Say on the same page that it was not accepted."""
        _say_not_accepted(self.request)
        response: HttpResponseBase = BaseReauthenticateView.form_invalid(self, form)
        return response
