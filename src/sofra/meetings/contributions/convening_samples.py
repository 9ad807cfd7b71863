"""What the tests that walk the whole house need of convening: addresses of real rows, and words others must never see."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from sofra.meetings.models import CycleTask, Meeting, Task, TaskOwner

ZONE = "Europe/Istanbul"


def sample_meeting(world: Any) -> Meeting:
    """The world's open meeting; convened where there is none yet."""
    from sofra.meetings.commands.convening import Details, When, convene

    with world.act("secretariat"):
        found = Meeting.objects.filter(format=world.format, status="convened", begins_at__isnull=False).first()
        if found is None:
            found = convene(
                world.format,
                When(datetime.now(UTC) + timedelta(days=40), ZONE),
                Details(titles={"en": "Sample meeting", "tr": "Örnek toplantı"}),
            )
    return found


def _format(world: Any) -> dict[str, Any]:
    return {"format": world.format.slug}


def _meeting(world: Any) -> dict[str, Any]:
    return {**_format(world), "meeting": sample_meeting(world).slug}


def _task(world: Any) -> dict[str, Any]:
    meeting = sample_meeting(world)
    with world.act("secretariat"):
        row = Task.objects.filter(meeting=meeting, owner=TaskOwner.EACH_PARTY, dropped=False).first()
    assert row is not None
    return {**_format(world), "meeting": meeting.slug, "task": row.pk}


def _step(world: Any) -> dict[str, Any]:
    sample_meeting(world)
    with world.act("secretariat"):
        row = CycleTask.objects.filter(format=world.format, retired=False).first()
    assert row is not None
    return {**_format(world), "step": row.pk}


SAMPLES: dict[str, Callable[[Any], dict[str, Any]]] = {
    **dict.fromkeys(
        (
            "api_format",
            "api_meetings",
            "api_profile",
            "format",
            "format_meetings",
            "convene",
            "cycle",
            "cycle_take",
            "step_add",
        ),
        _format,
    ),
    **dict.fromkeys(
        (
            "api_meeting",
            "api_order",
            "meeting",
            "meeting_edit",
            "meeting_postpone",
            "meeting_cancel",
            "meeting_advance",
            "task_add",
        ),
        _meeting,
    ),
    **dict.fromkeys(("task_edit", "task_mark", "task_drop"), _task),
    **dict.fromkeys(("step_edit", "step_retire"), _step),
}


def canaries(world: Any) -> None:
    """A meeting whose title only members read, and a delegation's part of a task entered under a note nobody else reads."""
    from sofra.kernel.commands import enter_for
    from sofra.meetings.commands.convening import Details, When, convene
    from sofra.meetings.commands.cycle import mark_task

    with world.act("secretariat"):
        meeting = convene(
            world.format,
            When(datetime.now(UTC) + timedelta(days=40), ZONE),
            Details(
                titles={"en": f"Meeting {world.token('format')}"},
                venues={"en": f"Venue {world.token('format')}"},
                notes={"en": f"Note {world.token('format')}"},
            ),
        )
        task = Task.objects.filter(meeting=meeting, owner=TaskOwner.EACH_PARTY).first()
        assert task is not None
        party = world.parties["AL"]
        entry = enter_for(
            party.pk, world.format.pk, channel="note", received_at=datetime.now(UTC) - timedelta(hours=1), reference="NV 1"
        )  # fmt: skip
        mark_task(task, done=True, party_id=party.pk, entry=entry)
