"""A day of bilaterals played on the pages, from its hours to a change after publication."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from sofra.bilaterals.models import Frame, Placement
from sofra.kernel.models import Change
from sofra.meetings.commands import delegations, hospitality
from tests.bilaterals.support import ZONE, accepted, at, meeting_of, table, url, work
from tests.cooperation.support import NAMES
from tests.support.world import World

pytestmark = pytest.mark.browser

PAIR = f"{NAMES['TR']} – {NAMES['AL']}"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()


def met(page: Page, names: str = PAIR) -> Locator:
    return page.locator("[data-grid] .met", has_text=names)


def solve(page: Page, world: World, button: str) -> None:
    """Ask, watch it, and stand in the grid once the worker has it: the page opens it by itself."""
    press(page, button)
    expect(page.get_by_text("It waits for a worker.")).to_be_visible()
    work(world)
    expect(page.locator("[data-grid]")).to_be_visible()


def test_a_day_is_set_up_solved_locked_published_and_planned_anew(live: Any) -> None:
    world = table(world=live.world)
    one, other = accepted(world, "TR", "AL"), accepted(world, "TR", "BA")
    accepted(world, "RS", "ME")
    with world.act("secretariat"):
        Frame.objects.update(hours=[])
    page, errors = live.page_as("secretariat", timezone_id=ZONE), []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)

    page.goto(url("bilateral_schedules"))
    follow(page, "Arrange bilaterals")
    follow(page, "Set the hours")
    local = at(0) + timedelta(hours=3)
    page.get_by_label("1. From").fill(f"{local:%Y-%m-%dT09:00}")
    page.get_by_label("1. Until").fill(f"{local:%Y-%m-%dT12:00}")
    press(page, "Save")
    expect(page.get_by_text("9 of 20 minutes")).to_be_visible()

    follow(page, "Work a schedule out")
    solve(page, world, "Work it out")
    expect(page.locator("[data-grid] .met")).to_have_count(3)

    # By hand and by keyboard: the first meeting goes to the last slot, once its price was read.
    met(page).get_by_role("link").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Begins").select_option("8")
    press(page, "What does this cost")
    expect(page.get_by_text(re.compile("It costs|It is cheaper"))).to_be_visible()
    press(page, "Move it")
    expect(met(page)).to_contain_text("locked")
    with world.act("secretariat"):
        assert Placement.objects.get(request=one).begins_at == at(8)

    # By dragging: the price stands in a dialog before anything is done.
    room = page.locator('[data-grid] tr:has(th:text-is("11:40–12:00")) td').nth(1)
    met(page).drag_to(room)
    expect(page.get_by_role("dialog")).to_contain_text("What it breaks and costs")
    page.get_by_role("dialog").get_by_role("link", name="Leave it where it is").click()
    expect(page.get_by_role("dialog")).to_be_hidden()

    follow(page, "Solve again")
    solve(page, world, "Work it out")
    expect(met(page)).to_contain_text("locked")
    expect(page.locator('[data-grid] tr:has(th:text-is("11:40–12:00"))')).to_contain_text(PAIR)

    follow(page, "Publish")
    expect(page.locator("main")).to_contain_text("3 new, 0 moved")
    with world.act("AL"):
        assert not Change.objects.filter(kind="bilaterals.placed").exists()
    press(page, "Publish to all at once")
    expect(met(page).or_(page.locator(".met", has_text=PAIR))).to_contain_text("published")
    with world.act("AL"):
        assert Change.objects.filter(kind="bilaterals.placed").count() == 1

    # A minister leaves early: the fewest changes, explained, and nothing told before.
    with world.act("AL"):
        team = delegations.register_delegation(meeting=meeting_of(world), level="minister", languages=["sq"])
        hospitality.add_journey(delegation=team, direction="departure", at=at(7), where="Airport")
    follow(page, "Plan anew")
    expect(page.locator("main")).to_contain_text("Albania leaves at 11:20.")
    solve(page, world, "Find the fewest changes")
    expect(met(page)).to_contain_text("moved")
    expect(page.locator("[data-grid] .met-moved")).to_have_count(1)
    follow(page, "Publish")
    expect(page.locator("main")).to_contain_text(
        re.compile(r"Moved from 11:40 to \d\d:\d\d\. Albania leaves at 11:20\.")
    )
    with world.act("TR"):
        assert not Change.objects.filter(kind="bilaterals.moved").exists()
    press(page, "Publish to all at once")
    expect(page.locator(".met", has_text=PAIR)).to_contain_text("published")
    for who, told in (("TR", 1), ("AL", 1), ("BA", 0), ("RS", 0)):
        with world.act(who):
            assert Change.objects.filter(kind="bilaterals.moved").count() == told, who
    with world.act("secretariat"):
        assert Placement.objects.filter(request=other, current=True).count() == 1
    assert errors == []
