"""The text room in a browser: its keys, and words that survive a closed page, of one seat alone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.meetings.agenda_world import make_meeting
from tests.texts.texts_world import make_text, paragraph_of, proposed

pytestmark = pytest.mark.browser
ROOM = "/en/meetings/platform/3/texts/"


def test_keys_lead_from_bracket_to_bracket_and_to_the_box_which_keeps_its_words(live: Any) -> None:
    text = make_text(live.world, make_meeting(live.world))
    for at, wording in ((1, "We build safe roads and rails."), (2, "We meet many young people.")):
        proposed(live.world, "AL", paragraph_of(live.world, text, at), wording)
    page = live.page_as("RS")
    page.goto(f"{ROOM}{text.pk}/")
    page.keyboard.press("n")
    expect(page.locator("li", has_text="We build").locator("a.text-who")).to_be_focused()
    page.keyboard.press("n")
    expect(page.locator("li", has_text="We meet").locator("a.text-who")).to_be_focused()
    page.keyboard.press("p")
    expect(page.locator("li", has_text="We build").locator("a.text-who")).to_be_focused()
    page.keyboard.press("e")
    box = page.locator("textarea[name=wording]")
    expect(box).to_have_value("We build roads and rails.")
    address = page.url
    box.fill("We build slow roads.")
    page.locator("input[name=audience][value=secretariat]").check()
    expect(page.locator("[data-keep-note]")).to_be_visible()
    page.goto(f"{ROOM}{text.pk}/")
    page.goto(address)
    expect(box).to_have_value("We build roads and rails.")
    page.get_by_role("button", name="Put them into the box").click()
    expect(box).to_have_value("We build slow roads.")
    expect(page.locator("input[name=audience][value=secretariat]")).to_be_checked()
    page.get_by_role("button", name="Show the sentence").click()
    page.get_by_role("button", name="Propose", exact=True).click()
    expect(page.locator("#proposals")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage)") == []
    page.goto(address)
    box.fill("We build nothing.")
    expect(page.locator("[data-keep-note]")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign out")).to_have_count(0)
    assert page.evaluate("Object.keys(localStorage)") == []
