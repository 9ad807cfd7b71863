"""Where the marks and labels of a cycle's picture stand. Units are those of the picture's own grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

WIDTH = 760
LANE = 24
EDGE = 16
LETTER = 6.3
GAP = 10
#: Half the picture holds so many letters, so that a label always fits on one side of its mark.
LONGEST = int((WIDTH / 2 - GAP) / LETTER)


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
    label: str
    x: float
    label_x: float
    label_y: float
    leftward: bool


@dataclass(frozen=True)
class Plate:
    """The whole picture. `now_x` is None where now lies outside it."""

    width: int
    height: int
    line_y: float
    marks: list[Placed]
    now_x: float | None


def lay_out(marks: Sequence[Mark], now: datetime) -> Plate:
    """Put marks on a line by their instants, with labels that cover nothing and that no other label's leader crosses.

    Labels above the line grow to the right, those beneath to the left. Above, a label lies higher than every mark it reaches
    over; the leaders of those end below it, and its own rises to the left of their labels. Beneath it is the mirror's image.
    """
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

    labels = [_short(mark.label) for mark in ordered]
    places = [(along(mark.at), LETTER * len(label) + GAP) for mark, label in zip(ordered, labels, strict=True)]
    leftward = _sides(places)
    lanes = _lanes(places, leftward)
    above, below = _heights(lanes, leftward)
    line_y = float((above + 1) * LANE)
    placed = [
        Placed(mark, label, x, x - 6 if left else x + 6, line_y + (lane if left else -lane) * LANE + 4, left)
        for mark, label, (x, _), lane, left in zip(ordered, labels, places, lanes, leftward, strict=True)
    ]
    now_x = along(now) if start <= now <= end else None
    return Plate(WIDTH, (above + below + 2) * LANE, line_y, placed, now_x)


def _short(label: str) -> str:
    return label if len(label) <= LONGEST else label[: LONGEST - 1].rstrip() + "…"


def _sides(places: list[tuple[float, float]]) -> list[bool]:
    """Which labels grow to the left: those with no room at the right, and of the others so that the picture stays low."""
    free = [x + long <= WIDTH and x - long >= 0 for x, long in places]
    best = [x + long > WIDTH for x, long in places]
    best = [number % 2 == 1 if free[number] else left for number, left in enumerate(best)]

    def height(sides: list[bool]) -> int:
        return sum(_heights(_lanes(places, sides), sides))

    for number in [number for number in range(len(places)) if free[number]] * 2:
        turned = [left != (place == number) for place, left in enumerate(best)]
        if height(turned) < height(best):
            best = turned
    return best


def _lanes(places: list[tuple[float, float]], leftward: list[bool]) -> list[int]:
    """The lane of each label, counted from the line on its side: one beyond those of all marks it reaches over."""
    lanes = [0] * len(places)
    for side in (False, True):
        mine = [number for number, left in enumerate(leftward) if left == side]
        for turn, number in enumerate(done := mine if side else mine[::-1]):
            x, long = places[number]
            lanes[number] = 1 + max((lanes[each] for each in done[:turn] if abs(places[each][0] - x) < long), default=0)
    return lanes


def _heights(lanes: list[int], leftward: list[bool]) -> tuple[int, int]:
    above = max((lane for lane, left in zip(lanes, leftward, strict=True) if not left), default=0)
    return above, max((lane for lane, left in zip(lanes, leftward, strict=True) if left), default=0)
