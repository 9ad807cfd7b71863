"""Overlaps, pictures, calendars: laws over random days, and the days on which clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sofra.meetings.engine.calendar import Event, changes_of_clocks, write_calendar
from sofra.meetings.engine.daygrid import Item, lay_out
from sofra.meetings.engine.overlaps import Hold, clashes, overlaps
from sofra.meetings.engine.programme import by_day, differences, parties_in
from sofra.parties.engine.local_time import exists, instant_of, local_of

AT = datetime(2027, 1, 23, 7, tzinfo=UTC)
#: A machine that does much else draws slowly.
CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ZONES = ("Europe/Istanbul", "Europe/Belgrade", "Europe/London", "America/New_York", "Australia/Lord_Howe", "UTC")


def hold(resource: int, holder: int, begin: int, length: int) -> Hold:
    return Hold(resource, holder, AT + timedelta(minutes=begin), AT + timedelta(minutes=begin + length))


holds = st.lists(
    st.builds(hold, st.integers(0, 2), st.integers(0, 4), st.integers(0, 60), st.integers(1, 30)), max_size=14
)


@CALM
@given(holds)
def test_the_sweep_finds_exactly_the_pairs_that_overlap(rows):
    def key(pair: tuple[Hold, Hold]) -> tuple[str, str]:
        return tuple(sorted(map(repr, pair)))  # type: ignore[return-value]

    expected = sorted(
        key((one, other)) for place, one in enumerate(rows) for other in rows[place + 1 :] if overlaps(one, other)
    )
    assert sorted(key(pair) for pair in clashes(rows)) == expected


@CALM
@given(st.integers(0, 60), st.integers(1, 30), st.integers(0, 60), st.integers(1, 30), st.integers(-500, 500))
def test_overlapping_is_mutual_moves_with_both_and_ends_where_the_other_begins(one, a, other, b, by):
    first, second = hold(0, 1, one, a), hold(0, 2, other, b)
    assert overlaps(first, second) == overlaps(second, first)
    assert overlaps(first, second) == overlaps(hold(0, 1, one + by, a), hold(0, 2, other + by, b))
    assert not overlaps(first, hold(0, 2, one + a, b))
    assert not overlaps(first, hold(1, 2, one, a))
    assert not overlaps(first, hold(0, 1, one, a))


instants = st.datetimes(datetime(2024, 1, 1), datetime(2031, 1, 1)).map(
    lambda at: at.replace(second=0, microsecond=0, tzinfo=UTC)
)


@CALM
@given(instants, st.integers(1, 40), st.sampled_from(ZONES))
def test_a_calendar_tells_every_instant_right_across_changes_of_clocks(begins, hours, zone):
    event = Event("u@sofra", "A title", begins, begins + timedelta(hours=hours), zone, begins)
    read = icalendar.Calendar.from_ical(write_calendar("Name", [event]))
    there = read.walk("VEVENT")[0]
    # The two hours that one clock time names in autumn are one in RFC 5545 too: it means the first of them.
    for said, meant in ((there["DTSTART"].dt, event.begins), (there["DTEND"].dt, event.ends)):
        local = meant.astimezone(ZoneInfo(zone))
        assert said.replace(tzinfo=None) == local.replace(tzinfo=None)
        if local.fold == 0:
            assert _by_its_own_zone(read, said.replace(tzinfo=None)) == meant


def _by_its_own_zone(read: icalendar.Calendar, local: datetime) -> datetime:
    """An instant by what the calendar itself says of its zone, read as RFC 5545 tells to: the last onset not after it."""
    onsets = sorted(
        (each["DTSTART"].dt, each["TZOFFSETFROM"].td, each["TZOFFSETTO"].td)
        for each in read.walk()
        if each.name in ("STANDARD", "DAYLIGHT")
    )
    onset = max((each for each in onsets if each[0] <= local), key=lambda each: each[0])
    offset = onset[2]
    for at, before, after in onsets:
        # Within the hour that clocks repeat, a clock time means the first passing.
        if at - (before - after) <= local < at and before > after:
            offset = before
    return (local - offset).replace(tzinfo=UTC)


@CALM
@given(instants, st.sampled_from(ZONES))
def test_local_times_and_instants_answer_each_other(at, zone):
    local = local_of(at, zone)
    assert exists(local, zone)
    found = instant_of(local, zone)
    assert local_of(found, zone) == local
    assert found <= at


def test_changes_of_clocks_are_found_to_the_second():
    found = changes_of_clocks("Europe/Belgrade", datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
    assert found == [datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)]
    assert (
        changes_of_clocks("Europe/Istanbul", datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)) == []
    )


def test_the_zone_of_a_calendar_tells_onsets_by_the_clocks_before_them():
    begins = datetime(2026, 3, 29, 2, tzinfo=UTC)
    text = write_calendar(
        "N", [Event("u", "T", begins, begins + timedelta(hours=1), "Europe/Belgrade", begins)]
    ).decode()
    assert (
        "BEGIN:DAYLIGHT\r\nDTSTART:20260329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nEND:DAYLIGHT"
        in text
    )
    assert "DTSTART;TZID=Europe/Belgrade:20260329T040000" in text


@CALM
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_survives_a_calendar_and_no_line_is_too_long(title, about):
    data = write_calendar("N", [Event("u", title, AT, AT + timedelta(hours=1), "UTC", AT, about=about)])
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    event = icalendar.Calendar.from_ical(data).walk("VEVENT")[0]

    def kept(text: str) -> str:
        return "".join(c for c in text.replace("\r\n", "\n") if c >= " " or c in "\t\n")

    assert str(event["SUMMARY"]) == kept(title)
    assert str(event.get("DESCRIPTION", "")) == kept(about)


def test_a_cancelled_event_says_so_with_its_sequence():
    data = write_calendar("N", [Event("u", "T", AT, AT + timedelta(hours=1), "UTC", AT, sequence=3, cancelled=True)])
    event = icalendar.Calendar.from_ical(data).walk("VEVENT")[0]
    assert (str(event["STATUS"]), int(event["SEQUENCE"])) == ("CANCELLED", 3)


def test_a_day_is_the_zones_own():
    class Row:
        def __init__(self, begins: datetime) -> None:
            self.begins, self.ends = begins, begins + timedelta(hours=1)

    late = Row(datetime(2027, 1, 22, 22, tzinfo=UTC))
    assert [day for day, _rows in by_day([late], "Europe/Istanbul")] == [date(2027, 1, 23)]
    assert [day for day, _rows in by_day([late], "UTC")] == [date(2027, 1, 22)]


def test_what_differs_is_told_by_its_parts():
    content = {"title": {"en": "A"}, "takes_part": "members", "parties": [], "principals": True, "room": None}
    other = {**content, "title": {"en": "B"}, "principals": False}
    end = AT + timedelta(hours=1)
    assert differences((AT, end, content), (AT, end, content)) == ()
    assert differences((AT, end, content), (AT, end + timedelta(minutes=5), other)) == ("time", "title", "takes_part")


def test_parties_a_session_is_only_shown_to_are_named_nowhere():
    content = {
        "takes_part": "members",
        "parties": ["a"],
        "people": [{"party": "b"}],
        "entries": [{"people": [{"party": "c"}]}],
    }
    assert parties_in(content) == {"b", "c"}
    assert parties_in({**content, "takes_part": "parties"}) == {"a", "b", "c"}


@CALM
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 900), st.integers(5, 200)), min_size=1, max_size=12))
def test_boxes_of_a_picture_never_lie_upon_each_other(rows):
    items = [
        Item(f"Room {lane}", AT + timedelta(minutes=begin), AT + timedelta(minutes=begin + length), "x")
        for lane, begin, length in rows
    ]
    grid = lay_out(items, "Europe/Istanbul")
    assert grid is not None and len(grid.boxes) == len(items)
    for place, one in enumerate(grid.boxes):
        assert one.x >= grid.left and one.x + one.width <= grid.width
        for other in grid.boxes[place + 1 :]:
            apart = one.x + one.width <= other.x + 0.2 or other.x + other.width <= one.x + 0.2
            assert apart or one.y + one.height <= other.y or other.y + other.height <= one.y


def test_the_hours_of_a_picture_follow_the_clocks_on_the_day_they_change():
    begins = datetime(2026, 3, 29, 0, tzinfo=UTC)
    grid = lay_out([Item("R", begins, begins + timedelta(hours=3), "x")], "Europe/Belgrade")
    assert grid is not None
    assert [tick.label for tick in grid.ticks] == ["01:00", "03:00", "04:00", "05:00"]


def test_nothing_makes_no_picture():
    assert lay_out([], "UTC") is None
