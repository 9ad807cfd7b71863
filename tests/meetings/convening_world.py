"""A platform with two past meetings and a way to convene the third."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sofra.kernel.models import Audience
from sofra.meetings.commands.convening import Details, When, convene
from sofra.meetings.models import Meeting
from tests.support.world import World

ZONE = "Europe/Istanbul"


def past_meetings(world: World) -> None:
    """Two meetings of the public record."""
    with world.act("secretariat"):
        for number, day in ((1, date(2025, 7, 26)), (2, date(2026, 1, 23))):
            Meeting.objects.create(
                audience=Audience.PUBLIC,
                format=world.format,
                slug=str(number),
                ordinal=number,
                day=day,
                zone=ZONE,
                status=Meeting.Status.CLOSED,
            )


def convened(world: World, begins_at: datetime | None = None, **more: object) -> Meeting:
    """The next meeting of the world's format, convened by the secretariat."""
    begins_at = begins_at or datetime.now(UTC) + timedelta(days=100)
    with world.act("secretariat"):
        return convene(
            world.format,
            When(begins_at, ZONE),
            Details(titles={"en": "Third meeting", "tr": "Üçüncü toplantı"}),
            **more,  # type: ignore[arg-type]
        )
