"""Calendars at secret addresses: exactly what the seat reads, as long as key, seat and account stand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from django.db import connection
from django.urls import reverse
from django.utils import translation

from sofra.kernel.models import CalendarKey, Seat
from sofra.kernel.refusals import Refusal
from sofra.meetings.commands import calendar, programme, programme_entries, publishing
from tests.meetings.programme_world import BEGIN, add, meeting_of, slot
from tests.support.clients import client_of
from tests.support.world import World, make_world


@pytest.fixture
def world(house) -> World:
    return make_world()


def key_of(world: World, who: str, detail: str = "sessions") -> str:
    with world.act(who):
        return calendar.make_key(detail=detail)[1]


def read(world: World, secret: str, language: str = "en", status: int = 200) -> dict[str, icalendar.Event]:
    """The events at an address by their title, as a program that never signed in reads them."""
    with translation.override(language):
        response = client_of(world, "visitor").get(reverse("calendar_feed", kwargs={"secret": secret}))
    assert response.status_code == status
    assert response["Cache-Control"] == "no-store"
    if status != 200:
        assert b"BEGIN:VCALENDAR" not in response.content
        return {}
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return {str(each["SUMMARY"]): each for each in icalendar.Calendar.from_ical(response.content).walk("VEVENT")}


def published(world: World):
    meeting = meeting_of(world)
    session = add(world, meeting, 0, "Members", languages=("en", "tr"))
    add(world, meeting, 1, "Two", shown_to="parties", parties=(world.parties["AL"].pk,))
    add(world, meeting, 2, "Everyone", shown_to="public", takes_part="press")
    with world.act("secretariat"):
        programme_entries.add_entry(
            session, programme_entries.Point({"en": "Opening"}, {}, BEGIN, BEGIN + timedelta(minutes=10))
        )
        programme_entries.add_entry(session, programme_entries.Point({"en": "No time of its own"}))
        publishing.publish_programme(meeting, seen=None)
    return meeting, session


def test_an_address_shows_exactly_what_its_seat_reads(world):
    published(world)
    for who, titles in {
        "AL": {"Members", "Two", "Everyone"},
        "RS": {"Members", "Everyone"},
        "observer": {"Everyone"},
        "facilitator": {"Everyone"},
        "secretariat": {"Members", "Two", "Everyone"},
    }.items():
        assert set(read(world, key_of(world, who))) == titles, who


def test_events_state_their_zone_and_room_and_tell_nothing_by_their_uid(world):
    _meeting, session = published(world)
    event = read(world, key_of(world, "AL"))["Members"]
    assert event["DTSTART"].params["TZID"] == "Europe/Istanbul"
    assert event["DTSTART"].dt.replace(tzinfo=None) == datetime(2027, 1, 23, 10)
    assert str(event["LOCATION"]) == "The hall"
    assert str(event["DESCRIPTION"]) == "plenary · all members\nInterpretation: English, Türkçe"
    assert (str(event["STATUS"]), int(event["SEQUENCE"])) == ("CONFIRMED", 0)
    assert str(event["UID"]) == f"{session.uid}@sofra" and str(session.pk) not in str(event["UID"])


def test_a_moved_and_a_cancelled_session_keep_their_uid_and_count_on(world):
    meeting, session = published(world)
    secret = key_of(world, "AL")
    uid = str(read(world, secret)["Members"]["UID"])
    with world.act("secretariat"):
        programme.move_session(session, slot(world, 5), seen_version=None)
        publishing.publish_programme(meeting, seen=None)
    moved = read(world, secret)["Members"]
    assert (str(moved["UID"]), int(moved["SEQUENCE"]), str(moved["STATUS"])) == (uid, 1, "CONFIRMED")
    assert moved["DTSTART"].dt.replace(tzinfo=None) == datetime(2027, 1, 23, 15)
    with world.act("secretariat"):
        programme.cancel_session(session, seen_version=None)
        publishing.publish_programme(meeting, seen=None)
    off = read(world, secret)["Members"]
    assert (str(off["UID"]), int(off["SEQUENCE"]), str(off["STATUS"])) == (uid, 2, "CANCELLED")


def test_entries_with_a_time_come_where_they_are_asked_for(world):
    published(world)
    assert set(read(world, key_of(world, "RS", "entries"))) == {"Members", "Everyone", "Opening"}


def test_a_calendar_speaks_the_language_of_its_address(world):
    published(world)
    secret = key_of(world, "RS")
    event = read(world, secret, "tr")["Members (tr)"]
    assert str(event["LOCATION"]) == "Oda hall"
    assert event["SUMMARY"].params["LANGUAGE"] == "tr"


def test_a_revoked_address_answers_nothing(world):
    published(world)
    with world.act("RS"):
        key, secret = calendar.make_key()
    assert read(world, secret)
    with world.act("RS"):
        calendar.revoke_key(key)
        with pytest.raises(Refusal, match="revoked already"):
            calendar.revoke_key(key)
    read(world, secret, status=404)


def test_an_address_ends_with_its_seat(world):
    published(world)
    secret = key_of(world, "RS")
    with world.act("secretariat"):
        Seat.objects.filter(pk=world.seats["RS"].pk).update(revoked_at=datetime.now(UTC))
    read(world, secret, status=404)


def test_an_address_ends_with_its_account(world):
    published(world)
    secret = key_of(world, "RS")
    with world.act("secretariat"):
        world.seats["RS"].account.is_active = False
        world.seats["RS"].account.save()
    read(world, secret, status=404)


def test_a_demonstration_seats_address_answers_on_no_other_server(world, settings):
    from dataclasses import replace

    published(world)
    secret = key_of(world, "RS")
    settings.SOFRA = replace(settings.SOFRA, demonstration=False)
    read(world, secret, status=404)


def test_only_a_digest_is_kept_and_only_its_own_seat_knows_of_a_key(world):
    with world.act("RS"):
        key, secret = calendar.make_key(label="telephone")
        assert bytes(CalendarKey.objects.get().digest) == calendar.digest_of(secret)
        with connection.cursor() as cursor:
            cursor.execute("SELECT kernel_calendarkey::text FROM kernel_calendarkey")
            assert secret not in cursor.fetchone()[0]
    for who in ("AL", "secretariat", "visitor"):
        with world.act(who):
            assert not CalendarKey.objects.exists()
            with pytest.raises(Refusal):
                calendar.revoke_key(key)


def test_asking_for_addresses_that_are_none_is_throttled(world, monkeypatch):
    from sofra.kernel.accounts import limits
    from sofra.meetings.views import calendar as views

    counted: list[str] = []

    def count(limit: limits.Limit, key: object) -> None:
        counted.append(limit.name)
        if len(counted) > 2:
            raise limits.TooMany(60)

    monkeypatch.setattr(views.limits, "count", count)
    for _turn in range(2):
        read(world, "nothing", status=404)
    read(world, "nothing", status=429)
    assert counted == ["calendar:address"] * 3


def test_a_seat_holds_a_dozen_addresses_at_most(world):
    with world.act("RS"):
        for _number in range(calendar.MOST):
            calendar.make_key()
        with pytest.raises(Refusal, match="Revoke one first"):
            calendar.make_key()


@pytest.mark.parametrize("times", [1, 3])
def test_a_calendar_asks_the_same_however_long_it_is(world, times, django_assert_num_queries):
    meeting = meeting_of(world)
    for number in range(times):
        add(world, meeting, number)
    with world.act("secretariat"):
        publishing.publish_programme(meeting, seen=None)
    from sofra.meetings.queries.calendar import events

    # One for the programme, two for what a delegation's bilaterals add.
    with world.act("RS"), django_assert_num_queries(3):
        assert len(events("en", "entries", BEGIN)) == times


def test_the_page_shows_a_new_address_this_once(world):
    client = client_of(world, "RS")
    page = client.post(reverse("calendar"), {"label": "telephone", "detail": "sessions"})
    assert page.status_code == 200
    address = page.content.decode().split('<code id="calendar-address">')[1].split("</code>")[0]
    assert client_of(world, "visitor").get(address.removeprefix("http://testserver")).status_code == 200
    again = client.get(reverse("calendar")).content.decode()
    assert "telephone" in again and address not in again
    bad = client.post(reverse("calendar"), {"label": "x" * 90, "detail": "sessions"})
    assert bad.status_code == 422
    with world.act("RS"):
        (key,) = CalendarKey.objects.all()
    gone = client.post(reverse("calendar_revoke", kwargs={"key": key.pk}))
    assert gone.status_code == 303
    assert client_of(world, "AL").post(reverse("calendar_revoke", kwargs={"key": key.pk})).status_code == 404
