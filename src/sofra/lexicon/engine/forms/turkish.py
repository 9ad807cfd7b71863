"""Turkish: stems only. What is hung on them (Türkiye'nin, Arnavutluğa, Sırplardan) the suffix automaton knows.

`possessive` says that the name ends in a possessive, so that an n stands before case suffixes: Avrupa Birliği'nde.
"""

from __future__ import annotations

from sofra.lexicon.engine.forms.tables import Paradigm, Table

_VOWELS = "aeıioöuü"
_SOFT = {"k": "ğ", "ç": "c", "t": "d", "p": "b"}


def _lower(word: str) -> str:
    return word.replace("I", "ı").replace("İ", "i").lower()


def _name(form: str) -> Table:
    return {"nom": (form,)}


def _softening(form: str) -> Table:
    """A name whose last consonant softens before a vowel when no apostrophe parts them: Arnavutluk, Arnavutluğu."""
    return {"nom": (form,), "soft": (form[:-1] + _SOFT[form[-1]],)}


def _people(form: str) -> Table:
    """A noun or adjective of persons, which has a plural: Türk, Türkler."""
    vowel = next((letter for letter in reversed(_lower(form)) if letter in _VOWELS), "e")
    return {"nom": (form,), "nom.pl": (form + ("lar" if vowel in "aıou" else "ler"),)}


WHOLE: dict[str, Paradigm] = {"name": _name, "possessive": _name, "softening": _softening, "people": _people}
WORDS: dict[str, Paradigm] = {}
