"""The secretariat hands on a pack whose words somebody objects to gravely only if it says so, once; nobody else's is held."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sofra.kernel.models import AuditPayload
from sofra.meetings.commands import publishing, releasing
from tests.lexicon.profile_world import cited
from tests.meetings.agenda_world import submitted
from tests.meetings.programme_world import add, meeting_of
from tests.meetings.test_circulation import drafted
from tests.meetings.test_gate import objected
from tests.support.clients import client_of
from tests.support.world import World, make_world

pytestmark = pytest.mark.usefixtures("house")


def issued_anyway(world: World) -> list[str]:
    with world.act("secretariat"):
        return list(AuditPayload.objects.filter(action="pack.issued_anyway").values_list("body", flat=True))


def test_a_pack_is_held_for_the_secretariat_until_it_says_once_that_it_goes_out() -> None:
    world = make_world()
    cited(world)
    meeting = meeting_of(world)
    submitted(world, meeting, "AL", "The frontier as Albania says it")
    document = drafted(world, meeting, "The frontier, annotated", text="It opens.", kind="annotated_agenda")
    with world.act("secretariat"):
        releasing.release_document(document=document, audience="format")
    add(world, meeting, title="Talk at the frontier")
    with world.act("secretariat"):
        publishing.publish_programme(meeting, seen=None)
    page = reverse("pack", kwargs={"format": world.format.slug, "meeting": meeting.slug})
    paper = reverse("pack_paper", kwargs={"format": world.format.slug, "meeting": meeting.slug})
    client = client_of(world, "secretariat")
    assert client.get(page).status_code == 200

    # Somebody objects only now: what went out went out, and the next pack is looked over.
    objected(world)
    for url in (page, paper):
        held = client.get(url)
        assert held.status_code == 422
        said = held.content.decode()
        assert said.count('<strong lang="en">frontier</strong>') == 2
        assert f"documents/{document.line}/" in said
        assert "Albania says it" not in said
    assert client_of(world, "AL").get(page).status_code == 200
    assert client_of(world, "AL").get(paper).status_code == 200
    assert client_of(world, "AL").post(page, {"anyway": "yes"}).status_code == 403
    assert client.post(page, {}).status_code == 422
    assert issued_anyway(world) == []

    assert client.post(page, {"anyway": "yes"})["Location"] == page
    (told,) = issued_anyway(world)
    assert told.count('"text": "frontier"') == 2
    assert "We say line" in told
    again = client.get(page)
    assert again.status_code == 200
    assert "What is objected to in it" in again.content.decode()
    assert client.get(paper).status_code == 200
    assert client.post(page, {"anyway": "yes"}).status_code == 303
    assert len(issued_anyway(world)) == 1
    with world.act("RS"):
        assert not AuditPayload.objects.filter(action="pack.issued_anyway").exists()

    # Something else is found: it is asked anew.
    objected(world, "TR", term="Talk")
    assert client.get(page).status_code == 422
