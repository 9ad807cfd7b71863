"""The pages of the room: what they show, to whom, and what they do with bad input."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sofra.kernel.models import Audience
from sofra.texts.commands import positions
from sofra.texts.models import Position, Proposal, Stance, Text
from sofra.texts.queries.text import paragraphs_now
from tests.meetings.agenda_world import make_meeting
from tests.meetings.test_agenda_pages import confirm, read, text
from tests.support.clients import client_of
from tests.support.world import World
from tests.texts.texts_world import make_text, paragraph_of, proposed, stands, url

pytestmark = pytest.mark.usefixtures("house")


def test_the_room_asks_the_database_as_often_for_three_paragraphs_as_for_one(world: World) -> None:
    meeting = make_meeting(world)
    counts = []
    for size in (1, 3):
        found = make_text(world, meeting, "\n\n".join(f"{n}. We build roads and rails." for n in range(1, size + 1)))
        for at in range(size):
            row = paragraph_of(world, found, at)
            proposed(world, "AL", row, "We build safe roads and rails.")
            with world.act("RS"):
                choice = paragraphs_now(found, [row.pk])[0].points("en")[0].choices[0].key
                positions.take_position(paragraph=row, language="en", choice=choice, stance=Stance.OBJECTS)
        client, page = client_of(world, "ME"), url("text", text=found.pk)
        client.get(page)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(page).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_who_is_no_member_does_not_find_the_text(world: World, statement: Text) -> None:
    for who in ("observer", "facilitator"):
        assert client_of(world, who).get(url("text", text=statement.pk)).status_code == 404
        assert "Joint statement" not in read(world, who, url("texts"))


def test_a_bracket_leads_to_its_positions(world: World, statement: Text) -> None:
    row = paragraph_of(world, statement, 1)
    proposed(world, "AL", row, "We build safe roads and rails.")
    page = client_of(world, "ME").get(url("text", text=statement.pk)).content.decode()
    link = re.search(r'class="text-who" href="([^"#]+)#(point-[0-9a-f]+)"', page)
    assert link
    assert f'id="{link[2]}"' in client_of(world, "ME").get(link[1]).content.decode()


def test_what_a_proposal_makes_is_shown_before_it_is_sent(world: World, statement: Text) -> None:
    row = paragraph_of(world, statement, 1)
    address = url("text_propose", text=statement.pk, paragraph=row.pk)
    shown = client_of(world, "AL").get(address)
    assert "We build roads and rails." in shown.content.decode()
    done, sentence = confirm(
        world, "AL", address, {"wording": "We build safe roads and rails.", "audience": Audience.FORMAT}
    )
    assert done.status_code == 303
    assert "We build [safe - " in sentence
    assert stands(world, row) == "We build [safe - AL] roads and rails."


def test_a_wording_that_changes_nothing_is_refused_with_its_reason(world: World, statement: Text) -> None:
    row = paragraph_of(world, statement, 1)
    done, _sentence = confirm(
        world,
        "AL",
        url("text_propose", text=statement.pk, paragraph=row.pk),
        {"wording": "We build roads and rails.", "audience": Audience.FORMAT},
    )
    assert done.status_code == 422
    assert "That is how the paragraph stands for you already" in text(done)


def test_what_is_addressed_to_some_is_read_by_those_alone(world: World, statement: Text) -> None:
    row = paragraph_of(world, statement, 1)
    confirm(
        world,
        "AL",
        url("text_propose", text=statement.pk, paragraph=row.pk),
        {
            "wording": "We tunnel quietly.",
            "audience": Audience.PARTIES,
            "readers": [str(world.parties["RS"].pk)],
        },
    )
    page = url("text_paragraph", text=statement.pk, paragraph=row.pk)
    reads = {who: "We tunnel quietly." in read(world, who, page) for who in ("AL", "RS", "ME", "secretariat")}
    assert reads == {"AL": True, "RS": True, "ME": False, "secretariat": False}


def test_a_delegation_says_where_it_stands(world: World, statement: Text) -> None:
    row = paragraph_of(world, statement, 1)
    proposed(world, "AL", row, "We build safe roads and rails.")
    with world.act("RS"):
        choice = paragraphs_now(statement, [row.pk])[0].points("en")[0].choices[0].key
    address = url("text_position", text=statement.pk, paragraph=row.pk, choice=choice)
    done, _sentence = confirm(
        world,
        "RS",
        address,
        {"stance": Stance.OBJECTS, "audience": Audience.SECRETARIAT, "reason_en": "Too dear for us"},
    )
    assert done.status_code == 303
    page = url("text_paragraph", text=statement.pk, paragraph=row.pk)
    assert {who: "Too dear for us" in read(world, who, page) for who in ("RS", "secretariat", "ME")} == {
        "RS": True,
        "secretariat": True,
        "ME": False,
    }


def test_the_secretariat_proposes_for_the_chair_or_from_what_it_received(world: World, statement: Text) -> None:
    row = paragraph_of(world, statement, 1)
    address = url("text_propose", text=statement.pk, paragraph=row.pk)
    said = {"wording": "We build roads, rails and trust.", "audience": Audience.FORMAT}
    assert confirm(world, "secretariat", address, said)[0].status_code == 303
    entered = {
        "wording": "We build roads.",
        "audience": Audience.FORMAT,
        "entering-for_party": str(world.parties["ME"].pk),
        "entering-channel": "note",
        "entering-received_at_0": "2026-01-05",
        "entering-received_at_1": "10:00",
        "entering-received_at": "2026-01-05T10:00",
        "entering-reference": "N 7",
    }
    assert confirm(world, "secretariat", address, entered)[0].status_code == 303
    with world.act("ME"):
        owners = [each.owner_party_id for each in Proposal.objects.order_by("at")]
    assert owners == [None, world.parties["ME"].pk]


def test_a_bad_notation_is_answered_with_its_place(world: World) -> None:
    make_meeting(world)
    answer = client_of(world, "secretariat").post(
        url("text_begin"), {"title_en": "T", "authoritative": "en", "notation": "We [meet."}
    )
    assert answer.status_code == 422
    assert "Line 1, column 4" in text(answer)


def test_filters_show_what_they_say(world: World, statement: Text) -> None:
    row = paragraph_of(world, statement, 1)
    proposed(world, "AL", row, "We build safe roads and rails.")
    page = url("text", text=statement.pk)
    assert "young people" not in read(world, "AL", f"{page}?show=open")
    assert "safe" in read(world, "AL", f"{page}?show=ours")
    assert "No paragraph answers" in read(world, "RS", f"{page}?show=ours")
    assert "No paragraph answers" in read(world, "RS", f"{page}?show=blocking")


def test_the_pen_holder_closes_a_bracket_and_circulates(world: World, statement: Text) -> None:
    row = paragraph_of(world, statement, 1)
    proposed(world, "AL", row, "We build safe roads and rails.")
    with world.act("AL"):
        point = paragraphs_now(statement, [row.pk])[0].points("en")[0]
    pen = {"holder": str(world.parties["BA"].pk), "reason_en": "By turns"}
    assert confirm(world, "secretariat", url("text_pen", text=statement.pk), pen)[0].status_code == 303
    address = url("text_close", text=statement.pk, paragraph=row.pk, point=point.key)
    assert client_of(world, "secretariat").get(address).status_code == 404
    done, sentence = confirm(
        world, "BA", address, {"choice": point.choices[0].key, "how": "accepted", "reason_en": "All agree"}
    )
    assert done.status_code == 303
    assert "We build safe roads and rails." in sentence
    done, _sentence = confirm(world, "BA", url("text_circulate", text=statement.pk), {"note_en": "As agreed"})
    assert done.status_code == 303
    assert "We build safe roads and rails." in read(world, "ME", url("text_version", text=statement.pk, number=1))
    assert Position.objects.count() == 0
