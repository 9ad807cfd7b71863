"""Which endings a Turkish noun can have: an automaton over chains of suffixes, by vowel harmony.

It reads what stands behind a stem, with an apostrophe or without one, and names the chain: `nin` behind "Türkiye" is
"gen", `lılardan` behind "Kosova" is "li.pl.abl". Capital letters in the templates stand for the letter that harmony
chooses: A is a or e; I is ı, i, u or ü; D is d or t; C is c or ç. A letter in brackets stands between two vowels or two
consonants only.
"""

from __future__ import annotations

from functools import lru_cache

_VOWELS = frozenset("aeıioöuü")
_BACK = frozenset("aıou")
_ROUND = frozenset("oöuü")
_FOLDED = str.maketrans("ıöüçşğâîû", "ioucsgaiu")
_LONGEST = 24

_Suffix = tuple[str, str, str]
_CASES: tuple[_Suffix, ...] = (
    ("(y)I", "acc", "end"),
    ("(n)In", "gen", "ki"),
    ("(y)A", "dat", "end"),
    ("DA", "loc", "ki"),
    ("DAn", "abl", "end"),
    ("(y)lA", "ins", "end"),
)
_AFTER_POSSESSIVE: tuple[_Suffix, ...] = (
    ("nI", "acc", "end"),
    ("nIn", "gen", "ki"),
    ("nA", "dat", "end"),
    ("nDA", "loc", "ki"),
    ("nDAn", "abl", "end"),
    ("ylA", "ins", "end"),
    ("ncA", "equ", "end"),
)
_IS: tuple[_Suffix, ...] = (
    ("DIr", "cop", "closed"),
    ("DIrlAr", "cop.pl", "closed"),
    ("(y)DI", "past", "closed"),
    ("(y)mIş", "evid", "closed"),
    ("(y)sA", "cond", "closed"),
    ("(y)ken", "when", "closed"),
    ("sInIz", "2pl", "closed"),
)
_OWNED: tuple[_Suffix, ...] = (
    ("(I)mIz", "poss1pl", "owned"),
    ("(I)nIz", "poss2pl", "owned"),
    ("(s)I", "poss3", "possessed"),
)
_DERIVED: tuple[_Suffix, ...] = (
    ("lI", "li", "noun"),
    ("sIz", "siz", "noun"),
    ("lIk", "lik", "noun"),
    ("CA", "equ", "noun"),
)

#: What may follow in each state: template, label, next state.
_NEXT: dict[str, tuple[_Suffix, ...]] = {
    "noun": (*_DERIVED, ("lAr", "pl", "plural"), *_OWNED, *_CASES, *_IS),
    "plural": (("I", "poss3", "possessed"), ("ImIz", "poss1pl", "owned"), ("CA", "equ", "noun"), *_CASES, *_IS),
    "owned": (*_CASES, *_IS),
    "possessed": (*_AFTER_POSSESSIVE, *_IS),
    "ki": (("ki", "ki", "who"), *_IS),
    "who": (("lAr", "pl", "plural"), *_AFTER_POSSESSIVE, *_IS),
    "end": _IS,
    "closed": (),
}


def read(stem: str, ending: str, apostrophe: bool, loose: bool = False) -> str | None:
    """The label of the chain of suffixes that `ending` is behind `stem`, or None where it is none; "nom" for "".

    Both in small letters; i and ı need not be told apart, nor diacritics written. Behind an apostrophe (`apostrophe`), or
    where a stem is not spoken as it is written (`loose`: AB'nin, KFOR'un), the vowels need not harmonise.
    """
    if not ending:
        return "nom"
    if len(ending) > _LONGEST:
        return None
    vowel = next((letter for letter in reversed(stem) if letter in _VOWELS), "e")
    possessive = stem[-1:] in ("i", "ı", "u", "ü") and (" " in stem)
    return _read(
        ending.translate(_FOLDED),
        stem[-1:] in _VOWELS,
        vowel in _BACK,
        vowel in _ROUND,
        apostrophe or loose,
        loose,
        possessive,
    )


@lru_cache(maxsize=20_000)
def _read(
    ending: str, after_vowel: bool, back: bool, rounded: bool, free: bool, spelled: bool, possessive: bool
) -> str | None:
    labels = _walk(ending, "noun", after_vowel, back, rounded, free, spelled)
    if labels is None and possessive:
        labels = _walk(ending, "possessed", after_vowel, back, rounded, free, spelled)
    return None if labels is None else ".".join(labels)


def _walk(
    rest: str, state: str, after_vowel: bool, back: bool, rounded: bool, free: bool, spelled: bool
) -> tuple[str, ...] | None:
    if not rest:
        return ()
    shortest: tuple[str, ...] | None = None
    for template, label, following in _NEXT[state]:
        for length, now_back, now_rounded in _fits(template, rest, after_vowel, back, rounded, free, spelled):
            further = _walk(rest[length:], following, template[-1] in "AIi", now_back, now_rounded, free, False)
            if further is not None and (shortest is None or 1 + len(further) < len(shortest)):
                shortest = (label, *further)
    return shortest


def _fits(
    template: str, rest: str, after_vowel: bool, back: bool, rounded: bool, free: bool, spelled: bool
) -> list[tuple[int, bool, bool]]:
    """How the beginning of `rest` can be this suffix: its length, and the vowel harmony it leaves."""
    if template[0] != "(":
        found = _spelled(template, rest, back, rounded, free)
        return [found] if found else []
    letter, plain = template[1], template[3:]
    buffered = letter + plain
    # (I) stands after a consonant, the others after a vowel.
    wanted = after_vowel != (letter == "I")
    choices = [buffered, plain] if spelled else [buffered if wanted else plain]
    return [found for each in choices if (found := _spelled(each, rest, back, rounded, free))]


def _spelled(template: str, rest: str, back: bool, rounded: bool, free: bool) -> tuple[int, bool, bool] | None:
    if len(rest) < len(template):
        return None
    for sign, letter in zip(template, rest, strict=False):
        match sign:
            case "A":
                if letter != ("a" if back else "e") and not (free and letter in "ae"):
                    return None
                back, rounded = letter == "a", False
            case "I":
                if letter != ("u" if rounded else "i") and not (free and letter in "iu"):
                    return None
                rounded = letter == "u"
            case "D":
                if letter not in "dt":
                    return None
            case "C":
                if letter != "c":
                    return None
            case "ş":
                if letter != "s":
                    return None
            case _:
                if letter != sign:
                    return None
                if sign in "ie":  # -ki, -ken: they do not harmonise, and leave front vowels
                    back, rounded = False, False
    return len(template), back, rounded
