"""What a surface can be: its readings, and which of them is meant in a passage of some language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from sofra.lexicon.engine import guards
from sofra.lexicon.engine.homonyms import homonyms
from sofra.lexicon.engine.model import Designation
from sofra.lexicon.engine.passages import Passages
from sofra.lexicon.engine.readings import Reading, weight
from sofra.lexicon.engine.recognising import BCMS

#: The declared language and that of a passage.
Spoken = tuple[str, str | None]
#: What is reported of a form: entity, kind, language, script, designation, label.
Told = tuple[str, str, str, str, Designation, str]
#: The same with its guard and spoof, which are none, where `watch` has nothing against it and the table nothing against the
#: second character behind it; and whether it is a town.
Plain = tuple[guards.Watch | None, tuple[str, str, str, str, Designation, str, None, None], bytes, bool]
_NONE: Mapping[str, Reading] = MappingProxyType({})


class Decision(NamedTuple):
    """A reading as it is reported in a passage of some language: what of a match does not depend on its place."""

    extent: int
    reading: Reading
    #: What always looks at the surroundings, and whether one must beside a number or a point.
    watch: guards.Watch | None
    housed: bool
    #: What it is where it stands for a government.
    metonym: Decision | None
    #: What it is where a noun stands behind it that agrees.
    adjective: Decision | None
    told: Told


def decided(
    reading: Reading, said: str, metonym: Reading | None = None, adjectives: Mapping[str, Reading] = _NONE
) -> Decision:
    """A reading that is reported in a language, with what else it can turn out to be."""
    designation = reading.designation
    named = reading.kind == "name"
    adjective = adjectives.get(reading.group) if named else None
    return Decision(
        reading.extent,
        reading,
        guards.watch(reading.guards),
        reading.kind == "adjective",
        decided(metonym, said) if metonym is not None and named else None,
        decided(adjective, said) if adjective is not None else None,
        (designation.entity, reading.kind, said, designation.script, designation, reading.label),
    )


class Choice:
    """What a surface can be: the best reading for each language, and the best of all."""

    __slots__ = ("adjectives", "best", "by", "metonym", "only", "regardless", "where")

    def __init__(self, readings: Sequence[Reading]) -> None:
        longest = max(reading.extent for reading in readings)
        by: dict[str, Reading] = {}
        for reading in sorted((each for each in readings if each.extent == longest), key=weight):
            by.setdefault(reading.group, reading)
            by.setdefault(reading.designation.language, reading)
        self.by = by
        self.metonym = next((each for each in readings if each.apart and each.extent == longest), None)
        self.best = min(by.values(), key=weight)
        self.adjectives = homonyms(readings, longest)
        several = len(by) > 1 or self.best.bound or self.best.group == BCMS
        #: What it is everywhere; None where it depends on the passage. `where` are those decisions, by declared language
        #: and that of the passage.
        self.only = (
            None if several else decided(self.best, self.best.designation.language, self.metonym, self.adjectives)
        )
        #: Whether the passage does not matter: all readings are of one language to the eye, and none is bound to it.
        self.regardless = len({each.group for each in by.values()}) == 1 and not any(each.bound for each in by.values())
        self.where: dict[Spoken, Decision | None] = {}

    def decide(self, spoken: Spoken, passages: Passages) -> Decision | None:
        """What it is in a passage, by the declared language and that of the passage; None where it is nothing there."""
        declared, group = spoken
        reading = self.by.get(declared) or self.by.get(group or "") or self.best
        refused = reading.bound and group is not None and reading.group != group
        found = None if refused else decided(reading, passages.spoken(reading), self.metonym, self.adjectives)
        self.where[spoken] = found
        return found
