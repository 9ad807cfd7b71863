"""Names written into hashtags: #NorthMacedonia, #KuzeyMakedonya_2026, #kosovo. They are reported, and marked as such."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING

from sofra.lexicon.engine.folding import Folded

if TYPE_CHECKING:
    from sofra.lexicon.engine.matching import Match, Matcher

_HASHTAG = re.compile(r"#(\w{2,100})")
_PIECE = re.compile(r"[^\W\d_]+|\d+")
HASHTAG = "hashtag"
_START, _GUARD = itemgetter(0), itemgetter(9)


def in_hashtags(matcher: Matcher, folded: Folded, language: str | None, found: list[Match]) -> list[Match]:
    """The matches with those inside hashtags of several words among them, in the order of the text."""
    text = folded.text
    more: list[Match] = []
    opened: list[tuple[int, int]] = []
    said = list(map(_GUARD, found))
    taken, at = [], -1
    for _time in range(said.count(HASHTAG)):
        at = said.index(HASHTAG, at + 1)
        taken.append(found[at][0])
    for tag in _HASHTAG.finditer(text):
        pieces = list(_pieces(tag[1], tag.start(1)))
        at = bisect_left(taken, tag.start())
        if len(pieces) < 2 or (at < len(taken) and taken[at] < tag.end()):
            continue
        spread = " ".join(text[start:end] for start, end in pieces)
        places: dict[int, int] = {}
        at = 0
        for start, end in pieces:
            places[at], places[-(at + end - start)] = start, end
            at += end - start + 1
        before = len(more)
        for match in matcher.find(spread, language):
            first, behind = places.get(match.start), places.get(-match.end)
            if first is not None and behind is not None:
                more.append(match._replace(start=first, end=behind, text=text[first:behind], guard=HASHTAG))
        if len(more) > before:
            opened.append(tag.span())
    if not more:
        return found
    # What was found inside such a hashtag as it stood gives way: #Kosovo_EU is two names, not one.
    starts = list(map(_START, found))
    for since, until in opened:
        first = bisect_right(starts, since)
        first -= bool(first and found[first - 1].end > since)
        behind = bisect_left(starts, until)
        del found[first:behind], starts[first:behind]
    return sorted(found + more, key=_START)


def _pieces(tag: str, offset: int) -> list[tuple[int, int]]:
    """Where the words of a hashtag stand: a capital after a small letter, digits and underscores part them."""
    found = []
    for piece in _PIECE.finditer(tag):
        start = piece.start()
        for at in range(piece.start() + 1, piece.end()):
            follows = at + 1 < piece.end() and tag[at + 1].islower() and tag[at - 1].isupper()
            if tag[at].isupper() and (tag[at - 1].islower() or follows):
                found.append((start + offset, at + offset))
                start = at
        found.append((start + offset, piece.end() + offset))
    return found
