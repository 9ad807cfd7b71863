"""A party's comment stands beside a public claim; it is the party's own until the party releases it."""

from __future__ import annotations

import copy
from datetime import UTC, datetime

import pytest

from sofra.kernel import acting
from sofra.kernel.commands import enter_for
from sofra.kernel.models import AuditPayload
from sofra.kernel.refusals import Conflict, NotAllowed, Refusal
from sofra.sources import commands, queries
from sofra.sources.models import Claim, Comment


def claim() -> Claim:
    return Claim.objects.get(record_id="C6", current=True)


def seen_by(world, who: str) -> list[str]:
    with world.act(who):
        record = queries.claim_record(claim().pk, "en")
        assert record is not None
        return [comment.text for comment in record.fact.comments]


def note_from(world, code: str):
    return enter_for(
        world.parties[code].pk, world.format.pk, channel="note", received_at=datetime(2026, 3, 2, 9, tzinfo=UTC)
    )


def test_a_comment_is_its_partys_own_until_released(world):
    with world.act("TR"):
        comment = commands.write_comment(claim(), "en", "We see it otherwise.")
    assert seen_by(world, "TR") == ["We see it otherwise."]
    for who in ("visitor", "secretariat", "RS", "observer"):
        assert seen_by(world, who) == []
    with world.act("TR"):
        commands.release_comment(Comment.objects.get(pk=comment.pk))
    for who in ("visitor", "secretariat", "RS", "observer"):
        assert seen_by(world, who) == ["We see it otherwise."]


@pytest.mark.parametrize("who", ["RS", "secretariat", "observer", "visitor", "facilitator"])
def test_nobody_else_changes_it(world, who):
    with world.act("TR"):
        comment = commands.write_comment(claim(), "en", "We see it otherwise.", released=True)
    with world.act(who):
        with pytest.raises(NotAllowed):
            commands.correct_comment(comment, "Changed.")
        with pytest.raises(NotAllowed):
            commands.withdraw_comment(comment)
    assert seen_by(world, "visitor") == ["We see it otherwise."]


@pytest.mark.parametrize("who", ["observer", "visitor", "facilitator", "HR"])
def test_only_members_comment(world, who):
    with world.act(who), pytest.raises(NotAllowed):
        commands.write_comment(claim(), "en", "A word.")


def test_the_secretariat_enters_one_from_a_note_and_the_delegation_corrects_it(world):
    with world.act("secretariat"):
        with pytest.raises(NotAllowed):
            commands.write_comment(claim(), "en", "For them.")
        entered = commands.write_comment(claim(), "en", "As in our note.", released=True, entry=note_from(world, "RS"))
        assert entered.owner_party == world.parties["RS"]
    assert seen_by(world, "visitor") == ["As in our note."]
    with world.act("RS"):
        mine = commands.correct_comment(Comment.objects.get(pk=entered.pk), "As we said.")
        assert mine.entry_id is None
        assert AuditPayload.objects.filter(action="record.comment_corrected").count() == 0
    with world.act("RS"):
        payload = AuditPayload.objects.get(action="record.comment_corrected")
        assert "As in our note." in payload.body
    with world.act("secretariat"), pytest.raises(NotAllowed):
        commands.correct_comment(Comment.objects.get(pk=entered.pk), "Ours again.")


def test_a_withdrawn_comment_leaves_the_page_and_stays_its_partys(world):
    with world.act("TR"):
        comment = commands.write_comment(claim(), "en", "We see it otherwise.", released=True)
        commands.withdraw_comment(comment)
    assert seen_by(world, "visitor") == []
    with world.act("TR"):
        assert Comment.objects.get(pk=comment.pk).text == "We see it otherwise."
    with world.act("visitor"):
        assert Comment.objects.count() == 0


def test_a_second_writer_sees_both_versions(world):
    with world.act("TR"):
        comment = commands.write_comment(claim(), "en", "One.")
        seen = comment.version
        commands.correct_comment(comment, "Two.", seen)
    with world.act("TR"), pytest.raises(Conflict) as conflict:
        commands.correct_comment(Comment.objects.get(pk=comment.pk), "Three.", seen)
    assert conflict.value.theirs.text == "Two."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (" \n", "The comment is empty. Write what your party says to this claim."),
        ("x" * 4001, "The comment has 4001 characters; up to 4000 are kept."),
    ],
)
def test_a_comment_that_cannot_be_kept_says_why(world, text, sentence):
    with world.act("TR"), pytest.raises(Refusal) as refusal:
        commands.write_comment(claim(), "en", text)
    assert (str(refusal.value.sentence), refusal.value.field) == (sentence, "text")


def test_a_comment_stays_beside_a_fact_that_was_superseded(world, document):
    with world.act("TR"):
        commands.write_comment(claim(), "en", "We see it otherwise.", released=True)
    other = copy.deepcopy(document)
    for row in other["claims"]:
        if row["id"] == "C6":
            row["text"] = {"en": "Some critics say so.", "tr": "Bazı eleştirenler böyle diyor."}
    with acting.acting_as_house():
        commands.load_record(other)
    assert seen_by(world, "visitor") == ["We see it otherwise."]


def test_no_comment_stands_beside_what_is_kept_back(world):
    with world.act("secretariat"):
        hidden = Claim.objects.get(record_id="C8", current=True)
        with pytest.raises(NotAllowed, match="not public"):
            commands.write_comment(hidden, "en", "A word.", entry=note_from(world, "RS"))
