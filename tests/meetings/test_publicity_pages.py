"""Announcing, publishing and withdrawing on the pages; what a visitor, an observer and a member find there."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sofra.meetings.commands import publicity
from sofra.meetings.models import AgendaPublication, Announcement, LateEntry
from tests.meetings.agenda_world import soon
from tests.meetings.test_agenda_pages import confirm, text
from tests.meetings.test_late_entries import entered_late
from tests.meetings.test_publicity import a_meeting, with_agenda
from tests.support.clients import client_of
from tests.support.world import World, make_world

pytestmark = pytest.mark.usefixtures("house")
HERE = "/en/meetings/platform/1/"


def status(world: World, who: str, address: str = HERE) -> int:
    return int(client_of(world, who).get(address).status_code)


def read(world: World, who: str, address: str) -> str:
    answer = client_of(world, who).get(address)
    assert answer.status_code == 200, address
    return text(answer)


def test_the_sentence_is_read_before_a_meeting_is_announced_and_before_that_is_withdrawn() -> None:
    world = make_world()
    a_meeting(world)
    assert {who: status(world, who) for who in ("visitor", "observer", "facilitator", "AL")} == {
        "visitor": 404, "observer": 404, "facilitator": 404, "AL": 200,
    }  # fmt: skip
    assert status(world, "AL", HERE + "announce/") == 403
    refused = client_of(world, "secretariat").post(HERE + "announce/", {"at": "2020-01-01 10:00"})
    assert (refused.status_code, "Choose whom" in text(refused), "2020-01-01" in text(refused)) == (422, True, True)
    answer, sentence = confirm(world, "secretariat", HERE + "announce/", {"to": "public"})
    assert answer.status_code == 303
    assert sentence.startswith("“Third meeting” is announced to everyone at the instant this is recorded: date, place")
    page = read(world, "visitor", HERE)
    assert ("Istanbul" in page, "Bring the drafts" in page, "Working languages" in page) == (True, False, False)
    assert "Third meeting" in read(world, "visitor", "/en/")
    assert "Third meeting" in read(world, "visitor", "/en/meetings/")
    with world.act("secretariat"):
        row = Announcement.objects.get()
    answer, sentence = confirm(world, "secretariat", f"{HERE}announcements/{row.pk}/withdraw/")
    assert (answer.status_code, "is withdrawn" in sentence) == (303, True)
    assert status(world, "visitor") == 404
    assert "Third meeting" not in read(world, "visitor", "/en/") + read(world, "visitor", "/en/meetings/")
    assert status(world, "secretariat", f"{HERE}announcements/{row.pk}/withdraw/") == 404


def test_the_home_page_shows_members_what_they_may_read_and_visitors_what_is_announced() -> None:
    world = make_world()
    meeting = a_meeting(world)
    assert "Third meeting" in read(world, "AL", "/en/")
    assert "No meeting ahead is announced." in read(world, "visitor", "/en/")
    with world.act("secretariat"):
        publicity.announce_meeting(meeting=meeting, to="observers")
    assert "Third meeting" in read(world, "observer", "/en/")
    assert "Third meeting" not in read(world, "visitor", "/en/")


def test_outside_the_members_the_agenda_is_the_adopted_list_alone() -> None:
    world = make_world()
    meeting = a_meeting(world)
    with_agenda(world, meeting)
    with world.act("secretariat"):
        publicity.announce_meeting(meeting=meeting, to="public")
    assert "What they make public will stand here." in read(world, "visitor", HERE + "agenda/")
    answer, sentence = confirm(world, "secretariat", HERE + "agenda/publish/", {"to": "public", "number": "1"})
    assert answer.status_code == 303
    assert sentence.startswith("Version 1 of the agenda is published to everyone") and "its 2 items" in sentence
    for who in ("visitor", "observer"):
        page = read(world, who, HERE + "agenda/")
        assert ("Youth" in page, "Ulaştırma" in page) == (True, True)
        assert not any(word in page for word in ("Private", "Proposed by", "objects"))
        assert status(world, who, HERE + "agenda/versions/1/") in (302, 303, 403, 404)
    with world.act("secretariat"):
        row = AgendaPublication.objects.get()
    answer, _sentence = confirm(world, "secretariat", f"{HERE}agenda/published/{row.pk}/withdraw/")
    assert answer.status_code == 303
    assert "Youth" not in read(world, "visitor", HERE + "agenda/")


def test_an_instant_to_come_is_shown_to_the_secretariat_and_to_nobody_else() -> None:
    world = make_world()
    meeting = a_meeting(world)
    with world.act("secretariat"):
        publicity.announce_meeting(meeting=meeting, to="public", at=soon(3600))
    assert "Announced to" in read(world, "secretariat", HERE)
    assert "Announced to" not in read(world, "AL", HERE)
    assert status(world, "visitor") == 404


def test_an_objection_entered_late_says_so_in_its_sentence_and_the_chair_answers_it_on_a_page() -> None:
    world = make_world()
    meeting = a_meeting(world)
    _procedure, late = entered_late(world, meeting)
    for who in ("AL", "secretariat"):
        assert "Objection received in time, entered late." in read(world, who, HERE + "agenda/")
    assert status(world, "AL", f"{HERE}late/{late.pk}/") == 403
    refused = client_of(world, "secretariat").post(f"{HERE}late/{late.pk}/", {"answer": "reopened"})
    assert (refused.status_code, "all members read it" in text(refused)) == (422, True)
    given = {"answer": "reopened", "reason_en": "It came in time."}
    answer, sentence = confirm(world, "secretariat", f"{HERE}late/{late.pk}/", given)
    assert (answer.status_code, sentence.startswith("The chair reopens the adoption of the agenda")) == (303, True)
    assert "It came in time." in read(world, "RS", HERE + "agenda/")
    with world.act("secretariat"):
        assert LateEntry.objects.get().answer == "reopened"


def test_the_lists_ask_the_database_as_often_for_three_meetings_as_for_one() -> None:
    world = make_world()
    counts: list[Any] = []
    for many in (1, 2):
        for _n in range(many):
            meeting = a_meeting(world)
            with world.act("secretariat"):
                publicity.announce_meeting(meeting=meeting, to="public")
        found = []
        for address in ("/en/", "/en/meetings/", "/en/meetings/platform/"):
            client = client_of(world, "visitor")
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            found.append(len(asked))
        counts.append(found)
    assert counts[0] == counts[1]
