"""Formats and their members over time; parties, posts and names that are not released; holidays."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sofra.kernel.commands import enter_for
from sofra.kernel.models import Audience, Entry, Format, Membership, Party
from sofra.kernel.refusals import Conflict, NotAllowed, Refusal
from sofra.parties.commands.formats import add_membership, change_format, change_membership, end_membership, open_format
from sofra.parties.commands.holidays import fill_holidays, keep_holiday, set_weekly_rest
from sofra.parties.commands.parties import add_party
from sofra.parties.commands.posts import (
    Speaking,
    add_post,
    add_tenure,
    change_post,
    change_tenure,
    close_post,
    reopen_post,
)
from sofra.parties.commands.record import load_persons, load_posts
from sofra.parties.models import Holiday, Person, Post, Tenure
from sofra.parties.queries.formats import members_on
from sofra.parties.queries.parties import posts_of
from tests.support.clients import client_of
from tests.support.world import World, make_world


@pytest.fixture
def world(house: None) -> World:
    return make_world()


def speaking(world: World, code: str, entry: Entry | None = None) -> Speaking:
    return Speaking(world.parties[code], world.format, entry)


def test_a_working_group_opens_under_a_format_and_takes_members_of_its_own(world: World) -> None:
    with world.act("secretariat"):
        group = open_format(
            kind="working_group", names={"en": "Energy group", "tr": "Enerji grubu"}, purposes={}, parent=world.format
        )
        assert (group.slug, group.parent_id) == ("energy-group", world.format.pk)
        add_membership(group, party=world.parties["AL"], capacity="member", since=date(2026, 3, 1))
        assert [party.code for party in members_on(group, date(2026, 3, 1))] == ["AL"]
        assert members_on(group, date(2026, 2, 28)) == []
        with pytest.raises(Refusal, match="A working group stands under a format"):
            open_format(kind="working_group", names={"en": "x"}, purposes={})
        with pytest.raises(Refusal, match="Give the format a name"):
            open_format(kind="platform", names={"en": " "}, purposes={})
    page = client_of(world, "visitor").get("/en/formats/platform/").content.decode()
    assert "Energy group" in page


@pytest.mark.parametrize("who", ["RS", "observer", "facilitator", "visitor"])
def test_nobody_but_the_secretariat_keeps_formats_and_parties(world: World, who: str) -> None:
    with world.act(who):
        with pytest.raises(NotAllowed):
            open_format(kind="platform", names={"en": "x"}, purposes={})
        with pytest.raises(NotAllowed):
            add_membership(world.format, party=world.parties["RS"], capacity="member", since=None)
        with pytest.raises(NotAllowed):
            add_party(kind="state", names={"en": "x"})
        with pytest.raises(NotAllowed):
            fill_holidays(world.parties["RS"], [2026])
        with pytest.raises(NotAllowed):
            change_format(world.format, seen_version=1, names={}, purposes={}, host=None, cadence_months=None)


def test_a_membership_ends_and_its_history_stays(world: World) -> None:
    party = world.parties["RS"]
    with world.act("secretariat"):
        seat = Membership.objects.get(format=world.format, party=party)
        with pytest.raises(Refusal, match="sits in the format at that time already"):
            add_membership(world.format, party=party, capacity="observer", since=date(2026, 1, 1))
        end_membership(seat, until=date(2026, 6, 1), seen_version=1)
        with pytest.raises(Conflict):
            end_membership(seat, until=date(2026, 7, 1), seen_version=1)
        with pytest.raises(Refusal, match="has ended already"):
            end_membership(seat, until=date(2026, 7, 1), seen_version=2)
        add_membership(world.format, party=party, capacity="observer", since=date(2026, 6, 1))
        assert party in members_on(world.format, date(2026, 5, 31))
        assert party not in members_on(world.format, date(2026, 6, 1))
        assert party in members_on(world.format, date(2026, 6, 1), "observer")
        assert Membership.objects.filter(format=world.format, party=party).count() == 2
    page = client_of(world, "secretariat").get("/en/formats/platform/").content.decode()
    assert "Formerly" in page


def test_a_membership_entered_wrongly_is_mended_and_runs_into_no_other(world: World) -> None:
    client = client_of(world, "secretariat")
    with world.act("secretariat"):
        group = open_format(kind="working_group", names={"en": "Energy group"}, purposes={}, parent=world.format)
        party = world.parties["AL"]
        first = add_membership(group, party=party, capacity="observer", since=date(2026, 1, 1))
        end_membership(first, until=date(2026, 3, 1), seen_version=1)
        later = add_membership(group, party=party, capacity="member", since=date(2026, 3, 1))
        with pytest.raises(Refusal, match="by another membership"):
            change_membership(later, capacity="member", since=date(2026, 2, 1), until=None, seen_version=1)
        with pytest.raises(Refusal, match="end before it began"):
            change_membership(later, capacity="member", since=date(2026, 5, 1), until=date(2026, 4, 1), seen_version=1)
    url = f"/en/formats/{group.slug}/members/{first.pk}/"
    assert f'href="{url}"' in client.get(f"/en/formats/{group.slug}/").content.decode()
    form = {"capacity": "member", "since": "2026-01-02", "until": "2026-03-01", "version": "2"}
    assert client.post(url, form).status_code == 303
    met = client.post(url, {**form, "capacity": "observer"})
    assert (met.status_code, 'name="version" value="3"' in met.content.decode()) == (422, True)
    with world.act("visitor"):
        row = Membership.objects.get(pk=first.pk)
        assert (row.capacity, row.since, row.until) == ("member", date(2026, 1, 2), date(2026, 3, 1))
    with world.act("RS"), pytest.raises(NotAllowed):
        change_membership(later, capacity="observer", since=None, until=None, seen_version=1)


def test_the_second_to_describe_a_format_sees_both_versions(world: World) -> None:
    client = client_of(world, "secretariat")
    with world.act("secretariat"):
        change_format(world.format, seen_version=1, names={"en": "Theirs"}, purposes={}, host=None, cadence_months=6)
    page = client.post("/en/formats/platform/describe/", {"version": "1", "name_en": "Mine", "cadence_months": "3"})
    text = page.content.decode()
    assert page.status_code == 422
    assert "Theirs" in text
    assert "Mine" in text
    with world.act("secretariat"):
        assert Format.objects.get(pk=world.format.pk).cadence_months == 6


def test_a_delegation_keeps_its_own_posts_and_no_other_does(world: World) -> None:
    with world.act("RS"):
        post = add_post(speaking(world, "RS"), rank="director", titles={"en": "Director"}, audience=Audience.PUBLIC)
        with pytest.raises(NotAllowed):
            add_post(speaking(world, "AL"), rank="director", titles={"en": "x"}, audience=Audience.PUBLIC)
        with pytest.raises(Refusal, match="Write the title"):
            add_post(speaking(world, "RS"), rank="director", titles={"en": ""}, audience=Audience.PUBLIC)
    with world.act("AL"), pytest.raises(NotAllowed):
        change_post(post, speaking(world, "RS"), seen_version=1, rank="expert", titles={"en": "x"}, audience="public")
    client = client_of(world, "AL")
    assert client.get(f"/en/posts/{post.pk}/").status_code == 404
    assert client.get(f"/en/parties/{world.parties['RS'].pk}/posts/add/").status_code == 404
    assert client_of(world, "RS").get(f"/en/posts/{post.pk}/").status_code == 200


def test_a_name_stays_with_its_delegation_until_it_is_released(world: World) -> None:
    party = world.parties["RS"]
    with world.act("RS"):
        post = add_post(speaking(world, "RS"), rank="expert", titles={"en": "Expert"}, audience=Audience.PUBLIC)
        tenure = add_tenure(
            post, speaking(world, "RS"), name="Secret Name", since=date(2026, 1, 1), name_audience=Audience.DELEGATION
        )
    for who, seen in (("RS", True), ("AL", False), ("secretariat", False), ("visitor", False)):
        text = client_of(world, who).get(f"/en/parties/{party.pk}/").content.decode()
        assert ("Secret Name" in text) == seen, who
        assert ("A name that is not released to you" in text) != seen, who
    with world.act("RS"):
        change_tenure(
            tenure, speaking(world, "RS"), seen_version=1, name="Secret Name", since=date(2026, 1, 1), until=None,
            source="", name_audience=Audience.PUBLIC,
        )  # fmt: skip
    assert "Secret Name" in client_of(world, "visitor").get(f"/en/parties/{party.pk}/").content.decode()


def test_a_post_entered_from_a_note_is_marked_and_becomes_the_delegations_when_it_corrects_it(world: World) -> None:
    party = world.parties["AL"]
    client = client_of(world, "secretariat")
    form = {
        "format": str(world.format.pk),
        "rank": "ambassador",
        "audience": "format",
        "title_en": "Ambassador at large",
        "entering-for_party": str(party.pk),
        "entering-channel": "email",
        "entering-received_at": "2026-01-05T09:30",
        "entering-reference": "Mail of 5 January",
    }
    url = f"/en/parties/{party.pk}/posts/add/"
    refused = client.post(url, {**form, "title_en": "", "entering-received_at": ""})
    assert refused.status_code == 422
    assert "Write the title in at least one language." in refused.content.decode()
    assert "Say when it was received." in refused.content.decode()
    assert client.post(url, form).status_code == 303
    text = client_of(world, "AL").get(f"/en/parties/{party.pk}/").content.decode()
    assert "Entered by the secretariat from: e-mail" in text
    assert "Your delegation can correct it." in text
    other = client_of(world, "RS").get(f"/en/parties/{party.pk}/").content.decode()
    assert "Entered by the secretariat for the delegation." in other
    assert "Mail of 5 January" not in other
    with world.act("AL"):
        post = Post.objects.get(party=party)
        change_post(
            post, speaking(world, "AL"), seen_version=1, rank="ambassador", titles={"en": "Special envoy"}, audience="format"
        )  # fmt: skip
        assert Post.objects.get(party=party).entry_id is None
    with world.act("secretariat"), pytest.raises(NotAllowed):
        entry = enter_for(party.pk, world.format.pk, channel="note", received_at=datetime(2026, 1, 6, tzinfo=UTC))
        with world.act("RS"):
            change_post(
                post, speaking(world, "AL", entry), seen_version=2, rank="expert", titles={"en": "x"}, audience="public"
            )


RECORD_POSTS = [{"id": "rs-fm", "party": "RS", "rank": "foreign_minister", "title": {"en": "Minister", "tr": "Bakan"}}]
RECORD_PERSONS = [
    {
        "id": "somebody", "name": "Some Body", "party": "RS", "post": "rs-fm", "as_of": "2026-01", "modality": "reported",
        "sources": ["s1"], "native": [{"form": "Сам Боди", "script": "Cyrl"}],
    },
    {"id": "unnamed", "name": "", "party": "RS"},
]  # fmt: skip


def test_a_post_is_closed_and_opened_again_and_its_holders_stay_as_history(world: World) -> None:
    with world.act("AL"):
        post = add_post(speaking(world, "AL"), rank="director", titles={"en": "Director"}, audience=Audience.PUBLIC)
        tenure = add_tenure(post, speaking(world, "AL"), name="Ana Held", since=date(2026, 1, 10))
        with pytest.raises(Refusal, match="lies before the first"):
            close_post(post, speaking(world, "AL"), seen_version=1, until=date(2026, 1, 9))
    with world.act("RS"), pytest.raises(NotAllowed):
        close_post(post, speaking(world, "AL"), seen_version=1, until=date(2026, 2, 1))
    party, url = f"/en/parties/{post.party_id}/", f"/en/posts/{post.pk}/close/"
    client = client_of(world, "AL")
    assert f'href="{url}"' in client.get(party).content.decode()
    bare = client.post(url, {"version": "1", "until": ""})
    assert (bare.status_code, "Give the day." in bare.content.decode()) == (422, True)
    assert client.post(url, {"version": "1", "until": "2026-02-01"}).status_code == 303
    page = client_of(world, "visitor").get(party)
    assert ([row.pk for row in page.context["former"]], page.context["posts"]) == ([post.pk], [])
    assert "until 1 February 2026" in page.content.decode()
    assert client.get(url).status_code == 404
    opened = f"/en/posts/{post.pk}/open/"
    assert client.post(opened, {"version": "1"}).status_code == 422
    assert client.post(opened, {"version": "2"}).status_code == 303
    with world.act("AL"):
        assert not Post.objects.get(pk=post.pk).closed
        assert Tenure.objects.get(pk=tenure.pk).until == date(2026, 2, 1)
        with pytest.raises(Refusal, match="not closed"):
            reopen_post(post, speaking(world, "AL"), seen_version=3)


def test_a_post_of_the_record_stays_as_its_source_has_it(world: World) -> None:
    with world.act("secretariat"):
        post = Post.objects.create(party=world.parties["RS"], rank="director", audience=Audience.PUBLIC, record_id="x")
    with world.act("RS"), pytest.raises(Refusal, match="comes from the public record"):
        close_post(post, speaking(world, "RS"), seen_version=1, until=date(2026, 2, 1))
    assert client_of(world, "RS").get(f"/en/posts/{post.pk}/close/").status_code == 404


def test_posts_of_the_record_load_once_and_a_delegation_describes_them_in_its_own_words(world: World) -> None:
    with world.act("secretariat"):
        assert (load_posts(RECORD_POSTS), load_persons(RECORD_PERSONS)) == (1, 2)
        assert (load_posts(RECORD_POSTS), load_persons(RECORD_PERSONS)) == (0, 0)
        assert (Person.objects.count(), Tenure.objects.count()) == (1, 1)
        record = Post.objects.get(record_id="rs-fm")
    with world.act("RS"):
        change_post(
            record, speaking(world, "RS"), seen_version=1, rank="foreign_minister", titles={"en": "Own words"}, audience="public"
        )  # fmt: skip
    with world.act("visitor"):
        posts = posts_of(world.parties["RS"], "en")
        assert [str(post.worded["title"]) for post in posts] == ["Own words"]
        assert [tenure.who.name for tenure in posts[0].holders] == ["Some Body"]
        assert Post.objects.filter(record_id="rs-fm").exists()


def test_holidays_fill_from_the_library_and_stay_as_they_were_edited(world: World) -> None:
    party = world.parties["RS"]
    with world.act("secretariat"):
        made = fill_holidays(party, [2026])
        assert made == Holiday.objects.filter(party=party).count() > 5
        first = Holiday.objects.filter(party=party).order_by("day")[0]
        keep_holiday(
            party=party, day=first.day, names={"en": "By hand"}, source="gazette", holiday=first, seen_version=1
        )
        assert fill_holidays(party, [2026]) == 0
        assert Holiday.objects.get(pk=first.pk).source == "gazette"
        with pytest.raises(Refusal, match="not all seven"):
            set_weekly_rest(party, range(7))
        other = add_party(kind="organisation", names={"en": "An organisation"})
        with pytest.raises(Refusal, match="The library has no holidays for this party"):
            fill_holidays(other, [2026])


def test_every_capital_has_its_own_clocks_and_none_goes_by_anothers_city(world: World) -> None:
    with world.act("secretariat"):
        for party in world.parties.values():
            fill_holidays(party, [2026])
    by_code = {code: party.capital_zone for code, party in world.parties.items()}
    assert by_code == {
        "TR": "Europe/Istanbul", "AL": "Europe/Tirane", "BA": "Europe/Sarajevo", "XK": "CET", "ME": "Europe/Podgorica",
        "MK": "Europe/Skopje", "RS": "Europe/Belgrade",
    }  # fmt: skip
    midsummer = datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert (
        midsummer.astimezone(ZoneInfo("CET")).utcoffset()
        == midsummer.astimezone(ZoneInfo("Europe/Brussels")).utcoffset()
    )
    pages = {code: holidays_page(world, party) for code, party in world.parties.items()}
    named = {"TR": "Istanbul", "AL": "Tirana", "BA": "Sarajevo", "XK": "Central European Time", "ME": "Podgorica",
             "MK": "Skopje", "RS": "Belgrade"}  # fmt: skip
    for code, page in pages.items():
        assert f"the clocks of the capital: {named[code]}." in page
        assert "a proposal, not the party&#x27;s word" in page or "a proposal, not the party's word" in page
    for word in ("Belgrade", "CET"):
        assert word not in pages["XK"]


def holidays_page(world: World, party: Party) -> str:
    return client_of(world, "visitor").get(f"/en/parties/{party.pk}/holidays/?year=2026").content.decode()


@pytest.mark.parametrize(("url", "queries"), [("/en/formats/", 12), ("/en/parties/", 10)])
def test_lists_ask_the_same_number_of_questions_for_one_row_more_or_three(world: World, url: str, queries: int) -> None:
    client = client_of(world, "secretariat")
    counts = []
    for more in (1, 2):
        with world.act("secretariat"):
            for number in range(more):
                open_format(kind="platform", names={"en": f"Format {number}"}, purposes={})
                add_party(kind="organisation", names={"en": f"Organisation {number}"})
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        counts.append(len(asked))
    assert counts == [queries, queries]


def test_one_partys_posts_take_the_same_number_of_questions_for_one_and_for_three(world: World) -> None:
    client = client_of(world, "visitor")
    counts = []
    for more in (1, 2):
        with world.act("RS"):
            for number in range(more):
                post = add_post(
                    speaking(world, "RS"), rank="expert", titles={"en": f"Expert {number}"}, audience=Audience.PUBLIC
                )
                add_tenure(post, speaking(world, "RS"), name="A Name", since=None)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/en/parties/{world.parties['RS'].pk}/").status_code == 200
        counts.append(len(asked))
    assert counts == [11, 11]
