"""An agenda is adopted by consensus, or by silence at an exact instant that the database's clock decides."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connections

from sofra.kernel import acting
from sofra.kernel.models import Change
from sofra.kernel.refusals import Conflict, NotAllowed, Refusal
from sofra.meetings.commands import agenda, chairing
from sofra.meetings.models import FrozenVersion, Procedure
from sofra.meetings.queries.agenda import agenda_of, version_lines
from sofra.parties.queries.formats import members_on
from tests.meetings.agenda_world import entry_for, make_meeting, soon, submitted, wait_until
from tests.support.world import CODES, World, make_world


def versions(meeting) -> list[tuple[int, str]]:
    return [(row.number, row.procedure.state) for row in agenda_of(meeting, "en").versions]


def silent_for(meeting, seconds: float) -> FrozenVersion:
    return chairing.open_silence(meeting=meeting, deadline=soon(seconds))


@pytest.mark.usefixtures("house")
def test_the_chair_records_consensus_and_not_while_an_objection_stands() -> None:
    world = make_world()
    meeting = make_meeting(world)
    item = submitted(world, meeting, "AL", "First wording")
    with world.act("BA"):
        agenda.object_to_item(item=item, reason={"en": "No"})
    with world.act("AL"):
        with pytest.raises(NotAllowed):
            chairing.adopt_by_consensus(meeting=meeting)
    with world.act("secretariat"):
        with pytest.raises(Refusal, match="An objection stands"):
            chairing.adopt_by_consensus(meeting=meeting)
    with world.act("BA"):
        agenda.take_back(kind="lift", subject=agenda.subject_of_item(item))
        agenda.object_to_agenda(meeting=meeting, reason={"en": "Not yet"})
    with world.act("secretariat"):
        with pytest.raises(Refusal, match="An objection stands"):
            chairing.adopt_by_consensus(meeting=meeting)
    with world.act("BA"):
        agenda.take_back(kind="lift", subject=agenda.subject_of_agenda(meeting))
    with world.act("secretariat"):
        chairing.adopt_by_consensus(meeting=meeting)
        with pytest.raises(Refusal, match="nothing has changed since"):
            chairing.adopt_by_consensus(meeting=meeting)
    with world.act("RS"):
        assert versions(meeting) == [(1, "adopted")]
        assert FrozenVersion.objects.get().content["lines"][0]["title"] == {"en": "First wording"}


@pytest.mark.usefixtures("house")
def test_what_the_chair_did_not_see_is_not_adopted() -> None:
    world = make_world()
    meeting = make_meeting(world)
    submitted(world, meeting, "AL")
    with world.act("secretariat"):
        seen = agenda_of(meeting, "en").fingerprint
    submitted(world, meeting, "BA")
    with world.act("secretariat"):
        with pytest.raises(Conflict):
            chairing.adopt_by_consensus(meeting=meeting, seen=seen)
        chairing.adopt_by_consensus(meeting=meeting, seen=agenda_of(meeting, "en").fingerprint)


@pytest.mark.usefixtures("house")
def test_an_empty_agenda_and_a_deadline_in_the_past_are_refused() -> None:
    world = make_world()
    meeting = make_meeting(world)
    with world.act("secretariat"):
        with pytest.raises(Refusal, match="No item stands"):
            chairing.adopt_by_consensus(meeting=meeting)
    submitted(world, meeting, "AL")
    with world.act("secretariat"):
        with pytest.raises(Refusal) as refused:
            silent_for(meeting, -1)
        assert refused.value.field == "deadline"


@pytest.mark.usefixtures("house")
def test_an_objection_before_the_instant_breaks_the_silence_for_good() -> None:
    world = make_world()
    meeting = make_meeting(world)
    item = submitted(world, meeting, "AL")
    with world.act("secretariat"):
        silent_for(meeting, 3600)
        with pytest.raises(Refusal, match="silence procedure is open"):
            chairing.adopt_by_consensus(meeting=meeting)
    with world.act("AL"):
        with pytest.raises(Refusal, match="under silence and cannot change"):
            agenda.withdraw_item(item=item)
    with world.act("BA"):
        objection = agenda.object_to_item(item=item, reason={"en": "No"})
        agenda.take_back(kind="lift", subject=agenda.subject_of_item(item))
    with world.act("RS"):
        procedure = Procedure.objects.get()
        assert (procedure.state, procedure.broken_by_id, procedure.settled_at) == ("broken", objection.pk, objection.at)
        assert Change.objects.filter(kind="procedure.broken").count() == 1
    with world.act("secretariat"):
        silent_for(meeting, 3600)
        assert versions(meeting) == [(1, "broken"), (2, "open")]
        chairing.stop_silence(meeting=meeting)
        assert versions(meeting) == [(1, "broken"), (2, "stopped")]


@pytest.mark.usefixtures("house")
def test_a_lapse_is_computed_and_the_first_later_command_records_it() -> None:
    world = make_world()
    meeting = make_meeting(world)
    item = submitted(world, meeting, "AL")
    with world.act("secretariat"):
        deadline = silent_for(meeting, 1).procedure.deadline
    wait_until(deadline)
    with world.act("RS"):
        assert Procedure.objects.get().state == "open"
        assert versions(meeting) == [(1, "adopted")]
        with pytest.raises(Refusal, match="part of the adopted agenda"):
            agenda.object_to_item(item=item, reason={"en": "Too late"})
        agenda.cosponsor(item=item)
        procedure = Procedure.objects.get()
        assert (procedure.state, procedure.settled_at) == ("adopted", deadline)
    with world.act("secretariat"):
        with pytest.raises(Refusal, match="No silence procedure is open"):
            chairing.stop_silence(meeting=meeting)


@pytest.mark.usefixtures("house")
def test_a_late_item_needs_the_consent_of_all_members_and_then_a_new_version_holds_it() -> None:
    world = make_world()
    meeting = make_meeting(world)
    submitted(world, meeting, "AL", "In time")
    with world.act("secretariat"):
        chairing.adopt_by_consensus(meeting=meeting)
    late = submitted(world, meeting, "RS", "Late")
    with world.act("BA"):
        with pytest.raises(Refusal, match="does not wait for consent"):
            agenda.consent_to_late_item(item=agenda_of(meeting, "en").items[0])
    for code in [code for code in CODES if code not in ("RS", "BA", "MK")]:
        with world.act(code):
            agenda.consent_to_late_item(item=late)
    with world.act("BA"):
        agenda.object_to_item(item=late, reason={"en": "No"})
    with world.act("secretariat"):
        agenda.consent_to_late_item(item=late, entry=entry_for(world, "MK"))
        seen = agenda_of(meeting, "en")
        assert [party.code for party in seen.late[0].missing] == ["BA"]
        assert [act.owner_party.code for act in seen.late[0].objections] == ["BA"]
        with pytest.raises(Refusal, match="nothing has changed since"):
            chairing.adopt_by_consensus(meeting=meeting)
    with world.act("BA"):
        agenda.consent_to_late_item(item=late)
        seen = agenda_of(meeting, "en")
        assert ([item.pk for item in seen.late], len(seen.items)) == ([], 2)
        assert versions(meeting) == [(1, "adopted"), (2, "adopted")]
        assert [str(line["title"]) for line in version_lines(seen.versions[0], "en")] == ["In time"]
        assert [str(line["title"]) for line in version_lines(seen.versions[1], "en")] == ["In time", "Late"]
        assert Procedure.objects.get(method="consent").settled_at is not None


@pytest.mark.usefixtures("house")
def test_a_change_after_adoption_is_shown_and_a_new_version_leaves_the_old_one_readable() -> None:
    world = make_world()
    meeting = make_meeting(world)
    item = submitted(world, meeting, "AL", "One")
    with world.act("secretariat"):
        chairing.adopt_by_consensus(meeting=meeting)
    with world.act("AL"):
        mine = agenda_of(meeting, "en").items[0]
        agenda.edit_item(
            item=mine, seen_version=mine.version, title={"en": "Two"}, note={}, themes=[], urgency="this_meeting"
        )
        assert agenda_of(meeting, "en").difference.reworded == (str(item.pk),)
    with world.act("secretariat"):
        chairing.adopt_by_consensus(meeting=meeting)
        assert [row.content["lines"][0]["title"]["en"] for row in agenda_of(meeting, "en").versions] == ["One", "Two"]


def _as(world: World, code: str, act, done: list[str]) -> None:
    try:
        with world.act(code):
            act()
        done.append(code)
    except Refusal as refusal:
        done.append(str(refusal.sentence))
    finally:
        connections.close_all()


def test_an_objection_made_in_time_holds_up_whoever_asks_after_the_instant(own_database: str) -> None:
    world = make_world()
    meeting = make_meeting(world)
    item = submitted(world, meeting, "AL")
    with world.act("secretariat"):
        deadline = silent_for(meeting, 3).procedure.deadline
    inside, seen = threading.Event(), []

    def object_slowly() -> None:
        agenda.object_to_item(item=item, reason={"en": "In time"})
        inside.set()
        wait_until(deadline)
        time.sleep(0.5)

    def ask_late() -> None:
        inside.wait(20)
        wait_until(deadline)
        seen.append(versions(meeting))

    done: list[str] = []
    threads = [
        threading.Thread(target=_as, args=(world, "BA", object_slowly, done)),
        threading.Thread(target=_as, args=(world, "RS", ask_late, done)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert (sorted(done), seen) == (["BA", "RS"], [[(1, "broken")]])


def test_objections_that_race_with_the_instant_leave_one_outcome_that_all_read(own_database: str) -> None:
    world = make_world()
    meeting = make_meeting(world)
    item = submitted(world, meeting, "AL")
    with world.act("secretariat"):
        deadline = silent_for(meeting, 0.6).procedure.deadline
    done: list[str] = []
    threads = []
    for n, code in enumerate(("BA", "RS", "MK", "ME")):

        def act(n: int = n) -> None:
            time.sleep(0.45 + 0.1 * n)
            agenda.object_to_item(item=item, reason={"en": "No"})

        threads.append(threading.Thread(target=_as, args=(world, code, act, done)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    with world.act("TR"):
        (version,) = agenda_of(meeting, "en").versions
        objections = agenda_of(meeting, "en").items[0].objections
        in_time = [act for act in objections if act.at < deadline]
        assert version.procedure.state == ("broken" if in_time else "adopted")
    assert len(done) == 4


@pytest.mark.usefixtures("house")
def test_the_house_acts_for_nobody_when_it_records_a_lapse() -> None:
    world = make_world()
    meeting = make_meeting(world)
    item = submitted(world, meeting, "AL")
    with world.act("secretariat"):
        deadline = silent_for(meeting, 1).procedure.deadline
    wait_until(deadline)
    with world.act("RS"):
        before = acting.current()
        agenda.cosponsor(item=item)
        assert acting.current() == before
        assert Change.objects.get(kind="procedure.adopted").seat_id is None
        assert len(members_on(world.format)) == 7
