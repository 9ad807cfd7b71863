"""Short stories: two writers, bad input in two languages, keys, a browser without scripts, another language."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sofra.cooperation import commands as cooperation
from sofra.kernel import acting
from sofra.meetings.commands import agenda
from sofra.sources import commands as sources
from sofra.sources.engine.reading import read_record
from tests.meetings.convening_world import convened
from tests.sources.conftest import RECORD
from tests.stories.playing import ZONE, day, fill, heading, lay_table, link, local, press

pytestmark = pytest.mark.browser
AGENDA = "/en/meetings/platform/3/agenda/"


@pytest.fixture
def item(live: Any) -> str:
    """A third meeting with an item of Albania's on its agenda. Answers the item's address."""
    lay_table(live.world)
    meeting = convened(live.world, datetime.now(UTC) + timedelta(days=100))
    with live.world.act("AL"):
        row = agenda.propose(
            meeting=meeting, title={"en": "Power lines", "tr": "Enerji hatları"}, note={"en": "Losses."}
        )
        agenda.submit_item(item=row)
    return f"{AGENDA}items/{row.pk}/"


def test_the_second_of_two_writers_sees_both_versions_and_loses_nothing(live: Any, item: str) -> None:
    first, second = live.page_as("AL"), live.page_as("AL")
    for page in (first, second):
        page.goto(f"{item}edit/")
    fill(first, title_en="Power lines between neighbours")
    press(first, "Keep the change")
    heading(first, "Power lines between neighbours")
    fill(second, note_en="Losses, and what they cost.")
    press(second, "Keep the change")
    expect(second.locator(".both-versions .message")).to_have_text(
        "Somebody else saved this while you wrote. Nothing is lost: both versions stand here. Take what you need from theirs "
        "into yours, and save again."
    )
    theirs, yours = second.locator(".version").nth(0), second.locator(".version").nth(1)
    expect(theirs).to_contain_text("Power lines between neighbours")
    expect(theirs).to_contain_text("Losses.")
    expect(yours).to_contain_text("Losses, and what they cost.")
    expect(second.locator('[name="note_en"]')).to_have_value("Losses, and what they cost.")
    first.reload()
    expect(first.locator("#main")).to_contain_text("Losses.")
    expect(first.locator("#main")).not_to_contain_text("what they cost")
    fill(second, title_en="Power lines between neighbours")
    press(second, "Keep the change")
    heading(second, "Power lines between neighbours")
    expect(second.locator("#main")).to_contain_text("Losses, and what they cost.")


SENTENCES = {
    "en": (
        "Nothing was saved. What you wrote is kept below.",
        "The meeting would end before it began.",
        "Say why your delegation objects, in at least one language.",
        "Completion needs a source: a title, and a link or the document.",
    ),
    "tr": (
        "Hiçbir şey kaydedilmedi. Yazdıklarınız aşağıda duruyor.",
        "Toplantı başlamadan bitmiş olurdu.",
        "Heyetinizin neden itiraz ettiğini en az bir dilde belirtin.",
        "Tamamlanma için kaynak gerekir: bir başlık ile bir bağlantı ya da belge.",
    ),
}


def refused(page: Page, field: str, sentence: str) -> None:
    """The sentence stands next to the field, and the page says that nothing was saved."""
    expect(page.locator(".field-wrong").filter(has=page.locator(f'[name="{field}"]'))).to_contain_text(sentence)
    expect(page.locator(".field-wrong")).to_have_count(1)


def send(page: Page) -> int:
    """Press the form's first button. Answers the status of what comes back."""
    with page.expect_navigation() as answer:
        page.locator("#main form.form .actions button").first.click()
    return answer.value.status


@pytest.mark.parametrize("language", ["en", "tr"])
def test_bad_input_is_explained_next_to_its_field_and_keeps_what_was_typed(live: Any, item: str, language: str) -> None:
    kept, ends, reason, source = SENTENCES[language]
    with live.world.act("RS"):
        promise = cooperation.announce(
            format=live.world.format,
            title={"en": "Publish a map"},
            indicator={"en": "It is out."},
            due=day(9),
            zone=ZONE,
        )
    desk, own = live.page_as("secretariat"), live.page_as("RS")

    begins = local(150)
    desk.goto(f"/{language}/formats/platform/convene/")
    fill(
        desk,
        title_en="A meeting",
        title_tr="Ağır iş",
        begins=begins,
        ends=begins - timedelta(hours=1),
        city_en="Skopje",
    )
    assert send(desk) == 422
    refused(desk, "ends", ends)
    expect(desk.locator(".error-summary")).to_contain_text(kept)
    expect(desk.locator('[name="title_tr"]')).to_have_value("Ağır iş")
    expect(desk.locator('[name="city_en"]')).to_have_value("Skopje")
    expect(desk.locator('[name="ends"]')).to_have_value(f"{begins - timedelta(hours=1):%Y-%m-%dT%H:%M}")

    own.goto(item.replace("/en/", f"/{language}/") + "object/")
    fill(own, reason_audience="secretariat")
    assert send(own) == 422
    refused(own, "reason_en", reason)
    expect(own.locator('[name="reason_audience"][value="secretariat"]')).to_be_checked()

    own.goto(f"/{language}/commitments/platform/{promise.pk}/report/")
    fill(own, claim="done", on=day(0), text_en="It is out.", text_tr="Yayımlandı.")
    assert send(own) == 422
    refused(own, "source_title", source)
    expect(own.locator('[name="text_tr"]')).to_have_value("Yayımlandı.")
    expect(own.locator('[name="claim"][value="done"]')).to_be_checked()

    desk.goto("/en/formats/platform/")
    expect(desk.locator("#main")).not_to_contain_text("A meeting")
    own.goto(item)
    expect(own.locator(".agenda-positions")).not_to_contain_text("objects")
    own.goto(f"/en/commitments/platform/{promise.pk}/")
    expect(own.locator("article.claim")).to_have_count(0)


def test_keys_search_lead_to_the_agenda_and_explain_themselves(live: Any, item: str) -> None:
    page = live.page_as("RS", viewport={"width": 1440, "height": 900})
    page.goto("/en/meetings/platform/3/")
    page.keyboard.press("/")
    expect(page.locator("#search-top")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#search-top")).not_to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    expect(page.locator("#keys dt", has_text="g a")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("g")
    page.keyboard.press("a")
    expect(page).to_have_url(f"{live.url}{AGENDA}")
    heading(page, "Agenda")


def test_no_two_places_of_a_meetings_page_have_the_same_key(live: Any, item: str) -> None:
    for who in ("RS", "secretariat"):
        page = live.page_as(who)
        page.goto(AGENDA)
        keys = page.locator("a[data-key]").evaluate_all("all => all.map(each => each.dataset.key)")
        assert "a" in keys
        assert sorted(keys) == sorted(set(keys))


def test_agenda_and_record_are_read_without_scripts(live: Any, item: str) -> None:
    page = live.page_as("RS", java_script_enabled=False)
    page.goto(AGENDA)
    heading(page, "Agenda")
    expect(page.locator("li.agenda-item")).to_contain_text("Power lines")
    expect(page.locator("li.agenda-item")).to_contain_text("Proposed by Albania")
    link(page, "Power lines")
    heading(page, "Power lines")
    link(page, "Co-sponsor")
    expect(page.locator(".sentence")).to_have_text("Serbia co-sponsors the agenda item “Power lines”.")
    press(page, "Co-sponsor")
    expect(page.locator(".agenda-positions")).to_contain_text("Co-sponsored by Serbia")


def test_the_public_record_is_read_without_scripts(live: Any) -> None:
    with acting.acting_as_house():
        sources.load_record(read_record(RECORD))
    visitor = live.page(java_script_enabled=False)
    visitor.goto("/en/")
    link(visitor, "All of the record")
    heading(visitor, "What is known, and how it is known")
    first = visitor.locator("#main ol.entries a.entry-title").first
    title = first.inner_text()
    first.click()
    heading(visitor, title)
    expect(visitor.locator("#main")).to_contain_text("Istanbul")
    expect(visitor.locator("#main .claim").first).to_be_visible()


def test_another_language_is_the_same_page(live: Any, item: str) -> None:
    page = live.page_as("RS")
    page.goto(item)
    page.locator(".languages").get_by_role("link", name="Türkçe").click()
    expect(page).to_have_url(f"{live.url}{item.replace('/en/', '/tr/')}")
    expect(page.locator("html")).to_have_attribute("lang", "tr")
    heading(page, "Enerji hatları")
    page.goto("/tr/meetings/platform/3/follow-up/?by=theme")
    page.locator(".languages").get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{live.url}/en/meetings/platform/3/follow-up/?by=theme")
