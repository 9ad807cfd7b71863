"""Texts to try the engines on: few words, so that wordings meet; and every sign the notation uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from sofra.texts.engine.words import blocks

WORDS = (
    "the",
    "parties",
    "shall",
    "should",
    "cooperate",
    "youth",
    "rail",
    "Üsküp’te",
    "shtëpi",
    "мир",
    "20%",
    "and/or",
    "well-being",
)
SIGNS = (
    ",",
    ".",
    ";",
    "-",
    "/",
    "[",
    "]",
    "\\",
    "(",
    ")",
    "…",
    " - US",
    "Agreed",
    "[Agreed ad ref]",
    "delete",
    "  ",
    "\n",
    "\t",
)
LABELS = ("AL", "Bosnia and Herzegovina", "G77", "North Macedonia", "RS", "Türkiye", "XK*")

wild = st.text(alphabet="ab ,.[]/-\\;\n\tUS̈é", max_size=30)
ordinary = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
signed = st.lists(st.sampled_from((*WORDS, *SIGNS)), min_size=1, max_size=14).flatmap(
    lambda parts: st.lists(st.sampled_from(("", " ", " ", " ")), min_size=len(parts), max_size=len(parts)).map(
        lambda gaps: "".join(gap + part for gap, part in zip(gaps, parts, strict=True))
    )
)


def whole(paragraph: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    """Paragraphs of a plain text, as they come out of a file."""
    return st.lists(paragraph, max_size=5).map(lambda each: blocks("\n\n".join(each)))


@st.composite
def drafts(draw: st.DrawFn, paragraph: st.SearchStrategy[str]) -> tuple[list[str], Mapping[str, Sequence[str]]]:
    """A base and wordings of some delegations, each the base with words and paragraphs changed, or something else."""
    base = draw(whole(paragraph))
    wordings = {}
    for label in draw(st.lists(st.sampled_from(LABELS), unique=True, max_size=4)):
        wordings[label] = draw(st.one_of(whole(paragraph), changed(base, paragraph)))
    return base, wordings


@st.composite
def changed(draw: st.DrawFn, base: Sequence[str], paragraph: st.SearchStrategy[str]) -> list[str]:
    """A text with some of its words and paragraphs taken out, replaced or moved."""
    found = []
    for each in base:
        match draw(st.integers(0, 5)):
            case 0:
                continue
            case 1:
                found += [each, draw(paragraph)]
            case 2:
                parts = each.split(" ")
                place = draw(st.integers(0, len(parts)))
                length = draw(st.integers(0, 3))
                found.append(
                    " ".join(
                        [
                            *parts[:place],
                            *draw(st.lists(st.sampled_from((*WORDS, ",")), max_size=3)),
                            *parts[place + length :],
                        ]
                    )
                )
            case _:
                found.append(each)
    if len(found) > 1 and draw(st.booleans()):
        found.append(found.pop(0))
    return blocks("\n\n".join(found))
