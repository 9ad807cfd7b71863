"""What stands around a form: the words beside it, those of its sentence, the noun it stands with. Places are those of the fold.

Lists of words are compared folded, in either script; what a word of a text is to a list is remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from sofra.lexicon.engine import folding, serbian_scripts
from sofra.lexicon.engine.folding import Folded

#: How far the words beside a form are looked for, and the ends of its sentence; most sentences begin nearer.
_REACH, SENTENCE, _NEARER = 90, 400, 120
#: How many lists of words are kept, and how many words of texts for each.
_LISTS, _KEPT = 4_000, 20_000
_BLANK = ord(" ")
_BETWEEN = folding.encode(" \n\t\r\u00a0,") + folding.encode(folding.HYPHENS)
#: A mark with what closes a sentence, or an empty line. (A pattern that begins with a set of bytes is searched for fastest.)
_ENDS = re.compile(rb"[.!?\n](?:(?<!\n)[\s\"')\]]|(?<=\n)\s*\n)")
_CLAUSE = re.compile(rb"[^.,;:!?()\"\n]*")
_DIGITS = re.compile(rb"[0-9]")
#: How words stand on each side of a form.
_SHAPES = {"left": b" (?:%b) *$", "right": b" *(?:%b)(?= )", "near": b" (?:%b)(?= )"}


def word_before(folded: Folded, start: int) -> bytes:
    """The word that touches a form from the left, as scanned; empty where none does."""
    codes, scan = folded.codes, folded.scan
    since = start - _REACH if start > _REACH else 0
    if start > 1 and codes[start - 1] == _BLANK != scan[start - 2]:
        return scan[since : start - 1].rpartition(b" ")[2]
    said = scan[since : since + len(codes[since:start].rstrip(_BETWEEN))].rsplit(None, 1)
    return said[-1] if said else b""


def word_behind(folded: Folded, end: int) -> bytes:
    """The word that touches a form from the right, as scanned; empty where none does."""
    codes, scan = folded.codes, folded.scan
    if end + 1 < len(codes) and codes[end] == _BLANK != scan[end + 1]:
        until = scan.find(b" ", end + 1, end + _REACH)
        return scan[end + 1 : until if until >= 0 else end + _REACH]
    behind = codes[end : end + _REACH]
    since = len(behind) - len(behind.lstrip(_BETWEEN))
    said = scan[end + since : end + len(behind)].split(None, 1)
    return said[0] if said else b""


def touches(words: tuple[str, ...], folded: Folded, start: int, end: int, left: bool) -> bool:
    """Whether one of the words touches a form on a side, with only blanks, a comma or a hyphen between."""
    known = listed(words, "left" if left else "right")
    may, surely = known.beside(word_before(folded, start) if left else word_behind(folded, end))
    return surely or (may and reaches(known, folded, start, end, left))


def reaches(known: Words, folded: Folded, start: int, end: int, left: bool) -> bool:
    """The same where the word that touches is the nearest of several that must stand there together."""
    codes = folded.codes
    if left:
        last = folding.scanned(codes[max(0, start - _REACH) : start].rstrip(_BETWEEN)).rsplit(None, known.most)
        return bool(known.pattern.search(b" " + b" ".join(last[-known.most :])))
    said = codes[end : end + _REACH].lstrip(_BETWEEN)
    return bool(known.pattern.match(folding.scanned(said) + b" "))


def has_head(words: tuple[str, ...], folded: Folded, start: int, end: int, left: bool) -> bool:
    """Whether the noun a form stands with is one of the words: the first or second word behind it, or before it (`left`)."""
    codes, known = folded.codes, listed(words, "near")
    if left:
        before = folding.scanned(codes[max(0, start - _REACH) : start].rstrip(_BETWEEN)).split()[-2:]
        return any(known.among(word) for word in before)
    behind = codes[end : end + _REACH].lstrip(_BETWEEN)
    clause = _CLAUSE.match(behind)
    return known.among(b" ".join(folding.scanned(clause[0] if clause else b"").split()[:2]))


def is_near(words: tuple[str, ...], folded: Folded, start: int, end: int) -> bool:
    """Whether one of the words stands in the same sentence, outside the form."""
    scan, known = folded.scan, listed(words, "near")
    since, until = sentence(folded, start, end)
    first, last, said = folded.said
    if first != since or last != until:
        said = scan[since:until].split()
        folded.said = since, until, said
    # Those of the form are among them: that none is one of the words is certain, that one is must be seen without it.
    return known.may_be_among(said) and known.among(scan[since:start] + b" | " + scan[end:until])


def sentence(folded: Folded, start: int, end: int) -> tuple[int, int]:
    """Where the sentence around a form begins and ends, looking no further than a few hundred characters. Kept for the
    next form in it."""
    looked, begun, since, until = folded.sentence
    if looked <= start and end <= until and begun >= start - SENTENCE:
        return since, until
    codes, begun = folded.codes, -1
    for reach in (_NEARER, SENTENCE):
        since = max(0, start - reach)
        for found in _ENDS.finditer(codes, since, start):
            begun, since = found.span()
        if begun >= 0:
            break
    behind = _ENDS.search(codes, start, end + SENTENCE)
    whole = behind is None or behind.start() >= end
    if not whole:
        behind = _ENDS.search(codes, end, end + SENTENCE)
    if behind is None:
        return since, min(len(codes), end + SENTENCE)
    if whole and begun >= 0:
        folded.sentence = start, begun, since, behind.start()
    return since, behind.start()


class Words:
    """A list of words as a pattern (`left`: at the end of what is searched; `right`: at its beginning; `near`: anywhere),
    in either script, and what single words are to it."""

    def __init__(self, words: tuple[str, ...], side: str) -> None:
        said = self._said = frozenset(_both_scripts(words))
        self._side = side
        self._whole = frozenset(each[0] for each, starred in said if len(each) == 1 and not starred)
        self._begun = tuple(each[0] for each, starred in said if len(each) == 1 and starred)
        several = [(each, starred) for each, starred in said if len(each) > 1]
        #: How many words the longest phrase has.
        self.most = max((len(each) for each, _starred in several), default=1)
        self._nearest = frozenset(each[-1 if side == "left" else 0] for each, _starred in several)
        #: On the left, the last word of a phrase may go on.
        self._goes_on = tuple(each[-1] for each, starred in several if starred and side == "left")
        self._seen: set[bytes] = set()
        self._ours: set[bytes] = set()

    @cached_property
    def pattern(self) -> re.Pattern[bytes]:
        """Made when first asked for: words by themselves settle most, and it takes a hundred times as long to make as they."""
        any_word = b"|".join(
            sorted(
                (
                    b" +".join(map(re.escape, each)) + folding.LETTER * starred + b"*" * starred
                    for each, starred in self._said
                ),
                reverse=True,
            )
        )
        return re.compile(_SHAPES[self._side] % (any_word or b"(?!)"))

    def beside(self, word: bytes) -> tuple[bool, bool]:
        """Whether the pattern can match beside this word, and whether it surely does."""
        alone = word in self._whole or (word.startswith(self._begun) and not _DIGITS.search(word))
        return alone or word in self._nearest or word.startswith(self._goes_on), alone

    def among(self, scan: bytes) -> bool:
        """Whether one of the words stands in a stretch of a scanned text."""
        said = scan.split()
        if not self.may_be_among(said):
            return False
        return not self._ours.isdisjoint(said) or bool(self.pattern.search(b" " + scan + b" "))

    def may_be_among(self, said: Sequence[bytes]) -> bool:
        """Whether one of the words can be in a stretch whose words are `said`; False is certain."""
        if not self._seen.issuperset(said):
            self._look_at(said)
        return not (self._ours.isdisjoint(said) and self._nearest.isdisjoint(said))

    def _look_at(self, said: Sequence[bytes]) -> None:
        if len(self._seen) > _KEPT:
            self._seen.clear()
            self._ours.clear()
        self._seen.update(said)
        self._ours.update(word for word in said if self.beside(word)[1])


#: By the identity of their words, which are kept with them: hashing long lists for each name would cost more.
_KNOWN: dict[tuple[int, str], tuple[tuple[str, ...], Words]] = {}


def listed(words: tuple[str, ...], side: str) -> Words:
    """The words as a pattern of a side: `left`, `right` or `near`."""
    known = _KNOWN.get((id(words), side))
    if known is None or known[0] is not words:
        if len(_KNOWN) > _LISTS:
            _KNOWN.clear()
        known = _KNOWN[id(words), side] = words, _made(words, side)
    return known[1]


@lru_cache(maxsize=2_000)
def _made(words: tuple[str, ...], side: str) -> Words:
    return Words(words, side)


def _both_scripts(words: Iterable[str]) -> Iterable[tuple[tuple[bytes, ...], bool]]:
    """Words as they are scanned, in either script, and whether they may go on."""
    for word in words:
        for written in {word, serbian_scripts.to_latin(word), serbian_scripts.to_cyrillic(word)}:
            scanned = tuple(folding.scan(written.rstrip("*")).split())
            if scanned:
                yield scanned, word.endswith("*")
