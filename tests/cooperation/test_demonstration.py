"""The rehearsal's commitments are marked, laid out once, and never for a real meeting."""

from __future__ import annotations

import pytest

from sofra.cooperation.demonstration import add_commitments
from sofra.cooperation.models import Commitment
from sofra.cooperation.queries import follow_up
from tests.cooperation.support import meeting, table

pytestmark = pytest.mark.usefixtures("house")


def test_the_rehearsal_is_laid_out_once_and_marked() -> None:
    world = table()
    with world.act("secretariat"):
        assert (add_commitments(meeting("2")), add_commitments(meeting("2"))) == (4, 0)
        assert set(Commitment.objects.values_list("exercise", flat=True)) == {True}
    with world.act("RS"):
        found = follow_up(meeting("2"), "en")
        assert [line.state.code.value for line in found.standing] == ["on_time", "done", "on_time"]
        assert [line.state.code.value for line in found.waiting] == ["proposed"]


def test_nothing_invented_is_laid_beside_a_real_meeting() -> None:
    world = table()
    with world.act("secretariat"):
        real = meeting("2")
        real.exercise = False
        with pytest.raises(ValueError, match="exercise"):
            add_commitments(real)
