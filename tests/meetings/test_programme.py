"""Arranging and publishing a programme: what is held, what is refused, who reads what."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from sofra.kernel import occupancy, wordings
from sofra.kernel.models import Audience, Occupancy
from sofra.kernel.refusals import Conflict, NotAllowed, Refusal
from sofra.kernel.search import find
from sofra.meetings.commands import programme, programme_entries, publishing, resources
from sofra.meetings.models import ProgrammeVersion, PublishedSession, Session
from sofra.meetings.queries.clashes import clashes_of
from sofra.meetings.queries.programme import published, working
from tests.meetings.programme_world import BEGIN, add, meeting_of, slot
from tests.support.world import World, make_world

PENCILLED, PUBLISHED, RELEASED = "pencilled", "published", "released"


@pytest.fixture
def world(house) -> World:
    return make_world()


def held(world: World, session: Session) -> list[tuple[str, str, float]]:
    """What a session holds: (room or other, state, hours after the beginning), but what was released."""
    names = {world.found[name].pk: name for name in ("hall", "round", "team")}
    with world.act("secretariat"):
        rows = Occupancy.objects.filter(holder=session.pk).exclude(state=RELEASED)
        return sorted(
            (names.get(row.resource, "principal"), row.state, (row.during.lower - BEGIN) / timedelta(hours=1))
            for row in rows
        )


def publish(world: World, meeting) -> ProgrammeVersion:
    with world.act("secretariat"):
        return publishing.publish_programme(meeting, seen=None)


def test_a_session_pencils_its_room_its_team_and_the_heads_of_delegation(world):
    meeting = meeting_of(world)
    session = add(world, meeting, principals=True, teams=(world.found["team"].pk,))
    found = held(world, session)
    assert found.count(("principal", PENCILLED, 0.0)) == 7
    assert ("hall", PENCILLED, 0.0) in found and ("team", PENCILLED, 0.0) in found
    assert len(found) == 9


def test_heads_are_held_of_the_parties_that_take_part(world):
    meeting = meeting_of(world)
    two = tuple(world.parties[code].pk for code in ("AL", "RS"))
    session = add(world, meeting, room="", principals=True, takes_part="parties", parties=two)
    assert held(world, session) == [("principal", PENCILLED, 0.0)] * 2
    assert held(world, add(world, meeting, 2, room="", principals=True, takes_part="press")) == []


def test_pencilled_may_overlap_published_may_not(world):
    meeting = meeting_of(world)
    add(world, meeting, 0)
    second = add(world, meeting, 0.5, title="Other")
    with world.act("secretariat"):
        (clash,) = clashes_of(meeting, "en")
        assert str(clash.resource) == "The hall"
        assert {str(clash.one.title), str(clash.other.title)} == {"Plenary", "Other"}
        with pytest.raises(Refusal, match=r"Taken at a time the programme wants: The hall\. Nothing was published"):
            publishing.publish_programme(meeting, seen=None)
        assert not PublishedSession.objects.exists() and not ProgrammeVersion.objects.exists()
        programme.move_session(second, slot(world, 0.5, room="round"), seen_version=None)
        assert clashes_of(meeting, "en") == []
    publish(world, meeting)
    assert held(world, second) == [("round", PUBLISHED, 0.5)]


def test_what_somebody_else_has_is_taken_and_not_said_by_whom(world):
    meeting = meeting_of(world)
    add(world, meeting)
    with world.act("RS"):
        occupancy.hold(
            world.found["hall"].pk, BEGIN, BEGIN + timedelta(hours=1), uuid4(), PUBLISHED,
            {"audience": Audience.DELEGATION, "owner_party_id": world.parties["RS"].pk, "format_id": world.format.pk},
        )  # fmt: skip
    with world.act("secretariat"):
        assert clashes_of(meeting, "en") == []
        with pytest.raises(Refusal) as refused:
            publishing.publish_programme(meeting, seen=None)
    assert str(refused.value.sentence) == (
        "Taken at a time the programme wants: The hall. Nothing was published; move the session or free it."
    )


def test_a_moved_session_keeps_what_is_published_until_the_next_version_and_then_has_the_new(world):
    meeting = meeting_of(world)
    session = add(world, meeting)
    publish(world, meeting)
    assert held(world, session) == [("hall", PUBLISHED, 0.0)]
    with world.act("secretariat"):
        programme.move_session(session, slot(world, 3), seen_version=None)
    assert held(world, session) == [("hall", PENCILLED, 3.0), ("hall", PUBLISHED, 0.0)]
    publish(world, meeting)
    assert held(world, session) == [("hall", PUBLISHED, 3.0)]


def test_sessions_trade_places_in_one_publication(world):
    meeting = meeting_of(world)
    one, other = add(world, meeting, 0), add(world, meeting, 1, "Other")
    publish(world, meeting)
    with world.act("secretariat"):
        programme.move_session(one, slot(world, 1), seen_version=None)
        programme.move_session(other, slot(world, 0), seen_version=None)
        assert clashes_of(meeting, "en") == []
    publish(world, meeting)
    assert held(world, one) == [("hall", PUBLISHED, 1.0)]
    assert held(world, other) == [("hall", PUBLISHED, 0.0)]


def test_a_cancelled_session_is_shown_as_cancelled_and_frees_what_it_held(world):
    meeting = meeting_of(world)
    session = add(world, meeting)
    publish(world, meeting)
    with world.act("secretariat"):
        programme.cancel_session(session, seen_version=None)
    assert held(world, session) == [("hall", PUBLISHED, 0.0)]
    publish(world, meeting)
    assert held(world, session) == []
    with world.act("AL"):
        (block,) = published(meeting, "en").blocks
        assert (block.cancelled, block.sequence, block.content["title"]["en"]) == (True, 1, "Plenary")
    with world.act("secretariat"):
        with pytest.raises(Refusal, match="The session is cancelled"):
            programme.move_session(session, slot(world, 2), seen_version=None)
        programme.restore_session(session, seen_version=None)
    publish(world, meeting)
    assert held(world, session) == [("hall", PUBLISHED, 0.0)]


def test_one_never_published_and_cancelled_is_never_shown(world):
    meeting = meeting_of(world)
    session = add(world, meeting)
    with world.act("secretariat"):
        programme.cancel_session(session, seen_version=None)
        with pytest.raises(Refusal, match="Nothing differs"):
            publishing.publish_programme(meeting, seen=None)
    assert held(world, session) == []


def test_members_read_what_was_published_not_what_is_being_arranged(world):
    meeting = meeting_of(world)
    session = add(world, meeting)
    with world.act("AL"):
        assert published(meeting, "en").blocks == []
        assert not Session.objects.exists()
    publish(world, meeting)
    with world.act("secretariat"):
        programme.change_session(session, programme.Plan(titles={"en": "Another title"}), seen_version=None)
        (block,) = working(meeting, "en").blocks
        assert block.changed == ("title",)
    with world.act("AL"):
        assert published(meeting, "en").blocks[0].content["title"]["en"] == "Plenary"
        assert not Session.objects.exists()


def test_each_session_is_read_by_those_it_is_shown_to(world):
    meeting = meeting_of(world)
    add(world, meeting, 0, "Members")
    add(world, meeting, 1, "Observers", shown_to="observers")
    add(world, meeting, 2, "Two", shown_to="parties", parties=(world.parties["AL"].pk,))
    add(world, meeting, 3, "Everyone", shown_to="public", takes_part="press")
    publish(world, meeting)
    expected = {
        "AL": {"Members", "Observers", "Two", "Everyone"},
        "RS": {"Members", "Observers", "Everyone"},
        "observer": {"Observers", "Everyone"},
        "facilitator": {"Everyone"},
        "visitor": {"Everyone"},
        "secretariat": {"Members", "Observers", "Two", "Everyone"},
    }
    for who, titles in expected.items():
        with world.act(who):
            assert {block.content["title"]["en"] for block in published(meeting, "en").blocks} == titles, who


def test_search_finds_a_session_as_it_was_published_by_those_it_is_shown_to(world):
    meeting = meeting_of(world)
    session = add(world, meeting, 0, "Corridors", notes={"en": "Ferries"})
    add(world, meeting, 2, "Corridors for two", shown_to="parties", parties=(world.parties["AL"].pk,))
    with world.act("secretariat"):
        assert find("corridors", "en") == []
    publish(world, meeting)
    for who, titles in (
        ("AL", {"Corridors", "Corridors for two"}), ("RS", {"Corridors"}), ("observer", set()), ("visitor", set()),
        ("secretariat", {"Corridors", "Corridors for two"}),
    ):  # fmt: skip
        with world.act(who):
            assert {found.title for found in find("corridors", "en")} == titles, who
    with world.act("RS"):
        (found,) = find("ferries", "en")
        uid = published(meeting, "en").blocks[0].content["uid"]
        assert (found.kind, found.url) == ("session", f"meetings/platform/{meeting.slug}/programme/#session-{uid}")
        assert {each.title for each in find("hall", "en")} == {"Corridors"}
    with world.act("secretariat"):
        programme.change_session(session, programme.Plan(titles={"en": "Routes"}), seen_version=None)
    publish(world, meeting)
    with world.act("RS"):
        assert [each.title for each in find("corridors", "en")] == []
        assert [each.title for each in find("routes", "en")] == ["Routes"]
    with world.act("secretariat"):
        programme.cancel_session(session, seen_version=None)
    publish(world, meeting)
    with world.act("RS"):
        assert find("routes", "en") == []


def test_a_version_is_told_to_those_who_read_what_changed_and_to_nobody_else(world):
    meeting = meeting_of(world)
    add(world, meeting, 0)
    publish(world, meeting)
    add(world, meeting, 2, "Two", shown_to="parties", parties=(world.parties["AL"].pk,))
    publish(world, meeting)
    for who, number in (("AL", 2), ("RS", 1)):
        with world.act(who):
            found = published(meeting, "en").version
            assert found is not None and found.number == number


@pytest.mark.parametrize("who", ["AL", "observer", "facilitator", "visitor"])
def test_only_the_secretariat_arranges(world, who):
    meeting = meeting_of(world)
    session = add(world, meeting)
    with world.act(who):
        with pytest.raises(NotAllowed):
            programme.add_session(meeting, programme.Plan(titles={"en": "Mine"}), slot(world, 5))
        with pytest.raises(NotAllowed):
            programme.cancel_session(session, seen_version=None)
        with pytest.raises(NotAllowed):
            publishing.publish_programme(meeting, seen=None)
        with pytest.raises(NotAllowed):
            resources.add_resource(world.format, "room", resources.About({"en": "Mine"}))
        with pytest.raises(NotAllowed):
            programme_entries.add_entry(session, programme_entries.Point({"en": "Mine"}))


def test_a_second_writer_meets_the_first(world):
    meeting = meeting_of(world)
    session = add(world, meeting)
    with world.act("secretariat"):
        programme.move_session(session, slot(world, 1), seen_version=1)
        with pytest.raises(Conflict):
            programme.move_session(session, slot(world, 2), seen_version=1)


def test_what_was_seen_is_what_is_published(world):
    meeting = meeting_of(world)
    add(world, meeting)
    with world.act("secretariat"):
        seen = publishing.fingerprint(working(meeting, "en"))
    add(world, meeting, 2, "Later")
    with world.act("secretariat"), pytest.raises(Refusal, match="The programme changed while you were reading"):
        publishing.publish_programme(meeting, seen=seen)


def test_naming_parties_needs_a_profile(world):
    meeting = meeting_of(world)
    session = add(world, meeting)
    with world.act("secretariat"):
        entry = programme_entries.add_entry(session, programme_entries.Point({"en": "Opening"}))
        programme_entries.add_part(session, programme_entries.Part(party=world.parties["TR"]), entry)
        with pytest.raises(Refusal, match="No designation profile is in force"):
            publishing.publish_programme(meeting, seen=None)
        assert not ProgrammeVersion.objects.exists()


def test_entries_move_with_their_session_and_lie_within_it(world):
    meeting = meeting_of(world)
    session = add(world, meeting)
    quarter = timedelta(minutes=15)
    with world.act("secretariat"):
        entry = programme_entries.add_entry(
            session, programme_entries.Point({"en": "Opening"}, {}, BEGIN + quarter, BEGIN + 2 * quarter)
        )
        programme.move_session(session, slot(world, 4), seen_version=None)
        entry.refresh_from_db()
        assert entry.begins_at == BEGIN + timedelta(hours=4) + quarter
        with pytest.raises(Refusal, match="outside its session"):
            programme_entries.add_entry(session, programme_entries.Point({"en": "Early"}, {}, BEGIN))


def test_entries_are_ordered_dropped_and_kept(world):
    meeting = meeting_of(world)
    session = add(world, meeting)
    with world.act("secretariat"):
        rows = [programme_entries.add_entry(session, programme_entries.Point({"en": name})) for name in "abc"]
        programme_entries.move_entry(rows[2], -2)
        programme_entries.drop_entry(rows[0], seen_version=None)
        (block,) = working(meeting, "en").blocks
        assert [entry["title"]["en"] for entry in block.content["entries"]] == ["c", "b"]
        assert wordings.of([rows[0]])[rows[0].pk]["title"]["en"] == "a"


def test_a_name_that_is_not_released_stays_away_from_a_published_programme(world):
    from sofra.parties.models import Person

    meeting = meeting_of(world)
    session = add(world, meeting)
    with world.act("AL"):
        person = Person.objects.create(
            audience=Audience.DELEGATION, owner_party=world.parties["AL"], party=world.parties["AL"], name="A. Person"
        )
    with world.act("secretariat"):
        row = programme_entries.add_part(session, programme_entries.Part(label={"en": "The chair"}))
        type(row).objects.filter(pk=row.pk).update(person_id=person.pk)
    publish(world, meeting)
    with world.act("AL"):
        assert list(published(meeting, "en").persons.values()) == [("A. Person", "")]
    with world.act("RS"):
        assert published(meeting, "en").persons == {}


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"titles": {"en": " "}}, "Give the session a title"),
        ({"kind": "dance"}, "what kind of session"),
        ({"takes_part": "parties"}, "Name the parties"),
        ({"shown_to": "parties"}, "Name the parties"),
        ({"shown_to": "persons"}, "whom it is shown to"),
        ({"languages": ("xx",)}, "languages from the list"),
        ({"teams": (uuid4(),)}, "teams of interpreters"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_written(world, more, sentence):
    meeting = meeting_of(world)
    with world.act("secretariat"):
        with pytest.raises(Refusal, match=sentence):
            programme.add_session(meeting, programme.Plan(**{"titles": {"en": "Plenary"}, **more}), slot(world, 0))
        assert not Session.objects.exists() and not Occupancy.objects.exists()


@pytest.mark.parametrize("times", [1, 3])
def test_reading_a_programme_asks_the_same_however_long_it_is(world, times, django_assert_num_queries):
    meeting = meeting_of(world)
    for number in range(times):
        session = add(world, meeting, number)
        with world.act("secretariat"):
            for name in "abc"[:times]:
                entry = programme_entries.add_entry(session, programme_entries.Point({"en": name}))
                programme_entries.add_part(session, programme_entries.Part(label={"en": name}), entry)
    with world.act("secretariat"), django_assert_num_queries(7):
        working(meeting, "en")
    publish(world, meeting)
    with world.act("secretariat"), django_assert_num_queries(7):
        working(meeting, "en")
    with world.act("AL"), django_assert_num_queries(2):
        published(meeting, "en")
