"""Signing in through an identity provider: the library's way, and stricter in what is believed.

The library believes an identity token without looking at its signature where it fetched the token itself. Here a token counts
with the provider's signature alone, and only for the person the provider tells of beside it.
"""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase


class Provider(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """The provider the operator named."""

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Who signs in. Raises OAuth2Error where the token is missing, not signed by the provider, or of somebody else."""
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("the provider gave no identity token")
        login = super().complete_login(request, app, token, **kwargs)
        told = login.account.extra_data
        if told.get("userinfo", told["id_token"]).get("sub") != told["id_token"].get("sub"):
            raise OAuth2Error("the provider tells of somebody else than its token")
        return login

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        try:
            told: dict[str, Any] = jwtkit.verify_and_decode(
                credential=id_token,
                keys_url=self.openid_config["jwks_uri"],
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
                verify_signature=True,
            )
        except (KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("the provider's token cannot be read") from error
        return told


def sign_in(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Go to the provider."""
    return _view(OAuth2LoginView, request, provider_id)


def back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Come back from the provider."""
    return _view(OAuth2CallbackView, request, provider_id)


def _view(kind: Any, request: HttpRequest, provider_id: str) -> HttpResponseBase:
    try:
        answer: HttpResponseBase = kind.adapter_view(Provider(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return answer
