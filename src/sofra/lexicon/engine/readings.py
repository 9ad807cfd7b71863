"""Whether what stands in a text is a form: its diacritics, its capitals, what separates its words, and its ending."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sofra.lexicon.engine import folding, turkish_suffixes
from sofra.lexicon.engine.forms_table import Row
from sofra.lexicon.engine.model import Designation, Guard
from sofra.lexicon.engine.recognising import BCMS, DECLARED_BCMS

#: Behind a form: letters of the same word, an apostrophe with letters, a hyphen with the ending of an abbreviation.
TAIL = re.compile(
    folding.LETTER
    + rb"{0,24}(?:"
    + folding.MARK
    + folding.LETTER
    + rb"{1,24}|"
    + folding.HYPHEN
    + folding.LETTER
    + rb"{1,4})?"
    rb"(?!" + folding.LETTER + rb"|[0-9])"
)
_SHORTEST_WITHOUT_DIACRITICS = 5
_BEFORE_ENDING = re.compile(r"(?<=\w)[" + re.escape(folding.HYPHENS) + r"](?=[^\W\d_A-ZА-Я]{1,4}(?!\w))")
_PARTED = re.compile(r"([^\W\d_]*)(?:([^\w\s])([^\W\d_]+))?")

#: Endings behind the hyphen of an abbreviation, by language.
_ENDINGS = {
    "sq": "ja jë ën së në s n i u it ut in un ës a t të ve ë jes je sh ut",
    BCMS: "a u om em e i ov ova ove ovi ovu ovog ovom ovih ovim ovo ovoga ovome ev eva evo eve evi evu evog evom evih "
    "evim ja ju jem je ji ом а у ем е и ов ова ове ови ову овог овом ових овим ово овога овоме ев ева ево еве еви "
    "еву евог евом евих евим ја ју јем је ји",
    "mk": "а у ом от та то ов ова ови и те во",
}
_AFTER_HYPHEN = {group: frozenset(endings.split()) for group, endings in _ENDINGS.items()}
_PLAIN = str.maketrans("çğıöşüâîûëčćšžđáéíóúñ", "cgiosuaiueccszdaeioun")
_CIRCUMFLEX = frozenset("âîû")
_GAPS = frozenset(" \n\t\r\x0b\x0c\x85\u00a0\u2003\u2009\u202f\u3000")
_HYPHENS, _APOSTROPHES = frozenset(folding.HYPHENS), frozenset(folding.APOSTROPHES)
_QUOTES = frozenset(folding.QUOTES + '"')
#: In Bosnia and of it, these are the Srpska.
_RS = frozenset({"RS", "РС"})
#: A form of these groups is a word of another language so often, where it is short and inflected, that it needs a text of its
#: own: Tuzlu, Ruse, тирани.
_INFLECTING = frozenset({BCMS, "mk", "sq"})
_SHORT_FORM, _SHORTER_FORM = 6, 4
#: Makedonca is a Macedonian's and, in Turkish, a language.
_LANGUAGES = "nca"
_KINDS = {"name": 0.0, "adjective": 1.0, "demonym": 2.0, "metonym": 3.0}


@dataclass(frozen=True, slots=True)
class Reading:
    """A form as found: how many characters of the surface belong to it, and whose it is.

    `exact` says that no diacritic was missing; `bound` that it is one in a text of its own language only.
    """

    designation: Designation
    kind: str
    label: str
    extent: int
    exact: bool
    bound: bool
    guards: tuple[Guard, ...]
    #: The language to the eye: BCMS is one.
    group: str

    @property
    def apart(self) -> bool:
        """Whether only the surroundings can make it this: a capital's government, and "RS" for Serbia."""
        return self.kind == "metonym" or (self.designation.entity == "RS" and self.designation.form in _RS)


def group_of(language: str) -> str:
    """The language to the eye: BCMS is one."""
    return BCMS if language in DECLARED_BCMS else language


def low(text: str) -> str:
    """Small letters, with i for İ, I and ı; as long as the text."""
    return text.replace("İ", "i").replace("I", "i").replace("ı", "i").lower()


def read(
    row: Row, designation: Designation, said: str, tail: str, known: Iterable[Guard], person: bool = False
) -> Reading | None:
    """What `said`, with `tail` behind it, is as a form; None where it is not. `known` are the guards of its entity."""
    agrees = _agreement(row.form, said, designation.abbreviation)
    if agrees is False and group_of(designation.language) == BCMS and _half(row.form, said):
        return None
    # Kına is no Kina.
    if agrees and designation.language != "tr" and "ı" in said and "ı" not in row.form:
        agrees = False
    # Medvedi are bears, and nobody leaves the stroke off đ but in the names of persons.
    if agrees is False and not person and group_of(designation.language) == BCMS and _unstroked(row.form, said):
        return None
    if agrees is None or not _capitals(designation, row.form, said):
        return None
    ending = _ending(designation, row, said, tail)
    if ending is None:
        return None
    taken, label = ending
    # Fidanlar are saplings: a person has no plural.
    if person and designation.language == "tr" and "pl" in label and tail[:1].isalpha():
        return None
    kind = designation.kind
    if designation.language == "tr" and kind == "name" and label.split(".")[0] == "li":
        kind = "demonym" if ".pl" in label else "adjective"
    within = taken > 0 and tail[:1].isalpha()
    # Albanian writes its adjectives and demonyms small, and some are words of others: ruse, Turku.
    # (Three letters that are written in one way only are, in another language, another word: Nis, 12 Nis 2026.)
    short = ((designation.abbreviation or designation.case == "exact") and len(designation.form) <= 3) or (
        designation.language == "sq" and designation.case == "fold" and kind != "name"
    )
    guards = tuple(
        guard
        for guard in known
        if (not guard.languages or designation.language in guard.languages)
        and (not guard.forms or designation.form in guard.forms)
    )
    # In a text of another language these are surnames: “Karadağ's novel”.
    surname = (
        designation.language == "tr"
        and (kind, label) == ("name", "nom")
        and any(guard.name == "surname" for guard in guards)
    )
    alone = not designation.abbreviation and " " not in said
    elsewhere = alone and ((not agrees and not person) or _inflected(designation, row.form, kind))
    bound = within or short or surname or elsewhere
    guards = tuple(guard for guard in guards if _can_hold(guard, said, tail[:taken]))
    group = group_of(designation.language)
    return Reading(designation, kind, label, len(said) + taken, agrees, bound, guards, group)


def _inflected(designation: Designation, form: str, kind: str) -> bool:
    """Whether a form is inflected and, being short or a demonym's, like words of other languages: Makedonca, Tuzlu.

    The names of parties are too frequent to ask for their texts' language: of them only the shortest.
    """
    if group_of(designation.language) not in _INFLECTING or form == designation.form:
        return False
    own = designation.entity.isupper() and kind != "metonym"
    return len(form) <= (_SHORTER_FORM if own else _SHORT_FORM) or (kind == "demonym" and form.endswith(_LANGUAGES))


def _can_hold(guard: Guard, said: str, ending: str) -> bool:
    """Whether a guard can hold of a form that is written so, whatever stands around it."""
    return not (
        (guard.lower and not said[0].islower())
        or (guard.capital and not said[0].isupper())
        or (guard.bare and not _APOSTROPHES.isdisjoint(said + ending))
    )


def _agreement(form: str, said: str, abbreviation: bool) -> bool | None:
    """True letter for letter (but for capitals), False where diacritics are missing or a hyphen is a blank, else None.

    Before the ending of an abbreviation a hyphen can be an apostrophe (BE'së) but not a blank: “në NATO në vitin”.
    """
    if len(form) != len(said):
        return None
    if low(form) == low(said):
        return True
    exact = True
    endings = {found.start() for found in _BEFORE_ENDING.finditer(form)} if abbreviation else ()
    for place, (wanted, found) in enumerate(zip(low(form), low(said), strict=True)):
        if wanted == found:
            continue
        if place in endings and found not in _HYPHENS:
            if found not in _APOSTROPHES:
                return None
            exact = False
        elif wanted == " " or wanted in _HYPHENS:
            if found in _GAPS:
                exact = exact and wanted == " "
            elif found in _HYPHENS:
                exact = exact and wanted != " "
            else:
                return None
        elif wanted in _APOSTROPHES:
            if found not in _APOSTROPHES:
                return None
        elif wanted in _QUOTES:
            # Each language and each keyboard has quotation marks of its own, and the fold does not tell them apart.
            if found.isalnum() or found in _GAPS:
                return None
        elif wanted.translate(_PLAIN) != found.translate(_PLAIN) or not wanted.isalpha():
            return None
        elif found.translate(_PLAIN) == found or found in _CIRCUMFLEX:
            exact = False
        else:
            return None
    if not exact and len(form) < _SHORTEST_WITHOUT_DIACRITICS:
        return None
    return exact


def _half(form: str, said: str) -> bool:
    """Whether ć and č of a form are written with a mark in one place and without in another: vučica is no Vučića."""
    marked = [
        found != found.translate(_PLAIN) for wanted, found in zip(low(form), low(said), strict=True) if wanted in "čć"
    ]
    return any(marked) and not all(marked)


def _unstroked(form: str, said: str) -> bool:
    """Whether a đ of the form is written as d."""
    return any(wanted in "đĐ" and found in "dD" for wanted, found in zip(form, said, strict=True))


def _capitals(designation: Designation, form: str, said: str) -> bool:
    case = designation.case
    if case == "fold":
        return True
    if case == "initial":
        return said[0].isupper() or not form[0].isupper()
    if said.isupper() and (not form.isupper() or form != said):
        return True
    return all(wanted.isupper() == found.isupper() for wanted, found in zip(form, said, strict=True))


def _ending(designation: Designation, row: Row, said: str, tail: str) -> tuple[int, str] | None:
    """How much of the tail is an ending of the form, and its label; None where the word goes on as another word."""
    language, label = designation.language, row.label
    parted = _PARTED.match(tail)
    letters, mark, further = parted.groups("") if parted else ("", "", "")
    taken = 0
    if letters:
        capitals = designation.abbreviation and len(letters) > 1 and letters.islower() and said.isupper()
        if language != "tr" or (designation.abbreviation and not capitals):
            return None
        chain = _turkish(row, letters, False, capitals)
        # Türkçe, Sırpça, Çince: a language's name is no name of the party.
        if chain is None or chain.startswith("equ"):
            return None
        taken, label = len(letters), chain
    elif label == "soft":
        return None
    if not mark:
        return taken, label
    if mark in _HYPHENS:
        endings = _AFTER_HYPHEN.get(group_of(language), frozenset())
        abbreviated = designation.abbreviation or (row.form.isupper() and said.isupper())
        return (len(tail), label) if abbreviated and further.lower() in endings else (taken, label)
    if mark in _APOSTROPHES and language == "en" and further in ("s", "S"):
        return taken + 2, label.replace("nom", "gen", 1)
    if mark in _APOSTROPHES and language == "tr":
        stem = Row(row.number, label, row.form + letters)
        chain = _turkish(stem, further, True, designation.abbreviation)
        return (taken, label) if chain is None else (len(tail), chain)
    return taken, label


def _turkish(row: Row, ending: str, apostrophe: bool, spelled: bool) -> str | None:
    stem = row.form.replace("I", "ı").replace("İ", "i").lower()
    chain = turkish_suffixes.read(stem, low(ending), apostrophe, spelled)
    if chain is None or (row.label == "soft" and low(ending)[0] not in "aeiou"):
        return None
    if row.label in ("nom", "soft"):
        return chain
    return f"{row.label}.{chain}".replace("nom.", "", 1)


def weight(reading: Reading) -> tuple[float, ...]:
    """Which of several readings is meant; the least."""
    kind, designation, label = _KINDS[reading.kind], reading.designation, reading.label
    inflected = (designation.language == "tr" and label != "nom") or (designation.language == "sq" and "def" in label)
    # In these an adjective in the plural is written as the people is: gjykatat italiane, Chinese envoys.
    plural = ".pl" in label and designation.language not in ("sq", "en")
    if reading.kind == "demonym" and (inflected or plural):
        kind = 0.5
    return (
        -reading.extent,
        not reading.exact,
        _KINDS["metonym"] if reading.apart else kind,
        designation.former or designation.status in ("deprecated", "superseded"),
        designation.derived,
    )
