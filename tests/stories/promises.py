"""From a decision to the follow-up of the next meeting, through the pages."""

from __future__ import annotations

import io

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from sofra.lexicon.commands.profiles import Cell
from tests.lexicon.profile_world import cited
from tests.stories.cycle import DECISION
from tests.stories.playing import (
    CITY,
    NAMES,
    ZONE,
    Table,
    act,
    day,
    fill,
    heading,
    link,
    local,
    name,
    press,
    record,
    show,
    spell,
)

#: What the decision asks of whom: title, and days from today.
ASKED = {
    "RS": ("Send the measurements", 30),
    "AL": ("Name an expert", -1),
    "BA": ("Share the method", 20),
    "ME": ("Lend the instruments", 25),
}
ANNOUNCED = "Publish a map"


def ask(table: Table, code: str) -> None:
    """The secretariat puts forward what the decision asks of a party."""
    desk, (title, days) = table.desk, ASKED[code]
    desk.goto(table.at("3", "follow-up/"))
    link(desk, "Put a commitment forward")
    desk.locator('[name="owner"]').select_option(label=name(code))
    fill(
        desk, origin_kind="decision", origin_en=DECISION, title_en=title, due=day(days), zone=ZONE,
        indicator_en="All members have it.", ministry_en="Ministry of energy", theme="energy-security",
    )  # fmt: skip
    record(
        desk, "Put it forward",
        f"{name(code)} is asked: {title}. By {spell(day(days))}, end of the day ({CITY}). It counts once that date is "
        "accepted by the party.",
    )  # fmt: skip
    expect(desk.locator("dl.facts")).to_contain_text("No date counts yet.")
    table.addresses[f"promise {code}"] = desk.url


def accept(table: Table, code: str) -> None:
    """The owner accepts the date; only then does it count."""
    voice, (title, days) = table.of(code), ASKED[code]
    way = "Accept the date" if voice.signed_in else "Enter the owner's acceptance"
    act(
        voice, table.addresses[f"promise {code}"], way, "Accept the date",
        f"{name(code)} accepts, for “{title}”: {spell(day(days))}, end of the day ({CITY}).",
    )  # fmt: skip
    expect(voice.page.locator("#main")).to_contain_text("this date counts")


def announce(table: Table, code: str) -> None:
    """A party announces a promise of its own."""
    voice = table.of(code)
    page = voice.page
    page.goto(table.at("3", "follow-up/"))
    link(page, "Announce a commitment" if voice.signed_in else "Enter an announcement")
    fill(page, title_en=ANNOUNCED, due=day(40), zone=ZONE, indicator_en="The map is on the web.")
    voice.say_how(document=not voice.signed_in)
    if not voice.signed_in:
        show(page)
        voice.again()
    record(page, "Announce it", f"{name(code)} announces: {ANNOUNCED}. By {spell(day(40))}, end of the day ({CITY}).")
    heading(page, ANNOUNCED)
    voice.marked(document=not voice.signed_in)
    table.addresses["announced"] = page.url


def report(table: Table, code: str, claim: str, text: str, source: str = "", *, document: bool = False) -> None:
    """The owner says how it stands, with what carries that."""
    voice = table.of(code)
    page = voice.page
    page.goto(table.addresses[f"promise {code}"])
    link(page, "Report" if voice.signed_in else "Enter a report")
    fill(page, claim=claim, on=day(0), text_en=text)
    if source:
        fill(page, source_title=source, source_date=day(0), source_link="https://example.org/method")
    if not voice.signed_in:
        voice.say_how(document=document)
    press(page, "Record the report")
    expect(page.locator("article.claim .said")).to_have_text(text)
    voice.marked(document=document and not voice.signed_in)


def extend(table: Table, code: str, days: int) -> None:
    """The owner asks for another date; the old one stays on the record and counts until the new one is accepted."""
    voice, (title, before) = table.of(code), ASKED[code]
    way = "Put another date forward" if voice.signed_in else "Enter a date the owner asks for"
    act(
        voice, table.addresses[f"promise {code}"], way, "Put the date forward",
        f"{name(code)} puts another date forward for “{title}”: {spell(day(days))}, end of the day ({CITY}). It counts once "
        "it is accepted.",
        due=day(days), reason_en="The instruments came late.",
    )  # fmt: skip
    expect(voice.page.locator("dl.facts")).to_contain_text(spell(day(before)))
    desk = table.desk
    desk.goto(table.addresses[f"promise {code}"])
    link(desk, "Accept the date")
    record(
        desk, "Accept the date",
        f"For “{title}” ({name(code)}), the new date is accepted: {spell(day(days))}, end of the day ({CITY}). The old date "
        "stays on the record.",
    )  # fmt: skip
    dates = desk.locator("ol.timeline > li")
    expect(dates).to_have_count(2)
    expect(dates.nth(0)).to_contain_text(spell(day(before)))
    expect(dates.nth(1)).to_contain_text(f"{spell(day(days))} (Istanbul)")
    expect(dates.nth(1)).to_contain_text("this date counts")
    expect(desk.locator("dl.facts")).to_contain_text(spell(day(days)))


def promises(table: Table) -> None:
    """Commitments arise, are accepted, announced, reported, extended, and one lapses by the meeting's decision."""
    for code in ASKED:
        ask(table, code)
        accept(table, code)
    announce(table, "XK")
    report(table, "BA", "done", "The method was sent to all.", "The method, version 1")
    report(table, "RS", "in_progress", "Half of the lines are measured.", document=True)
    extend(table, "RS", 60)
    desk, title = table.desk, ASKED["ME"][0]
    desk.goto(table.addresses["promise ME"])
    link(desk, "Record a lapse", desk.locator("body"))
    fill(desk, reason_en="The instruments were bought instead.")
    desk.locator('[name="meeting"]').select_option(label=f"Third meeting · {spell(local(hours=-3))}")
    record(
        desk, "Record the lapse",
        f"“{title}” (Montenegro) lapses, as decided by: Third meeting · {spell(local(hours=-3))}.",
    )  # fmt: skip


STANDS = {
    "Send the measurements": ("On time", "Half of the lines are measured."),
    "Name an expert": ("Late", "Nothing was reported"),
    "Share the method": ("Done", "The method was sent to all."),
    "Lend the instruments": ("Lapsed", "Nothing was reported"),
    ANNOUNCED: ("On time", "Nothing was reported"),
}


def follow_up(table: Table, page: Page) -> None:
    """The next meeting's page shows what became of each promise and what was said; nobody is ranked."""
    page.goto(table.at("4", "follow-up/"))
    lines = page.locator("#main tbody tr").filter(has=page.locator("th a"))
    expect(lines).to_have_count(5)
    for title, (state, said) in STANDS.items():
        stands = lines.filter(has=page.get_by_role("link", name=title, exact=True))
        expect(stands.locator("td").nth(0)).to_have_text(state)
        expect(stands.locator("td").nth(3)).to_contain_text(said)
    # In the order of the calendar, whoever the owner is.
    expect(lines.locator("th a")).to_have_text([
        "Name an expert", "Share the method", "Lend the instruments", ANNOUNCED, "Send the measurements"
    ])  # fmt: skip


def sheet(table: Table, page: Page) -> None:
    """Without a profile no sheet of a coming meeting goes out; under one it says the same as the page."""
    page.goto(table.at("4", "follow-up/"))
    page.get_by_role("link", name="Take the sheet (XLSX)").click()
    expect(page.get_by_role("alert")).to_contain_text("No designation profile is in force for this meeting")
    cells = [
        Cell(table.live.world.parties[code].pk, language, form, citation="Invented")
        for code, forms in NAMES.items()
        for language, form in zip(("en", "tr"), forms, strict=True)
    ]
    cited(table.live.world, rows=cells)
    page.goto(table.at("4", "follow-up/"))
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Take the sheet (XLSX)").click()
    data = waiting.value.path().read_bytes()
    book = load_workbook(io.BytesIO(data))
    cells = [[str(cell.value) for cell in each if cell.value is not None] for each in book["Follow-up"].iter_rows()]
    for title, (state, said) in STANDS.items():
        found = [each for each in cells if title in each]
        assert len(found) == 1, (title, cells)
        assert state in found[0], found
        if said != "Nothing was reported":
            assert any(said in text for text in found[0]), found
