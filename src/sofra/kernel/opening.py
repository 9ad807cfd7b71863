"""What happens before the doors open: the walls are checked, the record and the demonstration laid out as asked for."""

from __future__ import annotations

from django.conf import settings

from sofra.kernel import rooms, walls
from sofra.kernel.ground.troubles import Trouble


def open_house(*, with_record: bool) -> None:
    """Check the walls and let every room make itself ready. Raises Trouble with the first finding: an open wall serves nobody."""
    findings = walls.findings()
    if findings:
        raise Trouble(findings[0])
    for room in rooms.all_rooms():
        if room.opening is not None:
            room.opening(with_record, bool(settings.SOFRA.demonstration))
