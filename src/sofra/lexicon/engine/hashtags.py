"""Names written into hashtags: #NorthMacedonia, #KuzeyMakedonya_2026, #kosovo. They are reported, and marked as such."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from sofra.lexicon.engine.folding import Folded

if TYPE_CHECKING:
    from sofra.lexicon.engine.matching import Match, Matcher

_HASHTAG = re.compile(r"#(\w{2,100})")
_PIECE = re.compile(r"[^\W\d_]+|\d+")
HASHTAG = "hashtag"


def in_hashtags(matcher: Matcher, folded: Folded, language: str | None, found: list[Match]) -> list[Match]:
    """The matches with those inside hashtags of several words among them, in the order of the text."""
    text, more = folded.text, []
    taken = [match.start for match in found if match.guard == HASHTAG]
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
        for match in matcher.find(spread, language):
            first, behind = places.get(match.start), places.get(-match.end)
            if first is not None and behind is not None:
                more.append(match._replace(start=first, end=behind, text=text[first:behind], guard=HASHTAG))
    if not more:
        return found
    # What was found inside such a hashtag as it stood gives way: #Kosovo_EU is two names, not one.
    tags = [tag.span() for tag in _HASHTAG.finditer(text)]
    starts, opened = [start for start, _end in tags], {match.start for match in more}
    opened = {starts[bisect_right(starts, start) - 1] for start in opened}
    free = [each for each in found if not _inside(each, tags, starts, opened)]
    return sorted(free + more, key=lambda match: match.start)


def _inside(match: Match, tags: list[tuple[int, int]], starts: list[int], opened: set[int]) -> bool:
    at = bisect_left(starts, match.end) - 1
    return at >= 0 and tags[at][0] in opened and match.start < tags[at][1]


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
