"""Which combinations of wordings nobody objects to: an exact search over what delegations wrote. It never writes a wording.

A package takes one alternative of every open bracket. No party may object to any of them; the best packages have the most
support, then ask the least of those who can live with it, then spread what is asked. An objection may be conditional: it
falls where other alternatives are chosen with it, and then counts as can live with. A reservation does not block and is
told. Where there is no package, the smallest set of objections that together leave none is found.

OR-tools is imported when a search begins, not before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from sofra.texts.engine.tree import BadText

FORM, ANSWER_FORM = "sofra.text.positions/1", "sofra.text.packages/1"
Stance = Literal["supports", "can live with", "objects", "reserves", "silent"]
STANCES: tuple[str, ...] = get_args(Stance)
#: How often whoever waits for the solver is asked whether it may go on, in seconds.
PULSE = 0.2
#: (bracket, alternative), both by id.
Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Position:
    """A party's position on an alternative. An objection falls where every alternative of `unless` is chosen too."""

    party: str
    place: Place
    stance: str
    unless: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Matrix:
    """Open brackets with their alternatives in order (wordings for those who read), the parties, and their positions.

    `within` names the alternative in which a bracket stands: where another is chosen, the bracket is gone with it.
    """

    parties: tuple[str, ...]
    brackets: Mapping[str, Mapping[str, str]]
    positions: tuple[Position, ...]
    within: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True)
class Package:
    """One alternative for every bracket, and what it means for whom."""

    choices: Mapping[str, str]
    gets: Mapping[str, tuple[Place, ...]]
    accepts: Mapping[str, tuple[Place, ...]]
    reserves: Mapping[str, tuple[Place, ...]]

    @property
    def support(self) -> int:
        """Positions of support it meets."""
        return sum(map(len, self.gets.values()))

    @property
    def asked(self) -> int:
        """How often a party has to live with a wording."""
        return sum(map(len, self.accepts.values()))

    @property
    def most_asked(self) -> int:
        """How often the party has to that has to most often."""
        return max(map(len, self.accepts.values()), default=0)


@dataclass(frozen=True)
class Answer:
    """The best packages, best first; where there are none, the smallest set of objections that leaves none."""

    packages: tuple[Package, ...] = ()
    blocking: tuple[Position, ...] = field(default=())


def search(matrix: Matrix, best: int = 3, tell: Callable[[int, int], None] | None = None) -> Answer:
    """The best packages of a matrix, at most `best`. The same matrix gives the same answer.

    `tell` is told before each step, and while the solver works, how many steps are done, and of how many; what it raises ends
    the search at once.
    """
    found: list[Package] = []
    taken: list[Mapping[str, str]] = []
    while len(found) < best:
        alive = _telling(tell, len(found), best)
        choices = _Search(matrix, taken, alive=alive).best()
        if choices is None:
            break
        taken.append(choices)
        found.append(_package(matrix, choices))
        if not choices:
            break
    return Answer(tuple(found)) if found else Answer(blocking=_blocking(matrix, tell))


def _telling(tell: Callable[[int, int], None] | None, done: int, of: int) -> Callable[[], None] | None:
    """Tell of a step, and answer how it is told again."""
    if tell is None:
        return None
    tell(done, of)
    return lambda: tell(done, of)


class _Search:
    """The matrix as a model: which alternative is chosen, and who must live with what.

    `alive` is called every `PULSE` seconds while the solver works; what it raises stops the solver.
    """

    def __init__(
        self,
        matrix: Matrix,
        taken: Iterable[Mapping[str, str]] = (),
        objecting: bool = True,
        alive: Callable[[], None] | None = None,
    ) -> None:
        from ortools.sat.python import cp_model

        self.alive = alive
        self.cp: Any = cp_model
        self.matrix = matrix
        self.model: Any = cp_model.CpModel()
        self.chosen: dict[Place, Any] = {}
        for bracket, alternatives in matrix.brackets.items():
            for alternative in alternatives:
                self.chosen[bracket, alternative] = self.model.new_bool_var(f"{bracket} {alternative}")
        for bracket, alternatives in matrix.brackets.items():
            outer = matrix.within.get(bracket)
            one = self.chosen[outer] if outer is not None else 1
            self.model.add(sum(self.chosen[bracket, alternative] for alternative in alternatives) == one)
        if objecting:
            for position in objections(matrix):
                self.respect(position)
        for choices in taken:
            self.model.add_bool_or([~self.chosen[place] for place in choices.items()])

    def respect(self, position: Position, when: Any = None) -> None:
        """No package against this objection, unless what it falls with is chosen too."""
        chosen = self.chosen[position.place]
        for clause in [[self.chosen[place]] for place in position.unless] or [[]]:
            self.model.add_bool_or([~chosen, *clause] if when is None else [~when, ~chosen, *clause])

    def solve(self) -> Any:
        """The solver with a solution; None where there is none."""
        solver = self.cp.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        status = solver.solve(self.model) if self.alive is None else self._watched(solver, self.alive)
        if status in (self.cp.OPTIMAL, self.cp.FEASIBLE):
            return solver
        if status != self.cp.INFEASIBLE:
            raise RuntimeError(f"The solver ended with {solver.status_name(status)}.")
        return None

    def _watched(self, solver: Any, alive: Callable[[], None]) -> Any:
        """Let the solver work in a thread of its own, so that whoever waits for it may stop it."""
        with ThreadPoolExecutor(1) as pool:
            work = pool.submit(solver.solve, self.model)
            try:
                while not wait([work], PULSE).done:
                    alive()
            except BaseException:
                while not wait([work], PULSE).done:
                    # A solver that has not begun yet does not hear the first call.
                    solver.stop_search()
                raise
            return work.result()

    def best(self) -> dict[str, str] | None:
        """The best choices: each aim is settled before the next is asked for."""
        of = _tolls(self.matrix)
        support = sum(self.chosen[each.place] for each in self.matrix.positions if each.stance == "supports")
        most = self.model.new_int_var(0, max(1, len(self.matrix.brackets)), "most asked")
        asked = 0
        for places in of.values():
            toll = sum(self.chosen[place] for place in places)
            asked = asked + toll
            self.model.add(toll <= most)
        order = sum(
            number * self.chosen[bracket, alternative]
            for bracket, alternatives in self.matrix.brackets.items()
            for number, alternative in enumerate(alternatives)
        )
        solver = None
        for aim in (-1 * support, asked, most, order):
            if isinstance(aim, int):
                continue
            self.model.minimize(aim)
            solver = self.solve()
            if solver is None:
                return None
            self.model.add(aim == round(solver.objective_value))
        if solver is None:
            return {} if not self.matrix.brackets else None
        return {place[0]: place[1] for place, chosen in self.chosen.items() if solver.boolean_value(chosen)}


def objections(matrix: Matrix) -> list[Position]:
    """The objections of a matrix, in order."""
    return [each for each in matrix.positions if each.stance == "objects"]


def _tolls(matrix: Matrix) -> dict[str, list[Place]]:
    """What each party would have to live with; an objection that has fallen among it."""
    found: dict[str, list[Place]] = {}
    for each in matrix.positions:
        if each.stance in ("can live with", "objects"):
            found.setdefault(each.party, []).append(each.place)
    return found


def _package(matrix: Matrix, choices: Mapping[str, str]) -> Package:
    chosen = set(choices.items())

    def of(*stances: str) -> dict[str, tuple[Place, ...]]:
        return {
            party: tuple(
                each.place for each in matrix.positions
                if each.party == party and each.place in chosen and each.stance in stances
            )
            for party in matrix.parties
        }  # fmt: skip

    return Package(choices, of("supports"), of("can live with", "objects"), of("reserves"))


def _blocking(matrix: Matrix, tell: Callable[[int, int], None] | None = None) -> tuple[Position, ...]:
    """The smallest set of objections that leaves no package.

    A set that blocks meets every set of objections whose lifting would free a package. Those sets are found one by one: the
    smallest set that meets all known ones either blocks, or shows another.
    """
    every = objections(matrix)
    correcting: list[list[int]] = []
    while True:
        alive = _telling(tell, len(correcting), len(correcting) + 1)
        candidate = _smallest_meeting(correcting, len(every), alive)
        lifted = _lifted(matrix, every, candidate, alive)
        if lifted is None:
            return tuple(every[number] for number in candidate)
        correcting.append(lifted)


def _smallest_meeting(sets: Sequence[Sequence[int]], size: int, alive: Callable[[], None] | None) -> list[int]:
    search = _Search(Matrix((), {}, ()), alive=alive)
    taken = [search.model.new_bool_var(str(number)) for number in range(size)]
    for each in sets:
        search.model.add_bool_or([taken[number] for number in each])
    search.model.minimize(sum(taken))
    solver = search.solve()
    return [number for number, var in enumerate(taken) if solver.boolean_value(var)]


def _lifted(
    matrix: Matrix, every: Sequence[Position], kept: Sequence[int], alive: Callable[[], None] | None
) -> list[int] | None:
    """With some objections kept, the fewest others to lift for a package; None where there is none even so."""
    search = _Search(matrix, objecting=False, alive=alive)
    respected = [search.model.new_bool_var(f"respected {number}") for number in range(len(every))]
    for number, position in enumerate(every):
        search.respect(position, when=respected[number])
    for number in kept:
        search.model.add(respected[number] == 1)
    search.model.maximize(sum(respected))
    solver = search.solve()
    if solver is None:
        return None
    return [number for number, var in enumerate(respected) if not solver.boolean_value(var)]


# -- plain data


def matrix_from_json(data: Any) -> Matrix:
    """The matrix that a file holds, by the schema positions.schema.json. Raises BadText with the place in it."""
    if not isinstance(data, dict) or data.get("format") != FORM:
        raise BadText(f"This JSON is not a matrix of positions of the form {FORM}.")
    parties = data.get("parties")
    entries = data.get("brackets")
    if not isinstance(parties, list) or not all(isinstance(each, str) for each in parties):
        raise BadText("In this JSON, parties is not a list of labels.")
    if not isinstance(entries, list):
        raise BadText("In this JSON, brackets is not a list.")
    brackets: dict[str, dict[str, str]] = {}
    said: list[tuple[str, Place, Any]] = []
    for entry in entries:
        bracket = _id(entry, "a bracket", brackets)
        brackets[bracket] = {}
        alternatives = entry.get("alternatives")
        if not isinstance(alternatives, list) or not alternatives:
            raise BadText(f"In this JSON, bracket {bracket} has no alternatives.")
        for each in alternatives:
            alternative = _id(each, f"an alternative of bracket {bracket}", brackets[bracket])
            brackets[bracket][alternative] = str(each.get("wording", ""))
            held = each.get("positions", {})
            if not isinstance(held, dict):
                raise BadText(f"In this JSON, the positions on {bracket}, {alternative} are not an object.")
            said += [(party, (bracket, alternative), position) for party, position in held.items()]
    inside = {entry["id"]: _within(entry, brackets) for entry in entries if "within" in entry}
    matrix = Matrix(tuple(dict.fromkeys(parties)), brackets, (), inside)
    return Matrix(matrix.parties, brackets, tuple(_position(matrix, *each) for each in said), inside)


def _within(entry: Any, brackets: Mapping[str, Mapping[str, str]]) -> Place:
    place, earlier = entry["within"], list(brackets)[: list(brackets).index(entry["id"])]
    if not (isinstance(place, list) and len(place) == 2 and place[0] in earlier and place[1] in brackets[place[0]]):
        raise BadText(f"In this JSON, bracket {entry['id']} is “within” no alternative of a bracket before it.")
    return place[0], place[1]


def _id(entry: Any, what: str, taken: Mapping[str, Any]) -> str:
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
        raise BadText(f"In this JSON, {what} has no id.")
    if entry["id"] in taken:
        raise BadText(f"In this JSON, {what} has the id “{entry['id']}” twice.")
    found: str = entry["id"]
    return found


def _position(matrix: Matrix, party: str, place: Place, said: Any) -> Position:
    where = f"{place[0]}, {place[1]}"
    if party not in matrix.parties:
        raise BadText(f"In this JSON, “{party}” has a position on {where} but is none of the parties. Who is it?")
    stance, unless = (said.get("stance"), said.get("unless", [])) if isinstance(said, dict) else (said, [])
    if stance not in STANCES:
        raise BadText(f"In this JSON, {party} on {where}: a position is one of {', '.join(STANCES)}.")
    if not isinstance(unless, list) or (unless and stance != "objects"):
        raise BadText(f"In this JSON, {party} on {where}: only an objection has an “unless”, a list of places.")
    places = []
    for each in unless:
        if not (isinstance(each, list) and len(each) == 2 and each[0] in matrix.brackets):
            raise BadText(f"In this JSON, {party} on {where}: “unless” names a bracket there is none of.")
        if each[1] not in matrix.brackets[each[0]]:
            raise BadText(f"In this JSON, {party} on {where}: “unless” names an alternative there is none of.")
        places.append((each[0], each[1]))
    return Position(party, place, stance, tuple(places))


def answer_to_json(matrix: Matrix, answer: Answer) -> dict[str, Any]:
    """The answer as plain data, by the schema packages.schema.json."""
    return {
        "format": ANSWER_FORM,
        "packages": [
            {
                "choices": [
                    {"bracket": bracket, "alternative": alternative, "wording": matrix.brackets[bracket][alternative]}
                    for bracket, alternative in each.choices.items()
                ],
                "support": each.support,
                "asked": each.asked,
                "most asked of one": each.most_asked,
                "parties": {
                    party: {
                        "gets": [list(place) for place in each.gets[party]],
                        "lives with": [list(place) for place in each.accepts[party]],
                        "reserves": [list(place) for place in each.reserves[party]],
                    }
                    for party in matrix.parties
                },
            }
            for each in answer.packages
        ],
        "blocking": [
            {"party": each.party, "bracket": each.place[0], "alternative": each.place[1]} for each in answer.blocking
        ],
    }
