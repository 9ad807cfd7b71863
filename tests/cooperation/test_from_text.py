"""Commitments recorded from an issued text: they keep its exact words, and show them to who may read it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from sofra.cooperation import commands
from sofra.cooperation.models import Commitment
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.meetings.commands import issuing, outcomes, releasing
from sofra.meetings.commands.issuing import Quotation
from sofra.meetings.commands.outcomes import Text
from sofra.meetings.models import Document, Issue, Passage
from tests.cooperation.support import ZONE, a_day, accept, meeting, table
from tests.support.clients import client_of
from tests.support.world import World

pytestmark = pytest.mark.usefixtures("house")
WORDS = "One party publishes a map of the lines."
BODY = f"The chair thanks all.\n\n{WORDS}"


def issued(world: World, audience: str = "format", codes: tuple[str, ...] = ()) -> Issue:
    with world.act("secretariat"):
        summary = outcomes.draft_outcome(
            meeting=meeting("1"), kind="chair_summary", texts={"en": Text("Summary", BODY)}
        )
        return issuing.issue_outcome(
            outcome=summary, languages=["en"], audience=audience, readers=[world.parties[code].pk for code in codes]
        )


def asked(world: World, issue: Issue, quote: str = WORDS, title: str = "Publish a map") -> Commitment:
    with world.act("secretariat"):
        return commands.propose_from_text(
            issue=issue, quotation=Quotation("en", (quote,)), owner=world.parties["RS"], title={"en": title},
            indicator={"en": "It is out"}, due=a_day(20), zone=ZONE,
        )  # fmt: skip


def url(name: str, **more: Any) -> str:
    with override("en"):
        return reverse(name, kwargs={"format": "platform", **more})


def page_of(world: World, who: str, commitment: Commitment) -> str:
    return client_of(world, who).get(url("commitment", commitment=commitment.pk)).content.decode()


def test_a_commitment_keeps_the_text_its_version_and_its_words_and_counts_once_its_owner_accepts() -> None:
    world = table()
    issue = issued(world)
    made = asked(world, issue)
    assert (made.origin_kind, made.origin_id, made.meeting_id) == (
        "chair_summary", issue.outcome_id, issue.outcome.meeting_id,
    )  # fmt: skip
    with world.act("AL"):
        row = Passage.objects.get()
        assert (row.subject_id, row.subject_type, row.quote, row.start) == (
            made.pk, "cooperation.commitment", WORDS, BODY.index(WORDS),
        )  # fmt: skip
    for who in ("AL", "RS", "secretariat"):
        assert WORDS in page_of(world, who, made)
    for who in ("observer", "visitor"):
        with world.act(who):
            assert Passage.objects.count() == 0


def test_the_words_are_gone_for_the_members_once_the_text_is_recalled() -> None:
    world = table()
    made = asked(world, issued(world))
    with world.act("secretariat"):
        document = Document.objects.select_related("meeting__format").get()
        releasing.recall_document(document=document, reason={"en": "An error"})
    assert WORDS not in page_of(world, "RS", made)
    assert "Publish a map" in page_of(world, "RS", made)
    assert WORDS in page_of(world, "secretariat", made)


def test_nothing_is_asked_of_a_party_from_a_text_that_not_all_members_read_or_in_words_that_are_not_in_it() -> None:
    world = table()
    with pytest.raises(Refusal, match="members can read"):
        asked(world, issued(world, "parties", ("RS",)))
    issue = issued(world)
    with pytest.raises(Refusal, match="letter by letter") as met:
        asked(world, issue, "One party publishes two maps.")
    assert met.value.field == "quote_1"
    with world.act("secretariat"):
        assert (Commitment.objects.count(), Passage.objects.count()) == (0, 0)


@pytest.mark.parametrize("who", ["RS", "observer", "facilitator", "visitor"])
def test_only_the_secretariat_records_a_commitment_from_a_text(who: str) -> None:
    world = table()
    issue = issued(world)
    address = url("issued_commitment", meeting="1", outcome=issue.outcome_id, issue=issue.pk)
    for answer in (client_of(world, who).get(address), client_of(world, who).post(address)):
        assert answer.status_code in (302, 403, 404)
    with world.act(who), pytest.raises(NotAllowed):
        commands.propose_from_text(
            issue=issue, quotation=Quotation("en", (WORDS,)), owner=world.parties["RS"], title={"en": "T"},
            indicator={"en": "I"}, due=a_day(20), zone=ZONE,
        )  # fmt: skip


def test_a_commitment_is_recorded_through_the_page_and_stands_on_the_page_after_the_meeting() -> None:
    world = table()
    issue = issued(world)
    client = client_of(world, "secretariat")
    after = url("after_meeting", meeting="1")
    assert "No commitment is recorded from it." in client.get(after).content.decode()
    address = url("issued_commitment", meeting="1", outcome=issue.outcome_id, issue=issue.pk)
    shown = client.get(f"{address}?language=en&paragraph=2")
    assert shown.context["form"].fields["quote_1"].initial == WORDS
    data = {
        "quote_1": WORDS, "owner": str(world.parties["RS"].pk), "title_en": "Publish a map", "indicator_en": "It is out",
        "due": a_day(20).isoformat(), "zone": ZONE,
    }  # fmt: skip
    answer = client.post(address, {**data, "quote_1": "Other words", "owner": ""})
    assert (answer.status_code, "Say which party is asked." in answer.content.decode()) == (422, True)
    assert "Other words" in answer.content.decode()
    sentence = str(client.post(address, data).context["sentence"])
    assert sentence.startswith("Serbia is asked: Publish a map.")
    answer = client.post(address, {**data, "sentence": sentence})
    assert answer.status_code == 303, answer.content.decode()
    page = client.get(after).content.decode()
    assert "Its date waits for an answer" in page and "Recorded from “Summary”, version 1." in page
    with world.act("secretariat"):
        made = Commitment.objects.get()
    accept(world, made, "RS")
    assert "Its date counts" in client.get(after).content.decode()
    marking = url("issued_text", meeting="1", outcome=issue.outcome_id, issue=issue.pk)
    assert "Publish a map" in client.get(marking).content.decode()


def test_the_page_after_the_meeting_asks_as_often_for_three_commitments_as_for_one() -> None:
    world = table()
    issue = issued(world)
    counts = []
    for many in (1, 2):
        for n in range(many):
            made = asked(world, issue, title=f"Map {n}")
            accept(world, made, "RS")
        row = []
        for who, address in (
            ("secretariat", url("after_meeting", meeting="1")), ("AL", url("commitment", commitment=made.pk)),
        ):  # fmt: skip
            client = client_of(world, who)
            client.get(address)
            with CaptureQueriesContext(connection) as caught:
                assert client.get(address).status_code == 200
            row.append(len(caught))
        counts.append(row)
    assert counts == [[46, 29], [46, 29]]
