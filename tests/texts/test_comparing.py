"""Two versions of a text compared on a page, of what all its readers read."""

from __future__ import annotations

import re

import pytest

from sofra.kernel.models import Audience
from sofra.texts.commands import deciding
from sofra.texts.commands.reshaping import reshape, settle
from sofra.texts.models import Text
from tests.meetings.agenda_world import make_meeting
from tests.meetings.test_agenda_pages import read
from tests.support.clients import client_of
from tests.support.world import World
from tests.texts.texts_world import make_text, paragraph_of, proposed, url

pytestmark = pytest.mark.usefixtures("house")


@pytest.fixture
def statement(world: World) -> Text:
    """Circulated; then 1. changed, 2. moved to the top, and something was proposed that only RS reads."""
    text = make_text(world, make_meeting(world))
    with world.act("secretariat"):
        deciding.circulate(text=text)
    first, second = paragraph_of(world, text, 1), paragraph_of(world, text, 2)
    with world.act("AL"):
        move = reshape(paragraph=second, kind="move")
    with world.act("secretariat"):
        settle(proposal=move, accepted=True, reason={"en": "So"})
        deciding.close(
            paragraph=first, language="en", how="compromise", wording="We build roads and ports.", reason={"en": "So"}
        )
    proposed(world, "RS", first, "We build hidden roads.", audience=Audience.DELEGATION)
    return text


def words(html: str) -> str:
    """The comparison without its markup."""
    return " ".join(re.sub(r"<[^>]+>", "", html[html.index("text-compared") :]).split())


def test_a_page_tells_what_is_gone_what_is_new_and_what_moved(world: World, statement: Text) -> None:
    page = read(world, "ME", url("text_compare", text=statement.pk))
    assert "Version 1 → As it stands" in page
    assert "1 paragraph changed" in page
    assert re.search(r"<del>.*?rails", page)
    assert re.search(r"<ins>.*?ports", page)
    assert 'id="from-1"' in page
    assert 'id="to-1"' in page
    assert "Moved here" in page
    assert "hidden" not in words(page) + words(read(world, "RS", url("text_compare", text=statement.pk)))
    only = read(world, "ME", f"{url('text_compare', text=statement.pk)}?show=changed")
    assert "Joint statement" in words(page)
    assert "Joint statement" not in words(only)


def test_a_version_with_itself_differs_in_nothing_and_one_there_is_none_of_is_not_there(
    world: World, statement: Text
) -> None:
    address = url("text_compare", text=statement.pk)
    assert "Nothing changed between the two." in read(world, "ME", f"{address}?first=1&second=1&show=changed")
    client = client_of(world, "ME")
    assert [client.get(address, {"first": each}).status_code for each in ("7", "x", "9" * 40)] == [404] * 3
    assert client_of(world, "observer").get(address).status_code in (403, 404)
