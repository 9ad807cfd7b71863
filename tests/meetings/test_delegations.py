"""Delegations: registered by their own party, named to others as far as it released the names; attendance is another fact."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from sofra.kernel.commands import database_now
from sofra.kernel.models import AuditPayload, Change
from sofra.kernel.refusals import Conflict, NotAllowed, Refusal
from sofra.meetings.commands import attendance, convening, delegations, hospitality
from sofra.meetings.commands.attendance import Present
from sofra.meetings.models import Attendance, Delegate, Delegation, Deputising, Journey, Liaison, Meeting, Particulars
from sofra.meetings.queries.delegations import acting_for, delegate_at, team_of, teams_of
from tests.meetings.agenda_world import entry_for, make_meeting
from tests.support.world import CODES, World, make_world

pytestmark = pytest.mark.usefixtures("house")
OTHERS = ("RS", "observer", "facilitator", "visitor")


def registered(
    world: World, meeting: Meeting, code: str = "AL", level: str = "foreign_minister", *, announced: bool = True
) -> Delegation:
    with world.act(code):
        row = delegations.register_delegation(meeting=meeting, level=level, languages=["sq", "en"])
        return delegations.announce_delegation(delegation=row) if announced else row


def named(world: World, row: Delegation, name: str, code: str = "AL", **more: object) -> Delegate:
    with world.act(code):
        return delegations.add_delegate(delegation=row, name=name, function={"en": f"Function of {name}"}, **more)


def readers_of(world: World, model: type) -> set[str]:
    found = set()
    for who in ("secretariat", "AL", *OTHERS):
        with world.act(who):
            if model.objects.exists():
                found.add(who)
    return found


def test_a_delegation_is_its_own_and_the_secretariats_until_it_is_announced_to_all_members() -> None:
    world = make_world()
    row = registered(world, make_meeting(world), announced=False)
    person = named(world, row, "First person")
    assert readers_of(world, Delegation) == {"AL", "secretariat"}
    with world.act("AL"):
        with pytest.raises(Refusal, match="Announce the delegation first"):
            delegations.release_names(delegation=row, delegates=[person.pk], to="format")
        delegations.announce_delegation(delegation=row)
        with pytest.raises(Refusal, match="announced already"):
            delegations.announce_delegation(delegation=row)
    assert readers_of(world, Delegation) == {"AL", "secretariat", "RS"}
    with world.act("RS"):
        shown = Change.objects.get(kind="delegation.announced").details
        assert shown["en"].endswith("announces its delegation, at the level of foreign ministers.")


def test_a_party_registers_one_delegation_and_only_its_own() -> None:
    world = make_world()
    meeting = make_meeting(world)
    row = registered(world, meeting)
    with world.act("AL"):
        with pytest.raises(Refusal, match="registered already"):
            delegations.register_delegation(meeting=meeting, level="minister")
        with pytest.raises(NotAllowed):
            delegations.register_delegation(meeting=meeting, level="minister", party_id=world.parties["RS"].pk)
        with pytest.raises(Refusal) as refused:
            delegations.change_delegation(delegation=row, seen_version=2, level="emperor", languages=[])
        assert refused.value.field == "level"
    for who in ("RS", "secretariat", "facilitator", "visitor"):
        with world.act(who), pytest.raises(NotAllowed):
            delegations.add_delegate(delegation=row, name="Nobody")
    with world.act("secretariat"):
        assert Delegate.objects.count() == 0


def test_a_name_reaches_others_only_as_far_as_its_delegation_released_it() -> None:
    world = make_world()
    row = registered(world, make_meeting(world))
    first, second = named(world, row, "First person", place="head"), named(world, row, "Second person")
    assert readers_of(world, Delegate) == {"AL"}
    with world.act("AL"):
        hospitality.keep_particulars(delegate=first, phone="+1", diet="No nuts")
        delegations.release_names(delegation=row, delegates=[first.pk], to="secretariat")
    assert readers_of(world, Delegate) == readers_of(world, Particulars) == {"AL", "secretariat"}
    with world.act("secretariat"):
        assert list(Delegate.objects.values_list("name", flat=True)) == ["First person"]
    with world.act("AL"):
        delegations.release_names(delegation=row, delegates=[first.pk, second.pk], to="format")
        with pytest.raises(Refusal, match="at least one name"):
            delegations.release_names(delegation=row, delegates=[first.pk], to="secretariat")
    assert readers_of(world, Delegate) == {"AL", "secretariat", "RS"}
    assert readers_of(world, Particulars) == {"AL", "secretariat"}
    with world.act("RS"):
        (team,) = (each for each in teams_of(row.meeting, "en") if each.people)
        assert [(person.name, str(person.worded["function"])) for person in team.people] == [
            ("First person", "Function of First person"), ("Second person", "Function of Second person"),
        ]  # fmt: skip


def test_what_a_person_needs_never_stands_in_the_audit() -> None:
    world = make_world()
    row = registered(world, make_meeting(world))
    person = named(world, row, "First person")
    with world.act("AL"):
        hospitality.keep_particulars(delegate=person, access="Wheelchair", email="a@example.org")
    with world.act("AL"):
        said = json.loads(AuditPayload.objects.get(action="delegate.particulars").body)["details"]
    assert said == {"fields": ["email", "access"]}


def test_one_head_at_a_time_and_a_withdrawn_person_stays_known_as_taken_out() -> None:
    world = make_world()
    row = registered(world, make_meeting(world))
    head = named(world, row, "First person", place="head")
    with world.act("AL"):
        with pytest.raises(Refusal, match="has a head already") as refused:
            delegations.add_delegate(delegation=row, name="Second person", place="head")
        assert refused.value.field == "place"
        delegations.release_names(delegation=row, delegates=[head.pk], to="format")
        delegations.withdraw_delegate(delegate=head)
        delegations.add_delegate(delegation=row, name="Second person", place="head")
    with world.act("RS"):
        team = team_of(row.meeting, row.owner_party_id, "en")
        assert ([p.name for p in team.taken_out], team.people, team.head) == (["First person"], [], None)


def test_a_second_writer_sees_both_versions() -> None:
    world = make_world()
    row = registered(world, make_meeting(world))
    person = named(world, row, "First person")
    with world.act("AL"):
        delegations.change_delegate(delegate=person, seen_version=1, name="First name", place="member")
        with pytest.raises(Conflict) as met:
            delegations.change_delegate(delegate=person, seen_version=1, name="Other name", place="member")
        assert met.value.theirs.name == "First name"
        delegations.change_delegation(delegation=row, seen_version=2, level="minister", languages=[])
        with pytest.raises(Conflict):
            delegations.change_delegation(delegation=row, seen_version=2, level="experts", languages=[])


def test_the_secretariat_enters_a_whole_delegation_from_a_note_and_the_delegation_corrects_it() -> None:
    world = make_world()
    meeting = make_meeting(world)
    with world.act("secretariat"):
        entry = entry_for(world, "ME")
        row = delegations.register_delegation(meeting=meeting, level="minister", entry=entry)
        person = delegations.add_delegate(delegation=row, name="Person of the note", place="head", entry=entry)
        delegations.announce_delegation(delegation=row, entry=entry)
        delegations.release_names(delegation=row, delegates=[person.pk], to="format", entry=entry)
        with pytest.raises(NotAllowed):
            delegations.register_delegation(meeting=meeting, level="minister")
    with world.act("RS"):
        assert Delegate.objects.get().name == "Person of the note"
    with world.act("ME"):
        delegations.change_delegate(delegate=Delegate.objects.get(), seen_version=2, name="Corrected", place="head")
        assert Delegate.objects.get().entry_id is None
    with world.act("secretariat"), pytest.raises(NotAllowed):
        delegations.change_delegate(
            delegate=Delegate.objects.get(), seen_version=None, name="Again", place="head", entry=entry
        )


def test_a_deputy_acts_for_a_principal_from_one_instant_to_another() -> None:
    world = make_world()
    row = registered(world, make_meeting(world))
    head, deputy = named(world, row, "Head", place="head"), named(world, row, "Deputy", place="deputy")
    with world.act("AL"):
        now = database_now()
        with pytest.raises(Refusal, match="Nobody acts for themselves"):
            delegations.deputise(delegation=row, principal=head, deputy=head)
        acts = delegations.deputise(
            delegation=row, principal=head, deputy=deputy, since=now, until=now + timedelta(hours=1)
        )
        assert acting_for(head, now + timedelta(minutes=30)) == deputy
        assert acting_for(head, now + timedelta(hours=1)) == head
        delegations.end_deputising(deputising=acts)
        assert acting_for(head, now + timedelta(minutes=30)) == head
        with pytest.raises(Refusal, match="ended already"):
            delegations.end_deputising(deputising=acts)
        delegations.release_names(delegation=row, delegates=[head.pk], to="format")
    assert readers_of(world, Deputising) == {"AL"}
    with world.act("AL"):
        delegations.release_names(delegation=row, delegates=[deputy.pk], to="format")
    assert readers_of(world, Deputising) == {"AL", "secretariat", "RS"}


def test_journeys_are_the_delegations_and_the_secretariats_and_a_liaison_officer_is_known_to_both() -> None:
    world = make_world()
    row = registered(world, make_meeting(world))
    with world.act("AL"):
        at = database_now() + timedelta(days=3)
        journey = hospitality.add_journey(delegation=row, direction="arrival", at=at, where="Airport", by="XX 1")
        with pytest.raises(Refusal) as refused:
            hospitality.add_journey(delegation=row, direction="arrival", at=at, where="  ")
        assert refused.value.field == "where"
        hospitality.change_journey(journey=journey, seen_version=1, direction="departure", at=at, where="Station")
        with pytest.raises(Conflict):
            hospitality.change_journey(journey=journey, seen_version=1, direction="arrival", at=at, where="Port")
        with pytest.raises(NotAllowed):
            hospitality.name_liaison(delegation=row, name="Somebody")
    assert readers_of(world, Journey) == {"AL", "secretariat"}
    with world.act("secretariat"):
        hospitality.name_liaison(delegation=row, name="Officer", languages=["sq"])
        hospitality.name_liaison(delegation=row, name="Other officer", seen_version=1)
        with pytest.raises(Conflict):
            hospitality.name_liaison(delegation=row, name="Third officer", seen_version=1)
    assert readers_of(world, Liaison) == {"AL", "secretariat"}


def test_attendance_is_what_happened_and_members_read_it_once_it_is_confirmed() -> None:
    world = make_world()
    meeting = make_meeting(world, status="convened")
    row = registered(world, meeting, level="foreign_minister")
    kept, told = named(world, row, "Kept"), named(world, row, "Told")
    with world.act("AL"):
        delegations.release_names(delegation=row, delegates=[kept.pk], to="secretariat")
        delegations.release_names(delegation=row, delegates=[told.pk], to="format")
    al, rs = world.parties["AL"].pk, world.parties["RS"].pk
    said = [Present(al, True, "deputy_minister", (kept.pk, told.pk)), Present(rs, False)]
    with world.act("secretariat"):
        with pytest.raises(NotAllowed, match="was not opened yet"):
            attendance.note_attendance(meeting=meeting, said=said)
        convening.advance(meeting, to="under_way", seen_version=meeting.version)
        meeting.refresh_from_db()
        attendance.note_attendance(meeting=meeting, said=said)
    assert readers_of(world, Attendance) == {"secretariat"}
    with world.act("secretariat"):
        attendance.confirm_attendance(meeting=meeting)
        with pytest.raises(Refusal, match="nothing to confirm"):
            attendance.confirm_attendance(meeting=meeting)
    with world.act("RS"):
        seen = {(a.party_id, a.delegate_id): (a.present, a.level) for a in Attendance.objects.all()}
        assert seen == {(al, None): (True, "deputy_minister"), (al, told.pk): (True, ""), (rs, None): (False, "")}
        assert Delegation.objects.get().level == "foreign_minister"
    with world.act("AL"):
        assert Attendance.objects.filter(delegate=kept).exists()
        assert Delegation.objects.get().level == "foreign_minister"
    for who in ("observer", "visitor", "facilitator"):
        with world.act(who):
            assert Attendance.objects.count() == 0


def test_after_the_meeting_nobody_changes_a_delegation_and_attendance_can_still_be_corrected() -> None:
    world = make_world()
    meeting = make_meeting(world, status="under_way")
    row = registered(world, meeting)
    al = world.parties["AL"].pk
    with world.act("secretariat"):
        attendance.note_attendance(meeting=meeting, said=[Present(al, True, "minister")])
        attendance.confirm_attendance(meeting=meeting)
        Meeting.objects.filter(pk=meeting.pk).update(status="closed")
        meeting.refresh_from_db()
        attendance.note_attendance(meeting=meeting, said=[Present(al, True, "deputy_minister")])
    with world.act("RS"):
        assert Attendance.objects.get().level == "deputy_minister"
    with world.act("AL"):
        row = Delegation.objects.select_related("meeting__format").get()
        with pytest.raises(NotAllowed, match="The meeting is over"):
            delegations.add_delegate(delegation=row, name="Late")


@pytest.mark.parametrize("code", [code for code in CODES if code != "AL"])
def test_no_other_delegation_learns_that_a_person_exists(code: str) -> None:
    world = make_world()
    row = registered(world, make_meeting(world))
    person = named(world, row, "First person")
    with world.act(code):
        assert delegate_at(row.meeting, person.pk, "en") is None
        assert Change.objects.filter(subject_id=person.pk).count() == 0
