"""When a form does not mean what it could mean: the guards of entities, and those that hold for all of them.

Entities bring their guards as data (the bird, the black forest, a surname, a region); hashtags, addresses of streets, of
e-mail and of pages are known here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from sofra.lexicon.engine import folding, serbian_scripts
from sofra.lexicon.engine.folding import Folded
from sofra.lexicon.engine.model import Guard
from sofra.lexicon.engine.readings import Reading
from sofra.lexicon.engine.recognising import BCMS

#: What `judge` answers where a form does not mean its entity.
DROPPED = "dropped"
HASHTAG = "hashtag"

_APOSTROPHES = frozenset(folding.encode(folding.APOSTROPHES))
_APOSTROPHES_HYPHENS = set(folding.encode(folding.APOSTROPHES + folding.HYPHENS))
#: 1 where what follows a form may belong to it: letters, digits, apostrophes, hyphens.
TAILED = bytes(bool(folding.WORD[number]) or number in _APOSTROPHES_HYPHENS for number in range(256))
#: 1 where a neighbour hints at a hashtag, an address of e-mail or of a page, or a name in a program; behind a form a point
#: does so only before a letter.
RISKY = bytes(chr(number) in "#@/\\_=&" for number in range(256))
POINT, BLANK = ord("."), ord(" ")
#: 1 where a digit stands, which makes the number of a house of what follows an adjective.
DIGIT = bytes(chr(number) in "0123456789" for number in range(256))
#: A name up to this length that belongs to a street begins in a stretch of `near_addresses`.
NEAR = 40

_HASH, _SPACES = ord("#"), b" \n"
_REACH, _SENTENCE, _KEPT = 90, 400, 4_000
_BETWEEN = folding.encode(" \n\t\r\u00a0,") + folding.encode(folding.HYPHENS)
_DASHES = frozenset(bytes([code]) for code in folding.encode(folding.HYPHENS))
_ENDS = re.compile(rb"[.!?][\s\"')\]]|\n\s*\n")
_CLAUSE = re.compile(rb"[^.,;:!?()\"\n]*")
_WEB = re.compile(
    r"\S*@[\w-]+(?:\.[\w-]+)+\S*|(?:[a-z][a-z+]+://|www\.)\S+|(?<![\w.])(?:[\w-]+\.)+(?:com|org|net|int|info|eu|edu|gov|mil|gob|"
    r"al|ba|hr|ks|me|mk|rs|si|tr|xk|gr|bg|ro|hu|it|de|at|uk|fr|us|ch|ru)(?:/\S*)?(?![\w])|@\w+",
    re.IGNORECASE,
)

#: Words that make an address of what stands before or behind them.
_STREETS_BEHIND = (
    "street st str avenue ave road square boulevard lane cad caddesi caddesinde cd sok sokak sokagi sk bulvari blv "
    "mah mahallesi"
)
_STREETS_BEFORE = (
    "ulica ulici ulicu ulice ul bulevar bulevaru bulevara bul trg trgu rruga rruges rrugen rr bulevardi bulevardit sheshi "
    "улица улици улицу улице ул булевар булевару булевара бул трг тргу улицата бул булеварот"
)


def _markers(words: str) -> list[bytes]:
    return [b" " + folding.scan(word) + b" " for word in dict.fromkeys(words.split())]


_BEHIND, _BEFORE = _markers(_STREETS_BEHIND), _markers(_STREETS_BEFORE)
_STREETS = BytesAhoCorasick(_BEHIND + _BEFORE, MatchKind.LeftmostLongest, Implementation.DFA)

#: “Makedonska 22”: an adjective with the number of a house is a street.
_HOUSE = re.compile(rb" [0-9]{1,3}[a-z]?(?=[,;)\n]|\.?$|\.\s)")
_ADJECTIVE_STREETS = frozenset({BCMS, "mk"})

Address = tuple[int, int, bool]


def addresses(scan: bytes) -> list[Address]:
    """Where words for streets stand in a scanned text: start, end, and whether the name comes before them."""
    names = len(_BEHIND)
    return [
        (start, end - 2, number < names) for number, start, end in _STREETS.find_matches_as_indexes(b" " + scan + b" ")
    ]


def near_addresses(found: Sequence[Address]) -> frozenset[int]:
    """The stretches of 64 characters in which a name can belong to a street."""
    return frozenset(
        stretch for start, _end, _before in found for stretch in ((start - 64) >> 6, start >> 6, (start + 64) >> 6)
    )


def judge(folded: Folded, start: int, end: int, reading: Reading, streets: Sequence[Address]) -> str | None:
    """What the surroundings of a form say (places in the fold): DROPPED, the name of a guard that is reported, or None."""
    codes = folded.codes
    before = codes[start - 1] if start else BLANK
    after = codes[end] if end < len(codes) else BLANK
    if before == _HASH:
        return HASHTAG
    hinted = RISKY[before] or RISKY[after] or before == POINT
    if not hinted and after == POINT:
        behind = codes[end + 1] if end + 1 < len(codes) else BLANK
        hinted = behind not in _SPACES or before not in _SPACES or b"." in codes[start:end]
    if hinted and _in_web_address(folded, start, end):
        return DROPPED
    if streets and reading.kind != "demonym" and _in_street(folded, start, end, streets):
        return DROPPED
    if reading.kind == "adjective" and _HOUSE.match(codes, end) and reading.group in _ADJECTIVE_STREETS:
        return DROPPED
    # The words beside a form are looked at once; most guards are settled by that.
    left = right = None
    for guard in reading.guards:
        if guard.left:
            if left is None:
                left = _word_before(folded, start)
            if not _words(guard.left, "left").may_touch(left):
                continue
        if guard.right:
            if right is None:
                right = _word_behind(folded, end)
            if not _words(guard.right, "right").may_touch(right):
                continue
        if holds(guard, folded, start, end):
            return DROPPED if guard.effect == "drop" else guard.name
    return None


def _word_before(folded: Folded, start: int) -> bytes:
    """The word that touches a form from the left, as scanned; empty where none does."""
    since = max(0, start - _REACH)
    until = since + len(folded.codes[since:start].rstrip(_BETWEEN))
    said = folded.scan[since:until].rsplit(None, 1)
    return said[-1] if said else b""


def _word_behind(folded: Folded, end: int) -> bytes:
    behind = folded.codes[end : end + _REACH]
    since = len(behind) - len(behind.lstrip(_BETWEEN))
    said = folded.scan[end + since : end + len(behind)].split(None, 1)
    return said[0] if said else b""


def _in_web_address(folded: Folded, start: int, end: int) -> bool:
    text = folded.text
    first, behind = folded.place(start), folded.end(end)
    left, right = first, behind
    while left > 0 and not text[left - 1].isspace() and first - left < 200:
        left -= 1
    while right < len(text) and not text[right].isspace() and right - behind < 200:
        right += 1
    return any(
        found.start() < behind - left and found.end() > first - left for found in _WEB.finditer(text[left:right])
    )


def _in_street(folded: Folded, start: int, end: int, streets: Sequence[Address]) -> bool:
    """“Kosova Caddesi No: 5”, “Bulevar Crne Gore”, “ulica Bosanska 12”: at most one word stands between."""
    codes = folded.codes
    # A road from one town to another is no street: rruga Prishtinë–Shkup.
    road = codes[end : end + 1] in _DASHES
    near = bisect_left(streets, (start - NEAR, 0, False))
    for since, until, name_before in streets[near : near + 8]:
        if since > end + 24:
            break
        if name_before and since >= end and _joined(codes[end:since]):
            return True
        # "ul" without a point is the Albanian "sat down".
        street = codes[since:until].strip().lower() != b"ul" or codes[until : until + 1] == b"."
        if not name_before and until <= start and street and not road and _joined(codes[until:start]):
            return True
    return False


def _joined(between: bytes) -> bool:
    words = between.split()
    return (len(words) == 0 and not between.strip(b" .\n")) or (
        len(words) == 1 and len(words[0]) <= 2 and words[0] != b"."
    )


def holds(guard: Guard, folded: Folded, start: int, end: int) -> bool:
    """Whether all conditions of a guard hold around a form (places in the fold)."""
    if guard.lower and not folding.letters(folded.codes[start : start + 1]).islower():
        return False
    if guard.capital and not folding.letters(folded.codes[start : start + 1]).isupper():
        return False
    if guard.bare and any(code in _APOSTROPHES for code in folded.codes[start:end]):
        return False
    if guard.left and not touches(guard.left, folded, start, end, left=True):
        return False
    if guard.right and not touches(guard.right, folded, start, end, left=False):
        return False
    return not guard.near or is_near(guard.near, folded, start, end)


def touches(words: tuple[str, ...], folded: Folded, start: int, end: int, left: bool) -> bool:
    """Whether one of the words touches a form on a side, with only blanks, a comma or a hyphen between."""
    codes = folded.codes
    if left:
        said = codes[max(0, start - _REACH) : start].rstrip(_BETWEEN)
        return bool(_words(words, "left").pattern.search(b" " + _in_blanks(said)))
    said = codes[end : end + _REACH].lstrip(_BETWEEN)
    return bool(_words(words, "right").pattern.match(_in_blanks(said) + b" "))


def has_head(words: tuple[str, ...], folded: Folded, start: int, end: int, left: bool) -> bool:
    """Whether the noun a form stands with is one of the words: the first or second word behind it, or before it (`left`)."""
    codes = folded.codes
    if left:
        before = _in_blanks(codes[max(0, start - _REACH) : start].rstrip(_BETWEEN)).split()[-2:]
        return any(_words(words, "near").pattern.search(b" " + word + b" ") for word in before)
    behind = codes[end : end + _REACH].lstrip(_BETWEEN)
    clause = _CLAUSE.match(behind)
    head = b" ".join(_in_blanks(clause[0] if clause else b"").split()[:2])
    return bool(_words(words, "near").pattern.search(b" " + head + b" "))


def is_near(words: tuple[str, ...], folded: Folded, start: int, end: int) -> bool:
    """Whether one of the words stands in the same sentence, outside the form."""
    since, until = sentence(folded.codes, start, end)
    around = folded.scan[since:start] + b" | " + folded.scan[end:until]
    return bool(_words(words, "near").pattern.search(b" " + around + b" "))


def sentence(codes: bytes, start: int, end: int) -> tuple[int, int]:
    """Where the sentence around a form begins and ends, looking no further than a few hundred characters."""
    since = max(0, start - _SENTENCE)
    for found in _ENDS.finditer(codes, since, start):
        since = found.end()
    found_end = _ENDS.search(codes, end, end + _SENTENCE)
    return since, found_end.start() if found_end else min(len(codes), end + _SENTENCE)


def _in_blanks(codes: bytes) -> bytes:
    return folding.scanned(codes)


class _Words:
    """A list of words as a pattern (`left`: at the end of what is searched; `right`: at its beginning; `near`: anywhere),
    in either script, and the word of each that is next to a form."""

    def __init__(self, words: tuple[str, ...], side: str) -> None:
        said = set(_both_scripts(words))
        any_word = b"|".join(
            sorted(
                (
                    b" +".join(map(re.escape, each)) + folding.LETTER * starred + b"*" * starred
                    for each, starred in said
                ),
                reverse=True,
            )
        )
        any_word = any_word or b"(?!)"
        shapes = {"left": b" (?:%b) *$", "right": b" *(?:%b)(?= )", "near": b" (?:%b)(?= )"}
        self.pattern = re.compile(shapes[side] % any_word)
        next_to = -1 if side == "left" else 0
        begun = {(each[next_to], starred and (side == "left" or len(each) == 1)) for each, starred in said}
        self._whole = frozenset(word for word, starred in begun if not starred)
        self._begun = tuple(word for word, starred in begun if starred)

    def may_touch(self, word: bytes) -> bool:
        """False where the pattern cannot match beside this word."""
        return word in self._whole or word.startswith(self._begun)


#: By the identity of their words, which are kept with them: hashing long lists for each name would cost more.
_KNOWN: dict[tuple[int, str], tuple[tuple[str, ...], _Words]] = {}


def _words(words: tuple[str, ...], side: str) -> _Words:
    known = _KNOWN.get((id(words), side))
    if known is None or known[0] is not words:
        if len(_KNOWN) > _KEPT:
            _KNOWN.clear()
        known = _KNOWN[id(words), side] = words, _made(words, side)
    return known[1]


@lru_cache(maxsize=2_000)
def _made(words: tuple[str, ...], side: str) -> _Words:
    return _Words(words, side)


def _both_scripts(words: Iterable[str]) -> Iterable[tuple[tuple[bytes, ...], bool]]:
    """Words as they are scanned, in either script, and whether they may go on."""
    for word in words:
        for written in {word, serbian_scripts.to_latin(word), serbian_scripts.to_cyrillic(word)}:
            scanned = tuple(folding.scan(written.rstrip("*")).split())
            if scanned:
                yield scanned, word.endswith("*")
