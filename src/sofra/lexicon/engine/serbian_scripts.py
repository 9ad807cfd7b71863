"""Cyrillic and Latin of Serbian, Bosnian and Montenegrin.

Cyrillic to Latin is exact. The other way is not: "nj", "lj" and "dž" are mostly one letter and sometimes two (Injekcija,
nadživeti, Tanjug); what the sound list below does not know is read as one letter, so a word that is two letters and is not
listed has to be written in Cyrillic.
"""

from __future__ import annotations

import re

_SINGLE = dict(
    zip(
        "абвгдђежзијклмнопрстћуфхцчшАБВГДЂЕЖЗИЈКЛМНОПРСТЋУФХЦЧШ",
        "abvgdđežzijklmnoprstćufhcčšABVGDĐEŽZIJKLMNOPRSTĆUFHCČŠ",
        strict=True,
    )
)
# The two letters that only Montenegrin has.
_SINGLE |= {"з́": "ź", "с́": "ś", "З́": "Ź", "С́": "Ś"}
_DOUBLE = {"љ": "lj", "њ": "nj", "џ": "dž", "Љ": "Lj", "Њ": "Nj", "Џ": "Dž"}
_TO_LATIN = re.compile("[зсЗС]\u0301|[" + "".join(key for key in _SINGLE if len(key) == 1) + "".join(_DOUBLE) + "]")

_BACK = {latin: cyrillic for cyrillic, latin in _SINGLE.items()}
_BACK |= {latin: cyrillic for cyrillic, latin in _DOUBLE.items()}
_BACK |= {latin.upper(): cyrillic for cyrillic, latin in _DOUBLE.items() if cyrillic.isupper()}
_BACK |= {"ǉ": "љ", "ǌ": "њ", "ǆ": "џ", "ǈ": "Љ", "ǋ": "Њ", "ǅ": "Џ", "Ǉ": "Љ", "Ǌ": "Њ", "Ǆ": "Џ"}
# Where the two letters are two sounds: a prefix meets a root, or the word is foreign.
_APART = re.compile(
    r"\b(?:in(?=j(?:ek|un))|kon(?=j(?:unk|ug|ek))|tan(?=jug)|van(?=jezi)|nad(?=ž(?:iv|nj|up))|od(?=ž(?:iv|al|d|v))"
    r"|pod(?=ž(?:up|eg)))",
    re.IGNORECASE,
)
_MARK = "\u2060"  # keeps the two letters apart while they are read; never leaves this module
_TO_CYRILLIC = re.compile("|".join(sorted(map(re.escape, _BACK), key=len, reverse=True)))


def to_latin(text: str) -> str:
    """The Latin of a Cyrillic text; everything else stays. Capitals follow the word: Његош is Njegoš, ЊЕГОШ is NJEGOŠ."""

    def letter(match: re.Match[str]) -> str:
        found = match.group()
        if found not in _DOUBLE:
            return _SINGLE[found]
        latin = _DOUBLE[found]
        if found.islower():
            return latin
        after, before = text[match.end() : match.end() + 1], text[match.start() - 1 : match.start()]
        return latin.upper() if after.isupper() or (not after.isalpha() and before.isupper()) else latin

    return _TO_LATIN.sub(letter, text)


def to_cyrillic(text: str) -> str:
    """The Cyrillic of a Latin text, reading lj, nj and dž as one letter but in the words known to have two. Letters the
    alphabet lacks (q, w, x, y) stay."""
    apart = _APART.sub(lambda match: match.group() + _MARK, text)
    return _TO_CYRILLIC.sub(lambda match: _BACK[match.group()], apart).replace(_MARK, "")
