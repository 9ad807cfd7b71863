"""A commitment's state follows from its history and an instant, and from nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sofra.cooperation.engine.state import (
    Answer,
    Code,
    DateSet,
    Ending,
    History,
    Said,
    end_of_day,
    reported_between,
    state,
)

ISTANBUL = "Europe/Istanbul"
MARCH = datetime(2026, 3, 1, 12, tzinfo=UTC)
instants = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)).map(lambda each: each.replace(tzinfo=UTC))
zones = st.sampled_from([ISTANBUL, "Europe/Tirane", "Europe/Belgrade", "UTC", "America/New_York"])
answers = st.none() | st.builds(Answer, accepted=st.booleans(), at=instants)
dates = st.builds(
    DateSet,
    due=st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    zone=zones,
    at=instants,
    by_owner=st.booleans(),
    counts_at_once=st.booleans(),
    answer=answers,
)
reports = st.builds(Said, at=instants, done=st.booleans(), sourced=st.booleans())
endings = st.builds(Ending, at=instants, lapsed=st.booleans())
histories = st.builds(
    History,
    dates=st.lists(dates, max_size=4).map(tuple),
    reports=st.lists(reports, max_size=4).map(tuple),
    endings=st.lists(endings, max_size=2).map(tuple),
)


def proposed(due: date, answer: Answer | None = None, *, at: datetime = MARCH, by_owner: bool = False) -> DateSet:
    return DateSet(due, ISTANBUL, at, by_owner, answer=answer)


def accepted(at: datetime = MARCH) -> Answer:
    return Answer(True, at)


def test_a_date_nobody_accepted_does_not_count() -> None:
    found = state(History((proposed(date(2026, 3, 31)),)), MARCH + timedelta(days=90))
    assert (found.code, found.due) == (Code.PROPOSED, None)


def test_an_accepted_date_is_on_time_until_the_end_of_its_day_in_its_zone() -> None:
    history = History((proposed(date(2026, 3, 31), accepted()),))
    end = datetime(2026, 3, 31, 21, tzinfo=UTC)
    assert end_of_day(date(2026, 3, 31), ISTANBUL) == end
    assert state(history, end - timedelta(microseconds=1)).code is Code.ON_TIME
    assert state(history, end).code is Code.LATE
    assert state(history, end).since == end


def test_a_day_ends_at_midnight_also_when_the_clocks_change() -> None:
    assert end_of_day(date(2026, 3, 29), "Europe/Belgrade") == datetime(2026, 3, 29, 22, tzinfo=UTC)
    assert end_of_day(date(2026, 10, 25), "Europe/Belgrade") == datetime(2026, 10, 25, 23, tzinfo=UTC)


def test_a_counter_date_waits_for_the_other_side() -> None:
    first = proposed(date(2026, 3, 31), Answer(False, MARCH))
    counter = proposed(date(2026, 6, 30), at=MARCH + timedelta(hours=1), by_owner=True)
    assert state(History((first, counter)), MARCH + timedelta(days=1)).code is Code.COUNTERED


def test_a_declined_date_is_declined() -> None:
    assert state(History((proposed(date(2026, 3, 31), Answer(False, MARCH)),)), MARCH).code is Code.DECLINED


def test_an_extension_moves_the_date_only_once_accepted() -> None:
    first = proposed(date(2026, 3, 31), accepted())
    asked_at = MARCH + timedelta(days=20)
    asked = proposed(date(2026, 9, 30), at=asked_at, by_owner=True)
    agreed = proposed(date(2026, 9, 30), accepted(asked_at + timedelta(days=1)), at=asked_at, by_owner=True)
    april = datetime(2026, 4, 15, tzinfo=UTC)
    before, after = state(History((first, asked)), april), state(History((first, agreed)), april)
    assert (before.code, before.due, before.waiting) == (Code.LATE, date(2026, 3, 31), asked)
    assert (after.code, after.due, after.waiting) == (Code.ON_TIME, date(2026, 9, 30), None)


def test_completion_needs_a_source() -> None:
    history = History((proposed(date(2026, 3, 31), accepted()),), (Said(MARCH, True, False),))
    assert state(history, MARCH).code is Code.ON_TIME
    history = History((proposed(date(2026, 3, 31), accepted()),), (Said(MARCH, True, True),))
    assert state(history, MARCH + timedelta(days=300)).code is Code.DONE


def test_the_first_recorded_end_holds() -> None:
    ends = (Ending(MARCH + timedelta(days=2), True),)
    history = History((proposed(date(2026, 3, 31), accepted()),), (Said(MARCH + timedelta(days=5), True, True),), ends)
    assert state(history, MARCH + timedelta(days=1)).code is Code.ON_TIME
    assert state(history, MARCH + timedelta(days=9)).code is Code.LAPSED


def test_reports_between_two_meetings_are_those_after_the_one_and_not_after_the_other() -> None:
    said = [Said(MARCH + timedelta(days=day), False, False) for day in (2, 0, 1)]
    assert reported_between(said, MARCH, MARCH + timedelta(days=1)) == [said[2]]
    assert reported_between(said, None, MARCH + timedelta(days=2)) == [said[1], said[2], said[0]]


@given(histories, instants)
def test_what_reaches_the_house_later_changes_nothing_before(history: History, at: datetime) -> None:
    later = at + timedelta(seconds=1)
    grown = History(
        (*history.dates, DateSet(date(2026, 1, 1), "UTC", later, False, counts_at_once=True)),
        (*history.reports, Said(later, True, True)),
        (*history.endings, Ending(later, True)),
    )
    assert state(grown, at) == state(history, at)


@given(histories, instants, st.randoms())
def test_the_order_of_rows_changes_no_state(history: History, at: datetime, random) -> None:  # type: ignore[no-untyped-def]
    shuffled = [list(each) for each in (history.dates, history.reports, history.endings)]
    for rows in shuffled:
        random.shuffle(rows)
    again = History(*(tuple(rows) for rows in shuffled))  # type: ignore[arg-type]
    assert state(again, at).code == state(history, at).code


@given(histories, instants, instants)
def test_what_has_ended_stays_ended(history: History, one: datetime, other: datetime) -> None:
    first, second = sorted((one, other))
    ended = {Code.DONE, Code.LAPSED, Code.WITHDRAWN}
    if state(history, first).code in ended:
        assert state(history, second).code == state(history, first).code


@given(histories, instants)
def test_late_means_that_an_agreed_day_has_ended_and_on_time_that_it_has_not(history: History, at: datetime) -> None:
    found = state(history, at)
    if found.code is Code.LATE:
        assert found.ends_at is not None and found.ends_at <= at
    if found.code is Code.ON_TIME:
        assert found.ends_at is not None and found.ends_at > at
    if found.code in (Code.LATE, Code.ON_TIME):
        assert any(each.due == found.due and each.agreed_at() is not None for each in history.dates)
