"""Why something stands elsewhere than it did, or nowhere: in codes and ids, which a page words under the reader's own eyes.

A reason that is one delegation's (when its principal lands) names the row that tells it. Whoever may not read that row is told
that the principal is not available then, and nothing more.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sofra.bilaterals.building import Built, Fixed, InWay
from sofra.bilaterals.engine.problem import Fact, Unplaced
from sofra.bilaterals.engine.slots import Span, spans
from sofra.bilaterals.facts import Facts
from sofra.bilaterals.models import Placement
from sofra.bilaterals.queries.lines import Line
from sofra.kernel.models import Occupancy
from sofra.meetings.models import Journey, Session

Why = dict[str, Any]


def why_moved(facts: Facts, line: Line, before: Placement) -> list[Why]:
    """What stands in the way of where a request was; where nothing lasting does, that others needed the time or the room."""
    span = (before.begins_at, before.ends_at)
    found: list[Why] = []
    for party in line.parties:
        found += _away(facts, party, line.level, span)
    if line.windows and not any(begins <= span[0] and span[1] <= ends for begins, ends in line.windows):
        found.append({"kind": "windows"})
    rooms = {room.pk: terms for room, terms in facts.rooms}
    if before.room_id is not None:
        terms = rooms.get(before.room_id)
        if terms is None or overlaps(facts.taken.get(before.room_id, []), span) or overlaps(spans(terms.closed), span):
            found.append({"kind": "room", "room": str(before.room_id)})
        elif line.row.size == "L" and terms.size == "S":
            found.append({"kind": "size"})
    if before.team_id is not None and overlaps(facts.taken.get(before.team_id, []), span):
        found.append({"kind": "team"})
    return found or [{"kind": "others"}]


def overlaps(taken: list[Span], span: Span) -> bool:
    """Whether a time overlaps any of those taken."""
    return any(begins < span[1] and span[0] < ends for begins, ends in taken)


def _away(facts: Facts, party: UUID, level: str, span: Span) -> list[Why]:
    for row in facts.journeys.get((party, level), []):
        arrival = row.direction == Journey.Direction.ARRIVAL
        if (arrival and row.at > span[0]) or (not arrival and row.at < span[1]):
            kind = "arrival" if arrival else "departure"
            return [{"kind": kind, "party": str(party), "journey": str(row.pk)}]
    if not overlaps(facts.taken.get(facts.person(party, level), []), span):
        return []
    sessions = Session.objects.filter(meeting=facts.meeting).values("pk")
    held = Occupancy.objects.filter(
        resource=facts.person(party, level), during__overlap=span, holder__in=sessions
    ).exclude(state=Occupancy.State.RELEASED)
    session = held.values_list("holder", flat=True).first()
    if session is not None:
        return [{"kind": "session", "party": str(party), "session": str(session)}]
    return [{"kind": "away", "party": str(party)}]


def unplaced_value(built: Built, left: Unplaced) -> Why:
    """A request the engine left out, with the facts in its way, in rows' ids and instants."""
    return {"request": str(built.lines[left.request].row.pk), "facts": [_fact(built, fact) for fact in left.facts]}


def _fact(built: Built, fact: Fact) -> Why:
    told: Why = {"kind": fact.kind, "lasting": fact.lasting}
    if fact.principal in built.people:
        told["party"] = str(built.people[fact.principal][0])
    if fact.slots:
        told["slots"] = [
            [built.slots[name].begins.isoformat(), built.slots[name].ends.isoformat()] for name in fact.slots
        ]
    if fact.requests:
        told["requests"] = [str(built.lines[name].row.pk) for name in fact.requests if name in built.lines]
    if fact.kind in ("apart", "kept_apart"):
        told["parties"] = [str(built.people[name][0]) for name in fact.detail.split(", ") if name in built.people]
    elif fact.kind in ("no_room", "rooms", "teams", "no_team"):
        told["detail"] = fact.detail
    return told


def fixed_left_out(built: Built) -> list[Why]:
    """What could not be placed before the engine, with the facts in its way."""
    found = []
    for each, in_way in built.left_out:
        key = "request" if isinstance(each, Line) else "booking"
        row = each.row if isinstance(each, Line) else each
        found.append({key: str(row.pk), "facts": [_in_way(built, fact) for fact in in_way]})
    return found


def _in_way(built: Built, fact: InWay) -> Why:
    told: Why = {"kind": fact.kind}
    if fact.party is not None:
        told["party"] = str(fact.party)
    if fact.slots:
        told["slots"] = [
            [slot.begins.isoformat(), slot.ends.isoformat()] for slot in built.facts.slots if slot.id in fact.slots
        ]
    return told


def key_of(fixed: Fixed) -> UUID:
    """The request or booking of what was placed before the engine."""
    row = fixed.line.row if fixed.line is not None else fixed.booking
    assert row is not None
    return row.pk
