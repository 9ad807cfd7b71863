"""Many wordings, one text: a base and what each delegation would like, as the smallest readable tree of brackets.

    collate(base, {"AL": …, "RS": …}) -> Text

The laws: the tree projected on a party is that party's wording, projected on none it is the base, and the order in which
delegations are given means nothing. Every paragraph is projected again before it is handed out; where spaces cannot be
told from the brackets' edges, they are written with a backslash.

A delegation stands by what its wording has: it retains text of the base that it kept where another changed it, deletes what
it left out, supports what it wrote. Nobody is said to delete what another has proposed: that would be a position.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from sofra.texts.engine.aligning import align, pair_up
from sofra.texts.engine.brackets import is_label
from sofra.texts.engine.hardening import hardened, sealed, unretained
from sofra.texts.engine.projecting import project_content
from sofra.texts.engine.readings import Readings, compiled
from sofra.texts.engine.tree import BadText, Node, Paragraph, Text, escaped
from sofra.texts.engine.words import Numbering, likeness, tokens

#: New paragraphs of two delegations are two wordings of one from this likeness on.
_SAME_NEW = 0.55

Labels = tuple[str, ...]


def collate(base: Sequence[str], wordings: Mapping[str, Sequence[str]], *, brief: bool = False) -> Text:
    """The compiled text. `base` and wordings are paragraphs (words.blocks), NFC, none of them blank.

    `brief` does not name those who kept the base where another changed it: who is not named has the base anyhow.

    Raises BadText for a label that the notation cannot hold.
    """
    for label in wordings:
        if not is_label(label):
            raise BadText(f"“{label}” cannot be a label.")
    grouped: dict[tuple[str, ...], list[str]] = {}
    for label in sorted(wordings):
        grouped.setdefault(tuple(wordings[label]), []).append(label)
    witnesses = [(tuple(labels), wording) for wording, labels in grouped.items()]
    kept: list[dict[Labels, str | None]] = [{} for _ in base]
    new: list[list[tuple[Labels, list[str]]]] = [[] for _ in range(len(base) + 1)]
    for labels, wording in witnesses:
        slot, added = 0, list[str]()
        for here, there in align(base, wording):
            if here is None and there is not None:
                added.append(wording[there])
                continue
            if added:
                new[slot].append((labels, added))
                added = []
            if here is not None:
                kept[here][labels] = None if there is None else wording[there]
                slot = here + 1
        if added:
            new[slot].append((labels, added))
    contents: list[tuple[Node, ...]] = []
    for number in range(len(base) + 1):
        contents += [paragraph(None, column, brief=brief) for column in _columns(new[number])]
        if number < len(base):
            contents.append(paragraph(base[number], kept[number], brief=brief))
    last = len(contents) - 1
    return Text(tuple(Paragraph(each, "\n" if number == last else "\n\n") for number, each in enumerate(contents)))


def _columns(new: Sequence[tuple[Labels, list[str]]]) -> list[dict[Labels, str | None]]:
    """New paragraphs at one place, in order: wordings of one paragraph by several delegations together."""
    numbering = Numbering()
    columns: list[dict[Labels, str | None]] = []
    numbers: list[list[list[int]]] = []
    for labels, added in sorted(new):
        words = [numbering.of([token.word for token in tokens(each)]) for each in added]

        pairs = pair_up(len(columns), len(added), partial(_alike, numbers, words))
        merged: list[dict[Labels, str | None]] = []
        merged_numbers: list[list[list[int]]] = []
        i = j = 0
        for here, there in [*pairs, (len(columns), len(added))]:
            merged += columns[i:here]
            merged_numbers += numbers[i:here]
            merged += [{labels: each} for each in added[j:there]]
            merged_numbers += [[each] for each in words[j:there]]
            if here < len(columns):
                merged.append({**columns[here], labels: added[there]})
                merged_numbers.append([*numbers[here], words[there]])
            i, j = here + 1, there + 1
        columns, numbers = merged, merged_numbers
    return columns


def _alike(columns: Sequence[Sequence[list[int]]], words: Sequence[list[int]], i: int, j: int) -> float:
    return max(likeness(each, words[j], _SAME_NEW) for each in columns[i])


def paragraph(base: str | None, wordings: Mapping[Labels, str | None], *, brief: bool = False) -> tuple[Node, ...]:
    """One paragraph's content. None is a paragraph that is not there."""
    if base is not None and all(words == base for words in wordings.values()):
        return (escaped(base, inside=False),)
    for strict, flat in ((False, False), (True, False), (True, True)):
        content = compiled(_readings(base, wordings), strict=strict, flat=flat)
        content = hardened(content) if strict else content
        content = sealed(unretained(content) if brief else content)
        if _holds(content, base, wordings):
            return content
    raise AssertionError("Whole wordings side by side are what every delegation wrote.")


def _readings(base: str | None, wordings: Mapping[Labels, str | None]) -> Readings:
    by_words: dict[str, list[str]] = {}
    for labels, words in wordings.items():
        by_words.setdefault(words or "", []).extend(labels)
    return Readings(
        None if base is None else tokens(base), {tokens(words): tuple(sorted(who)) for words, who in by_words.items()}
    )


def _holds(content: tuple[Node, ...], base: str | None, wordings: Mapping[Labels, str | None]) -> bool:
    if project_content(content) != base:
        return False
    return all(project_content(content, label) == words for labels, words in wordings.items() for label in labels)
