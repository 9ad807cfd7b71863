"""What the pages of convening show, and to whom."""

from __future__ import annotations

import pytest

from sofra.meetings.models import Meeting, Task
from tests.meetings.convening_world import ZONE, convened, past_meetings
from tests.support.clients import client_of
from tests.support.world import World, make_world


@pytest.fixture
def world(house: None) -> World:
    world = make_world()
    past_meetings(world)
    return world


FORM = {
    "kind": "ordinary",
    "title_en": "Third meeting",
    "title_tr": "Üçüncü toplantı",
    "begins": "2031-05-20T10:00",
    "zone": ZONE,
    "level": "foreign_minister",
    "working_languages": ["en"],
}


def test_the_secretariat_sees_the_plan_before_anything_is_recorded_and_then_convenes(world: World) -> None:
    client = client_of(world, "secretariat")
    url = "/en/formats/platform/convene/"
    asked = client.get(url)
    assert asked.status_code == 200
    assert "Third meeting" in asked.content.decode()
    planned = client.post(url, FORM)
    assert planned.status_code == 200
    assert "This sentence will be recorded" in planned.content.decode()
    with world.act("secretariat"):
        assert not Meeting.objects.filter(slug="3").exists()
    sent = client.post(url, {**FORM, "confirmed": "yes"})
    assert sent.status_code == 302, sent.content.decode()
    assert sent["Location"] == "/en/meetings/platform/3/"
    with world.act("secretariat"):
        meeting = Meeting.objects.get(slug="3")
        assert Task.objects.filter(meeting=meeting).count() == 10
    page = client.get("/en/meetings/platform/3/")
    assert page.status_code == 200
    assert "Tuesday 20 May 2031, 10:00 (Istanbul)" in page.content.decode()


@pytest.mark.parametrize("who", ["RS", "observer", "facilitator"])
def test_nobody_but_the_secretariat_convenes(world: World, who: str) -> None:
    client = client_of(world, who)
    assert client.get("/en/formats/platform/convene/").status_code == 403
    assert client.post("/en/formats/platform/convene/", {**FORM, "confirmed": "yes"}).status_code == 403
    with world.act("secretariat"):
        assert not Meeting.objects.filter(slug="3").exists()


def test_a_convened_meeting_is_there_for_members_and_not_there_for_others(world: World) -> None:
    meeting = convened(world)
    for who, status in (("RS", 200), ("secretariat", 200), ("observer", 404), ("visitor", 404), ("facilitator", 404)):
        assert client_of(world, who).get(f"/en/meetings/platform/{meeting.slug}/").status_code == status, who


PAGES = [
    "/en/formats/", "/en/formats/platform/", "/en/formats/open/", "/en/formats/platform/describe/",
    "/en/formats/platform/members/add/", "/en/formats/platform/cycle/", "/en/formats/platform/cycle/add/",
    "/en/meetings/", "/en/meetings/platform/", "/en/meetings/platform/1/", "/en/meetings/platform/3/",
    "/en/meetings/platform/3/change/", "/en/meetings/platform/3/date/", "/en/meetings/platform/3/cancel/",
    "/en/meetings/platform/3/tasks/add/", "/en/parties/", "/en/parties/add/", "/tr/meetings/platform/3/", "/tr/formats/platform/",
]  # fmt: skip


@pytest.mark.parametrize("url", PAGES)
def test_every_page_opens_for_the_secretariat(world: World, url: str) -> None:
    convened(world)
    page = client_of(world, "secretariat").get(url)
    assert page.status_code == 200, page.content.decode()[:2000]


BAD = [
    ({"begins": ""}, "Say when the meeting begins."),
    ({"begins": "soon"}, "Write a day and a time, for example 2026-07-24 10:00."),
    ({"zone": "Europe/Atlantis"}, "No such time zone is known. Write it like Europe/Istanbul."),
    ({"title_en": "", "title_tr": ""}, "Give the meeting a title in at least one language."),
    ({"ends": "2031-05-19T10:00"}, "The meeting would end before it began."),
    ({"kind": "preparatory"}, "Choose the meeting it prepares; items are handed up to that one."),
    ({"begins": "2031-03-30T02:30", "zone": "Europe/Belgrade"}, "The clocks skip this time on that day."),
]


@pytest.mark.parametrize(("wrong", "sentence"), BAD)
def test_bad_input_is_answered_beside_the_field_and_kept(world: World, wrong: dict[str, str], sentence: str) -> None:
    page = client_of(world, "secretariat").post(
        "/en/formats/platform/convene/", {**FORM, "venue_en": "A typed venue", **wrong, "confirmed": "yes"}
    )
    text = page.content.decode()
    assert page.status_code == 422
    assert sentence in text
    assert "A typed venue" in text
    with world.act("secretariat"):
        assert Meeting.objects.count() == 2
