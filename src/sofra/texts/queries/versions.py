"""Whether the language versions of a text say the same: the engine asks, over what the room keeps."""

from __future__ import annotations

from sofra.texts.engine.consistency import Difference, compare
from sofra.texts.engine.tree import Paragraph, Text
from sofra.texts.queries.text import Now


def tree_of(found: list[Now], language: str) -> Text:
    """The paragraphs of a text in one language, as the engines read them. What has no version in it is empty."""
    return Text(tuple(Paragraph(each.content(language)) for each in found))


def differences_between(found: list[Now], languages: list[str]) -> list[Difference]:
    """What other languages have otherwise than the authoritative one (the first), in the engine's order. A paragraph that has
    no version in a language yet is one difference, "missing", and not many."""
    if len(languages) < 2:
        return []
    missing = {
        (language, place)
        for language in languages[1:]
        for place, each in enumerate(found)
        if language not in each.stands and languages[0] in each.stands
    }
    compared = compare({language: tree_of(found, language) for language in languages}, languages[0])
    kept = [each for each in compared if (each.language, each.paragraph) not in missing]
    return [*kept, *(Difference(language, "missing", place, "", "") for language, place in sorted(missing))]
