"""Recall and precision by span and entity, and a baseline to hold them against."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from evaluation.reading import Sentence

#: A find: start, end, entity.
Found = tuple[int, int, str]
Find = Callable[[str], Iterable[Found]]


@dataclass
class Score:
    """What was found of a set. `missed` and `false` hold, for reading, the sentence and the finds in question."""

    expected: int = 0
    hits: int = 0
    found: int = 0
    missed: list[tuple[str, Found]] = field(default_factory=list)
    false: list[tuple[str, Found]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of what is there that was found, of 1."""
        return self.hits / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        """The share of what was found that is there, of 1."""
        return (self.found - len(self.false)) / self.found if self.found else 1.0


def score(sentences: Iterable[Sentence], find: Find, *, exact: bool = True) -> Score:
    """Hold what `find` finds against the annotation: the same span and the same entity. Not `exact`: to begin where the
    mention begins, with the same entity, is enough."""

    def key(found: Found) -> Found:
        return found if exact else (found[0], -1, found[2])

    result = Score()
    for sentence in sentences:
        there = {key(place): place for place in ((span.start, span.end, span.entity) for span in sentence.spans)}
        here = {key(place): place for place in find(sentence.text)}
        result.expected += len(there)
        result.found += len(here)
        result.hits += len(there.keys() & here.keys())
        result.missed += [(sentence.text, there[each]) for each in sorted(there.keys() - here.keys())]
        result.false += [(sentence.text, here[each]) for each in sorted(here.keys() - there.keys())]
    return result


def nominatives(forms: Iterable[tuple[str, str]]) -> Find:
    """A finder of citation forms alone, each a pair of form and entity, as whole words, the longest first: what a list of
    names finds in a text search."""
    entities: dict[str, str] = {}
    for form, entity in forms:
        entities.setdefault(form, entity)
    longest = sorted(entities, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")

    def find(text: str) -> Iterable[Found]:
        return [(found.start(), found.end(), entities[found[0]]) for found in pattern.finditer(text)]

    return find
