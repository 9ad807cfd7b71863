"""Lists of stems, asked whether a word begins with one of them: by the first two letters of the word, so that long lists cost
no more than short ones. Words and stems are as scanned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sofra.lexicon.engine import folding
from sofra.lexicon.engine.serbian_scripts import to_cyrillic

#: How many letters every stem has at least.
_FIRST = 2


class Stems:
    """Stems of two letters or more."""

    __slots__ = ("_all", "_by_first")

    def __init__(self, all_: Iterable[bytes]) -> None:
        self._all = tuple(dict.fromkeys(all_))
        by_first: defaultdict[bytes, list[bytes]] = defaultdict(list)
        for stem in self._all:
            by_first[stem[:_FIRST]].append(stem)
        self._by_first = {first: tuple(stems) for first, stems in by_first.items()}

    def __add__(self, other: Stems) -> Stems:
        return Stems(self._all + other._all)

    def begin(self, word: bytes) -> bool:
        """Whether a word begins with one of the stems."""
        return word.startswith(self._by_first.get(word[:_FIRST], ()))

    def begin_any(self, words: Iterable[bytes]) -> bool:
        """Whether one of several words does."""
        by_first = self._by_first
        for word in words:  # noqa: SIM110 (asked for many names, and this is the faster way)
            if word.startswith(by_first.get(word[:_FIRST], ())):
                return True
        return False


def scanned(words: str, cyrillic: bool = False) -> tuple[bytes, ...]:
    """Words between blanks as they are scanned, each once; with `cyrillic` in that script too."""
    written = words.split() + ([to_cyrillic(word) for word in words.split()] if cyrillic else [])
    return tuple(dict.fromkeys(folding.scan(word).strip() for word in written))


def stems(words: str, cyrillic: bool = False) -> Stems:
    """Stems as they are written, between blanks."""
    return Stems(scanned(words, cyrillic))
