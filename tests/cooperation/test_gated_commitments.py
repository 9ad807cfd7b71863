"""A commitment the secretariat puts forward is held where its words would break a meeting; a party's own promise never is."""

from __future__ import annotations

import pytest

from sofra.cooperation import commands
from sofra.cooperation.models import Commitment
from sofra.kernel import anyway, wordings
from tests.cooperation.support import a_day, agreed, announce, entry_for, propose, table, url
from tests.cooperation.test_sheets import hand_in, new_row, taken
from tests.meetings.test_gate import objected, sent_anyway
from tests.meetings.test_saving import told
from tests.support.clients import client_of
from tests.support.world import World

pytestmark = pytest.mark.usefixtures("house")


def count(world: World) -> int:
    with world.act("secretariat"):
        return Commitment.objects.count()


def test_what_the_secretariat_puts_forward_is_held_with_nothing_written_until_it_is_said() -> None:
    world = table()
    objected(world)
    with pytest.raises(anyway.NeedsAnyway) as held:
        propose(world, title="Mark the frontier")
    assert [(each.text, each.voices[0].reason) for each in held.value.found] == [("frontier", "We say line")]
    assert (count(world), sent_anyway(world)) == (0, [])
    with anyway.said(True):
        made = propose(world, title="Mark the frontier")
    assert (count(world), len(sent_anyway(world))) == (1, 1)

    # Its words are mended: what is written anew is looked at anew.
    words = {"title": {"en": "Mark the frontier"}, "indicator": {"en": "The frontier is marked"}}
    with world.act("secretariat"):
        with pytest.raises(anyway.NeedsAnyway):
            commands.edit(made, seen=made.version, **words)
        assert wordings.of([made])[made.pk]["indicator"]["en"] == "The minutes are circulated"
        made.refresh_from_db()
        assert commands.edit(made, seen=made.version, **{**words, "indicator": {"en": "It is"}})
    assert len(sent_anyway(world)) == 1


def test_a_sheet_of_the_secretariat_is_looked_through_and_written_only_if_it_is_said() -> None:
    world = agreed(table())
    objected(world)
    book = taken(world, "secretariat")
    new_row(book, title__en="Mark the frontier")
    new_row(book, title__en="Share a calendar")
    handed = hand_in(world, "secretariat", book)
    assert handed.status_code == 303
    client = client_of(world, "secretariat")
    looked = client.get(handed["Location"])
    assert (looked.status_code, count(world), sent_anyway(world)) == (200, 0, [])
    held = client.post(handed["Location"])
    assert held.status_code == 422
    assert "We say line" in held.content.decode()
    assert 'name="anyway"' in held.content.decode()
    assert (count(world), sent_anyway(world)) == (0, [])
    assert client.post(handed["Location"], {"anyway": "yes"}).status_code == 303
    assert (count(world), len(sent_anyway(world))) == (2, 1)


def test_a_partys_own_promise_is_neither_held_nor_logged_from_a_form_a_sheet_or_a_note() -> None:
    world = agreed(table())

    def told_by(title: str) -> tuple[int, int]:
        before = told(world)
        announce(world, "AL", title=title)
        after = told(world)
        return after[0] - before[0], after[1] - before[1]

    quiet = told_by("Mark the coast")
    objected(world)
    assert told_by("Mark the frontier") == quiet
    book = taken(world, "AL")
    new_row(book, title__en="The frontier from a sheet", owner="Albania", origin="announcement")
    handed = hand_in(world, "AL", book)
    assert client_of(world, "AL").post(handed["Location"]).status_code == 303
    with world.act("secretariat"):
        commands.announce(
            format=world.format, title={"en": "The frontier by note"}, indicator={"en": "So"},
            due=a_day(30), zone="Europe/Istanbul", entry=entry_for(world, "ME"),
        )  # fmt: skip
    assert sent_anyway(world) == []


def test_a_delegation_reads_the_remarks_on_its_own_promise_beside_its_fields() -> None:
    world = table()
    objected(world)
    client = client_of(world, "AL")
    sent = {
        "title_en": "Mark the frontier",
        "indicator_en": "It is marked",
        "due": "2031-01-05",
        "zone": "Europe/Istanbul",
    }
    done = client.post(url("commitment_announce"), sent)
    if done.status_code == 200:
        done = client.post(url("commitment_announce"), {**sent, "sentence": done.context["sentence"]})
    assert done.status_code == 303, done.content.decode()
    with world.act("AL"):
        made = Commitment.objects.get()
    assert client.get(done["Location"]).status_code == 200
    page = client.get(url("commitment_edit", commitment=made.pk)).content.decode()
    assert "We say line" in page
    assert page.count('name="take"') == 1
    others = client_of(world, "RS").get(url("commitment", commitment=made.pk)).content.decode()
    assert "We say line" not in others
    assert sent_anyway(world) == []
