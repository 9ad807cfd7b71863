"""A whole negotiation with four seats: two Word files come in, and one adopted page goes out."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree
from playwright.sync_api import Locator, Page, expect

from sofra.texts.cli import text as text_command
from sofra.texts.engine.docx import read as read_docx
from sofra.texts.engine.exchange import from_json
from sofra.texts.engine.projecting import project
from sofra.texts.models import Text
from tests.keeping import job_world
from tests.lexicon.profile_world import NAMES
from tests.meetings.agenda_world import wait_until
from tests.meetings.letters_world import meeting_under_profile
from tests.stories.playing import fill, heading, link, press, show
from tests.support.papers import docx, saved, words_of

pytestmark = pytest.mark.browser

TITLE = "Joint statement on roads"
BASE = (TITLE, "1. We build roads and rails.", "2. We meet young people every year.", "3. We invite investors.")
#: What only some read, and must be in no page, no file and no screen of others.
KEPT, WHISPERED, SAID_LOW = "Rather every month.", "Bring banks as well.", "Our ports are not ready"
RESERVED = "We read paragraph 1 as touching no boundary."
FORMS = ("docx", "txt", "json", "xml")


def tracked(author: str, *paragraphs: str | list[tuple[str, str]]) -> bytes:
    """A Word file with tracked changes: each paragraph a text, or runs as ("" | "ins" | "del", text)."""
    made = Document()
    for each in paragraphs:
        paragraph = made.add_paragraph()
        for kind, text in [("", each)] if isinstance(each, str) else each:
            _run(paragraph, author, kind, text)
    return saved(made)


def _run(paragraph: WordParagraph, author: str, kind: str, text: str) -> None:
    run = paragraph.add_run(text)._r
    if not kind:
        return
    change = etree.SubElement(paragraph._p, qn(f"w:{kind}"))
    change.set(qn("w:id"), str(len(paragraph._p)))
    change.set(qn("w:author"), author)
    change.append(run)
    if kind == "del":
        for said in run.iterchildren(qn("w:t")):
            said.tag = qn("w:delText")


def in_(seconds: int) -> datetime:
    """An instant to come, to the second."""
    return (datetime.now(UTC) + timedelta(seconds=seconds)).replace(microsecond=0)


def authors_of(data: bytes) -> set[str]:
    """Whose the tracked changes of a Word file are."""
    found = Document(BytesIO(data)).element.xpath("//w:ins/@w:author | //w:del/@w:author")
    return {str(each) for each in found}


def read_by(seats: list[Seat], paragraph: str, words: str, readers: set[str]) -> None:
    """Words stand on the page of the paragraph for those readers and for nobody else, nor in the room itself."""
    address = seats[0].address(paragraph)
    for seat in seats:
        for place in (address, seat.room):
            page = seat.page.request.get(place).text()
            assert words not in page or seat.who in readers, (seat.who, place)
            assert words in page or seat.who not in readers or place == seat.room, (seat.who, place)


class Seat:
    """One seat in a browser of its own."""

    def __init__(self, live: Any, who: str) -> None:
        self.who, self.page, self.errors = who, live.page_as(who, timezone_id="Europe/Istanbul"), []
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        self.room = ""

    def open(self, part: str = "") -> Page:
        """A page of the text's own."""
        self.page.goto(f"{self.room}{part}")
        return self.page

    def line(self, words: str) -> Locator:
        """The line of the room that has these words."""
        return self.page.locator("li.text-line").filter(has_text=words)

    def address(self, words: str) -> str:
        """Where the paragraph that has these words is."""
        self.open()
        found = self.line(words).locator(".text-ways a").first.get_attribute("href")
        assert found is not None
        return found

    def at(self, words: str) -> Page:
        """The page of the paragraph that has these words."""
        self.page.goto(self.address(words))
        return self.page

    def ask(self, way: str, action: str, says: str = "", **fields: Any) -> None:
        """Follow a way, fill in what it asks, read the sentence, and record it."""
        link(self.page, way)
        self.record(action, says, **fields)

    def record(self, action: str, says: str = "", **fields: Any) -> None:
        """Fill in what stands here, read the sentence, and record it."""
        fill(self.page, **fields)
        if says:
            show(self.page)
            expect(self.page.locator(".sentence")).to_contain_text(says)
        press(self.page, action)
        expect(self.page.locator("form.form")).to_have_count(0)

    def stand(self, words: str, wording: str, stance: str, audience: str = "format", reason: str = "") -> None:
        """Say where the delegation stands on a wording of the paragraph that has these words."""
        self.at(words)
        choice = self.page.locator(".text-choices > li").filter(has_text=wording).first
        with self.page.expect_navigation():
            choice.get_by_role("link", name=re.compile("^Say where your delegation stands")).click()
        said = {"supports": "supports", "objects": "objects", "lives": "can live with"}[stance]
        self.record("Record the position", said, stance=said, audience=audience, reason_en=reason)

    def close(self, words: str, wording: str, reason: str) -> None:
        """Close the one bracket of the paragraph that has these words."""
        page = self.at(words)
        with page.expect_navigation():
            page.get_by_role("link", name=re.compile("^Close the bracket")).first.click()
        page.get_by_label(wording, exact=True).check()
        self.record("Close the bracket", "The bracket is closed.", reason_en=reason)

    def choose(self, name: str, data: bytes) -> None:
        """Choose a file in the form that stands here."""
        held = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        self.page.locator("#main form [name=file]").set_input_files(held)  # type: ignore[arg-type]

    def bring(self, name: str, data: bytes) -> None:
        """Bring in the delegation's file."""
        self.open()
        link(self.page, "Bring in a file")
        self.choose(name, data)
        self.record("Make the proposals")

    def silence(self, until: datetime, question: str) -> None:
        """Put the text under silence until an instant, to the second."""
        self.open("silence/")
        there = until.astimezone(ZoneInfo("Europe/Istanbul"))
        link(self.page, "Put the text under silence")
        self.page.locator("[name=deadline]").fill(there.strftime("%Y-%m-%dT%H:%M:%S"))
        self.record("Open the silence procedure", "unless a member objects before it", question_en=question)

    def file(self, name: str) -> bytes:
        """A file of the text, as this seat gets it."""
        answer = self.page.request.get(f"{self.room}{name}")
        assert answer.status == 200, (name, answer.status)
        return answer.body()


def test_two_files_become_one_adopted_page(live: Any, tmp_path: Path) -> None:
    world = live.world
    meeting_under_profile(world)
    chair, al, rs, me = seats = [Seat(live, who) for who in ("secretariat", "AL", "RS", "ME")]
    alfa, sierra, mike = NAMES["AL"], NAMES["RS"], NAMES["ME"]

    # The chair puts a Word file on the table; all read it at once.
    chair.page.goto("/en/meetings/platform/3/texts/")
    link(chair.page, "Put a text on the table")
    fill(chair.page, title_en=TITLE, authoritative="en")
    chair.choose("base.docx", docx(*BASE))
    press(chair.page, "Put it on the table")
    heading(chair.page, TITLE)
    with world.act("secretariat"):
        text = Text.objects.get()
    for seat in seats:
        seat.room = f"/en/meetings/platform/3/texts/{text.pk}/"
        seat.open()
        expect(seat.page.locator(".text-line")).to_have_count(4)
        expect(seat.page.locator(".text-bracket")).to_have_count(0)

    # One delegation sends tracked changes, another a clean copy: both stand in one text, each with its name.
    al.bring("al.docx", tracked(
        alfa, TITLE, [("", "1. We build "), ("ins", "safe "), ("", "roads and rails.")], BASE[2],
        [("", "3. We invite "), ("del", "investors"), ("ins", "investors of the region"), ("", ".")],
    ))  # fmt: skip
    rs.bring("rs.docx", docx(TITLE, "1. We build roads, rails and ports.", *BASE[2:], "4. We share what we learn."))
    for seat in seats:
        seat.open()
        roads = seat.line("We build")
        expect(roads.locator(".text-bracket")).to_have_count(2)
        expect(roads).to_contain_text(re.compile(rf"safe .*{alfa}.*ports.*{sierra}", re.S))
        expect(seat.line("of the region")).to_contain_text(alfa)
        expect(seat.line("We share")).to_contain_text(re.compile(rf"4\..*{sierra}", re.S))
        expect(seat.page.locator("main")).to_contain_text("3 of 5 paragraphs have open brackets.")
    al.open("ours/")
    expect(al.page.locator("main")).to_contain_text("We build safe roads and rails.")
    expect(al.page.locator("main")).not_to_contain_text("ports")

    # What is kept or told to the chair alone changes nothing for others.
    me.at("We meet young people")
    me.ask("Propose a wording", "Propose", "Kept to your own delegation", wording=KEPT, audience="delegation")
    me.at("We invite")
    me.ask("Propose a wording", "Propose", "Addressed to the chair alone", wording=WHISPERED, audience="secretariat")
    read_by(seats, "We meet young people", KEPT, {"ME"})
    read_by(seats, "We invite", WHISPERED, {"ME", "secretariat"})

    # Positions, to all and to the chair alone.
    rs.stand("We build", "safe", "objects", reason="Who says what is safe")
    me.stand("We build", "safe", "lives")
    al.stand("We build", "ports", "objects", audience="secretariat", reason=SAID_LOW)
    al.stand("We invite", "of the region", "supports")
    me.stand("We share", "We share", "supports")
    read_by(seats, "We build", SAID_LOW, {"AL", "secretariat"})
    for seat in seats:
        seat.open()
        expect(seat.line("We build").locator(".sidenote")).to_contain_text(
            f"Objecting {alfa}, {sierra}" if seat in (al, chair) else f"Objecting {sierra}"
        )
    expect(me.line("We build").locator(".sidenote")).not_to_contain_text(f"Objecting {alfa}")

    # A worker looks for what nobody objects to, in what its asker may know.
    found = {}
    for seat in (chair, me):
        seat.open("packages/")
        press(seat.page, "Search for packages")
        expect(seat.page.locator("[data-under-way]")).to_be_visible()
        job_world.work()
        expect(seat.page.get_by_role("heading", name="Package 1", exact=True)).to_be_visible()
        found[seat.who] = seat.page.locator("main").inner_text()
    assert "3. of the region" in found["secretariat"]
    assert "1. Leave out “safe”" in found["secretariat"]
    assert SAID_LOW not in found["ME"]
    al.open("packages/")
    expect(al.page.locator("main")).not_to_contain_text("Package 1")

    # The chair cannot close over an objection; it offers a compromise, and closes what nobody minds.
    page = chair.at("We build")
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile("^Close the bracket")).first.click()
    fill(page, reason_en="It is safer")
    page.get_by_label("safe", exact=True).check()
    show(page)
    press(page, "Close the bracket")
    expect(page.locator("#main")).to_contain_text(f"Objecting: {sierra}")
    expect(page.locator("[name=reason_en]")).to_have_value("It is safer")
    chair.at("We build")
    chair.ask(
        "Record the chair's compromise", "Record the compromise", "as the chair's compromise",
        wording="We build roads and rails that people trust.", reason_en="Both can stand behind it",
    )  # fmt: skip
    chair.close("of the region", "of the region", "Nobody minds")
    chair.close("We share", "We share what we learn.", "Nobody minds")
    rs.open()
    expect(rs.page.locator(".text-bracket")).to_have_count(0)
    expect(rs.line("We build")).to_contain_text("We build roads and rails that people trust.")
    rs.open("history/")
    expect(rs.page.locator("main")).to_contain_text("Both can stand behind it")
    expect(rs.page.locator("main")).not_to_contain_text(SAID_LOW)

    # Agreed ad referendum; then silence, which a delegation breaks in writing.
    chair.at("We build")
    chair.ask("Record its status", "Record the status", "agreed ad referendum", status="ad_referendum")
    al.open()
    expect(al.line("We build").locator(".sidenote")).to_contain_text("agreed ad referendum")
    expect(al.line("We build").get_by_role("link", name=re.compile("^Propose"))).to_have_count(0)
    al.at("We meet young people")
    link(al.page, "Propose a wording")
    chair.silence(in_(3600), "May the statement be adopted?")
    for seat in (rs, me):
        seat.open("silence/")
        expect(seat.page.locator("main")).to_contain_text("May the statement be adopted?")
        expect(seat.page.get_by_role("link", name="Break the silence", exact=True)).to_be_visible()
    fill(al.page, wording="We meet young people twice a year.")
    show(al.page)
    press(al.page, "Propose")
    expect(al.page.locator("#main")).to_contain_text("The text is under silence")
    expect(al.page.locator("[name=wording]")).to_have_value("We meet young people twice a year.")
    al.at("We meet young people")
    expect(al.page.locator("main")).to_contain_text("under silence or adopted")
    expect(al.page.get_by_role("link", name="Propose a wording", exact=True)).to_have_count(0)
    rs.open("silence/")
    rs.ask("Break the silence", "Break the silence", f"{sierra} objects in writing", words_en="Trust is not a measure.")
    for seat in seats:
        seat.open("silence/")
        expect(seat.page.locator("main")).to_contain_text("Trust is not a measure.")
        expect(seat.page.locator("main")).to_contain_text(f"The silence was broken: {sierra}")

    # The chair opens the text again; what is agreed anew goes under silence, and is adopted by the clock alone.
    chair.ask(
        "Answer", "Record the answer", "the text is negotiated further", how="reopened", reason_en="One word is left"
    )
    chair.at("We build")
    chair.ask(
        "Record its status", "Record the status", "open", status="open", asked_by=str(world.parties["RS"].pk),
        reason_en="One word is left",
    )  # fmt: skip
    rs.at("We build")
    rs.ask(
        "Propose a wording", "Propose", "stands in the text", wording="We build roads and rails that people can use."
    )
    expect(rs.page.locator("#main")).to_contain_text("that people")
    before = {form: chair.file(f"file.{form}") for form in FORMS}
    chair.close("We build", "can use", "All can stand behind it")
    chair.at("We build")
    chair.ask("Record its status", "Record the status", "agreed", status="agreed")
    deadline = in_(25)
    chair.silence(deadline, "May it be adopted now?")
    me.open()
    me.ask("Attach a statement", "Attach it", f"{mike} attaches a reservation", kind="reservation", words_en=RESERVED)
    al.open("screen/")
    expect(al.page.locator("[data-screen]")).to_contain_text("that people can use")
    with world.act("secretariat"):
        wait_until(deadline)
    for seat in seats:
        seat.open()
        expect(seat.page.locator("main")).to_contain_text("The silence ended unbroken: the text is adopted.")
        expect(seat.page.locator("main")).to_contain_text(RESERVED)
        expect(seat.page.locator("[data-box]")).to_have_count(0)

    # What goes out says what stands, names who stood behind it, keeps what was reserved, and nothing that only some read.
    rolling = from_json(json.loads(before["json"]))
    assert re.search(rf"\[[^]]*can use[^]]* - {sierra}", before["txt"].decode())
    assert "1. We build roads and rails that people can use." in project(rolling, sierra)
    assert "1. We build roads and rails that people trust." in project(rolling)
    assert "1. We build roads and rails that people can use." in read_docx(before["docx"]).accepted()
    assert "1. We build roads and rails that people trust." in read_docx(before["docx"]).rejected()
    assert authors_of(before["docx"]) == {sierra}
    after = {form: me.file(f"file.{form}") for form in FORMS} | {"pdf": me.file("files/text.pdf")}
    for form, data in after.items():
        words = " ".join((words_of(data) or data.decode()).split())
        for said in ("that people can use", "investors of the region", "We share what we learn", mike, RESERVED):
            assert said in words, (form, said)
        for said in (KEPT, WHISPERED, SAID_LOW, "Trust is not a measure"):
            assert said not in words, (form, said)
    assert after == {form: al.file("files/text.pdf" if form == "pdf" else f"file.{form}") for form in after}
    visitor = live.page()
    assert "/account/sign-in/" in visitor.request.get(f"{chair.room}file.docx").url

    # Anybody can check the page with the key that the house publishes, without the house.
    (tmp_path / "page.json").write_bytes(after["json"])
    (tmp_path / "key.pem").write_bytes(visitor.request.get("/en/signing-key.pem").body())
    done = CliRunner().invoke(text_command, ["verify", str(tmp_path / "page.json"), "--key", str(tmp_path / "key.pem")])
    assert done.exit_code == 0, done.output
    assert "The words are those that were adopted" in done.output
    assert [each for seat in seats for each in seat.errors if "422" not in each] == []
