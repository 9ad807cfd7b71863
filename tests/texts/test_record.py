"""The record of a negotiated text: who may say what, who reads it, and that nothing said is ever rewritten."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from sofra.kernel.commands import database_now
from sofra.kernel.models import Audience
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.texts.commands import deciding, positions, proposing
from sofra.texts.commands.beginning import begin
from sofra.texts.commands.rows import latest_stand, status_now
from sofra.texts.engine.points import points
from sofra.texts.engine.projecting import project_content
from sofra.texts.labels import CHAIR, label_of
from sofra.texts.models import Closing, Explanation, Paragraph, Placing, Position, Proposal, Stance, Stand, Status, Text
from sofra.texts.queries.positions import standing_on
from sofra.texts.queries.text import content, paragraphs_now, pen_of
from tests.meetings.agenda_world import entry_for, make_meeting
from tests.support.world import World
from tests.texts.texts_world import count_as, make_text, paragraph_of, proposed, stands

pytestmark = pytest.mark.usefixtures("house")


@pytest.fixture
def text(world: World) -> Text:
    return make_text(world, make_meeting(world))


def choices(paragraph: Paragraph) -> dict[str, str]:
    row = latest_stand(paragraph, "en")
    assert row is not None
    return {one.words: one.key for each in points(content(row.content)) for one in each.choices}


def test_a_text_begins_with_its_paragraphs_numbers_and_kinds(world: World, text: Text) -> None:
    with world.act("AL"):
        found = paragraphs_now(text)
        assert [(each.placing.kind, each.placing.number, each.stands["en"].content) for each in found] == [
            (Placing.Kind.HEADING, "", "Joint statement"),
            (Placing.Kind.OPERATIVE, "1.", "We build roads and rails."),
            (Placing.Kind.OPERATIVE, "2.", "We meet young people."),
        ]


def test_only_the_secretariat_puts_a_text_on_the_table(world: World) -> None:
    meeting = make_meeting(world)
    with world.act("AL"), pytest.raises(NotAllowed):
        begin(meeting=meeting, title={"en": "x"}, languages=["en"], notation={"en": "We."})


def test_a_label_nobody_is_known_by_is_asked_for(world: World) -> None:
    meeting = make_meeting(world)
    with pytest.raises(Refusal, match="Who is “Atlantis”"):
        make_text(world, meeting, "We [never - Atlantis] meet.")
    with pytest.raises(Refusal, match="Line 1, column 4"):
        make_text(world, meeting, "We [never meet.")


def test_two_delegations_changing_the_same_words_both_stand(world: World, text: Text) -> None:
    paragraph = paragraph_of(world, text, 1)
    with world.act("AL"):
        seen = latest_stand(paragraph, "en")
    proposed(world, "AL", paragraph, "We build safe roads and rails.", seen=seen)
    proposed(world, "RS", paragraph, "We build fast roads and rails.", seen=seen)
    both = ("We build [safe - AL / fast - RS] roads and rails.", "We build [fast - RS / safe - AL] roads and rails.")
    assert stands(world, paragraph) in both


def test_who_is_not_a_member_proposes_nothing(world: World, text: Text) -> None:
    paragraph = paragraph_of(world, text, 1)
    for who in ("observer", "facilitator"):
        with pytest.raises(NotAllowed):
            proposed(world, who, paragraph, "We build.", seen=None)
    with world.act("secretariat"), pytest.raises(NotAllowed):
        proposing.propose(paragraph=paragraph, wording="We build.", language="en", seen=None)
    assert stands(world, paragraph) == "We build roads and rails."


def test_the_secretariat_enters_a_proposal_and_the_chair_makes_its_own(world: World, text: Text) -> None:
    paragraph = paragraph_of(world, text, 1)
    with world.act("secretariat"):
        entry = entry_for(world, "ME")
        proposing.propose(
            paragraph=paragraph, wording="We build roads.", language="en", seen=None,
            party_id=world.parties["ME"].pk, entry=entry,
        )  # fmt: skip
    proposed(world, "secretariat", paragraph, "We build roads, rails and bridges.")
    with world.act("TR"):
        row = latest_stand(paragraph, "en")
        assert row is not None
        assert project_content(content(row.content), label_of(world.parties["ME"].pk)) == "We build roads."
        assert project_content(content(row.content), CHAIR) == "We build roads, rails and bridges."


def test_what_is_addressed_to_the_chair_alone_changes_nothing_for_others(world: World, text: Text) -> None:
    paragraph = paragraph_of(world, text, 1)
    proposed(world, "AL", paragraph, "We build tunnels.", audience=Audience.SECRETARIAT, explanation={"en": "Quietly"})
    assert stands(world, paragraph) == "We build roads and rails."
    assert [count_as(world, who, Proposal) for who in ("AL", "secretariat", "RS", "observer")] == [1, 1, 0, 0]
    assert [count_as(world, who, Explanation) for who in ("AL", "secretariat", "RS")] == [1, 1, 0]


def test_a_new_paragraph_for_some_is_a_paragraph_for_those_alone(world: World, text: Text) -> None:
    first = paragraph_of(world, text, 1)
    with world.act("AL"):
        proposing.add_paragraph(
            text=text, after=first, wording="We tunnel.", language="en", audience=Audience.PARTIES,
            readers=[world.parties["RS"].pk],
        )  # fmt: skip
    for who, sees in (("AL", 4), ("RS", 4), ("ME", 3), ("secretariat", 3)):
        with world.act(who):
            assert len(paragraphs_now(text)) == sees, who


def test_an_alternative_paragraph_takes_the_number_with_bis(world: World, text: Text) -> None:
    first = paragraph_of(world, text, 1)
    for who in ("AL", "RS"):
        with world.act(who):
            proposing.add_paragraph(text=text, after=first, wording=f"We {who}.", language="en", alternative=True)
    with world.act("ME"):
        assert [each.placing.number for each in paragraphs_now(text)] == ["", "1.", "1.ter", "1.bis", "2."]


def test_a_proposal_against_an_older_text_is_moved_where_that_is_exact(world: World, text: Text) -> None:
    paragraph = paragraph_of(world, text, 1)
    with world.act("AL"):
        seen = latest_stand(paragraph, "en")
    proposed(world, "RS", paragraph, "We build roads and bridges.")
    key = "bridges"
    with world.act("secretariat"):
        row = latest_stand(paragraph, "en")
        assert row is not None
        point = points(content(row.content))[0]
        choice = next(each.key for each in point.choices if each.words == key)
        deciding.close(
            paragraph=paragraph, language="en", how="accepted", point=point.key, choice=choice, reason={"en": "Agreed"}
        )
    assert stands(world, paragraph) == "We build roads and bridges."
    done = proposed(world, "AL", paragraph, "We build safe roads and rails.", seen=seen)
    assert (done.outdated, done.wording) == (False, "We build safe roads and bridges.")
    assert stands(world, paragraph) == "We build [safe - AL] roads and bridges."
    lost = proposed(world, "AL", paragraph, "We build roads and trams.", seen=seen)
    assert (lost.outdated, lost.audience, lost.wording) == (True, Audience.DELEGATION, "We build roads and trams.")
    assert stands(world, paragraph) == "We build [safe - AL] roads and bridges."
    with world.act("secretariat"):
        assert not Proposal.objects.filter(pk=lost.pk).exists()


def test_a_withdrawn_proposal_leaves_the_text_and_stays_in_the_history(world: World, text: Text) -> None:
    paragraph = paragraph_of(world, text, 1)
    row = proposed(world, "AL", paragraph, "We build safe roads and rails.")
    with world.act("RS"), pytest.raises(NotAllowed):
        proposing.withdraw(proposal=row)
    with world.act("AL"):
        proposing.withdraw(proposal=row)
    assert stands(world, paragraph) == "We build roads and rails."
    with world.act("RS"):
        assert [each.kind for each in Proposal.objects.filter(paragraph=paragraph)] == ["reword", "withdraw"]


def test_positions_are_read_by_those_they_are_addressed_to(world: World, text: Text) -> None:
    paragraph = paragraph_of(world, text, 1)
    proposed(world, "AL", paragraph, "We build safe roads and rails.")
    with world.act("RS"):
        key = choices(paragraph)["safe"]
        said = {"paragraph": paragraph, "language": "en", "choice": key}
        positions.take_position(**said, stance=Stance.OBJECTS, reason={"en": "Dear"})
        positions.take_position(**said, stance=Stance.CAN_LIVE_WITH, audience=Audience.SECRETARIAT)
        positions.take_position(**said, stance=Stance.SUPPORTS, audience=Audience.DELEGATION)
    latest = {}
    for who in ("RS", "secretariat", "ME", "observer"):
        with world.act(who):
            latest[who] = [each.stance for each in standing_on([paragraph.pk])]
    assert latest == {"RS": ["supports"], "secretariat": ["can live with"], "ME": ["objects"], "observer": []}


def test_a_position_heard_is_confirmed_by_its_delegation(world: World, text: Text) -> None:
    paragraph = paragraph_of(world, text, 1)
    proposed(world, "AL", paragraph, "We build safe roads and rails.")
    with world.act("secretariat"):
        row = positions.take_position(
            paragraph=paragraph, language="en", choice=choices(paragraph)["safe"], stance=Stance.RESERVES, heard=True,
            reason={"en": "Said at the table"}, party_id=world.parties["BA"].pk, entry=entry_for(world, "BA"),
        )  # fmt: skip
    for who in ("RS", "secretariat"):
        with world.act(who), pytest.raises(NotAllowed):
            positions.confirm_position(position=row)
    with world.act("BA"):
        positions.confirm_position(position=Position.objects.get())
        assert Position.objects.get().entry_id is None


def test_no_bracket_is_closed_over_an_objection(world: World, text: Text) -> None:
    paragraph = paragraph_of(world, text, 1)
    proposed(world, "AL", paragraph, "We build safe roads and rails.")
    with world.act("RS"):
        positions.take_position(
            paragraph=paragraph, language="en", choice=choices(paragraph)["safe"], stance=Stance.OBJECTS
        )
    with world.act("secretariat"):
        row = latest_stand(paragraph, "en")
        assert row is not None
        point = points(content(row.content))[0]
        close = {"paragraph": paragraph, "language": "en", "point": point.key, "how": "accepted"}
        with pytest.raises(Refusal, match="objects"):
            deciding.close(**close, choice=choices(paragraph)["safe"], reason={"en": "x"})
        with pytest.raises(Refusal, match="Say why"):
            deciding.close(**close, choice=choices(paragraph)[""], reason={})
        with pytest.raises(Refusal, match="A bracket is open"):
            deciding.rule_on(paragraph=paragraph, status=Status.AGREED)
        deciding.close(**close, choice=choices(paragraph)[""], reason={"en": "Not agreed"})
        deciding.rule_on(paragraph=paragraph, status=Status.AD_REFERENDUM)
    assert stands(world, paragraph) == "We build roads and rails."
    with pytest.raises(Refusal, match="agreed"):
        proposed(world, "AL", paragraph, "We build.")
    with world.act("secretariat"):
        with pytest.raises(Refusal, match="Say why"):
            deciding.rule_on(paragraph=paragraph, status=Status.OPEN)
        deciding.rule_on(
            paragraph=paragraph, status=Status.OPEN, reason={"en": "New instructions"}, asked_by=world.parties["AL"].pk
        )
        assert status_now(paragraph) == Status.OPEN
        assert Closing.objects.get().words == ""


def test_whoever_holds_the_pen_closes_and_circulates(world: World, text: Text) -> None:
    with world.act("AL"), pytest.raises(NotAllowed):
        deciding.circulate(text=text)
    with world.act("secretariat"):
        deciding.pass_pen(text=text, holder=world.parties["AL"].pk, reason={"en": "By turns"})
        with pytest.raises(NotAllowed):
            deciding.circulate(text=text)
    with world.act("AL"):
        first = deciding.circulate(text=text, note={"en": "First"})
        assert pen_of(text) == world.parties["AL"].pk
    with world.act("ME"):
        assert type(first).objects.get().content["paragraphs"][1]["content"] == {"en": "We build roads and rails."}
        assert len(first.digests["en"]) == 64


@pytest.mark.parametrize("model", [Text, Paragraph, Placing, Stand, Proposal, Position])
def test_nothing_that_was_said_is_rewritten(world: World, text: Text, model: type) -> None:
    paragraph = paragraph_of(world, text, 1)
    proposed(world, "AL", paragraph, "We build safe roads and rails.")
    with world.act("AL"):
        positions.take_position(
            paragraph=paragraph, language="en", choice=choices(paragraph)["safe"], stance=Stance.SUPPORTS
        )
    for who in ("secretariat", "AL"):
        with world.act(who):
            row = model.objects.first()  # type: ignore[attr-defined]
            mine = row.owner_party_id is not None
            if mine != (who == "AL"):
                continue
            with pytest.raises(DatabaseError, match="never rewritten"), transaction.atomic():
                type(row).objects.filter(pk=row.pk).update(at=database_now())
