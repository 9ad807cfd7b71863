"""After the meeting: a summary is issued, a decision and a commitment are recorded from it, everybody confirms their part."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from sofra.kernel.models import Audience
from sofra.meetings.commands import outcomes
from sofra.meetings.commands.outcomes import Text
from sofra.meetings.models import Meeting
from tests.stories.playing import ZONE, day, fill, heading, lay_table, link, press, show

pytestmark = pytest.mark.browser
AT = "/en/meetings/platform/3/"
DECISION = "The ministers agreed to meet again in spring."
PROMISE = "One party publishes a map of the lines."
BODY = f"The chair thanks all.\n\n{DECISION}\n\n{PROMISE}"


@pytest.fixture
def summary(live: Any) -> str:
    """A meeting under way with a drafted summary. Answers the address of its outcome."""
    lay_table(live.world)
    with live.world.act("secretariat"):
        meeting = Meeting.objects.create(
            format=live.world.format, slug="3", ordinal=3, day=day(-1), zone=ZONE, audience=Audience.FORMAT,
            status="under_way", working_languages=["en", "tr"],
        )  # fmt: skip
        row = outcomes.draft_outcome(meeting=meeting, kind="chair_summary", texts={"en": Text("Chair's summary", BODY)})
    return f"{AT}decisions/{row.pk}/"


def sound(page: Page) -> None:
    """No page on the way has an accessibility violation or is wider than its window."""
    assert [(each["id"], each["nodes"][0]["html"]) for each in Axe().run(page).response["violations"]] == []
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def line(page: Page, title: str) -> Any:
    """A line of the page after the meeting."""
    return page.locator(".after-line").filter(has_text=title)


def test_a_meeting_is_brought_to_its_end(live: Any, summary: str) -> None:
    desk, owner = live.page_as("secretariat"), live.page_as("RS")
    desk.goto(f"{AT}after/")
    heading(desk, "After the meeting")
    sound(desk)
    expect(line(desk, "Not issued.")).to_contain_text("Left to do")

    link(desk, "Issue and circulate")
    sound(desk)
    fill(desk, audience="format")
    show(desk)
    expect(desk.locator(".sentence")).to_contain_text("“Chair's summary” is issued as version 1")
    press(desk, "Issue and circulate")
    heading(desk, "Chair's summary")
    sound(desk)
    marking = desk.url

    desk.locator(".issued-lines li").filter(has_text=DECISION).get_by_role("checkbox").check()
    press(desk, "Record a decision")
    sound(desk)
    expect(desk.locator('[name="quote_1"]')).to_have_value(DECISION)
    fill(desk, quote_1="The ministers agreed to meet again in winter.", title_en="Meet again in spring")
    show(desk)
    press(desk, "Write it down")
    expect(desk.locator(".field-wrong")).to_contain_text("These words do not stand in the text as it was issued.")
    expect(desk.locator('[name="title_en"]')).to_have_value("Meet again in spring")
    fill(desk, quote_1=DECISION)
    show(desk)
    press(desk, "Write it down")
    heading(desk, "Meet again in spring")
    expect(desk.locator(".quoted blockquote")).to_contain_text(DECISION)

    desk.goto(marking)
    desk.locator(".issued-lines li").filter(has_text=PROMISE).get_by_role("checkbox").check()
    press(desk, "Record a commitment")
    fill(
        desk, owner=str(live.world.parties["RS"].pk), title_en="Publish a map", indicator_en="It is out.",
        due=day(40).isoformat(),
    )  # fmt: skip
    show(desk)
    press(desk, "Put it forward")
    heading(desk, "Publish a map")
    commitment = desk.url

    owner.goto(commitment)
    expect(owner.locator(".quoted blockquote")).to_contain_text(PROMISE)
    sound(owner)
    owner.goto(f"{AT}documents/")
    link(owner, "Chair's summary")
    expect(owner.locator("#main")).to_contain_text(PROMISE)

    owner.goto(f"{AT}attendance/")
    link(owner, "Confirm your delegation's part")
    fill(owner, present="yes", level="deputy_minister")
    show(owner)
    expect(owner.locator(".sentence")).to_have_text(
        "Serbia confirms that it took part, at the level of deputy ministers."
    )
    press(owner, "Confirm")
    expect(owner.locator("#main")).to_contain_text("deputy ministers")

    desk.goto(f"{AT}after/")
    expect(line(desk, "Serbia").first).to_contain_text("Confirmed by the delegation: took part: deputy ministers")
    expect(line(desk, "Albania").first).to_contain_text("Not confirmed by the delegation.")
    expect(line(desk, "Version 1: released")).to_contain_text("to: all members")
    link(desk, "Close the meeting")
    press(desk, "Close the meeting")
    desk.goto(f"{AT}after/")
    expect(line(desk, "The meeting is closed")).to_contain_text("Done")
    expect(line(desk, "Next meeting")).to_contain_text("Proposed day:")
    link(desk, "Convene, beginning from this proposal")
    heading(desk, "Convene a meeting")
    desk.goto(f"{AT}after/record/")
    sound(desk)
    expect(desk.locator("#main")).to_contain_text("No source stands for it.")
