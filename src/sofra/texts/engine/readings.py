"""Readings of one paragraph put together: where they agree, text; where they differ, brackets, nested where that is shorter.

Readings that are alike are compared word by word with the one that leads them (the base, where it is among them); readings
that are not stand beside each other whole. Words compare without the white space in front of them: where only that differs
within a run of equal words, the word counts as changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from sofra.texts.engine.tree import Alternative, Bracket, Node, escaped
from sofra.texts.engine.words import Numbering, Token, Tokens, edits, joined, likeness

#: From this likeness on, readings are compared word by word; shorter ones than _SHORT always stand beside each other.
_ALIKE, _SHORT = 0.4, 6
#: A common word between two changes of the same delegations is repeated rather than left alone between brackets.
_GAP_WORDS = 1
_NESTED = 6

Labels = tuple[str, ...]
Slices = dict[Tokens, Labels]


class Readings(NamedTuple):
    """The base (None where there is none) and every wording with its delegations, the base's own wording among them."""

    base: Tokens | None
    by: Mapping[Tokens, Labels]


class _Unit(NamedTuple):
    """A stretch of the leading reading, and what each reading has in its place."""

    start: int
    end: int
    slices: Slices
    partition: frozenset[tuple[Labels, bool]]


def compiled(readings: Readings, *, strict: bool, flat: bool) -> tuple[Node, ...]:
    """The content of a paragraph. `strict`: white space counts as part of a word; `flat`: whole wordings side by side."""
    return tuple(_Compiler(strict).paragraph(readings, flat))


class _Compiler:
    def __init__(self, strict: bool) -> None:
        self.strict = strict
        self.numbering = Numbering()

    def paragraph(self, readings: Readings, flat: bool) -> list[Node]:
        base, by = readings
        if base and not flat and () not in by:
            clusters = self.clusters(base, by, shortest=0)
            if len(clusters) == 1:
                found = self.sequence(base, True, dict(clusters[0][1]), 0, inside=False)
                if found is not None:
                    return found
        return self.unit(base or None, dict(by), 0, nest=not flat)

    def key(self, reading: Tokens) -> list[int]:
        """A reading as numbers to compare by."""
        return self.numbering.of(
            [token.space + token.word for token in reading] if self.strict else [token.word for token in reading]
        )

    # -- readings beside each other

    def unit(self, base: Tokens | None, by: Slices, depth: int, *, nest: bool) -> list[Node]:
        """A bracket for readings that differ, with the white space they share in front of it."""
        base = base or None
        deleters = by.get((), ()) if base else ()
        lead = "" if self.strict else _shared_space([base or (), *by])
        shortest = None if not nest or depth >= _NESTED else _SHORT if depth else 0
        alternatives = []
        for number, (leader, members) in enumerate(self.clusters(base, by, shortest=shortest)):
            is_base = base is not None and number == 0
            content = None
            if len(members) > 1:
                content = self.sequence(leader, is_base, members, depth, inside=True)
            labels = tuple(sorted(label for who in members.values() for label in who))
            if content is None and len(members) > 1:
                alternatives += self.side_by_side(leader, is_base, members, deleters, lead)
                continue
            nodes = content if content is not None else [escaped(joined(leader), inside=True)]
            alternatives.append(_alternative(_without(lead, nodes), labels, is_base, deleters))
        bracket = Bracket(tuple(alternatives))
        return [lead, bracket] if lead else [bracket]

    def side_by_side(
        self, leader: Tokens, is_base: bool, members: Slices, deleters: Labels, lead: str
    ) -> list[Alternative]:
        """Readings that are alike, but have nothing to share once they are written out."""
        found = []
        for reading, labels in members.items():
            nodes: list[Node] = [escaped(joined(reading), inside=True)]
            found.append(_alternative(_without(lead, nodes), labels, is_base and reading == leader, deleters))
        return found

    def clusters(
        self, base: Tokens | None, by: Mapping[Tokens, Labels], *, shortest: int | None
    ) -> list[tuple[Tokens, Slices]]:
        """Readings that belong together, each group under the one that leads it; the base's group first.

        Readings of fewer tokens than `shortest` stand alone, with None all of them.
        """
        found: list[tuple[Tokens, Slices]] = []
        keys: list[list[int]] = []
        if base:
            found.append((base, {base: tuple(by.get(base, ()))}))
            keys.append(self.key(base))
        rest = [reading for reading in by if reading and reading != base]
        for reading in sorted(rest, key=lambda each: (-len(by[each]), -len(each), each)):
            key = self.key(reading)
            best, place = 0.0, -1
            if shortest is not None:
                for number, other in enumerate(keys):
                    if min(len(key), len(other)) >= shortest:
                        alike = likeness(key, other, _ALIKE)
                        if alike > best:
                            best, place = alike, number
            if place >= 0:
                found[place][1][reading] = by[reading]
            else:
                found.append((reading, {reading: by[reading]}))
                keys.append(key)
        first = found[:1] if base else []
        return first + sorted(
            found[len(first) :], key=lambda each: sorted(who for all_ in each[1].values() for who in all_)
        )

    # -- readings that are alike

    def sequence(self, leader: Tokens, is_base: bool, by: Slices, depth: int, *, inside: bool) -> list[Node] | None:
        """Common words with brackets between them; None where nothing would stand outside one bracket."""
        spans = {reading: self.changes(leader, reading) for reading in by if reading != leader}
        units = self.units(leader, by, spans)
        if len(units) == 1 and (units[0].start, units[0].end) == (0, len(leader)) and leader:
            return None
        found: list[Node] = []
        at = 0
        for unit in units:
            found += self.common(leader, at, unit.start, spans, inside)
            base = leader[unit.start : unit.end] if is_base else None
            found += self.unit(base, unit.slices, depth + 1, nest=True)
            at = unit.end
        return _joined_up(found + self.common(leader, at, len(leader), spans, inside))

    def common(
        self,
        leader: Tokens,
        start: int,
        end: int,
        spans: Mapping[Tokens, Sequence[tuple[int, int, int, int]]],
        inside: bool,
    ) -> list[Node]:
        """Words all readings have. Behind a bracket a space stands if any of them has one there."""
        if start == end:
            return []
        kept = list(leader[start:end])
        if not self.strict and not kept[0].space:
            for reading, changes in spans.items():
                there = start + sum((b2 - b1) - (a2 - a1) for a1, a2, b1, b2 in changes if a2 <= start)
                if there < len(reading) and reading[there].space:
                    kept[0] = Token(reading[there].space, kept[0].word)
                    break
        return [escaped(joined(kept), inside=inside)]

    def changes(self, leader: Tokens, reading: Tokens) -> list[tuple[int, int, int, int]]:
        """Where a reading differs from the leading one, white space within runs of equal words included."""
        found = edits(self.key(leader), self.key(reading))
        if self.strict:
            return found
        extra = []
        at, there = 0, 0
        for a1, a2, _b1, b2 in [*found, (len(leader), len(leader), len(reading), len(reading))]:
            # The first word behind a change may have lost or gained its space with the change; at the very beginning not.
            first = 0 if (at, there) == (0, 0) else 1
            for shift in range(first, a1 - at):
                if leader[at + shift].space != reading[there + shift].space:
                    extra.append((at + shift, at + shift + 1, there + shift, there + shift + 1))
            at, there = a2, b2
        return sorted([*found, *extra]) if extra else found

    def units(
        self, leader: Tokens, by: Slices, spans: Mapping[Tokens, Sequence[tuple[int, int, int, int]]]
    ) -> list[_Unit]:
        """The stretches in which readings differ, none overlapping; near ones of the same delegations joined."""
        bounds: list[list[int]] = []
        for start, end in sorted({change[:2] for changes in spans.values() for change in changes}):
            if bounds and (start < bounds[-1][1] or (start == end == bounds[-1][0] == bounds[-1][1])):
                bounds[-1][1] = max(bounds[-1][1], end)
            else:
                bounds.append([start, end])
        found = self.slice(leader, by, spans, bounds)
        if self.strict:
            return found
        merged = [[unit.start, unit.end] for unit in found[:1]]
        for before, unit in pairwise(found):
            if (
                before.partition == unit.partition
                and _near(leader[before.end : unit.start])
                and not (_signs_only(before) or _signs_only(unit))
            ):
                merged[-1][1] = unit.end
            else:
                merged.append([unit.start, unit.end])
        return found if len(merged) == len(found) else self.slice(leader, by, spans, merged)

    def slice(
        self,
        leader: Tokens,
        by: Slices,
        spans: Mapping[Tokens, Sequence[tuple[int, int, int, int]]],
        bounds: Sequence[Sequence[int]],
    ) -> list[_Unit]:
        """What each reading has in each stretch of the leading one."""
        shifts = dict.fromkeys(spans, 0)
        places = dict.fromkeys(spans, 0)
        found = []
        for number, (start, end) in enumerate(bounds):
            # What is added right behind this stretch belongs to a stretch of its own, if there is one.
            following = number + 1 < len(bounds) and list(bounds[number + 1]) == [end, end]
            slices: dict[Tokens, list[str]] = {}
            for reading, labels in by.items():
                if reading == leader:
                    part = leader[start:end]
                else:
                    begin, place, changes = start + shifts[reading], places[reading], spans[reading]
                    while place < len(changes) and start <= changes[place][0] and changes[place][1] <= end:
                        if following and changes[place][0] == end:
                            break
                        a1, a2, b1, b2 = changes[place]
                        shifts[reading] += (b2 - b1) - (a2 - a1)
                        place += 1
                    places[reading] = place
                    part = reading[begin : end + shifts[reading]]
                slices.setdefault(part, []).extend(labels)
            sorted_slices = {part: tuple(sorted(who)) for part, who in slices.items()}
            parted = frozenset((who, part == leader[start:end]) for part, who in sorted_slices.items())
            found.append(_Unit(start, end, sorted_slices, parted))
        return found


def _near(gap: Tokens) -> bool:
    words = sum(1 for token in gap if token.word[0].isalnum())
    return words <= _GAP_WORDS and len(gap) - words <= 1 and not any(token.word in ".;:?!" for token in gap)


def _signs_only(unit: _Unit) -> bool:
    return not any(token.word[0].isalnum() for part in unit.slices for token in part)


def _shared_space(parts: Sequence[Tokens]) -> str:
    spaces = {part[0].space for part in parts if part} - {""}
    return " " if " " in spaces else min(spaces, default="")


def _without(lead: str, nodes: list[Node]) -> list[Node]:
    first = nodes[0] if nodes else None
    if lead and isinstance(first, str) and first.startswith(lead):
        rest = first[len(lead) :]
        return [rest, *nodes[1:]] if rest else nodes[1:]
    return nodes


def _alternative(nodes: Sequence[Node], labels: Labels, is_base: bool, deleters: Labels) -> Alternative:
    if is_base:
        return Alternative(tuple(nodes), retainers=labels, deleters=deleters)
    return Alternative(tuple(nodes), supporters=labels)


def _joined_up(nodes: Sequence[Node]) -> list[Node]:
    """Text next to text is one text."""
    found: list[Node] = []
    for node in nodes:
        if isinstance(node, str) and found and isinstance(found[-1], str):
            found[-1] += node
        elif node != "":
            found.append(node)
    return found
