"""The programme in a real browser: accessible in light and dark and on a phone; arranged and published by hand."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from sofra.meetings.commands import programme, programme_entries, publishing
from tests.meetings.programme_world import add, meeting_of, slot
from tests.support.axe import violations

pytestmark = pytest.mark.browser


def laid_out(world: Any) -> tuple[str, str]:
    """A published programme with one session moved since and two that want one room; its address and a session's."""
    meeting = meeting_of(world)
    session = add(world, meeting, 0, languages=("en", "tr"), principals=True)
    add(world, meeting, 2, "Working lunch", kind="working_lunch", room="round")
    with world.act("secretariat"):
        entry = programme_entries.add_entry(session, programme_entries.Point({"en": "Opening", "tr": "Açılış"}))
        programme_entries.add_part(session, programme_entries.Part(label={"en": "the chair"}), entry)
        publishing.publish_programme(meeting, seen=None)
        programme.move_session(session, slot(world, 2.5, room="round"), seen_version=None)
    return f"/en/meetings/platform/{meeting.slug}/programme/", str(session.pk)


def test_no_page_of_the_programme_has_an_accessibility_violation_or_is_wider_than_its_window(live: Any) -> None:
    at, session = laid_out(live.world)
    one = f"{at}{session}/"
    pages = {
        "secretariat": [
            at, f"{at}?as=published", f"{at}print/", f"{at}publish/", f"{at}pencilled-twice/", f"{at}add/", one,
            f"{one}edit/", f"{one}move/", f"{one}cancel/", f"{one}entries/add/", f"{one}people/add/",
            "/en/formats/platform/rooms/", "/en/formats/platform/rooms/add/",
        ],
        "AL": [at, at.replace("/en/", "/tr/"), f"{at}print/", "/en/calendar/"],
    }  # fmt: skip
    assert violations(live, pages) == []


def test_a_session_is_added_published_and_read_by_a_member(live: Any) -> None:
    meeting = meeting_of(live.world)
    at = f"/en/meetings/platform/{meeting.slug}/programme/"
    desk = live.page_as("secretariat")
    desk.goto(at)
    desk.get_by_role("link", name="Add a session").first.click()
    desk.get_by_label("Title (English)").fill("Plenary")
    desk.get_by_label("Begins").fill("2027-01-23T10:00")
    desk.get_by_label("Ends").fill("2027-01-23T12:00")
    desk.get_by_label("Room (optional)").select_option(label="The hall (40 seats)")
    desk.get_by_role("button", name="Add it").click()
    expect(desk.get_by_role("heading", name="Plenary", level=1)).to_be_visible()
    desk.goto(f"{at}publish/")
    expect(desk.get_by_text("Version 1 of the programme is published: 1 new session.")).to_be_visible()
    desk.get_by_role("button", name="Publish").click()
    expect(desk.get_by_text("Version 1 is published.")).to_be_visible()

    member = live.page_as("RS")
    member.goto(at)
    expect(member.get_by_role("heading", name="Plenary")).to_be_visible()
    member.get_by_role("link", name="Calendar", exact=True).first.click()
    member.get_by_role("button", name="Make it").click()
    address = member.locator("#calendar-address").inner_text()
    assert address.startswith("http") and address.endswith("/programme.ics")
    assert "SUMMARY;LANGUAGE=en:Plenary" in member.request.get(address).text()


def test_a_calendars_address_is_copied_by_a_button_and_without_scripts_by_hand(live: Any) -> None:
    page = live.page_as("AL", permissions=["clipboard-read", "clipboard-write"])
    bare = live.page_as("AL", java_script_enabled=False)
    for each in (page, bare):
        each.goto("/en/calendar/")
        each.get_by_role("button", name="Make it").click()
        expect(each.locator("#calendar-address")).to_contain_text("/calendar/")
    expect(bare.locator("[data-copies]")).to_be_hidden()
    page.get_by_role("button", name="Copy the address").click()
    expect(page.locator("[data-copied]")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#calendar-address").text_content()
