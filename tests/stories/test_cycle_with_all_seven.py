"""The whole cycle, with all seven delegations signed in, each in a browser of its own."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stories import promises, whole
from tests.stories.playing import seated

pytestmark = pytest.mark.browser


def test_seven_delegations_meet_agree_and_follow_through(live: Any) -> None:
    table = seated(live, signed_in=True)
    whole.play(table)
    for code in ("RS", "ME"):
        promises.follow_up(table, table.of(code).page)
