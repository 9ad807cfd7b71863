"""Turkish case suffixes for names, after an apostrophe, by vowel harmony."""

from __future__ import annotations

_VOWELS = "aeıioöuüâîû"
_BACK = set("aıouâû")
_ROUND = set("oöuüû")
_VOICELESS = set("fstkçşhp")
# Names that end in a possessive take an n before the suffix: Amerika Birleşik Devletleri'nde, Avrupa Birliği'ne.
_POSSESSIVE = ("leri", "ları", "cumhuriyeti", "krallığı", "devleti", "birliği", "federasyonu")


def with_case(name: str, case: str, mark: str = "", *, possessive: bool = False) -> str:
    """The name with the suffix of a case: gen, acc, dat, loc, abl, ins; unchanged for "". A mark stands before the suffix.
    `possessive` says that the name ends in one, where that is known; else it is seen by its last word.

    >>> with_case("Türkiye", "gen"), with_case("Karadağ", "abl")
    ("Türkiye'nin", "Karadağ'dan")

    Raises KeyError for a case there is none of.
    """
    return f"{name}{mark}'{_suffix(name, case, possessive)}" if case and name else f"{name}{mark}"


def _suffix(name: str, case: str, possessive: bool) -> str:
    lower = name.replace("I", "ı").replace("İ", "i").lower()
    vowel = next((letter for letter in reversed(lower) if letter in _VOWELS), "e")
    ends_in_vowel = lower[-1] in _VOWELS
    back = vowel in _BACK
    wide = "a" if back else "e"
    narrow = ("u" if back else "ü") if vowel in _ROUND else ("ı" if back else "i")
    hard = "t" if lower[-1] in _VOICELESS else "d"
    n = "n" if possessive or (lower.endswith(_POSSESSIVE) and " " in lower) else ""
    buffer = n or ("y" if ends_in_vowel else "")
    return {
        "gen": f"{'n' if ends_in_vowel else ''}{narrow}n",
        "acc": f"{buffer}{narrow}",
        "dat": f"{buffer}{wide}",
        "loc": f"{n}{hard}{wide}",
        "abl": f"{n}{hard}{wide}n",
        "ins": f"{'y' if ends_in_vowel else ''}l{wide}",
    }[case]
