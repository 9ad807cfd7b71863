"""Opening the house: record, seats and rehearsal are laid out once, and laying them out again changes nothing."""

from __future__ import annotations

import pytest

from sofra.kernel import acting
from sofra.kernel.models import Account, AuditPayload, Party, Seat
from sofra.web.opening import before_opening


def test_opening_twice_changes_nothing_the_second_time(own_database: str) -> None:
    before_opening(with_record=True, with_demonstration=True)
    with acting.acting_as_house():
        first = (Party.objects.count(), Seat.objects.filter(revoked_at=None).count(), AuditPayload.objects.count())
    before_opening(with_record=True, with_demonstration=True)
    with acting.acting_as_house():
        assert (Party.objects.count(), Seat.objects.filter(revoked_at=None).count()) == first[:2]
        assert AuditPayload.objects.count() == first[2]


def test_without_the_flag_no_demonstration_seat_remains(own_database: str) -> None:
    before_opening(with_record=True, with_demonstration=True)
    before_opening(with_record=False, with_demonstration=False)
    with acting.acting_as_house():
        assert Seat.objects.filter(demonstration=True, revoked_at=None).count() == 0
        assert Account.objects.filter(demonstration=True, is_active=True).count() == 0


@pytest.mark.usefixtures("own_database")
def test_an_empty_house_opens_too() -> None:
    before_opening(with_record=False, with_demonstration=False)
