"""Programme, documents and the pack of a meeting."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.stories.arriving import PEOPLE
from tests.stories.playing import ZONE, Table, fill, heading, line, link, local, name, press, record, spell_exactly

HALL, GARDEN, TEAM = "Great hall", "Garden room", "English and Turkish"
PLENARY, LUNCH = "Opening and statements", "Lunch of the ministers"
PAPER = "Map of the ports"
TAKEN = "Taken at a time the programme wants: {what}. Nothing was published; move the session or free it."


def rooms(table: Table) -> None:
    """Two rooms and a team of interpreters."""
    desk = table.desk
    desk.goto("/en/formats/platform/rooms/")
    for kind, title, more in (
        ("room", HALL, {"capacity": 60}), ("room", GARDEN, {"capacity": 20}), ("interpreters", TEAM, {"languages": ["en", "tr"]}),
    ):  # fmt: skip
        link(desk, "Add a room or a team")
        fill(desk, kind=kind, name_en=title, **more)
        press(desk, "Add")
    expect(desk.locator("tbody tr")).to_have_count(3)


def choose(page: Page, field: str, words: str) -> None:
    """Choose in a list by the beginning of its words."""
    found = page.locator(f'[name="{field}"] option', has_text=words).first.get_attribute("value")
    page.locator(f'[name="{field}"]').select_option(found)


def add_session(table: Table, title: str, begins: datetime, hours: float, room: str, **fields: object) -> str:
    """The secretariat pencils a session in. Answers its address."""
    desk = table.desk
    desk.goto(table.at("3", "programme/"))
    link(desk, "Add a session")
    fill(desk, title_en=title, title_tr=title, begins=begins, ends=begins + timedelta(hours=hours), **fields)
    choose(desk, "room", room)
    press(desk, "Add it")
    heading(desk, title)
    return desk.url


def programme(table: Table) -> None:
    """Sessions with rooms and people; what is wanted twice is refused when it is published, then moved and published."""
    desk, begins = table.desk, local(100).replace(hour=10, minute=0)
    rooms(table)
    add_session(table, PLENARY, begins, 2, HALL, kind="plenary")
    link(desk, "Add a person")
    fill(desk, role="chair", label_en="The chair of the meeting")
    press(desk, "Add")
    lunch = add_session(table, LUNCH, begins + timedelta(hours=1), 2, HALL, kind="working_lunch", principals=False)
    expect(desk.locator(".message-warning")).to_contain_text(f"Wanted twice at the same time: {HALL}.")
    desk.goto(table.at("3", "programme/publish/"))
    press(desk, "Publish")
    expect(desk.locator(".message-error")).to_have_text(TAKEN.format(what=HALL))
    own = table.of("RS")
    if own.signed_in:
        own.page.goto(table.at("3", "programme/"))
        expect(own.page.locator("#main")).not_to_contain_text(PLENARY)
    desk.goto(lunch)
    link(desk, "Move")
    fill(desk, begins=begins + timedelta(hours=3), ends=begins + timedelta(hours=5))
    choose(desk, "room", GARDEN)
    press(desk, "Move it")
    desk.goto(table.at("3", "programme/publish/"))
    expect(desk.locator(".sentence")).to_have_text(
        "Version 1 of the programme is published: 2 new sessions. Its rooms and people are held from now on."
    )
    press(desk, "Publish")
    reader = own.page
    reader.goto(table.at("3", "programme/"))
    for words in (PLENARY, "10:00–12:00", HALL, LUNCH, "13:00–15:00", GARDEN, "The chair of the meeting"):
        expect(reader.locator("ol.timetable")).to_contain_text(words)
    calendar(table, reader, begins)


def calendar(table: Table, page: Page, begins: datetime) -> None:
    """A seat's secret address holds the session; revoked it answers nothing."""
    page.goto("/en/calendar/")
    fill(page, label="telephone")
    press(page, "Make it")
    address = page.locator("#calendar-address").inner_text()
    assert address.startswith(table.live.url)
    with urlopen(address) as answer:
        assert answer.headers["Content-Type"].startswith("text/calendar")
        said = answer.read().decode().replace("\r\n ", "")
    assert f"SUMMARY;LANGUAGE=en:{PLENARY}" in said and f"LOCATION;LANGUAGE=en:{HALL}" in said
    assert f"DTSTART;TZID={ZONE}:{begins:%Y%m%dT%H%M%S}" in said
    assert not [one for one in ("Serbia", *PEOPLE["RS"]) if one in said]
    press(page, "Revoke : telephone")
    with pytest.raises(HTTPError) as gone:
        urlopen(address)
    assert gone.value.code == 404
    gone.value.close()


def papers(table: Table) -> None:
    """A document goes to two named parties at one instant, nobody else knows of it, and it is recalled."""
    desk, world = table.desk, table.live.world
    desk.goto(table.at("3", "documents/"))
    link(desk, "Add a document")
    fill(desk, kind="decision", title_en=PAPER, text_en="Depth and cranes, port by port.")
    press(desk, "Keep as a draft")
    heading(desk, PAPER)
    there, named = desk.url, ("AL", "BA")
    link(desk, "Release")
    at = local(90).replace(hour=12, minute=0)
    fill(desk, audience="parties", readers=[str(world.parties[code].pk) for code in named], at=at)
    then = spell_exactly(at)
    record(desk, "Release", f"“{PAPER}” is released at {then} to: {name('AL')}, {name('BA')}.")
    pages = {code: table.of(code).page for code in (*named, "RS")} if table.of("AL").signed_in else {}
    for code, page in pages.items():
        assert page.request.get(there).status == 404, code
    desk.goto(there)
    link(desk, "Set another instant")
    record(desk, "Set the instant", f"The release of “{PAPER}” is moved from {then} to the instant this is recorded.")
    if pages:
        assert [pages[code].request.get(there).status for code in ("BA", "RS")] == [200, 404]
        reader = pages["AL"]
        reader.goto(table.at("3", "documents/"))
        expect(line(reader, PAPER)).to_contain_text("not opened by you or your delegation yet")
        link(reader, PAPER)
        expect(reader.locator("#main")).to_contain_text("Depth and cranes, port by port.")
    pack(table)
    desk.goto(there)
    link(desk, "Recall")
    fill(desk, reason_en="An old map was sent.")
    record(desk, "Recall it", f"“{PAPER}” is recalled: it can no longer be read by those to whom it was released.")
    reader = pages.get("BA", desk)
    reader.goto(there)
    expect(reader.locator("#main")).to_contain_text("The document was recalled and can no longer be read.")
    expect(reader.locator("#main")).to_contain_text("An old map was sent.")
    if pages:
        assert "Depth and cranes" not in reader.content()


def pack(table: Table) -> None:
    """The pack as a page and as PDF, each seat's own, and the same bytes twice."""
    pages = {"secretariat": table.desk}
    if table.of("AL").signed_in:
        pages |= {code: table.of(code).page for code in ("AL", "RS")}
    for who, page in pages.items():
        page.goto(table.at("3", "pack/"))
        said = page.locator("#main")
        for words in (PLENARY, GARDEN, PEOPLE["AL"][0], PEOPLE["RS"][0], "For members and the secretariat"):
            expect(said).to_contain_text(words)
        if who == "RS":
            expect(said).not_to_contain_text(PAPER)
            continue
        expect(said).to_contain_text(PAPER)
        first, second = (page.request.get(table.at("3", "pack/paper/")) for _ in range(2))
        assert first.headers["content-type"] == "application/pdf"
        assert first.body().startswith(b"%PDF") and first.body() == second.body()
