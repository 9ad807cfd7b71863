"""What everyone may read of a commitment: what its owner made public, word for word, and nothing the host did alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

from sofra.cooperation import commands
from sofra.cooperation.engine.sheet import read as read_sheet
from sofra.cooperation.models import Commitment, DueDate, PublicCommitment, PublicReport, PublicStanding, Report
from sofra.cooperation.queries import public_lines
from sofra.cooperation.queries.lines import now
from sofra.kernel.models import Audience, Change
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.kernel.search import find
from sofra.meetings.commands import outcomes
from sofra.meetings.commands.outcomes import Text
from sofra.meetings.commands.profile import open_names
from tests.cooperation.support import (
    TODAY,
    ZONE,
    a_day,
    accept,
    agreed,
    announce,
    done,
    entry_for,
    meeting,
    of,
    propose,
    read,
    table,
    text,
    url,
)
from tests.support.clients import client_of
from tests.support.world import World

pytestmark = pytest.mark.usefixtures("house")
OUTSIDE = ("visitor", "facilitator", "observer")


def make_public(world: World, row: Commitment, who: str, **more: Any) -> PublicCommitment:
    with world.act(who):
        return commands.make_public(row, **more)


def states(world: World, who: str = "visitor") -> list[tuple[str, str]]:
    with world.act(who):
        return [(str(line.title), line.state.code.value) for line in public_lines(world.format, now(), "en")]


def test_only_the_owner_makes_it_public_or_the_secretariat_with_its_note() -> None:
    world = table()
    own = announce(world, "AL")
    for who in ("TR", "RS", *OUTSIDE):
        with world.act(who), pytest.raises(NotAllowed):
            commands.make_public(own)
    with world.act("secretariat"):
        with pytest.raises(NotAllowed, match="the owner's act"):
            commands.make_public(own)
        with pytest.raises(Refusal, match="another party than the owner"):
            commands.make_public(own, entry=entry_for(world, "RS"))
    assert states(world) == []
    with world.act("secretariat"):
        row = commands.make_public(own, entry=entry_for(world, "AL"))
        assert (row.owner_party_id, row.entry_id is not None) == (own.owner_id, True)
    for who in OUTSIDE:
        assert states(world, who) == [("Open a contact point", "on_time")]


def test_the_host_cannot_write_a_public_row_even_past_the_commands() -> None:
    world = table()
    own = announce(world, "AL")
    with pytest.raises(ProgrammingError):
        with world.act("secretariat"):
            PublicCommitment.objects.create(
                commitment=own, origin_kind="announcement", at=now(), audience=Audience.PUBLIC, format=world.format,
                owner_party_id=own.owner_id,
            )  # fmt: skip


def test_everyone_reads_the_words_and_the_dates_that_count_and_no_row_of_the_members() -> None:
    world = table()
    asked = propose(world, "RS")
    with world.act("RS"), pytest.raises(Refusal, match="No date counts yet"):
        commands.make_public(asked)
    accept(world, asked, "RS")
    make_public(world, asked, "RS")
    with world.act("RS"):
        commands.set_date(asked, due=a_day(60), zone=ZONE, reason={"en": "The venue"}, seen_date=asked.dates.get().pk)
    with world.act("visitor"):
        for model in (Commitment, DueDate, Report):
            assert model.objects.count() == 0
        line = public_lines(world.format, now(), "en")[0]
        assert [each.due for each in line.dates] == [a_day(20)]
        assert find("venue", "en") == []
        assert [found.url for found in find("workshop", "en")] == [f"commitments/platform/{asked.pk}/"]
    accept(world, asked, "secretariat")
    with world.act("visitor"):
        line = public_lines(world.format, now(), "en")[0]
        assert ([each.due for each in line.dates], line.state.due) == ([a_day(20), a_day(60)], a_day(60))


def test_each_report_is_released_by_its_owner_and_without_it_the_state_says_nothing_of_it() -> None:
    world = table()
    own = announce(world, "AL")
    with world.act("AL"):
        early = commands.report(own, on=TODAY, claim="in_progress", text={"en": "Underway in secret"})
    make_public(world, own, "AL")
    done(world, own, "AL")
    assert states(world) == [("Open a contact point", "on_time")]
    with world.act("visitor"):
        assert PublicReport.objects.count() == 0
    with world.act("AL"):
        last = Report.objects.get(claim="done")
        commands.make_public(own, reports=[last])
        with pytest.raises(Refusal, match="public already"):
            commands.make_public(own, reports=[last])
    assert states(world) == [("Open a contact point", "done")]
    with world.act("visitor"):
        assert PublicReport.objects.filter(report_id=early.pk).count() == 0
        assert PublicReport.objects.get().sources[0]["title"] == "Minutes"


def test_later_words_are_public_once_the_owner_says_so_again() -> None:
    world = table()
    asked = propose(world, "RS")
    accept(world, asked, "RS")
    make_public(world, asked, "RS")
    with world.act("secretariat"):
        row = Commitment.objects.get(pk=asked.pk)
        commands.edit(row, seen=row.version, title={"en": "Another title"}, indicator={"en": "x"})
    assert states(world)[0][0] == "Hold an expert workshop"
    make_public(world, asked, "RS")
    assert [title for title, _state in states(world)] == ["Another title"]
    with world.act("visitor"):
        assert find("workshop", "en") == []


def test_the_owner_takes_it_back_and_it_is_not_there_any_more() -> None:
    world = table()
    own = announce(world, "AL")
    make_public(world, own, "AL")
    for who in ("TR", "visitor"):
        with world.act(who), pytest.raises(NotAllowed):
            commands.withdraw_from_public(own)
    with world.act("secretariat"), pytest.raises(Refusal, match="made it public itself"):
        commands.withdraw_from_public(own, entry=entry_for(world, "AL"))
    with world.act("AL"):
        commands.withdraw_from_public(own)
        with pytest.raises(Refusal, match="not public"):
            commands.withdraw_from_public(own)
    for who in OUTSIDE:
        with world.act(who):
            assert (PublicCommitment.objects.count(), PublicStanding.objects.count(), find("contact", "en")) == (
                0,
                0,
                [],
            )
            assert Change.objects.filter(kind__startswith="cooperation.").count() == 0
        assert client_of(world, who).get(of("commitment", own)).status_code == 404
    make_public(world, own, "AL")
    assert states(world) == [("Open a contact point", "on_time")]


def test_a_lapse_and_a_withdrawal_are_public_with_it() -> None:
    world = table()
    own, other = announce(world, "AL"), announce(world, "RS", title="Share a list")
    make_public(world, own, "AL")
    make_public(world, other, "RS")
    with world.act("secretariat"):
        commands.lapse(own, meeting=meeting("1"), reason={"en": "Overtaken"})
    with world.act("RS"):
        commands.withdraw(other, reason={"en": "Not ready"})
    assert dict(states(world)) == {"Open a contact point": "lapsed", "Share a list": "withdrawn"}
    with world.act("visitor"):
        assert find("overtaken", "en") == []


def test_the_pages_show_members_everything_and_everyone_else_what_is_public() -> None:
    world = table()
    kept, own = announce(world, "AL", title="Keep this inside"), announce(world, "RS")
    page = read(world, "RS", of("commitment_public", own))
    assert "makes “Open a contact point” public" in page
    sentence = page.split('name="sentence" value="')[1].split('"')[0]
    assert client_of(world, "TR").get(of("commitment_public", own)).status_code == 403
    assert client_of(world, "RS").post(of("commitment_public", own), {"sentence": sentence}).status_code == 303
    for who in OUTSIDE:
        assert "Open a contact point" in read(world, who, of("commitment", own))
        listed = read(world, who, url("commitments"))
        assert ("Open a contact point" in listed, "Keep this inside" in listed) == (True, False)
        assert client_of(world, who).get(of("commitment", kept)).status_code == 404
        assert client_of(world, who).get(url("follow_up", meeting="2")).status_code == 404
    assert "Public since" in read(world, "TR", of("commitment", own))
    assert "Keep this inside" in read(world, "TR", url("commitments"))


def test_the_public_follow_up_and_its_sheet_hold_the_public_rows_alone() -> None:
    world = table()
    kept, own = announce(world, "AL", title="Keep this inside"), announce(world, "RS")
    make_public(world, own, "RS")
    with world.act("secretariat"):
        row = meeting("2")
        row.audience = Audience.PUBLIC
        row.save()
    assert "No designation profile of this meeting is open to you" in text(
        client_of(world, "visitor").get(url("follow_up_sheet", meeting="2"))
    )
    agreed(world)
    with world.act("secretariat"):
        open_names(meeting("2"))
    for who in OUTSIDE:
        page = read(world, who, url("follow_up", meeting="2"))
        assert ("Open a contact point" in page, kept.pk.hex in page or "Keep this inside" in page) == (True, False)
        answer = client_of(world, who).get(url("follow_up_sheet", meeting="2"))
        rows = read_sheet(answer.content)
        assert [each.values.get("title:en") for each in rows] == ["Open a contact point"]
        assert b"Keep this inside" not in answer.content


@pytest.mark.parametrize("address", ["follow_up", "commitments"])
def test_the_public_lists_ask_the_same_number_of_questions_at_one_and_three(address: str) -> None:
    world = table()
    with world.act("secretariat"):
        row = meeting("2")
        row.audience = Audience.PUBLIC
        row.save()
    target = url("follow_up", meeting="2") if address == "follow_up" else url("commitments")
    counts = []
    for numbers in ((0,), (1, 2)):
        for number in numbers:
            own = announce(world, "AL", days=30 + number, title=f"Promise {number}")
            with world.act("AL"):
                said = commands.report(own, on=TODAY, claim="in_progress", text={"en": "x"})
                commands.make_public(own, reports=[said])
        with CaptureQueriesContext(connection) as asked:
            assert client_of(world, "visitor").get(target).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_commitment_is_put_forward_from_an_outcome_that_the_members_can_read() -> None:
    world = table()
    with world.act("secretariat"):
        made = outcomes.draft_outcome(
            meeting=meeting("1"), kind="chair_summary", texts={"en": Text("Summary of the chair", "Text")}
        )
        given: dict[str, Any] = {
            "format": world.format, "owner": world.parties["RS"], "title": {"en": "Do it"}, "indicator": {"en": "Seen"},
            "due": a_day(20), "zone": ZONE, "origin_kind": "", "origin_id": made.pk,
        }  # fmt: skip
        with pytest.raises(Refusal) as refused:
            commands.propose(**given)
        assert refused.value.field == "outcome"
        outcomes.release_outcome(outcome=made)
    client = client_of(world, "secretariat")
    page = text(client.get(url("commitment_propose")))
    assert f'value="{made.pk}"' in page and "chair&#x27;s summary: Summary of the chair" in page
    data = {
        "owner": str(world.parties["RS"].pk), "title_en": "Do it", "indicator_en": "Seen", "due": str(a_day(20)),
        "zone": ZONE,
    }  # fmt: skip
    refused_page = client.post(url("commitment_propose"), data)
    assert (refused_page.status_code, "Choose the outcome it arises from" in text(refused_page)) == (422, True)
    data["outcome"] = str(made.pk)
    shown = text(client.post(url("commitment_propose"), data))
    sentence = shown.split('name="sentence" value="')[1].split('"')[0]
    assert client.post(url("commitment_propose"), {**data, "sentence": sentence}).status_code == 303
    with world.act("RS"):
        row = Commitment.objects.get()
        assert (row.origin_kind, row.origin_id, row.meeting.slug) == ("chair_summary", made.pk, "1")
    assert "Summary of the chair" in read(world, "RS", of("commitment", row))
