"""Where everything of a day's picture stands: a lane per room, time from left to right."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

WIDTH, LEFT, RIGHT, TOP, LANE, GAP = 800.0, 132.0, 12.0, 26.0, 38.0, 8.0
#: A letter of the label's size, on average.
LETTER = 6.6


@dataclass(frozen=True)
class Item:
    """Something that takes place: in which lane, from when to when."""

    lane: str
    begins: datetime
    ends: datetime
    label: str
    look: str = ""
    row: Any = None


@dataclass(frozen=True)
class Box:
    """An item as drawn."""

    x: float
    y: float
    width: float
    height: float
    label: str
    look: str
    full: str

    @property
    def text_x(self) -> float:
        """Where the label begins."""
        return self.x + 6

    @property
    def text_y(self) -> float:
        """The label's line."""
        return self.y + self.height / 2 + 4


@dataclass(frozen=True)
class Tick:
    """An hour's line and its label by the zone's clocks."""

    x: float
    label: str


@dataclass(frozen=True)
class Lane:
    """A lane's label and where it stands."""

    y: float
    label: str
    line: float


@dataclass
class Grid:
    """A day's picture."""

    height: float
    floor: float
    ticks: list[Tick] = field(default_factory=list)
    lanes: list[Lane] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    width: float = WIDTH
    left: float = LEFT

    def drawing(self) -> str:
        """What stands in the picture, as SVG; every text in it escaped. As a template it costs ten times as much."""
        last = len(self.ticks) - 1
        parts = []
        for number, tick in enumerate(self.ticks):
            anchor = "end" if number == last else "middle" if number else "start"
            parts.append(
                f'<path class="hair" d="M{tick.x} 18V{self.floor}"/>'
                f'<text x="{tick.x}" y="12" text-anchor="{anchor}">{escape(tick.label)}</text>'
            )
        for lane in self.lanes:
            parts.append(
                f'<text x="0" y="{lane.y}">{escape(lane.label)}</text>'
                f'<path class="hair" d="M0 {lane.line}H{self.width}"/>'
            )
        for box in self.boxes:
            label = f'<text x="{box.text_x}" y="{box.text_y}">{escape(box.label)}</text>' if box.label else ""
            parts.append(
                f'<g class="box box-{escape(box.look)}"><rect x="{box.x}" y="{box.y}" width="{box.width}" '
                f'height="{box.height}" rx="2"><title>{escape(box.full)}</title></rect>{label}</g>'
            )
        return "\n".join(parts)


def lay_out(items: Iterable[Item], zone: str, lanes: Iterable[str] = ()) -> Grid | None:
    """The picture of a day; None where nothing takes place.

    Widths are elapsed time, so that a day on which the clocks change has 23 or 25 hours in it. What overlaps in one lane is
    drawn one beneath the other.
    """
    rows = sorted(items, key=lambda item: (item.begins, item.ends, item.label))
    if not rows:
        return None
    first = _hour(min(row.begins for row in rows), up=False)
    last = _hour(max(row.ends for row in rows), up=True)
    scale = (WIDTH - LEFT - RIGHT) / max((last - first).total_seconds(), 3600)

    def x(at: datetime) -> float:
        return round(LEFT + (at - first).total_seconds() * scale, 1)

    order = [name for name in dict.fromkeys([*lanes, *(row.lane for row in rows)]) if any(r.lane == name for r in rows)]
    grid = Grid(0, 0)
    y = TOP
    for name in order:
        levels: list[datetime] = []
        top = y
        for row in (row for row in rows if row.lane == name):
            level = next((n for n, until in enumerate(levels) if until <= row.begins), len(levels))
            levels[level : level + 1] = [row.ends]
            begin, width = x(row.begins), round(x(row.ends) - x(row.begins) - 2, 1)
            grid.boxes.append(
                Box(begin + 1, top + level * LANE, width, LANE - GAP, _cut(row.label, width), row.look, row.label)
            )
        y = top + len(levels) * LANE
        grid.lanes.append(Lane(top + (LANE - GAP) / 2 + 4, _cut(name, LEFT - 14), y - GAP / 2))
    grid.floor = y - GAP / 2
    grid.height = y + 2
    grid.ticks = _ticks(first, last, zone, x)
    return grid


def _ticks(first: datetime, last: datetime, zone: str, x: Any) -> list[Tick]:
    hours = math.ceil((last - first).total_seconds() / 3600)
    step = max(1, math.ceil(hours / 12))
    marks = [first + timedelta(hours=number) for number in range(0, hours + 1, step)]
    return [Tick(x(mark), f"{mark.astimezone(ZoneInfo(zone)):%H:%M}") for mark in marks]


def _hour(at: datetime, *, up: bool) -> datetime:
    at = at.astimezone(UTC)
    whole = at.replace(minute=0, second=0, microsecond=0)
    return whole + timedelta(hours=1) if up and whole < at else whole


def _cut(text: str, width: float) -> str:
    room = int(max(width - 10, 0) / LETTER)
    if len(text) <= room:
        return text
    return text[: room - 1].rstrip() + "…" if room >= 4 else ""
