"""The press desk of a meeting: an advisory that the public reads from its instant on, and lines cleared by those named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.stories.inviting import write
from tests.stories.playing import ZONE, Entered, Table, fill, heading, link, local, name, press, record, spell_exactly

ADVISORY, WHEN = "When the press may come", "Cameras enter the Great hall at half past nine."
LINES, WORDS = "Lines on the ports", "The ministers spoke of ports."


def draft(desk: Page, table: Table, way: str, title: str, words: str) -> str:
    """The secretariat drafts a piece in both languages. Answers its address."""
    desk.goto(table.at("3", "press/"))
    link(desk, way)
    fill(desk, title_en=title, title_tr=title, body_en=words, body_tr=words)
    press(desk, "Keep as a draft")
    heading(desk, title)
    return desk.url


def advise(table: Table, visitor: Page) -> None:
    """The meeting is announced; a visitor reads the advisory once its embargo has passed, and not before."""
    desk = table.desk
    answer = visitor.goto(table.at("3"))
    assert answer is not None and (answer.status == 404 or "/account/sign-in/" in visitor.url)
    desk.goto(table.at("3"))
    link(desk, "Announce")
    fill(desk, to="public")
    record(
        desk, "Announce it",
        "“Third meeting” is announced to everyone at the instant this is recorded: date, place, level, format and status, "
        "and nothing else.",
    )  # fmt: skip
    draft(desk, table, "Write a media advisory", ADVISORY, WHEN)
    link(desk, "Issue")
    until = local().replace(second=datetime.now(UTC).second) + timedelta(seconds=12)
    if until.second == 0:  # the browser's control writes no seconds where there are none
        until += timedelta(seconds=1)
    desk.locator('[name="at"]').fill(f"{until:%Y-%m-%dT%H:%M:%S}")
    record(desk, "Issue", f"The advisory “{ADVISORY}” becomes public at {spell_exactly(until)}.")
    visitor.goto(table.at("3"))
    early = visitor.content()
    now = datetime.now(ZoneInfo(ZONE)).replace(tzinfo=None)
    assert WHEN not in early or now >= until
    if now <= until:
        visitor.wait_for_timeout((until - now).total_seconds() * 1000 + 300)
    visitor.reload()
    heading(visitor, "Third meeting")
    expect(visitor.locator("#main")).to_contain_text(WHEN)


def clear_lines(table: Table, visitor: Page) -> None:
    """Lines are cleared once all that were asked have no objection, and then issued to the members alone."""
    desk, world = table.desk, table.live.world
    there = draft(desk, table, "Write agreed lines", LINES, WORDS)
    link(desk, "Send for clearance")
    until, asked = local(95).replace(hour=12, minute=0), ("AL", "RS")
    fill(desk, readers=[str(world.parties[code].pk) for code in asked], deadline=until)
    record(
        desk, "Send for clearance",
        f"The lines “{LINES}” are sent for clearance to: {name('AL')}, {name('RS')}. They are cleared unless one of them "
        f"objects before {spell_exactly(until)}, or before that once all of them have no objection.",
    )  # fmt: skip
    other = table.of("BA")
    for code in asked:
        voice = table.of(code)
        voice.page.goto(there)
        write(voice, "No objection", "No objection", f"{name(code)} has no objection to the lines “{LINES}”.")
        expect(voice.page.locator("body")).to_contain_text(f"{name(code)}: no objection")
        if isinstance(voice, Entered):
            expect(voice.page.locator("body")).to_contain_text(voice.mark)
    if other.signed_in:
        assert other.page.request.get(there).status == 404
    desk.goto(there)
    expect(desk.locator(".agenda-about")).to_contain_text("Cleared")
    link(desk, "Issue")
    fill(desk, to="format")
    record(desk, "Issue", f"The lines “{LINES}” are issued to all members at the instant this is recorded.")
    other.page.goto(table.at("3"))
    expect(other.page.locator("body")).to_contain_text(WORDS)
    visitor.reload()
    assert WORDS not in visitor.content()


def tell(table: Table) -> None:
    """What is told, to whom, and when."""
    visitor = table.live.page()
    advise(table, visitor)
    clear_lines(table, visitor)
