"""Packages nobody objects to are found exactly, and what stands in the way is the least that does; against brute force."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sofra.texts.engine.consensus import (
    STANCES,
    Matrix,
    Position,
    answer_to_json,
    matrix_from_json,
    objections,
    search,
)
from sofra.texts.engine.tree import BadText
from tests.texts.engine.hard import hard
from tests.texts.engine.schemas import conforms

PARTIES = ("AL", "RS", "TR")


@st.composite
def matrices(draw: st.DrawFn) -> Matrix:
    brackets = {
        f"b{number}": {f"a{each}": "" for each in range(draw(st.integers(1, 3)))}
        for number in range(draw(st.integers(1, 3)))
    }
    places = [(bracket, alternative) for bracket, each in brackets.items() for alternative in each]
    positions = []
    for party in PARTIES:
        for place in places:
            stance = draw(st.sampled_from((*STANCES, "objects")))
            unless = draw(st.lists(st.sampled_from(places), max_size=1)) if stance == "objects" else []
            positions.append(Position(party, place, stance, tuple(unless)))
    return Matrix(PARTIES, brackets, tuple(positions))


def stands(matrix: Matrix, kept: tuple[Position, ...]) -> list[dict[str, str]]:
    """Every package against which none of these objections stands."""
    found = []
    for chosen in product(*matrix.brackets.values()):
        choices = dict(zip(matrix.brackets, chosen, strict=True))
        places = set(choices.items())
        if all(each.place not in places or (each.unless and places.issuperset(each.unless)) for each in kept):
            found.append(choices)
    return found


def worth(matrix: Matrix, choices: dict[str, str]) -> tuple[int, int, int]:
    chosen = set(choices.items())
    support = sum(each.stance == "supports" and each.place in chosen for each in matrix.positions)
    asked = [
        sum(
            each.party == party and each.place in chosen and each.stance in ("can live with", "objects")
            for each in matrix.positions
        )
        for party in PARTIES
    ]
    return -support, sum(asked), max(asked)


@settings(max_examples=30, deadline=None)
@given(matrices())
def test_the_best_packages_and_the_least_that_blocks_are_those_of_brute_force(matrix: Matrix) -> None:
    answer = search(matrix, best=3)
    every = tuple(objections(matrix))
    possible = stands(matrix, every)
    assert [worth(matrix, dict(each.choices)) for each in answer.packages] == sorted(
        worth(matrix, each) for each in possible
    )[:3]
    assert all(each.choices in possible for each in answer.packages)
    for each in answer.packages:
        assert (-each.support, each.asked, each.most_asked) == worth(matrix, dict(each.choices))
    if possible:
        assert answer.blocking == ()
    else:
        assert stands(matrix, answer.blocking) == []
        smaller = combinations(every, len(answer.blocking) - 1)
        assert all(stands(matrix, each) for each in smaller)


def data(**positions: Any) -> dict[str, Any]:
    return {
        "format": "sofra.text.positions/1",
        "parties": list(PARTIES),
        "brackets": [
            {"id": "1", "alternatives": [
                {"id": "a", "wording": "shall", "positions": {"AL": "supports", "RS": positions.get("RS", "can live with")}},
                {"id": "b", "wording": "may", "positions": {"AL": "objects", "RS": "supports"}},
            ]}
        ],
    }  # fmt: skip


def test_a_package_says_what_each_party_gets_and_lives_with() -> None:
    matrix = matrix_from_json(data())
    told = answer_to_json(matrix, search(matrix))
    assert conforms(told, "packages") == []
    assert conforms(data(), "positions") == []
    (package,) = told["packages"]
    assert package["choices"] == [{"bracket": "1", "alternative": "a", "wording": "shall"}]
    assert package["parties"]["AL"] == {"gets": [["1", "a"]], "lives with": [], "reserves": []}
    assert package["parties"]["RS"] == {"gets": [], "lives with": [["1", "a"]], "reserves": []}
    assert told["blocking"] == []


def test_where_there_is_no_package_the_positions_in_the_way_are_named() -> None:
    matrix = matrix_from_json(data(RS="objects"))
    told = answer_to_json(matrix, search(matrix))
    assert told["packages"] == []
    assert told["blocking"] == [
        {"party": "RS", "bracket": "1", "alternative": "a"}, {"party": "AL", "bracket": "1", "alternative": "b"},
    ]  # fmt: skip


def test_a_bracket_within_an_alternative_is_asked_about_only_where_that_is_chosen() -> None:
    nested = data()
    nested["brackets"].append(
        {"id": "2", "within": ["1", "b"], "alternatives": [{"id": "c", "positions": {"RS": "objects"}}]}
    )
    assert conforms(nested, "positions") == []
    (package,) = search(matrix_from_json(nested)).packages
    assert package.choices == {"1": "a"}
    nested["brackets"][1]["within"] = ["1", "a"]
    assert search(matrix_from_json(nested)).packages == ()
    nested["brackets"][1]["within"] = ["2", "c"]
    with pytest.raises(BadText, match="bracket 2 is “within” no alternative"):
        matrix_from_json(nested)


def test_a_search_is_ended_while_the_solver_works() -> None:
    calls: list[float] = []

    def tell(_done: int, _of: int) -> None:
        calls.append(time.monotonic())
        if len(calls) > 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        search(hard(), tell=tell)
    assert len(calls) == 3
    assert calls[2] - calls[1] < 3
    assert time.monotonic() - calls[2] < 3


def test_what_the_search_tells_can_end_it() -> None:
    told: list[tuple[int, int]] = []

    def tell(done: int, of: int) -> None:
        told.append((done, of))
        if len(told) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        search(matrix_from_json(data()), tell=tell)
    assert told == [(0, 3), (1, 3)]


def test_a_reservation_does_not_block_and_is_told() -> None:
    (package,) = search(matrix_from_json(data(RS="reserves"))).packages
    assert package.reserves["RS"] == (("1", "a"),)


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ({}, "not a matrix of positions"),
        ({**data(), "parties": ["AL"]}, "“RS” has a position on 1, a but is none of the parties. Who is it?"),
        (data(RS="agrees"), "RS on 1, a: a position is one of supports, can live with"),
        (data(RS={"stance": "objects", "unless": [["2", "a"]]}), "“unless” names a bracket there is none of"),
        ({**data(), "brackets": [{"id": "1", "alternatives": []}]}, "bracket 1 has no alternatives"),
        ({**data(), "brackets": data()["brackets"] * 2}, "a bracket has the id “1” twice"),
    ],
)
def test_a_matrix_that_is_none_is_refused_with_the_place_in_it(bad: Any, told: str) -> None:
    with pytest.raises(BadText, match=told.replace("(", r"\(")):
        matrix_from_json(bad)


def test_the_solver_is_not_loaded_before_a_search() -> None:
    loaded = "any(name.startswith(('ortools', 'django')) for name in sys.modules)"
    code = f"import sys, sofra.texts.cli, sofra.texts.engine.consensus; sys.exit({loaded})"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_text_of_seven_parties_and_sixty_brackets_is_searched_in_seconds() -> None:
    parties = [f"P{number}" for number in range(7)]
    brackets = []
    for number in range(60):
        alternatives = []
        for each in range(3):
            stances = {party: STANCES[(number * 7 + each * 3 + place * 5) % 5] for place, party in enumerate(parties)}
            alternatives.append(
                {"id": str(each), "positions": stances if each else dict.fromkeys(parties, "can live with")}
            )
        brackets.append({"id": str(number), "alternatives": alternatives})
    matrix = matrix_from_json(
        json.loads(json.dumps({"format": "sofra.text.positions/1", "parties": parties, "brackets": brackets}))
    )
    assert len(search(matrix).packages) == 3
