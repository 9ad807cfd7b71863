"""One cycle through the pages, from convening to follow-up. Whoever plays it, the pages say the same sentences."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.stories.playing import (
    ZONE,
    Table,
    Voice,
    day,
    fill,
    heading,
    line,
    link,
    local,
    name,
    press,
    record,
    row,
    show,
    spell,
    spell_instant,
)
from tests.support.world import CODES

#: What each delegation proposes: title and note.
ITEMS = {
    "TR": ("Work of the platform", "How often to meet."),
    "AL": ("Power lines", "Loss on the lines between neighbours."),
    "BA": ("Youth exchange", "A first group of students."),
    "XK": ("Border queues", "Waiting times in summer."),
    "ME": ("Ports", "What the ports need."),
    "MK": ("Rail corridor", "Missing links of the corridor."),
    "RS": ("Digital signatures", "Accepting each other's signatures."),
}
REWORDED = "Power lines between neighbours"
LATE = "Floods"
DECISION, SUMMARY, STATEMENT = "Decision on power lines", "What the chair heard", "To the press"


def convene(table: Table, number: int, words: str, begins: datetime) -> None:
    """The secretariat convenes the next meeting: the plan, the sentence, the tasks."""
    desk = table.desk
    desk.goto("/en/formats/platform/")
    link(desk, "Convene a meeting")
    expect(desk.locator('[name="title_en"]')).to_have_value(words)
    fill(
        desk, begins=begins, ends=begins + timedelta(hours=4), zone=ZONE, city_en="Istanbul", note_en="Bring your maps."
    )
    for language in ("en", "tr"):
        desk.locator(f'[name="working_languages"][value="{language}"]').check()
    press(desk, "Show the plan")
    expect(desk.locator("tbody tr")).to_have_count(10)
    propose_by = (begins - timedelta(days=45)).replace(hour=17, minute=0)
    expect(row(desk, "Propose agenda items")).to_contain_text(spell_instant(propose_by))
    expect(desk.locator(".sentence")).to_have_text(
        f"The secretariat convenes “{words}” of Regional platform (ordinary meeting, foreign ministers) for "
        f"{spell_instant(begins)}."
    )
    press(desk, "Convene")
    heading(desk, words)
    expect(desk).to_have_url(f"{table.live.url}{table.at(str(number))}")
    expect(desk.locator("#tasks tbody tr")).to_have_count(10)
    expect(row(desk, "Propose agenda items")).to_contain_text(spell_instant(propose_by))


def propose(table: Table, code: str, title: str, note: str, *, document: bool = False) -> str:
    """A delegation drafts an item, reads it alone, and submits it. Answers the item's address."""
    voice = table.of(code)
    page = voice.page
    page.goto(table.at("3", "agenda/"))
    link(page, "Propose an item")
    fill(page, title_en=title, note_en=note)
    voice.say_how(document=document)
    press(page, "Keep as a draft")
    heading(page, title)
    address = page.url
    if voice.signed_in:
        assert table.desk.goto(address).status == 404
    link(page, "Submit to all members")
    record(page, "Submit to all members", f"{voice.name} proposes the agenda item “{title}”.")
    voice.marked(document=document)
    return address


def act(
    voice: Voice, address: str, way: str, action: str, sentence: str, *, document: bool = False, **fields: Any
) -> None:
    """One act of a delegation on what stands at an address."""
    page = voice.page
    page.goto(address)
    link(page, way)
    if fields:
        fill(page, **fields)
    if page.locator("fieldset.entering").count():
        voice.say_how(document=document)
    if document:
        show(page, action)
        voice.again()
    record(page, action, sentence)
    voice.marked(document=document)


def all_propose(table: Table) -> None:
    """Each of the seven proposes an item; everybody reads all of them."""
    for code in CODES:
        title, note = ITEMS[code]
        table.addresses[code] = propose(table, code, title, note, document=code == "TR")
    for page in {voice.page for voice in table.voices.values()}:
        page.goto(table.at("3", "agenda/"))
        expect(page.locator("li.agenda-item")).to_have_count(7)
        for code in CODES:
            stands = line(page, ITEMS[code][0])
            expect(stands).to_contain_text(f"Proposed by {name(code)}")
            expect(stands).to_contain_text(ITEMS[code][1])


def stand_and_settle(table: Table) -> None:
    """Others co-sponsor; one objects with its reason, suggests a wording, and withdraws once it is accepted."""
    address, title = table.addresses["AL"], ITEMS["AL"][0]
    for code in ("BA", "ME"):
        act(table.of(code), address, "Co-sponsor", "Co-sponsor", f"{name(code)} co-sponsors the agenda item “{title}”.")
    serbia, reader = table.of("RS"), table.of("MK").page
    act(
        serbia, address, "Object", "Object", f"Serbia objects to the agenda item “{title}”.",
        document=not serbia.signed_in, reason_en="Too wide as it stands.", reason_audience="format",
    )  # fmt: skip
    reader.goto(table.at("3", "agenda/"))
    expect(line(reader, title)).to_contain_text("Co-sponsored by Bosnia and Herzegovina, Montenegro")
    expect(line(reader, title)).to_contain_text("Serbia objects: Too wide as it stands.")
    refused_while_objected(table)
    page = serbia.page
    page.goto(address)
    link(page, "Suggest a wording")
    fill(page, field="title", language="en", text=REWORDED)
    serbia.say_how()
    press(page, "Send the suggestion")
    serbia.marked()
    owner = table.of("AL").page
    owner.goto(address)
    expect(owner.locator("#suggestions")).to_contain_text("Serbia · ")
    link(owner, "Accept the wording")
    if not table.of("AL").signed_in:
        table.of("AL").say_how()
    press(owner, "Accept the wording")
    heading(owner, REWORDED)
    table.of("AL").marked()
    act(
        serbia, address, "Withdraw the objection", "Withdraw the objection",
        f"Serbia withdraws its objection to the agenda item “{REWORDED}”.",
    )  # fmt: skip
    expect(page.locator(".agenda-positions")).not_to_contain_text("objects")


def refused_while_objected(table: Table) -> None:
    """Nothing is adopted while an objection stands, and the page says whose."""
    desk = table.desk
    desk.goto(table.at("3", "agenda/"))
    link(desk, "Adopt")
    fill(desk, method="consensus")
    show(desk, "Record this")
    expect(desk.locator(".sentence")).to_have_text(
        "The chair records that the agenda is adopted by consensus, with 7 items."
    )
    press(desk, "Record this")
    expect(desk.locator("#main")).to_contain_text("An objection stands, so nothing can be adopted. Objecting: Serbia.")


def order(table: Table) -> None:
    """The chair orders: the last item moves up by one."""
    desk = table.desk
    desk.goto(table.at("3", "agenda/"))
    titles = desk.locator("li.agenda-item h3 a")
    before = titles.all_inner_texts()
    press(desk, f"Move up: {before[-1]}")
    expect(titles).to_have_text([*before[:5], before[6], before[5]])


def adopt_by_silence(table: Table) -> None:
    """The agenda is put under silence until an instant a few seconds away, and is adopted by it."""
    desk = table.desk
    desk.goto(table.at("3", "agenda/"))
    link(desk, "Adopt")
    until = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=12)
    if until.second == 0:  # the browser's control writes no seconds where there are none
        until += timedelta(seconds=1)
    there = until.astimezone(ZoneInfo(ZONE))
    fill(desk, method="silence")
    desk.locator('[name="deadline"]').fill(f"{there:%Y-%m-%dT%H:%M:%S}")
    record(
        desk, "Record this",
        f"The agenda, with 7 items, is adopted unless a member objects before {spell(there)}, {there:%H:%M:%S} "
        f"({ZONE}; {until:%H:%M:%S} UTC).",
    )  # fmt: skip
    reader = table.of("TR").page
    reader.goto(table.at("3", "agenda/"))
    expect(reader.locator(".agenda-silence")).to_contain_text(
        "Version 1 is adopted at this instant unless a member objects before it. The database's clock decides."
    )
    expect(reader.locator('.agenda-silence [data-past="true"]')).to_be_visible()
    reader.reload()
    expect(reader.locator(".agenda-silence")).to_have_count(0)
    expect(reader.locator("#main")).to_contain_text("Version 1 is adopted.")


def late_item(table: Table) -> None:
    """An item after adoption needs all members: with the last consent it stands on the agenda."""
    address = propose(table, "MK", LATE, "Warning each other upstream.")
    table.addresses["late"] = address
    consenting = [code for code in CODES if code != "MK"]
    for code in consenting:
        page = table.of(code).page
        page.goto(table.at("3", "agenda/"))
        needed = line(page, LATE).locator("span", has_text="Consent still needed from").first
        expect(needed).to_contain_text(name(code))
        act(
            table.of(code), address, "Consent to the late item", "Consent",
            f"{name(code)} consents to the late agenda item “{LATE}”.",
        )  # fmt: skip
    reader = table.of("MK").page
    reader.goto(table.at("3", "agenda/"))
    expect(reader.locator("#main")).to_contain_text("Version 2 is adopted.")
    expect(reader.locator("li.agenda-item")).to_have_count(8)
    expect(line(reader, LATE)).to_contain_text("Adopted")


def hold_meeting(table: Table) -> None:
    """The meeting is moved to today and opened."""
    desk = table.desk
    begins, ends = local(hours=-3), local(hours=-2)
    desk.goto(table.at("3"))
    link(desk, "Set a new date")
    fill(desk, begins=begins, ends=ends, reason="The ministers are in town.")
    press(desk, "Show the sentence")
    expect(desk.locator(".sentence")).to_contain_text(spell_instant(begins))
    press(desk, "Set the new date")
    press(desk, "Open the meeting")
    expect(desk.locator("dl.facts")).to_contain_text("under way")


def write_outcome(table: Table, kind: str, title: str, body: str) -> str:
    """The secretariat drafts an outcome and releases it to all at one instant. Answers its address."""
    desk = table.desk
    desk.goto(table.at("3", "decisions/"))
    link(desk, "Write an outcome")
    fill(desk, kind=kind, title_en=title, body_en=body)
    press(desk, "Keep as a draft")
    heading(desk, title)
    address = desk.url
    reader = table.of("XK")
    if reader.signed_in:
        assert reader.page.goto(address).status == 404
    desk.goto(address)
    link(desk, "Release to all members")
    record(desk, "Release", f"“{title}” is released to all members at the instant this is recorded.")
    return address


def end_meeting(table: Table) -> None:
    """Decision, chair's summary, press statement; what is public is published; the meeting is closed with its sentence."""
    desk = table.desk
    found = table.addresses
    found["decision"] = write_outcome(table, "decision", DECISION, "The members measure loss on the lines.")
    found["summary"] = write_outcome(table, "chair_summary", SUMMARY, "All spoke of the lines.")
    found["statement"] = write_outcome(table, "press_statement", STATEMENT, "The ministers met.")
    desk.goto(found["decision"])
    link(desk, "Adopt")
    fill(desk, method="consensus")
    record(desk, "Record this", f"The chair records that “{DECISION}” is adopted by consensus.")
    for key, title in (("decision", DECISION), ("statement", STATEMENT)):
        desk.goto(found[key])
        link(desk, "Publish")
        record(desk, "Publish", f"“{title}” is published: everyone can read it from now on.")
    desk.goto(table.at("3", "decisions/"))
    link(desk, "Close the meeting")
    record(
        desk, "Close the meeting",
        "The meeting ends with: decision (1), chair's summary (1), press statement (1).",
    )  # fmt: skip
    desk.goto(table.at("3"))
    expect(desk.locator("dl.facts")).to_contain_text("closed")
    reader = table.of("RS").page
    reader.goto(table.at("3", "decisions/"))
    expect(line(reader, SUMMARY)).to_contain_text("on the chair's responsibility")


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
        f"{name(code)} is asked: {title}. By {spell(day(days))}, end of the day ({ZONE}). It counts once that date is "
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
        f"{name(code)} accepts, for “{title}”: {spell(day(days))}, end of the day ({ZONE}).",
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
        show(page, "Announce it")
        voice.again()
    record(page, "Announce it", f"{name(code)} announces: {ANNOUNCED}. By {spell(day(40))}, end of the day ({ZONE}).")
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
        f"{name(code)} puts another date forward for “{title}”: {spell(day(days))}, end of the day ({ZONE}). It counts once "
        "it is accepted.",
        due=day(days), reason_en="The instruments came late.",
    )  # fmt: skip
    expect(voice.page.locator("dl.facts")).to_contain_text(spell(day(before)))
    desk = table.desk
    desk.goto(table.addresses[f"promise {code}"])
    link(desk, "Accept the date")
    record(
        desk, "Accept the date",
        f"For “{title}” ({name(code)}), the new date is accepted: {spell(day(days))}, end of the day ({ZONE}). The old date "
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
    """The sheet says the same as the page."""
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


def public(table: Table) -> None:
    """A visitor reads what was published, and nothing else of the meeting."""
    visitor = table.live.page()
    assert visitor.goto(table.at("3", "decisions/")).status == 200
    titles = visitor.locator("li.agenda-item h3 a")
    expect(titles).to_have_text([DECISION, STATEMENT])
    for key, body in (("decision", "The members measure loss on the lines."), ("statement", "The ministers met.")):
        assert visitor.goto(table.addresses[key]).status == 200
        expect(visitor.locator("#main")).to_contain_text(body)
    assert visitor.goto(table.at("3")).status == 200
    heading(visitor, "Third meeting")
    said = visitor.content()
    for secret in ("Bring your maps.", "Propose agenda items", ITEMS["AL"][0], SUMMARY, "The ministers are in town."):
        assert secret not in said, secret
    private = ["summary", "promise RS", "announced", "AL", "late"]
    for address in [table.addresses[key] for key in private] + [table.at("3", "agenda/"), table.at("4", "follow-up/")]:
        answer = visitor.goto(address)
        assert answer.status == 404 or "/account/sign-in/" in visitor.url, (address, answer.status)
    assert visitor.goto(table.at("4")).status == 404
    visitor.goto("/en/search/?q=measure")
    said = visitor.content()
    assert ASKED["RS"][0] not in said and "Half of the lines" not in said


def play(table: Table) -> None:
    """The whole cycle."""
    convene(table, 3, "Third meeting", local(100).replace(hour=10, minute=0))
    all_propose(table)
    stand_and_settle(table)
    order(table)
    adopt_by_silence(table)
    late_item(table)
    hold_meeting(table)
    end_meeting(table)
    promises(table)
    convene(table, 4, "Fourth meeting", local(200).replace(hour=10, minute=0))
    follow_up(table, table.desk)
    sheet(table, table.desk)
    public(table)
