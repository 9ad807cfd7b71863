"""Whether the language versions of a text say the same: brackets, numbers, dates, amounts, footnotes, modal strength.

What is found is listed, nothing is mended. A difference need not be a mistake: a language may say “shall” in its present
tense. Who decides about it is the chair.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from sofra.lexicon.engine.serbian_scripts import to_latin
from sofra.texts.engine.figures import figures
from sofra.texts.engine.tree import NUMBER, Bracket, Mark, Node, Paragraph, Text, number_of, plain

Kind = Literal[
    "paragraphs", "missing", "number", "brackets", "dates", "amounts", "numbers", "footnotes", "modal", "script"
]
_MODALS = Path(__file__).parent.parent / "data" / "modals.json"


@dataclass(frozen=True, slots=True)
class Difference:
    """What a version has otherwise than the authoritative one; `paragraph` counts from 0, None for the text as a whole."""

    language: str
    kind: Kind
    paragraph: int | None
    expected: str
    found: str


def compare(
    versions: Mapping[str, Text], authoritative: str, footnotes: Mapping[str, Mapping[int, Sequence[str]]] | None = None
) -> list[Difference]:
    """Every difference between the authoritative version and the others, in order of languages and paragraphs.

    `footnotes` by language and paragraph number. With both "sr" and "sr-latn", the Latin is also compared with what the
    Cyrillic derives to. Raises KeyError for an authoritative language that is none of the versions.
    """
    first = versions[authoritative]
    notes = footnotes or {}
    found: list[Difference] = []
    for language in sorted(versions):
        if language == authoritative:
            continue
        other = versions[language]
        if len(first.paragraphs) != len(other.paragraphs):
            counts = (str(len(first.paragraphs)), str(len(other.paragraphs)))
            found.append(Difference(language, "paragraphs", None, *counts))
        for number, (one, two) in enumerate(zip(first.paragraphs, other.paragraphs, strict=False)):
            for kind, expected, has in _of_paragraph(one, authoritative, two, language):
                found.append(Difference(language, kind, number, expected, has))
            here, there = (len(notes.get(each, {}).get(number, ())) for each in (authoritative, language))
            if here != there:
                found.append(Difference(language, "footnotes", number, str(here), str(there)))
    if "sr" in versions and "sr-latn" in versions:
        found += _scripts(versions["sr"], versions["sr-latn"])
    return found


def in_latin(text: Text) -> Text:
    """A Serbian text in Cyrillic, in Latin; labels and what the notation says of them stay."""
    return Text(tuple(replace(each, content=latin_of(each.content)) for each in text.paragraphs), text.before)


def latin_of(content: tuple[Node, ...]) -> tuple[Node, ...]:
    """A content in Cyrillic, in Latin; labels stay."""
    found: list[Node] = []
    for node in content:
        if isinstance(node, str):
            found.append(to_latin(node))
        elif isinstance(node, Bracket):
            found.append(Bracket(tuple(replace(each, content=latin_of(each.content)) for each in node.alternatives)))
        else:
            found.append(node)
    return tuple(found)


def _scripts(cyrillic: Text, latin: Text) -> Iterator[Difference]:
    for number, (one, two) in enumerate(zip(in_latin(cyrillic).paragraphs, latin.paragraphs, strict=False)):
        expected, found = _words(one.content), _words(two.content)
        if expected != found:
            yield Difference("sr-latn", "script", number, expected, found)


def _of_paragraph(one: Paragraph, first: str, two: Paragraph, second: str) -> Iterator[tuple[Kind, str, str]]:
    numbers = number_of(one), number_of(two)
    if numbers[0] != numbers[1]:
        yield "number", numbers[0] or "", numbers[1] or ""
    shapes = _shape(one.content), _shape(two.content)
    if shapes[0] != shapes[1]:
        yield "brackets", _told(shapes[0]), _told(shapes[1])
    words = [_bare(each) for each in (one, two)]
    (days, amounts), (other_days, other_amounts) = figures(words[0], first), figures(words[1], second)
    if days != other_days:
        yield (
            "dates",
            _list(each.isoformat() for each in days.elements()),
            _list(each.isoformat() for each in other_days.elements()),
        )
    for kind, counted in (("amounts", True), ("numbers", False)):
        here, there = (
            _list(f"{number:f} {sign}".strip() for number, sign in each.elements() if bool(sign) == counted)
            for each in (amounts, other_amounts)
        )
        if here != there:
            yield ("amounts" if kind == "amounts" else "numbers"), here, there
    strengths = modals(words[0], first), modals(words[1], second)
    if None not in strengths and strengths[0] != strengths[1]:
        yield "modal", _list((strengths[0] or Counter()).elements()), _list((strengths[1] or Counter()).elements())


def _list(values: Iterator[str]) -> str:
    return ", ".join(sorted(values))


def _bare(paragraph: Paragraph) -> str:
    """All the words of a paragraph, every alternative's, without its number."""
    return (
        NUMBER.sub("", _words(paragraph.content).lstrip(), count=1)
        if number_of(paragraph)
        else _words(paragraph.content)
    )


def _words(content: Sequence[Node]) -> str:
    found = []
    for node in content:
        if isinstance(node, str):
            found.append(plain(node))
        elif isinstance(node, Bracket):
            found += [f" {_words(each.content)} " for each in node.alternatives]
    return "".join(found)


Shape = tuple[Any, ...]


def _shape(content: Sequence[Node]) -> Shape:
    """Brackets and who stands in them, without words; in no order, because languages order words differently."""
    found: list[Any] = []
    for node in content:
        if isinstance(node, Mark):
            found.append(("status", " ".join(node.words.lower().split())))
        elif isinstance(node, Bracket):
            alternatives = [
                (
                    tuple(sorted(each.supporters)),
                    tuple(sorted(each.retainers)),
                    tuple(sorted(each.deleters)),
                    _shape(each.content),
                )
                for each in node.alternatives
            ]
            found.append(("bracket", *sorted(alternatives, key=repr)))
    return tuple(sorted(found, key=repr))


def _told(shape: Shape) -> str:
    """A shape as brackets without words."""
    found = []
    for kind, *rest in shape:
        if kind == "status":
            found.append(f"[{rest[0]}]")
            continue
        alternatives = []
        for supporters, retainers, deleters, inner in rest:
            groups = [", ".join(supporters), f"{', '.join(retainers)} retain", f"{', '.join(deleters)} delete"]
            who = [each for each, names in zip(groups, (supporters, retainers, deleters), strict=True) if names]
            alternatives.append(f"…{_told(inner)}{' - ' if who else ''}{'; '.join(who)}")
        found.append(f"[{' / '.join(alternatives)}]")
    return " ".join(found)


def modals(words: str, language: str) -> Counter[str] | None:
    """How often a text obliges (shall), recommends (should) and permits (may); None for a language not in the term base."""
    pattern = _modal_patterns().get(language)
    if pattern is None:
        return None
    return Counter(found.lastgroup or "" for found in pattern.finditer(words))


@lru_cache(maxsize=1)
def _modal_patterns() -> dict[str, re.Pattern[str]]:
    data = json.loads(_MODALS.read_text(encoding="utf-8"))
    found = {}
    for language, strengths in data["languages"].items():
        parts = []
        for strength, terms in strengths.items():
            words = sorted(terms["words"], key=len, reverse=True)
            endings = sorted(terms["endings"], key=len, reverse=True)
            kinds = [rf"(?:{'|'.join(words)})" if words else "", rf"\w+(?:{'|'.join(endings)})" if endings else ""]
            parts.append(rf"(?P<{strength}>\b(?:{'|'.join(kind for kind in kinds if kind)})\b)")
        found[language] = re.compile("|".join(parts), re.IGNORECASE)
    return found | {language: found[other] for language, other in data["like"].items()}
