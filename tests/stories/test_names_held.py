"""A story of names: the secretariat's words are held and sent anyway, a delegation's are remarked on alone, a text is mended."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from sofra.lexicon.commands.red_lines import Against, object_to_name
from sofra.lexicon.engine.word_files import read_word
from tests.lexicon.profile_world import Cell, cited
from tests.meetings.convening_world import convened
from tests.stories.playing import NAMES, fill, lay_table, link, press
from tests.support.papers import docx
from tests.support.world import World

pytestmark = pytest.mark.browser
MEETING = "/en/meetings/platform/3/"
REASON = "A line on a map is no frontier for us"


def objected(world: World) -> None:
    """A third meeting under a profile with the members' own names, and words that Serbia says break it."""
    lay_table(world)
    rows = [
        Cell(world.parties[code].pk, language, form, citation="Invented")
        for code, names in NAMES.items()
        for language, form in zip(("en", "tr"), names, strict=True)
    ]
    cited(world, rows=rows)
    convened(world, datetime.now(UTC) + timedelta(days=100))
    with world.act("RS"):
        object_to_name(
            format=world.format,
            against=Against(term="frontier", language="en", severity="breaks", alternatives={"en": ("crossing",)}),
            reason={"en": REASON},
        )
        object_to_name(
            format=world.format,
            against=Against(term="corridor", language="en", severity="footnote", alternatives={"en": ("route",)}),
            reason={"en": "We say route"},
        )


def voices(page: Page) -> Any:
    """Who objects, beside a field."""
    return page.locator("#main .remarks .voices")


def test_the_secretariat_takes_one_alternative_and_sends_another_word_anyway(live: Any) -> None:
    objected(live.world)
    desk, al = live.page_as("secretariat"), live.page_as("AL")

    # A draft of the annotated agenda is kept; its author goes back to what is said of it, and takes the other word by one press.
    desk.goto(f"{MEETING}documents/add/")
    fill(desk, kind="annotated_agenda", title_en="Annotated agenda", text_en="Item 1: the frontier post at night.")
    press(desk, "Keep as a draft")
    expect(desk.locator("#main, .messages").get_by_text("It is saved. Your text: 1 remark.").first).to_be_visible()
    expect(voices(desk)).to_contain_text("Serbia")
    expect(voices(desk)).to_contain_text(REASON)
    press(desk, "crossing")
    expect(desk.locator('[name="text_en"]')).to_have_value("Item 1: the crossing post at night.")
    expect(voices(desk)).to_have_count(0)
    press(desk, "Keep the change")
    expect(desk.get_by_text("the crossing post at night").first).to_be_visible()

    # The note that all members read at once is held, with what was found, until it is said that it goes out.
    desk.goto(f"{MEETING}change/")
    fill(desk, note_en="Bring what you have on the frontier.")
    press(desk, "Save")
    expect(desk.locator(".message-error").first).to_contain_text("Nothing was written.")
    expect(voices(desk)).to_contain_text(REASON)
    al.goto(MEETING)
    expect(al.locator("#main")).not_to_contain_text("frontier")
    fill(desk, anyway=True)
    press(desk, "Save")
    al.reload()
    expect(al.locator("#main")).to_contain_text("Bring what you have on the frontier.")
    desk.goto("/en/lexicon/")
    link(desk, "Sent anyway")
    expect(desk.locator("#main ol.entries > li")).to_have_count(1)
    expect(desk.locator("#main ol.entries")).to_contain_text("frontier")
    expect(desk.locator("#main ol.entries")).to_contain_text(f"Serbia: {REASON}")
    assert al.goto("/en/lexicon/sent-anyway/").status in (403, 404)

    # A delegation that writes the same word is told so for itself alone: nothing is held, nothing is kept of it.
    al.goto(f"{MEETING}agenda/propose/")
    fill(al, title_en="The frontier post", note_en="So that it opens at night.", urgency="this_meeting")
    press(al, "Keep as a draft")
    expect(al.get_by_text("It is saved. Your text: 1 remark.").first).to_be_visible()
    al.get_by_role("link", name="Look at them").click()
    expect(voices(al)).to_contain_text(REASON)
    desk.reload()
    expect(desk.locator("#main ol.entries > li")).to_have_count(1)


def test_a_text_is_mended_at_the_desk_and_a_word_file_comes_back_with_tracked_changes(live: Any) -> None:
    objected(live.world)
    page = live.page_as("ME")
    page.goto("/en/lexicon/check/")
    # A text: one of two places is mended, the other is left.
    fill(page, text="The corridor ends at the frontier. The corridor is open.")
    press(page, "Check it")
    expect(page.locator("#findings mark")).to_have_count(3)
    expect(page.locator("#findings .voices").nth(1)).to_contain_text(REASON)
    page.locator("#finding-1").get_by_label("crossing").check()
    expect(page.locator("[data-checked] mark").nth(1)).to_have_text("crossing2")
    page.locator("#finding-2").get_by_label("route").check()
    press(page, "Put in what I accepted")
    mended = page.get_by_label("The text with what you accepted")
    expect(mended).to_have_value("The corridor ends at the crossing. The route is open.")

    # A Word file: it is not kept, so it is given twice, and comes back with what was accepted as tracked changes.
    file = {
        "name": "Statement.docx",
        "mimeType": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "buffer": docx("The corridor ends at the frontier."),
    }
    page.goto("/en/lexicon/check/")
    page.locator('[name="file"]').set_input_files(file)
    press(page, "Check it")
    expect(page.locator("#findings mark")).to_have_count(2)
    page.locator("#finding-1").get_by_label("crossing").check()
    page.locator('[name="again"]').set_input_files(file)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download it with tracked changes").click()
    assert download.value.suggested_filename == "Statement.docx"
    data = download.value.path().read_bytes()
    assert read_word(data).text == "The corridor ends at the crossing.\n"
    with ZipFile(BytesIO(data)) as package:
        written = package.read("word/document.xml").decode()
    assert written.count("<w:del ") == written.count("<w:ins ") == 1
    assert "<w:delText" in written
    # Read back at the desk, only the place that was left is found.
    page.goto("/en/lexicon/check/")
    page.locator('[name="file"]').set_input_files({**file, "buffer": data})
    press(page, "Check it")
    expect(page.locator("#findings mark")).to_have_text(["corridor1"])
