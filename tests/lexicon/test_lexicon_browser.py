"""The lexicon in a real browser: a red line drawn and found for one alone, a text checked and mended."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from sofra.lexicon.commands.red_lines import Against, object_to_name
from tests.lexicon.entity_world import hall, loaded_small
from tests.support.axe import violations

pytestmark = pytest.mark.browser
DESK = "/en/lexicon/check/"
TEXT = "The corridor passes the lynchpin."


def objected(live: Any) -> Any:
    """An objection before the members; answers the key of the entity."""
    loaded_small()
    with live.world.act("RS"):
        object_to_name(
            format=live.world.format,
            against=Against(term="corridor", language="en", severity="footnote", alternatives={"en": ("route",)}),
            reason={"en": "We say route"},
        )
        return hall().pk


def checked(page: Any, text: str = TEXT) -> None:
    page.goto(DESK)
    page.get_by_label("Text (optional)", exact=True).fill(text)
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_role("heading", name="finding")).to_be_visible()


def test_a_red_line_is_drawn_and_found_for_its_own_delegation_alone(live: Any) -> None:
    objected(live)
    rs = live.page_as("RS")
    rs.goto("/en/lexicon/red-lines/")
    rs.get_by_role("link", name="Add a red line at a term").click()
    rs.get_by_label("Term").fill("lynchpin")
    rs.get_by_label("breaks the meeting").check()
    rs.get_by_label("Say instead").fill("hinge")
    rs.get_by_role("button", name="Show the sentence").click()
    expect(rs.locator(".sentence")).to_contain_text("for itself alone")
    rs.get_by_role("button", name="Record the objection").first.click()
    expect(rs.get_by_role("heading", name="Your delegation's red lines")).to_be_visible()
    expect(rs.get_by_text("lynchpin", exact=True)).to_be_visible()
    checked(rs)
    expect(rs.locator("mark")).to_have_count(2)
    expect(rs.locator(".voices")).to_contain_text(["We say route", "your own red line"])
    for who in ("AL", "secretariat"):
        page = live.page_as(who)
        checked(page)
        expect(page.locator("mark")).to_have_count(1)


def test_a_text_is_mended_at_the_desk_and_stands_so_at_once(live: Any) -> None:
    key = objected(live)
    page = live.page_as("AL")
    checked(page)
    assert Axe().run(page).response["violations"] == []
    page.get_by_label("route").check()
    expect(page.locator("[data-checked]")).to_contain_text("The route")
    page.get_by_role("button", name="Put in what I accepted").click()
    expect(page.get_by_label("The text with what you accepted")).to_have_value("The route passes the lynchpin.")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download it").click()
    assert download.value.path().read_text() == "The route passes the lynchpin."
    pages = ["/en/lexicon/?kind=institution", f"/en/lexicon/entities/{key}/", "/en/lexicon/conventions/", DESK]
    acts = ["/en/lexicon/terms/", "/en/lexicon/terms/object/", f"/en/lexicon/entities/{key}/propose/"]
    kept = ["/en/lexicon/entities/add/", "/en/lexicon/sent-anyway/"]
    assert violations(live, {"AL": [*pages, *acts, "/en/lexicon/red-lines/"], "secretariat": kept}) == []
