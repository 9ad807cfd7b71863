"""How a story is played: what a person does with a page, and by which way a delegation's word reaches the house."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from sofra.kernel.models import Audience
from sofra.lexicon import naming
from sofra.lexicon.models import PartyWording
from sofra.meetings.commands.themes import load_themes
from sofra.meetings.models import Meeting
from sofra.parties.commands.formats import change_format
from tests.support.world import CODES, World

#: A busy machine answers late; nothing here waits longer than it must.
expect.set_options(timeout=20_000)

ZONE, CITY = "Europe/Istanbul", "Istanbul"
NAMES = {
    "TR": ("Türkiye", "Türkiye"),
    "AL": ("Albania", "Arnavutluk"),
    "BA": ("Bosnia and Herzegovina", "Bosna-Hersek"),
    "XK": ("Kosovo", "Kosova"),
    "ME": ("Montenegro", "Karadağ"),
    "MK": ("North Macedonia", "Kuzey Makedonya"),
    "RS": ("Serbia", "Sırbistan"),
}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def name(code: str) -> str:
    """What the pages call a party in English."""
    return NAMES[code][0]


def local(days: float = 0, *, hours: float = 0) -> datetime:
    """A clock time of the meetings' zone, counted from now, without seconds."""
    return (datetime.now(ZoneInfo(ZONE)) + timedelta(days=days, hours=hours)).replace(
        second=0, microsecond=0, tzinfo=None
    )


def day(days: int) -> date:
    """A day by the clocks of the meetings' zone, counted from today."""
    return local(days).date()


def spell(when: date) -> str:
    """A day as pages write it: "23 January 2026"."""
    return f"{when.day} {when:%B %Y}"


def spell_instant(when: datetime) -> str:
    """A clock time as pages write it: "Friday 23 January 2026, 14:00 (Istanbul)"."""
    return f"{when:%A} {spell(when)}, {when:%H:%M} (Istanbul)"


def spell_exactly(when: datetime) -> str:
    """A clock time of the meetings' zone to the second, as sentences write it, with the same in UTC."""
    in_utc = when.replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
    return f"{spell(when)}, {when:%H:%M:%S} ({CITY}; {in_utc:%H:%M:%S} UTC)"


def lay_table(world: World) -> None:
    """Names, themes, and the two meetings that were."""
    with world.act("secretariat"):
        for order, (code, (english, turkish)) in enumerate(NAMES.items()):
            for language, form in (("en", english), ("tr", turkish)):
                PartyWording.objects.create(
                    record_id=f"{code}-{language}", party=world.parties[code], language=language, form=form, use="record",
                    order=order, audience=Audience.PUBLIC,
                )  # fmt: skip
        naming.forget()
        load_themes([
            {"id": "energy-security", "order": 1, "title": {"en": "Energy security", "tr": "Enerji güvenliği"}},
            {"id": "connectivity", "order": 2, "title": {"en": "Connectivity", "tr": "Bağlantısallık"}},
        ])  # fmt: skip
        change_format(
            world.format, seen_version=world.format.version, names={"en": "Regional platform", "tr": "Bölgesel platform"},
            purposes={}, host=None, cadence_months=6,
        )  # fmt: skip
        for slug, days in (("1", -400), ("2", -200)):
            Meeting.objects.create(
                format=world.format, slug=slug, ordinal=int(slug), day=day(days), zone=ZONE, audience=Audience.PUBLIC,
                status=Meeting.Status.CLOSED, working_languages=["en", "tr"],
            )  # fmt: skip


# -- A page in somebody's hands ------------------------------------------------------------


def link(page: Page, words: str, within: Locator | None = None) -> None:
    """Follow a link of the page's own part, by its exact words."""
    place = within or page.locator("#main")
    with page.expect_navigation():
        place.get_by_role("link", name=words, exact=True).first.click()


def press(page: Page, words: str, within: Locator | None = None) -> None:
    """Press a button that sends something, by its exact words."""
    place = within or page.locator("#main")
    with page.expect_navigation():
        place.get_by_role("button", name=words, exact=True).first.click()


def fill(page: Page, **fields: Any) -> None:
    """Fill fields by their names: a text, the value to choose, several of them, True for a box to tick, False to clear it."""
    for key, value in fields.items():
        control = page.locator(f'#main form [name="{key}"]')
        kind = control.first.evaluate("e => e.type")
        if kind in ("radio", "checkbox"):
            if isinstance(value, bool):
                control.set_checked(value)
            else:
                for each in value if isinstance(value, list) else [value]:
                    page.locator(f'#main form [name="{key}"][value="{each}"]').check()
        elif kind == "select-one":
            control.select_option(str(value))
        else:
            control.fill(value.strftime("%Y-%m-%dT%H:%M") if isinstance(value, datetime) else str(value))


def record(page: Page, action: str, sentence: str) -> None:
    """Ask for the sentence where the page does not show it at once, read it, and only then send it."""
    show(page)
    expect(page.locator(".sentence")).to_have_text(sentence)
    press(page, action)
    expect(page.locator(".sentence")).to_have_count(0)


def show(page: Page) -> None:
    """Ask for the sentence, where the page does not show it at once."""
    if page.locator(".sentence").count() == 0:
        press(page, "Show the sentence")


def heading(page: Page, words: str) -> None:
    """Stand on the page that is called so."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def line(page: Page, title: str) -> Locator:
    """The item of that title on an agenda or among decisions."""
    return page.locator("li.agenda-item").filter(has=page.get_by_role("link", name=title, exact=True))


def row(page: Page, words: str) -> Locator:
    """The row of a table whose head cell or link reads so."""
    return page.locator("tbody tr").filter(has_text=re.compile(re.escape(words)))


# -- Seven delegations, and how their words come ------------------------------------------------------------


@dataclass
class Voice:
    """A delegation that signed in: its page is its own."""

    code: str
    page: Page

    @property
    def name(self) -> str:
        return name(self.code)

    signed_in = True

    def say_how(self, *, document: bool = False) -> None:
        """Nothing to say: it acts itself."""

    def again(self) -> None:
        """Nothing to choose once more."""

    def marked(self, *, document: bool = False) -> None:
        """What a delegation wrote itself carries no mark of the secretariat's."""
        expect(self.page.locator("#main .entered")).to_have_count(0)


#: How each delegation's words come in where none signs in.
CHANNELS = {
    "TR": ("note", "note verbale"), "AL": ("email", "e-mail"), "BA": ("call", "call"), "XK": ("email", "e-mail"),
    "ME": ("note", "note verbale"), "MK": ("call", "call"), "RS": ("note", "note verbale"),
}  # fmt: skip


@dataclass
class Entered(Voice):
    """A delegation without an account: the secretariat's page, and the note, e-mail or call its word came by."""

    received: datetime = field(default_factory=lambda: local(hours=-1))
    count: int = 0

    signed_in = False

    @property
    def reference(self) -> str:
        """The reference of what was entered last."""
        return f"{self.code} {self.count}"

    @property
    def mark(self) -> str:
        """How the page marks what was entered last."""
        there = spell_instant(self.received)
        return (
            f"Entered by the secretariat from: {CHANNELS[self.code][1]}, received {there}. Reference: {self.reference}."
        )

    def say_how(self, *, document: bool = False) -> None:
        self.count += 1
        page, part = self.page, self.page.locator("fieldset.entering")
        expect(part).to_be_visible()
        part.locator('[name="entering-for_party"]').select_option(label=self.name)
        part.locator('[name="entering-channel"]').select_option(CHANNELS[self.code][0])
        zone = "UTC" if "UTC" in part.inner_text() else ZONE
        there = self.received.replace(tzinfo=ZoneInfo(ZONE)).astimezone(ZoneInfo(zone))
        part.locator('[name="entering-received_at"]').fill(there.strftime("%Y-%m-%dT%H:%M"))
        part.locator('[name="entering-reference"]').fill(self.reference)
        if document:
            self.attach(page)

    def attach(self, page: Page) -> None:
        """Choose the document of the note."""
        held = {"name": f"{self.code}.pdf", "mimeType": "application/pdf", "buffer": PDF}
        page.locator('[name="entering-document"]').set_input_files(held)  # type: ignore[arg-type]

    def again(self) -> None:
        """A page cannot keep a file: it says so, and it is chosen once more."""
        said = self.page.locator(".message-warning")
        expect(said).to_have_text("Choose the document once more below; a page cannot keep it for you.")
        self.attach(self.page)

    def marked(self, *, document: bool = False) -> None:
        mark = self.page.locator("#main .entered").filter(has_text=self.mark).first
        expect(mark).to_be_visible()
        if document:
            address = mark.get_by_role("link", name="Open the document", exact=True).get_attribute("href")
            assert address is not None
            assert self.page.request.get(address).body() == PDF


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
        show(page)
        voice.again()
    record(page, action, sentence)
    voice.marked(document=document)


@dataclass
class Table:
    """Everybody at the table."""

    live: Any
    desk: Page
    voices: dict[str, Voice]
    addresses: dict[str, str] = field(default_factory=dict)

    def of(self, code: str) -> Voice:
        return self.voices[code]

    def at(self, meeting: str, place: str = "") -> str:
        """The address of a page of a meeting."""
        return f"/en/meetings/platform/{meeting}/{place}"


def seated(live: Any, *, signed_in: bool) -> Table:
    """The table with all seven signed in, or with the secretariat alone."""
    lay_table(live.world)
    desk = live.page_as("secretariat")
    if signed_in:
        return Table(live, desk, {code: Voice(code, live.page_as(code)) for code in CODES})
    return Table(live, desk, {code: Entered(code, desk) for code in CODES})
