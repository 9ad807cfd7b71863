"""The world in which texts are tested, and a text on its table; a test that needs others has its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from sofra.texts.models import Text
    from tests.support.world import World


@pytest.fixture
def world() -> World:
    """Two formats, seven parties and their seats."""
    from tests.support.world import make_world

    return make_world()


@pytest.fixture
def statement(world: World) -> Text:
    """A joint statement of a heading and two paragraphs."""
    from tests.meetings.agenda_world import make_meeting
    from tests.texts.texts_world import make_text

    return make_text(world, make_meeting(world))
