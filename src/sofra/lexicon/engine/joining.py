"""Two matchers as one: the great one of what ships with the package, and a small one of names that were added to it."""

from __future__ import annotations

from sofra.lexicon.engine import folding
from sofra.lexicon.engine.folding import Folded
from sofra.lexicon.engine.matching import Match, Matcher


class Joined:
    """Searches with both, and answers as one matcher of all their names would: what begins first wins, of those the longest,
    and of two that are the same the first matcher's."""

    def __init__(self, first: Matcher, second: Matcher) -> None:
        self._first, self._second = first, second

    def find(self, text: str, language: str | None = None) -> list[Match]:
        """Every match in the order of the text, without overlaps. `language` is the declared one, if any."""
        return self.find_in(folding.fold(text), language)

    def find_in(self, folded: Folded, language: str | None = None) -> list[Match]:
        """The same for a text that is folded already."""
        found = self._first.find_in(folded, language)
        added = self._second.find_in(folded, language)
        if not added:
            return found
        kept: list[Match] = []
        end = 0
        for match in sorted([*found, *added], key=lambda each: (each.start, -each.end)):
            if match.start >= end:
                kept.append(match)
                end = match.end
        return kept
