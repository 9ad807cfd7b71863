"""In a real browser: demonstration seats, and passkeys with a virtual authenticator."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from sofra.kernel.accounts import commands
from sofra.kernel.models import Role
from tests.support.people import PASSWORD, code

pytestmark = pytest.mark.browser


def test_a_demonstration_seat_opens_with_one_button_and_shows_who_one_is(live: Any) -> None:
    page = live.page_as("secretariat")
    expect(page.locator(".top .seat")).to_contain_text("Secretariat")
    page.goto("/en/account/seats/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator(".top").get_by_role("link", name="Sign in")).to_be_visible()
    page.goto("/en/seats/")
    expect(page).to_have_url(re.compile(r"/en/account/sign-in/\?next="))


def _authenticator(page: Any) -> None:
    """Give the browser a virtual passkey holder that says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def _invited(live: Any) -> str:
    with live.world.act("secretariat"):
        _, secret = commands.invite(role=Role.DELEGATE, party_id=live.world.parties["RS"].pk)
    return secret


def _accept(page: Any, secret: str) -> None:
    page.goto(f"/en/invitation/{secret}/")
    page.get_by_label("Your name").fill("Test person")
    page.get_by_label("E-mail address").fill("person@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Accept the invitation").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Password and second factor")


def _sign_out(page: Any) -> None:
    page.goto("/en/account/sign-out/")
    page.locator("main").get_by_role("button", name="Sign out").click()


def test_somebody_invited_enrols_a_passkey_and_signs_in_with_it_alone(live: Any) -> None:
    page = live.page()
    _authenticator(page)
    _accept(page, _invited(live))
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("My key")
    page.get_by_label("Sign in with it alone").check()
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    expect(page.locator(".top .seat")).to_be_visible()
    _sign_out(page)
    page.goto("/en/account/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator(".top .seat")).to_be_visible()
    _sign_out(page)
    page.goto("/en/account/sign-in/")
    page.get_by_label("E-mail address").fill("person@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Second factor")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator(".top .seat")).to_be_visible()


def test_somebody_invited_enrols_an_authenticator_app_and_signs_in_with_its_code(live: Any) -> None:
    page = live.page()
    _accept(page, _invited(live))
    page.get_by_role("link", name="Add an authenticator app").click()
    expect(page.locator("svg.qr")).to_be_visible()
    secret = page.locator("#authenticator_secret").inner_text()
    page.get_by_label("Code").fill(code(secret))
    page.get_by_role("button", name="Add the app").click()
    expect(page.locator("#recovery_codes li")).to_have_count(10)
    _sign_out(page)
    page.goto("/en/account/sign-in/")
    page.get_by_label("E-mail address").fill("person@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_label("Code").fill(code(secret, 1))
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator(".top .seat")).to_be_visible()


def test_a_passkey_the_browser_does_not_give_is_said_on_the_page(live: Any) -> None:
    page = live.page()
    page.goto("/en/account/sign-in/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')) }")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("#passkey-error")).to_contain_text("The browser gave no passkey. Nothing was changed.")
