"""The text room: parts of a large text, readings, the search in it, the screen, and what a device keeps until it is sent."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from sofra.kernel.models import Audience
from sofra.texts.models import Text
from sofra.texts.queries.text import paragraphs_now
from sofra.texts.views.keeping import SENT
from tests.meetings.agenda_world import make_meeting
from tests.meetings.test_agenda_pages import confirm, read
from tests.support.clients import client_of
from tests.support.world import World
from tests.texts.texts_world import make_text, paragraph_of, proposed, url

pytestmark = pytest.mark.usefixtures("house")


def test_of_a_large_text_a_part_is_sent_and_the_outline_leads_to_the_others(world: World) -> None:
    found = make_text(world, make_meeting(world), "\n\n".join(f"{n}. We build road{n}x." for n in range(1, 131)))
    page = url("text", text=found.pk)
    first = read(world, "AL", page)
    assert ("road60x" in first, "road61x" in first) == (True, False)
    assert "Paragraphs 61 to 120 of 130" in first
    assert "?from=121#p-" in first
    last = read(world, "AL", f"{page}?from=121")
    assert ("road120x" in last, "road121x" in last, "road130x" in last) == (False, True, True)
    part = client_of(world, "AL").get(f"{page}?from=61&part=1", headers={"HX-Request": "true"}).content.decode()
    assert ("road61x" in part, "road121x" in part, "<html" in part) == (True, False, False)


def test_words_are_found_in_the_whole_text_whatever_their_capitals(world: World) -> None:
    found = make_text(world, make_meeting(world), "\n\n".join(f"{n}. We build ISTANBUL{n}x." for n in range(1, 101)))
    page = read(world, "AL", f"{url('text', text=found.pk)}?find=istanbul97x")
    assert ("ISTANBUL97x" in page, "ISTANBUL96x" in page) == (True, False)


def test_the_text_is_read_as_it_stood_before_anybody_proposed_anything(world: World, statement: Text) -> None:
    proposed(world, "AL", paragraph_of(world, statement, 1), "We build safe roads and rails.")
    assert "<p>We build roads and rails.</p>" in read(world, "RS", f"{url('text', text=statement.pk)}?read=base")


def test_the_screen_answers_nothing_new_until_something_all_read_changes(world: World, statement: Text) -> None:
    client, live = client_of(world, "AL"), url("text_screen_live", text=statement.pk)
    tag = client.get(live)["ETag"]
    row = paragraph_of(world, statement, 1)
    proposed(world, "RS", row, "We tunnel quietly.", audience=Audience.SECRETARIAT)
    assert client.get(live, headers={"If-None-Match": tag}).status_code == 304
    proposed(world, "RS", row, "We build fast roads and rails.")
    changed = client.get(live, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert "fast" in changed.json()["html"]


@pytest.mark.parametrize("who", ["AL", "RS", "secretariat"])
def test_no_private_thing_reaches_the_screen_whoever_puts_it_up(world: World, statement: Text, who: str) -> None:
    row = paragraph_of(world, statement, 1)
    for audience in (Audience.SECRETARIAT, Audience.DELEGATION):
        proposed(
            world, "AL", row, f"We tunnel quietly {audience}.", audience=audience, explanation={"en": "Quietly said"}
        )
    shown = read(world, who, url("text_screen", text=statement.pk))
    assert "We build roads and rails." in shown
    assert "uietly" not in shown


def test_the_screen_shows_how_a_paragraph_would_read_before_it_is_decided(world: World, statement: Text) -> None:
    row = paragraph_of(world, statement, 1)
    proposed(world, "AL", row, "We build safe roads and rails.")
    with world.act("secretariat"):
        point = paragraphs_now(statement, [row.pk])[0].points("en")[0]
    page = f"{url('text_screen', text=statement.pk)}?point={point.key}&choice={point.choices[0].key}"
    shown = read(world, "secretariat", page)
    assert "Not decided yet" in shown
    assert "<p>We build safe roads and rails.</p>" in shown
    assert "Not decided yet" not in read(world, "secretariat", url("text_screen", text=statement.pk))


def test_the_device_is_told_to_forget_what_was_sent_and_nothing_before(world: World, statement: Text) -> None:
    row = paragraph_of(world, statement, 1)
    address = url("text_propose", text=statement.pk, paragraph=row.pk)
    pages = {who: read(world, who, address) for who in ("AL", "RS")}
    names = {who: page.split('data-keep="')[1][:32] for who, page in pages.items()}
    assert names["AL"] != names["RS"]
    refused = client_of(world, "AL").post(address, {"wording": "", "audience": Audience.FORMAT})
    assert SENT not in refused.cookies
    done, _sentence = confirm(
        world, "AL", address, {"wording": "We build safe roads and rails.", "audience": Audience.FORMAT}
    )
    assert done.cookies[SENT].value == names["AL"]


def test_signing_out_empties_what_the_device_kept(world: World) -> None:
    with override("en"):
        assert client_of(world, "AL").post(reverse("account_logout"))["Clear-Site-Data"] == '"storage"'


@pytest.mark.parametrize("page", ["text", "text_paragraph", "text_matrix", "text_history"])
def test_what_a_page_asks_does_not_grow_with_what_was_proposed(world: World, statement: Text, page: str) -> None:
    row = paragraph_of(world, statement, 1)
    more = {"paragraph": row.pk} if page == "text_paragraph" else {}
    client, asked = client_of(world, "RS"), []
    for number in range(2):
        for code in ("AL", "ME", "BA")[number:]:
            proposed(world, code, row, f"We build roads of {code} {number}.", explanation={"en": f"Said by {code}"})
        client.get(url(page, text=statement.pk, **more))
        with CaptureQueriesContext(connection) as found:
            assert client.get(url(page, text=statement.pk, **more)).status_code == 200
        asked.append(len(found))
    assert asked[0] == asked[1]
