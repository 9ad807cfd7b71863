"""What moving one meeting of a draft would break, in sentences, and what it would cost by the engine's own count.

Nothing is written and nothing is searched: the checks are made anew from the facts, and the cost is counted, not guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from sofra.bilaterals import sentences
from sofra.bilaterals.building import Built, build
from sofra.bilaterals.engine.problem import Cost
from sofra.bilaterals.engine.slots import Cut, touching
from sofra.bilaterals.explaining import why_moved
from sofra.bilaterals.facts import facts_of
from sofra.bilaterals.models import Placement, RoomTerms, Schedule
from sofra.bilaterals.queries.lines import Line
from sofra.bilaterals.sharing import Place, cost_of
from sofra.meetings.models import Meeting, Resource

#: The parts of a cost in the order in which they are told.
PARTS = ("missed", "gap", "moved", "dropped", "unfair")


def part_words() -> dict[str, str]:
    """The parts of a cost in words."""
    return {
        "missed": _("Requests not held"), "gap": _("Gaps in a principal's day"),
        "moved": _("Published meetings moved"), "dropped": _("Published meetings dropped"),
        "unfair": _("Unevenness between delegations"),
    }  # fmt: skip


@dataclass
class Price:
    """What a change breaks (sentences; publishing would refuse it) and what it costs: (part, before, after), and the totals."""

    broken: list[str]
    parts: list[tuple[str, int, int]] = field(default_factory=list)
    before: int = 0
    after: int = 0
    counted: bool = True

    @property
    def difference(self) -> int:
        """How much dearer the draft becomes."""
        return self.after - self.before


@dataclass(frozen=True)
class Target:
    """Where something is to stand."""

    begins: datetime
    ends: datetime
    room: Resource


class Pricer:
    """The facts of one draft, to price changes by hand against. `built` is None where no hours are set."""

    def __init__(self, meeting: Meeting, schedule: Schedule) -> None:
        self.meeting = meeting
        self.facts = facts_of(meeting, schedule)
        self.built: Built | None = build(self.facts) if self.facts is not None else None

    def price(self, key: UUID, target: Target | None) -> Price:
        """The price of placing a request, or a booking, there; None: of taking it out."""
        if self.facts is None or self.built is None:
            return Price([_("No hours are set for bilaterals. Set them first.")], counted=False)
        line = next((each for each in self.facts.lines if each.row.pk == key), None)
        broken = [] if target is None else list(dict.fromkeys(self._broken(key, line, target)))
        now, then = self._costs(key, line, target)
        told = [(part, getattr(now, part), getattr(then, part)) for part in PARTS]
        return Price(broken, told, now.total, then.total)

    def _costs(self, key: UUID, line: Line | None, target: Target | None) -> tuple[Cost, Cost]:
        """What the draft costs, and what it would cost; a room that is booked costs nothing wherever it stands."""
        assert self.facts is not None and self.built is not None
        asked, weights = {each.row.pk for each in self.facts.lines}, self.built.problem.weights
        base = self.facts.base.items()
        now: dict[UUID, Place] = {
            each: (row.begins_at, row.ends_at, row.room_id) for each, row in base if each in asked
        }
        then = {each: place for each, place in now.items() if each != key}
        if line is not None and target is not None:
            then[key] = (target.begins, target.ends, target.room.pk)
        return cost_of(self.facts, now, weights), cost_of(self.facts, then if line is not None else now, weights)

    def _broken(self, key: UUID, line: Line | None, target: Target) -> list[str]:
        assert self.facts is not None
        span, found = (target.begins, target.ends), []
        terms = {room.pk: each for room, each in self.facts.rooms}
        if target.begins <= self.facts.now:
            found.append(_("That time has passed."))
        if target.room.pk not in terms:
            return [*found, _("The room takes no bilaterals.")]
        if line is not None:
            stands = Placement(begins_at=target.begins, ends_at=target.ends, room_id=target.room.pk)
            why = [each for each in why_moved(self.facts, line, stands) if each["kind"] != "others"]
            found += [sentences.reasons([each], self.meeting.zone) for each in why]
        near = self.facts.frame.buffer_slots + self.facts.frame.walking_slots
        slots = self.facts.slots
        mine = {slot.id for slot in slots if slot.id in touching(slots, [span])}
        for other_key, other in self.facts.base.items():
            if other_key == key:
                continue
            beside = next((each for each in self.facts.lines if each.row.pk == other_key), None)
            together = other.begins_at < target.ends and target.begins < other.ends_at
            who = sentences.names(beside.parties) if beside is not None else _("a room that is booked")
            if together and other.room_id == target.room.pk:
                found.append(_("The room is taken then: %(who)s.") % {"who": who})
            if line is None or beside is None:
                continue
            both = [party for party in line.parties if party in beside.parties and line.level == beside.level]
            if both and together:
                found.append(
                    _("%(party)s has another meeting then: %(who)s.") % {"party": sentences.names(both), "who": who}
                )
            elif both and near:
                zones = terms.get(other.room_id) if other.room_id else None
                apart = zones is not None and zones.zone != terms[target.room.pk].zone
                found += self._between(mine, other, both, who, apart=apart)
            if together:
                found += self._apart(line, beside, terms, other, target)
        if line is not None and self.facts.interpreted(line) and not self._team(key, line, target):
            found.append(_("No team of interpreters for its languages is free then."))
        return found

    def _between(self, mine: set[str], other: Placement, both: list[UUID], who: str, *, apart: bool) -> list[str]:
        assert self.facts is not None
        slots = self.facts.slots
        at = [number for number, slot in enumerate(slots) if slot.id in mine]
        there = [n for n, s in enumerate(slots) if other.begins_at < s.ends and s.begins < other.ends_at]
        if not at or not there:
            return []
        free = max(there[0] - at[-1], at[0] - there[-1]) - 1
        needed = self.facts.frame.buffer_slots + (self.facts.frame.walking_slots if apart else 0)
        if free >= needed:
            return []
        return [
            _("%(party)s needs %(needed)d free slots before or after the meeting %(who)s; there are %(free)d.")
            % {"party": sentences.names(both), "needed": needed, "who": who, "free": max(free, 0)}
        ]

    def _apart(
        self, line: Line, beside: Line, terms: dict[UUID, RoomTerms], other: Placement, target: Target
    ) -> list[str]:
        assert self.facts is not None
        there = terms.get(other.room_id) if other.room_id else None
        if there is None or there.zone != terms[target.room.pk].zone:
            return []
        return [
            _("%(both)s would be in one zone at one time, and are kept apart.") % {"both": sentences.names([one, two])}
            for one, two in self.facts.apart
            if (one in line.parties and two in beside.parties) or (two in line.parties and one in beside.parties)
        ]

    def _team(self, key: UUID, line: Line, target: Target) -> bool:
        assert self.facts is not None
        asked, facts = set(line.row.languages), self.facts
        busy = {
            row.team_id for other, row in facts.base.items()
            if other != key and row.begins_at < target.ends and target.begins < row.ends_at
        }  # fmt: skip
        return any(
            asked <= set(team.languages) and team.pk not in busy
            and not any(b < target.ends and target.begins < e for b, e in facts.taken.get(team.pk, []))
            for team in facts.teams
        )  # fmt: skip


def shaken(meeting: Meeting) -> list[tuple[Line, Placement, list[dict[str, Any]]]]:
    """The published meetings that cannot stand where they are any more, and what stands in their way."""
    facts = facts_of(meeting, None)
    if facts is None:
        return []
    found = []
    for line in facts.lines:
        stood = facts.standing.get(line.row.pk)
        if stood is None or stood.begins_at <= facts.now:
            continue
        why = [each for each in why_moved(facts, line, stood) if each["kind"] != "others"]
        if why:
            found.append((line, stood, why))
    return sorted(found, key=lambda each: each[1].begins_at)


def slots_from(slots: list[Cut], slot: str, length: int) -> tuple[datetime, datetime] | None:
    """From when until when something of a length is held that begins in a slot; None where its day ends before."""
    at = next((number for number, each in enumerate(slots) if each.id == slot), None)
    if at is None or at + length > len(slots):
        return None
    run = slots[at : at + length]
    if any(one.ends != other.begins for one, other in pairwise(run)):
        return None
    return run[0].begins, run[-1].ends
