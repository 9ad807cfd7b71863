"""A profile comes into force in silence at an exact instant, or as cited practice; an objection says to what."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from sofra.kernel.commands import enter_for
from sofra.kernel.models import AuditPayload, Change, Wording
from sofra.kernel.refusals import Conflict, NotAllowed, Refusal
from sofra.lexicon.commands.objections import object_to_profile, strike_objection, withdraw_objection
from sofra.lexicon.commands.profiles import (
    Cell,
    Rules,
    cite_practice,
    draft_profile,
    end_profile,
    propose_profile,
    show_names,
    stop_silence,
    write_profile,
)
from sofra.lexicon.engine_rows import profile_file
from sofra.lexicon.models import Designation, Profile, ProfileObjection
from sofra.lexicon.profiles import read
from sofra.lexicon.queries import profile_in_force
from tests.lexicon.profile_world import ZONE, cells, cited, drafted, in_, proposed
from tests.support.world import World, make_world


@pytest.fixture
def world(house) -> World:
    return make_world()


def run_out(profile: Profile, world: World) -> None:
    """Let the silence's end have been a second ago, as the owner of time would."""
    with world.act("secretariat"):
        begun, ended = in_(-60), in_(-1)
        Profile.objects.filter(pk=profile.pk).update(
            opened_at=begun, deadline=ended, in_force_from=ended, readable_from=begun
        )


def objected(world: World, who: str, profile: Profile, target: str = "order", **more: object) -> ProfileObjection:
    with world.act(who):
        return object_to_profile(profile=profile, target=target, reason={"en": "Reason"}, **more)  # type: ignore[arg-type]


def test_a_draft_is_the_secretariats_alone(world):
    row = drafted(world)
    for who in ("RS", "observer", "facilitator", "visitor"):
        with world.act(who):
            assert not Profile.objects.filter(pk=row.pk).exists()
            assert not Designation.objects.filter(profile_id=row.pk).exists()
    with world.act("secretariat"):
        assert Designation.objects.filter(profile=row).count() == 7


@pytest.mark.parametrize("who", ["RS", "facilitator", "observer"])
def test_only_the_secretariat_drafts_and_puts_forward(world, who):
    row = drafted(world)
    for act in (
        lambda: draft_profile(world.format),
        lambda: write_profile(row, Rules(), [], seen_version=row.version),
        lambda: propose_profile(row, deadline=in_(60), zone=ZONE, seen_version=row.version),
        lambda: cite_practice(row, citation="A note", seen_version=row.version),
        lambda: stop_silence(row),
        lambda: end_profile(row),
        lambda: show_names(row, row, audience="public"),
    ):
        with world.act(who), pytest.raises(NotAllowed):
            act()


def test_silence_is_not_in_force_before_its_end_and_is_from_it_on(world):
    row = proposed(world)
    with world.act("AL"):
        assert profile_in_force(world.format.pk) is None
    run_out(row, world)
    with world.act("AL"):
        found = profile_in_force(world.format.pk)
        assert found == row
        assert found.state == Profile.State.STANDING
        assert Profile.objects.get(pk=row.pk).state == Profile.State.PROPOSED, "a lapse is computed"
        assert profile_in_force(world.format.pk, found.deadline) == row
        assert profile_in_force(world.format.pk, found.deadline - timedelta(microseconds=1)) is None


def test_an_objection_breaks_the_silence_and_names_what_it_objects_to(world):
    row = proposed(world)
    objection = objected(world, "RS", row, "designation", party=world.parties["XK"].pk, language="en")
    with world.act("AL"):
        row.refresh_from_db()
        assert (row.state, row.broken_by) == (Profile.State.BROKEN, objection)
        told = Change.objects.get(kind="profile.objected")
        assert told.details["en"].endswith(
            "objects to the designation of a party without a name in the record in English in designation profile 1."
        )
        assert Change.objects.filter(kind="profile.broken").count() == 1
    run_out(row, world)
    with world.act("secretariat"):
        assert profile_in_force(world.format.pk) is None, "a broken silence stays broken"


def test_withdrawing_does_not_mend_a_broken_silence(world):
    row = proposed(world)
    objection = objected(world, "RS", row)
    with world.act("RS"):
        withdraw_objection(objection=objection)
        with pytest.raises(Refusal, match="does not stand any more"):
            withdraw_objection(objection=objection)
        row.refresh_from_db()
        assert row.state == Profile.State.BROKEN


def test_an_objection_after_the_end_stands_beside_the_profile(world):
    row = proposed(world)
    run_out(row, world)
    objection = objected(world, "RS", row, "whole")
    with world.act("RS"):
        row.refresh_from_db()
        assert (row.state, row.broken_by) == (Profile.State.STANDING, None)
        assert Change.objects.filter(kind="profile.standing").count() == 1, "the first later command records the lapse"
        assert objection.at >= row.deadline
        assert profile_in_force(world.format.pk) == row


def test_an_objection_says_to_what_and_why(world):
    row = proposed(world)
    with world.act("RS"):
        for more, sentence in (
            ({"target": "designation"}, "Say which party's designation"),
            (
                {"target": "designation", "party": world.parties["XK"].pk, "language": "mk"},
                "Say which party's designation",
            ),
            ({"target": "footnote"}, "The profile has no footnote"),
            ({"target": "order", "party": world.parties["XK"].pk}, "Name a party only where"),
            ({"target": "flag"}, "Say what your delegation objects to"),
            ({"target": "order", "reason": {"en": " "}}, "Say why your delegation objects"),
            ({"target": "order", "reason_audience": "public"}, "Choose who may read the reason"),
        ):
            with pytest.raises(Refusal, match=sentence):
                object_to_profile(profile=row, **{"reason": {"en": "Reason"}, **more})
        row.refresh_from_db()
        assert row.state == Profile.State.PROPOSED
        assert ProfileObjection.objects.count() == 0


def test_a_reason_for_the_secretariat_is_read_by_it_and_its_delegation_alone(world):
    row = proposed(world)
    objection = objected(world, "RS", row, reason_audience="secretariat")
    for who, seen in (("RS", 1), ("secretariat", 1), ("AL", 0), ("observer", 0), ("visitor", 0)):
        with world.act(who):
            assert Wording.objects.filter(subject_id=objection.pk, field="reason").count() == seen, who
            assert AuditPayload.objects.filter(action="profile.objection_explained").count() == seen, who


@pytest.mark.parametrize("who", ["facilitator", "observer", "secretariat"])
def test_only_members_object(world, who):
    row = proposed(world)
    with pytest.raises(NotAllowed):
        objected(world, who, row)


def test_the_secretariat_enters_an_objection_and_its_delegation_strikes_it(world):
    row = proposed(world)
    party = world.parties["RS"].pk
    with world.act("secretariat"):
        entry = enter_for(party, world.format.pk, channel="note", received_at=in_(-5), reference="NV 7")
        objection = object_to_profile(
            profile=row, target="order", reason={"en": "Received"}, party_id=party, entry=entry
        )
        assert objection.entry == entry
        with pytest.raises(NotAllowed):
            strike_objection(objection=objection)
    with world.act("AL"), pytest.raises(NotAllowed):
        strike_objection(objection=objection)
    with world.act("RS"):
        strike_objection(objection=objection)
        objection.refresh_from_db()
        assert (objection.entry, objection.struck_at is not None) == (None, True)
        row.refresh_from_db()
        assert row.state == Profile.State.BROKEN, "what it broke stays broken"


def test_the_secretariat_enters_the_withdrawal_of_a_delegations_own_objection(world):
    row = proposed(world)
    objection = objected(world, "RS", row)
    party = world.parties["RS"].pk
    with world.act("secretariat"):
        with pytest.raises(NotAllowed):
            withdraw_objection(objection=objection)
        entry = enter_for(party, world.format.pk, channel="call", received_at=in_(-5))
        withdrawal = withdraw_objection(objection=objection, party_id=party, entry=entry)
        assert (withdrawal.owner_party_id, withdrawal.entry) == (party, entry)
        other = enter_for(world.parties["AL"].pk, world.format.pk, channel="call", received_at=in_(-5))
        with pytest.raises(NotAllowed):
            withdraw_objection(objection=objection, party_id=other.owner_party_id, entry=other)


def test_host_practice_is_in_force_at_once_needs_a_source_and_is_never_approved(world):
    row = drafted(world)
    with world.act("secretariat"):
        with pytest.raises(Refusal, match="name at least one source"):
            cite_practice(row, seen_version=row.version)
        with pytest.raises(Refusal, match="not in the record"):
            cite_practice(row, sources=["s999"], seen_version=row.version)
        cite_practice(row, citation="A note", seen_version=row.version)
        assert profile_in_force(world.format.pk) == row
    objected(world, "RS", row)
    with world.act("RS"):
        assert profile_in_force(world.format.pk) == row, "an objection stands beside host practice"


def test_what_was_put_forward_never_changes(world):
    row = cited(world)
    with world.act("secretariat"):
        with pytest.raises(Refusal, match="stays as it is"):
            write_profile(row, Rules(), [], seen_version=row.version)
        assert Designation.objects.filter(profile=row).update(text="Other") == 0, "the wall itself holds it"
        assert Designation.objects.filter(profile=row).delete()[0] == 0
        with pytest.raises(Exception, match="row-level security"), connection.cursor():
            Designation.objects.create(profile=row, party=world.parties["RS"], language="mk", text="New")


@pytest.mark.parametrize(
    ("rules", "languages", "sentence"),
    [
        (Rules(), (), "In no language does every member have a designation"),
        (Rules(order_rule="language", order_language="tr"), ("en",), "not every member has a designation"),
        (Rules(order_rule="list"), ("en",), "leaves out a member"),
    ],
)
def test_a_draft_that_is_not_whole_is_not_put_forward(world, rules, languages, sentence):
    row = drafted(world, rules, cells(world, *languages) if languages else cells(world)[:-1])
    with world.act("secretariat"), pytest.raises(Refusal, match=sentence):
        propose_profile(row, deadline=in_(60), zone=ZONE, seen_version=row.version)


def test_a_footnote_is_explained_in_every_language_that_carries_it(world):
    row = drafted(world, Rules(footnote={"tr": "Not"}), cells(world, footnoted=("XK",)))
    with world.act("secretariat"), pytest.raises(Refusal, match="no text in their language: English"):
        propose_profile(row, deadline=in_(60), zone=ZONE, seen_version=row.version)


def test_the_second_writer_of_a_draft_sees_the_first(world):
    row = drafted(world)
    with world.act("secretariat"):
        write_profile(row, Rules(order_rule="language", order_language="en"), cells(world), seen_version=row.version)
        with pytest.raises(Conflict):
            write_profile(row, Rules(), [], seen_version=row.version - 1)
        with pytest.raises(Conflict):
            propose_profile(row, deadline=in_(60), zone=ZONE, seen_version=row.version - 1)


def test_a_later_profile_takes_over_and_an_ended_one_leaves_the_earlier(world):
    first, second = cited(world), cited(world)
    with world.act("secretariat"):
        assert (first.number, second.number) == (1, 2)
        assert profile_in_force(world.format.pk) == second
        end_profile(second)
        with pytest.raises(Refusal, match="not in force"):
            end_profile(second)
        assert profile_in_force(world.format.pk) == first
        assert profile_in_force(world.format.pk, second.ended_at - timedelta(microseconds=1)) == second


def test_one_silence_at_a_time_and_a_stopped_one_is_never_in_force(world):
    row = proposed(world)
    other = drafted(world)
    with world.act("secretariat"):
        with pytest.raises(Refusal, match="Designation profile 1 is still under silence"):
            propose_profile(other, deadline=in_(60), zone=ZONE, seen_version=other.version)
        stop_silence(row)
        propose_profile(other, deadline=in_(60), zone=ZONE, seen_version=other.version)
    run_out(row, world)
    with world.act("secretariat"):
        assert profile_in_force(world.format.pk) is None


def test_a_silence_that_ran_out_can_be_stopped_no_more(world):
    row = proposed(world)
    run_out(row, world)
    with world.act("secretariat"):
        with pytest.raises(Refusal, match="No silence procedure is open"):
            stop_silence(row)


def test_the_next_version_begins_with_what_the_last_one_said(world):
    notes = {"en": "Note", "tr": "Not"}
    row = cited(world, Rules(footnote=notes), cells(world, "en", "tr", footnoted=("XK",)))
    with world.act("secretariat"):
        copy = draft_profile(world.format, based_on=row)
        assert (copy.number, copy.state, copy.footnote, copy.based_on) == (2, Profile.State.DRAFT, notes, row)
        said = set(Designation.objects.filter(profile=copy).values_list("party_id", "language", "text", "footnoted"))
        assert said == set(
            Designation.objects.filter(profile=row).values_list("party_id", "language", "text", "footnoted")
        )
        with pytest.raises(Refusal, match="belongs to another format"):
            draft_profile(world.other_format, based_on=row)


def test_a_rehearsals_profile_is_no_formats(world):
    row = cited(world, exercise=True)
    with world.act("secretariat"):
        assert row.exercise
        assert profile_in_force(world.format.pk) is None


def test_names_are_shown_to_all_only_where_something_under_them_is_published(world):
    row = cited(world)
    with world.act("visitor"):
        assert not Profile.objects.exists()
    with world.act("secretariat"):
        show_names(row, row, audience="public", readable_from=in_(60))
    with world.act("visitor"):
        assert not Profile.objects.exists(), "not before the embargo's instant"
    with world.act("secretariat"):
        show_names(row, row, audience="public")
    with world.act("visitor"):
        assert Profile.objects.count() == 1
        assert Designation.objects.count() == 7
        assert Profile.objects.update(number=9) == 0


def test_bad_cells_are_refused(world):
    row = drafted(world)
    party = world.parties["RS"].pk
    with world.act("secretariat"):
        for rows, sentence in (
            ([Cell(party, "en", "A"), Cell(party, "en", "B")], "two designations in one language"),
            ([Cell(party, "xx", "A")], "One of the languages is not known here"),
            ([Cell(party, "en", "A" * 201)], "at most 200 letters"),
            ([Cell(world.format.pk, "en", "A")], "One of the parties is not known here"),
        ):
            with pytest.raises(Refusal, match=sentence):
                write_profile(row, Rules(), rows, seen_version=None)
        with pytest.raises(Refusal, match="at most 1000 letters"):
            write_profile(row, Rules(footnote={"en": "A" * 1001}), [], seen_version=None)
        assert Designation.objects.filter(profile=row).count() == 7


def test_what_was_agreed_on_maps_is_kept_and_nothing_agreed_is_no_default(world):
    row = drafted(world)
    assert (row.map_rule, row.map_source) == ("", "")
    with world.act("secretariat"):
        for rules in (
            Rules(map_rule="any"),
            Rules(map_rule="source", map_source=" "),
            Rules(map_rule="source", map_source="x" * 501),
        ):
            with pytest.raises(Refusal):
                write_profile(row, rules, cells(world), seen_version=row.version)
        row = write_profile(
            row, Rules(map_rule="source", map_source=" Sheet 7 of 2024 "), cells(world), seen_version=row.version
        )
        assert (row.map_rule, row.map_source) == ("source", "Sheet 7 of 2024")
        again = draft_profile(world.format, based_on=row)
        assert (again.map_rule, again.map_source) == ("source", "Sheet 7 of 2024")
        row = write_profile(
            row, Rules(map_rule="none", map_source="Sheet 7 of 2024"), cells(world), seen_version=row.version
        )
        assert (row.map_rule, row.map_source) == ("none", "")


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        (Rules(), "The profile says nothing of maps."),
        (Rules(map_rule="none"), "The profile agrees on no maps."),
        (Rules(map_rule="unbounded"), ("unbounded", "")),
        (Rules(map_rule="source", map_source="Sheet 7"), ("source", "Sheet 7")),
    ],
)
def test_what_would_hold_a_map_is_refused_without_a_rule(world, rules, found):
    row = cited(world, rules)
    with world.act("RS"):
        whole = read(row)
        if isinstance(found, tuple):
            assert whole.require_maps() == found
            assert (profile_file(whole).map.rule, profile_file(whole).map.source) == found
        else:
            with pytest.raises(Refusal, match=found):
                whole.require_maps()


def test_an_objection_to_the_map_rule_needs_one(world):
    with pytest.raises(Refusal):
        objected(world, "RS", proposed(world), "map")
    with world.act("secretariat"):
        stop_silence(Profile.objects.get())
    row = proposed(world, rules=Rules(map_rule="unbounded"))
    assert objected(world, "RS", row, "map").target == "map"
    with world.act("secretariat"):
        row.refresh_from_db()
    assert row.state == "broken"
