"""Open brackets and positions as the reader may know them, in the shape in which packages are searched."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from uuid import UUID

from sofra.kernel import acting
from sofra.kernel.models import Party
from sofra.texts.engine.amending import Content
from sofra.texts.engine.consensus import Matrix, Place, Position
from sofra.texts.engine.points import Point
from sofra.texts.engine.tree import Bracket
from sofra.texts.models import PackageSearch, Text
from sofra.texts.queries.positions import standing_on
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
    positions = []
    for row in standing_on([each.row.pk for each in found]):
        if row.language != tongue or str(row.owner_party_id) not in parties:
            continue
        for bracket, choices in brackets.items():
            if bracket.startswith(f"{row.paragraph_id.hex}:") and row.choice in choices:
                positions.append(Position(str(row.owner_party_id), (bracket, row.choice), row.stance))
    return Matrix(parties, brackets, tuple(sorted(positions, key=lambda each: (each.place, each.party))), within)


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
