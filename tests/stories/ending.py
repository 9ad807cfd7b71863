"""After the meeting: who took part, the chair's summary issued, what is recorded from it, and the next meeting."""

from __future__ import annotations

from datetime import datetime

from playwright.sync_api import expect

from tests.stories.arriving import PEOPLE, all_arrive, level_of
from tests.stories.cycle import convene, hold_meeting
from tests.stories.holding import papers, programme
from tests.stories.inviting import before_it, write
from tests.stories.playing import (
    CITY,
    Table,
    day,
    fill,
    heading,
    link,
    local,
    name,
    press,
    record,
    row,
    spell,
    spell_instant,
)  # fmt: skip
from tests.stories.telling import tell
from tests.support.world import CODES

SUMMARY = "Summary of the chair"
ASKED = "Serbia sends the measurements of its lines to the others."
DECIDED = "The ministers measure losses on the lines together."
BODY = f"The ministers met in Istanbul.\n\n{DECIDED}\n\n{ASKED}"
DECISION, PROMISE = "Measuring together", "Send the measurements"


def attendance(table: Table) -> None:
    """The secretariat writes down who took part and confirms it; a party says itself that it did."""
    desk = table.desk
    desk.goto(table.at("3", "attendance/"))
    link(desk, "Write down who took part")
    for number, code in enumerate(sorted(CODES, key=name)):
        fill(desk, **{f"present_{number}": "yes", f"level_{number}": level_of(code)[0]})
        desk.get_by_role("checkbox", name=PEOPLE[code][0], exact=True).check()
    press(desk, "Write down")
    expect(row(desk, "Serbia")).to_contain_text("not confirmed yet")
    reader = table.of("TR").page
    if table.of("TR").signed_in:
        reader.goto(table.at("3", "attendance/"))
        expect(row(reader, "Serbia")).to_contain_text("not written down")
    link(desk, "Confirm the attendance")
    record(desk, "Confirm", "The secretariat confirms who took part; all members read it from now on.")
    reader.goto(table.at("3", "attendance/"))
    for code in CODES:
        expect(row(reader, name(code))).to_contain_text(level_of(code)[1])
        expect(row(reader, name(code))).to_contain_text(PEOPLE[code][0])
    voice = table.of("AL")
    said = "Albania confirms that it took part, at the level of foreign ministers."
    if voice.signed_in:
        voice.page.goto(table.at("3", "attendance/"))
        write(voice, "Confirm your delegation's part", "Confirm", said, present="yes", level="foreign_minister")
    else:
        desk.goto(table.at("3", f"attendance/own/{table.live.world.parties['AL'].pk}/"))
        fill(desk, present="yes", level="foreign_minister")
        voice.say_how()
        record(desk, "Confirm", said)
        desk.goto(table.at("3", "attendance/"))
    voice.marked()
    desk.goto(table.at("3", "after/"))
    expect(desk.locator("li.after-line", has_text="Albania")).to_contain_text(
        "Confirmed by the delegation: took part: foreign ministers"
    )


def issue(table: Table) -> None:
    """The chair's summary is issued and circulated to all members at one instant."""
    desk = table.desk
    desk.goto(table.at("3", "decisions/"))
    link(desk, "Write an outcome")
    fill(desk, kind="chair_summary", title_en=SUMMARY, body_en=BODY)
    press(desk, "Keep as a draft")
    heading(desk, SUMMARY)
    link(desk, "Issue and circulate")
    fill(desk, languages=["en"], audience="format")
    record(
        desk, "Issue and circulate",
        f"“{SUMMARY}” is issued as version 1 at the instant this is recorded, in English, to: all members.",
    )  # fmt: skip
    heading(desk, SUMMARY)
    table.addresses["issued"] = desk.url
    reader = table.of("XK").page
    reader.goto(table.at("3", "documents/"))
    link(reader, SUMMARY)
    expect(reader.locator("#main")).to_contain_text(DECIDED)


def record_from(table: Table) -> None:
    """A decision and a commitment are recorded from the words of the summary, in the session they were adopted in."""
    desk = table.desk
    desk.goto(table.addresses["issued"])
    desk.locator("li", has_text=DECIDED).get_by_role("checkbox").check()
    press(desk, "Record a decision")
    expect(desk.locator('[name="quote_1"]')).to_have_value(DECIDED)
    fill(desk, title_en=DECISION, body_en=DECIDED)
    desk.locator('[name="session"]').select_option(label="Opening and statements")
    record(desk, "Write it down", f"From “{SUMMARY}”, version 1, the decision “{DECISION}” is written down as a draft.")
    heading(desk, DECISION)
    there = desk.url
    link(desk, "Release to all members")
    record(desk, "Release", f"“{DECISION}” is released to all members at the instant this is recorded.")
    desk.goto(there)
    link(desk, "Adopt")
    fill(desk, method="consensus")
    record(desk, "Record this", f"The chair records that “{DECISION}” is adopted by consensus.")
    reader = table.of("BA").page
    reader.goto(there)
    expect(reader.locator(".quoted blockquote")).to_contain_text(DECIDED)
    expect(reader.locator(".quoted")).to_contain_text("adopted in: Opening and statements")
    desk.goto(table.addresses["issued"])
    desk.locator("li", has_text=ASKED).get_by_role("checkbox").check()
    press(desk, "Record a commitment")
    fill(
        desk, owner=str(table.live.world.parties["RS"].pk), title_en=PROMISE, indicator_en="All members have them.",
        due=day(60),
    )  # fmt: skip
    until = f"{spell(day(60))}, end of the day ({CITY})"
    record(
        desk,
        "Put it forward",
        f"Serbia is asked: {PROMISE}. By {until}. It counts once that date is accepted by the party.",
    )
    there = desk.url
    voice = table.of("RS")
    voice.page.goto(there)
    way = "Accept the date" if voice.signed_in else "Enter the owner's acceptance"
    write(voice, way, "Accept the date", f"Serbia accepts, for “{PROMISE}”: {until}.")
    voice.marked()


def close(table: Table) -> None:
    """The meeting is closed with what it ends with, and the next one convened from the cadence's proposal."""
    desk = table.desk
    desk.goto(table.at("3", "after/"))
    expect(desk.locator("li.after-line", has_text="Serbia").last).to_contain_text("Its date counts")
    link(desk, "Close the meeting")
    record(desk, "Close the meeting", "The meeting ends with: decision (1), chair's summary (1).")
    desk.goto(table.at("3", "after/"))
    following = desk.locator("li.after-line", has_text="Next meeting")
    expect(following).to_contain_text("The cadence: every 6 months.")
    link(desk, "Convene, beginning from this proposal")
    expect(desk.locator('[name="title_en"]')).to_have_value("Fourth meeting")
    begins = datetime.fromisoformat(desk.locator('[name="begins"]').input_value())
    assert begins > local(150)
    press(desk, "Show the plan")
    expect(desk.locator(".sentence")).to_have_text(
        "The secretariat convenes “Fourth meeting” of Regional platform (ordinary meeting, foreign ministers) for "
        f"{spell_instant(begins)}."
    )
    press(desk, "Convene")
    heading(desk, "Fourth meeting")
    desk.goto(table.at("3", "after/"))
    expect(following).to_contain_text("Fourth meeting")
    for code in ("TR", "RS"):
        page = table.of(code).page
        page.goto(table.at("4"))
        heading(page, "Fourth meeting")


def after_it(table: Table) -> None:
    """From the opening of the meeting to the convening of the next."""
    hold_meeting(table)
    attendance(table)
    issue(table)
    record_from(table)
    close(table)


def play(table: Table) -> None:
    """A whole meeting, from convening it to convening the next."""
    convene(table, 3, "Third meeting", local(100).replace(hour=10, minute=0))
    before_it(table)
    all_arrive(table)
    programme(table)
    papers(table)
    tell(table)
    after_it(table)
