"""Silence, files, the screen and the rehearsal's texts on pages."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from sofra.kernel.commands import database_now
from sofra.kernel.models import Audience
from sofra.meetings.models import Meeting
from sofra.texts.commands import adopting, positions, silence
from sofra.texts.demonstration import add_texts
from sofra.texts.engine.brackets import parse
from sofra.texts.engine.docx import rolling_docx
from sofra.texts.engine.exchange import from_json
from sofra.texts.exporting import exported, written
from sofra.texts.models import Proposal, SilenceEvent, Stance, Statement, Text
from sofra.texts.queries.silence import procedures_of, statements_on
from sofra.texts.queries.text import paragraphs_now, text_of
from tests.meetings.agenda_world import make_meeting, soon
from tests.meetings.letters_world import meeting_under_profile
from tests.meetings.test_agenda_pages import confirm, read
from tests.support.clients import client_of
from tests.support.papers import words_of
from tests.support.world import World
from tests.texts.texts_world import make_text, paragraph_of, proposed, stands, url

pytestmark = pytest.mark.usefixtures("house")
PUT = {"en": "May it be adopted?"}


@pytest.fixture
def meeting(world: World) -> Meeting:
    return make_meeting(world)


@pytest.fixture
def statement(world: World, meeting: Meeting) -> Text:
    return make_text(world, meeting)


def test_a_delegation_breaks_the_silence_on_its_page_and_all_read_it(world: World, statement: Text) -> None:
    with world.act("secretariat"):
        row = silence.open_silence(text=statement, deadline=soon(3600), question=PUT)
    page = url("text_silences", text=statement.pk)
    assert "May it be adopted?" in read(world, "ME", page)
    address = url("text_silence_break", text=statement.pk, silence_id=row.pk)
    done, sentence = confirm(world, "RS", address, {"words_en": "Not the rails"})
    assert done.status_code == 303
    assert "objects in writing" in sentence
    assert "Not the rails" in read(world, "ME", page)
    answer = url("text_silence_answer", text=statement.pk, silence_id=row.pk)
    assert client_of(world, "AL").get(answer).status_code == 403
    done, _sentence = confirm(world, "secretariat", answer, {"how": "reopened", "reason_en": "We talk on"})
    assert done.status_code == 303
    with world.act("AL"):
        assert [each.kind for each in SilenceEvent.objects.order_by("at")] == ["broken", "reopened"]


def test_the_chair_opens_a_silence_after_reading_its_sentence(world: World, statement: Text) -> None:
    with world.act("secretariat"):
        until = database_now().replace(year=2031, microsecond=0).strftime("%Y-%m-%dT%H:%M")
    done, sentence = confirm(
        world,
        "secretariat",
        url("text_silence_open", text=statement.pk),
        {"deadline": until, "question_en": "May it be adopted?", "names_breaker": "on"},
    )
    assert done.status_code == 303
    assert "unless a member objects before it" in sentence


def test_the_screen_shows_nothing_private_and_says_when_nothing_changed(world: World, statement: Text) -> None:
    row = paragraph_of(world, statement, 1)
    proposed(world, "AL", row, "We build secret tunnels.", audience=Audience.DELEGATION)
    proposed(world, "AL", row, "We build safe roads and rails.")
    client, live = client_of(world, "AL"), url("text_screen_live", text=statement.pk)
    first = client.get(live)
    assert "safe" in first.json()["html"]
    assert "secret" not in first.json()["html"] + read(world, "AL", url("text_screen", text=statement.pk))
    again = client.get(live, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    proposed(world, "RS", row, "We build fast roads and rails.")
    assert client.get(live, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_the_matrix_shows_what_its_reader_may_know(world: World, statement: Text) -> None:
    row = paragraph_of(world, statement, 1)
    proposed(world, "AL", row, "We build safe roads and rails.")
    with world.act("RS"):
        choice = paragraphs_now(statement, [row.pk])[0].points("en")[0].choices[0].key
        positions.take_position(
            paragraph=row, language="en", choice=choice, stance=Stance.OBJECTS, audience=Audience.SECRETARIAT
        )
    page = url("text_matrix", text=statement.pk)
    seen = {
        who: '<span class="visually-hidden">objects</span>' in read(world, who, page)
        for who in ("RS", "secretariat", "ME")
    }
    assert seen == {"RS": True, "secretariat": True, "ME": False}


def test_without_a_profile_no_file_is_made(world: World, statement: Text) -> None:
    answer = client_of(world, "AL").get(url("text_file", text=statement.pk, form="docx"))
    assert answer.status_code == 422
    assert "profile" in answer.content.decode()


def test_files_hold_what_all_read_and_nothing_else(world: World) -> None:
    meeting = meeting_under_profile(world)
    statement = make_text(world, meeting)
    row = paragraph_of(world, statement, 1)
    proposed(world, "AL", row, "We build safe roads and rails.")
    proposed(world, "AL", row, "We build secret tunnels.", audience=Audience.SECRETARIAT)
    with world.act("RS"):
        adopting.attach(text=statement, kind=Statement.Kind.RESERVATION, words={"en": "On rails"})
    with world.act("AL"):
        again = text_of(meeting, statement.pk, "en")
        assert again is not None
        found = exported(meeting, again, "en")
        files = {form: written(found, form) for form in ("txt", "json", "docx", "xml")}
        assert files == {form: written(exported(meeting, again, "en"), form) for form in files}
    told = files["txt"].decode()
    assert "1. We build [safe - " in told
    assert told.rstrip().endswith("On rails")
    assert parse(told) == from_json(json.loads(files["json"]))
    for data in (*files.values(), words_of(files["docx"]).encode()):
        assert b"secret" not in data
        assert world.parties["AL"].pk.hex.encode() not in data
    place = {"format": "platform", "meeting": meeting.slug, "text": statement.pk, "form": "txt"}
    with override("en"):
        answer = client_of(world, "AL").get(reverse("text_file", kwargs=place))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")


def test_the_history_is_read_by_members_with_its_reasons(world: World, statement: Text) -> None:
    proposed(world, "AL", paragraph_of(world, statement, 1), "We build safe roads and rails.")
    page = url("text_history", text=statement.pk)
    assert "We build safe roads and rails." in read(world, "ME", page)
    assert client_of(world, "observer").get(page).status_code == 404


def test_a_delegations_word_file_becomes_its_proposals(world: World, statement: Text) -> None:
    data = rolling_docx(
        parse("Joint statement\n\n1. We build safe roads and rails.\n\nWe sing.\n\n2. We meet young people.")
    )
    address = url("text_bring", text=statement.pk)
    for code in ("AL", "RS"):
        sent = {"file": SimpleUploadedFile("ours.docx", data), "audience": Audience.FORMAT}
        assert client_of(world, code).post(address, sent).status_code == 303
    with world.act("ME"):
        found = paragraphs_now(statement)
        assert [each.placing.number for each in found] == ["", "1.", "", "", "2."]
        assert {each.kind for each in Proposal.objects.all()} == {"reword", "new"}
    both = [f"We build [safe - {one}, {other}] roads and rails." for one, other in (("AL", "RS"), ("RS", "AL"))]
    assert stands(world, found[1].row) in both
    again = {"file": SimpleUploadedFile("ours.docx", data), "audience": Audience.FORMAT}
    assert client_of(world, "AL").post(address, again).status_code == 422


def test_a_text_begins_from_a_word_file_and_refuses_a_damaged_one(world: World, meeting: Meeting) -> None:
    asked = {"title_en": "T", "authoritative": "en"}
    good = SimpleUploadedFile("base.docx", rolling_docx(parse("We meet.\n\nWe part.")))
    client = client_of(world, "secretariat")
    assert client.post(url("text_begin"), {**asked, "file": good}).status_code == 303
    bad = SimpleUploadedFile("base.docx", b"PK no")
    assert client.post(url("text_begin"), {**asked, "file": bad}).status_code == 422
    with world.act("AL"):
        assert [each.stands["en"].content for each in paragraphs_now(Text.objects.get())] == ["We meet.", "We part."]


def test_the_rehearsal_has_a_text_in_negotiation_and_one_under_silence(world: World, meeting: Meeting) -> None:
    rehearsal = make_meeting(world, "rehearsal", exercise=True)
    assert add_texts(rehearsal) == 2
    assert add_texts(rehearsal) == 0
    with world.act("AL"):
        statement, terms = Text.objects.filter(meeting=rehearsal).order_by("at")
        assert [each.brackets("en") > 0 for each in paragraphs_now(statement)].count(True) == 5
        assert any(point.depth > 1 for each in paragraphs_now(statement) for point in each.points("en"))
        assert [each.state for each in procedures_of(terms)] == ["running"]
        assert len(statements_on(statement, "en")) == 1
        assert statement.languages == ["en", "sq", "sr", "sr-latn", "tr"]
