"""What is written is remarked on for its writer; a delegation's red lines are checked as it reads, for itself alone."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sofra.kernel import acting
from sofra.kernel.models import AuditEntry, Change
from sofra.lexicon.commands.red_lines import Against, object_to_name
from sofra.texts.commands.deciding import circulate
from sofra.texts.models import Text
from sofra.texts.queries.crossing import crossed, wordings_of
from sofra.texts.queries.text import content
from tests.lexicon.entity_world import loaded_small
from tests.meetings.agenda_world import make_meeting
from tests.meetings.test_agenda_pages import confirm, read
from tests.support.clients import client_of
from tests.support.world import World, make_world
from tests.texts.texts_world import make_text, paragraph_of, proposed, url

pytestmark = pytest.mark.usefixtures("house")
NOTED = "never in a text of ours"


@pytest.fixture
def world() -> World:
    found = make_world()
    loaded_small()
    with found.act("RS"):
        object_to_name(
            format=None,
            against=Against(term="lynchpin", language="en", severity="breaks", alternatives={"en": ("hinge",)}),
            reason={"en": NOTED},
        )
    return found


def test_a_red_line_is_told_to_its_delegation_alone_on_every_page_of_the_text(world: World, statement: Text) -> None:
    row = paragraph_of(world, statement, 1)
    proposed(world, "AL", row, "We build roads, a lynchpin of trade, and rails.")
    with world.act("secretariat"):
        circulate(text=statement, note={"en": "First"})
    pages = [
        url("text", text=statement.pk),
        url("text_paragraph", text=statement.pk, paragraph=row.pk),
        url("text_version", text=statement.pk, number=1),
    ]
    for page in pages:
        assert NOTED in read(world, "RS", page)
        for who in ("AL", "secretariat", "ME"):
            told = read(world, who, page)
            assert NOTED not in told
            assert "red line of your" not in told


def test_the_red_line_is_checked_on_words_that_nobody_but_one_delegation_wants(world: World, statement: Text) -> None:
    row = paragraph_of(world, statement, 1)
    proposed(world, "AL", row, "We build roads and the lynchpin.")
    with world.act("RS"):
        assert crossed([("one", content("We build [the lynchpin - A / the hinge - B; C delete]."))], "en", "en", None)
    assert "1 paragraph crosses a red line of your delegation." in read(world, "RS", url("text", text=statement.pk))


def test_the_red_lines_of_a_long_text_are_told_for_all_of_it_to_their_own_delegation(world: World) -> None:
    said = [f"{n}. We {'build a lynchpin' if n in (2, 70) else 'meet'}." for n in range(1, 71)]
    text = make_text(world, make_meeting(world), "\n\n".join(said))
    room, page = url("text", text=text.pk), url("text_red_lines", text=text.pk)
    assert f'hx-get="{page}?in=en&amp;part=1"' in read(world, "RS", room)
    told = read(world, "RS", page)
    assert "2 of the 70 paragraphs of the whole text cross a red line" in told
    assert all(f">{number}.</a>" in told for number in (2, 70))
    part = client_of(world, "RS").get(page, {"part": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert "2 of the 70" in part
    assert "<html" not in part
    for who in ("AL", "ME"):
        assert "crosses no red line" in read(world, who, page)
    assert client_of(world, "secretariat").get(page).status_code in (403, 404)


def test_every_reading_of_a_paragraph_is_looked_at() -> None:
    found = wordings_of(content("We meet [often - A / [rarely - B; C delete] now - D]."))
    assert {"We meet.", "We meet often.", "often", "rarely"} <= set(found)


def test_reading_with_a_red_line_writes_nothing(world: World, statement: Text) -> None:
    proposed(world, "AL", paragraph_of(world, statement, 1), "We build a lynchpin.")
    with acting.acting_as_house():
        before = Change.objects.count(), AuditEntry.objects.count()
    client, page = client_of(world, "RS"), url("text", text=statement.pk)
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        assert NOTED in client.get(page).content.decode()
    written = [
        each["sql"] for each in asked.captured_queries if each["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")
    ]
    assert [each for each in written if "session" not in each and "throttle" not in each] == []
    with acting.acting_as_house():
        assert (Change.objects.count(), AuditEntry.objects.count()) == before


def test_the_writer_reads_its_remarks_beside_the_preview_and_is_never_held(world: World, statement: Text) -> None:
    row = paragraph_of(world, statement, 1)
    page = url("text_propose", text=statement.pk, paragraph=row.pk)
    client = client_of(world, "RS")
    form = {"wording": "We build a lynchpin.", "audience": "format"}
    shown = client.post(page, form).content.decode()
    assert NOTED in shown
    assert "proposes for paragraph" in shown
    assert NOTED not in client_of(world, "AL").post(page, form).content.decode()
    put_in = client.post(page, {**form, "take": _first_take(shown)}).content.decode()
    assert "We build a hinge." in put_in
    sent, _sentence = confirm(world, "RS", page, form)
    assert sent.status_code == 303
    assert "lynchpin" in read(world, "ME", url("text", text=statement.pk))


def _first_take(page: str) -> str:
    return page.split('name="take" value="', 1)[1].split('"', 1)[0]
