"""Where a text quotes somebody: the stretches between quotation marks of the house's languages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

#: A quotation does not pass an empty line. An apostrophe opens none.
QUOTED = re.compile(
    r"„[^„“”\"]{1,2000}[“”\"]|“[^“”]{1,2000}”|«[^«»]{1,2000}»|»[^«»]{1,2000}«|(?<!\w)\"[^\"]{1,2000}\"(?!\w)|‚[^‚‘]{1,2000}‘"
)
#: One or two words between marks are a name that is spoken about as often as speech; from so many words on it is speech.
_SPEECH = 4

_OPENING = '„“«»"‚'


class Quotations:
    """The quotations of a text; found when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._spans: list[tuple[int, int]] | None = None

    def hold(self, start: int, end: int) -> bool:
        """Whether a stretch of the text stands inside quoted speech."""
        if self._spans is None:
            self._spans = [
                found.span()
                for found in quotations(self._text)
                if "\n\n" not in found[0] and len(found[0].split()) >= _SPEECH
            ]
        place = bisect_right(self._spans, (start, len(self._text) + 1)) - 1
        return place >= 0 and self._spans[place][0] <= start and end <= self._spans[place][1]


def quotations(text: str) -> Iterator[re.Match[str]]:
    """What stands between marks, from left to right; looked for only where a mark stands, which few characters are."""
    places = []
    for mark in _OPENING:
        at = text.find(mark)
        while at >= 0:
            places.append(at)
            at = text.find(mark, at + 1)
    done = 0
    for at in sorted(places):
        if at >= done and (found := QUOTED.match(text, at)):
            done = found.end()
            yield found
