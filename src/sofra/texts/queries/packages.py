"""Open brackets and positions as the reader may know them, in the shape in which packages are searched."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from uuid import UUID

from sofra.kernel import acting
from sofra.kernel.models import Party
from sofra.texts.engine.amending import Content
from sofra.texts.engine.consensus import Matrix, Place, Position
from sofra.texts.engine.points import Point
from sofra.texts.engine.tree import Bracket
from sofra.texts.models import Closing, PackageSearch, Placing, Stance, Stand, Text
from sofra.texts.models import Position as Said
from sofra.texts.queries.falling import Wording, taken_on
from sofra.texts.queries.positions import conditions_of, standing_on
from sofra.texts.queries.text import Now, paragraphs_now


def matrix_of(text: Text, tongue: str, members: list[Party]) -> Matrix:
    """What is open in a language version, and where the members stand on it as far as the reader may know.

    Only what a delegation said is a position: who proposed a wording is not taken to support it.
    """
    found = [each for each in paragraphs_now(text) if not each.placing.gone and each.points(tongue)]
    brackets: dict[str, dict[str, str]] = {}
    within: dict[str, Place] = {}
    for each in found:
        inside = dict(_inside(each, tongue))
        for point in each.points(tongue):
            bracket = bracket_id(each.row.pk, point)
            brackets[bracket] = {one.key: one.words for one in point.choices}
            if point.key in inside:
                within[bracket] = inside[point.key]
    parties = tuple(sorted(str(party.pk) for party in members))
    places: dict[Wording, Place] = {
        (UUID(hex=bracket.partition(":")[0]), choice): (bracket, choice)
        for bracket, choices in brackets.items()
        for choice in choices
    }
    rows = [
        row
        for row in standing_on([each.row.pk for each in found])
        if row.language == tongue and str(row.owner_party_id) in parties and (row.paragraph_id, row.choice) in places
    ]
    positions = []
    gone = {paragraph for row in rows for paragraph, choice in conditions_of(row) if (paragraph, choice) not in places}
    taken = taken_on(gone) if gone else set()
    for row in rows:
        stance, unless = _objection(row, places, taken)
        place = places[row.paragraph_id, row.choice]
        positions.append(Position(str(row.owner_party_id), place, stance, unless))
    return Matrix(parties, brackets, tuple(sorted(positions, key=lambda each: (each.place, each.party))), within)


def _objection(row: Said, places: Mapping[Wording, Place], taken: Collection[Wording]) -> tuple[str, tuple[Place, ...]]:
    """A stance, and the open wordings with which it falls. Fallen already it can live with the wording; where one of those
    wordings went without being taken, it stands."""
    named = conditions_of(row)
    if row.stance != Stance.OBJECTS or not named or any(each not in places and each not in taken for each in named):
        return str(row.stance), ()
    unless = tuple(places[each] for each in named if each in places)
    return (str(row.stance), unless) if unless else (str(Stance.CAN_LIVE_WITH), ())


def bracket_id(paragraph: UUID, point: Point) -> str:
    """A bracket of a paragraph, under a name of its own in the whole text."""
    return f"{paragraph.hex}:{point.key}"


def _inside(now: Now, tongue: str) -> Iterator[tuple[str, Place]]:
    """The brackets that stand in an alternative of another, with that alternative."""
    points = now.points(tongue)
    keys = {id(point.bracket): point.key for point in points}
    for point in points:
        for one in point.choices:
            for bracket in _outermost(one.alternative.content if one.alternative is not None else ()):
                yield keys[id(bracket)], (bracket_id(now.row.pk, point), one.key)


def _outermost(content: Content) -> Iterator[Bracket]:
    return (node for node in content if isinstance(node, Bracket))


def mark_of(text: Text, tongue: str, members: list[Party]) -> tuple[Any, ...]:
    """What the matrix of a reader rests on, without working it out: while this stays, so does the matrix. Four queries.

    What it rests on is only ever added to, as far as a reader may read it.
    """
    of = {"paragraph__text": text}
    return (
        Stand.objects.filter(language=tongue, **of).count(),
        Placing.objects.filter(**of).count(),
        Said.objects.filter(language=tongue, **of).count(),
        Closing.objects.filter(**of).count(),
        *sorted(str(party.pk) for party in members),
    )


def digest_of(matrix: Matrix) -> str:
    """What was searched, told in a digest: another one says that something changed since."""
    told = (matrix.parties, dict(matrix.brackets), matrix.positions, dict(matrix.within))
    return hashlib.sha256(repr(told).encode()).hexdigest()


def search_of(text: Text, tongue: str) -> PackageSearch | None:
    """The actor's own search on a language version."""
    seat = acting.current().seat_id
    if seat is None:
        return None
    rows = PackageSearch.objects.filter(seat_id=seat, text=text, language=tongue)
    return rows.select_related("progress").first()
