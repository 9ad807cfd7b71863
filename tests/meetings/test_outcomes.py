"""What a meeting ends with: drafted by the secretariat, read by all members at one instant, adopted word for word."""

from __future__ import annotations

import pytest

from sofra.kernel.models import SearchDocument, Wording
from sofra.kernel.refusals import Conflict, NotAllowed, Refusal
from sofra.meetings.commands import outcomes
from sofra.meetings.commands.convening import advance
from sofra.meetings.commands.outcomes import Text
from sofra.meetings.models import Meeting, Outcome
from sofra.meetings.queries.outcomes import get_outcome, outcomes_of
from tests.meetings.agenda_world import entry_for, make_meeting, soon, wait_until
from tests.support.world import CODES, make_world

pytestmark = pytest.mark.usefixtures("house")
EVERYBODY = ("visitor", "facilitator", "observer", *CODES)


def written(world, meeting, kind: str = "decision", title: str = "Decision one") -> Outcome:
    with world.act("secretariat"):
        return outcomes.draft_outcome(meeting=meeting, kind=kind, texts={"en": Text(title, "The members decide.")})


def released(world, meeting, kind: str = "decision") -> Outcome:
    outcome = written(world, meeting, kind)
    with world.act("secretariat"):
        return outcomes.release_outcome(outcome=outcome)


def test_a_draft_is_the_secretariats_and_decisions_are_numbered() -> None:
    world = make_world()
    meeting = make_meeting(world)
    first, second = written(world, meeting), written(world, meeting)
    summary = written(world, meeting, "chair_summary")
    assert (first.number, second.number, summary.number) == (1, 2, None)
    for who in EVERYBODY:
        with world.act(who):
            assert Outcome.objects.count() == 0
            with pytest.raises(NotAllowed):
                outcomes.draft_outcome(meeting=meeting, kind="decision", texts={"en": Text("x")})


def test_all_members_read_it_from_one_instant_on_and_the_public_only_once_it_is_published() -> None:
    world = make_world()
    meeting = make_meeting(world)
    outcome = written(world, meeting, "press_statement")
    with world.act("secretariat"):
        with pytest.raises(Refusal) as refused:
            outcomes.release_outcome(outcome=outcome, at=soon(-60))
        assert refused.value.field == "at"
        at = soon(4)
        outcomes.release_outcome(outcome=outcome, at=at)
        with pytest.raises(Refusal, match="Release it to the members first"):
            outcomes.publish_outcome(outcome=outcome)
    for who in EVERYBODY:
        with world.act(who):
            assert Outcome.objects.count() == 0
            assert Wording.objects.filter(subject_id=outcome.pk).count() == 0
    wait_until(at)
    for who in EVERYBODY:
        with world.act(who):
            assert Outcome.objects.count() == (1 if who in CODES else 0)
    with world.act("secretariat"):
        outcomes.publish_outcome(outcome=outcome)
    for who in EVERYBODY:
        with world.act(who):
            assert [str(row.worded["title"]) for row in outcomes_of(meeting, "en")] == ["Decision one"]
            assert SearchDocument.objects.count() == 1


def test_a_decision_is_adopted_by_consensus_word_for_word_and_not_over_an_objection() -> None:
    world = make_world()
    meeting = make_meeting(world)
    outcome = released(world, meeting)
    with world.act("RS"):
        with pytest.raises(NotAllowed):
            outcomes.adopt_outcome(outcome=outcome)
        outcomes.object_to_outcome(outcome=outcome, reason={"en": "Not so"})
    with world.act("secretariat"):
        with pytest.raises(Refusal, match="An objection stands"):
            outcomes.adopt_outcome(outcome=outcome)
    with world.act("RS"):
        outcomes.lift_objection(outcome=outcome)
    with world.act("secretariat"):
        with pytest.raises(Refusal, match="published once it is adopted"):
            outcomes.publish_outcome(outcome=outcome)
        outcomes.adopt_outcome(outcome=outcome)
        with pytest.raises(Refusal, match="adopted, word for word"):
            outcomes.edit_outcome(outcome=outcome, seen_version=None, texts={"en": Text("Other")})
        outcomes.publish_outcome(outcome=outcome)
    with world.act("visitor"):
        seen = get_outcome(meeting, outcome.pk, "en")
        assert seen.adopted.content["texts"]["en"]["body"] == "The members decide."
        assert seen.objections == []


def test_silence_adopts_an_outcome_at_its_instant_unless_a_member_objects() -> None:
    world = make_world()
    meeting = make_meeting(world)
    kept, broken = released(world, meeting), released(world, meeting, "adopted_text")
    with world.act("secretariat"):
        deadline = outcomes.open_outcome_silence(outcome=kept, deadline=soon(2)).procedure.deadline
        outcomes.open_outcome_silence(outcome=broken, deadline=soon(2))
        outcomes.object_to_outcome(outcome=broken, reason={"en": "No"}, entry=entry_for(world, "MK"))
    wait_until(deadline)
    with world.act("AL"):
        seen = get_outcome(meeting, kept.pk, "en")
        assert seen.adopted.procedure.settled_at == deadline
        assert get_outcome(meeting, broken.pk, "en").adopted is None
        with pytest.raises(Refusal, match="The text is adopted"):
            outcomes.object_to_outcome(outcome=kept, reason={"en": "Late"})


def test_a_chairs_summary_is_nobodys_to_adopt() -> None:
    world = make_world()
    meeting = make_meeting(world)
    outcome = released(world, meeting, "chair_summary")
    with world.act("secretariat"):
        with pytest.raises(Refusal, match="not adopted"):
            outcomes.adopt_outcome(outcome=outcome)
    with world.act("AL"):
        with pytest.raises(Refusal, match="to be adopted"):
            outcomes.object_to_outcome(outcome=outcome, reason={"en": "No"})


def test_two_writers_see_both_versions_and_each_language_says_its_status_and_translator() -> None:
    world = make_world()
    meeting = make_meeting(world)
    outcome = written(world, meeting)
    with world.act("secretariat"):
        stale = Outcome.objects.get()
        outcomes.edit_outcome(
            outcome=Outcome.objects.get(), seen_version=outcome.version,
            texts={"en": Text("Second"), "tr": Text("İkinci", "Metin", "draft", "Test translator")},
        )  # fmt: skip
        with pytest.raises(Conflict):
            outcomes.edit_outcome(outcome=stale, seen_version=outcome.version, texts={"en": Text("Third")})
        seen = get_outcome(meeting, outcome.pk, "tr")
        assert (str(seen.worded["title"]), seen.texts["tr"]["status"]) == ("İkinci", "draft")
        assert seen.texts["tr"]["translator"] == "Test translator"


def test_bad_texts_are_refused_beside_their_field() -> None:
    world = make_world()
    meeting = make_meeting(world)
    with world.act("secretariat"):
        for name, kind, texts in (
            ("kind", "none", {"en": Text("x")}),
            ("kind", "treaty", {"en": Text("x")}),
            ("title", "decision", {"en": Text(" ")}),
            ("title_tr", "decision", {"en": Text("x"), "tr": Text("", "Metin")}),
            ("body_en", "decision", {"en": Text("x" * 301)}),
            ("status_en", "decision", {"en": Text("x", "", "ready")}),
        ):
            with pytest.raises(Refusal) as refused:
                outcomes.draft_outcome(meeting=meeting, kind=kind, texts=texts)
            assert refused.value.field == name
        assert Outcome.objects.count() == 0


def test_a_meeting_ends_with_its_outcomes_or_says_that_there_is_none() -> None:
    world = make_world()
    meeting, other = make_meeting(world), make_meeting(world, "4")
    written(world, meeting)
    with world.act("AL"):
        with pytest.raises(NotAllowed):
            outcomes.close_meeting(meeting=other, none=True)
    with world.act("secretariat"):
        with pytest.raises(Refusal, match="does not end without any"):
            outcomes.close_meeting(meeting=meeting, none=True)
        with pytest.raises(Refusal, match="No outcome is written down"):
            outcomes.close_meeting(meeting=other)
        outcomes.close_meeting(meeting=meeting)
        outcomes.close_meeting(meeting=other, none=True)
        with pytest.raises(NotAllowed, match="closed already"):
            outcomes.close_meeting(meeting=other, none=True)
    with world.act("AL"):
        assert [row.kind for row in outcomes_of(other, "en")] == ["none"]
        assert set(Meeting.objects.values_list("status", flat=True)) == {"closed"}


def test_no_step_of_its_status_closes_a_meeting_without_naming_what_it_ends_with() -> None:
    world = make_world()
    meeting = make_meeting(world, status=Meeting.Status.UNDER_WAY)
    with world.act("secretariat"):
        with pytest.raises(Refusal, match="naming what it ends with"):
            advance(meeting, to=Meeting.Status.CLOSED, seen_version=meeting.version)
        assert Meeting.objects.get().status == Meeting.Status.UNDER_WAY
