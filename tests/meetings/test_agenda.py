"""The agenda belongs to its members: they propose, and what one of them drafts nobody else knows of."""

from __future__ import annotations

import pytest

from sofra.kernel.models import Change, SearchDocument, Wording
from sofra.kernel.refusals import Conflict, NotAllowed, Refusal
from sofra.meetings.commands import agenda, chairing, procedure, themes
from sofra.meetings.models import Act, AgendaItem, Reason, Suggestion, Theme
from sofra.meetings.queries.agenda import agenda_of, item_of, suggestions_on
from tests.meetings.agenda_world import drafted, entry_for, make_meeting, submitted
from tests.support.world import CODES, make_world

pytestmark = pytest.mark.usefixtures("house")
OTHERS = ("secretariat", "facilitator", "observer", "visitor", *(code for code in CODES if code != "AL"))


def test_a_draft_is_known_to_its_delegation_alone() -> None:
    world = make_world()
    meeting = make_meeting(world)
    item = drafted(world, meeting, "AL", "A draft of one")
    for who in OTHERS:
        with world.act(who):
            assert AgendaItem.objects.count() == 0
            assert Wording.objects.filter(subject_id=item.pk).count() == 0
            assert Change.objects.filter(subject_id=item.pk).count() == 0
            assert SearchDocument.objects.count() == 0
            assert agenda_of(meeting, "en").every() == []
    with world.act("AL"):
        assert [each.pk for each in agenda_of(meeting, "en").drafts] == [item.pk]


def test_every_member_proposes_and_all_members_read_what_was_submitted() -> None:
    world = make_world()
    meeting = make_meeting(world)
    items = [submitted(world, meeting, code, f"Item of {code}") for code in CODES]
    for who in (*CODES, "secretariat"):
        with world.act(who):
            assert [item.pk for item in agenda_of(meeting, "en").items] == [item.pk for item in items]
    for who in ("observer", "facilitator", "visitor"):
        with world.act(who):
            assert AgendaItem.objects.count() == 0
            with pytest.raises(NotAllowed):
                agenda.propose(meeting=meeting, title={"en": "No"})


def test_the_secretariat_proposes_nothing_of_its_own() -> None:
    world = make_world()
    meeting = make_meeting(world)
    with world.act("secretariat"):
        with pytest.raises(NotAllowed, match="You speak for no delegation"):
            agenda.propose(meeting=meeting, title={"en": "Mine"})


def test_bad_input_is_refused_beside_its_field_and_nothing_is_written() -> None:
    world = make_world()
    meeting = make_meeting(world)
    with world.act("AL"):
        for field, more in (
            ("title", {"title": {"en": " "}}),
            ("title", {"title": {"en": "x" * 301}}),
            ("urgency", {"title": {"en": "x"}, "urgency": "soonish"}),
            ("themes", {"title": {"en": "x"}, "themes": [meeting.pk]}),
            ("note", {"title": {"en": "x"}, "note": {"en": "x" * 6001}}),
        ):
            with pytest.raises(Refusal) as refused:
                agenda.propose(meeting=meeting, **more)
            assert refused.value.field == field
        assert AgendaItem.objects.count() == 0


def test_only_its_delegation_edits_an_item_and_two_writers_see_both_versions() -> None:
    world = make_world()
    meeting = make_meeting(world)
    item = submitted(world, meeting, "AL", "First wording")
    change = {"note": {}, "themes": [], "urgency": "urgent"}
    for who in ("RS", "secretariat", "observer"):
        with world.act(who):
            with pytest.raises(NotAllowed):
                agenda.edit_item(item=item, seen_version=item.version, title={"en": "Theirs"}, **change)
    with world.act("AL"):
        seen = AgendaItem.objects.get(pk=item.pk)
        agenda.edit_item(
            item=AgendaItem.objects.get(pk=item.pk), seen_version=seen.version, title={"en": "Second"}, **change
        )
        with pytest.raises(Conflict) as conflict:
            agenda.edit_item(item=seen, seen_version=seen.version, title={"en": "Third"}, **change)
        assert conflict.value.theirs.version == seen.version + 1
        assert agenda_of(meeting, "en").items[0].worded["title"].text == "Second"


def test_others_co_sponsor_object_and_withdraw_and_all_members_see_it() -> None:
    world = make_world()
    meeting = make_meeting(world)
    item = submitted(world, meeting, "AL")
    subject = agenda.subject_of_item(item)
    with world.act("RS"):
        agenda.cosponsor(item=item)
        with pytest.raises(Refusal, match="co-sponsors this item already"):
            agenda.cosponsor(item=item)
        with pytest.raises(Refusal, match="withdraw the co-sponsorship first"):
            agenda.object_to_item(item=item, reason={"en": "Both at once"})
    with world.act("AL"):
        with pytest.raises(Refusal, match="proposes this item already"):
            agenda.cosponsor(item=item)
    with world.act("BA"):
        agenda.object_to_item(item=item, reason={"en": "Too early"})
    with world.act("MK"):
        seen = agenda_of(meeting, "en").items[0]
        assert [act.owner_party.code for act in seen.cosponsors] == ["RS"]
        assert [(act.owner_party.code, act.reason.worded["reason"].text) for act in seen.objections] == [
            ("BA", "Too early")
        ]
    with world.act("BA"):
        agenda.take_back(kind="lift", subject=subject)
        with pytest.raises(Refusal, match="nothing of that delegation"):
            agenda.take_back(kind="lift", subject=subject)
    with world.act("RS"):
        agenda.take_back(kind="uncosponsor", subject=subject)
        seen = agenda_of(meeting, "en").items[0]
        assert (seen.cosponsors, seen.objections) == ([], [])


def test_a_reason_for_the_secretariat_is_read_by_it_and_the_objecting_delegation_alone() -> None:
    world = make_world()
    meeting = make_meeting(world)
    item = submitted(world, meeting, "AL")
    with world.act("BA"):
        agenda.object_to_item(item=item, reason={"en": "Between us"}, reason_audience="secretariat")
    for who, known in (("BA", 1), ("secretariat", 1), ("AL", 0), ("RS", 0), ("observer", 0), ("facilitator", 0)):
        with world.act(who):
            assert Reason.objects.count() == known
            assert Wording.objects.filter(text="Between us").count() == known
    with world.act("RS"):
        objection = agenda_of(meeting, "en").items[0].objections[0]
        assert (objection.owner_party.code, objection.reason) == ("BA", None)


def test_the_proposer_accepts_or_declines_a_suggested_wording() -> None:
    world = make_world()
    meeting = make_meeting(world)
    item = submitted(world, meeting, "AL", "Roads")
    with world.act("RS"):
        first = agenda.suggest_wording(item=item, field="title", language="en", text="Roads and railways")
        agenda.suggest_wording(item=item, field="note", language="en", text="Another note")
        with pytest.raises(NotAllowed):
            agenda.answer_suggestion(suggestion=first, accept=True)
    with world.act("AL"):
        for row in Suggestion.objects.select_related("item"):
            agenda.answer_suggestion(suggestion=row, accept=row.pk == first.pk)
        assert [row.answer.kind for row in suggestions_on([item.pk], "en")] == ["accept", "decline"]
        seen = agenda_of(meeting, "en").items[0]
        assert (str(seen.worded["title"]), str(seen.worded["note"])) == ("Roads and railways", "Note on Roads")


def test_a_withdrawn_item_leaves_the_agenda_and_from_view_only_its_delegation_reads_it() -> None:
    world = make_world()
    meeting = make_meeting(world)
    item, other = submitted(world, meeting, "AL", "One"), submitted(world, meeting, "AL", "Two")
    with world.act("RS"):
        with pytest.raises(NotAllowed):
            agenda.withdraw_item(item=item)
    with world.act("AL"):
        agenda.withdraw_item(item=item)
        agenda.withdraw_item(item=other, from_view=True)
    with world.act("RS"):
        seen = agenda_of(meeting, "en")
        assert ([each.pk for each in seen.withdrawn], seen.items) == ([item.pk], [])
        assert Wording.objects.filter(subject_id=other.pk).count() == 0
        assert SearchDocument.objects.filter(subject_id=other.pk).count() == 0
    with world.act("AL"):
        assert {each.pk for each in agenda_of(meeting, "en").withdrawn} == {item.pk, other.pk}
        assert str(item_of(agenda_of(meeting, "en"), other.pk).worded["title"]) == "Two"


def test_the_chair_orders_and_a_second_chair_sees_that_the_order_changed() -> None:
    world = make_world()
    meeting = make_meeting(world)
    a, b, c = (submitted(world, meeting, code) for code in ("AL", "BA", "RS"))
    with world.act("RS"):
        with pytest.raises(NotAllowed):
            chairing.move_item(meeting=meeting, item_id=c.pk, steps=-1)
    with world.act("secretariat"):
        chairing.move_item(meeting=meeting, item_id=c.pk, steps=-2, seen_version=0)
        with pytest.raises(Conflict):
            chairing.move_item(meeting=meeting, item_id=a.pk, steps=1, seen_version=0)
    with world.act("MK"):
        assert [item.pk for item in agenda_of(meeting, "en").items] == [c.pk, a.pk, b.pk]


def test_the_secretariat_enters_every_act_from_a_note_and_the_delegation_corrects_it() -> None:
    world = make_world()
    meeting = make_meeting(world)
    with world.act("secretariat"):
        item = agenda.propose(meeting=meeting, title={"en": "By note"}, entry=entry_for(world, "AL"))
        agenda.submit_item(item=item)
        agenda.cosponsor(item=item, entry=entry_for(world, "BA"))
        objection = agenda.object_to_item(item=item, reason={"en": "No"}, entry=entry_for(world, "RS"))
        assert str(AgendaItem.objects.get().entry.channel) == "note"
    with world.act("BA"):
        with pytest.raises(NotAllowed):
            procedure.strike_act(Act.objects.get(pk=objection.pk))
    with world.act("RS"):
        procedure.strike_act(Act.objects.get(pk=objection.pk))
        assert agenda_of(meeting, "en").items[0].objections == []
    with world.act("AL"):
        mine = agenda_of(meeting, "en").items[0]
        agenda.edit_item(
            item=mine, seen_version=mine.version, title={"en": "In our words"}, note={}, themes=[], urgency="routine"
        )
        assert AgendaItem.objects.get().entry_id is None
    with world.act("secretariat"):
        item = agenda_of(meeting, "en").items[0]
        with pytest.raises(NotAllowed):
            agenda.edit_item(
                item=item, seen_version=None, title={"en": "Not ours"}, note={}, themes=[], urgency="routine"
            )


def test_a_party_that_is_no_member_is_not_entered_for() -> None:
    world = make_world()
    meeting = make_meeting(world)
    with world.act("secretariat"):
        from sofra.kernel.models import Party

        stranger = Party.objects.create(code="ZZ")
        world.parties["ZZ"] = stranger
        with pytest.raises(Refusal, match="Only members"):
            agenda.propose(meeting=meeting, title={"en": "x"}, entry=entry_for(world, "ZZ"))


def test_a_preparatory_meeting_hands_its_items_up_and_they_stay_their_proposers() -> None:
    world = make_world()
    meeting = make_meeting(world)
    before = make_meeting(world, "prep", kind="preparatory", prepares=meeting)
    item = submitted(world, before, "AL", "Handed")
    with world.act("RS"):
        with pytest.raises(NotAllowed):
            chairing.hand_up(item=item)
    with world.act("secretariat"):
        chairing.hand_up(item=item)
        with pytest.raises(Refusal, match="handed up already"):
            chairing.hand_up(item=item)
    with world.act("RS"):
        seen = agenda_of(meeting, "en").items
        assert [(row.pk, row.handed_up, row.owner_party.code) for row in seen] == [(item.pk, True, "AL")]
        agenda.cosponsor(item=item, meeting=meeting)


def test_themes_are_data_loaded_once_and_kept_by_the_house() -> None:
    world = make_world()
    rows = [{"id": "youth", "order": 10, "title": {"en": "Youth", "tr": "Gençlik"}}]
    with world.act("secretariat"):
        assert themes.load_themes(rows) == 1
        assert themes.load_themes(rows) == 0
        theme = Theme.objects.get()
        themes.edit_theme(theme=theme, seen_version=1, title={"en": "Young people"}, order=5, retired=True)
        assert themes.load_themes(rows) == 0
        with pytest.raises(Refusal, match="theme of that name"):
            themes.add_theme(title={"en": "Youth"})
    with world.act("AL"):
        with pytest.raises(NotAllowed):
            themes.add_theme(title={"en": "Another"})
