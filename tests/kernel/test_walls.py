"""The walls stand: by every path Django offers, a row is found only by those who may read it."""

from __future__ import annotations

import pytest

from sofra.kernel import walls
from sofra.kernel.models import Change
from tests.support.world import make_world


@pytest.mark.usefixtures("house")
def test_every_table_has_a_wall_or_a_reason() -> None:
    assert walls.unwalled_models() == []
    assert walls.findings() == []


@pytest.mark.usefixtures("house")
def test_a_delegations_own_row_is_found_by_that_delegation_alone() -> None:
    world = make_world()
    with world.act("AL"):
        Change.objects.create(
            kind="test", subject_type="test", subject_id=world.format.pk, audience="delegation",
            format=world.format, owner_party=world.parties["AL"],
        )  # fmt: skip
    for who in ("visitor", "secretariat", "observer", "facilitator", "RS"):
        with world.act(who):
            assert list(Change.objects.all()) == []
    with world.act("AL"):
        assert Change.objects.count() == 1
