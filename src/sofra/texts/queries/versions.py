"""Whether the language versions of a text say the same: the engine asks, over what the room keeps."""

from __future__ import annotations

from sofra.texts.engine.consistency import Difference, compare
from sofra.texts.engine.tree import Paragraph, Text
from sofra.texts.queries.text import Now


def tree_of(found: list[Now], language: str) -> Text:
    """The paragraphs of a text in one language, as the engines read them. What has no version in it is empty."""
    return Text(tuple(Paragraph(each.content(language)) for each in found))


def differences_between(found: list[Now], languages: list[str]) -> list[Difference]:
    """What other languages have otherwise than the authoritative one (the first), in the engine's order."""
    if len(languages) < 2:
        return []
    return compare({language: tree_of(found, language) for language in languages}, languages[0])
