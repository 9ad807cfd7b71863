"""Folding that keeps every place: a text becomes one byte per character, so that an offset in the fold is an offset in the text.

The bytes are made in a few passes of C (a character map, then tables of 256 bytes); nothing walks over the text letter by
letter. Only what is rare is handled by Python, and only where it occurs: marks and invisible characters that stand inside
words are taken out and remembered, blanks in a row become one, and letters of two scripts in one word are looked at.

Three foldings of the same bytes:

- `codes`: every letter of the house's languages its own byte, capitals apart (what was written);
- `fine`:  small letters, diacritics kept; İ, I, ı and i are one letter;
- `scan`:  small letters without diacritics, Cyrillic apart from Latin, and everything that is no letter or digit a blank.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field

from ahocorasick_rs import BytesAhoCorasick, MatchKind

CYRILLIC = "абвгдђежзијклљмнњопрстћуфхцчџшѓќѕ"
_FURTHER_CYRILLIC = "йыэя"
_PLAIN_CYRILLIC = {"ѓ": "г", "ќ": "к", "й": "и"}
_PLAIN_LATIN = dict(zip("çğıöşüâîûëčćšžđáéíóúèàäñ", "cgiosuaiueccszdaeioueaan", strict=True))
APOSTROPHES = "'’‘ʼ`´"
HYPHENS = "-‐‑–—−"
_BLANKS = " \t\r\x0b\x0c\u00a0\u2009\u202f\u3000\u2003\u0085"
#: Seen by nobody: soft hyphen, zero-width characters, marks that stand on the letter before them.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_MARKS = "\u0300\u0301\u0302\u0304\u0306\u0307\u0308\u030c\u0327"
#: Quotation marks beyond ASCII.
QUOTES = "„“”«»"
_OTHER_PUNCTUATION = QUOTES + "…•·"
#: What stands for every character that has no byte of its own.
UNKNOWN = ord("?")
_GONE = 0x7F
_BLANK, _LINE = 0x20, 0x0A


def _alphabet() -> str:
    """256 characters, one for each byte. Control characters give their bytes to letters; byte 0 must stay character 0."""
    wanted: list[str] = []
    for letters in (CYRILLIC + _FURTHER_CYRILLIC, "".join(_PLAIN_LATIN)):
        for letter in letters:
            wanted += [letter, "İ" if letter == "ı" else letter.upper()]
    wanted += [
        mark for mark in APOSTROPHES + HYPHENS + _BLANKS + _INVISIBLE + _MARKS + _OTHER_PUNCTUATION if ord(mark) > 127
    ]
    free = [number for number in range(1, 256) if number > 127 or (number < 32 and chr(number) not in "\t\n\r\x0b\x0c")]
    table = [chr(number) for number in range(128)] + ["\ufffe"] * 128
    for number in free:
        table[number] = "\ufffe"
    # The seldom ones last: if the places run out, they are what is handled as unknown.
    for number, letter in zip(reversed(free), dict.fromkeys(wanted), strict=False):
        table[number] = letter
    return "".join(table)


_ALPHABET = _alphabet()
_SAID = _ALPHABET.replace("ʼ", "’")
_MAP = codecs.charmap_build(_ALPHABET)
_CODE = {letter: number for number, letter in enumerate(_ALPHABET) if letter != "\ufffe"}


def _table(change: dict[str, str]) -> bytes:
    found = bytearray(range(256))
    for old, new in change.items():
        if old in _CODE:
            found[_CODE[old]] = _CODE[new]
    return bytes(found)


def _lowered() -> dict[str, str]:
    change = {letter: letter.lower() for letter in _CODE if letter.isalpha() and letter != "İ"}
    return change | {"İ": "i", "I": "i", "ı": "i"}


def _loosened() -> dict[str, str]:
    plain = _PLAIN_LATIN | _PLAIN_CYRILLIC
    change = {letter: plain.get(small, small) for letter, small in _lowered().items()}
    change |= {"\x7f": " "}
    change |= dict.fromkeys(_BLANKS, " ")
    return change | dict.fromkeys(_INVISIBLE + _MARKS, "\x7f")


#: From codes.
FINE = _table(_lowered())
_LOOSE = _table(_loosened())
_LETTERS = frozenset(_CODE[letter] for letter in _CODE if letter.isalpha() and letter not in APOSTROPHES)
_DIGITS = frozenset(b"0123456789")
#: From the loose fold to what is scanned: everything that no name is made of is a blank.
_SCAN = bytes(number if number in _LETTERS | _DIGITS else _BLANK for number in range(256))
#: From codes to the scan that keeps capitals.
_CASED = bytes(
    _SCAN[
        number
        if number not in _LETTERS
        else _CODE[_ALPHABET[_LOOSE[number]].upper()]
        if _ALPHABET[number].isupper()
        else _LOOSE[number]
    ]
    for number in range(256)
)
#: 1 where a byte of `scan` or `codes` is a letter or digit.
WORD = bytes(number in _LETTERS | _DIGITS for number in range(256))
_CAPITAL = bytes(letter.isupper() for letter in _SAID)
_CYRILLIC_BYTES = frozenset(
    _CODE[each] for small in CYRILLIC + _FURTHER_CYRILLIC for each in (small, small.upper()) if each in _CODE
)
#: The script of each byte: L, C, or a point.
_SCRIPT = bytes(
    ord("C") if number in _CYRILLIC_BYTES else ord("L") if number in _LETTERS else ord(".") for number in range(256)
)
LETTER = b"[" + b"".join(re.escape(bytes([number])) for number in sorted(_LETTERS)) + b"]"
MARK = b"[" + b"".join(re.escape(bytes([_CODE[each]])) for each in APOSTROPHES if each in _CODE) + b"]"
HYPHEN = b"[" + b"".join(re.escape(bytes([_CODE[each]])) for each in HYPHENS if each in _CODE) + b"]"
_BLANKS_IN_A_ROW = re.compile(rb"[ \n]+")
#: How a row of blanks begins that becomes one; an empty line does not. (Pairs of bytes that are common by themselves are
#: found many times faster by these than by `bytes.find`, and fastest in these two parts.)
_ROWS = tuple(BytesAhoCorasick(pairs, MatchKind.LeftmostFirst) for pairs in ([b"  "], [b" \n", b"\n "]))
#: Where the script changes within a word; in two parts for the same reason.
_CHANGES = tuple(BytesAhoCorasick([pair], MatchKind.LeftmostFirst) for pair in (b"LC", b"CL"))

#: Letters that look alike: Cyrillic (and what has no byte) to Latin. Capitals have likenesses that small letters have not.
_LIKE_LATIN = dict(zip("аеорсхујѕАВЕЅЈКМНОРСТХУЗ", "aeopcxyjsABESJKMHOPCTXYZ", strict=True))
_SOUND_LATIN = dict(zip("бвгдђзиклмнптћфцчшж", "bvgddziklmnptcfccsz", strict=True))
_LIKE_CYRILLIC = {latin: cyrillic for cyrillic, latin in _LIKE_LATIN.items() if latin != "Z"}
_SOUND_CYRILLIC = dict(zip("bvgdziklmnrtfu", "бвгдзиклмнртфу", strict=True))
#: Letters of further scripts that pass for Latin ones.
_FOREIGN_LIKENESS = dict(zip("οΟαΑεΕιΙκΚνΝτΤρΡΒΗΜΥΧΖіІԁһӏɑɡո", "oOaAeEiIkKvNtTpPBHMYXZiIdhlagn", strict=True))
_LONGEST_WORD = 80


def encode(text: str) -> bytes:
    """One byte per character."""
    return codecs.charmap_encode(text, "replace", _MAP)[0]


def fine(text: str) -> bytes:
    """The fine fold of a form: composed, without what is invisible."""
    return encode(bare(text)).translate(FINE)


def scan(text: str) -> bytes:
    """What a form looks like in a scanned text."""
    return scanned(encode(bare(text)))


def scanned(codes: bytes) -> bytes:
    """The scan of codes."""
    return codes.translate(_LOOSE).translate(_SCAN)


def cased(codes: bytes) -> bytes:
    """Like the scan, but with capitals."""
    return codes.translate(_CASED)


def capital(codes: bytes, at: int) -> bool:
    """Whether a capital letter stands at a place, which may lie behind the end."""
    return at < len(codes) and _CAPITAL[codes[at]] == 1


def letters(codes: bytes) -> str:
    """The characters that codes stand for; the modifier apostrophe as an apostrophe, for it is a letter to Unicode."""
    return "".join(_SAID[code] for code in codes)


def bare(text: str) -> str:
    """Composed, and without invisible characters."""
    return unicodedata.normalize("NFC", text).translate(_WITHOUT)


_WITHOUT = {ord(letter): None for letter in _INVISIBLE + _MARKS}


@dataclass(slots=True)
class Folded:
    """A text and its foldings. `codes` and `scan` have one length; where characters were taken out, `place` leads back.

    `mixed` are the words of two scripts, as (start, end, readings) in the fold, each reading being the word's codes as of
    one script; the first is the likelier.
    """

    text: str
    codes: bytes
    scan: bytes
    gone: list[int] = field(default_factory=list)
    mixed: list[tuple[int, int, list[bytes]]] = field(default_factory=list)
    #: What was found in it and is asked for again: the sentence last looked at (from where, its beginning with and without
    #: the mark before it, its end), the words from its beginning to its end, and where words for streets stand.
    sentence: tuple[int, int, int, int] = (0, -1, 0, -1)
    said: tuple[int, int, list[bytes]] = (0, -1, [])
    streets: list[tuple[int, int, bool]] | None = None

    def place(self, at: int) -> int:
        """Where a character of the fold stands in the text."""
        return at + bisect_right(self.gone, at) if self.gone else at

    def back(self, place: int) -> int:
        """Where a place in the text stands in the fold."""
        if not self.gone:
            return place
        low, high = 0, len(self.gone)
        while low < high:
            middle = (low + high) // 2
            if self.gone[middle] + middle < place:
                low = middle + 1
            else:
                high = middle
        return place - low

    def end(self, at: int) -> int:
        """Where what ends before `at` in the fold ends in the text, with the marks that stand on its last letter."""
        if not self.gone:
            return at
        found, text = self.place(at - 1) + 1 if at else 0, self.text
        while found < len(text) and unicodedata.combining(text[found]):
            found += 1
        return found


def fold(text: str) -> Folded:
    """Fold a text of any length and content."""
    codes = encode(text)
    if codes.count(b"?") != text.count("?"):
        codes, strangers = _adopt(text, codes)
    else:
        strangers = {}
    loose = codes.translate(_LOOSE)
    gone = _to_take_out(loose)
    if gone:
        codes, loose = _without(codes, gone), _without(loose, gone)
    folded = Folded(text, codes, loose.translate(_SCAN), [at - number for number, at in enumerate(gone)])
    scripts = codes.translate(_SCRIPT)
    two_scripts = b"C" in scripts and b"L" in scripts
    changes = [at for pair in _CHANGES if two_scripts for _pair, at, _end in pair.find_matches_as_indexes(scripts)]
    if strangers or changes:
        _find_mixed(folded, scripts, changes, strangers)
    return folded


def _adopt(text: str, codes: bytes) -> tuple[bytes, dict[int, str]]:
    """Give letters without a byte that stand in words the byte of the letter they are (é, ﬀ) or look like (Greek ο)."""
    changed, strangers = bytearray(codes), {}
    padded, at = b" " + codes + b" ", -1
    while (at := codes.find(b"?", at + 1)) >= 0:
        letter = text[at]
        if letter == "?" or not (padded[at] in _LETTERS or padded[at + 2] in _LETTERS):
            continue
        if letter in _FOREIGN_LIKENESS:
            changed[at] = _CODE[_FOREIGN_LIKENESS[letter]]
            strangers[at] = letter
        elif unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
            changed[at] = _CODE[_MARKS[0]]
        else:
            plain = unicodedata.normalize("NFKD", letter)[:1]
            changed[at] = _CODE.get(plain, UNKNOWN)
    return bytes(changed), strangers


def _to_take_out(loose: bytes) -> list[int]:
    """Where invisible characters stand, and blanks after the first of a row; a row with an empty line stays."""
    gone = []
    at = loose.find(_GONE)
    while at >= 0:
        gone.append(at)
        at = loose.find(_GONE, at + 1)
    rows: list[tuple[int, int]] = []
    for pairs in _ROWS:
        end = 0
        for _pair, at, until in pairs.find_matches_as_indexes(loose):
            if at >= end:
                row = _BLANKS_IN_A_ROW.match(loose, at)
                end = row.end() if row else until
                rows.append((at, end))
    rows.sort()
    blanks: list[int] = []
    done = 0
    for start, end in rows:
        # A row is found again at a later pair of it; one that goes on from a line's end before it holds an empty line.
        if start >= done and not (start and loose[start - 1] == _LINE) and loose.count(b"\n", start, end) < 2:
            blanks += range(start + 1, end)
        done = max(done, end)
    return sorted(gone + blanks) if gone and blanks else gone or blanks


def _without(data: bytes, gone: list[int]) -> bytes:
    pieces, before = [], 0
    for at in gone:
        pieces.append(data[before:at])
        before = at + 1
    pieces.append(data[before:])
    return b"".join(pieces)


def _find_mixed(folded: Folded, scripts: bytes, places: list[int], strangers: dict[int, str]) -> None:
    """Words of two scripts, by where the script changes, and words with letters of a further one."""
    # A stranger's own letter is in the fold: what is taken out has the byte of something invisible.
    places += [folded.back(place) for place in strangers]
    done = 0
    for at in sorted(places):
        if at < done:
            continue
        start, end = _word_around(scripts, at)
        done = end
        if end - start <= _LONGEST_WORD:
            folded.mixed.append((start, end, _readings(folded.codes[start:end])))


def _word_around(scripts: bytes, at: int) -> tuple[int, int]:
    start = end = at
    while start > 0 and scripts[start - 1] != _POINT and at - start <= _LONGEST_WORD:
        start -= 1
    while end < len(scripts) and scripts[end] != _POINT and end - at <= _LONGEST_WORD:
        end += 1
    return start, end


_POINT = ord(".")


def _readings(word: bytes) -> list[bytes]:
    """The word as of one script: the script of most of its letters first."""
    said = "".join(_ALPHABET[code] for code in word)
    latin = "".join(_LIKE_LATIN.get(each) or _SOUND_LATIN.get(each, each) for each in said)
    cyrillic = "".join(_LIKE_CYRILLIC.get(each) or _SOUND_CYRILLIC.get(each, each) for each in said)
    by_sound = "".join(_SOUND_LATIN.get(each) or _LIKE_LATIN.get(each, each) for each in said)
    of_cyrillic = sum(code in _CYRILLIC_BYTES for code in word)
    readings = [latin, by_sound, cyrillic] if of_cyrillic * 2 <= len(word) else [cyrillic, latin, by_sound]
    return [encode(each) for each in dict.fromkeys(readings) if len(each) == len(word)]
