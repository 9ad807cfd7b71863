"""The pages of designation profiles, and what a meeting held under one shows and refuses."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sofra.kernel.refusals import Conflict, NotAllowed, Refusal
from sofra.lexicon.commands.profiles import end_profile
from sofra.lexicon.models import Profile, ProfileShown
from sofra.meetings.commands.convening import open_to_all
from sofra.meetings.commands.outcomes import close_meeting
from sofra.meetings.commands.profile import choose_profile
from sofra.meetings.models import Meeting
from sofra.meetings.queries.profile import profile_of, require_profile
from tests.lexicon.profile_world import cells, cited, drafted, proposed
from tests.meetings.agenda_world import make_meeting
from tests.support.clients import client_of
from tests.support.world import World, make_world

pytestmark = pytest.mark.usefixtures("house")
PROFILES = "/en/formats/platform/profiles/"


@pytest.fixture
def world() -> World:
    return make_world()


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def page(profile: Profile, name: str = "") -> str:
    return f"{PROFILES}{profile.pk}/{name}"


def read(world: World, who: str, url: str) -> str:
    answer = client_of(world, who).get(url)
    assert answer.status_code == 200, answer
    return text(answer)


def confirm(world: World, who: str, url: str, data: dict[str, Any] | None = None) -> Any:
    """Fill the form in, be shown the sentence, send it."""
    client, data = client_of(world, who), data or {}
    shown = client.get(url) if not data else client.post(url, data)
    assert shown.status_code == 200, text(shown)
    said = re.search(r'name="sentence" value="([^"]*)"', shown.content.decode())
    assert said is not None, text(shown)
    from html import unescape

    return client.post(url, {**data, "sentence": unescape(said[1])}), unescape(said[1])


def fields(world: World, profile: Profile, **more: Any) -> dict[str, Any]:
    rows = {f"name_{cell.language}_{cell.party_id}": cell.text for cell in cells(world)}
    return {"version": profile.version, "kind": "names", "order_rule": "reader", **rows, **more}


def test_a_profile_goes_from_draft_to_broken_silence_through_the_pages(world):
    begun = client_of(world, "secretariat").post(PROFILES)
    assert begun.status_code == 303
    with world.act("secretariat"):
        one = Profile.objects.get()
    saved = client_of(world, "secretariat").post(page(one, "edit/"), fields(world, one))
    assert saved.status_code == 303, text(saved)
    assert client_of(world, "RS").get(page(one)).status_code == 404
    with world.act("secretariat"):
        one.refresh_from_db()
    data = {"version": one.version, "zone": "Europe/Istanbul", "deadline": "2030-01-02T12:00:01"}
    answer, said = confirm(world, "secretariat", page(one, "propose/"), data)
    assert answer.status_code == 303
    assert said == (
        "Designation profile 1 comes into force unless a member objects before 2 January 2030, 12:00:01 "
        "(Istanbul; 09:00:01 UTC)."
    )
    assert "Objections to the profile until" in read(world, "AL", "/en/desk/")
    answer, said = confirm(
        world, "RS", page(one, "object/"),
        {"target": f"designation:{world.parties['XK'].pk}:en", "reason_en": "Because", "reason_audience": "format"},
    )  # fmt: skip
    assert answer.status_code == 303
    assert said.endswith("in English in designation profile 1.")
    seen = read(world, "AL", page(one))
    assert "Because" in seen
    assert "the designation of a party" in seen
    assert "broken" in seen.lower()


def test_a_draft_shows_nothing_to_others_and_what_is_put_forward_shows_all_to_members(world):
    row = proposed(world)
    draft = drafted(world)
    for who in ("RS", "observer", "facilitator"):
        assert str(draft.pk) not in client_of(world, who).get(PROFILES).content.decode()
        assert client_of(world, who).get(page(draft)).status_code == 404
    assert "Sierra" in read(world, "RS", page(row))
    for who in ("observer", "facilitator"):
        assert client_of(world, who).get(page(row)).status_code == 404
    assert client_of(world, "visitor").get(page(row)).status_code == 302


def test_the_preview_shows_the_list_in_its_order_and_the_plates(world):
    row = cited(world)
    seen = read(world, "RS", page(row))
    assert "List of participants Alfa Bravo Kilo Mike November Sierra Tango Name plates Alfa" in seen
    assert "the members have not approved it" in seen


def test_bad_input_says_so_beside_the_field_and_keeps_what_was_typed(world):
    row = drafted(world)
    client = client_of(world, "secretariat")
    party = world.parties["RS"].pk
    answer = client.post(page(row, "edit/"), fields(world, row, **{f"name_en_{party}": "S" * 201, "kind": ""}))
    assert answer.status_code == 422
    assert "S" * 201 in answer.content.decode()
    assert "Choose whether parties are named, or persons only." in text(answer)
    twice = {f"place_{world.parties[code].pk}": 1 for code in ("RS", "AL")}
    answer = client.post(page(row, "edit/"), fields(world, row, order_rule="list", **twice))
    assert "Two parties have the same place in the stated order." in text(answer)
    answer = client.post(page(row, "edit/"), fields(world, row, version=row.version - 1, order_rule="persons"))
    assert answer.status_code == 422
    assert "Somebody else saved this while you wrote." in text(answer)
    answer = client.post(page(row, "cite/"), {"version": row.version, "citation": " "})
    assert (answer.status_code, "name at least one source" in text(answer)) == (422, True)
    answer = client.post(page(row, "propose/"), {"version": row.version, "zone": "UTC", "deadline": "soon"})
    assert (answer.status_code, "Write a day and a time" in text(answer)) == (422, True)


def test_a_meeting_without_a_profile_issues_nothing_that_names_parties(world):
    meeting = make_meeting(world)
    with world.act("RS"):
        assert profile_of(meeting) is None
        with pytest.raises(Refusal, match="nothing that names parties is issued, printed or exported for it"):
            require_profile(meeting)
    assert "No designation profile is in force for this meeting" in read(world, "RS", overview(meeting))


def overview(meeting: Meeting) -> str:
    return f"/en/meetings/platform/{meeting.slug}/"


def test_a_meeting_is_held_under_its_formats_profile_or_the_one_chosen(world):
    meeting, first, second = make_meeting(world), cited(world), cited(world)
    with world.act("secretariat"):
        assert profile_of(meeting) == second
        choose_profile(meeting, first, seen_version=meeting.version)
        assert require_profile(meeting, ["en"]).profile == first
        with pytest.raises(Refusal, match="no designation in Türkçe"):
            require_profile(meeting, ["tr"])
        with pytest.raises(Conflict):
            choose_profile(meeting, None, seen_version=meeting.version - 1)
        end_profile(first)
        assert profile_of(meeting) is None, "a chosen profile that ended is not silently replaced"
        with pytest.raises(Refusal, match="Choose a profile that is in force"):
            choose_profile(meeting, first, seen_version=meeting.version)
        choose_profile(meeting, None, seen_version=meeting.version)
        assert profile_of(meeting) == second
    with world.act("RS"), pytest.raises(NotAllowed):
        choose_profile(meeting, None, seen_version=None)


def test_names_on_a_meetings_pages_follow_its_profile_and_say_what_they_rest_on(world):
    meeting = make_meeting(world)
    cited(world)
    seen = read(world, "RS", overview(meeting) + "agenda/")
    assert "Names of parties follow designation profile 1." in seen
    assert "the members have not approved it" in seen


def test_a_rehearsals_profile_is_for_rehearsals_alone(world):
    meeting = make_meeting(world)
    row = cited(world, exercise=True)
    with world.act("secretariat"):
        assert profile_of(meeting) is None
        with pytest.raises(Refusal, match="Choose a profile that is in force"):
            choose_profile(meeting, row, seen_version=meeting.version)


def test_a_published_meeting_shows_its_names_to_everyone_and_keeps_them(world):
    meeting, row = make_meeting(world), cited(world)
    with world.act("visitor"):
        assert not Profile.objects.exists()
    with world.act("secretariat"):
        Meeting.objects.filter(pk=meeting.pk).update(audience="format")
        meeting.refresh_from_db()
        open_to_all(meeting)
        assert ProfileShown.objects.get().subject_id == meeting.pk
    with world.act("visitor"):
        meeting.refresh_from_db()
        assert (meeting.profile, profile_of(meeting)) == (row, row)
        assert require_profile(meeting).name(world.parties["RS"], "en").text == "Sierra"


def test_a_closed_meeting_keeps_the_profile_it_was_held_under(world):
    meeting, row = make_meeting(world), cited(world)
    with world.act("secretariat"):
        meeting.status = Meeting.Status.UNDER_WAY
        meeting.save(update_fields=["status"])
        meeting.refresh_from_db()
        close_meeting(meeting=meeting, none=True)
        end_profile(row)
        later = cited(world)
        meeting.refresh_from_db()
        assert profile_of(meeting) == row != later


def queries(world: World, who: str, url: str) -> int:
    client = client_of(world, who)
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_the_list_and_the_page_ask_the_same_however_much_there_is(world):
    row = cited(world)
    few = queries(world, "RS", PROFILES), queries(world, "RS", page(row))
    cited(world)
    cited(world, rows=cells(world, "en", "tr", "mk"))
    assert (queries(world, "RS", PROFILES), queries(world, "RS", page(row))) == few


def test_a_profile_is_shown_as_each_party_will_see_it(house) -> None:
    from sofra.lexicon.commands.red_lines import Against, object_to_name
    from tests.lexicon.profile_world import drafted
    from tests.support.clients import client_of
    from tests.support.world import make_world

    world = make_world()
    with world.act("RS"):
        object_to_name(
            format=world.format,
            against=Against(term="Kilo", language="en", severity="breaks"),
            reason={"en": "We say so"},
        )
    row = drafted(world)
    page = f"/en/formats/platform/profiles/{row.pk}/"
    client = client_of(world, "secretariat")
    assert "Its own name plate" not in client.get(page).content.decode()
    seen = client.get(f"{page}?as=each").context["seen"]
    assert len(seen) == 7
    objected = {each["party"].code: [found.text for found in each["sheets"][0]["objected"]] for each in seen}
    assert objected["RS"] == ["Kilo"]
    assert {code for code, found in objected.items() if found} == {"RS"}


def test_what_each_party_will_see_asks_the_same_for_one_language_and_for_three(house) -> None:
    world = make_world()
    one = drafted(world)
    three = drafted(world, rows=cells(world, "en", "tr", "sq"))

    def more(row: Profile) -> int:
        queries(world, "secretariat", page(row))
        plain = queries(world, "secretariat", page(row))
        return queries(world, "secretariat", page(row) + "?as=each") - plain

    assert (more(one), more(three)) == (3, 3)


def test_the_page_says_what_was_agreed_on_maps_and_that_nothing_was(world):
    row = drafted(world)
    assert "Nothing was agreed: no map is issued under it." in read(world, "secretariat", page(row))
    data = fields(world, row, map_rule="source")
    refused = client_of(world, "secretariat").post(page(row, "edit/"), data)
    assert refused.status_code == 422
    assert "Name the map that was agreed" in text(refused)
    saved = client_of(world, "secretariat").post(page(row, "edit/"), {**data, "map_source": "Sheet 7 of 2024"})
    assert saved.status_code == 303
    said = read(world, "secretariat", page(row))
    assert "Only the map of a named source, as it is" in said
    assert "“Sheet 7 of 2024”" in said
