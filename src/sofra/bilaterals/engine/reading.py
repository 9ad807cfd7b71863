"""Reads problem and result files. What is wrong is said as `place: sentence`, all of it at once, and nothing is guessed.

The problem file is described by `bilaterals/data/problem.schema.json` and docs/bilaterals.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

from sofra.bilaterals.engine.problem import (
    Cost,
    Interpreters,
    Placement,
    Principal,
    Problem,
    Request,
    Result,
    Room,
    Rules,
    Slot,
    Unplaced,
    Weights,
)
from sofra.kernel.engine import json_files
from sofra.kernel.engine.json_files import BadFile
from sofra.lexicon.engine.schema import problems as schema_problems

FORMAT = "sofra.bilaterals/1"
#: The longest file that is read, in bytes, and the most requests and slots that a problem may have.
MOST_BYTES = 50_000_000
MOST_REQUESTS = 20_000
MOST_SLOTS = 2_000
#: No weight is greater: sums stay far from what a solver can count to.
MOST_WEIGHT = 1_000_000


class BadProblem(BadFile):
    """A file cannot be used as a problem or a result."""


@cache
def schema() -> Mapping[str, Any]:
    """The schema of problem files, as shipped."""
    text = files("sofra.bilaterals").joinpath("data", "problem.schema.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def load_problem(path: str | Path) -> Problem:
    """Read a problem file. Raises BadProblem."""
    return problem_from(read_json(path), str(path))


def load_result(path: str | Path) -> Result:
    """Read a result file. Raises BadProblem where it is none; whether its ids and rules hold, `check` says."""
    return result_from(read_json(path), str(path))


def read_json(path: str | Path) -> Any:
    """The value in a JSON file. Raises BadProblem where it cannot be read, is too long, or is not JSON."""
    return json_files.read(path, MOST_BYTES, BadProblem)


def problem_from(value: Any, name: str = "the problem") -> Problem:
    """A problem from JSON's values; `name` is what a refusal calls it. Raises BadProblem."""
    if found := schema_problems(value, schema()):
        raise BadProblem(name, found)
    if found := list(_meaning(value)):
        raise BadProblem(name, found)
    return _read(value)


def _meaning(value: Mapping[str, Any]) -> Iterator[str]:
    """What the schema cannot say."""
    requests, slots = value["requests"], value["slots"]
    if len(requests) > MOST_REQUESTS:
        yield f"requests: there are {len(requests)}; {MOST_REQUESTS} is the most."
        return
    if len(slots) > MOST_SLOTS:
        yield f"slots: there are {len(slots)}; {MOST_SLOTS} is the most."
        return
    for part in ("slots", "principals", "rooms", "requests"):
        yield from _twice(value[part], part)
    yield from _times(slots)
    slot_ids = {slot["id"] for slot in slots}
    for part in ("principals", "rooms"):
        for number, each in enumerate(value[part]):
            yield from _unknown(each.get("unavailable", []), slot_ids, f"{part}[{number}].unavailable", "slot")
    yield from _pairs(value.get("interpreters", []))
    for number, each in enumerate(value.get("interpreters", [])):
        for name in each.get("away", {}):
            if name not in slot_ids:
                yield f"interpreters[{number}].away: there is no slot “{name}”."
    yield from _requests(value, slot_ids)
    known = {each["id"] for each in value["principals"]} | {each["delegation"] for each in value["principals"]}
    for number, pair in enumerate(value.get("apart", [])):
        where = f"apart[{number}]"
        if len(pair) != 2:
            yield f"{where}: names {len(pair)}; a pair is two."
        yield from _unknown(pair, known, where, "principal")
        if len(pair) == 2 and pair[0] == pair[1]:
            yield f"{where}: {pair[0]} cannot be kept apart from itself."
    yield from _heavy(value.get("weights", {}), "weights")


def _twice(entries: Sequence[Mapping[str, Any]], part: str) -> Iterator[str]:
    first: dict[str, int] = {}
    for number, each in enumerate(entries):
        if each["id"] in first:
            yield f"{part}[{number}].id: {part}[{first[each['id']]}] has the id “{each['id']}” already."
        first.setdefault(each["id"], number)


def _unknown(ids: Iterable[str], known: Iterable[str], where: str, kind: str) -> Iterator[str]:
    for number, each in enumerate(ids):
        if each not in known:
            yield f"{where}[{number}]: there is no {kind} “{each}”."


def _times(slots: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    times: list[tuple[datetime, datetime]] = []
    for number, slot in enumerate(slots):
        read = []
        for key in ("start", "end"):
            try:
                read.append(datetime.fromisoformat(slot[key]))
            except ValueError:
                yield f"slots[{number}].{key}: “{slot[key]}” is no instant as in 2026-09-21T09:00:00+03:00."
        if len(read) == 2:
            times.append((read[0], read[1]))
    if len(times) < len(slots):
        return
    if len({each.tzinfo is None for time in times for each in time}) > 1:
        yield "slots: some instants have an offset and some have none; write it for all."
        return
    for number, (start, end) in enumerate(times):
        if end <= start:
            yield f"slots[{number}].end: is not after its start."
    for number, (earlier, later) in enumerate(pairwise(times), start=1):
        if later[0] < earlier[0]:
            yield f"slots[{number}].start: is before that of slots[{number - 1}]; slots stand in the order of time."
        elif later[0] < earlier[1]:
            yield f"slots[{number}].start: is before the end of slots[{number - 1}]; slots do not overlap."
    seen: set[str] = set()
    for number, (earlier_day, later_day) in enumerate(pairwise(slot["day"] for slot in slots), start=1):
        if later_day != earlier_day:
            seen.add(earlier_day)
            if later_day in seen:
                yield f"slots[{number}].day: day “{later_day}” had ended before; the slots of a day stand together."


def _pairs(interpreters: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    first: dict[frozenset[str], int] = {}
    for number, each in enumerate(interpreters):
        pair = frozenset(each["languages"])
        if len(pair) != 2:
            yield f"interpreters[{number}].languages: names {len(pair)}; a pair is two."
        if pair in first:
            yield f"interpreters[{number}].languages: interpreters[{first[pair]}] is the same pair; add their teams up."
        first.setdefault(pair, number)


def _requests(value: Mapping[str, Any], slot_ids: set[str]) -> Iterator[str]:
    principals = {each["id"] for each in value["principals"]}
    requests = value["requests"]
    ids = {each["id"] for each in requests}
    sizes = {room.get("size", "L") for room in value["rooms"]}
    for number, each in enumerate(requests):
        where = f"requests[{number}]"
        yield from _unknown(each["principals"], principals, f"{where}.principals", "principal")
        if len(set(each["principals"])) < len(each["principals"]) or len(each["principals"]) < 2:
            yield f"{where}.principals: “{each['id']}” is a meeting of one with oneself; name at least two."
        if each.get("languages") is not None and len(each["languages"]) != 2:
            yield f"{where}.languages: names {len(each['languages'])}; a pair is two, and null is no interpreter."
        yield from _unknown(each.get("slots") or [], slot_ids, f"{where}.slots", "slot")
        if each.get("slot") is not None and each["slot"] not in slot_ids:
            yield f"{where}.slot: there is no slot “{each['slot']}”."
        yield from _unknown(each.get("before", []), ids, f"{where}.before", "request")
        size = each.get("size", "S")
        if not sizes or (size == "L" and "L" not in sizes):
            yield f"{where}.size: there is no room of size {size}; the largest room decides what can be asked for."
    places = {each["id"]: number for number, each in enumerate(requests)}
    try:
        TopologicalSorter({each["id"]: each.get("before", []) for each in requests}).prepare()
    except CycleError as error:
        ring = list(reversed(error.args[1]))
        where = f"requests[{places[ring[0]]}].before" if ring[0] in places else "requests"
        yield f"{where}: these requests are each to be held before the next, in a circle: {' → '.join(ring)}."


def _heavy(value: Mapping[str, Any], where: str) -> Iterator[str]:
    for name, each in value.items():
        if isinstance(each, Mapping):
            yield from _heavy(each, f"{where}.{name}")
        elif each > MOST_WEIGHT:
            yield f"{where}.{name}: must be {MOST_WEIGHT} or less."


def _read(value: Mapping[str, Any]) -> Problem:
    rules, weights = value.get("rules", {}), value.get("weights", {})
    plain = Weights()
    return Problem(
        slots=tuple(
            Slot(each["id"], each["day"], datetime.fromisoformat(each["start"]), datetime.fromisoformat(each["end"]))
            for each in value["slots"]
        ),
        principals=tuple(
            Principal(each["id"], each["delegation"], frozenset(each.get("unavailable", ())))
            for each in value["principals"]
        ),
        rooms=tuple(
            Room(each["id"], each.get("zone", ""), each.get("size", "L"), frozenset(each.get("unavailable", ())))
            for each in value["rooms"]
        ),
        interpreters=tuple(
            Interpreters(frozenset(each["languages"]), each["teams"], dict(each.get("away", {})))
            for each in value.get("interpreters", ())
        ),
        requests=tuple(_request(each) for each in value["requests"]),
        apart=_apart(value),
        rules=Rules(
            rules.get("hold_all", False),
            rules.get("gap_scope", "day"),
            rules.get("gap_spread_max"),
            rules.get("buffer_slots", 0),
            rules.get("walking_slots", 0),
        ),
        weights=Weights(
            {
                int(priority): weights.get("missed", {}).get(str(priority), plain.missed[priority])
                for priority in plain.missed
            },
            weights.get("gap", plain.gap),
            weights.get("moved", 0),
            weights.get("dropped", 0),
            weights.get("unfair", 0),
        ),
    )


def _request(each: Mapping[str, Any]) -> Request:
    languages, slots = each.get("languages"), each.get("slots")
    return Request(
        each["id"],
        tuple(each["principals"]),
        each.get("priority", 2),
        each.get("size", "S"),
        None if languages is None else frozenset(languages),
        None if slots is None else frozenset(slots),
        each.get("slot"),
        tuple(dict.fromkeys(each.get("before", ()))),
    )


def _apart(value: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Pairs of principals; a delegation that is no principal's id stands for all its principals."""
    ids = {each["id"] for each in value["principals"]}
    people: dict[str, list[str]] = {}
    for each in value["principals"]:
        people.setdefault(each["delegation"], []).append(each["id"])
    found: dict[tuple[str, str], None] = {}
    for left, right in value.get("apart", ()):
        for one in [left] if left in ids else people[left]:
            for other in [right] if right in ids else people[right]:
                if one != other:
                    found[min(one, other), max(one, other)] = None
    return tuple(found)


_STATUSES = ("optimal", "feasible", "infeasible", "unknown")
_COSTS = ("missed", "gap", "moved", "dropped", "unfair")


def result_from(value: Any, name: str = "the result") -> Result:
    """A result from JSON's values. Raises BadProblem. Facts and shares are not read: they follow from the schedule."""
    if found := list(_result_problems(value)):
        raise BadProblem(name, found)
    cost = value.get("cost") or {}
    return Result(
        value["status"],
        tuple(Placement(each["request"], each["slot"], each["room"]) for each in value["placed"]),
        tuple(Unplaced(each["request"], str(each.get("reason", ""))) for each in value.get("unplaced", ())),
        Cost(**{key: cost.get(key, 0) for key in _COSTS}),
        value.get("bound"),
        str(value.get("reason", "")),
        str(value.get("ended", "")),
    )


def _result_problems(value: Any) -> Iterator[str]:
    if not isinstance(value, dict):
        yield "the file: must be an object {…}."
        return
    if value.get("status") not in _STATUSES:
        yield f"status: must be one of {', '.join(_STATUSES)}."
    for part, keys in (("placed", ("request", "slot", "room")), ("unplaced", ("request",))):
        entries = value.get(part, [] if part == "unplaced" else None)
        if not isinstance(entries, list):
            yield f"{part}: must be a list […]."
            continue
        for number, each in enumerate(entries):
            if not isinstance(each, dict):
                yield f"{part}[{number}]: must be an object {{…}}."
                continue
            for key in keys:
                if not isinstance(each.get(key), str):
                    yield f"{part}[{number}].{key}: must be a text in quotes."
    cost = value.get("cost", {})
    if not isinstance(cost, dict):
        yield "cost: must be an object {…}."
    elif bad := [key for key in cost if not _whole(cost[key])]:
        yield f"cost.{bad[0]}: must be a whole number."
    if value.get("bound") is not None and not _whole(value["bound"]):
        yield "bound: must be a whole number or null."


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
