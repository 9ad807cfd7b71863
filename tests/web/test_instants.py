"""Instants are written in full, in the reader's language, on the clocks of a stated zone."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from sofra.web import instants

NOON = datetime(2026, 1, 23, 11, 0, 5, tzinfo=UTC)
ISTANBUL = "Europe/Istanbul"


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "Friday 23 January 2026, 14:00 (Istanbul)"),
        ("sr", "петак, 23. јануар 2026., 14:00 (Istanbul)"),
        ("sr-latn", "petak, 23. januar 2026., 14:00 (Istanbul)"),
        ("cnr", "petak, 23. januar 2026., 14:00 (Istanbul)"),
        ("bs", "petak, 23. januar 2026., 14:00 (Istanbul)"),
    ],
)
def test_an_instant_is_written_in_full(language: str, written: str) -> None:
    with override(language):
        assert instants.full(NOON, ISTANBUL).lower() == written.lower()


def test_turkish_puts_the_weekday_last_and_a_dot_in_the_hour() -> None:
    with override("tr"):
        assert instants.full(NOON, "America/New_York").startswith("23 Ocak 2026 Cuma, 06.00 (")


def test_a_deadline_is_written_to_the_second_in_two_zones() -> None:
    with override("en"):
        assert instants.exact(NOON, ISTANBUL) == "Friday 23 January 2026, 14:00:05 (Istanbul) · 11:00:05 (UTC)"


def test_the_second_zone_names_its_day_where_it_differs() -> None:
    late = datetime(2026, 1, 22, 22, 30, tzinfo=UTC)
    with override("en"):
        assert instants.exact(late, ISTANBUL) == (
            "Friday 23 January 2026, 01:30:00 (Istanbul) · 22 January 2026, 22:30:00 (UTC)"
        )


def test_the_same_zone_is_not_said_twice() -> None:
    with override("en"):
        assert instants.exact(NOON, "") == "Friday 23 January 2026, 11:00:05 (UTC)"


def test_an_instant_today_is_brief() -> None:
    with override("en"):
        assert instants.brief(NOON, ISTANBUL, now=NOON) == "14:00 (Istanbul)"
        later = datetime(2026, 2, 1, tzinfo=UTC)
        assert instants.brief(NOON, ISTANBUL, now=later) == "23 January 2026, 14:00 (Istanbul)"


def test_a_day_is_that_of_the_zone() -> None:
    late = datetime(2026, 1, 22, 22, 30, tzinfo=UTC)
    with override("en"):
        assert instants.day(late, ISTANBUL) == "23 January 2026"
        assert instants.day(date(2026, 1, 2)) == "2 January 2026"


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        instants.full(datetime(2026, 1, 23, 11, 0), ISTANBUL)
