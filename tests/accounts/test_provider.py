"""An identity provider, where one is configured, opens invited accounts and makes none."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import path, reverse
from django.utils.translation import override

from sofra.conf import urls as house
from sofra.kernel.accounts import commands
from sofra.kernel.accounts.urls import provider_urls
from sofra.kernel.doors import ANYONE, door
from sofra.kernel.models import Account, Role
from tests.support.identity_provider import CLIENT, SECRET
from tests.support.people import accept, code, enrol
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


# The provider's own routes are the house's: they exist where one is configured.
urlpatterns = [path("provider-says", provider_says), *house.urlpatterns, *i18n_patterns(*provider_urls)]


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


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A provider that runs as a process of its own. Answers its address."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.support.identity_provider"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.stdin.close()
        assert process.wait(10) == 0


@pytest.fixture
def configured(issuer: str, house: None) -> Iterator[None]:
    """The settings as the house makes them for this provider."""
    given = {
        "SOFRA_OIDC_ISSUER": issuer, "SOFRA_OIDC_CLIENT_ID": CLIENT, "SOFRA_OIDC_CLIENT_SECRET": SECRET,
        "SOFRA_OIDC_NAME": "The ministry", "PYTHONPATH": "src",
    }  # fmt: skip
    script = "import json; from sofra.conf import settings; print(json.dumps(settings.SOCIALACCOUNT_PROVIDERS))"
    made = subprocess.run([sys.executable, "-c", script], env=os.environ | given, check=True, capture_output=True)
    with override_settings(ROOT_URLCONF=__name__, SOCIALACCOUNT_PROVIDERS=json.loads(made.stdout)):
        yield


def through_provider(who: str, language: str = "en") -> tuple[Client, Any]:
    """Press the button, sign in over there as somebody, and come back. Answers the client and what it then sees."""
    client = Client()
    with override(language):
        page = client.get(reverse("account_login"))
        assert "The ministry" in page.content.decode()
        away = client.post(reverse("openid_connect_login", args=["provider"]))
    assert away.status_code == 302
    with contextlib.closing(http.client.HTTPConnection(urlsplit(away["Location"]).netloc)) as over_there:
        asked = urlsplit(away["Location"])
        over_there.request("GET", f"{asked.path}?{asked.query}&as={who}")
        answer = over_there.getresponse()
        back = urlsplit(answer.getheader("Location") or "")
    assert (back.netloc, back.path) == ("testserver", f"/{language}/account/oidc/provider/login/callback/")
    return client, client.get(f"{back.path}?{back.query}")


@pytest.mark.usefixtures("configured")
def test_somebody_invited_signs_in_through_a_real_provider_up_to_the_second_factor_and_in() -> None:
    with make_world().act("secretariat"):
        _, secret = commands.invite(role=Role.FACILITATOR, email="ana@example.org")
    app = enrol(accept(secret))
    client, answer = through_provider("ana")
    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_authenticate"))
    assert client.get(reverse("seats")).status_code == 302
    assert client.post(reverse("mfa_authenticate"), {"code": code(app, 1)}).status_code == 302
    assert client.get(reverse("seats")).status_code == 200
    linked = SocialAccount.objects.get()
    assert (linked.user.email, linked.uid) == ("ana@example.org", "ana")
    _, again = through_provider("ana", "tr")
    assert again.status_code == 302
    assert SocialAccount.objects.count() == 1


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("stranger", "No account was found"),
        ("unvouched", "No account was found"),
        ("forged", "The identity provider did not sign you in"),
        ("unsigned", "The identity provider did not sign you in"),
        ("for-another", "The identity provider did not sign you in"),
        ("old", "The identity provider did not sign you in"),
        ("two-faced", "The identity provider did not sign you in"),
    ],
)
def test_a_real_provider_lets_in_nobody_uninvited_and_nobody_it_did_not_sign_for(who: str, sentence: str) -> None:
    with make_world().act("secretariat"):
        _, secret = commands.invite(role=Role.FACILITATOR, email="ana@example.org")
    accept(secret)
    before = Account.objects.count()
    client, answer = through_provider(who)
    assert sentence in answer.content.decode()
    assert client.get(reverse("seats")).status_code == 302
    assert (Account.objects.count(), SocialAccount.objects.count()) == (before, 0)


@pytest.mark.usefixtures("configured")
def test_an_answer_that_nobody_asked_for_signs_nobody_in() -> None:
    answer = Client().get(reverse("openid_connect_callback", args=["provider"]), {"code": "x", "state": "y"})
    assert "The identity provider did not sign you in" in answer.content.decode()
