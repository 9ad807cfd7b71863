"""Captions match persons to places: each person once, one person a place, only those who may be named."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from sofra.kernel import wordings
from sofra.kernel.refusals import Conflict, Refusal
from sofra.lexicon.commands.profiles import Rules
from sofra.meetings.commands import delegations, press, press_issuing
from sofra.meetings.engine.captions import Standing, caption, gaps, read_rows
from sofra.meetings.models import CaptionPlace, Meeting, PressIssue, PressPiece
from sofra.meetings.queries.captions import nameable, render
from sofra.meetings.queries.press import get_piece, to_look_at, told_of
from tests.lexicon.profile_world import cells, cited
from tests.meetings.agenda_world import soon
from tests.meetings.press_world import person, photo, piece, press_meeting
from tests.support.world import World, make_world

pytestmark = pytest.mark.usefixtures("house")


def family_photo(world: World, meeting: Meeting) -> tuple[PressPiece, list[Any]]:
    """Two in front, one behind."""
    people = [
        person(world, meeting, "AL", "Invented One", en="Minister of Practice", tr="Tatbikat Bakanı"),
        person(world, meeting, "RS", "Invented Two", en="Minister of Rehearsals", tr="Prova Bakanı"),
        person(world, meeting, "MK", "Invented Three"),
    ]
    places = {(1, 1): people[1].pk, (1, 2): people[0].pk, (2, 1): people[2].pk}
    return photo(world, meeting, places, [2, 1]), people


def test_the_words_are_names_functions_designations_and_fixed_labels_in_the_order_of_places() -> None:
    assert (
        caption([("From left:", [Standing("A", "Minister", "Alfa"), Standing("B")])])
        == "From left: A, Minister (Alfa); B."
    )
    assert caption([]) == ""
    assert gaps([2, 1], [(1, 2)]) == [(1, 1), (2, 1)]
    assert (read_rows("7, 6"), read_rows(" 3 "), read_rows("7 6"), read_rows("a"), read_rows("")) == (
        [7, 6],
        [3],
        None,
        None,
        None,
    )


def test_a_caption_is_made_from_the_places_in_each_language_by_the_meetings_profile() -> None:
    world = make_world()
    meeting = press_meeting(world)
    row, _people = family_photo(world, meeting)
    with world.act("secretariat"):
        found = render(row, ["en", "tr", "sr"])
    assert found.texts["en"]["body"] == (
        "Front row, from left: Invented Two, Minister of Rehearsals (Sierra); Invented One, Minister of Practice (Alfa). "
        "Second row, from left: Invented Three (November)."
    )
    assert found.texts["tr"]["body"] == (
        "Ön sıra, soldan sağa: Invented Two, Prova Bakanı (Sierra-tr); Invented One, Tatbikat Bakanı (Alfa-tr). "
        "İkinci sıra, soldan sağa: Invented Three (November-tr)."
    )
    assert found.lacking == {"sr": "The house has no words for a caption in this language."}


def test_under_persons_names_only_no_party_is_named_and_footnotes_stand_beneath() -> None:
    world = make_world()
    meeting = press_meeting(world, profile=False)
    row, _people = family_photo(world, meeting)
    with world.act("secretariat"), pytest.raises(Refusal, match="No designation profile"):
        press_issuing.issue_piece(piece=row, to="public")
    cited(world, Rules(footnote={"en": "As agreed."}), cells(world, "en", footnoted=("RS",)))
    with world.act("secretariat"):
        found = render(row, ["en", "tr"])
    assert "Invented Two, Minister of Rehearsals (Sierra*)" in found.texts["en"]["body"]
    assert found.texts["en"]["foot"] == ["* As agreed."]
    assert "no designation in Türkçe" in found.lacking["tr"]
    cited(world, Rules(kind="persons"), [])
    with world.act("secretariat"):
        body = render(row, ["en"]).texts["en"]["body"]
    assert "Sierra" not in body and "(" not in body


def test_a_missing_function_leaves_the_language_out_and_no_other_stands_in() -> None:
    world = make_world()
    meeting = press_meeting(world)
    one = person(world, meeting, "AL", "Invented One", en="Minister of Practice")
    row = photo(world, meeting, {(1, 1): one.pk}, [1])
    with world.act("secretariat"):
        found = render(row, ["en", "tr"])
        assert list(found.texts) == ["en"]
        assert (
            found.lacking["tr"]
            == "No function is written in Türkçe for: Invented One. Another language does not stand in."
        )
        issue = press_issuing.issue_piece(piece=row, to="public")
    assert issue.content == {
        "texts": {
            "en": {"title": "Family photo", "body": "From left: Invented One, Minister of Practice (Alfa).", "foot": []}
        }
    }
    with world.act("visitor"):
        assert told_of(meeting, "tr")[0].missing


def test_an_unreleased_name_is_not_there_for_a_caption() -> None:
    world = make_world()
    meeting = press_meeting(world)
    hidden = person(world, meeting, "AL", "Invented Hidden", to="")
    half = person(world, meeting, "AL", "Invented Half", to="secretariat")
    shown = person(world, meeting, "AL", "Invented Shown")
    row = piece(world, meeting, "caption", rows=[1])
    with world.act("secretariat"):
        assert [each.pk for each in nameable(meeting)] == [shown.pk]
        for one in (hidden, half):
            with pytest.raises(Refusal, match="released the name to all members") as refused:
                press.place_people(piece=row, seen_version=None, places={(1, 1): one.pk})
            assert refused.value.field == "place_1_1"


def test_the_same_person_twice_and_two_in_a_place_are_impossible_also_for_the_database() -> None:
    world = make_world()
    meeting = press_meeting(world)
    row, people = family_photo(world, meeting)
    with world.act("secretariat"):
        with pytest.raises(Refusal, match="stands in another place") as refused:
            press.place_people(piece=row, seen_version=None, places={(2, 1): people[0].pk})
        assert refused.value.field == "place_2_1"
        # Two trade places in one go.
        press.place_people(piece=row, seen_version=None, places={(1, 1): people[0].pk, (1, 2): people[1].pk})
        for wrong in ({"row": 3, "place": 1, "delegate": people[0]}, {"row": 1, "place": 1, "delegate": None}):
            with pytest.raises(IntegrityError), transaction.atomic():
                CaptionPlace.objects.create(piece=row, **row.placement(), **wrong)
        with pytest.raises(Refusal, match="no such place"):
            press.place_people(piece=row, seen_version=None, places={(1, 3): None})
        with pytest.raises(Conflict):
            press.place_people(piece=row, seen_version=1, places={(2, 1): None})


def test_a_photo_with_an_empty_place_is_not_issued_and_rows_are_counted() -> None:
    world = make_world()
    meeting = press_meeting(world)
    row, _people = family_photo(world, meeting)
    with world.act("secretariat"):
        press.edit_piece(piece=row, seen_version=None, title={"en": "Family photo"}, rows=[3, 1])
        with pytest.raises(Refusal, match="Not every place"):
            press_issuing.issue_piece(piece=row, to="public")
        for rows in ([], [0], [41], [1] * 10):
            with pytest.raises(Refusal) as refused:
                press.edit_piece(piece=row, seen_version=None, title={"en": "Family photo"}, rows=rows)
            assert refused.value.field == "rows"
        press.edit_piece(piece=row, seen_version=None, title={"en": "Family photo"}, rows=[2])
        found = render(row, ["en"])
        assert (
            found.texts["en"]["body"].startswith("From left: Invented Two") and "Three" not in found.texts["en"]["body"]
        )


def test_who_leaves_is_looked_at_again_and_what_was_set_to_be_issued_is_called_off() -> None:
    world = make_world()
    meeting = press_meeting(world)
    row, people = family_photo(world, meeting)
    with world.act("secretariat"):
        issue = press_issuing.issue_piece(piece=row, to="public", at=soon(600))
        assert to_look_at() == []
    with world.act("RS"):
        delegations.withdraw_delegate(delegate=people[1])
    with world.act("secretariat"):
        assert PressIssue.objects.get(pk=issue.pk).called_off
        assert [each.pk for each in to_look_at()] == [row.pk]
        with pytest.raises(Refusal, match="no longer there to be named: Invented Two"):
            press_issuing.issue_piece(piece=row, to="public")
        other = person(world, meeting, "RS", "Invented Four", en="Deputy", tr="Vekil")
        press.place_people(piece=row, seen_version=None, places={(1, 1): other.pk})
        assert to_look_at() == []
        press_issuing.issue_piece(piece=row, to="public")


def test_a_caption_that_was_issued_is_looked_at_again_when_a_person_is_called_otherwise() -> None:
    world = make_world()
    meeting = press_meeting(world)
    row, people = family_photo(world, meeting)
    with world.act("secretariat"):
        press_issuing.issue_piece(piece=row, to="public")
        before = get_piece(meeting, row.pk, "en")
        assert before is not None and to_look_at([meeting]) == []
    with world.act("AL"):
        function = wordings.of([people[0]])[people[0].pk]["function"]
        delegations.change_delegate(
            delegate=people[0], seen_version=None, name="Invented Otherwise", place="member", function=function
        )
    with world.act("secretariat"):
        assert [each.pk for each in to_look_at([meeting])] == [row.pk]
    with world.act("visitor"):
        assert "Invented One" in told_of(meeting, "en")[0].contents[0][1]["body"]
        assert not CaptionPlace.objects.exists()
