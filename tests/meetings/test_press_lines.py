"""Agreed lines: cleared by those named, by silence until an instant or by their word; uncleared ones are never issued."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from sofra.kernel.commands import enter_for
from sofra.kernel.models import Change, Entry
from sofra.kernel.policy import decide
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.meetings.commands import press, press_issuing, press_lines
from sofra.meetings.commands.late_entries import answer_late_entry
from sofra.meetings.commands.procedure import strike_act
from sofra.meetings.models import Act, LateEntry, Meeting, PressIssue, PressPiece, Procedure, Reason
from sofra.meetings.queries.press import told_of
from sofra.meetings.queries.waiting import waiting_for
from tests.meetings.agenda_world import soon, wait_until
from tests.meetings.press_world import BODY, TITLE, piece, press_meeting, seen, sent
from tests.support.world import CODES, World, make_world

pytestmark = pytest.mark.usefixtures("house")
WHY: dict[str, Any] = {"what": {"en": "the second line"}, "reason": {"en": "Too early"}}


def standing(world: World, meeting: Meeting, row: PressPiece, who: str = "secretariat") -> str:
    return str(seen(world, who, meeting, row).clearance.state)


def entry(world: World, code: str, received: Any) -> Entry:
    return enter_for(world.parties[code].pk, world.format.pk, channel="note", received_at=received, reference="N 7")


def test_lines_are_read_by_those_asked_and_the_secretariat_alone() -> None:
    world = make_world()
    meeting = press_meeting(world)
    row = piece(world, meeting, "lines")
    others = ("visitor", "facilitator", "observer", *CODES)
    assert [who for who in others if seen(world, who, meeting, row)] == []
    with world.act("secretariat"):
        readers = [world.parties[code].pk for code in ("AL", "RS")]
        press_lines.send_lines(piece=row, readers=readers, deadline=soon())
    assert [who for who in others if seen(world, who, meeting, row)] == ["AL", "RS"]
    with world.act("MK"):
        assert not Procedure.objects.exists() and not Change.objects.filter(kind__startswith="procedure").exists()
        assert waiting_for_titles(world, "MK") == []
    for who in ("AL", "secretariat"):
        assert waiting_for_titles(world, who) == [TITLE["en"]]


def waiting_for_titles(world: World, who: str) -> list[str]:
    with world.act(who) as actor:
        return [str(each.title) for each in waiting_for(actor, "en")]


def test_silence_until_the_instant_clears_and_the_first_later_command_records_it() -> None:
    world = make_world()
    meeting = press_meeting(world)
    row = sent(world, meeting, ("AL", "RS"), soon(1.5))
    with world.act("secretariat"), pytest.raises(Refusal, match="not cleared yet: the parties have until"):
        press_issuing.issue_piece(piece=row, to="format")
    procedure = Procedure.objects
    with world.act("secretariat"):
        deadline = procedure.get().deadline
        assert deadline is not None
    wait_until(deadline)
    assert standing(world, meeting, row) == "cleared"
    with world.act("secretariat"):
        assert procedure.get().state == "open"  # computed, not yet recorded
    with world.act("AL"), pytest.raises(Refusal, match="These lines are cleared"):
        press_lines.object_to_lines(piece=row, **WHY)
    with world.act("secretariat"):
        press_issuing.issue_piece(piece=row, to="format")
        assert (procedure.get().state, procedure.get().settled_at) == ("adopted", deadline)
    for who, known in (("MK", 1), ("observer", 0), ("visitor", 0)):
        with world.act(who):
            assert len(told_of(meeting, "en")) == known


def test_the_word_of_all_that_were_asked_clears_at_once() -> None:
    world = make_world()
    meeting = press_meeting(world)
    row = sent(world, meeting, ("AL", "RS"), soon())
    with world.act("AL"):
        press_lines.no_objection(piece=row, comment={"en": "Well put"}, comment_audience="secretariat")
        with pytest.raises(Refusal, match="said already"):
            press_lines.no_objection(piece=row)
    assert standing(world, meeting, row) == "running"
    with world.act("RS"):
        assert not Reason.objects.exists()
    with world.act("secretariat"):
        assert Reason.objects.count() == 1
        press_lines.no_objection(piece=row, entry=entry(world, "RS", soon(-60)))
    assert standing(world, meeting, row) == "cleared"
    with world.act("secretariat"):
        issue = press_issuing.issue_piece(piece=row, to="public", at=soon(2))
        press_issuing.issue_piece(piece=row, to="format")
        with pytest.raises(Refusal, match="issued to them already"):
            press_issuing.issue_piece(piece=row, to="format")
    with world.act("visitor"):
        assert told_of(meeting, "en") == []
    wait_until(issue.readable_from)
    with world.act("visitor"):
        assert len(told_of(meeting, "en")) == 1
    with world.act("MK"):
        assert len(told_of(meeting, "en")) == 1


def test_an_objection_says_to_what_and_why_breaks_it_and_a_next_version_begins_anew() -> None:
    world = make_world()
    meeting = press_meeting(world)
    row = sent(world, meeting, ("AL", "RS"), soon())
    with world.act("RS"):
        with pytest.raises(Refusal) as refused:
            press_lines.object_to_lines(piece=row, what={"en": ""}, reason={"en": "x"})
        assert refused.value.field == "what"
        with pytest.raises(Refusal) as refused:
            press_lines.object_to_lines(piece=row, what={"en": "x"}, reason={})
        assert refused.value.field == "reason"
        press_lines.object_to_lines(piece=row, **WHY, reason_audience="secretariat")
    assert standing(world, meeting, row) == "broken"
    (objection,) = seen(world, "AL", meeting, row).clearance.objections
    assert (objection.owner_party_id, objection.reason) == (world.parties["RS"].pk, None)
    (objection,) = seen(world, "secretariat", meeting, row).clearance.objections
    assert {name: str(text) for name, text in objection.reason.worded.items()} == {
        "what": "the second line",
        "reason": "Too early",
    }
    with world.act("secretariat"):
        with pytest.raises(Refusal, match="Objecting: "):
            press_issuing.issue_piece(piece=row, to="format")
        second = press.draft_piece(
            meeting=meeting, kind="lines", after=row, title={"en": "Lines"}, body={"en": "Shorter"}
        )
        assert seen(world, "RS", meeting, second) is None
        with pytest.raises(Refusal, match="they were not sent for clearance"):
            press_issuing.issue_piece(piece=second, to="format")
        press_lines.send_lines(piece=second, readers=[world.parties["RS"].pk], deadline=soon())
    with world.act("RS"):
        press_lines.no_objection(piece=second)
    assert (standing(world, meeting, row), standing(world, meeting, second)) == ("broken", "cleared")
    assert seen(world, "AL", meeting, second) is None
    assert seen(world, "AL", meeting, row).worded["body"].text == BODY["en"]
    with world.act("secretariat"):
        assert press_issuing.issue_piece(piece=second, to="format").content["texts"]["en"]["body"] == "Shorter"


def test_sending_the_next_version_stops_the_clearance_that_runs_and_so_does_the_secretariat() -> None:
    world = make_world()
    meeting = press_meeting(world)
    row = sent(world, meeting, ("AL",), soon())
    with world.act("secretariat"):
        second = press.draft_piece(
            meeting=meeting, kind="lines", after=row, title={"en": "Lines"}, body={"en": "Shorter"}
        )
        press_lines.send_lines(piece=second, readers=[world.parties["AL"].pk], deadline=soon())
        assert (standing(world, meeting, row), standing(world, meeting, second)) == ("stopped", "running")
        press_lines.stop_lines(piece=second)
        with pytest.raises(Refusal, match="their clearance was stopped"):
            press_issuing.issue_piece(piece=second, to="format")
    with world.act("AL"), pytest.raises(Refusal, match="clearance has ended"):
        press_lines.object_to_lines(piece=second, **WHY)


@pytest.mark.parametrize("answer", ["stands", "reopened"])
def test_an_objection_received_in_time_and_entered_late_marks_it_and_is_answered_openly(answer: str) -> None:
    world = make_world()
    meeting = press_meeting(world)
    row = sent(world, meeting, ("AL", "RS"), soon(1))
    with world.act("secretariat"):
        procedure = Procedure.objects.get()
    assert procedure.deadline is not None
    wait_until(procedure.deadline)
    with world.act("secretariat"):
        members = press_issuing.issue_piece(piece=row, to="format")
        ahead = press_issuing.issue_piece(piece=row, to="public", at=soon(600))
        with pytest.raises(Refusal, match="These lines are cleared"):
            press_lines.object_to_lines(piece=row, **WHY, entry=entry(world, "RS", procedure.deadline))
        late = procedure.opened_at + timedelta(milliseconds=10)
        press_lines.object_to_lines(piece=row, **WHY, entry=entry(world, "RS", late))
        assert standing(world, meeting, row) == "cleared"
        assert PressIssue.objects.get(pk=ahead.pk).called_off
        with pytest.raises(Refusal, match="received in time and entered late"):
            press_issuing.issue_piece(piece=row, to="public")
        one = LateEntry.objects.get()
        answer_late_entry(late=one, answer=answer, reason={"en": "It was lying in a tray"})
    for who, asked in (("AL", True), ("MK", False)):
        with world.act(who):
            assert LateEntry.objects.exists() is asked
    reopened = answer == "reopened"
    assert standing(world, meeting, row) == ("reopened" if reopened else "cleared")
    with world.act("MK"):
        assert told_of(meeting, "en")[0].withdrawn is reopened
    with world.act("secretariat"):
        assert (PressIssue.objects.get(pk=members.pk).withdrawn_at is not None) is reopened
        if reopened:
            with pytest.raises(Refusal, match="not cleared any more"):
                press_issuing.issue_piece(piece=row, to="public")
        else:
            assert press_issuing.issue_piece(piece=row, to="public").pk


def test_a_party_strikes_what_was_entered_for_it_in_error() -> None:
    world = make_world()
    meeting = press_meeting(world)
    row = sent(world, meeting, ("AL", "RS"), soon())
    with world.act("secretariat"):
        act = press_lines.no_objection(piece=row, entry=entry(world, "AL", soon(-60)))
    with world.act("AL"):
        strike_act(Act.objects.get(pk=act.pk))
    assert len(seen(world, "RS", meeting, row).clearance.consents) == 0
    with world.act("RS"):
        press_lines.no_objection(piece=row)
    assert standing(world, meeting, row) == "running"


def test_only_those_asked_speak_and_only_members_can_be_asked() -> None:
    world = make_world()
    meeting = press_meeting(world)
    row = piece(world, meeting, "lines")
    with world.act("secretariat"):
        for readers in ([], [meeting.pk]):
            with pytest.raises(Refusal) as refused:
                press_lines.send_lines(piece=row, readers=readers, deadline=soon())
            assert refused.value.field == "readers"
        with pytest.raises(Refusal) as refused:
            press_lines.send_lines(piece=row, readers=[world.parties["AL"].pk], deadline=soon(-1))
        assert refused.value.field == "deadline"
        press_lines.send_lines(piece=row, readers=[world.parties["AL"].pk], deadline=soon())
        with pytest.raises(Refusal, match="was not asked") as refused:
            press_lines.no_objection(piece=row, entry=entry(world, "MK", soon(-60)))
        assert refused.value.field == "for_party"
    may = []
    for who in ("secretariat", "visitor", "facilitator", "observer", *CODES):
        with world.act(who) as actor:
            if decide(actor, "press.clear", row):
                may.append(who)
    assert may == ["secretariat", "AL"]
    with world.act("MK"), pytest.raises(NotAllowed):
        press_lines.no_objection(piece=row)
    with world.act("AL"), pytest.raises(NotAllowed):
        press_lines.send_lines(piece=row, readers=[world.parties["AL"].pk], deadline=soon())
