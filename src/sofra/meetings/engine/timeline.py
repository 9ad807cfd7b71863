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

    taken: list[Lane] = []
    for number, mark in enumerate(ordered):
        x, long = along(mark.at), LETTER * len(mark.label) + 10
        taken.append(_place(x, long, taken, first=1 if number % 2 == 0 else -1))
    above = max((each.lane for each in taken if each.lane > 0), default=0)
    below = max((-each.lane for each in taken if each.lane < 0), default=0)
    line_y = float((above + 1) * LANE)
    placed = [
        Placed(
            mark,
            each.x,
            each.x - 6 if each.leftward else each.x + 6,
            line_y - each.lane * LANE + 4,
            each.leftward,
            each.lane > 0,
        )
        for mark, each in zip(ordered, taken, strict=True)
    ]
    now_x = along(now) if start <= now <= end else None
    return Plate(WIDTH, int((above + below + 2) * LANE), line_y, placed, now_x)


@dataclass(frozen=True)
class Lane:
    """The lane a label took (above the line 1, 2 …, below -1, -2 …), from where to where it reaches, and its mark's place."""

    lane: int
    reach: tuple[float, float]
    x: float
    leftward: bool

    def overlaps(self, other: Lane) -> bool:
        """Whether two labels cover each other."""
        return self.lane == other.lane and self.reach[0] < other.reach[1] and other.reach[0] < self.reach[1]

    def is_crossed_by(self, other: Lane) -> bool:
        """Whether the other's leader, from the line up to its label, runs through this label."""
        nearer = self.lane * other.lane > 0 and abs(self.lane) < abs(other.lane)
        return nearer and self.reach[0] < other.x < self.reach[1]


def _place(x: float, long: float, taken: list[Lane], first: int) -> Lane:
    """The nearest place for a label that covers nothing; if there is one, such that no leader runs through a label."""
    best: Lane | None = None
    for distance in range(1, len(taken) + 2):
        for lane in (first * distance, -first * distance):
            for leftward in (x + long > WIDTH, x - long > 0 and x + long <= WIDTH):
                reach = (x - long, x + 4) if leftward else (x - 4, x + long)
                tried = Lane(lane, reach, x, leftward)
                if reach[1] > WIDTH + 4 or any(tried.overlaps(other) for other in taken):
                    continue
                best = best or tried
                if not any(tried.is_crossed_by(other) or other.is_crossed_by(tried) for other in taken):
                    return tried
    assert best is not None  # a lane of its own is always free
    return best
