"""Where a text crosses the red lines of the reader's own delegation. Worked out as it is read; nothing is kept or logged."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sofra.lexicon.checking import Checker, Said
from sofra.lexicon.queries.objections import own_red_lines
from sofra.texts.engine.amending import Content
from sofra.texts.engine.points import points
from sofra.texts.engine.projecting import project_content
from sofra.texts.labels import labels_in

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Crossed:
    """Words of a paragraph that a red line of the reader's delegation is drawn at, and what the delegation noted of it."""

    words: str
    noted: tuple[Said, ...]


def crossed(
    contents: Iterable[tuple[Key, Content]], tongue: str, language: str, format_id: UUID | None
) -> dict[Key, list[Crossed]]:
    """What is crossed, by paragraph; every way to read its brackets counts. Nothing for who has drawn no red line.

    `tongue` is the language of the text, `language` the reader's.
    """
    if not own_red_lines().exists():
        return {}
    checker = Checker(language, format_id=format_id, own=True)
    found: dict[Key, list[Crossed]] = {}
    for key, content in contents:
        lines: dict[str, Crossed] = {}
        for words in wordings_of(content):
            for each in checker.check(words, tongue):
                noted = tuple(voice for voice in each.voices if voice.own)
                if noted:
                    lines.setdefault(each.text.casefold(), Crossed(each.text, noted))
        if lines:
            found[key] = list(lines.values())
    return found


def wordings_of(content: Content) -> list[str]:
    """Everything a paragraph may come to say: the base, what each party would have, and each wording of a bracket alone."""
    found = [project_content(content)]
    open_points = points(content)
    if open_points:
        found += [project_content(content, label) for label in labels_in(content)]
        found += [one.words for point in open_points for one in point.choices]
    return list(dict.fromkeys(words for words in found if words))
