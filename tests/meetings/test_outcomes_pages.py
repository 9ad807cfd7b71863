"""The pages of outcomes: what they show, to whom, and what they do with bad input."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sofra.kernel import wordings
from sofra.meetings.commands import convening, outcomes, themes
from sofra.meetings.commands.convening import Details
from sofra.meetings.commands.outcomes import Text
from sofra.meetings.demonstration_agenda import add_agenda
from sofra.meetings.models import Meeting, Outcome
from sofra.meetings.queries.agenda import agenda_of
from sofra.meetings.queries.waiting import waiting_for
from tests.meetings import agenda_world
from tests.meetings.agenda_world import make_meeting, soon, submitted
from tests.meetings.test_agenda_pages import confirm, read, text, url
from tests.support.clients import client_of
from tests.support.world import World, make_world

pytestmark = pytest.mark.usefixtures("house")
TEXTS = {"title_en": "Decision on roads", "body_en": "The members decide.", "status_en": "final", "status_tr": "final"}


def drafted(world: World, kind: str = "decision", **more: Any) -> Outcome:
    answer = client_of(world, "secretariat").post(url("outcome_draft"), {"kind": kind, **TEXTS, **more})
    assert answer.status_code == 303, text(answer)
    with world.act("secretariat"):
        return Outcome.objects.order_by("-made_at")[0]


def test_a_decision_goes_from_draft_to_the_public_through_the_pages() -> None:
    world = make_world()
    make_meeting(world)
    one = drafted(world, translator_en="Test translator")
    page = url("outcome", outcome=one.pk)
    for who in ("visitor", "RS", "observer", "facilitator"):
        assert client_of(world, who).get(page).status_code == 404
        assert "Decision on roads" not in read(world, who, url("outcomes"))
    answer, sentence = confirm(world, "secretariat", url("outcome_release", outcome=one.pk), {"at": ""})
    assert (answer.status_code, "is released to all members" in sentence) == (303, True)
    assert "translated by Test translator" in read(world, "RS", page)
    answer, _sentence = confirm(
        world, "RS", url("outcome_object", outcome=one.pk), {"reason_en": "No", "reason_audience": "format"}
    )
    assert answer.status_code == 303
    adopt = url("outcome_adopt", outcome=one.pk)
    answer, _sentence = confirm(world, "secretariat", adopt, {"method": "consensus"})
    assert (answer.status_code, "An objection stands" in text(answer)) == (422, True)
    assert confirm(world, "RS", url("outcome_lift", outcome=one.pk))[0].status_code == 303
    assert confirm(world, "secretariat", adopt, {"method": "consensus"})[0].status_code == 303
    assert client_of(world, "visitor").get(page).status_code == 404
    answer, _sentence = confirm(world, "secretariat", url("outcome_act", outcome=one.pk, act="publish"))
    assert answer.status_code == 303
    for who in ("visitor", "observer", "AL"):
        assert "The members decide." in read(world, who, page)
        assert "Decision on roads" in read(world, who, url("outcomes"))


def test_bad_input_keeps_what_was_typed_and_writes_nothing() -> None:
    world = make_world()
    make_meeting(world)
    client = client_of(world, "secretariat")
    answer = client.post(url("outcome_draft"), {**TEXTS, "kind": "decision", "title_en": ""})
    assert (answer.status_code, "The members decide." in text(answer)) == (422, True)
    assert client.post(url("outcome_draft"), TEXTS).status_code == 422
    with world.act("secretariat"):
        assert Outcome.objects.count() == 0
    assert client_of(world, "RS").post(url("outcome_draft"), {**TEXTS, "kind": "decision"}).status_code == 403


def test_a_second_writer_sees_both_versions() -> None:
    world = make_world()
    make_meeting(world)
    one = drafted(world)
    client, address = client_of(world, "secretariat"), url("outcome_edit", outcome=one.pk)
    assert client.post(address, {**TEXTS, "title_en": "Theirs", "version": one.version}).status_code == 303
    answer = client.post(address, {**TEXTS, "title_en": "Mine", "version": one.version})
    assert (answer.status_code, "Theirs" in text(answer), "Mine" in text(answer)) == (422, True, True)


def test_the_secretariat_reads_the_sentence_and_closes_the_meeting() -> None:
    world = make_world()
    make_meeting(world)
    make_meeting(world, "4")
    drafted(world)
    answer, sentence = confirm(world, "secretariat", url("meeting_close"))
    assert (answer.status_code, sentence) == (303, "The meeting ends with: decision (1).")
    there = url("meeting_close").replace("/3/", "/4/")
    refused = client_of(world, "secretariat").post(there, {})
    assert (refused.status_code, "or say that it is none of these" in text(refused)) == (422, True)
    answer, sentence = confirm(world, "secretariat", there, {"none": "on"})
    assert (answer.status_code, sentence) == (303, "The meeting ends without an outcome document.")
    assert "without an outcome document" in read(world, "RS", url("outcomes").replace("/3/", "/4/"))
    with world.act("RS"):
        assert list(Meeting.objects.values_list("status", flat=True)) == ["closed", "closed"]


def test_the_list_asks_the_database_as_often_for_three_outcomes_as_for_one() -> None:
    world = make_world()
    meeting = make_meeting(world)
    counts = []
    for many in (1, 2):
        with world.act("secretariat"):
            for _n in range(many):
                row = outcomes.draft_outcome(meeting=meeting, kind="decision", texts={"en": Text("One")})
                outcomes.release_outcome(outcome=row)
                outcomes.open_outcome_silence(outcome=row, deadline=soon())
        client = client_of(world, "ME")
        client.get(url("outcomes"))
        with CaptureQueriesContext(connection) as asked:
            client.get(url("outcomes"))
        counts.append(len(asked))
    assert counts == [18, 18]


def test_the_desk_says_what_waits_for_a_delegation() -> None:
    world = make_world()
    meeting = make_meeting(world)
    item = submitted(world, meeting, "AL", "Roads")
    with world.act("RS"):
        agenda_world.agenda.suggest_wording(item=item, field="title", language="en", text="Rails")
    with world.act("AL") as actor:
        assert [str(each.kind) for each in waiting_for(actor, "en")] == ["A suggested wording to answer"]
    with world.act("secretariat"):
        row = outcomes.draft_outcome(meeting=meeting, kind="decision", texts={"en": Text("Text")})
        outcomes.release_outcome(outcome=row)
        outcomes.open_outcome_silence(outcome=row, deadline=soon())
    with world.act("RS") as actor:
        assert [(str(each.title), str(each.kind)) for each in waiting_for(actor, "en")] == [("Text", "Silence ends")]
    with world.act("secretariat"):
        from sofra.meetings.commands import chairing

        chairing.adopt_by_consensus(meeting=meeting)
    submitted(world, meeting, "AL", "Late one")
    for who, kinds in (("RS", ["Silence ends", "Late item: your consent is asked"]), ("secretariat", ["Silence ends"])):
        with world.act(who) as actor:
            assert [str(each.kind) for each in waiting_for(actor, "en")] == kinds


def test_the_rehearsal_gets_exercise_items_once() -> None:
    world = make_world()
    meeting = make_meeting(world, exercise=True)
    rows = [
        {"id": slug, "order": 1, "title": {"en": slug.capitalize(), "tr": "Tema"}}
        for slug in ("connectivity", "energy-security", "youth", "digitalisation")
    ]
    with world.act("secretariat"):
        themes.load_themes(rows)
    assert (add_agenda(meeting), add_agenda(meeting)) == (4, 0)
    with world.act("RS"):
        found = agenda_of(meeting, "en")
        assert [str(item.worded["title"])[:9] for item in found.items] == ["Exercise:"] * 4
        assert [len(item.cosponsors) for item in found.items] == [2, 1, 3, 0]
        wordings.attach([meeting], "en")
    assert add_agenda(make_meeting(world, "4")) == 0


def test_publishing_lets_everyone_know_of_the_meeting_but_never_of_the_note_to_its_members() -> None:
    world = make_world()
    details = Details(titles={"en": "Third meeting"}, cities={"en": "Istanbul"}, notes={"en": "Bring your maps"})
    with world.act("secretariat"):
        meeting = convening.convene(
            world.format, convening.When(datetime(2027, 1, 23, 7, tzinfo=UTC), "Europe/Istanbul"), details
        )
    page = f"/en/meetings/platform/{meeting.slug}/"
    assert client_of(world, "visitor").get(page).status_code == 404
    with world.act("secretariat"):
        row = outcomes.draft_outcome(meeting=meeting, kind="press_statement", texts={"en": Text("They met")})
        outcomes.release_outcome(outcome=row)
        outcomes.publish_outcome(outcome=row)
    assert "Istanbul" in read(world, "visitor", page)
    with world.act("secretariat"):
        meeting.refresh_from_db()
        changed = Details(titles={"en": "Third meeting"}, notes={"en": "Bring your old maps"})
        convening.change_meeting(meeting, changed, seen_version=meeting.version)
    for who in ("visitor", "observer"):
        assert "maps" not in read(world, who, page)
        assert "Third meeting" not in read(world, who, "/en/search?q=maps")
    assert "Bring your old maps" in read(world, "RS", page)
