"""An objection that was received before a silence ended and is entered after it: the clock decides, the chair answers openly."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from sofra.kernel.commands import enter_for
from sofra.kernel.models import Entry
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.meetings.commands import agenda, chairing, outcomes, publicity
from sofra.meetings.commands.late_entries import answer_late_entry
from sofra.meetings.commands.outcomes import Text
from sofra.meetings.engine.procedure import received_in_time
from sofra.meetings.models import LateEntry, Meeting, Outcome, Procedure
from sofra.meetings.queries.agenda import agenda_of
from sofra.meetings.queries.outcomes import get_outcome
from sofra.meetings.queries.waiting import waiting_for
from tests.meetings.agenda_world import make_meeting, soon, submitted
from tests.support.world import World, make_world

pytestmark = pytest.mark.usefixtures("house")


def ran_out(world: World, meeting: Meeting) -> Procedure:
    """An agenda that a silence adopted a moment ago."""
    submitted(world, meeting, "AL")
    with world.act("secretariat"):
        procedure = chairing.open_silence(meeting=meeting, deadline=soon(1)).procedure
    assert procedure.deadline is not None
    time.sleep(max(0.0, (procedure.deadline - datetime.now(UTC)).total_seconds()) + 0.02)
    return procedure


def note(world: World, received_at: datetime, code: str = "RS") -> Entry:
    return enter_for(
        world.parties[code].pk, world.format.pk, channel="note", received_at=received_at, reference="N 7"
    )  # fmt: skip


def entered_late(world: World, meeting: Meeting) -> tuple[Procedure, LateEntry]:
    procedure = ran_out(world, meeting)
    with world.act("secretariat"):
        entry = note(world, procedure.opened_at + timedelta(milliseconds=10))
        agenda.object_to_agenda(meeting=meeting, reason={"en": "Not ready"}, entry=entry)
        return procedure, LateEntry.objects.get()


def test_in_time_is_from_the_opening_to_before_the_end_and_late_is_from_the_end_on() -> None:
    opened, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
    tick = timedelta(microseconds=1)
    assert received_in_time(opened, end, opened, end)
    assert received_in_time(opened, end, end - tick, end + tick)
    assert not received_in_time(opened, end, end, end)
    assert not received_in_time(opened, end, opened - tick, end)
    assert not received_in_time(opened, end, opened, end - tick)


def test_what_was_received_in_time_and_entered_late_breaks_nothing_and_marks_the_adoption() -> None:
    world = make_world()
    meeting = make_meeting(world)
    procedure, late = entered_late(world, meeting)
    assert (late.procedure_id, late.answer) == (procedure.pk, "")
    with world.act("AL") as actor:
        seen = agenda_of(meeting, "en")
        assert seen.adopted is not None and seen.adopted.procedure.settled_at == procedure.deadline
        assert [(each.waits, each.act.owner_party_id) for each in seen.late_entries] == [  # type: ignore[attr-defined]
            (True, world.parties["RS"].pk)
        ]
        assert len(seen.objections) == 1
        assert not [item for item in waiting_for(actor, "en") if "/late/" in item.url]
    with world.act("secretariat") as actor:
        assert [item.url for item in waiting_for(actor, "en")] == [f"/en/meetings/platform/3/late/{late.pk}/"]
        with pytest.raises(Refusal, match="The chair answers it first"):
            publicity.publish_agenda(meeting=meeting, to="public", number=1)
        with pytest.raises(Refusal, match="The chair answers it first"):
            outcomes.close_meeting(meeting=meeting, none=True)


def test_what_was_received_too_late_or_comes_from_the_delegation_itself_is_too_late() -> None:
    world = make_world()
    meeting = make_meeting(world)
    procedure = ran_out(world, meeting)
    assert procedure.deadline is not None
    with world.act("secretariat"):
        for received in (procedure.deadline, procedure.opened_at - timedelta(seconds=1)):
            with pytest.raises(Refusal, match="nothing has changed since"):
                agenda.object_to_agenda(meeting=meeting, reason={"en": "No"}, entry=note(world, received))
    with world.act("RS"), pytest.raises(Refusal, match="nothing has changed since"):
        agenda.object_to_agenda(meeting=meeting, reason={"en": "No"})
    with world.act("secretariat"):
        assert LateEntry.objects.count() == 0


def test_the_chair_reopens_the_adoption_by_a_recorded_act_and_the_objection_stands() -> None:
    world = make_world()
    meeting = make_meeting(world)
    procedure, late = entered_late(world, meeting)
    for who in ("AL", "RS", "observer"):
        with world.act(who), pytest.raises(NotAllowed):
            answer_late_entry(late=late, answer="reopened", reason={"en": "Why"})
    with world.act("secretariat"):
        for answer, reason, name in (("", {"en": "x"}, "answer"), ("reopened", {"en": " "}, "reason")):
            with pytest.raises(Refusal) as refused:
                answer_late_entry(late=late, answer=answer, reason=reason)
            assert refused.value.field == name
        answer_late_entry(late=late, answer="reopened", reason={"en": "It came before the end."})
        with pytest.raises(Refusal, match="does not wait"):
            answer_late_entry(late=late, answer="stands", reason={"en": "x"})
        with pytest.raises(Refusal, match="An objection stands"):
            chairing.adopt_by_consensus(meeting=meeting)
    with world.act("ME"):
        seen = agenda_of(meeting, "en")
        assert (seen.adopted, seen.versions[0].procedure.state) == (None, "reopened")
        assert seen.versions[0].procedure.settled_at == procedure.deadline
        assert [str(each.worded["reason"]) for each in seen.late_entries] == ["It came before the end."]  # type: ignore[attr-defined]
    with world.act("secretariat"):
        subject = agenda.subject_of_agenda(meeting)
        agenda.take_back(kind="lift", subject=subject, entry=note(world, datetime(2026, 1, 5, tzinfo=UTC)))
        assert chairing.adopt_by_consensus(meeting=meeting).number == 2


def test_the_chair_may_let_it_stand_for_a_reason_all_read() -> None:
    world = make_world()
    meeting = make_meeting(world)
    _procedure, late = entered_late(world, meeting)
    with world.act("secretariat") as actor:
        answer_late_entry(late=late, answer="stands", reason={"en": "The party agrees that it stands."})
        assert waiting_for(actor, "en") == []
        publicity.publish_agenda(meeting=meeting, to="public", number=1)
    with world.act("RS"):
        assert agenda_of(meeting, "en").adopted is not None


def test_an_objection_withdrawn_meanwhile_waits_for_no_answer() -> None:
    world = make_world()
    meeting = make_meeting(world)
    _procedure, late = entered_late(world, meeting)
    with world.act("RS"):
        agenda.take_back(kind="lift", subject=agenda.subject_of_agenda(meeting))
    with world.act("secretariat"):
        with pytest.raises(Refusal, match="does not wait"):
            answer_late_entry(late=late, answer="reopened", reason={"en": "x"})


def test_the_same_holds_for_a_text_under_silence() -> None:
    world = make_world()
    meeting = make_meeting(world)
    with world.act("secretariat"):
        made = outcomes.draft_outcome(meeting=meeting, kind="decision", texts={"en": Text("One", "Text")})
        outcomes.release_outcome(outcome=made)
        procedure = outcomes.open_outcome_silence(outcome=made, deadline=soon(1)).procedure
        assert procedure.deadline is not None
        time.sleep(max(0.0, (procedure.deadline - datetime.now(UTC)).total_seconds()) + 0.02)
        outcomes.object_to_outcome(
            outcome=Outcome.objects.get(), reason={"en": "No"}, entry=note(world, procedure.opened_at)
        )
        with pytest.raises(Refusal, match="The chair answers it first"):
            outcomes.publish_outcome(outcome=Outcome.objects.get())
        answer_late_entry(late=LateEntry.objects.get(), answer="reopened", reason={"en": "Yes"})
    with world.act("AL"):
        seen = get_outcome(meeting, made.pk, "en")
        assert seen is not None and seen.adopted is None  # type: ignore[attr-defined]
