"""Releases, calls-off and answers that meet: one outcome, which all read."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.db import connection

from sofra.kernel.models import Change
from sofra.kernel.refusals import Refusal
from sofra.meetings.commands import circulation, releasing
from sofra.meetings.commands.circulation import Content
from sofra.meetings.models import Document, DocumentAnswer
from sofra.meetings.queries.circulation import documents_of
from tests.meetings.agenda_world import make_meeting, soon
from tests.support.papers import smallest_pdf
from tests.support.world import World, make_world

pytestmark = pytest.mark.usefixtures("own_database")


def drafted(world: World, meeting: Any, who: str = "secretariat") -> Document:
    with world.act(who):
        contents = {"en": Content("Note", file=BytesIO(smallest_pdf("x")), name="x.pdf")}
        return circulation.draft_document(meeting=meeting, kind="other", contents=contents)


def together(world: World, *acts: Callable[[Document], Any], document: Document, who: str = "secretariat") -> list[str]:
    """Do several acts at once, each on a connection of its own; answers how each ended."""
    ended: list[str] = []
    begin = threading.Barrier(len(acts))

    def run(act: Callable[[Document], Any]) -> None:
        try:
            begin.wait(10)
            with world.act(who):
                act(Document.objects.get(pk=document.pk))
            ended.append("done")
        except Refusal as refusal:
            ended.append(str(refusal.sentence))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(ended)


def test_two_releases_at_once_make_one() -> None:
    world = make_world()
    document = drafted(world, make_meeting(world))
    parties = [world.parties["AL"].pk]
    ended = together(
        world,
        lambda row: releasing.release_document(document=row, audience="format"),
        lambda row: releasing.release_document(document=row, audience="parties", readers=parties),
        document=document,
    )
    assert ended == ["The document is no draft any more.", "done"]
    with world.act("secretariat"):
        assert Change.objects.filter(kind="document.released").count() == 1


def test_a_release_is_moved_or_called_off_never_both() -> None:
    world = make_world()
    document = drafted(world, make_meeting(world))
    with world.act("secretariat"):
        releasing.release_document(document=document, audience="format", at=soon(600))
    later = soon(1200)
    ended = together(
        world,
        lambda row: releasing.move_release(document=row, at=later),
        lambda row: releasing.cancel_release(document=row),
        document=document,
    )
    with world.act("secretariat"):
        row = Document.objects.get()
        kinds = set(Change.objects.values_list("kind", flat=True))
    # Moved and then called off is an order; called off and then moved is refused.
    assert ended in (["done", "done"], ["No release is set for this document.", "done"])
    assert row.released_at is None
    assert "document.released" not in kinds


@pytest.mark.parametrize("wait", [0.0, 0.15, 0.3, 0.45, 0.6, 0.75])
def test_calling_off_races_with_the_instant_and_what_is_recorded_is_what_readers_saw(wait: float) -> None:
    world = make_world()
    meeting = make_meeting(world)
    document = drafted(world, meeting)
    with world.act("secretariat"):
        instant = soon(1.3)
        releasing.release_document(document=document, audience="format", at=instant)
    seen: list[int] = []
    stop = threading.Event()

    def read() -> None:
        try:
            while not stop.is_set():
                with world.act("RS"):
                    seen.append(len(documents_of(meeting, "en")))
        finally:
            connection.close()

    reader = threading.Thread(target=read)
    reader.start()
    time.sleep(wait)
    try:
        with world.act("secretariat"):
            releasing.cancel_release(document=Document.objects.get())
        called_off = True
    except Refusal:
        called_off = False
    time.sleep(max(0.0, (instant - soon(0)).total_seconds()) + 0.2)
    stop.set()
    reader.join(20)
    assert (max(seen), seen[-1]) == ((0, 0) if called_off else (1, 1))


def test_two_answers_at_once_make_one() -> None:
    world = make_world()
    document = drafted(world, make_meeting(world), "AL")
    with world.act("AL"):
        releasing.ask_circulation(document=document, audience="format")
    ended = together(
        world,
        lambda row: releasing.circulate(document=row),
        lambda row: releasing.decline(document=row, reason={"en": "No"}),
        document=document,
    )
    assert ended == ["The request is answered already.", "done"]
    with world.act("secretariat"):
        answer = DocumentAnswer.objects.get()
        assert Document.objects.filter(owner_party=None).count() == (1 if answer.circulated else 0)
