"""How a new name inflects, said by an example: "like London: Londona, Londonu". Each example stands for a paradigm of forms/.

A name of several words is asked word by word, because its words inflect together or stay; Turkish and English ask once, for
what is hung on the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from sofra.lexicon.engine import serbian_scripts, turkish
from sofra.lexicon.engine.forms import generate, knows_paradigm
from sofra.lexicon.engine.forms.tables import words
from sofra.lexicon.engine.model import Designation

#: What stands for a word that stays as it is, in a choice and in a paradigm of several words.
STAYS, UNMOVED = "", "-"
#: Cases that show in Turkish what is hung on a name.
_SHOWN = ("gen", "dat", "loc", "abl")
_ONCE = ("en", "tr")


@dataclass(frozen=True, slots=True)
class Pattern:
    """An example and the paradigm it stands for; `whole` ones inflect a designation of one word, alone."""

    paradigm: str
    example: str
    whole: bool = False


class CannotInflect(Exception):  # noqa: N818 (an answer, worded by the room)
    """A designation does not inflect like the example that was chosen."""


def _read(line: str, *, whole: bool = False) -> tuple[Pattern, ...]:
    pairs = (pair.split(" ", 1) for pair in line.split(", "))
    return tuple(Pattern(paradigm, example, whole) for paradigm, example in pairs)


# Common words and far-off towns: an example is nobody's name.
_SERBIAN = _read(
    "m Лондон, m.fleet Палац, m.anim Професор, m.fleet.anim Лондонац, m.in Грађанин, m.v Марко, f Европа, f.ka Лондонка, "
    "f.sib Лига, f.c Моћ, f.pl Нације, n Друштво, a.m Европски, a.f Европска, a.n Европско, a.f.pl Уједињене"
) + _read("acr ЕУ, a европски", whole=True)
_PATTERNS: Mapping[str, tuple[Pattern, ...]] = {
    "en": _read("name London, s Londoner, man Chairman", whole=True),
    "tr": _read("name Londra, possessive Avrupa Birliği, softening Birlik, people Avrupalı", whole=True),
    "sq": _read(
        "f.a Evropa, f.ia Agjencia, f.ja Marrëveshja, m.i Londoni, m.u Parku, pl Kombet, person Artan, l.f e, l.m i, l.pl të"
    )
    + _read("acr OKB, acr.pl SHBA, man berlinez, woman berlineze, a berlinez", whole=True),
    "mk": _read(
        "m Совет, m.ec Лондонец, m.in Граѓанин, f Европа, n Друштво, pl Нации, a.m Европски, a.f Европска, a.n Европско, "
        "a.pl Обединети"
    )
    + _read("acr ЕУ, a европски", whole=True),
    **dict.fromkeys(("sr", "sr-latn", "bs", "cnr"), _SERBIAN),
}


def asked_words(language: str, form: str) -> list[str]:
    """The words that are asked about: each of the designation's, or the designation as one."""
    return [form] if language in _ONCE else words(form)


@lru_cache(maxsize=32)
def patterns(language: str, several: bool) -> tuple[Pattern, ...]:
    """The examples of a language for one word: of `several`, or alone."""
    found = tuple(each for each in _PATTERNS[language] if not (several and each.whole))
    if language in ("sr-latn", "bs", "cnr"):
        found = tuple(Pattern(each.paradigm, serbian_scripts.to_latin(each.example), each.whole) for each in found)
    return found


def paradigm_of(language: str, chosen: Sequence[str]) -> str:
    """The paradigm of a designation, from what was chosen for each word that was asked about."""
    if not any(chosen):
        return ""
    return " ".join(each or UNMOVED for each in chosen) if len(chosen) > 1 else chosen[0]


def guess(language: str, form: str) -> tuple[str, ...]:
    """What a designation may inflect like, by its ending: a proposal for whoever knows, "" where nothing is likely."""
    found = asked_words(language, form)
    if language == "en":
        return ("name",)
    if language == "tr":
        return ("possessive" if " " in form and form.endswith(("ı", "i", "u", "ü")) else "name",)
    if len(found) > 1 or not found:
        return tuple(STAYS for _word in found)
    word = found[0]
    if word.isupper() and len(word) > 1:
        return ("acr",)
    likely = {
        "sq": (("ia", "f.ia"), ("ja", "f.ja"), ("a", "f.a"), ("i", "m.i"), ("u", "m.u")),
        "mk": (("ец", "m.ec"), ("а", "f"), ("о", "n"), ("е", "n")),
    }.get(language, (("ац", "m.fleet"), ("а", "f"), ("о", "n"), ("е", "n")))
    ending = word if language in ("sq", "mk") else serbian_scripts.to_cyrillic(word)
    return (next((paradigm for tail, paradigm in likely if ending.endswith(tail)), "" if language == "sq" else "m"),)


def inflected(language: str, form: str, paradigm: str, kind: str = "name", most: int = 24) -> tuple[str, ...]:
    """The first forms of a designation, each once, itself among them. Raises CannotInflect, with the reason in English."""
    if why := knows_paradigm(language, paradigm, form):
        raise CannotInflect(why)
    script = "Cyrl" if any("Ѐ" <= letter <= "ӿ" for letter in form) else "Latn"
    try:
        found = [each.text for each in generate(Designation("", language, script, form, kind, paradigm))]
    except (KeyError, IndexError, ValueError) as fault:
        raise CannotInflect(f'"{form}" does not inflect so.') from fault
    if language == "tr" and paradigm in ("name", "possessive", "softening"):
        found = [form, *(turkish.with_case(form, case, possessive=paradigm == "possessive") for case in _SHOWN), *found]
    return tuple(islice(dict.fromkeys(found), most))
