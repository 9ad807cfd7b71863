"""In a real browser: demonstration seats, and passkeys with a virtual authenticator."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_demonstration_seat_opens_with_one_button_and_shows_who_one_is(live: Any) -> None:
    page = live.page_as("secretariat")
    expect(page.locator(".top .seat")).to_contain_text("Secretariat")
    page.goto("/en/account/seats/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator(".top").get_by_role("link", name="Sign in")).to_be_visible()
    page.goto("/en/seats/")
    expect(page).to_have_url(re.compile(r"/en/account/sign-in/\?next="))
