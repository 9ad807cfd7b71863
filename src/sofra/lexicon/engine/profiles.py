"""Which profile holds at an instant, and what one lacks. Pure functions; the clock is the caller's."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

#: What stands behind a designation that carries the footnote, and before the footnote itself.
MARK = "*"


@dataclass(frozen=True)
class Span:
    """From when to when a profile can hold; `until` is empty where nothing ended it."""

    key: Any
    since: datetime
    until: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether it holds at an instant: from its first, up to but not including its last."""
        return self.since <= at and (self.until is None or at < self.until)


def holding(spans: Iterable[Span], at: datetime) -> Span | None:
    """The one in force at an instant: of those that hold, the one that began last; of two at one instant, the later given."""
    found = None
    for span in spans:
        if span.holds(at) and (found is None or found.since <= span.since):
            found = span
    return found


def lacking(
    designated: Collection[tuple[Any, str]], parties: Iterable[Any], languages: Iterable[str]
) -> list[tuple[Any, str]]:
    """The parties and languages for which there is no designation, in the order given."""
    asked = list(languages)
    return [(party, language) for party in parties for language in asked if (party, language) not in designated]


def complete_languages(designated: Collection[tuple[Any, str]], parties: Collection[Any]) -> list[str]:
    """The languages in which every party has a designation, sorted. None where there are no parties."""
    languages = sorted({language for _party, language in designated})
    return [each for each in languages if parties and not lacking(designated, parties, [each])]
