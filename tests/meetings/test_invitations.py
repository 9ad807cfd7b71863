"""Invitations: issued at one instant under a profile, each read by its party alone, answered as often as the answer changes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sofra.kernel.commands import database_now
from sofra.kernel.models import Change
from sofra.kernel.refusals import Conflict, NotAllowed, Refusal
from sofra.meetings.commands import delegations, invitations
from sofra.meetings.models import Invitation, Reply
from sofra.meetings.queries.invitations import accepted_level, answers_awaited, invited_to, unanswered
from tests.lexicon.profile_world import NAMES
from tests.meetings.agenda_world import entry_for, soon
from tests.meetings.letters_world import invited, meeting_under_profile
from tests.support.world import World, make_world

pytestmark = pytest.mark.usefixtures("house")
ALL = ("secretariat", "AL", "RS", "observer", "facilitator", "visitor")


def readers_of(world: World, model: type) -> set[str]:
    found = set()
    for who in ALL:
        with world.act(who):
            if model.objects.exists():
                found.add(who)
    return found


def test_without_a_profile_nothing_is_issued_and_the_reason_is_said() -> None:
    world = make_world()
    meeting = meeting_under_profile(world, profile=False)
    (row,) = invited(world, meeting, "AL", issue=False)
    with world.act("secretariat"):
        with pytest.raises(Refusal, match="No designation profile is in force"):
            invitations.issue_invitations(meeting=meeting, invitations=[row.pk])
        assert Invitation.objects.get().issued_at is None


def test_invitations_are_issued_at_one_instant_and_each_party_reads_its_own() -> None:
    world = make_world()
    meeting = meeting_under_profile(world)
    drafts = invited(world, meeting, "AL", "RS", issue=False)
    assert readers_of(world, Invitation) == {"secretariat"}
    with world.act("secretariat"):
        invitations.issue_invitations(meeting=meeting, invitations=[row.pk for row in drafts])
        assert Invitation.objects.values("issued_at", "readable_from").distinct().count() == 1
        with pytest.raises(Refusal, match="at least one draft"):
            invitations.issue_invitations(meeting=meeting, invitations=[row.pk for row in drafts])
    assert readers_of(world, Invitation) == {"secretariat", "AL", "RS"}
    for code in ("AL", "RS"):
        with world.act(code) as actor:
            assert [row.party_id for row in Invitation.objects.all()] == [actor.party_id]
            said = [change.details["en"] for change in Change.objects.filter(kind="invitation.issued")]
            assert said == [f"{NAMES[code]} is invited at the level of ministers."]


def test_who_may_not_invite_is_told_why_and_bad_drafts_are_refused() -> None:
    world = make_world()
    meeting = meeting_under_profile(world)
    al = world.parties["AL"].pk
    for who in ALL[1:]:
        with world.act(who), pytest.raises(NotAllowed, match="Only the secretariat invites"):
            invitations.draft_invitations(meeting=meeting, parties=[al], level="minister")
    with world.act("secretariat"):
        bad = (([], "minister", "parties"), ([meeting.pk], "minister", "parties"), ([al], "emperor", "level"))
        for parties, level, field in bad:
            with pytest.raises(Refusal) as refused:
                invitations.draft_invitations(meeting=meeting, parties=parties, level=level)
            assert refused.value.field == field
        with pytest.raises(Refusal, match="lies in the past"):
            invitations.draft_invitations(meeting=meeting, parties=[al], level="minister", reply_by=soon(-1))
        invitations.draft_invitations(meeting=meeting, parties=[al], level="minister")
        with pytest.raises(Refusal, match="has an invitation already"):
            invitations.draft_invitations(meeting=meeting, parties=[al], level="minister")


def test_an_answer_is_the_partys_and_the_secretariats_and_each_one_is_kept() -> None:
    world = make_world()
    meeting = meeting_under_profile(world)
    (row,) = invited(world, meeting, "AL")
    with world.act("AL"):
        with pytest.raises(Refusal) as refused:
            invitations.answer_invitation(invitation=row, answer="accepted")
        assert refused.value.field == "level"
        invitations.answer_invitation(invitation=row, answer="accepted", level="minister", remark={"en": "By noon"})
        assert accepted_level(meeting, world.parties["AL"].pk) == "minister"
        invitations.answer_invitation(invitation=row, answer="regrets", level="minister")
        assert accepted_level(meeting, world.parties["AL"].pk) == ""
    assert readers_of(world, Reply) == {"secretariat", "AL"}
    with world.act("secretariat"):
        (line,) = (line for line in invited_to(meeting, "en") if line.replies)
        assert [(reply.answer, reply.level) for reply in line.replies] == [("regrets", ""), ("accepted", "minister")]
        shown = Change.objects.filter(kind="invitation.answered").order_by("at").last()
        assert shown.details["en"].endswith("sends its regrets.")
    with world.act("RS"):
        assert invitations.Reply.objects.count() == Change.objects.filter(kind="invitation.answered").count() == 0


def test_only_the_party_invited_answers_or_the_secretariat_with_what_it_received() -> None:
    world = make_world()
    meeting = meeting_under_profile(world)
    al, rs = invited(world, meeting, "AL", "RS")
    for who in ("RS", "facilitator", "observer", "visitor", "secretariat"):
        with world.act(who), pytest.raises(NotAllowed):
            invitations.answer_invitation(invitation=al, answer="regrets")
    with world.act("secretariat"):
        with pytest.raises(NotAllowed):
            invitations.answer_invitation(invitation=rs, answer="regrets", entry=entry_for(world, "AL"))
        invitations.answer_invitation(invitation=al, answer="regrets", entry=entry_for(world, "AL"))
    with world.act("AL"):
        assert Reply.objects.get().entry_id is not None
        invitations.answer_invitation(invitation=al, answer="accepted", level="experts")
        said = [(reply.answer, reply.entry_id is None) for reply in Reply.objects.order_by("at")]
        assert said == [("regrets", False), ("accepted", True)]


def test_once_the_meeting_begins_or_is_called_off_nobody_answers() -> None:
    world = make_world()
    meeting = meeting_under_profile(world)
    _al, rs = invited(world, meeting, "AL", "RS")
    with world.act("secretariat"):
        invitations.withdraw_invitation(invitation=rs)
        with pytest.raises(Refusal, match="called off already"):
            invitations.withdraw_invitation(invitation=rs)
    with world.act("RS"), pytest.raises(NotAllowed, match="called off"):
        invitations.answer_invitation(invitation=rs, answer="regrets")
    with world.act("secretariat"):
        type(meeting).objects.filter(pk=meeting.pk).update(begins_at=database_now() - timedelta(minutes=1))
    with world.act("AL"), pytest.raises(Refusal, match="has begun"):
        invitations.answer_invitation(invitation=Invitation.objects.get(), answer="regrets")
    with world.act("secretariat"):
        type(meeting).objects.filter(pk=meeting.pk).update(status="under_way")
    with world.act("AL"), pytest.raises(NotAllowed, match="was opened or is over"):
        invitations.answer_invitation(invitation=Invitation.objects.get(), answer="regrets")


def test_a_called_off_party_is_invited_anew_and_a_second_writer_sees_the_first() -> None:
    world = make_world()
    meeting = meeting_under_profile(world)
    (row,) = invited(world, meeting, "AL")
    with world.act("secretariat"):
        invitations.change_invitation(invitation=row, seen_version=row.version, level="minister", reply_by=soon())
        with pytest.raises(Conflict):
            invitations.change_invitation(invitation=row, seen_version=1, level="minister", reply_by=None)
        with pytest.raises(Refusal, match="its level stands"):
            invitations.change_invitation(invitation=row, seen_version=row.version, level="experts", reply_by=None)
        invitations.withdraw_invitation(invitation=row)
    (again,) = invited(world, meeting, "AL")
    with world.act("AL"):
        assert {each.pk: each.withdrawn_at is None for each in Invitation.objects.all()} == {
            row.pk: False,
            again.pk: True,
        }


def test_the_desk_says_what_waits_and_to_the_secretariat_only_how_many_answered() -> None:
    world = make_world()
    meeting = meeting_under_profile(world)
    al, _rs, _me = invited(world, meeting, "AL", "RS", "ME")
    with world.act("AL") as actor:
        assert [row.pk for row in unanswered(actor, "en")] == [al.pk]
        invitations.answer_invitation(invitation=al, answer="regrets")
        assert unanswered(actor, "en") == [] == answers_awaited(actor, "en")
    with world.act("secretariat") as actor:
        assert [(line.answered, line.invited) for line in answers_awaited(actor, "en")] == [(1, 3)]
        assert unanswered(actor, "en") == []


def test_an_answer_is_no_delegation_and_the_delegation_tells_all_members() -> None:
    world = make_world()
    meeting = meeting_under_profile(world)
    (row,) = invited(world, meeting, "AL")
    with world.act("AL"):
        invitations.answer_invitation(invitation=row, answer="accepted", level="experts")
        made = delegations.register_delegation(meeting=meeting, level="experts")
        delegations.announce_delegation(delegation=made)
    with world.act("RS"):
        assert Reply.objects.count() == Invitation.objects.count() == 0
        assert type(made).objects.get().level == "experts"
