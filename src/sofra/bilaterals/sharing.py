"""What each delegation gets in a schedule, and what the schedule costs: by the engine's formulas, counted from what stands in it.

Longer meetings and what a hand moved count like everything else. Discreet requests and times agreed elsewhere do not: they are
not the schedule's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from sofra.bilaterals.engine.problem import Cost, Weights
from sofra.bilaterals.engine.slots import Span, touching
from sofra.bilaterals.facts import Facts
from sofra.bilaterals.queries.lines import Line

#: When and in which room something stands.
Place = tuple[datetime, datetime, UUID | None]
#: What a meeting that is not held burdens a delegation with, in gaps.
MISSED = 4


@dataclass(frozen=True)
class Got:
    """What one delegation got: of its possible requests, how many are held; gaps in its principals' days; burden in per cent."""

    party: UUID
    requests: int
    held: int
    gaps: int

    @property
    def weight(self) -> int:
        """Meetings not held and gaps, counted in gaps."""
        return MISSED * (self.requests - self.held) + self.gaps

    @property
    def burden(self) -> int:
        """The same in per cent of the worst day possible: 100 · (4 · missed + gaps) / (4 · requests)."""
        return 100 * self.weight // (MISSED * self.requests) if self.requests else 0


def gots(facts: Facts, spans: Mapping[UUID, Span]) -> list[Got]:
    """What each delegation got, where requests are held at these times."""
    requests: defaultdict[UUID, int] = defaultdict(int)
    held: defaultdict[UUID, int] = defaultdict(int)
    at: defaultdict[tuple[UUID, str], list[int]] = defaultdict(list)
    for line in facts.lines:
        span = spans.get(line.row.pk)
        if span is None and not possible(facts, line):
            continue
        for party in line.parties:
            requests[party] += 1
            if span is not None:
                held[party] += 1
                at[party, line.level] += [
                    n for n, slot in enumerate(facts.slots) if _overlap(slot.begins, slot.ends, span)
                ]
    idle: defaultdict[UUID, int] = defaultdict(int)
    for (party, _level), numbers in at.items():
        for one, other in pairwise(sorted(set(numbers))):
            idle[party] += other - one > 1 and facts.slots[one].day == facts.slots[other].day
    return [Got(party, number, held[party], idle[party]) for party, number in requests.items()]


def cost_of(facts: Facts, places: Mapping[UUID, Place], weights: Weights) -> Cost:
    """What it costs that requests stand where they stand, longer ones like the others."""
    got = gots(facts, {key: (begins, ends) for key, (begins, ends, _room) in places.items()})
    missed = [line for line in facts.lines if line.row.pk not in places and possible(facts, line)]
    told = {line.row.pk: facts.standing[line.row.pk] for line in facts.lines if line.row.pk in facts.standing}
    moved = sum(key in places and places[key] != (row.begins_at, row.ends_at, row.room_id) for key, row in told.items())
    return Cost(
        missed=sum(weights.missed[line.priority] for line in missed),
        gap=weights.gap * sum(each.gaps for each in got),
        moved=weights.moved * moved,
        dropped=weights.dropped * sum(line.row.pk in told for line in missed),
        unfair=weights.unfair * sum(100 * each.weight**2 // (MISSED * each.requests) ** 2 for each in got),
    )


def possible(facts: Facts, line: Line) -> bool:
    """Whether a request has a time at all: slots it allows, one after the other, in which all its principals are there."""
    slots = facts.slots
    free = set(facts.allowed(line))
    for party in line.parties:
        person = facts.person(party, line.level)
        free -= facts.away(person) | touching(slots, facts.taken.get(person, []))
    for start in range(len(slots) - line.row.slots + 1):
        run = slots[start : start + line.row.slots]
        if {slot.id for slot in run} <= free and all(one.ends == other.begins for one, other in pairwise(run)):
            return True
    return False


def _overlap(begins: datetime, ends: datetime, span: Span) -> bool:
    return begins < span[1] and span[0] < ends
