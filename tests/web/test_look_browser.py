"""The shell in a real browser: no accessibility violation, keys, sorting, paper and ink, nothing wider than a phone."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import override_settings

pytestmark = pytest.mark.browser

PATTERNS = ["desk?exercise=1", "parts", "claims", "form?wrong=1", "confirm"]
PLAIN = ["/en/", "/tr/", "/en/search?q=energy", "/en/keyboard", "/en/no-such-page"]
#: What no route shows: the parts in every state, and the page for what is not there. The routes are tests/house's.
UNROUTED = [*(f"/en/patterns/{name}" for name in PATTERNS), "/en/no-such-page"]
PAGES = [*(f"/en/patterns/{name}" for name in PATTERNS), *PLAIN]
SIZES = {"phone": 390, "tablet": 820, "desk": 1440}


@pytest.fixture
def patterns(live: Any) -> Iterator[Any]:
    """The served house with the pattern book routed beside it."""
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"].append(Path(__file__).parent / "patternbook" / "templates")
    with override_settings(ROOT_URLCONF="tests.web.patternbook.urls", TEMPLATES=templates):
        yield live


def test_no_part_of_the_shell_has_an_accessibility_violation(patterns: Any) -> None:
    found = []
    page = patterns.page(reduced_motion="reduce")
    for path in UNROUTED:
        page.goto(path)
        for size, width in SIZES.items():
            page.set_viewport_size({"width": width, "height": 900})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                violations = Axe().run(page).response["violations"]
                found += [f"{size}, {scheme}, {path}: {each['id']}: {each['nodes'][0]['html']}" for each in violations]
    assert found == [], "\n".join(["", *found])


def test_no_page_is_wider_than_its_window(patterns: Any) -> None:
    wider = []
    for width in (320, *SIZES.values()):  # 320: a desk's window at 400 %
        page = patterns.page(viewport={"width": width, "height": 900})
        for path in PAGES:
            page.goto(path)
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                wider.append((width, path))
    assert wider == []


def test_nothing_on_a_page_breaks_the_content_policy(patterns: Any) -> None:
    page = patterns.page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if "Content Security Policy" in message.text else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in PAGES:
        page.goto(path, wait_until="networkidle")
    assert said == []


def test_keys_search_go_walk_and_explain_themselves(patterns: Any) -> None:
    page = patterns.page(viewport={"width": 1440, "height": 900})
    page.goto("/en/patterns/desk")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search-top"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    page.locator("main .table tbody a").first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "Energy security in winter"
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.wait_for_url("**/patterns/desk#Texts")


def test_a_table_is_sorted_by_number_and_by_word(patterns: Any) -> None:
    page = patterns.page(viewport={"width": 1440, "height": 900})
    page.goto("/en/patterns/desk")
    minutes = page.locator("main .table tbody td.num")
    page.get_by_role("button", name="Minutes").click()
    assert minutes.all_text_contents() == ["5", "15", "25", "40", "110"]
    page.get_by_role("button", name="Minutes").click()
    assert minutes.all_text_contents() == ["110", "40", "25", "15", "5"]
    assert page.locator('main th[aria-sort="descending"]').count() == 1


def test_the_choice_of_paper_is_kept_and_drawn_by_the_server(patterns: Any) -> None:
    page = patterns.page(color_scheme="light")
    page.goto("/en/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="dark").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.goto("/en/keyboard")
    assert page.content().count('data-theme="dark"') == 1
    page.get_by_role("button", name="as the device").click()
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == light


def test_a_clock_counts_in_the_readers_zone_too(patterns: Any) -> None:
    page = patterns.page(timezone_id="America/New_York")
    page.goto("/en/patterns/desk")
    clock = page.locator("[data-deadline]")
    assert clock.locator(".left").inner_text().startswith("5 h ")
    assert "(Istanbul)" in clock.locator("time").inner_text()
    assert clock.locator(".other").inner_text().endswith("(your time)")
    assert clock.get_attribute("data-near") == "true"


def test_every_page_reads_without_scripts(patterns: Any) -> None:
    page = patterns.page(java_script_enabled=False)
    page.goto("/en/patterns/desk")
    assert page.get_by_role("heading", level=1).inner_text() == "Agenda of the third meeting"
    assert page.locator("nav.rooms a").count() == 12
    assert "(UTC)" in page.locator(".deadline .other").inner_text()
    assert page.locator("[data-theme-choice]").is_hidden()


def test_on_a_phone_the_present_room_is_in_sight(patterns: Any) -> None:
    page = patterns.page(viewport={"width": 390, "height": 800})
    page.goto("/en/patterns/desk?room=Decisions")
    line, here = page.locator("nav.rooms"), page.locator("nav.rooms [aria-current]").first
    assert line.evaluate("each => each.scrollWidth > each.clientWidth")
    place = here.bounding_box()
    assert place["x"] >= 0 and place["x"] + place["width"] <= 390


def test_the_language_switch_keeps_the_page(patterns: Any) -> None:
    page = patterns.page(viewport={"width": 1440, "height": 900})
    page.goto("/en/search?q=energy")
    page.get_by_role("link", name="Türkçe").click()
    page.wait_for_url("**/tr/search?q=energy")
    assert page.locator("html").get_attribute("lang") == "tr"
