"""Signing in takes two factors; nothing tells who holds an account; what is lost is reset by the secretariat."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from sofra.kernel.accounts import commands, queries
from sofra.kernel.models import Account, AuditPayload, Role
from sofra.kernel.refusals import NotAllowed, Refusal
from tests.support.clients import confirm
from tests.support.people import PASSWORD, accept, client_as, code, enrol, password_sign_in
from tests.support.world import World, make_world


@pytest.fixture
def world(house: None) -> World:
    return make_world()


@pytest.fixture
def enrolled(world: World) -> tuple[Client, str]:
    """Somebody invited as Albania's delegate, with an authenticator app: the client and the app's secret."""
    with world.act("secretariat"):
        _, secret = commands.invite(role=Role.DELEGATE, party_id=world.parties["AL"].pk)
    client = accept(secret)
    return client, enrol(client)


def test_enrolment_opens_the_seat_and_shows_recovery_codes_once(enrolled: tuple[Client, str]) -> None:
    client, _ = enrolled
    first = client.get(reverse("mfa_view_recovery_codes"))
    assert first.content.decode().count("<li><code>") == 10
    again = client.get(reverse("mfa_view_recovery_codes"))
    assert "<li><code>" not in again.content.decode()
    page = client.get(reverse("accounts_seats"))
    assert page.status_code == 200
    assert page.context["house"].actor.role == "delegate"


def test_the_password_alone_leads_to_the_second_factor_and_no_further(enrolled: tuple[Client, str]) -> None:
    _, secret = enrolled
    client, answer = password_sign_in("Person@Example.org")
    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_authenticate"))
    assert client.get(reverse("accounts_seats")).status_code == 302
    assert client.get(reverse("accounts_seats"))["Location"].startswith(reverse("account_login"))
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "This code is not right" in wrong.content.decode()
    right = client.post(reverse("mfa_authenticate"), {"code": code(secret, 1)})
    assert right.status_code == 302
    assert client.get(reverse("accounts_seats")).status_code == 200


def test_a_code_opens_once(enrolled: tuple[Client, str]) -> None:
    _, secret = enrolled
    used = code(secret, 1)
    for opens in (True, False):
        client, _ = password_sign_in("person@example.org")
        client.post(reverse("mfa_authenticate"), {"code": used})
        assert (client.get(reverse("accounts_seats")).status_code == 200) is opens


def test_a_recovery_code_stands_in_once(enrolled: tuple[Client, str]) -> None:
    account = Account.objects.get(email="person@example.org")
    codes = Authenticator.objects.get(user=account, type="recovery_codes").wrap().get_unused_codes()
    for opens in (True, False):
        client, _ = password_sign_in("person@example.org")
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert (client.get(reverse("accounts_seats")).status_code == 200) is opens


def test_a_wrong_password_and_an_unknown_address_are_told_the_same(enrolled: tuple[Client, str]) -> None:
    answers = [
        password_sign_in("person@example.org", "not the password at all")[1],
        password_sign_in("nobody@example.org", "not the password at all")[1],
        password_sign_in("rs@example.org", "not the password at all")[1],
    ]
    assert {answer.status_code for answer in answers} == {422}
    errors = [answer.context["form"].non_field_errors() for answer in answers]
    assert errors == [["This address and this password do not belong together. Nothing was changed."]] * 3


def test_a_closed_account_does_not_open(enrolled: tuple[Client, str], world: World) -> None:
    signed_in, _ = enrolled
    account = Account.objects.get(email="person@example.org")
    with world.act("secretariat"):
        commands.close(account=account)
    assert signed_in.get(reverse("seats"))["Location"].startswith(reverse("account_login"))
    client, _ = password_sign_in("person@example.org")
    assert client.get(reverse("seats"))["Location"].startswith(reverse("account_login"))


def test_signing_out_ends_the_session_on_the_server(enrolled: tuple[Client, str]) -> None:
    client, _ = enrolled
    stolen = Client()
    stolen.cookies = client.cookies.copy()
    assert client.post(reverse("account_logout")).status_code == 302
    assert stolen.get(reverse("accounts_seats")).status_code == 302


def test_a_lost_factor_is_reset_by_the_secretariat_and_the_holder_invited_back(
    enrolled: tuple[Client, str], world: World
) -> None:
    signed_in, _ = enrolled
    account = Account.objects.get(email="person@example.org")
    page = confirm(client_as(world, "secretariat"), reverse("accounts_reset", kwargs={"account": account.pk}))
    assert page.status_code == 200
    link_secret = page.context["secret"]
    assert signed_in.get(reverse("accounts_seats")).status_code == 302
    _, answer = password_sign_in("person@example.org")
    assert answer.status_code == 422
    new = "another long passphrase"
    back = Client()
    answer = back.post(reverse("invitation", kwargs={"secret": link_secret}), {"password": new})
    assert (answer.status_code, answer["Location"]) == (303, reverse("mfa_index"))
    assert back.get(reverse("accounts_seats")).status_code == 302
    enrol(back)
    assert back.get(reverse("accounts_seats")).status_code == 200
    assert [place.role for place in queries.seats_of(account.pk)] == ["delegate"]
    with world.act("secretariat"):
        actions = set(AuditPayload.objects.filter(chain="house").values_list("action", flat=True))
    assert {"account.reset", "account.came_back", "account.factor_added"} <= actions


def test_only_the_secretariat_of_the_house_resets_ends_and_closes(enrolled: tuple[Client, str], world: World) -> None:
    account = Account.objects.get(email="person@example.org")
    for who in ("AL", "RS", "observer", "facilitator", "visitor"):
        with world.act(who):
            for act in (commands.reset, commands.end_sessions, commands.close):
                with pytest.raises(NotAllowed):
                    act(account=account)
        for name in ("accounts_reset", "accounts_end_sessions", "accounts_close"):
            answer = client_as(world, who).post(reverse(name, kwargs={"account": account.pk}))
            assert answer.status_code == 403
    with world.act("secretariat"), pytest.raises(Refusal):
        commands.close(account=world.seats["secretariat"].account)


def test_factors_are_changed_only_after_proving_again_who_one_is(enrolled: tuple[Client, str]) -> None:
    _, secret = enrolled
    client, _ = password_sign_in("person@example.org")
    client.post(reverse("mfa_authenticate"), {"code": code(secret, 1)})
    for name in ("mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_add_webauthn"):
        answer = client.get(reverse(name))
        assert answer.status_code == 302, name
        assert answer["Location"].startswith(reverse("account_reauthenticate")), name
    confirmed = client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": reverse("mfa_index")})
    assert confirmed.status_code == 302
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200


def test_the_last_second_factor_cannot_be_removed(enrolled: tuple[Client, str]) -> None:
    client, _ = enrolled
    page = client.post(reverse("mfa_deactivate_totp"))
    assert "This is the only second factor" in page.content.decode()
    assert queries.has_factor(Account.objects.get(email="person@example.org").pk)


def test_a_new_password_ends_the_sessions_elsewhere_and_not_this_one(enrolled: tuple[Client, str]) -> None:
    here, secret = enrolled
    elsewhere, _ = password_sign_in("person@example.org")
    elsewhere.post(reverse("mfa_authenticate"), {"code": code(secret, 1)})
    assert elsewhere.get(reverse("accounts_seats")).status_code == 200
    new = "another long passphrase"
    answer = here.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer.status_code == 302
    assert here.get(reverse("accounts_seats")).status_code == 200
    assert elsewhere.get(reverse("accounts_seats")).status_code == 302


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000"])
def test_a_page_reached_by_an_ip_address_says_that_passkeys_need_a_name(world: World, host: str) -> None:
    page = Client(HTTP_HOST=host).get(reverse("account_login")).content.decode()
    assert ("Passkeys need the server's name" in page.replace("&#x27;", "'")) is host.startswith("127")
    assert ("passkey_login" in page) is not host.startswith("127")


def test_pages_of_the_sign_in_hold_no_inline_script_and_no_style(enrolled: tuple[Client, str]) -> None:
    client, _ = enrolled
    names = ["mfa_index", "mfa_add_webauthn", "account_change_password", "seats", "mfa_deactivate_totp"]
    pages: list[Any] = [client.get(reverse(name)) for name in names] + [Client().get(reverse("account_login"))]
    for page in pages:
        text = page.content.decode()
        assert page.status_code == 200
        assert " style=" not in text
        assert "<style" not in text
        for script in re.findall(r"<script([^>]*)>", text):
            assert "src=" in script or 'type="application/json"' in script


#: Bad input to every form of the library: its route, and what is typed.
BAD = [
    ("account_login", {"login": "person@example.org", "password": "wrong-secret-word"}),
    ("account_login", {"login": "not an address", "password": ""}),
    ("account_login", {}),
    ("mfa_login_webauthn", {"credential": "no json"}),
    ("mfa_login_webauthn", {"credential": "{}"}),
    ("account_reauthenticate", {"password": "wrong-secret-word"}),
    ("account_change_password", {"oldpassword": "wrong-secret-word", "password1": "tiny-pw", "password2": "tinier-pw"}),
    (
        "account_change_password",
        {"oldpassword": PASSWORD, "password1": "a long passphrase", "password2": "another one"},
    ),
    ("account_change_password", {}),
    ("mfa_reauthenticate", {"code": "000000"}),
    ("mfa_reauthenticate", {}),
    ("mfa_deactivate_totp", {}),
    ("mfa_add_webauthn", {"name": "My key", "credential": "{}"}),
    ("mfa_add_webauthn", {"name": "My key"}),
]
OUTSIDE = ("account_login", "mfa_login_webauthn")


def refusals(page: Any) -> list[str]:
    """What the page says is wrong, beside its fields and above them."""
    text = page.content.decode()
    found = re.findall(
        r'<(?:ul|p|div|li)[^>]*class="[^"]*(?:error|alert|message)[^"]*"[^>]*>(.*?)</(?:ul|p|div|li)>', text, re.S
    )
    return [" ".join(re.sub(r"<[^>]+>", " ", each).split()) for each in found]


@pytest.mark.parametrize(("name", "typed"), BAD, ids=lambda value: value if isinstance(value, str) else "-".join(value))
def test_the_librarys_forms_refuse_with_422_in_the_pages_language_and_keep_no_password(
    enrolled: tuple[Client, str], name: str, typed: dict[str, str]
) -> None:
    said = {}
    for language in ("en", "tr"):
        client = Client() if name in OUTSIDE else enrolled[0]
        with override(language):
            page = client.post(reverse(name), typed)
        assert page.status_code == 422, (language, page.status_code, page.get("Location"))
        text = page.content.decode()
        assert f'lang="{language}"' in text
        said[language] = refusals(page)
        assert said[language], text
        for field, value in typed.items():
            if "password" in field and value:
                assert value not in text
            elif field in ("login", "name"):
                assert f'value="{value}"' in text
    assert not set(said["en"]) & set(said["tr"]), said


def test_a_refused_code_answers_422_in_the_pages_language(enrolled: tuple[Client, str]) -> None:
    client, _ = password_sign_in("person@example.org")
    for typed in ({"code": "000000"}, {"code": ""}, {"credential": "{}"}):
        with override("tr"):
            page = client.post(reverse("mfa_authenticate"), typed)
        assert page.status_code == 422, typed
        assert refusals(page) or "Bu geçiş anahtarı" in page.content.decode(), typed


def test_tries_are_counted_although_the_refusal_rolls_back(world: World) -> None:
    answers = [password_sign_in("al@example.org", "wrong")[1].status_code for _ in range(14)]
    assert answers[0] == 422
    assert "Tried too often" in password_sign_in("al@example.org", "wrong")[1].content.decode()
