"""The pages of the agenda: what they show, to whom, and what they do with bad input."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from sofra.meetings.commands import agenda, chairing
from sofra.meetings.models import Act, AgendaItem, Procedure, Suggestion
from tests.meetings.agenda_world import drafted, entry_for, make_meeting, soon, submitted
from tests.support.clients import client_of
from tests.support.world import World, make_world

pytestmark = pytest.mark.usefixtures("house")


def url(name: str, **more: Any) -> str:
    with override("en"):
        return reverse(name, kwargs={"format": "platform", "meeting": "3", **more})


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def read(world: World, who: str, address: str) -> str:
    response = client_of(world, who).get(address)
    assert response.status_code == 200, (address, response.status_code, text(response)[:600])
    return text(response)


def confirm(world: World, who: str, address: str, data: dict[str, Any] | None = None) -> Any:
    """Send a form, read the sentence it shows, send it with the sentence."""
    client, data = client_of(world, who), data or {}
    shown = client.post(address, data) if data else client.get(address)
    assert shown.status_code == 200, text(shown)[:3000]
    found = re.search(r'name="sentence" value="([^"]*)"', shown.content.decode())
    assert found, text(shown)[:3000]
    sentence = found[1].replace("&quot;", '"').replace("&#x27;", "'")
    return client.post(address, {**data, "sentence": sentence}), sentence


def test_the_agenda_page_asks_the_database_as_often_for_three_items_as_for_one() -> None:
    world = make_world()
    meeting = make_meeting(world)
    counts = []
    for n in (1, 2):
        for code in ("AL", "BA", "RS")[: 1 if n == 1 else 2]:
            item = submitted(world, meeting, code)
            with world.act("TR"):
                agenda.cosponsor(item=item)
            with world.act("MK"):
                agenda.object_to_item(item=item, reason={"en": "No"})
        client = client_of(world, "ME")
        client.get(url("agenda"))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(url("agenda")).status_code == 200
        counts.append(len(asked))
    assert counts == [22, 22]


def test_a_draft_and_what_is_said_of_it_is_on_no_page_of_another() -> None:
    world = make_world()
    meeting = make_meeting(world)
    item = drafted(world, meeting, "AL", "Quietly drafted")
    assert "Quietly drafted" in read(world, "AL", url("agenda"))
    assert "Quietly drafted" in read(world, "AL", url("agenda_item", item=item.pk))
    for who in ("secretariat", "RS", "observer", "facilitator"):
        assert "Quietly drafted" not in read(world, who, url("agenda"))
        assert client_of(world, who).get(url("agenda_item", item=item.pk)).status_code == 404


def test_a_delegate_proposes_reads_the_sentence_and_submits() -> None:
    world = make_world()
    make_meeting(world)
    client = client_of(world, "AL")
    sent = client.post(url("agenda_propose"), {"title_en": "Roads", "title_tr": "Yollar", "urgency": "urgent"})
    assert sent.status_code == 303
    with world.act("AL"):
        item = AgendaItem.objects.get()
    page = read(world, "AL", sent["Location"])
    assert "Submit to all members" in page
    answer, sentence = confirm(world, "AL", url("agenda_act", item=item.pk, act="submit"))
    assert answer.status_code == 303
    assert sentence.endswith("proposes the agenda item “Roads”.")
    assert "Roads" in read(world, "RS", url("agenda"))
    with override("tr"):
        there = reverse("agenda", kwargs={"format": "platform", "meeting": "3"})
    assert "Yollar" in text(client_of(world, "RS").get(there))


def test_bad_input_keeps_what_was_typed_says_why_next_to_the_field_and_writes_nothing() -> None:
    world = make_world()
    make_meeting(world)
    client = client_of(world, "AL")
    answer = client.post(url("agenda_propose"), {"title_en": "", "note_en": "Kept words", "urgency": "urgent"})
    assert answer.status_code == 422
    assert "Write a title in at least one language." in text(answer)
    assert "Kept words" in text(answer)
    with world.act("AL"):
        assert AgendaItem.objects.count() == 0


def test_nothing_is_recorded_before_the_sentence_was_read() -> None:
    world = make_world()
    meeting = make_meeting(world)
    item = submitted(world, meeting, "AL", "Roads")
    address = url("agenda_act", item=item.pk, act="object")
    data = {"reason_en": "Too early", "reason_audience": "secretariat"}
    client = client_of(world, "RS")
    assert client.post(address, {"reason_en": "", "reason_audience": "format"}).status_code == 422
    assert client.post(address, data).status_code == 200
    with world.act("RS"):
        assert Act.objects.count() == 0
    answer, sentence = confirm(world, "RS", address, data)
    assert answer.status_code == 303
    assert sentence.endswith("objects to the agenda item “Roads”.")
    assert "Too early" in read(world, "secretariat", url("agenda"))
    assert "Too early" not in read(world, "AL", url("agenda"))
    assert "objects" in read(world, "AL", url("agenda_item", item=item.pk))
    answer, _sentence = confirm(world, "RS", url("agenda_act", item=item.pk, act="lift"))
    assert answer.status_code == 303


def test_a_second_writer_sees_both_versions_and_loses_nothing() -> None:
    world = make_world()
    meeting = make_meeting(world)
    item = submitted(world, meeting, "AL", "First")
    address = url("agenda_edit", item=item.pk)
    client = client_of(world, "AL")
    data = {"title_en": "Second", "note_en": "", "urgency": "urgent", "version": item.version}
    assert client.post(address, data).status_code == 303
    answer = client.post(address, {**data, "title_en": "Third"})
    assert answer.status_code == 422
    page = text(answer)
    assert "Second" in page
    assert "Third" in page
    again = re.search(r'name="version" value="(\d+)"', answer.content.decode())[1]
    assert client.post(address, {**data, "title_en": "Third", "version": again}).status_code == 303
    assert "Third" in read(world, "RS", url("agenda"))


def test_the_secretariat_adopts_by_silence_and_everyone_sees_the_instant_to_the_second() -> None:
    world = make_world()
    meeting = make_meeting(world)
    submitted(world, meeting, "AL", "Roads")
    assert client_of(world, "AL").get(url("agenda_adopt")).status_code == 403
    page = client_of(world, "secretariat").get(url("agenda_adopt")).content.decode()
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', page)[1]
    client = client_of(world, "secretariat")
    past = {"method": "silence", "deadline": "2020-01-01T10:00:00", "seen": seen}
    answer, _sentence = confirm(world, "secretariat", url("agenda_adopt"), past)
    assert (answer.status_code, "has to end at an instant to come" in text(answer)) == (422, True)
    assert client.post(url("agenda_adopt"), {"method": "silence", "seen": seen}).status_code == 422
    data = {"method": "silence", "deadline": "2030-01-02T10:11:12", "seen": seen}
    answer, sentence = confirm(world, "secretariat", url("agenda_adopt"), data)
    assert answer.status_code == 303
    assert "2 January 2030, 10:11:12 (Istanbul; 07:11:12 UTC)" in sentence
    page = read(world, "RS", url("agenda"))
    assert "10:11:12" in page
    assert "07:11:12" in page
    assert "Under silence" in read(world, "RS", url("agenda_version", number=1))
    answer, _sentence = confirm(world, "RS", url("agenda_object"), {"reason_en": "No", "reason_audience": "format"})
    assert answer.status_code == 303
    assert "the silence was broken" in read(world, "AL", url("agenda"))


def test_the_secretariat_enters_an_act_for_a_delegation_and_the_page_says_so() -> None:
    world = make_world()
    meeting = make_meeting(world)
    item = submitted(world, meeting, "AL", "Roads")
    data = {
        "entering-for_party": str(world.parties["RS"].pk), "entering-channel": "note",
        "entering-received_at": "2026-01-05T10:00", "entering-reference": "N 7",
    }  # fmt: skip
    answer, _sentence = confirm(world, "secretariat", url("agenda_act", item=item.pk, act="cosponsor"), data)
    assert answer.status_code == 303
    page = read(world, "RS", url("agenda_item", item=item.pk))
    assert "Strike: entered in error" in page
    assert "Entered by the secretariat" in page
    with world.act("RS"):
        act = Act.objects.get()
    assert client_of(world, "BA").get(url("agenda_strike", act=act.pk)).status_code == 404
    assert client_of(world, "BA").post(url("agenda_strike", act=act.pk)).status_code == 403
    answer, _sentence = confirm(world, "RS", url("agenda_strike", act=act.pk))
    assert answer.status_code == 303
    assert "struck: entered in error" in read(world, "AL", url("agenda_item", item=item.pk))


def test_the_chair_moves_items_without_a_script() -> None:
    world = make_world()
    meeting = make_meeting(world)
    first, second = submitted(world, meeting, "AL", "Alpha"), submitted(world, meeting, "BA", "Beta")
    client = client_of(world, "secretariat")
    sent = client.post(url("agenda_move", item=second.pk), {"to": "up", "version": "0"})
    assert sent.status_code == 303
    page = read(world, "RS", url("agenda"))
    assert page.index("Beta") < page.index("Alpha")
    assert client.post(url("agenda_move", item=first.pk), {"to": "up", "version": "0"}).status_code == 303
    assert "Somebody else changed the order" in text(client.get(url("agenda")))
    assert client.post(url("agenda_move", item=first.pk), {"to": "sideways", "version": "1"}).status_code == 400
    assert client_of(world, "RS").post(url("agenda_move", item=first.pk), {"to": "up"}).status_code == 403


def test_a_suggested_wording_is_answered_on_the_page() -> None:
    world = make_world()
    meeting = make_meeting(world)
    item = submitted(world, meeting, "AL", "Roads")
    sent = client_of(world, "RS").post(
        url("agenda_suggest", item=item.pk), {"field": "title", "language": "en", "text": "Roads and railways"}
    )
    assert sent.status_code == 303
    with world.act("AL"):
        row = Suggestion.objects.get()
    answer_url = url("agenda_answer", suggestion=row.pk, how="accept")
    assert client_of(world, "RS").get(answer_url).status_code == 404
    assert client_of(world, "RS").post(answer_url).status_code == 403
    assert "Accept the wording" in read(world, "AL", url("agenda_item", item=item.pk))
    assert client_of(world, "AL").post(answer_url).status_code == 303
    assert "Roads and railways" in read(world, "ME", url("agenda"))


def test_a_late_item_shows_whose_consent_is_missing() -> None:
    world = make_world()
    meeting = make_meeting(world)
    submitted(world, meeting, "AL", "Roads")
    with world.act("secretariat"):
        chairing.adopt_by_consensus(meeting=meeting)
    late = submitted(world, meeting, "RS", "Too late")
    page = read(world, "ME", url("agenda"))
    assert "Consent still needed from" in page
    answer, sentence = confirm(world, "ME", url("agenda_act", item=late.pk, act="consent"))
    assert (answer.status_code, "consents to the late agenda item" in sentence) == (303, True)


def test_the_chair_stops_a_silence_and_hands_up() -> None:
    world = make_world()
    parent = make_meeting(world, "4")
    meeting = make_meeting(world, kind="preparatory", prepares=parent)
    item = submitted(world, meeting, "AL", "Roads")
    with world.act("secretariat"):
        chairing.open_silence(meeting=meeting, deadline=soon())
    answer, _sentence = confirm(world, "secretariat", url("agenda_stop"))
    assert answer.status_code == 303
    with world.act("RS"):
        assert Procedure.objects.get().state == "stopped"
    assert client_of(world, "secretariat").post(url("agenda_hand_up", item=item.pk)).status_code == 303
    assert "handed up" in read(world, "RS", url("agenda").replace("/3/", "/4/"))


def test_the_secretariat_submits_and_withdraws_what_it_entered() -> None:
    world = make_world()
    meeting = make_meeting(world)
    with world.act("secretariat"):
        item = agenda.propose(meeting=meeting, title={"en": "By note"}, entry=entry_for(world, "AL"))
    assert "By note" in read(world, "secretariat", url("agenda"))
    assert confirm(world, "secretariat", url("agenda_act", item=item.pk, act="submit"))[0].status_code == 303
    answer, _sentence = confirm(
        world, "secretariat", url("agenda_act", item=item.pk, act="withdraw"), {"from_view": "on"}
    )
    assert answer.status_code == 303
    assert "By note" not in read(world, "RS", url("agenda"))


def test_themes_are_kept_on_their_page() -> None:
    world = make_world()
    client = client_of(world, "secretariat")
    with override("en"):
        add, listed = reverse("theme_add"), reverse("themes")
    assert client.post(add, {"title_en": "", "order": "1"}).status_code == 422
    assert client.post(add, {"title_en": "Youth", "title_tr": "Gençlik", "order": "1"}).status_code == 303
    assert "Youth" in text(client_of(world, "RS").get(listed))
    with override("en"):
        edit = reverse("theme_edit", kwargs={"theme": "youth"})
    sent = {"title_en": "Young people", "order": "1", "version": "1"}
    assert client.post(edit, sent).status_code == 303
    assert client.post(edit, sent).status_code == 422
    assert client_of(world, "RS").get(edit).status_code == 403
