"""A whole meeting's desk with no delegation signed in: what each says is entered by the secretariat, and marked so."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stories import ending
from tests.stories.playing import seated

pytestmark = pytest.mark.browser


def test_a_whole_meeting_works_with_no_delegation_signed_in(live: Any) -> None:
    table = seated(live, signed_in=False)
    ending.play(table)
    assert len(live.contexts) == 2, "the secretariat and a visitor sat at a page, and nobody else"
