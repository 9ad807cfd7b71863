"""Where the marks and labels of a cycle's picture stand. Units are those of the picture's own grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

WIDTH = 760
LANE = 24
EDGE = 16
LETTER = 6.3


@dataclass(frozen=True)
class Mark:
    """A thing on the line: its instant, its direct label, and what it looks like ("open", "done", "late", "meeting")."""

    at: datetime
    label: str
    look: str


@dataclass(frozen=True)
class Placed:
    """A mark in its place; `x` on the line, the label at `label_x`, `label_y`, growing to the left where `leftward`."""

    mark: Mark
    x: float
    label_x: float
    label_y: float
    leftward: bool
    above: bool


@dataclass(frozen=True)
class Plate:
    """The whole picture. `now_x` is None where now lies outside it."""

    width: int
    height: int
    line_y: float
    marks: list[Placed]
    now_x: float | None


def lay_out(marks: Sequence[Mark], now: datetime) -> Plate:
    """Put marks on a line by their instants, each label on the nearest free lane above or below, so that none overlap."""
    ordered = sorted(marks, key=lambda mark: mark.at)
    if not ordered:
        return Plate(WIDTH, 2 * LANE, LANE, [], None)
    start, end = ordered[0].at, ordered[-1].at
    if start - (end - start) / 2 < now < start:
        start = now
    span = (end - start).total_seconds() or 1.0
    inner = WIDTH - 2 * EDGE

    def along(instant: datetime) -> float:
        return round(EDGE + inner * (instant - start).total_seconds() / span, 1)

    lanes: dict[int, list[tuple[float, float]]] = {}
    found: list[tuple[Mark, float, bool, int]] = []
    for number, mark in enumerate(ordered):
        x = along(mark.at)
        long = LETTER * len(mark.label) + 10
        leftward = x + long > WIDTH
        reach = (x - long, x + 4) if leftward else (x - 4, x + long)
        lane = _free(lanes, reach, first=1 if number % 2 == 0 else -1)
        lanes.setdefault(lane, []).append(reach)
        found.append((mark, x, leftward, lane))
    above = max((lane for *_, lane in found if lane > 0), default=0)
    below = max((-lane for *_, lane in found if lane < 0), default=0)
    line_y = float((above + 1) * LANE)
    placed = [
        Placed(
            mark,
            x,
            x - 6 if leftward else x + 6,
            line_y - lane * LANE + 4,
            leftward,
            lane > 0,
        )
        for mark, x, leftward, lane in found
    ]
    now_x = along(now) if start <= now <= end else None
    return Plate(WIDTH, int((above + below + 2) * LANE), line_y, placed, now_x)


def _free(lanes: dict[int, list[tuple[float, float]]], reach: tuple[float, float], first: int) -> int:
    lane = first
    while any(reach[0] < taken[1] and taken[0] < reach[1] for taken in lanes.get(lane, [])):
        lane = -lane if (lane > 0) == (first > 0) else -lane + first
    return lane
