"""Every page says for whom it is visible."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.utils.translation import override

from sofra.kernel.acting import Actor
from sofra.web import visibility

NOW = datetime(2026, 1, 23, 15, 0, tzinfo=UTC)
SEAT, PARTY = UUID(int=7), UUID(int=8)
DELEGATE = Actor(role="delegate", seat_id=SEAT, party_id=PARTY)


def row(audience: str, **more: Any) -> SimpleNamespace:
    base = {"audience": audience, "owner_party_id": None, "readers": [], "readable_from": NOW - timedelta(minutes=58)}
    return SimpleNamespace(**{**base, **more})


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (row("format"), "Visible to: all members · since 17:02 (Istanbul)"),
        (row("observers"), "Visible to: all members and observers · since 17:02 (Istanbul)"),
        (row("secretariat"), "Visible to: the secretariat only · since 17:02 (Istanbul)"),
        (row("public"), "Visible to: everyone"),
        (row("persons", readers=[SEAT]), "Visible to: you and 0 other named persons · since 17:02 (Istanbul)"),
        (row("persons", readers=[SEAT, PARTY]), "Visible to: you and 1 other named person · since 17:02 (Istanbul)"),
        (row("delegation", owner_party_id=PARTY), "Visible to: your delegation only · since 17:02 (Istanbul)"),
    ],
)
def test_a_row_says_who_may_read_it(held: SimpleNamespace, said: str) -> None:
    with override("en"):
        assert visibility.sentence(held, DELEGATE, "Europe/Istanbul", NOW) == said


def test_a_row_that_is_not_released_says_from_when() -> None:
    held = row("format", readable_from=NOW + timedelta(hours=1))
    with override("en"):
        assert visibility.sentence(held, DELEGATE, "", NOW) == "Visible to: all members · from 16:00 (UTC)"


def test_names_are_joined_as_one_writes_them() -> None:
    with override("en"):
        assert visibility.joined(["A", "B", "C"]) == "A, B and C"
        assert visibility.joined(["A"]) == "A"
        assert visibility.joined([]) == ""
