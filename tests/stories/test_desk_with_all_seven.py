"""A whole meeting's desk with all seven delegations signed in, each in a browser of its own."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stories import ending
from tests.stories.playing import seated

pytestmark = pytest.mark.browser


def test_seven_delegations_are_invited_arrive_and_meet(live: Any) -> None:
    ending.play(seated(live, signed_in=True))
