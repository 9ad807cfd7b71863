"""Follow-up in a real browser: a promise from asking to done."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cooperation.support import TODAY, ZONE, a_day, table

pytestmark = pytest.mark.browser
FOLLOW_UP = "/en/meetings/platform/2/follow-up/"


def test_a_promise_is_asked_accepted_and_reported_done_through_the_pages(live: Any) -> None:
    table(live.world)
    desk = live.page_as("secretariat")
    desk.goto(f"{FOLLOW_UP}")
    desk.get_by_role("link", name="Put a commitment forward").first.click()
    desk.get_by_label("Owner").select_option(label="Serbia")
    desk.locator("#id_origin_kind").select_option("decision")
    desk.locator("#id_title_en").fill("Exchange contact lists")
    desk.locator("#id_due").fill(a_day(30).isoformat())
    desk.locator("#id_zone").select_option(ZONE)
    desk.locator("#id_indicator_en").fill("The list is circulated")
    desk.get_by_role("button", name="Show the sentence").click()
    assert "Serbia is asked: Exchange contact lists." in desk.locator(".sentence").inner_text()
    desk.get_by_role("button", name="Put it forward").click()
    assert "Waits for its owner" in desk.locator("main").inner_text()
    own = live.page_as("RS")
    own.goto(desk.url)
    own.get_by_role("link", name="Accept the date").click()
    own.get_by_role("button", name="Accept the date").click()
    assert "On time" in own.locator("main").inner_text()
    own.get_by_role("link", name="Report", exact=True).first.click()
    own.get_by_label("done", exact=True).check()
    own.locator("#id_on").fill(TODAY.isoformat())
    own.locator("#id_text_en").fill("The list was sent to all")
    own.get_by_role("button", name="Record the report").click()
    assert "Completion needs a source" in own.locator("main").inner_text()
    assert own.locator("#id_text_en").input_value() == "The list was sent to all"
    own.locator("#id_source_title").fill("The list")
    own.locator("#id_source_link").fill("https://example.org/list")
    own.get_by_role("button", name="Record the report").click()
    desk.goto(FOLLOW_UP)
    said = desk.locator("main").inner_text()
    assert "Done" in said and "The list was sent to all" in said
