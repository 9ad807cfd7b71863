"""Formats and meetings in the interface: as one reads them, parties by the profile, the footnote once, refused without one."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sofra.kernel import acting
from sofra.lexicon.commands.names import name_party
from sofra.lexicon.commands.profiles import Rules
from sofra.meetings.commands import programme_entries, publishing
from tests.api.rest_world import ask, token_of
from tests.lexicon.profile_world import NAMES, cells, cited
from tests.meetings.programme_world import add, meeting_of
from tests.support.world import CODES, World, make_world

NOTE = {"en": "An invented footnote.", "tr": "Uydurma bir dipnot."}
#: In the order of the invented English names.
ORDER = ["Alfa", "Bravo", "Kilo*", "Mike", "November", "Sierra", "Tango"]


@pytest.fixture
def world(house) -> World:
    return make_world()


def named(world: World) -> None:
    """A profile in force, under which one designation carries a footnote."""
    cited(world, Rules(footnote=NOTE), cells(world, "en", "tr", footnoted=("XK",)))


def published(world: World, number: int = 1):
    """A meeting with as many public sessions for two named parties, one session for members, one unpublished."""
    meeting = meeting_of(world)
    two = (world.parties["XK"].pk, world.parties["AL"].pk)
    for each in range(number):
        session = add(world, meeting, 2 * each, f"Two {each}", takes_part="parties", parties=two, shown_to="public")
        with world.act("secretariat"):
            entry = programme_entries.add_entry(session, programme_entries.Point({"en": "Opening"}))
            programme_entries.add_part(session, programme_entries.Part(party=world.parties["XK"]), entry)
    add(world, meeting, 1, "Members", room="round")
    with world.act("secretariat"):
        publishing.publish_programme(meeting, seen=None)
    return meeting


def test_formats_name_their_members_as_the_record_cites_them_and_say_so(world):
    with acting.acting_as_house():
        for code in CODES:
            name_party(world.parties[code], {"en": NAMES[code]})
    found = ask(world, "visitor", "formats")
    assert [row["slug"] for row in found["formats"]] == ["platform", "consultation"]
    assert [each["name"] for each in found["formats"][1]["members"]] == ["Bravo", "Sierra", "Tango"]
    assert "have not approved" in found["names"]["basis"] and found["names"]["footnotes"] == []
    one = ask(world, "visitor", "formats/platform")
    assert (one["format"], one["names"]) == (found["formats"][0], found["names"])
    assert "XK" not in str(found) and str(world.parties["XK"].pk) in str(found)


def test_a_meeting_names_parties_by_its_profile_with_the_footnote_once(world):
    named(world)
    meeting = published(world)
    found = ask(world, "AL", f"meetings/platform/{meeting.slug}")
    assert found["names"]["footnotes"] == [{"mark": "*", "text": "An invented footnote."}]
    two, _members = sorted(found["programme"]["sessions"], key=lambda each: each["takes_part"] != "parties")
    assert [each["name"] for each in two["parties"]] == ["Alfa", "Kilo*"]
    assert two["entries"][0]["people"][0]["party"]["name"] == "Kilo*"
    assert str(found).count("An invented footnote.") == 1
    turkish = ask(world, "AL", f"meetings/platform/{meeting.slug}", language="tr")
    assert turkish["names"]["footnotes"][0]["text"] == "Uydurma bir dipnot."
    assert "Kilo-tr*" in str(turkish) and "'Kilo*'" not in str(turkish)


def test_a_programme_is_answered_as_published_and_as_one_may_read_it(world):
    named(world)
    meeting = published(world)
    add(world, meeting, 6, "Not published")
    titles = {
        who: {
            each["title"]["text"]
            for each in ask(world, who, f"meetings/platform/{meeting.slug}")["programme"]["sessions"]
        }
        for who in ("visitor", "AL", "secretariat")
    }
    assert titles == {"visitor": {"Two 0"}, "AL": {"Two 0", "Members"}, "secretariat": {"Two 0", "Members"}}


def test_without_a_profile_nothing_that_names_parties_is_answered(world):
    meeting = meeting_of(world)
    assert ask(world, "AL", f"meetings/platform/{meeting.slug}")["names"] is None
    assert "No designation profile is in force" in ask(world, "AL", f"meetings/platform/{meeting.slug}/order", 409)
    # Whether the members have one is theirs to know.
    assert "open to you" in ask(world, "visitor", f"meetings/platform/{meeting.slug}/order", 409)
    assert "Nothing stands in for it." in ask(world, "AL", "formats/platform/profile", 409)


def test_a_language_without_designations_is_refused_and_no_other_stands_in(world):
    named(world)
    meeting = published(world)
    for path in (f"meetings/platform/{meeting.slug}", f"meetings/platform/{meeting.slug}/order"):
        assert "Another language does not stand in." in ask(world, "AL", path, 409, language="mk")
    sheet = ask(world, "AL", "formats/platform/profile", language="mk")
    assert sheet["members"] is None and "Another language does not stand in." in sheet["refused"]


def test_an_order_is_the_profiles_own(world):
    named(world)
    meeting = meeting_of(world)
    found = ask(world, "RS", f"meetings/platform/{meeting.slug}/order")
    assert [each["party"]["name"] for each in found["parties"]] == ORDER
    assert [each["place"] for each in found["parties"]] == list(range(1, 8))
    assert found["names"]["footnotes"] == [{"mark": "*", "text": "An invented footnote."}]


def test_a_profile_is_answered_whole_and_as_a_list(world):
    named(world)
    found = ask(world, "BA", "formats/platform/profile")
    assert found["members"] == {
        "language": "en", "names": ORDER, "footnotes": [{"mark": "*", "text": "An invented footnote."}],
    }  # fmt: skip
    assert (found["languages"], found["footnote"], found["refused"]) == (["en", "tr"], NOTE, None)
    assert [each["id"] for each in found["parties"]] == ["AL", "BA", "XK", "ME", "MK", "RS", "TR"]
    assert found["parties"][2]["designations"][0] == {
        "language": "en", "text": "Kilo", "footnoted": True, "source": "Invented",
    }  # fmt: skip
    assert "have not approved" in found["stands_on"] or "not approved" in found["stands_on"]


def test_meetings_are_those_one_knows_of(world):
    meeting = meeting_of(world)
    rows = ask(world, "visitor", "formats/platform/meetings")["meetings"]
    assert [row["slug"] for row in rows] == [meeting.slug]
    assert ask(world, "visitor", "formats/consultation/meetings") == {"meetings": []}


@pytest.mark.parametrize("number", [1, 3])
def test_a_meeting_costs_the_same_queries_however_much_it_holds(world, number):
    named(world)
    meeting = published(world, number)
    token_of(world, "AL")
    ask(world, "AL", "formats")
    with CaptureQueriesContext(connection) as queries:
        found = ask(world, "AL", f"meetings/platform/{meeting.slug}")
    assert len(found["programme"]["sessions"]) == number + 1
    assert len(queries) == 12, "\n".join(each["sql"][:150] for each in queries)
