"""The desk before a meeting: what parties are called, who is invited and answers, letters, notices and the register."""

from __future__ import annotations

from datetime import UTC
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.stories.playing import (
    NAMES,
    ZONE,
    Table,
    Voice,
    fill,
    heading,
    link,
    local,
    name,
    press,
    record,
    row,
    spell_instant,
)  # fmt: skip
from tests.support.world import CODES

#: What a refusal says where no designation profile is in force.
NO_PROFILE = (
    "No designation profile is in force for this meeting, so nothing that names parties is issued, printed or exported for "
    "it. The secretariat proposes a profile on the page of the format; nothing stands in for one."
)
PRACTICE = "name plates of the second meeting"
BASIS = (
    "Names of parties follow designation profile 1. It is the host's practice as cited from "
    f"“{PRACTICE}”; the members have not approved it."
)
MINISTERS, LOWER = ("foreign_minister", "foreign ministers"), ("deputy_minister", "deputy ministers")
#: Who comes below the level of the invitation, and who sends regrets at first.
DEPUTY, REGRETS = "MK", "ME"
NOTE = "Answer to the invitation"


def write(voice: Voice, way: str, action: str, sentence: str = "", **fields: object) -> None:
    """One act of a delegation from the page it stands on, with its sentence where the page shows one."""
    page = voice.page
    link(page, way)
    if fields:
        fill(page, **fields)
    if page.locator("fieldset.entering").count():
        voice.say_how()
    if sentence:
        record(page, action, sentence)
    else:
        press(page, action)


def refused(page: Page) -> None:
    """The page says that nothing is issued without a profile, and offers nothing to send."""
    expect(page.locator("#main .message-error")).to_have_text(NO_PROFILE)
    expect(page.locator("#main button")).to_have_count(0)


def refused_without_names(table: Table) -> None:
    """Without a profile no invitation is issued, no pack is set or printed, nothing exported; the page says why."""
    desk = table.desk
    desk.goto(table.at("3", "invitations/"))
    link(desk, "Draft invitations")
    fill(desk, level=MINISTERS[0], reply_by=local(40).replace(hour=12, minute=0))
    press(desk, "Draft")
    expect(desk.locator("tbody tr")).to_have_count(7)
    link(desk, "Issue invitations")
    refused(desk)
    for place in (table.at("3", "pack/"), table.at("3", "pack/paper/")):
        answer = desk.goto(place)
        assert answer is not None and answer.status == 422, place
        refused(desk)


def agree_names(table: Table) -> None:
    """The secretariat writes a profile, which stands as cited host practice and says that no member approved it."""
    desk = table.desk
    desk.goto("/en/formats/platform/")
    link(desk, "Designation profiles", desk.locator("body"))
    press(desk, "Begin the next version")
    for code in CODES:
        party = table.live.world.parties[code].pk
        for number, language in enumerate(("en", "tr")):
            desk.locator(f'[name="name_{language}_{party}"]').fill(NAMES[code][number])
            desk.locator(f'[name="source_{language}_{party}"]').fill(PRACTICE)
    press(desk, "Save the draft")
    link(desk, "Cite host practice")
    fill(desk, citation=PRACTICE)
    record(
        desk, "Let it stand as cited practice",
        f"Designation profile 1 comes into force now, as the host's practice cited from “{PRACTICE}”. The members have not "
        "approved it.",
    )  # fmt: skip
    expect(desk.locator(".basis")).to_have_text(BASIS)
    desk.goto(table.at("3"))
    expect(desk.locator("dl.facts")).to_contain_text(BASIS)


def invite(table: Table) -> None:
    """All seven are invited at one instant; each reads its own invitation and nobody else's."""
    desk = table.desk
    desk.goto(table.at("3", "invitations/"))
    link(desk, "Issue invitations")
    everybody = ", ".join(sorted(name(code) for code in CODES))
    record(desk, "Issue", f"These parties are invited, all at the same instant: {everybody}.")
    expect(desk.locator("#main")).to_contain_text("0 of 7 answered.")
    for code in CODES:
        found = row(desk, name(code)).get_by_role("link").get_attribute("href")
        assert found is not None
        table.addresses[f"invitation {code}"] = found
    for code, other in (("AL", "RS"), ("RS", "AL")):
        voice = table.of(code)
        if voice.signed_in:
            voice.page.goto(table.at("3", "invitations/"))
            expect(voice.page.locator("#main")).to_contain_text("not answered yet")
            expect(voice.page.locator("#main")).not_to_contain_text(name(other))
            assert voice.page.request.get(table.addresses[f"invitation {other}"]).status == 404


def answers(table: Table) -> None:
    """Each answers for itself: most accept, one comes below the level, one sends regrets."""
    for code in CODES:
        voice = table.of(code)
        voice.page.goto(table.addresses[f"invitation {code}"])
        if code == REGRETS:
            sentence = f"{name(code)} sends its regrets."
            write(voice, "Answer the invitation", "Answer", sentence, answer="regrets")
        else:
            level, words = LOWER if code == DEPUTY else MINISTERS
            sentence = f"{name(code)} accepts the invitation, at the level of {words}."
            write(voice, "Answer the invitation", "Answer", sentence, answer="accepted", level=level)
        voice.marked()
    desk = table.desk
    desk.goto(table.at("3", "invitations/"))
    expect(desk.locator("#main")).to_contain_text("7 of 7 answered.")
    expect(row(desk, name(REGRETS))).to_contain_text("regrets")
    expect(row(desk, name(DEPUTY))).to_contain_text("accepted · deputy ministers")


def change_from_a_note(table: Table) -> None:
    """A note comes in and stands in the register; the changed answer is entered from it and says so."""
    desk, came = table.desk, local(hours=-2)
    desk.goto(table.at("3", "correspondence/"))
    link(desk, "Put a note into the register")
    party = str(table.live.world.parties[REGRETS].pk)
    in_utc = came.replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)  # the register's clocks, where the host has said none
    fill(desk, direction="in", party=party, at=in_utc, reference="77/4", subject=NOTE)
    press(desk, "Register")
    heading(desk, NOTE)
    table.addresses["note"] = desk.url
    desk.goto(table.addresses[f"invitation {REGRETS}"])
    link(desk, "Change the answer")
    fill(desk, answer="accepted", level=LOWER[0])
    desk.locator('[name="entering-source"]').select_option(label=f"77/4 · {name(REGRETS)} · {NOTE}")
    record(desk, "Answer", f"{name(REGRETS)} accepts the invitation, at the level of deputy ministers.")
    said = f"Entered by the secretariat from: note verbale, received {spell_instant(came)}. Reference: 77/4."
    expect(desk.locator("#main .entered").first).to_contain_text(said)
    expect(desk.locator("#main")).to_contain_text("Earlier answers")
    desk.goto(table.addresses["note"])
    expect(desk.locator("dl.facts")).to_contain_text("Acts entered from it")
    own = table.of(REGRETS)
    if own.signed_in:
        own.page.goto(table.addresses[f"invitation {REGRETS}"])
        expect(own.page.locator("#main .entered").first).to_contain_text(f"{said} Your delegation can correct it.")


def letters(table: Table) -> None:
    """A letter from the secretariat's own template, as PDF and as a Word document, and a notice that says nothing."""
    desk = table.desk
    desk.goto("/en/formats/platform/letter-templates/")
    link(desk, "Write a template")
    fill(
        desk, name="Invitation", kind="invitation", subject_en="Invitation to the {meeting}",
        text_en="The secretariat invites {party} to the {meeting}, at the level of {level}.",
    )  # fmt: skip
    press(desk, "Save")
    desk.goto(table.addresses["invitation AL"])
    link(desk, "Issue a letter")
    fill(desk, language="en", addressee="Ministry of Foreign Affairs")
    record(
        desk, "Issue",
        "The letter “Invitation to the Third meeting” is issued in English and entered in the register. To: "
        "Ministry of Foreign Affairs.",
    )  # fmt: skip
    heading(desk, "Invitation to the Third meeting")
    table.addresses["letter"] = desk.url
    words = "The secretariat invites Albania to the Third meeting, at the level of foreign ministers."
    expect(desk.locator("section[aria-labelledby=letter]")).to_contain_text(words)
    own, other = table.of("AL"), table.of("RS")
    reader = own.page
    reader.goto(table.addresses["letter"])
    papers = reader.locator("section[aria-labelledby=documents] a")
    expect(papers).to_have_count(2)
    for paper, begins in zip(papers.all(), (b"PK", b"%PDF"), strict=True):
        kept = paper.get_attribute("href")
        assert kept is not None and reader.request.get(kept).body().startswith(begins)
        if other.signed_in:
            assert other.page.request.get(kept).status == 404
    if other.signed_in:
        assert other.page.request.get(table.addresses["letter"]).status == 404


def notices(table: Table) -> None:
    """A notice to print and one for a mail program say that something waits, and nothing of what it is."""
    desk = table.desk
    desk.goto(table.addresses["invitation RS"])
    link(desk, "Give notice")
    fill(desk, by="print")
    press(desk, "Make the notice")
    heading(desk, "Something waits for you in Sofra")
    said = [desk.locator("#main").inner_text()]
    desk.goto(table.addresses["invitation RS"])
    link(desk, "Give notice")
    fill(desk, by="file", to="protocol@example.org")
    with desk.expect_download() as sent:
        desk.get_by_role("button", name="Make the notice", exact=True).click()
    letter = message_from_bytes(Path(sent.value.path()).read_bytes(), policy=default)
    assert letter["To"] == "protocol@example.org" and letter["Subject"] == "Something waits for you in Sofra"
    body = letter.get_body()
    assert body is not None
    said.append(body.get_content())
    for words in said:
        assert "Something waits for you. Sign in to read it:" in words
        assert not [one for one in ("Third meeting", "Serbia", "platform", "nvitation") if one in words]


def before_it(table: Table) -> None:
    """From the refusal for want of names to the last answer."""
    refused_without_names(table)
    agree_names(table)
    invite(table)
    answers(table)
    change_from_a_note(table)
    letters(table)
    notices(table)
