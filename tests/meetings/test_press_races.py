"""An objection and an issue that meet at the instant: one outcome, which all read."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from sofra.kernel.refusals import Refusal
from sofra.meetings.commands import delegations, press_issuing, press_lines
from sofra.meetings.models import Act, Delegate, PressIssue, PressPiece, Procedure
from tests.meetings.agenda_world import soon, wait_until
from tests.meetings.press_world import person, photo, press_meeting, sent
from tests.support.world import World, make_world

pytestmark = pytest.mark.usefixtures("own_database")
WHY: dict[str, Any] = {"what": {"en": "all"}, "reason": {"en": "No"}}


def together(world: World, acts: dict[str, Callable[[], Any]]) -> dict[str, str]:
    """Do an act each as somebody, at once, on connections of their own; answers how each ended."""
    ended: dict[str, str] = {}
    begin = threading.Barrier(len(acts))

    def run(who: str, act: Callable[[], Any]) -> None:
        try:
            begin.wait(10)
            with world.act(who):
                act()
            ended[who] = "done"
        except Refusal as refusal:
            ended[who] = str(refusal.sentence)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in acts.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return ended


@pytest.mark.parametrize("ahead", [0.4, 0.15, -0.05])
def test_at_the_instant_lines_are_either_objected_to_or_issued_never_both(ahead: float) -> None:
    world = make_world()
    meeting = press_meeting(world)
    row = sent(world, meeting, ("AL",), soon(1))
    with world.act("secretariat"):
        deadline = Procedure.objects.get(subject_id=row.pk).deadline
    assert deadline is not None
    with world.act("secretariat"):
        wait_until(deadline - timedelta(seconds=ahead))
    ended = together(
        world,
        {
            "AL": lambda: press_lines.object_to_lines(
                piece=PressPiece.objects.select_related("meeting__format").get(pk=row.pk), **WHY
            ),
            "secretariat": lambda: press_issuing.issue_piece(
                piece=PressPiece.objects.select_related("meeting__format").get(pk=row.pk), to="format"
            ),
        },
    )
    with world.act("secretariat"):
        objected = Act.objects.filter(subject_id=row.pk, kind="object").exists()
        issued = PressIssue.objects.filter(piece=row).exists()
        state = Procedure.objects.get(subject_id=row.pk).state
    assert not (objected and issued), ended
    assert (ended["AL"] == "done", ended["secretariat"] == "done") == (objected, issued)
    assert state in {(True, False): ("broken",), (False, True): ("adopted",)}.get(
        (objected, issued), ("open", "adopted")
    )


def test_a_person_who_leaves_while_a_caption_is_issued_does_not_stand_in_what_comes() -> None:
    world = make_world()
    meeting = press_meeting(world)
    who = person(world, meeting, "AL", "Invented One")
    row = photo(world, meeting, {(1, 1): who.pk}, [1])
    ended = together(
        world,
        {
            "AL": lambda: delegations.withdraw_delegate(
                delegate=Delegate.objects.select_related("delegation__meeting__format").get(pk=who.pk)
            ),
            "secretariat": lambda: press_issuing.issue_piece(
                piece=PressPiece.objects.select_related("meeting__format").get(pk=row.pk), to="public", at=soon(600)
            ),
        },
    )
    assert ended["AL"] == "done"
    with world.act("secretariat"):
        assert all(each.called_off for each in PressIssue.objects.filter(piece=row))
        assert ended["secretariat"] == "done" or "no longer there to be named" in ended["secretariat"]
