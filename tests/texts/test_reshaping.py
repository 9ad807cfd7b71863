"""Proposals that move, split and merge paragraphs: they wait beside the text, and numbers stay the same in all languages."""

from __future__ import annotations

from typing import Any

import pytest

from sofra.kernel.models import Audience
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.texts.commands import positions, proposing
from sofra.texts.commands.beginning import begin
from sofra.texts.commands.reshaping import reshape, settle
from sofra.texts.models import Paragraph, Proposal, Settlement, Stance, Text
from sofra.texts.queries.reshaping import choice_of, waiting_on
from sofra.texts.queries.text import paragraphs_now
from tests.meetings.agenda_world import make_meeting
from tests.support.world import World
from tests.texts.texts_world import paragraph_of, proposed, stands

pytestmark = pytest.mark.usefixtures("house")
Kind = Proposal.Kind
WHY = {"en": "It reads better"}


@pytest.fixture
def text(world: World) -> Text:
    with world.act("secretariat"):
        return begin(
            meeting=make_meeting(world), title={"en": "Joint statement"}, languages=["en", "tr"],
            notation={
                "en": "1. We build roads and rails.\n\n2. We meet, as follows:\n\n(a) often;\n\n3. We part.",
                "tr": "1. Yol ve ray yaparız.\n\n2. Şöyle buluşuruz:\n\n(a) sık sık;\n\n3. Ayrılırız.",
            },
        )  # fmt: skip


def shaped(world: World, who: str, paragraph: Paragraph, kind: str, **more: Any) -> Proposal:
    with world.act(who):
        return reshape(paragraph=paragraph, kind=kind, chair=who == "secretariat", **more)


def settled(world: World, proposal: Proposal, accepted: bool = True, **more: Any) -> Settlement:
    with world.act("secretariat"):
        return settle(proposal=proposal, accepted=accepted, reason=WHY, **more)


def reads(world: World, text: Text, language: str = "en") -> list[tuple[str, str]]:
    with world.act("ME"):
        found = [each for each in paragraphs_now(text) if not each.placing.gone]
        return [(each.placing.number, each.stands[language].content) for each in found]


def test_a_proposal_to_move_changes_nothing_until_it_is_decided(world: World, text: Text) -> None:
    before = reads(world, text)
    row = shaped(world, "AL", paragraph_of(world, text, 1), Kind.MOVE, target=paragraph_of(world, text, 3))
    assert reads(world, text) == before
    with world.act("RS"):
        assert waiting_on(text) == [row]
        with pytest.raises(NotAllowed):
            settle(proposal=row, accepted=True, reason=WHY)


def test_a_paragraph_moves_with_what_stands_under_it_in_all_languages(world: World, text: Text) -> None:
    row = shaped(world, "AL", paragraph_of(world, text, 1), Kind.MOVE, target=paragraph_of(world, text, 3))
    settled(world, row)
    assert reads(world, text) == [
        ("1.", "We build roads and rails."), ("3.", "We part."), ("3.bis", "We meet, as follows:"), ("(a)", "often;"),
    ]  # fmt: skip
    assert reads(world, text, "tr") == [
        ("1.", "Yol ve ray yaparız."), ("3.", "Ayrılırız."), ("3.bis", "Şöyle buluşuruz:"), ("(a)", "sık sık;"),
    ]  # fmt: skip


def test_a_paragraph_moves_to_the_top_under_the_number_it_is_given(world: World, text: Text) -> None:
    settled(world, shaped(world, "AL", paragraph_of(world, text, 3), Kind.MOVE), number="0.")
    assert [number for number, _words in reads(world, text)] == ["0.", "1.", "2.", "(a)"]


def test_a_paragraph_is_not_moved_behind_what_stands_under_it(world: World, text: Text) -> None:
    with pytest.raises(Refusal, match="another paragraph"):
        shaped(world, "AL", paragraph_of(world, text, 1), Kind.MOVE, target=paragraph_of(world, text, 2))


def test_a_split_keeps_every_bracket_and_takes_bis_in_all_languages(world: World, text: Text) -> None:
    paragraph = paragraph_of(world, text, 0)
    proposed(world, "RS", paragraph, "We build roads and fast rails.")
    cuts = {"en": ("We build roads", "and rails."), "tr": ("Yol ve", "ray yaparız.")}
    settled(world, shaped(world, "AL", paragraph, Kind.SPLIT, cuts=cuts))
    second = paragraph_of(world, text, 1)
    assert (stands(world, paragraph), stands(world, second)) == ("We build roads", "and [fast - RS] rails.")
    assert [number for number, _words in reads(world, text)] == ["1.", "1.bis", "2.", "(a)", "3."]
    assert reads(world, text, "tr")[:2] == [("1.", "Yol ve"), ("1.bis", "ray yaparız.")]


@pytest.mark.parametrize(
    ("cuts", "said"),
    [
        ({"en": ("We build roads", "and rails.")}, "in every language"),
        ({"en": ("We build", "and rails."), "tr": ("Yol ve", "ray yaparız.")}, "word for word"),
        ({}, "word for word"),
    ],
)
def test_a_split_is_the_paragraph_word_for_word_in_every_language(
    world: World, text: Text, cuts: dict[str, tuple[str, str]], said: str
) -> None:
    with pytest.raises(Refusal, match=said):
        shaped(world, "AL", paragraph_of(world, text, 0), Kind.SPLIT, cuts=cuts)


def test_a_paragraph_is_not_cut_inside_a_bracket(world: World, text: Text) -> None:
    paragraph = paragraph_of(world, text, 0)
    proposed(world, "AL", paragraph, "We build very good roads and rails.")
    cuts = {"en": ("We build very", "good roads and rails."), "tr": ("Yol ve", "ray yaparız.")}
    with pytest.raises(Refusal, match="inside a bracket"):
        shaped(world, "AL", paragraph, Kind.SPLIT, cuts=cuts)


def test_a_cut_moves_with_words_that_changed_elsewhere_and_is_refused_where_they_changed(
    world: World, text: Text
) -> None:
    paragraph = paragraph_of(world, text, 0)
    cuts = {"en": ("We build roads", "and rails."), "tr": ("Yol ve", "ray yaparız.")}
    row = shaped(world, "AL", paragraph, Kind.SPLIT, cuts=cuts)
    proposed(world, "AL", paragraph, "We gladly build roads and rails.")
    settled(world, row)
    assert stands(world, paragraph) == "We [gladly - AL] build roads"
    second = paragraph_of(world, text, 1)
    again = shaped(world, "AL", second, Kind.SPLIT, cuts={"en": ("and", "rails."), "tr": ("ray", "yaparız.")})
    proposed(world, "AL", second, "and new rails.")
    with pytest.raises(Refusal, match="changed since"):
        settled(world, again)


def test_two_paragraphs_become_one_with_their_brackets_in_all_languages(world: World, text: Text) -> None:
    first, last = paragraph_of(world, text, 0), paragraph_of(world, text, 3)
    proposed(world, "RS", last, "We never part.")
    settled(world, shaped(world, "AL", first, Kind.MERGE, target=last))
    assert stands(world, first) == "We build roads and rails. We [never - RS] part."
    assert [number for number, _words in reads(world, text)] == ["1.", "2.", "(a)"]
    assert reads(world, text, "tr")[0] == ("1.", "Yol ve ray yaparız. Ayrılırız.")


def test_nothing_is_reshaped_over_an_objection_and_it_can_be_set_aside_or_taken_back(world: World, text: Text) -> None:
    paragraph = paragraph_of(world, text, 3)
    row = shaped(world, "AL", paragraph, Kind.MOVE, target=paragraph_of(world, text, 0))
    with world.act("RS"):
        positions.take_position(paragraph=paragraph, language="en", choice=choice_of(row.pk), stance=Stance.OBJECTS)
    with pytest.raises(Refusal, match="objects"):
        settled(world, row)
    settled(world, row, accepted=False)
    with pytest.raises(Refusal, match="does not wait"):
        settled(world, row)
    other = shaped(world, "AL", paragraph, Kind.MOVE, target=paragraph_of(world, text, 0))
    with world.act("AL"):
        proposing.withdraw(proposal=other)
    with world.act("RS"):
        assert waiting_on(text) == []
        assert Proposal.objects.filter(pk=other.pk).exists()
    with pytest.raises(Refusal, match="does not wait"):
        settled(world, other)


def test_what_is_addressed_to_fewer_is_read_by_those_and_not_decided(world: World, text: Text) -> None:
    row = shaped(
        world, "AL", paragraph_of(world, text, 3), Kind.MOVE, target=paragraph_of(world, text, 0),
        audience=Audience.SECRETARIAT,
    )  # fmt: skip
    with world.act("RS"):
        assert waiting_on(text) == []
    with pytest.raises(Refusal, match="addressed to all"):
        settled(world, row)
