"""The delegations: each party registers its own, releases its names when it likes, and a deputy acts for a principal."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.stories.inviting import DEPUTY, LOWER, MINISTERS, REGRETS, write
from tests.stories.playing import Table, fill, link, local, name, press, record, row, spell_instant
from tests.support.world import CODES

#: The people of each delegation, its head first; persons of the story alone.
PEOPLE = {
    "TR": ("Aylin Gezgin",), "AL": ("Arta Lisi", "Besnik Prroi"), "BA": ("Amra Hadžin",), "XK": ("Blerta Gashin",),
    "ME": ("Jelena Vukin",), "MK": ("Ana Stojin",), "RS": ("Milica Jovin", "Nikola Savin"),
}  # fmt: skip
#: Those whom the story follows more closely.
CLOSELY = ("AL", "RS")
NEEDS = ("+355 4 222 0000", "A ramp at the entrance.", "No nuts.")


def team(table: Table, code: str) -> str:
    """The address of a delegation's page."""
    return table.at("3", f"delegations/{table.live.world.parties[code].pk}/")


def level_of(code: str) -> tuple[str, str]:
    """The level at which a party accepted."""
    return LOWER if code in (DEPUTY, REGRETS) else MINISTERS


def register(table: Table, code: str) -> None:
    """A party registers its delegation at the level it accepted, names its people, and announces it."""
    voice = table.of(code)
    voice.page.goto(team(table, code))
    write(voice, "Register the delegation", "Save", languages=["en", "tr"])
    voice.marked()
    for number, person in enumerate(PEOPLE[code]):
        office, place = ("Minister", "head") if not number else ("Adviser", "member")
        write(voice, "Name a person", "Name", name=person, function_en=office, place=place)
        voice.marked()
    sentence = f"{name(code)} announces its delegation, at the level of {level_of(code)[1]}."
    write(voice, "Announce the delegation", "Announce", sentence)


def needs(table: Table, code: str) -> None:
    """How to reach the head and what they need, and when the delegation arrives; the liaison officer at its side."""
    voice, head = table.of(code), PEOPLE[code][0]
    page, at = voice.page, local(99)
    phone, access, diet = NEEDS
    page.goto(team(table, code))
    write(voice, "Contact and needs", "Save", phone=phone, access=access, diet=diet)
    person = page.locator("section[aria-labelledby=people] li", has_text=head)
    for said in NEEDS:
        expect(person).to_contain_text(said)
    voice.marked()
    write(voice, "Add a journey", "Save", direction="arrival", at=at, where="Istanbul Airport", by="TK 1")
    expect(page.locator("#main")).to_contain_text(spell_instant(at))
    voice.marked()
    desk = table.desk
    desk.goto(team(table, code))
    link(desk, "Name a liaison officer", desk.locator("body"))
    fill(desk, name="Selin Yol", phone="+90 212 000 0000", languages=["en"])
    press(desk, "Save")
    page.goto(team(table, code))
    expect(page.locator("body")).to_contain_text("Selin Yol")


def release(table: Table, code: str) -> None:
    """A party releases its names to all members; until then nobody else reads them, and its needs nobody ever."""
    voice, people = table.of(code), PEOPLE[code]
    other = table.of("TR").page if voice.signed_in and code in CLOSELY else None
    if other is not None:
        other.goto(team(table, code))
        expect(other.locator("#main")).to_contain_text(level_of(code)[1])
        said = other.content()
        assert not [one for one in (*people, *NEEDS) if one in said]
    voice.page.goto(team(table, code))
    sentence = f"{name(code)} releases these names to all members: {', '.join(people)}."
    write(voice, "Release names", "Release", sentence, to="format")
    if other is not None:
        other.reload()
        for one in people:
            expect(other.locator("#main")).to_contain_text(one)
        said = other.content()
        assert not [one for one in (*NEEDS, "Selin Yol", "Istanbul Airport") if one in said]


def deputise(table: Table, code: str) -> None:
    """The deputy acts for the head, and it is recorded."""
    voice, head, member = table.of(code), *PEOPLE[code]
    page = voice.page
    page.goto(team(table, code))
    link(page, "Record who acts for whom")
    page.locator('[name="principal"]').select_option(label=head)
    page.locator('[name="deputy"]').select_option(label=member)
    if not voice.signed_in:
        voice.say_how()
    record(page, "Record this", f"{member} acts for {head}.")
    expect(page.locator("#main")).to_contain_text(f"{member} acts for {head}")
    voice.marked()


def all_arrive(table: Table) -> None:
    """All seven register and announce; two say what they need; names are released one delegation after another."""
    for code in CODES:
        register(table, code)
    for code in CLOSELY:
        needs(table, code)
    for code in CODES:
        release(table, code)
    deputise(table, "AL")
    reader = table.of("TR").page
    reader.goto(table.at("3", "delegations/"))
    for code in CODES:
        expect(row(reader, PEOPLE[code][0])).to_contain_text(name(code))
        expect(row(reader, PEOPLE[code][0])).to_contain_text(level_of(code)[1])
