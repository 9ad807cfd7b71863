"""When a form does not mean what it could mean: the guards of entities, and those that hold for all of them.

Entities bring their guards as data (the bird, the black forest, a surname, a region); hashtags, addresses of streets, of
e-mail and of pages are known here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from sofra.lexicon.engine import folding
from sofra.lexicon.engine.folding import Folded
from sofra.lexicon.engine.model import Guard
from sofra.lexicon.engine.readings import Reading
from sofra.lexicon.engine.recognising import BCMS
from sofra.lexicon.engine.surroundings import SENTENCE, is_near, listed, touches, word_before, word_behind

#: What `judge` answers where a form does not mean its entity.
DROPPED = "dropped"
HASHTAG = "hashtag"

_APOSTROPHES_HYPHENS = set(folding.encode(folding.APOSTROPHES + folding.HYPHENS))
#: 1 where what follows a form may belong to it: letters, digits, apostrophes, hyphens.
TAILED = bytes(bool(folding.WORD[number]) or number in _APOSTROPHES_HYPHENS for number in range(256))
#: 1 where a neighbour hints at a hashtag, an address of e-mail or of a page, or a name in a program; behind a form a point
#: does so only before a letter.
RISKY = bytes(chr(number) in "#@/\\_=&" for number in range(256))
#: The same and the point.
HINTS = bytes(chr(number) in "#@/\\_=&." for number in range(256))
#: 1 where what stands beside a form tells nothing of it, with what follows.
SILENT = bytes(not (TAILED[number] or RISKY[number] or number == folding.UNKNOWN) for number in range(256))
#: 1 where what stands behind the point behind a form may make an address of both.
CLOSE = bytes(chr(number) not in " \n" for number in range(256))
POINT, BLANK = ord("."), ord(" ")
#: 1 where a digit stands, which makes the number of a house of what follows an adjective.
DIGIT = bytes(chr(number) in "0123456789" for number in range(256))
#: A name up to this length that belongs to a street begins in a stretch of `near_addresses`.
NEAR = 40

_HASH, _SPACES, _SPACE = ord("#"), b" \n", b" "
#: How many words, and how many sets of guards, are remembered.
_KEPT = 5_000
_DASHES = frozenset(bytes([code]) for code in folding.encode(folding.HYPHENS))
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


def addresses(folded: Folded) -> list[Address]:
    """Where words for streets stand in a text: start, end, and whether the name comes before them. Kept with the text."""
    if folded.streets is None:
        names = len(_BEHIND)
        found = _STREETS.find_matches_as_indexes(b" " + folded.scan + b" ")
        folded.streets = [(start, end - 2, number < names) for number, start, end in found]
    return folded.streets


def near_addresses(found: Sequence[Address]) -> list[int]:
    """The stretches of 64 characters in which a name can belong to a street, in the order of the text."""
    return sorted(
        {stretch for start, _end, _before in found for stretch in ((start - 64) >> 6, start >> 6, (start + 64) >> 6)}
    )


def judge(
    folded: Folded, start: int, end: int, reading: Reading, watch: Watch | None, streets: Sequence[Address]
) -> str | None:
    """What the surroundings of a form say (places in the fold): DROPPED, the name of a guard that is reported, or None.
    `watch` is what the guards of the reading make."""
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
    return watch.judge(folded, start, end) if watch is not None else None


def barred(surrounded: bytes) -> bytes | None:
    """The table of what may not come next where the neighbours of a form, which are its first and its last byte, say
    nothing of it; None where they may."""
    before, after = surrounded[0], surrounded[-1]
    if after == POINT:
        return None if CLOSE[before] or POINT in surrounded[:-1] else CLOSE
    return DIGIT if SILENT[after] and not HINTS[before] else None


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


class Watch:
    """The guards that a reading must pass. What a word beside a form leaves of them is remembered: it settles most."""

    __slots__ = ("_by_left", "_by_right", "_guards", "_lefts", "_plain", "_rights")

    def __init__(self, guards: Sequence[Guard]) -> None:
        self._guards = tuple(guards)
        #: Guards as bits: those that ask for nothing but words beside the form; by a word, those that it leaves open and
        #: those that it settles on its side.
        self._plain = _bits(not (each.near or each.shouted or each.named or each.unless) for each in guards)
        self._lefts, self._rights = any(each.left for each in guards), any(each.right for each in guards)
        self._by_left: dict[bytes, tuple[int, int]] = {}
        self._by_right: dict[bytes, tuple[int, int]] = {}

    def judge(self, folded: Folded, start: int, end: int) -> str | None:
        """What the guards say of a form: DROPPED, the name of the first that is reported, or None."""
        may = surely = -1
        if self._lefts:
            word = word_before(folded, start)
            may, surely = self._by_left.get(word) or self._look(word, True)
        if self._rights and may:
            word = word_behind(folded, end)
            open_, settled = self._by_right.get(word) or self._look(word, False)
            may, surely = may & open_, surely & settled
        if not may:
            return None
        surely &= self._plain
        for number, guard in enumerate(self._guards):
            if may >> number & 1 and (surely >> number & 1 or _holds(guard, folded, start, end)):
                return DROPPED if guard.effect == "drop" else guard.name
        return None

    def _look(self, word: bytes, left: bool) -> tuple[int, int]:
        kept = self._by_left if left else self._by_right
        if len(kept) >= _KEPT:
            kept.clear()
        beside = []
        for guard in self._guards:
            words = guard.left if left else guard.right
            beside.append(listed(words, "left" if left else "right").beside(word) if words else (True, True))
        found = kept[word] = _bits(may for may, _surely in beside), _bits(surely for _may, surely in beside)
        return found


def _bits(said: Iterable[bool]) -> int:
    return sum(1 << number for number, each in enumerate(said) if each)


def _holds(guard: Guard, folded: Folded, start: int, end: int) -> bool:
    """Whether all conditions of a guard hold around a form (places in the fold); how the form itself is written was asked
    when it was read."""
    if guard.shouted and not _is_shouted(folded, start, end):
        return False
    if guard.named and not _is_named(folded, start, end):
        return False
    if guard.unless and touches(guard.unless, folded, start, end, left=True):
        return False
    if guard.left and not touches(guard.left, folded, start, end, left=True):
        return False
    if guard.right and not touches(guard.right, folded, start, end, left=False):
        return False
    return not guard.near or is_near(guard.near, folded, start, end)


def _is_shouted(folded: Folded, start: int, end: int) -> bool:
    """Whether the line around a form is in capitals, with another word at least."""
    codes = folded.codes
    since = max(codes.rfind(b"\n", 0, start) + 1, start - SENTENCE)
    until = codes.find(b"\n", end, end + SENTENCE)
    line = folding.letters(codes[since:start] + codes[end : until if until >= 0 else end + SENTENCE])
    return line.isupper()


def _is_named(folded: Folded, start: int, end: int) -> bool:
    """Whether a form is a given name: written with a capital, and one word with a capital behind it, a surname."""
    codes = folded.codes
    if codes[end : end + 1] != _SPACE or not folding.capital(codes, start):
        return False
    surname, *further = folding.letters(codes[end + 1 : end + NEAR * 2]).split(" ", 2)
    if not surname[:1].isupper() or surname.isupper():
        return False
    return not surname[-1].isalpha() or not further or not further[0][:1].isupper()


#: By the identity of their guards, which are kept with them.
_WATCHES: dict[tuple[int, ...], Watch] = {}


def watch(guards: Sequence[Guard]) -> Watch | None:
    """What looks around a form for these guards; None where there are none. The same for the same guards."""
    key = tuple(map(id, guards))
    if len(_WATCHES) > _KEPT:
        _WATCHES.clear()
    if guards and key not in _WATCHES:
        _WATCHES[key] = Watch(guards)
    return _WATCHES.get(key)
