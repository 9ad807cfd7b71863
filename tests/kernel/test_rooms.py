"""What the rooms bring together: the desk's order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from sofra.kernel import rooms
from sofra.kernel.rooms import DeskItem

NOON = datetime(2026, 1, 23, 12, tzinfo=UTC)


def test_what_is_due_comes_first_then_what_waits_longest_then_what_has_no_instant(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waiting = [
        DeskItem("no instant", "/a"),
        DeskItem("waits since noon", "/b", since=NOON),
        DeskItem("due tomorrow", "/c", due=NOON + timedelta(days=1)),
        DeskItem("waits since eleven", "/d", since=NOON - timedelta(hours=1)),
        DeskItem("due today", "/e", due=NOON, since=NOON + timedelta(days=9)),
        DeskItem("also none", "/f"),
    ]
    halves = [SimpleNamespace(desk=lambda actor: waiting[:3]), SimpleNamespace(desk=lambda actor: waiting[3:])]
    monkeypatch.setattr(rooms, "all_rooms", lambda: [*halves, SimpleNamespace(desk=None)])
    found = [item.title for item in rooms.desk_items(None)]  # type: ignore[arg-type]
    assert found == ["due today", "due tomorrow", "waits since eleven", "waits since noon", "also none", "no instant"]
