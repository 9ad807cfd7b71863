"""An identity provider, where one is configured, opens invited accounts and makes none."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import path, reverse

from sofra.conf import urls as house
from sofra.kernel.accounts import commands
from sofra.kernel.doors import ANYONE, door
from sofra.kernel.models import Account, Role
from tests.support.people import accept, enrol
from tests.support.world import make_world

CONFIGURED = {
    "SOFRA_OIDC_ISSUER": "https://provider.invalid",
    "SOFRA_OIDC_CLIENT_ID": "sofra",
    "SOFRA_OIDC_CLIENT_SECRET": "not a secret",
    "SOFRA_OIDC_NAME": "The ministry",
}
APPS = {"openid_connect": {"APPS": [{"provider_id": "provider", "name": "The ministry", "client_id": "sofra",
        "secret": "x", "settings": {"server_url": "https://provider.invalid"}}]}}  # fmt: skip


@door(GET=ANYONE)
def provider_says(request: HttpRequest) -> Any:
    """What the provider's callback comes to, without a provider: it vouches for an address, or does not."""
    email, vouched = request.GET["email"], request.GET.get("vouched") == "yes"
    return complete_social_login(
        request,
        SocialLogin(
            user=Account(email=email),
            account=SocialAccount(provider="provider", uid=f"uid of {email}"),
            email_addresses=[EmailAddress(email=email, verified=vouched, primary=True)],
            provider=get_adapter().get_provider(request, "provider"),
        ),
    )


urlpatterns = [path("provider-says", provider_says), *house.urlpatterns]


@pytest.mark.parametrize("given", [CONFIGURED, {}])
def test_its_routes_exist_only_where_it_is_configured(given: dict[str, str]) -> None:
    script = (
        "import django; django.setup()\n"
        "from django.urls import NoReverseMatch, reverse\n"
        "try: print(reverse('openid_connect_callback', args=['provider']))\n"
        "except NoReverseMatch: print('none')"
    )
    environment = {key: value for key, value in os.environ.items() if not key.startswith("SOFRA_OIDC")}
    answer = subprocess.run(
        [sys.executable, "-c", script],
        env=environment | given | {"PYTHONPATH": "src"},
        check=True,
        capture_output=True,
        text=True,
    )
    assert answer.stdout.strip() == ("/en/account/oidc/provider/login/callback/" if given else "none")


@pytest.mark.usefixtures("house")
@override_settings(ROOT_URLCONF=__name__, SOCIALACCOUNT_PROVIDERS=APPS)
def test_it_opens_an_account_invited_under_an_address_it_vouches_for_up_to_the_second_factor() -> None:
    with make_world().act("secretariat"):
        _, secret = commands.invite(role=Role.FACILITATOR, email="ana@example.org")
    enrol(accept(secret))
    client = Client()
    answer = client.get("/provider-says", {"email": "Ana@Example.org", "vouched": "yes"})
    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_authenticate"))
    assert SocialAccount.objects.get().user.email == "ana@example.org"
    assert client.get(reverse("seats")).status_code == 302


@pytest.mark.usefixtures("house")
@override_settings(ROOT_URLCONF=__name__, SOCIALACCOUNT_PROVIDERS=APPS)
@pytest.mark.parametrize(
    ("email", "vouched"),
    [
        ("nobody@example.org", "yes"),  # never invited
        ("ana@example.org", "no"),  # invited, and the provider does not vouch
        ("person@example.org", "yes"),  # chose the address itself: nobody vouched for it here
        ("rs@example.org", "yes"),  # a demonstration seat
    ],
)
def test_it_makes_no_account_and_links_none_without_both_vouching(email: str, vouched: str) -> None:
    with make_world().act("secretariat"):
        _, named = commands.invite(role=Role.FACILITATOR, email="ana@example.org")
        _, unnamed = commands.invite(role=Role.FACILITATOR)
    accept(named)
    accept(unnamed)
    before = Account.objects.count()
    answer = Client().get("/provider-says", {"email": email, "vouched": vouched})
    assert "No account was found" in answer.content.decode()
    assert Account.objects.count() == before
    assert SocialAccount.objects.count() == 0
