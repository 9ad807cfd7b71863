"""What is sensitive is the secretariat's through every read, until every member has released it."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from sofra.kernel.commands import enter_for
from sofra.kernel.models import AuditPayload, Wording
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.sources import commands, queries
from sofra.sources.models import Claim, Evidence, Release, Subject

MEMBERS = ("TR", "AL", "BA", "XK", "ME", "MK", "RS")
SENSITIVE = ("C7", "C8", "C9", "C10", "C27", "C28", "F9", "F9.many", "albanians-bosnians-serbs-as-publics.named")
#: Words that stand in no public wording.
SECRET = ("declared independence", "lean to the", "as part of", "have recognised")


def everything() -> str:
    """Whatever the queries of the room tell the actor, as one text."""
    told: list[object] = [queries.past_meetings("en"), queries.counts(), queries.kept_back("en")]
    told += [queries.meeting_record(slug, "en") for slug in ("first", "second", "third")]
    told += [queries.section_record(section, "en") for section in queries.SECTIONS]
    told += [queries.differences("en"), queries.later_reports("en"), queries.sources_list("en")]
    told += [queries.source_record(key, "en") for key in ("s000", "s001", "s002", "s003", "s004")]
    told += [
        queries.claim_record(pk, "en")
        for pk in Claim.objects.filter(record_id__in=SENSITIVE).values_list("pk", flat=True)
    ]
    return repr(told)


@pytest.mark.parametrize("who", ["visitor", "observer", "facilitator", "HR", *MEMBERS])
def test_nobody_but_the_secretariat_reads_a_sensitive_claim(world, who):
    with world.act(who):
        text = everything()
        assert [word for word in SECRET if word in text] == []
        assert Claim.objects.exclude(sensitivity="").count() == 0
        assert Subject.objects.exclude(audience="public").count() == 0


def test_the_secretariat_reads_them_and_why_they_are_kept(world):
    with world.act("secretariat"):
        text = everything()
        assert [word for word in SECRET if word not in text] == []
        assert sorted(fact.claim.record_id for fact in queries.kept_back("en")) == sorted(SENSITIVE)


def test_a_sensitive_claim_cannot_be_reached_by_its_id(world):
    with world.act("secretariat"):
        secret = Claim.objects.get(record_id="C8", current=True).pk
    with world.act("RS"):
        assert queries.claim_record(secret, "en") is None
        assert Wording.objects.filter(subject_id=secret).count() == 0
        assert Evidence.objects.filter(claim=secret).count() == 0


def claim_of(world, record_id: str, who: str = "secretariat") -> Claim:
    return Claim.objects.get(record_id=record_id, current=True)


def test_the_members_read_it_when_they_are_asked_and_the_public_does_not(world):
    with world.act("secretariat"):
        commands.ask_release(claim_of(world, "C8"))
    with world.act("RS"):
        assert [fact.text.text for fact in queries.kept_back("en")] == ["{TR} recognises {XK}."]
    for who in ("visitor", "observer", "HR", "facilitator"):
        with world.act(who):
            assert queries.kept_back("en") == []


def test_it_is_public_once_every_member_has_released_it_and_not_before(world):
    with world.act("secretariat"):
        commands.ask_release(claim_of(world, "C8"))
    for code in MEMBERS[:-1]:
        with world.act(code):
            commands.release_claim(claim_of(world, "C8"))
        with world.act("visitor"):
            assert not Claim.objects.filter(record_id="C8").exists()
    with world.act("secretariat"):
        entry = enter_for(
            world.parties["RS"].pk,
            world.format.pk,
            channel="note",
            received_at=datetime(2026, 3, 2, 9, tzinfo=UTC),
            reference="NV 17",
        )
        commands.release_claim(claim_of(world, "C8"), entry=entry)
    with world.act("visitor"):
        claim = claim_of(world, "C8")
        fact = queries.claim_record(claim.pk, "en")
        assert fact is not None
        assert fact.fact.text is not None
        assert fact.fact.text.text == "{TR} recognises {XK}."
        assert [mark.source.key for mark in fact.fact.marks] == ["s001", "s004"]
    with world.act("secretariat"):
        assert Release.objects.filter(claim=claim).count() == 7
        assert AuditPayload.objects.filter(action="record.claim_released").count() == 1


def test_a_discrepancy_opens_with_its_last_claim(world):
    def x8() -> list[str]:
        with world.act("visitor"):
            return [row.row.record_id for row in queries.differences("en") if row.row.record_id == "X8"]

    for record_id, seen in (("F9", []), ("F9.many", ["X8"])):
        with world.act("secretariat"):
            commands.ask_release(claim_of(world, record_id))
        for code in MEMBERS:
            with world.act(code):
                commands.release_claim(claim_of(world, record_id))
        assert x8() == seen


def test_a_member_releases_once_and_only_what_it_was_asked(world):
    with world.act("secretariat"):
        commands.ask_release(claim_of(world, "C8"))
        hidden: UUID = claim_of(world, "C9").pk
    with world.act("RS"):
        commands.release_claim(claim_of(world, "C8"))
        with pytest.raises(Refusal, match="has released the claim already"):
            commands.release_claim(claim_of(world, "C8"))
        assert not Claim.objects.filter(pk=hidden).exists()


@pytest.mark.parametrize("who", ["visitor", "observer", "facilitator", "RS"])
def test_only_the_secretariat_asks_for_a_release(world, who):
    with world.act("secretariat"):
        claim = claim_of(world, "C8")
    with world.act(who), pytest.raises(NotAllowed):
        commands.ask_release(claim)


@pytest.mark.parametrize("who", ["visitor", "observer", "facilitator", "HR"])
def test_nobody_outside_the_format_releases(world, who):
    with world.act("secretariat"):
        claim = claim_of(world, "C8")
        commands.ask_release(claim)
    with world.act(who), pytest.raises(NotAllowed):
        commands.release_claim(claim)
