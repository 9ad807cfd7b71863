"""The whole cycle with no delegation signed in: every act entered from a note verbale, an e-mail or a call, and marked so.

Afterwards a delegation signs in once and makes its own what was entered for it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from sofra.cooperation import commands as cooperation
from sofra.meetings.commands import agenda
from tests.cooperation.support import entry_for
from tests.meetings.convening_world import convened
from tests.stories import cycle, whole
from tests.stories.playing import (
    CITY,
    PDF,
    ZONE,
    Entered,
    Table,
    day,
    fill,
    heading,
    lay_table,
    link,
    press,
    record,
    seated,
    spell,
)

pytestmark = pytest.mark.browser


def test_a_whole_cycle_works_with_no_delegation_signed_in(live: Any) -> None:
    whole.play(seated(live, signed_in=False))


def test_a_delegation_signs_in_once_and_makes_its_own_what_was_entered_for_it(live: Any) -> None:
    world = live.world
    lay_table(world)
    meeting = convened(world, datetime.now(UTC) + timedelta(days=100))
    with world.act("secretariat"):
        party = world.parties["RS"]
        other = agenda.propose(
            meeting=meeting,
            title={"en": "Ports"},
            note={},
            party_id=world.parties["ME"].pk,
            entry=entry_for(world, "ME"),
        )
        agenda.submit_item(item=other)
        agenda.cosponsor(item=other, party_id=party.pk, entry=entry_for(world, "RS"))
        promise = cooperation.propose(
            format=world.format, owner=party, title={"en": "Send the measurements"}, indicator={"en": "All have it."},
            due=day(30), zone=ZONE, origin_kind="chair_summary", meeting=meeting,
        )  # fmt: skip
        cooperation.answer_date(promise.dates.get(), accepted=True, entry=entry_for(world, "RS"))
        cooperation.report(
            promise, on=day(0), claim="in_progress", text={"en": "A quarter is measured."}, sources=[],
            entry=entry_for(world, "RS"),
        )  # fmt: skip
    desk = live.page_as("secretariat")
    entered = Table(live, desk, {"RS": Entered("RS", desk)})
    item = cycle.propose(entered, "RS", "Digital signatures", "As the note says.", document=True)
    mark = entered.of("RS").mark  # type: ignore[attr-defined]

    own = live.page_as("RS")
    own.goto(item)
    said = own.locator("#main .entered")
    expect(said).to_have_text(f"{mark} Open the document Your delegation can correct it.")
    document = said.get_by_role("link", name="Open the document", exact=True).get_attribute("href")
    assert own.request.get(document).body() == PDF
    assert live.page_as("AL").request.get(document).status == 404
    link(own, "Change")
    fill(own, note_en="As we meant it.")
    press(own, "Keep the change")
    heading(own, "Digital signatures")
    expect(own.locator("#main .entered")).to_have_count(0)
    desk.goto(item)
    expect(desk.locator("#main")).to_contain_text("As we meant it.")
    expect(desk.locator("#main .entered")).to_have_count(0)
    expect(desk.get_by_role("link", name="Change", exact=True)).to_have_count(0)

    own.goto(entered.at("3", f"agenda/items/{other.pk}/"))
    expect(own.locator("#main .entered")).to_have_count(2)  # Montenegro's item, Serbia's act on it
    link(own, "Strike: entered in error")
    record(own, "Strike it", "Serbia strikes this act: it was recorded in error.")
    own.goto(entered.at("3", f"agenda/items/{other.pk}/"))
    expect(own.locator("#main")).to_contain_text("struck: entered in error")
    expect(own.locator(".agenda-positions")).not_to_contain_text("Co-sponsored by")
    expect(own.locator("#main .entered")).to_have_count(1)

    own.goto(f"/en/commitments/platform/{promise.pk}/")
    expect(own.locator("#main .entered")).to_have_count(2)
    link(own, "Confirm this acceptance")
    record(
        own, "Accept the date",
        f"Serbia accepts, for “Send the measurements”: {spell(day(30))}, end of the day ({CITY}).",
    )  # fmt: skip
    expect(own.locator("#main .entered")).to_have_count(1)
    link(own, "Correct this report")
    fill(own, text_en="A third is measured.")
    press(own, "Save the report")
    expect(own.locator("article.claim .said")).to_have_text("A third is measured.")
    expect(own.locator("#main .entered")).to_have_count(0)
    desk.goto(own.url)
    expect(desk.locator("article.claim .said")).to_have_text("A third is measured.")
    expect(desk.locator("#main .entered")).to_have_count(0)
