"""The annotated sets: marked sentences, and the spans their marks say.

A mark is `{XK:n Kosovës}`: the entity, the kind by its first letter (name, adjective, demonym, metonym), a blank, and the
words as they stand in the text. What is between the braces after the blank is the span, without articles or prepositions
before it and with every suffix after it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

SETS = Path(__file__).parent / "sets"
LANGUAGES = ("en", "tr", "sq", "mk", "sr", "sr-latn", "bs", "cnr")
KINDS = {"n": "name", "a": "adjective", "d": "demonym", "m": "metonym"}
_MARK = re.compile(r"\{([A-Za-z][A-Za-z0-9-]*):([nadm]) ([^{}]+)\}")


@dataclass(frozen=True)
class Span:
    """A mention: code points from `start` up to `end` of its sentence, whom it names, and how."""

    start: int
    end: int
    entity: str
    kind: str


@dataclass(frozen=True)
class Sentence:
    """A sentence as a reader sees it, with every mention in it, in order."""

    text: str
    spans: tuple[Span, ...]


def unmark(marked: str) -> Sentence:
    """A marked sentence as text and spans. Raises ValueError for a brace that belongs to no mark."""
    text, spans, done = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[done : mark.start()]
        spans.append(Span(len(text), len(text) + len(mark[3]), mark[1], KINDS[mark[2]]))
        text += mark[3]
        done = mark.end()
    text += marked[done:]
    if "{" in text or "}" in text:
        raise ValueError(f"a mark is not written as {{entity:kind text}} in: {marked}")
    return Sentence(text, tuple(spans))


def sentences(language: str) -> list[Sentence]:
    """The set of a language. Raises OSError where there is none."""
    held = json.loads((SETS / f"{language}.json").read_text("utf-8"))
    return [unmark(each) for each in held["sentences"]]
