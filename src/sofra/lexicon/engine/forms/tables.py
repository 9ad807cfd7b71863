"""What the paradigms of all languages share: tables of label and forms, and phrases made of words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import product

# Label to forms, the usual one first. The order of the labels is the order in which forms are tried.
Table = dict[str, tuple[str, ...]]
# From the citation form to its table.
Paradigm = Callable[[str], Table]

_WORD = re.compile(r"[^\s\-–]+")
_ARTICLES = (".def", ".prox", ".dist")


def words(form: str) -> list[str]:
    """The words of a phrase; blanks and hyphens part them."""
    return _WORD.findall(form)


def endings(stem: str, table: str) -> Table:
    """A table from a line such as "nom: а, gen: е, ins: ом/ем"; "-" is no ending, "#" stands for a hyphen."""
    found: Table = {}
    for pair in table.split(","):
        label, _, tails = pair.strip().partition(": ")
        found[label] = tuple(stem + ("" if tail == "-" else tail.replace("#", "-")) for tail in tails.split("/"))
    return found


def combine(form: str, parts: list[str], tables: Sequence[Table | None], article_once: bool) -> Table:
    """The table of a phrase whose words inflect together; None is a word that stays. The labels are those that all its
    words have. With `article_once` only the first word that inflects takes the article (Европската унија)."""
    gaps = _WORD.split(form)
    moving = [table for table in tables if table is not None]
    if not moving:
        return {"nom": (form,)}
    joined: Table = {}
    for label in moving[0]:
        choices: list[tuple[str, ...]] = []
        first = True
        for part, table in zip(parts, tables, strict=True):
            if table is None:
                choices.append((part,))
                continue
            own = label if first or not article_once else _bare(label)
            first = False
            choices.append(table.get(own, ()))
        if all(choices):
            joined[label] = tuple(
                "".join(gap + word for gap, word in zip(gaps, chosen, strict=False)) + gaps[-1]
                for chosen in product(*choices)
            )
    return joined


def _bare(label: str) -> str:
    for article in _ARTICLES:
        label = label.replace(article, "")
    return label
