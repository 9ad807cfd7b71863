"""A problem of bilaterals and its result, as frozen data. Everything is named by its id; nothing here computes.

A slot's place in `Problem.slots` is its position: "adjacent", "before" and "buffer" speak of positions, not of the clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Slot:
    """A stretch of time in which a meeting can be held; `day` is any text, equal for the slots of one day."""

    id: str
    day: str
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Principal:
    """Who meets: a person of a delegation, and the slots in which they cannot."""

    id: str
    delegation: str
    unavailable: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Room:
    """Where is met. A meeting of size S fits a room of size S or L, one of size L a room of size L."""

    id: str
    zone: str
    size: str
    unavailable: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Interpreters:
    """How many teams of an unordered pair of languages can work in one slot; `away`: so many fewer in these slots."""

    languages: frozenset[str]
    teams: int
    away: Mapping[str, int] = field(default_factory=dict)

    def working(self, slot: str) -> int:
        """How many teams can work in a slot."""
        return max(0, self.teams - self.away.get(slot, 0))


@dataclass(frozen=True)
class Request:
    """A meeting that is wished. `slots` None: any; `slot`: where it is locked; `before`: what must come in a later slot."""

    id: str
    principals: tuple[str, ...]
    priority: int = 2
    size: str = "S"
    languages: frozenset[str] | None = None
    slots: frozenset[str] | None = None
    slot: str | None = None
    before: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rules:
    """What holds for all. `gap_scope` is `day` or `all`; `gap_spread_max` None: no limit."""

    hold_all: bool = False
    gap_scope: str = "day"
    gap_spread_max: int | None = None
    buffer_slots: int = 0
    walking_slots: int = 0


@dataclass(frozen=True)
class Weights:
    """What each thing costs, in whole numbers. `missed` by priority."""

    missed: Mapping[int, int] = field(default_factory=lambda: {1: 100, 2: 40, 3: 20})
    gap: int = 2
    moved: int = 0
    dropped: int = 0
    unfair: int = 0


@dataclass(frozen=True)
class Problem:
    """Everything the engine is told. `apart` holds pairs of principals that are never in one zone in one slot."""

    slots: tuple[Slot, ...]
    principals: tuple[Principal, ...]
    rooms: tuple[Room, ...]
    interpreters: tuple[Interpreters, ...]
    requests: tuple[Request, ...]
    apart: tuple[tuple[str, str], ...] = ()
    rules: Rules = Rules()
    weights: Weights = field(default_factory=Weights)


@dataclass(frozen=True)
class Placement:
    """A request held in a slot and a room."""

    request: str
    slot: str
    room: str


@dataclass(frozen=True)
class Fact:
    """One fact that stands in the way: what kind it is, and whom and what it concerns (ids, as far as the kind has them).

    `lasting` facts hold whatever the rest of the schedule is; the others are of this schedule.
    """

    kind: str
    principal: str = ""
    slots: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    detail: str = ""
    lasting: bool = False


@dataclass(frozen=True)
class Unplaced:
    """A request that is not held, the reason as an English sentence, and the facts the sentence tells."""

    request: str
    reason: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Cost:
    """What a schedule costs: each part is already multiplied by its weight, and `total` is their sum."""

    missed: int = 0
    gap: int = 0
    moved: int = 0
    dropped: int = 0
    unfair: int = 0

    @property
    def total(self) -> int:
        """The sum of the parts."""
        return self.missed + self.gap + self.moved + self.dropped + self.unfair


@dataclass(frozen=True)
class Share:
    """What a delegation got: of its possible requests, how many are held; gaps of its principals; burden in per cent."""

    delegation: str
    requests: int
    held: int
    gaps: int
    burden: int


@dataclass(frozen=True)
class Result:
    """A schedule. `status`: optimal, feasible, infeasible or unknown; `bound`: no schedule costs less; None: not known.

    `reason` says why a problem is infeasible. `ended` says what ended the search: `proof`, `limit` (the deterministic
    limit: the same again gives the same), `clock` or `stop` (the same again may give another).
    """

    status: str
    placed: tuple[Placement, ...]
    unplaced: tuple[Unplaced, ...]
    cost: Cost
    bound: int | None
    reason: str = ""
    ended: str = "proof"
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True)
class Progress:
    """Where a running search is: seconds so far, the best cost and the bound so far (None: none yet), and what it does."""

    seconds: float
    best: int | None
    bound: int | None
    doing: str
