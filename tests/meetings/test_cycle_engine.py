"""Back-planning is right across every change of clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sofra.meetings.engine.cycle import Offset, due, months_later, next_day, next_ordinal, numbered_title
from sofra.meetings.engine.timeline import WIDTH, Mark, lay_out
from sofra.parties.engine.local_time import exists, instant_of, local_of

ZONES = st.sampled_from(["Europe/Istanbul", "Europe/Belgrade", "America/New_York", "Australia/Lord_Howe", "UTC"])
INSTANTS = st.datetimes(datetime(2015, 1, 1), datetime(2037, 1, 1)).map(lambda each: each.replace(tzinfo=UTC))
TIMES = st.times().map(lambda each: each.replace(second=0, microsecond=0))


@given(INSTANTS, ZONES, st.integers(-400, 400), TIMES)
def test_a_step_in_days_keeps_its_clock_time_on_its_day(begins: datetime, zone: str, days: int, at: time) -> None:
    found = local_of(due(Offset(days=days, at=at), begins, zone), zone)
    day = begins.astimezone(ZoneInfo(zone)).date() + timedelta(days=days)
    wanted = datetime.combine(day, at)
    if exists(wanted, zone):
        assert found == wanted
    else:
        assert wanted < found <= wanted + timedelta(hours=1)


@given(INSTANTS, ZONES, st.integers(-2000, 2000))
def test_a_step_in_hours_lies_exactly_so_many_hours_away(begins: datetime, zone: str, hours: int) -> None:
    assert due(Offset(hours=hours), begins, zone) - begins == timedelta(hours=hours)


@given(INSTANTS, ZONES, st.integers(-400, 399), TIMES)
def test_an_earlier_day_is_never_due_later(begins: datetime, zone: str, days: int, at: time) -> None:
    assert due(Offset(days=days, at=at), begins, zone) < due(Offset(days=days + 1, at=at), begins, zone)


@given(INSTANTS, ZONES)
def test_an_instant_shown_on_a_clock_and_read_back_is_the_same_but_for_the_hour_shown_twice(
    instant: datetime, zone: str
) -> None:
    again = instant_of(local_of(instant, zone), zone)
    assert instant - again in (timedelta(0), timedelta(hours=1), timedelta(minutes=30))


def test_noon_stays_noon_when_clocks_change_between_deadline_and_meeting() -> None:
    begins = datetime(2027, 4, 6, 8, 0, tzinfo=UTC)
    found = due(Offset(days=-14, at=time(12)), begins, "Europe/Belgrade")
    assert found == datetime(2027, 3, 23, 11, 0, tzinfo=UTC)


def test_a_skipped_clock_time_becomes_the_first_after_the_gap() -> None:
    begins = datetime(2027, 3, 30, 8, 0, tzinfo=UTC)
    found = due(Offset(days=-2, at=time(2, 30)), begins, "Europe/Belgrade")
    assert found == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "wrong", [{}, {"days": 1}, {"days": 1, "at": time(1), "hours": 1}, {"at": time(1), "hours": 1}]
)
def test_an_offset_counts_in_days_or_in_hours(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="An offset counts"):
        Offset(**wrong)  # type: ignore[arg-type]


def test_the_cadence_proposes_the_next_working_day_after_today() -> None:
    assert next_day(date(2025, 7, 26), 6, date(2025, 8, 1)) == date(2026, 1, 26)
    assert next_day(date(2026, 1, 23), 6, date(2026, 11, 22)) == date(2027, 1, 22)
    assert next_day(None, 6, date(2026, 1, 1)) is None
    assert next_day(date(2026, 1, 1), None, date(2026, 1, 1)) is None


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(1, 36), st.dates(date(2000, 1, 1), date(2040, 1, 1)))
def test_a_proposed_day_is_after_today_and_no_weekend(last: date, months: int, today: date) -> None:
    found = next_day(last, months, today)
    assert found is not None
    assert found > today
    assert found.weekday() < 5


def test_months_end_where_the_month_does() -> None:
    assert months_later(date(2027, 8, 31), 6) == date(2028, 2, 29)


def test_numbers_and_titles_follow_the_last_meeting() -> None:
    assert next_ordinal([1, None, 2]) == 3
    assert numbered_title(3) == {"en": "Third meeting", "tr": "Üçüncü toplantı"}
    assert numbered_title(13) == {"en": "Meeting 13", "tr": "13. toplantı"}


@given(st.lists(st.tuples(INSTANTS, st.text(min_size=1, max_size=80)), min_size=1, max_size=14))
def test_no_label_of_the_picture_covers_another_leaves_it_or_is_crossed(marks: list[tuple[datetime, str]]) -> None:
    plate = lay_out([Mark(at, label, "open") for at, label in marks], datetime(2020, 1, 1, tzinfo=UTC))
    assert len(plate.marks) == len(marks)
    assert plate.width == WIDTH
    reaches = []
    for each in plate.marks:
        long = 6.3 * len(each.label)
        reaches.append(
            (each.label_y, each.label_x - (long if each.leftward else 0), each.label_x + (0 if each.leftward else long))
        )
    for place, (y, start, end) in enumerate(reaches):
        assert 0 < y < plate.height
        assert start >= 0
        assert end <= WIDTH
        for other_y, other_start, other_end in reaches[place + 1 :]:
            assert y != other_y or end <= other_start or other_end <= start
        for leader in plate.marks:
            low, high = sorted((plate.line_y, leader.label_y))
            assert not (start < leader.x < end and low < y < high)


def test_a_label_too_long_for_the_picture_is_cut_there_alone() -> None:
    plate = lay_out([Mark(datetime(2027, 1, 1, tzinfo=UTC), "w" * 100, "open")], datetime(2020, 1, 1, tzinfo=UTC))
    assert plate.marks[0].label == "w" * 57 + "…"
    assert plate.marks[0].mark.label == "w" * 100
