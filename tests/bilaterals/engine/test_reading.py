"""A problem file that cannot be used is refused with every place and reason."""

from __future__ import annotations

import json
from typing import Any

import openpyxl
import pytest

from sofra.bilaterals.engine.reading import BadProblem, load_problem, problem_from
from sofra.bilaterals.engine.sheet import load_sheet
from tests.bilaterals.engine.worlds import slots


def plain() -> dict[str, Any]:
    return {
        "format": "sofra.bilaterals/1",
        "slots": slots(3),
        "principals": [{"id": name, "delegation": name[:2], "unavailable": []} for name in ("TR-M", "RS-M", "AL-M")],
        "rooms": [{"id": "A1", "zone": "A", "size": "S", "unavailable": []}],
        "interpreters": [{"languages": ["sq", "tr"], "teams": 2}],
        "requests": [
            {"id": "m1", "principals": ["TR-M", "RS-M"], "priority": 1, "size": "S", "before": []},
            {"id": "m2", "principals": ["TR-M", "AL-M"], "priority": 2, "size": "S", "languages": ["sq", "tr"]},
        ],
        "apart": [],
    }


def refused(value: dict[str, Any]) -> list[str]:
    with pytest.raises(BadProblem) as caught:
        problem_from(value)
    return list(caught.value.problems)


def test_what_is_left_out_has_its_plain_meaning():
    problem = problem_from(plain())
    assert (problem.rules.hold_all, problem.rules.gap_scope, problem.weights.gap) == (False, "day", 2)
    assert problem.requests[0].slots is None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda v: v["requests"][1]["principals"].__setitem__(1, "XX-M"),
            "requests[1].principals[1]: there is no principal “XX-M”.",
        ),
        (lambda v: v["requests"][0].update(slots=["9-09:00"]), "requests[0].slots[0]: there is no slot “9-09:00”."),
        (lambda v: v["requests"][0].update(slot="9-09:00"), "requests[0].slot: there is no slot “9-09:00”."),
        (lambda v: v["requests"][0].update(before=["m9"]), "requests[0].before[0]: there is no request “m9”."),
        (lambda v: v["rooms"][0].update(unavailable=["late"]), "rooms[0].unavailable[0]: there is no slot “late”."),
        (lambda v: v["apart"].append(["TR-M", "P9"]), "apart[0][1]: there is no principal “P9”."),
        (
            lambda v: v["slots"].reverse(),
            "slots[1].start: is before that of slots[0]; slots stand in the order of time.",
        ),
        (
            lambda v: v["requests"][0].update(principals=["TR-M", "TR-M"]),
            "requests[0].principals: “m1” is a meeting of one with oneself; name at least two.",
        ),
        (
            lambda v: (v["requests"][0].update(before=["m2"]), v["requests"][1].update(before=["m1"])),
            "requests[0].before: these requests are each to be held before the next, in a circle: m1 → m2 → m1.",
        ),
        (
            lambda v: v["requests"][0].update(before=["m1"]),
            "requests[0].before: these requests are each to be held before the next, in a circle: m1 → m1.",
        ),
        (
            lambda v: v["requests"][1].update(size="L"),
            "requests[1].size: there is no room of size L; the largest room decides what can be asked for.",
        ),
        (lambda v: v["requests"].append(v["requests"][0]), "requests[2].id: requests[0] has the id “m1” already."),
        (lambda v: v["requests"][0].update(priority=4), "requests[0].priority: must be one of 1, 2, 3."),
        (lambda v: v.update(weights={"gap": -1}), "weights.gap: must be 0 or more."),
        (
            lambda v: v["slots"][1].update(start="nine"),
            "slots[1].start: “nine” is no instant as in 2026-09-21T09:00:00+03:00.",
        ),
    ],
)
def test_each_fault_is_named_with_its_place(change, told):
    value = plain()
    change(value)
    assert told in refused(value)


def test_ten_thousand_requests_are_read_and_too_many_are_counted():
    value = plain()
    value["requests"] = [{"id": f"m{n}", "principals": ["TR-M", "RS-M"]} for n in range(10_000)]
    assert len(problem_from(value).requests) == 10_000
    value["requests"] = [{"id": f"m{n}", "principals": ["TR-M", "RS-M"]} for n in range(20_001)]
    assert refused(value) == ["requests: there are 20001; 20000 is the most."]


def test_a_delegation_kept_apart_stands_for_all_its_principals():
    value = plain()
    value["apart"] = [["TR", "AL-M"]]
    assert problem_from(value).apart == (("AL-M", "TR-M"),)


def test_what_is_no_json_is_told_with_its_line(tmp_path):
    place = tmp_path / "problem.json"
    place.write_text('{"format": \n nothing}', encoding="utf-8")
    with pytest.raises(BadProblem, match=r"line 2, column 2: it is not JSON"):
        load_problem(place)
    with pytest.raises(BadProblem, match="cannot be read"):
        load_problem(tmp_path / "none.json")


def test_a_workbook_says_the_same_as_the_file(tmp_path):
    book = openpyxl.Workbook()
    book.remove(book.active)

    def sheet(name: str, *rows: tuple[object, ...]) -> None:
        made = book.create_sheet(name)
        for row in rows:
            made.append(row)

    sheet("slots", ("id", "day", "start", "end"), *((s["id"], int(s["day"]), s["start"], s["end"]) for s in slots(3)))
    sheet(
        "principals",
        ("id", "delegation", "unavailable"),
        *((p["id"], p["delegation"], "") for p in plain()["principals"]),
    )
    sheet("rooms", ("id", "zone", "size"), ("A1", "A", "S"))
    sheet("interpreters", ("languages", "teams"), ("sq, tr", 2))
    sheet(
        "requests",
        ("id", "principals", "priority", "size", "languages"),
        ("m1", "TR-M, RS-M", 1, "S", None),
        ("m2", "TR-M, AL-M", 2, "S", "sq, tr"),
    )
    sheet("settings", ("name", "value"), ("hold_all", "yes"), ("gap", 3), ("missed_1", 50))
    place = tmp_path / "week.xlsx"
    book.save(place)
    value = plain()
    value["rules"], value["weights"] = {"hold_all": True}, {"gap": 3, "missed": {"1": 50}}
    assert load_sheet(place) == problem_from(value)
    (tmp_path / "no.xlsx").write_text("not a workbook", encoding="utf-8")
    with pytest.raises(BadProblem, match="no workbook"):
        load_sheet(tmp_path / "no.xlsx")


def test_the_schema_is_json():
    from sofra.bilaterals.engine.reading import schema

    assert json.dumps(schema())
