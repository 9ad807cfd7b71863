"""Follow-up in a real browser: accessible in light and dark and on a phone; a promise from asking to done."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from sofra.cooperation.demonstration import add_commitments
from sofra.cooperation.models import Commitment, DueDate, Report
from tests.cooperation.support import TODAY, ZONE, a_day, meeting, table

pytestmark = pytest.mark.browser
FOLLOW_UP = "/en/meetings/platform/2/follow-up/"


def one(world: Any, code: str) -> Any:
    with world.act("secretariat"):
        return Commitment.objects.filter(owner=world.parties[code]).order_by("-made_at")[0].pk


def test_no_page_of_follow_up_has_an_accessibility_violation_or_is_wider_than_its_window(live: Any) -> None:
    world = table(live.world)
    with world.act("secretariat"):
        add_commitments(meeting("2"))
        waiting = DueDate.objects.get(commitment=one(world, "XK"))
        report = Report.objects.filter(commitment=one(world, "ME")).get()
    at = "/en/commitments/platform/"
    pages = {
        "secretariat": [
            FOLLOW_UP, f"{FOLLOW_UP}?by=theme", f"{FOLLOW_UP}hand-in/", at, f"{at}propose/", f"{at}announce/",
            f"{at}{one(world, 'AL')}/", f"{at}{one(world, 'AL')}/lapse/", f"{at}{one(world, 'AL')}/words/",
        ],
        "XK": [
            f"{at}{one(world, 'XK')}/", f"{at}{one(world, 'XK')}/date/{waiting.pk}/", f"{at}{one(world, 'XK')}/date/",
            f"{at}{one(world, 'XK')}/contact/", f"{at}{one(world, 'XK')}/withdraw/",
        ],
        "ME": [f"{at}{one(world, 'ME')}/", f"{at}{one(world, 'ME')}/report/", f"{at}{one(world, 'ME')}/report/{report.pk}/"],
    }  # fmt: skip
    found: list[Any] = []
    for who, paths in pages.items():
        for width, scheme in ((390, "light"), (1440, "dark")):
            page = live.page_as(
                who, viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
            )
            for path in paths:
                assert page.goto(path).status == 200, path
                found += [
                    (path, each["id"], each["nodes"][0]["html"]) for each in Axe().run(page).response["violations"]
                ]
                if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                    found.append((path, width, "wider than its window"))
    assert found == []


def test_a_promise_is_asked_accepted_and_reported_done_through_the_pages(live: Any) -> None:
    table(live.world)
    desk = live.page_as("secretariat")
    desk.goto(f"{FOLLOW_UP}")
    desk.get_by_role("link", name="Put a commitment forward").first.click()
    desk.get_by_label("Owner").select_option(label="Serbia")
    desk.get_by_label("Arises from").select_option("decision")
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
