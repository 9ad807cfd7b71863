"""{% load accounts %}: what the pages of accounts ask."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any

from allauth.mfa.models import Authenticator
from django import template
from django.conf import settings
from django.http import HttpRequest

from sofra.kernel.accounts import queries
from sofra.kernel.models import Party

register = template.Library()


@register.simple_tag(takes_context=True)
def reached_by_address(context: Any) -> bool:
    """Whether the page was reached by an IP address, where browsers offer no passkeys."""
    request: HttpRequest = context["request"]
    host = request.get_host()
    host = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


@register.simple_tag
def demonstration_seats() -> list[queries.Place]:
    """The seats the sign-in page offers without a password; none on a server started without the demonstration."""
    return queries.demonstration_seats()


@register.filter
def without_party(places: list[queries.Place]) -> list[queries.Place]:
    """Seats that sit for no party."""
    return [place for place in places if place.party is None]


@register.filter
def parties(places: list[queries.Place]) -> list[Party]:
    """The parties that have a seat among these, for the lexicon to order."""
    return list({place.party.pk: place.party for place in places if place.party is not None}.values())


@register.filter
def seats_for(places: list[queries.Place], party: Party) -> list[queries.Place]:
    """The seats of one party."""
    return [place for place in places if place.party_id == party.pk]


@register.simple_tag
def identity_provider() -> str:
    """The name of the configured identity provider; empty where there is none."""
    configured: dict[str, Any] = settings.SOCIALACCOUNT_PROVIDERS
    return str(configured["openid_connect"]["APPS"][0]["name"]) if configured else ""


@register.simple_tag(takes_context=True)
def own_passkeys(context: Any) -> list[Authenticator]:
    """One's own passkeys, the oldest first."""
    return list(
        Authenticator.objects.filter(user=context["request"].user, type=Authenticator.Type.WEBAUTHN).order_by("pk")
    )
