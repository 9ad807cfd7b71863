"""The pages: what each side sees and does on them, and that a third party meets nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from sofra.bilaterals.commands import drafting
from sofra.bilaterals.models import Placement, Request, Schedule
from sofra.meetings.queries.calendar import events
from tests.bilaterals.support import accepted, ask, at, meeting_of, published, solved, table, url
from tests.cooperation.support import agreed, text
from tests.support.clients import client_of

pytestmark = pytest.mark.usefixtures("house")


def get(world: Any, who: str, name: str, **kwargs: Any) -> Any:
    return client_of(world, who).get(url(name, **kwargs))


def test_a_delegation_asks_on_the_page_and_the_other_accepts() -> None:
    world = table()
    client = client_of(world, "TR")
    form = {"others": [str(world.parties["AL"].pk)], "level": "minister", "priority": "1", "slots": "1", "size": "S"}
    first = client.post(url("bilateral_ask"), form)
    assert first.status_code == 200 and "Türkiye asks for a meeting of ministers with Albania." in text(first)
    sentence = "Türkiye asks for a meeting of ministers with Albania."
    assert client.post(url("bilateral_ask"), {**form, "sentence": sentence}).status_code == 303
    with world.act("AL"):
        made = Request.objects.get()
    board = text(get(world, "AL", "bilaterals"))
    assert "Waiting for you" in board and "Türkiye" in board
    other = client_of(world, "AL")
    done = other.post(
        url("bilateral_accept", request_key=made.pk), {"seen": "", "priority": "2", "sentence": "Albania accepts."}
    )
    assert done.status_code == 303
    assert "accepted" in text(get(world, "TR", "bilateral", request_key=made.pk))


def test_a_third_party_finds_neither_line_nor_page() -> None:
    world = table()
    made = ask(world, "TR", "AL")
    board = text(get(world, "RS", "bilaterals"))
    assert "Albania" not in board.replace("Names of parties", "") or "Waiting for you" not in board
    for name in ("bilateral", "bilateral_accept", "bilateral_decline", "bilateral_withdraw", "bilateral_how"):
        assert get(world, "RS", name, request_key=made.pk).status_code == 404
    assert get(world, "observer", "bilaterals").status_code in (403, 404)


def test_the_secretariat_works_a_day_out_and_publishes_it() -> None:
    world = table()
    accepted(world, "TR", "AL")
    accepted(world, "BA", "RS")
    draft = solved(world)
    page = text(get(world, "secretariat", "bilateral_schedule", schedule=draft.pk))
    assert "Türkiye" in page and "Room 0" in page and "Proven: no schedule that keeps the rules costs less." in page
    preview = text(get(world, "secretariat", "bilateral_publish", schedule=draft.pk))
    sentence = "Schedule 1 of bilaterals is published: 2 new, 0 moved, 0 no longer held, 0 unchanged."
    assert sentence in preview
    client = client_of(world, "secretariat")
    assert (
        client.post(url("bilateral_publish", schedule=draft.pk), {"sentence": sentence, "version": "2"}).status_code
        == 303
    )
    with world.act("secretariat"):
        assert Schedule.objects.get().state == "published"
    assert "Room" in text(get(world, "AL", "bilaterals"))


def test_a_schedule_is_not_a_delegations_to_open() -> None:
    world = table()
    accepted(world, "TR", "AL")
    draft = solved(world)
    for name in ("bilateral_schedule", "bilateral_publish", "bilateral_share"):
        assert get(world, "AL", name, schedule=draft.pk).status_code in (403, 404)
    for name in ("bilaterals_setting", "bilateral_schedules", "bilateral_solve"):
        assert get(world, "AL", name).status_code in (403, 404)


def test_the_day_card_is_a_page_a_paper_and_a_calendar() -> None:
    world = agreed(table())
    accepted(world, "TR", "AL", purpose="Gas for winter")
    published(world)
    kwargs = {"party": world.parties["AL"].pk, "level": "minister"}
    page = text(get(world, "AL", "bilateral_day", **kwargs))
    assert "Türkiye" in page and "Gas for winter" in page
    assert "Gas for winter" not in text(get(world, "secretariat", "bilateral_day", **kwargs))
    assert get(world, "RS", "bilateral_day", **kwargs).status_code == 404
    assert "Türkiye" in text(get(world, "AL", "bilateral_day_print", **kwargs))
    calendar = get(world, "AL", "bilateral_day_ics", **kwargs)
    assert b"BEGIN:VEVENT" in calendar.content and "Türkiye".encode() in calendar.content
    paper = get(world, "AL", "bilateral_day_pdf", **kwargs)
    assert (paper.status_code, paper.content[:4]) == (200, b"%PDF")


def test_a_day_card_is_not_printed_without_a_profile() -> None:
    world = table()
    accepted(world, "TR", "AL")
    published(world)
    kwargs = {"party": world.parties["AL"].pk, "level": "minister"}
    for name in ("bilateral_day_print", "bilateral_day_pdf", "bilateral_day_ics"):
        assert get(world, "AL", name, **kwargs).status_code == 422


def test_a_calendar_carries_published_bilaterals_without_naming_anybody() -> None:
    world = table()
    accepted(world, "TR", "AL")
    published(world)
    for who, number in (("TR", 1), ("AL", 1), ("RS", 0), ("secretariat", 0)):
        with world.act(who):
            found = [each for each in events("en", "sessions", datetime.now(UTC)) if "Bilateral" in each.title]
        assert len(found) == number
        assert all("Alban" not in each.title + each.about for each in found)


def test_a_swap_is_asked_for_from_a_shared_draft() -> None:
    world = table()
    accepted(world, "TR", "AL")
    draft = solved(world)
    with world.act("secretariat"):
        drafting.share(schedule=draft)
    assert "In the draft" in text(get(world, "AL", "bilaterals"))
    with world.act("AL"):
        row = Placement.objects.get()
    done = client_of(world, "AL").post(url("bilateral_swap", placement=row.pk), {"note": "An hour later"})
    assert done.status_code == 303
    assert "An hour later" in text(get(world, "secretariat", "bilateral_schedule", schedule=draft.pk))


def test_hours_rooms_and_pairs_are_set_on_pages() -> None:
    world = table()
    client = client_of(world, "secretariat")
    form = {"slot_minutes": "30", "buffer_slots": "1", "walking_slots": "0", "version": "1",
            "hours1_begins": at(0).strftime("%Y-%m-%dT%H:%M"), "hours1_ends": at(9).strftime("%Y-%m-%dT%H:%M")}  # fmt: skip
    assert client.post(url("bilaterals_frame"), form).status_code == 303
    assert client.post(url("bilaterals_frame"), form).status_code == 422
    pair = {"one": str(world.parties["RS"].pk), "other": str(world.parties["XK"].pk)}
    assert client.post(url("bilaterals_apart"), pair).status_code == 303
    page = text(client.get(url("bilaterals_setting")))
    assert "Serbia" in page and "Room 0" in page
    assert meeting_of(world).slug == "3"
