"""The whole cycle, and what a visitor reads of it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.stories.cycle import (
    DECISION,
    ITEMS,
    STATEMENT,
    SUMMARY,
    adopt_by_silence,
    all_propose,
    convene,
    end_meeting,
    hold_meeting,
    late_item,
    order,
    stand_and_settle,
)
from tests.stories.playing import Table, heading, local
from tests.stories.promises import ASKED, follow_up, promises, sheet


def public(table: Table) -> None:
    """A visitor reads what was published, and nothing else of the meeting."""
    visitor = table.live.page()
    assert visitor.goto(table.at("3", "decisions/")).status == 200
    titles = visitor.locator("li.agenda-item .agenda-title a")
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
    for address in [table.addresses[key] for key in private] + [table.at("4", "follow-up/")]:
        answer = visitor.goto(address)
        assert answer.status == 404 or "/account/sign-in/" in visitor.url, (address, answer.status)
    assert visitor.goto(table.at("3", "agenda/")).status == 200
    expect(visitor.locator("#main")).to_contain_text("The agenda is between the members")
    said = visitor.content()
    assert not [title for title, *_ in ITEMS.values() if title in said]
    assert visitor.goto(table.at("4")).status == 404
    assert visitor.goto("/en/search?q=measure").status == 200
    expect(visitor.locator("#main")).to_contain_text(DECISION)
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
