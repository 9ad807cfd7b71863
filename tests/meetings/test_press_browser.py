"""The press desk in a real browser: an instant passes, lines are objected to, reworded and cleared, a photo is named."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from sofra.kernel import acting
from sofra.kernel.commands import database_now
from sofra.meetings.commands import accreditation
from tests.meetings.agenda_world import soon
from tests.meetings.press_world import BODY, person, photo, piece, press_meeting, sent
from tests.support.axe import violations

pytestmark = pytest.mark.browser
AT = "/en/meetings/platform/3/"


def shown_first(page: Any, button: str) -> None:
    """Send a form, read its sentence, record it."""
    page.get_by_role("button", name="Show the sentence").click()
    expect(page.locator(".sentence")).to_be_visible()
    page.get_by_role("button", name=button, exact=True).first.click()


def test_the_story_of_an_advisory_lines_and_a_caption(live: Any) -> None:
    world = live.world
    meeting = press_meeting(world)
    one = person(world, meeting, "AL", "Invented One", en="Minister of Practice")
    desk, visitor, rs = live.page_as("secretariat"), live.page(), live.page_as("RS")
    # An advisory under an embargo.
    desk.goto(f"{AT}press/")
    desk.get_by_role("link", name="Write a media advisory").first.click()
    desk.get_by_label("Title (English)").fill("When the press may come")
    desk.get_by_label("Text (English)").fill(BODY["en"])
    desk.get_by_role("button", name="Keep as a draft").click()
    desk.get_by_role("link", name="Issue").first.click()
    with acting.acting_as_house():
        at = soon(8).astimezone(ZoneInfo("Europe/Istanbul")).strftime("%Y-%m-%dT%H:%M:%S")
    desk.get_by_label("Embargo until").fill(at)
    shown_first(desk, "Issue")
    expect(desk.get_by_text("Set to be issued").first).to_be_visible()
    visitor.goto(AT)
    hidden = visitor.get_by_text(BODY["en"]).count()
    with acting.acting_as_house():
        before = database_now().astimezone(ZoneInfo("Europe/Istanbul")).strftime("%Y-%m-%dT%H:%M:%S") < at
    assert hidden == 0 or not before
    visitor.wait_for_timeout(8500)
    visitor.reload()
    expect(visitor.get_by_text(BODY["en"])).to_be_visible()
    # Lines: objected to, reworded, cleared, issued.
    row = sent(world, meeting, ("RS",), soon_as_house(3600))
    rs.goto(f"{AT}press/pieces/{row.pk}/")
    rs.get_by_role("link", name="Object", exact=True).click()
    rs.get_by_label("To what (English)").fill("the briefing")
    rs.get_by_label("Reason (English)").fill("Too early")
    shown_first(rs, "Object")
    expect(rs.get_by_text("Not cleared: a party objects").first).to_be_visible()
    desk.goto(f"{AT}press/pieces/{row.pk}/")
    expect(desk.get_by_text("Too early")).to_be_visible()
    desk.get_by_role("link", name="Write the next version").click()
    for language in ("English", "Türkçe"):
        desk.get_by_label(f"Text ({language})").fill("Shorter")
    desk.get_by_role("button", name="Keep as a draft").click()
    desk.get_by_role("link", name="Send for clearance").click()
    desk.get_by_label("Sierra").check()
    desk.get_by_label("Cleared unless somebody objects before").fill("2027-01-20T12:00:00")
    shown_first(desk, "Send for clearance")
    rs.goto(desk.url)
    rs.get_by_role("link", name="No objection").click()
    shown_first(rs, "No objection")
    expect(rs.get_by_text("Cleared", exact=True).first).to_be_visible()
    desk.reload()
    desk.get_by_role("link", name="Issue").first.click()
    desk.get_by_label("All members").check()
    shown_first(desk, "Issue")
    expect(desk.get_by_text("Issued to the members").first).to_be_visible()
    visitor.reload()
    assert visitor.get_by_text("Shorter").count() == 0
    # A caption from a place.
    desk.goto(f"{AT}press/add/caption/")
    desk.get_by_label("Title (English)").fill("Family photo")
    desk.get_by_label("How many stand in each row").fill("1")
    desk.get_by_role("button", name="Keep as a draft").click()
    desk.get_by_label("Front row, place 1 from left").select_option(str(one.pk))
    desk.get_by_role("button", name="Keep the places").click()
    expect(desk.get_by_text("From left: Invented One, Minister of Practice (Alfa).")).to_be_visible()


def soon_as_house(seconds: float) -> Any:
    with acting.acting_as_house():
        return soon(seconds)


def test_no_page_of_the_press_desk_has_an_accessibility_violation_or_is_wider_than_its_window(live: Any) -> None:
    world = live.world
    meeting = press_meeting(world)
    people = [person(world, meeting, code, f"Invented {code}") for code in ("AL", "RS")]
    row = sent(world, meeting, ("AL", "RS"), soon_as_house(3600))
    picture = photo(world, meeting, {(1, 1): people[0].pk, (1, 2): people[1].pk}, [2])
    draft = piece(world, meeting)
    with world.act("secretariat"):
        accreditation.ask_accreditation(
            meeting=meeting, name="Invented Writer", outlet="Invented Gazette", work="writing"
        )
    at = f"{AT}press/"
    pieces = [f"{at}pieces/{each.pk}/" for each in (row, picture, draft)]
    pages = {
        "secretariat": [
            at, *pieces, f"{at}add/caption/", f"{pieces[1]}places/", f"{pieces[2]}issue/", f"{at}media/", f"{at}media/print/",
            f"{at}media/add/",
        ],
        "AL": [pieces[0], f"{pieces[0]}object/", AT],
    }  # fmt: skip
    assert violations(live, pages) == []
