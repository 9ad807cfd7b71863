"""Forged forms are refused although pages send no referrer.

Under `Referrer-Policy: no-referrer` browsers write `Origin: null` on every form they post, and Django refuses that. Browsers
also say in `Sec-Fetch-Site`, which no script can write, whether a form came from this very site; that is believed instead. It
is absent only where a page came over plain HTTP from another machine; there, as without TLS in general, the token decides.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.middleware.csrf import CsrfViewMiddleware


class Csrf(CsrfViewMiddleware):
    """Django's protection, token and all, with the origin read where browsers still tell it."""

    def _origin_verified(self, request: HttpRequest) -> bool:
        if request.META["HTTP_ORIGIN"] != "null":
            return bool(super()._origin_verified(request))  # type: ignore[misc]
        site = request.META.get("HTTP_SEC_FETCH_SITE")
        return site == "same-origin" or (site is None and not request.is_secure())
