"""The programme's pages: what they say, whom they let do what, what they keep when they refuse."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sofra.lexicon.commands.profiles import end_profile
from sofra.meetings.commands import programme, programme_entries, publishing, resources
from sofra.meetings.models import ProgrammeEntry, ProgrammeVersion, Resource, Session
from tests.lexicon.profile_world import cited
from tests.meetings.programme_world import add, meeting_of, slot
from tests.support.clients import client_of
from tests.support.world import World, make_world


@pytest.fixture
def world(house) -> World:
    return make_world()


def url(meeting, name: str, **more: object) -> str:
    return reverse(name, kwargs={"format": meeting.format.slug, "meeting": meeting.slug, **more})


def text_of(response) -> str:
    return response.content.decode()


FORM = {
    "kind": "plenary", "title_en": "Plenary", "title_tr": "Genel oturum", "begins": "2027-01-23T10:00",
    "ends": "2027-01-23T12:00", "takes_part": "members", "shown_to": "format",
}  # fmt: skip


def test_a_session_is_added_moved_cancelled_and_published_through_pages(world):
    meeting = meeting_of(world)
    client = client_of(world, "secretariat")
    added = client.post(url(meeting, "programme_add"), {**FORM, "room": str(world.found["hall"].pk)})
    assert added.status_code == 303
    with world.act("secretariat"):
        session = Session.objects.get()
    assert added["Location"] == url(meeting, "programme_session", session=session.pk)
    page = text_of(client.get(added["Location"]))
    assert "A session that is not published yet." in page and "Saturday 23 January 2027, 10:00 (Istanbul)" in page

    move = url(meeting, "programme_move", session=session.pk)
    moved = client.post(
        move,
        {
            "version": "1",
            "begins": "2027-01-23T11:00",
            "ends": "2027-01-23T12:30",
            "room": str(world.found["round"].pk),
        },
    )
    assert moved.status_code == 303

    shown = text_of(client.get(url(meeting, "programme_publish")))
    sentence = "Version 1 of the programme is published: 1 new session. Its rooms and people are held from now on."
    assert sentence in shown
    seen = shown.split('name="seen" value="')[1].split('"')[0]
    assert client.post(url(meeting, "programme_publish"), {"seen": "other"}).status_code == 422
    assert client.post(url(meeting, "programme_publish"), {"seen": seen}).status_code == 303
    with world.act("AL"):
        assert ProgrammeVersion.objects.get().sentences["en"] == sentence
    members = text_of(client_of(world, "AL").get(url(meeting, "programme")))
    assert "11:00–12:30" in members and "The round" in members and url(meeting, "programme_add") not in members

    cancel = url(meeting, "programme_cancel", session=session.pk)
    first = client.get(cancel)
    assert "The session “Plenary” is cancelled." in text_of(first)
    done = client.post(cancel, {"version": "2", "sentence": "The session “Plenary” is cancelled."})
    assert done.status_code == 303
    assert "cancelled" in text_of(client.get(url(meeting, "programme_publish")))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ends": "2027-01-23T09:00"}, "The end lies before the beginning."),
        ({"title_en": "", "title_tr": ""}, "Give the session a title in at least one language."),
        ({"takes_part": "parties"}, "Name the parties."),
        ({"begins": "soon"}, "Write a day and a time"),
        ({"room": "00000000-0000-0000-0000-000000000000"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_is_kept(world, change, sentence):
    meeting = meeting_of(world)
    refused = client_of(world, "secretariat").post(
        url(meeting, "programme_add"), {**FORM, "note_en": "typed words", **change}
    )
    assert refused.status_code == 422
    assert sentence in text_of(refused) and "typed words" in text_of(refused)
    with world.act("secretariat"):
        assert not Session.objects.exists()


def test_a_second_writer_sees_both_versions(world):
    meeting = meeting_of(world)
    session = add(world, meeting)
    client = client_of(world, "secretariat")
    with world.act("secretariat"):
        programme.change_session(session, programme.Plan(titles={"en": "Theirs"}), seen_version=None)
    page = client.post(url(meeting, "programme_edit", session=session.pk), {**FORM, "title_en": "Mine", "version": "1"})
    assert page.status_code == 422
    assert "Theirs" in text_of(page) and "Mine" in text_of(page)


def test_entries_and_people_through_pages(world):
    meeting = meeting_of(world)
    session = add(world, meeting)
    client = client_of(world, "secretariat")
    for title in ("First", "Second"):
        done = client.post(url(meeting, "programme_entry_add", session=session.pk), {"title_en": title})
        assert done.status_code == 303
    with world.act("secretariat"):
        second = ProgrammeEntry.objects.order_by("-order")[0]
    act = url(meeting, "programme_entry_act", session=session.pk, entry=second.pk)
    assert client.post(act, {"act": "up", "version": "1"}).status_code == 303
    assert client.post(act, {"act": "fly", "version": "1"}).status_code == 400
    people = url(meeting, "programme_part_add", session=session.pk)
    empty = client.post(people, {"role": "speaker"})
    assert empty.status_code == 422 and "Name a party, a post or a person" in text_of(empty)
    named = client.post(f"{people}?entry={second.pk}", {"role": "chair", "label_en": "The host"})
    assert named.status_code == 303
    page = text_of(client.get(url(meeting, "programme")))
    assert page.index("Second") < page.index("First")
    assert "chair: The host" in page


def test_members_see_no_page_of_what_is_being_arranged(world):
    meeting = meeting_of(world)
    session = add(world, meeting)
    for who in ("AL", "observer", "facilitator"):
        client = client_of(world, who)
        assert client.get(url(meeting, "programme_session", session=session.pk)).status_code == 403
        assert client.post(url(meeting, "programme_publish"), {"seen": ""}).status_code == 403
    assert "Plenary" not in text_of(client_of(world, "AL").get(url(meeting, "programme")))


def test_the_secretariat_sees_what_differs_and_what_members_read(world):
    meeting = meeting_of(world)
    session = add(world, meeting)
    with world.act("secretariat"):
        publishing.publish_programme(meeting, seen=None)
        programme.move_session(session, slot(world, 2), seen_version=None)
    client = client_of(world, "secretariat")
    arranged = text_of(client.get(url(meeting, "programme")))
    assert "differs: time" in arranged and "12:00–13:00" in arranged
    as_read = text_of(client.get(url(meeting, "programme") + "?as=published"))
    assert "10:00–11:00" in as_read and "differs" not in as_read


def test_a_print_that_names_parties_is_refused_without_a_profile(world):
    meeting = meeting_of(world)
    session = add(world, meeting)
    row = cited(world)
    with world.act("secretariat"):
        meeting.working_languages = ["en"]
        meeting.save()
        programme_entries.add_part(session, programme_entries.Part(party=world.parties["RS"]))
        publishing.publish_programme(meeting, seen=None)
    assert "Sierra" in text_of(client_of(world, "AL").get(url(meeting, "programme_print")))
    with world.act("secretariat"):
        end_profile(row)
    refused = client_of(world, "AL").get(url(meeting, "programme_print"))
    assert refused.status_code == 422
    assert "No designation profile is in force" in text_of(refused) and "Sierra" not in text_of(refused)


def test_rooms_are_kept_by_the_secretariat_and_a_retired_one_is_offered_no_longer(world):
    meeting = meeting_of(world)
    client = client_of(world, "secretariat")
    add_url = reverse("room_add", kwargs={"format": world.format.slug})
    assert client.post(add_url, {"kind": "room", "name_en": "Garden", "capacity": "0"}).status_code == 422
    assert client.post(add_url, {"kind": "room", "name_en": "Garden", "capacity": "80"}).status_code == 303
    assert "Garden (80 seats)" in text_of(client.get(url(meeting, "programme_add")))
    with world.act("secretariat"):
        garden = Resource.objects.get(capacity=80)
    retire = reverse("room_retire", kwargs={"format": world.format.slug, "room": garden.pk})
    assert client.post(retire, {"version": "1"}).status_code == 303
    assert "Garden" not in text_of(client.get(url(meeting, "programme_add")))
    assert client_of(world, "AL").get(reverse("rooms", kwargs={"format": world.format.slug})).status_code == 403


def test_a_second_writer_of_a_room_meets_the_first(world):
    meeting_of(world)
    client = client_of(world, "secretariat")
    hall = world.found["hall"]
    with world.act("secretariat"):
        resources.change_resource(hall, resources.About({"en": "Theirs"}, 12), seen_version=None)
    edit = reverse("room_edit", kwargs={"format": world.format.slug, "room": hall.pk})
    page = client.post(edit, {"name_en": "Mine", "capacity": "40", "version": "1"})
    assert page.status_code == 422 and "Theirs" in text_of(page) and "Mine" in text_of(page)


@pytest.mark.parametrize(("who", "count"), [("secretariat", 19), ("AL", 13)])
@pytest.mark.parametrize("times", [1, 3])
def test_the_page_asks_the_same_however_long_the_programme_is(world, who, count, times, django_assert_num_queries):
    meeting = meeting_of(world)
    for number in range(times):
        session = add(world, meeting, number)
        with world.act("secretariat"):
            for name in "abc"[:times]:
                entry = programme_entries.add_entry(session, programme_entries.Point({"en": name}))
                programme_entries.add_part(session, programme_entries.Part(label={"en": name}), entry)
    with world.act("secretariat"):
        publishing.publish_programme(meeting, seen=None)
    client = client_of(world, who)
    client.get(url(meeting, "programme"))
    with django_assert_num_queries(count):
        assert client.get(url(meeting, "programme")).status_code == 200
