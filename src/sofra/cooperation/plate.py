"""The plate "commitments over meetings": one thin line per commitment, from when it was made to when it ended or is due.

Lines stand by due date, then title. Nothing is added up and no party stands above another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sofra.cooperation.engine.state import Code, end_of_day
from sofra.cooperation.queries.lines import Line
from sofra.cooperation.standing import closes_at, state_of
from sofra.meetings.models import Meeting

WIDTH, LEFT, RIGHT, TOP, STEP, BOTTOM = 880, 12, 868, 44, 40, 20
#: Where labels of meetings stand, the width of a letter, and how long a day is when written out.
HIGH, LOW, LETTER, DAY = 14, 30, 6.5, 17
MARGIN = timedelta(days=10)


@dataclass(frozen=True)
class Mark:
    """A sign on a line: "made", "old" (a date that no longer counts or waits), "due", "done", "lapsed", "withdrawn"."""

    kind: str
    x: float


@dataclass(frozen=True)
class Stroke:
    """A commitment's line, with its marks and its label beside its beginning (or its end, where there is no room)."""

    line: Line
    y: float
    x1: float
    x2: float
    label_x: float
    anchor: str
    marks: tuple[Mark, ...]

    @property
    def label_y(self) -> float:
        """The height of the label: above its line."""
        return self.y - 9

    @property
    def tick_top(self) -> float:
        """The upper end of a tick across the line."""
        return self.y - 6

    @property
    def tick_bottom(self) -> float:
        """The lower end of a tick across the line."""
        return self.y + 6


@dataclass(frozen=True)
class Post:
    """A meeting's hairline, with its label at the top."""

    meeting: Meeting
    x: float
    anchor: str
    label_y: float


@dataclass(frozen=True)
class Row:
    """The same as a row of a table: the state at each meeting, None before it was made."""

    line: Line
    states: tuple[Any, ...]


@dataclass(frozen=True)
class Plate:
    """The geometry, in units of the picture, and the same data as rows."""

    width: int
    height: int
    now_x: float | None
    floor: float
    strokes: tuple[Stroke, ...] = ()
    posts: tuple[Post, ...] = ()
    rows: tuple[Row, ...] = field(default=())


def past(meetings: Sequence[Meeting], instant: datetime) -> list[Any]:
    """Meetings that are over, each with `closes_at`."""
    for each in meetings:
        each.closes_at = closes_at(each)  # type: ignore[attr-defined]
    return [each for each in meetings if closes_at(each) <= instant]


def draw(lines: Sequence[Line], meetings: Sequence[Meeting], at: datetime) -> Plate | None:
    """The plate as of an instant; None where there is nothing to draw."""
    if not lines:
        return None
    ends = [end for line in lines for end in _instants(line)]
    # The meeting before the first promise shows where it comes from.
    before = [closes_at(each) for each in meetings if closes_at(each) <= min([at, *ends])][-1:]
    first, last = min([at, *ends, *before]) - MARGIN, max([at, *ends]) + MARGIN
    shown = [each for each in meetings if first <= closes_at(each) <= last]

    def x(instant: datetime) -> float:
        return round(LEFT + (RIGHT - LEFT) * ((instant - first) / (last - first)), 1)

    strokes = tuple(_stroke(line, TOP + STEP * (place + 1), x) for place, line in enumerate(lines))
    floor = TOP + STEP * len(lines) + BOTTOM
    posts = _posts(shown, x)
    rows = tuple(Row(line, tuple(_state(line, each, at) for each in shown)) for line in lines)
    return Plate(WIDTH, floor + 8, x(at), floor, strokes, posts, rows)


def _posts(shown: Sequence[Meeting], x: Any) -> tuple[Post, ...]:
    """Meetings by their labels: where one would run into the one before, it stands a line lower."""
    posts: list[Post] = []
    reached = float(LEFT)
    for each in shown:
        place = x(closes_at(each))
        title = str(each.worded.get("title", "")) if hasattr(each, "worded") else ""
        long = LETTER * (len(title) or DAY)
        anchor = _anchor(place)
        start = place if anchor == "start" else place - long
        lower = bool(posts) and posts[-1].label_y == HIGH and start < reached
        posts.append(Post(each, place, anchor, LOW if lower else HIGH))
        reached = start + long
    return tuple(posts)


def _state(line: Line, meeting: Meeting, at: datetime) -> Any:
    instant = closes_at(meeting)
    if instant < line.row.made_at:
        return None
    return state_of(line.row, min(instant, at))


def _instants(line: Line) -> list[datetime]:
    return [line.row.made_at, *(end_of_day(each.row.due, each.row.zone) for each in line.dates)]


def _stroke(line: Line, y: float, x: Any) -> Stroke:
    start = x(line.row.made_at)
    marks = [Mark("made", start)]
    for each in line.dates:
        marks.append(Mark("due" if each.counts else "old", x(end_of_day(each.row.due, each.row.zone))))
    end = max(mark.x for mark in marks)
    if line.ended and line.state.since is not None:
        end = x(line.state.since)
        marks.append(Mark({Code.DONE: "done", Code.LAPSED: "lapsed"}.get(line.state.code, "withdrawn"), end))
    anchor = _anchor(start)
    return Stroke(line, y, start, end, start if anchor == "start" else max(start, end), anchor, tuple(marks))


def _anchor(place: float) -> str:
    return "start" if place < (LEFT + RIGHT) * 0.6 else "end"
