"""One cycle through the pages, from convening to follow-up. Whoever plays it, the pages say the same sentences."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.stories.playing import (
    CITY,
    ZONE,
    Table,
    act,
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
)  # fmt: skip
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
    show(desk)
    expect(desk.locator(".sentence")).to_have_text(
        "The chair records that the agenda is adopted by consensus, with 7 items."
    )
    press(desk, "Record this")
    expect(desk.locator("#main")).to_contain_text("An objection stands, so nothing can be adopted. Objecting: Serbia.")


def order(table: Table) -> None:
    """The chair orders: the last item moves up by one."""
    desk = table.desk
    desk.goto(table.at("3", "agenda/"))
    titles = desk.locator("li.agenda-item .agenda-title a")
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
        f"({CITY}; {until:%H:%M:%S} UTC).",
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
