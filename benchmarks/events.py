"""Events to place bilaterals for, made by chance from a seed: of the published size, a platform's day, a week of 193."""

from __future__ import annotations

import random
from datetime import datetime, timedelta, timezone
from typing import Any

MONDAY = datetime(2026, 9, 21, 9, 0, tzinfo=timezone(timedelta(hours=3)))


def slots(days: int, per_day: int, minutes: int = 20) -> list[dict[str, str]]:
    """Slots one after the other, the same on each day."""
    found = []
    for day in range(days):
        for number in range(per_day):
            start = MONDAY + timedelta(days=day, minutes=number * minutes)
            end = start + timedelta(minutes=minutes)
            found.append(
                {
                    "id": f"{day + 1}-{number + 1:02}",
                    "day": str(day + 1),
                    "start": start.isoformat(),
                    "end": end.isoformat(),
                }
            )
    return found


def hold_all(
    participants: int, meetings: int, times: int, rooms: int, seed: int, *, absent: float = 0.08
) -> dict[str, Any]:
    """An event in which all must be held, made from a schedule that is then forgotten, so that one exists.

    A few meetings are fixed, a few have to come before others, some participants are away for some slots, and the gaps of
    two participants differ by two at most.
    """
    rng = random.Random(seed)
    for _ in range(10_000):
        busy: list[set[int]] = [set() for _ in range(participants)]
        used, known, drawn = [0] * times, set(), []
        # participants come for a stretch of the event, as they do; so a schedule with few gaps exists
        stretch = [rng.randint(0, max(0, times - 3 - 2 * meetings // participants)) for _ in range(participants)]
        for _ in range(60 * meetings):
            one, other = sorted(rng.sample(range(participants), 2))
            room = [t for t in range(times) if used[t] < rooms and t not in busy[one] and t not in busy[other]]
            room = [t for t in room if t >= stretch[one] and t >= stretch[other]] or room
            if (one, other) in known or not room or max(len(busy[one]), len(busy[other])) >= times - 1:
                continue
            t = min(room, key=lambda t: (t - max(stretch[one], stretch[other]) + rng.random() * 3) % times)
            known.add((one, other))
            busy[one].add(t)
            busy[other].add(t)
            used[t] += 1
            drawn.append((one, other, t))
            if len(drawn) == meetings:
                break
        if len(drawn) == meetings:
            break
    times_of = slots(1, times)
    requests: list[dict[str, Any]] = [
        {
            "id": f"m{number}",
            "principals": [f"P{one}", f"P{other}"],
            "priority": 1,
            "size": "S",
            "slot": times_of[t]["id"] if rng.random() < 0.02 else None,
            "before": [],
        }
        for number, (one, other, t) in enumerate(drawn)
    ]
    for _ in range(meetings // 40):
        one, other = rng.sample(range(meetings), 2)
        if drawn[one][2] < drawn[other][2]:
            requests[one]["before"].append(f"m{other}")
    return {
        "format": "sofra.bilaterals/1",
        "slots": times_of,
        "principals": [
            {
                "id": f"P{number}",
                "delegation": f"D{number}",
                "unavailable": [
                    slot["id"] for t, slot in enumerate(times_of) if t not in busy[number] and rng.random() < absent
                ],
            }
            for number in range(participants)
        ],
        "rooms": [{"id": f"R{number}", "zone": "A", "size": "S"} for number in range(rooms)],
        "requests": requests,
        "rules": {"hold_all": True, "gap_scope": "all", "gap_spread_max": 2},
        "weights": {"gap": 1},
    }


def week(
    seed: int, *, delegations: int = 193, requests: int = 1500, days: int = 5, per_day: int = 12, rooms: int = 40
) -> dict[str, Any]:
    """A high-level week: few are asked by very many, principals come late and leave early, plenaries block, rooms in zones."""
    rng = random.Random(seed)
    times = slots(days, per_day, 30)
    ids = [slot["id"] for slot in times]
    people, away, weight = [], {}, []
    for number in range(delegations):
        for level in ("M", "D"):
            name = f"D{number:03}-{level}"
            first = rng.choice([0, 0, 0, 0, per_day // 2, per_day, 2 * per_day])
            last = len(ids) - rng.choice([0, 0, 0, per_day // 2, per_day, 2 * per_day])
            blocked = {t for t in range(len(ids)) if not first <= t < last}
            for day in range(days):
                begin = day * per_day + rng.randrange(per_day - 2)
                blocked |= set(range(begin, begin + rng.choice([0, 1, 2])))
            people.append(name)
            away[name] = sorted(blocked)
            weight.append((1 / (1 + rng.random() * delegations / 6) ** 0.9) * (1.0 if level == "M" else 0.35))
    asked, known = [], set()
    while len(asked) < requests:
        one, other = rng.choices(people, weight, k=2)
        if one[:4] == other[:4] or frozenset((one, other)) in known:
            continue
        known.add(frozenset((one, other)))
        talk = rng.random()
        asked.append(
            {
                "id": f"m{len(asked)}",
                "principals": [one, other],
                "priority": rng.choices([1, 2, 3], [2, 5, 3])[0],
                "size": "L" if rng.random() < 0.2 else "S",
                "languages": ["ar", "en"] if talk < 0.06 else ["en", "zh"] if talk < 0.1 else None,
                "slots": sorted(rng.sample(ids, len(ids) // 2)) if rng.random() < 0.1 else None,
                "slot": None,
                "before": [],
            }
        )
    return {
        "format": "sofra.bilaterals/1",
        "slots": times,
        "principals": [
            {"id": name, "delegation": name[:4], "unavailable": [ids[t] for t in away[name]]} for name in people
        ],
        "rooms": [
            {
                "id": f"R{number:02}",
                "zone": "ABCD"[number * 4 // rooms],
                "size": "L" if number % 4 == 0 else "S",
                "unavailable": [],
            }
            for number in range(rooms)
        ],
        "interpreters": [{"languages": ["ar", "en"], "teams": 3}, {"languages": ["en", "zh"], "teams": 2}],
        "requests": asked,
        "apart": [[one, other] for one, other in (rng.sample(people, 2) for _ in range(6))],
        "rules": {"hold_all": False, "gap_scope": "day", "buffer_slots": 0, "walking_slots": 1},
        "weights": {"missed": {"1": 100, "2": 40, "3": 20}, "gap": 2, "moved": 5, "dropped": 200},
    }


def platform_day(seed: int) -> dict[str, Any]:
    """The platform's own day: seven delegations, minister and deputy, about thirty requests, four rooms in two zones."""
    rng = random.Random(seed)
    parties = ("TR", "AL", "BA", "XK", "ME", "MK", "RS")
    times = slots(1, 14, 20)
    ids = [slot["id"] for slot in times]
    pairs = [(one, other) for number, one in enumerate(parties) for other in parties[number + 1 :]]
    asked = [(f"{one}-M", f"{other}-M") for one, other in pairs]
    asked += [(f"{one}-D", f"{other}-D") for one, other in rng.sample(pairs, 9)]
    spoken = {"TR": "tr", "AL": "sq", "BA": "bs", "XK": "sq", "ME": "cnr", "MK": "mk", "RS": "sr"}
    requests = [
        {
            "id": f"m{number}",
            "principals": [one, other],
            "priority": rng.choice([1, 2, 3]),
            "size": "L" if rng.random() < 0.2 else "S",
            "languages": ["sq", "tr"] if {spoken[one[:2]], spoken[other[:2]]} == {"sq", "tr"} else None,
            "slots": None,
            "slot": None,
            "before": [],
        }
        for number, (one, other) in enumerate(asked)
    ]
    return {
        "format": "sofra.bilaterals/1",
        "slots": times,
        "principals": [
            {
                "id": f"{party}-{level}",
                "delegation": party,
                "unavailable": [*ids[: rng.choice([0, 0, 1, 2])], *ids[6:8], *ids[len(ids) - rng.choice([0, 0, 1]) :]],
            }
            for party in parties
            for level in ("M", "D")
        ],
        "rooms": [
            {"id": f"{zone}{number}", "zone": zone, "size": "L" if number == 1 else "S", "unavailable": []}
            for zone in "AB"
            for number in (1, 2)
        ],
        "interpreters": [{"languages": ["sq", "tr"], "teams": 1}],
        "requests": requests,
        "apart": [["XK-M", "RS-M"]] if rng.random() < 0.5 else [],
        "rules": {"gap_scope": "day"},
        "weights": {"missed": {"1": 100, "2": 40, "3": 20}, "gap": 2, "unfair": 1},  # as the room asks for it
    }
