"""What a programme says of a session, as plain data: frozen word for word when it is published, and compared with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

Content = dict[str, Any]

#: What can differ between the published programme and the working one, in the order it is told.
PARTS = (
    "time", "title", "kind", "room", "takes_part", "languages", "people", "entries", "note", "shown_to", "side",
)  # fmt: skip


def differences(
    before: tuple[datetime, datetime, Content] | None, after: tuple[datetime, datetime, Content]
) -> tuple[str, ...]:
    """Which parts of a session differ from what was published of it; all of them where nothing was."""
    if before is None:
        return PARTS
    found = ["time"] if before[:2] != after[:2] else []
    old, new = before[2], after[2]
    for part in PARTS[1:]:
        keys = ("takes_part", "parties", "principals") if part == "takes_part" else (part,)
        if any(old.get(key) != new.get(key) for key in keys):
            found.append(part)
    return tuple(found)


def anchor_of(content: Content) -> str:
    """Where a session stands on the page of its programme."""
    return f"session-{content['uid']}"


def parties_in(content: Content) -> set[str]:
    """The ids of parties that a session's content names to its readers: those it is for, and those with a part in it.

    Parties it is merely shown to are named nowhere.
    """
    found = set(content["parties"]) if content["takes_part"] == "parties" else set()
    for part in parts_in(content):
        if part.get("party"):
            found.add(part["party"])
    return found


def parts_in(content: Content) -> Iterator[Content]:
    """Every part anybody has in a session: in itself, then in its entries."""
    yield from content.get("people") or ()
    for entry in content.get("entries") or ():
        yield from entry.get("people") or ()


def by_day(rows: Iterable[Any], zone: str) -> list[tuple[date, list[Any]]]:
    """Rows with `begins` and `ends`, day by day as the zone's clocks show them, in the order they take place."""
    there = ZoneInfo(zone)
    days: dict[date, list[Any]] = {}
    for row in sorted(rows, key=lambda row: (row.begins, row.ends)):
        days.setdefault(row.begins.astimezone(there).date(), []).append(row)
    return list(days.items())
