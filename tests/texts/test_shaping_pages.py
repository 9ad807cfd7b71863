"""The pages on which paragraphs are moved, split and merged, wordings put forward, compromises and positions recorded."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from typing import Any

import pytest

from sofra.kernel.models import Audience
from sofra.meetings.commands.receipts import agree_receipts
from sofra.texts.commands import deciding, proposing
from sofra.texts.commands.informal import put_forward
from sofra.texts.commands.rows import latest_stand
from sofra.texts.models import Informal, InformalOwn, Proposal, Stance, Text, VersionOpening
from sofra.texts.queries.reshaping import waiting_on
from sofra.texts.queries.text import paragraphs_now
from tests.meetings.test_agenda_pages import confirm, read
from tests.support.clients import client_of
from tests.support.world import World
from tests.texts.texts_world import paragraph_of, proposed, stands, url

pytestmark = pytest.mark.usefixtures("house")
ALL = {"audience": Audience.FORMAT}


def numbers(world: World, statement: Text) -> list[str]:
    with world.act("ME"):
        return [each.placing.number for each in paragraphs_now(statement) if not each.placing.gone]


def test_a_paragraph_is_proposed_to_move_objected_to_decided_and_moves(world: World, statement: Text) -> None:
    first, second = paragraph_of(world, statement, 1), paragraph_of(world, statement, 2)
    address = url("text_move", text=statement.pk, paragraph=first.pk)
    done, sentence = confirm(world, "AL", address, {**ALL, "target": str(second.pk), "explanation_en": "By weight"})
    assert (done.status_code, "paragraph 1. moves behind paragraph 2." in sentence) == (303, True)
    page = url("text_paragraph", text=statement.pk, paragraph=first.pk)
    assert "moves behind paragraph 2." in read(world, "RS", page)
    assert "1 proposal to move, split or merge" in read(world, "RS", url("text", text=statement.pk))
    with world.act("RS"):
        row = waiting_on(statement)[0]
    said = url("text_position", text=statement.pk, paragraph=first.pk, choice=row.pk.hex[:16])
    assert confirm(world, "RS", said, {**ALL, "stance": Stance.OBJECTS, "reason_en": "Not so"})[0].status_code == 303
    assert "Not so" in read(world, "ME", page)
    decide = url("text_settle", text=statement.pk, proposal=row.pk)
    assert client_of(world, "RS").get(decide).status_code == 404
    refused, _sentence = confirm(world, "secretariat", decide, {"how": "accepted", "reason_en": "All agree"})
    assert refused.status_code == 422
    confirm(world, "RS", said, {**ALL, "stance": Stance.CAN_LIVE_WITH})
    done, _sentence = confirm(world, "secretariat", decide, {"how": "accepted", "reason_en": "All agree"})
    assert (done.status_code, numbers(world, statement)) == (303, ["", "2.", "2.bis"])
    assert "accepted" in read(world, "ME", url("text_history", text=statement.pk))


def test_a_split_is_made_with_an_empty_line_and_nothing_else(world: World, statement: Text) -> None:
    paragraph = paragraph_of(world, statement, 1)
    address = url("text_split", text=statement.pk, paragraph=paragraph.pk)
    refused, _said = confirm(world, "AL", address, {**ALL, "cut_en": "We build roads\n\nand trams."})
    assert refused.status_code == 422
    assert "word for word" in refused.content.decode()
    done, sentence = confirm(world, "AL", address, {**ALL, "cut_en": "We build roads\r\n\r\nand rails."})
    assert (done.status_code, "We build roads | and rails." in sentence) == (303, True)
    with world.act("secretariat"):
        row = waiting_on(statement)[0]
    decide = url("text_settle", text=statement.pk, proposal=row.pk)
    confirm(world, "secretariat", decide, {"how": "accepted", "reason_en": "Clearer", "number": "1.a"})
    assert numbers(world, statement) == ["", "1.", "1.a", "2."]


def test_one_paragraph_takes_in_another(world: World, statement: Text) -> None:
    first, second = paragraph_of(world, statement, 1), paragraph_of(world, statement, 2)
    address = url("text_merge", text=statement.pk, paragraph=first.pk)
    assert confirm(world, "AL", address, {**ALL, "target": str(second.pk)})[0].status_code == 303
    with world.act("secretariat"):
        row = waiting_on(statement)[0]
    confirm(
        world, "secretariat", url("text_settle", text=statement.pk, proposal=row.pk),
        {"how": "accepted", "reason_en": "Shorter"},
    )  # fmt: skip
    assert stands(world, first) == "We build roads and rails. We meet young people."


def test_a_wording_without_a_name_is_shown_to_its_own_delegation_until_it_is_in_view(
    world: World, statement: Text
) -> None:
    paragraph = paragraph_of(world, statement, 1)
    page = url("text_paragraph", text=statement.pk, paragraph=paragraph.pk)
    address = url("text_informal", text=statement.pk, paragraph=paragraph.pk)
    assert client_of(world, "secretariat").get(address).status_code in (403, 404)
    assert client_of(world, "AL").post(address, {"wording": "We build tunnels."}).status_code == 303
    assert {who: "We build tunnels." in read(world, who, page) for who in ("AL", "RS", "secretariat")} == {
        "AL": True, "RS": False, "secretariat": False,
    }  # fmt: skip
    with world.act("BA"):
        own = put_forward(paragraph=paragraph, language="en", wording="We build bridges.", step=timedelta(0))
    shown = read(world, "RS", page)
    assert "We build bridges." in shown
    assert "your own delegation put it forward" not in shown
    take = url("text_informal_take", text=statement.pk, own=own.pk)
    assert client_of(world, "RS").get(take).status_code == 404
    assert confirm(world, "BA", take)[0].status_code == 303
    assert "We build bridges." not in read(world, "RS", page)
    assert "taken from view" in read(world, "BA", page)
    with world.act("RS"):
        assert (Informal.objects.count(), InformalOwn.objects.count()) == (0, 0)


def test_the_chairs_compromise_closes_the_paragraph_and_is_marked_as_the_chairs(world: World, statement: Text) -> None:
    paragraph = paragraph_of(world, statement, 1)
    proposed(world, "AL", paragraph, "We build safe roads and rails.")
    proposed(world, "RS", paragraph, "We build fast roads and rails.")
    address = url("text_compromise", text=statement.pk, paragraph=paragraph.pk)
    assert client_of(world, "AL").get(address).status_code in (403, 404)
    done, sentence = confirm(
        world, "secretariat", address, {"wording": "We build good roads and rails.", "reason_en": "Between the two"}
    )
    assert (done.status_code, "the chair's compromise" in sentence) == (303, True)
    assert stands(world, paragraph) == "We build good roads and rails."
    history = read(world, "ME", url("text_history", text=statement.pk))
    assert "the chair&#x27;s compromise" in history or "the chair's compromise" in history
    assert "Between the two" in history


def test_a_position_the_chair_heard_is_confirmed_or_corrected_by_its_delegation(world: World, statement: Text) -> None:
    paragraph = paragraph_of(world, statement, 1)
    proposed(world, "AL", paragraph, "We build safe roads and rails.")
    with world.act("RS"):
        choice = paragraphs_now(statement, [paragraph.pk])[0].points("en")[0].choices[0].key
    address = url("text_position", text=statement.pk, paragraph=paragraph.pk, choice=choice)
    page = url("text_paragraph", text=statement.pk, paragraph=paragraph.pk)
    noted = "noted by the chair, not yet confirmed"
    for who in ("BA", "RS"):
        entered: dict[str, Any] = {
            **ALL, "stance": Stance.RESERVES, "entering-for_party": str(world.parties[who].pk),
            "entering-channel": "call", "entering-received_at_0": "2026-01-05", "entering-received_at_1": "10:00",
            "entering-received_at": "2026-01-05T10:00", "entering-reference": "said at the table",
        }  # fmt: skip
        assert confirm(world, "secretariat", address, entered)[0].status_code == 303
    assert read(world, "ME", page).count(noted) == 2
    link = re.search(
        r'href="([^"]*positions/[0-9a-f-]{36}/confirm/)"', client_of(world, "BA").get(page).content.decode()
    )
    assert link
    assert confirm(world, "BA", link[1])[0].status_code == 303
    assert confirm(world, "RS", address, {**ALL, "stance": Stance.OBJECTS})[0].status_code == 303
    assert noted not in read(world, "ME", page)


def test_the_burn_down_tells_what_was_withdrawn_from_what_was_agreed(world: World, statement: Text) -> None:
    first, second = paragraph_of(world, statement, 1), paragraph_of(world, statement, 2)
    proposed(world, "AL", first, "We build safe roads and rails.")
    row = proposed(world, "RS", second, "We meet many young people.")
    with world.act("RS"):
        proposing.withdraw(proposal=row)
    with world.act("secretariat"):
        point = paragraphs_now(statement, [first.pk])[0].points("en")[0]
        deciding.close(
            paragraph=first, language="en", how="accepted", point=point.key, choice=point.choices[0].key,
            reason={"en": "Agreed"},
        )  # fmt: skip
        deciding.rule_on(paragraph=first, status="agreed")
        deciding.rule_on(paragraph=first, status="open", reason={"en": "New instructions"})
    proposed(world, "AL", second, "We meet tunnels.", audience=Audience.SECRETARIAT)
    pages = {who: read(world, who, url("text_burn_down", text=statement.pk)) for who in ("ME", "secretariat")}
    for page in pages.values():
        assert page.count("text-mark-withdrawn") == 1
        assert page.count("text-mark-closed") == 1
        assert page.count("text-reopened") == 1
        assert re.search(r"<dt>Withdrawn by those who proposed it</dt>\s*<dd>1</dd>", page)
        assert re.search(r"<dt>A wording was accepted</dt>\s*<dd>1</dd>", page)
        assert re.search(r"<dt>Opened again</dt>\s*<dd>1</dd>", page)
        assert "paragraph reopened" in page


def test_whether_a_version_was_opened_is_told_only_where_the_members_agreed_and_never_when(
    world: World, statement: Text
) -> None:
    with world.act("secretariat"):
        deciding.circulate(text=statement)
    page = url("text_version", text=statement.pk, number=1)
    read(world, "AL", page)
    assert "Opened by your delegation" in read(world, "AL", page)
    assert "Opened by your delegation" not in read(world, "RS", page)
    assert "Opened by" not in read(world, "secretariat", page)
    with world.act("secretariat"):
        assert not VersionOpening.objects.exists()
        agree_receipts(format=world.format, told=True, basis={"en": "Agreed in Istanbul"})
        second = deciding.circulate(text=statement)
    page = url("text_version", text=statement.pk, number=second.number)
    assert "no delegation so far" in read(world, "secretariat", page)
    read(world, "BA", page)
    assert "no delegation so far" not in read(world, "secretariat", page)
    assert "Opened by" not in read(world, "ME", page).replace("Opened by your delegation", "")


def test_the_digest_of_a_version_is_of_the_file_that_is_offered(world: World, statement: Text) -> None:
    with world.act("secretariat"):
        row = deciding.circulate(text=statement)
    found = client_of(world, "AL").get(url("text_version_words", text=statement.pk, number=1))
    data = b"".join(found.streaming_content) if found.streaming else found.content  # type: ignore[attr-defined]
    assert hashlib.sha256(data).hexdigest() == row.digests["en"]
    assert row.digests["en"] in read(world, "AL", url("text_version", text=statement.pk, number=1))
    assert client_of(world, "observer").get(url("text_version_words", text=statement.pk, number=1)).status_code in (
        403,
        404,
    )


def test_a_proposal_that_came_too_late_stands_beside_what_changed_for_its_author_alone(
    world: World, statement: Text
) -> None:
    paragraph = paragraph_of(world, statement, 1)
    with world.act("AL"):
        seen = latest_stand(paragraph, "en")
    with world.act("secretariat"):
        deciding.close(
            paragraph=paragraph,
            language="en",
            how="compromise",
            wording="We build roads and ports.",
            reason={"en": "x"},
        )
    row = proposed(world, "AL", paragraph, "We build roads and tunnels.", seen=seen)
    assert row.outdated
    page = url("text_paragraph", text=statement.pk, paragraph=paragraph.pk)
    beside = (
        'As you saw it</dt><dd lang="en">We build roads and rails.</dd>',
        'As you would have it</dt><dd lang="en">We build roads and tunnels.</dd>',
        'As it stands now</dt><dd lang="en">We build roads and ports.</dd>',
    )
    assert all(each in read(world, "AL", page) for each in beside)
    assert "tunnels" not in read(world, "secretariat", page) + read(world, "RS", page)


def test_a_proposal_that_was_decided_is_not_offered_to_be_taken_back(world: World, statement: Text) -> None:
    paragraph = paragraph_of(world, statement, 2)
    address = url("text_move", text=statement.pk, paragraph=paragraph.pk)
    confirm(world, "AL", address, {**ALL, "target": ""})
    page = url("text_paragraph", text=statement.pk, paragraph=paragraph.pk)
    assert "Take back the proposal" in read(world, "AL", page)
    with world.act("secretariat"):
        row = Proposal.objects.get()
    decide = url("text_settle", text=statement.pk, proposal=row.pk)
    confirm(world, "secretariat", decide, {"how": "set_aside", "reason_en": "Later"})
    assert "Take back the proposal" not in read(world, "AL", page)
