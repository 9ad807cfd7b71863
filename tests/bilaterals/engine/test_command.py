"""The command: what it writes, what it says, how it exits."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from sofra.bilaterals.cli import bilaterals
from tests.bilaterals.engine.test_reading import plain


def run(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(bilaterals, [str(each) for each in arguments])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def problem(tmp_path: Path) -> Path:
    place = tmp_path / "problem.json"
    place.write_text(json.dumps(plain()), encoding="utf-8")
    return place


def test_a_schedule_is_written_and_passes_the_check(problem, tmp_path):
    result = tmp_path / "result.json"
    began = time.monotonic()
    code, out, err = run("solve", problem, "-o", result, "--seconds", 2, "--seed", 3)
    assert (code, out) == (0, "")
    assert time.monotonic() - began < 7
    assert "optimal: 2 held, 0 not; cost 0" in err
    value = json.loads(result.read_text(encoding="utf-8"))
    assert (value["status"], value["bound"], value["cost"]["total"]) == ("optimal", 0, 0)
    assert {each["request"] for each in value["placed"]} == {"m1", "m2"}
    assert run("check", problem, result) == (0, "Every rule is kept: 2 held, 0 not.\n", "")
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_a_broken_rule_is_a_finding(problem, tmp_path):
    _, out, _ = run("solve", problem)
    value = json.loads(out)
    value["placed"][1]["slot"] = value["placed"][0]["slot"]
    (tmp_path / "bad.json").write_text(json.dumps(value), encoding="utf-8")
    code, out, _ = run("check", problem, tmp_path / "bad.json")
    assert code == 1
    assert "Room A1 holds 2 meetings in slot" in out
    assert "TR-M has 2 meetings in slot" in out


def test_locks_that_collide_are_infeasible_with_the_reason(tmp_path):
    value = plain()
    for each in value["requests"]:
        each["slot"] = "1-09:00"
    place, result = tmp_path / "locked.json", tmp_path / "result.json"
    for value["rules"] in ({"hold_all": True}, {"hold_all": False}):
        place.write_text(json.dumps(value), encoding="utf-8")
        code, _, err = run("solve", place, "-o", result)
        assert code == 1
        told = json.loads(result.read_text(encoding="utf-8"))
        assert (told["status"], told["placed"], told["bound"]) == ("infeasible", [], None)
        assert told["reason"] == (
            "These cannot all be held: m1, m2. TR-M can hold 1 of its 2 meetings in the slots they allow."
        )
        assert told["reason"] in err
        assert run("check", place, result)[0] == 0


def test_why_a_request_is_not_held(tmp_path):
    value = plain()
    value["principals"][2]["unavailable"] = ["1-09:00", "1-09:30"]
    value["rooms"][0]["unavailable"] = ["1-10:00"]
    place, result = tmp_path / "problem.json", tmp_path / "result.json"
    place.write_text(json.dumps(value), encoding="utf-8")
    assert run("solve", place, "-o", result)[0] == 0
    assert run("explain", place, result, "m2")[:2] == (
        0,
        "m2: AL-M is unavailable in slots 1-09:00, 1-09:30. No room of size S is open in slot 1-10:00.\n",
    )
    assert run("explain", place, result, "m1")[1].startswith("m1: It is held in slot 1-09:")
    assert run("explain", place, result, "m7")[0] == 2


def test_a_bad_file_is_refused_and_nothing_is_written(problem, tmp_path):
    value = plain()
    value["requests"][0]["principals"] = ["TR-M", "TR-M"]
    problem.write_text(json.dumps(value), encoding="utf-8")
    result = tmp_path / "result.json"
    code, _, err = run("solve", problem, "-o", result)
    assert (code, result.exists()) == (2, False)
    assert "requests[0].principals: “m1” is a meeting of one with oneself" in err


def test_a_published_schedule_stays_where_it_can(problem, tmp_path):
    result, again = tmp_path / "result.json", tmp_path / "again.json"
    run("solve", problem, "-o", result)
    value = plain()
    value["weights"] = {"moved": 10, "dropped": 200}
    placed = {each["request"]: each for each in json.loads(result.read_text(encoding="utf-8"))["placed"]}
    value["principals"][2]["unavailable"] = [placed["m2"]["slot"]]
    problem.write_text(json.dumps(value), encoding="utf-8")
    assert run("solve", problem, "--published", result, "-o", again)[0] == 0
    told = json.loads(again.read_text(encoding="utf-8"))
    assert [each for each in told["placed"] if each["request"] == "m1"] == [placed["m1"]]
    assert told["cost"]["moved"] == 10
    assert run("check", problem, again, "--published", result)[0] == 0
