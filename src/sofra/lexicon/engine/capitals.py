"""Whether the name of a capital means the town or the government that sits there.

A capital is a place with its own id, and its forms are also metonyms of its party ("Belgrade answered"). What stands
around the form decides: with a word of place ("in", "iz", "në", a locative, a motorway) it is the town, otherwise the
party. Names that are joined ("Tirana, Ankara and Zagreb", "Belgrade–Sarajevo") are decided together: a word of place at
one of them makes towns of all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from sofra.lexicon.engine.model import Designation, Lexicon

_REACH = 80
_WORD = re.compile(r"[^\W\d_]+")
_BCMS = ("sr", "sr-latn", "bs", "cnr", "bcms")
#: What joins names that are decided together: nothing but blanks, commas, hyphens, slashes and one small word.
_JOIN = re.compile(r"[\s,–—/-]*(?:(?:and|or|with|to|i|ili|sa|te|dhe|ose|me|ve|veya|ile|и|или|со|са)(?!\w))?[\s,–—/-]*")
_BEFORE = {
    "en": "in at near from into around outside inside via through towards toward across beyond visit visits visited visiting "
    "leave leaves left reach reached reaching capital city downtown central",
    "bcms": "u iz kod kraj blizu oko do kroz pored nadomak izvan grad grada gradu gradom",
    "mk": "во од до кај близу околу низ надвор градот град",
    "sq": "në ne nga drejt prej pranë prane deri afër afer rreth kryeqyteti kryeqytetit kryeqytetin "
    "qyteti qytetit qytetin",
    "tr": "başkent başkenti kent kenti",
}
#: Words of place one or two words before the form ("airport of", "bashkia e", "gradonačelnik"); stems.
_NOUNS = {
    "en": "city mayor airport university streets centre center suburb suburbs outskirts capital district road roads highway "
    "motorway railway train flight flights square hotel",
    "bcms": "gradonačelni gradonacelni aerodrom univerzitet sveučilišt centar centr ulic opštin općin autoput auto autocest put "
    "prug voz vlak let aviolinij predgrađ stadion region okolin hotel",
    "mk": "градоначални аеродром универзитет центар улиц општин автопат пат пруг воз лет предградиј стадион околин хотел",
    "sq": "bashki kryebashkia kryetar aeroport universitet qendr rrug komun autostrad hekurudh tren fluturim "
    "stadium periferi hotel",
    "tr": "",
}
#: Words of place that follow; stems.
_AFTER = {
    "en": "motorway highway airport railway road train flight flights university street mayor hotel metro bus marathon derby "
    "based",
    "bcms": "aerodrom univerzitet autoput autocest maraton",
    "mk": "аеродром универзитет автопат маратон",
    "sq": "aeroport",
    "tr": "üniversite havaliman havaalan havaliman valili büyükşehir belediye sokak cadde gar istasyon otoyol karayol tren hatt "
    "sefer uçuş emniyet adliye merkez semt ilçe sanayi ticaret barosu başsavcılı maraton kent şehir kale metro",
}
#: Turkish: with "to" and "from" the verb decides; stems within the same clause.
_MOTION = (
    "gel git gid gönder var vard ulaş dön hareket uç taşı ziyaret sefer yolcu yola kalk ayrıl götür getir taşın düzenlen "
    "çıkar çıktı sürgün kadar bildir konuş"
)
_TO = {
    "en": "message messages letter letters note notes offer reply answer answers according appeal call calls response thanks "
    "support aid help pledge demand demands request requests warning said told gave given handed close closer loyal opposed ties "
    "respond responded responds replied wrote writes proposal proposals proposed sent gift pressure on"
}
_FROM = {
    "en": "message messages letter letters note reply answer response statement support signal signals pressure independence "
    "demand demands criticism offer approval permission guarantee guarantees assurances proposal reaction "
    "reactions congratulations"
}


class Found(Protocol):
    """What is asked of a match."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def entity(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def designation(self) -> Designation: ...


Twin = Mapping[tuple[str, str, str, str], Designation]


def twins(lexicon: Lexicon) -> Twin:
    """For each name of a capital (place id, language, script, form) the metonym of its party with the same form."""
    found: dict[tuple[str, str, str, str], Designation] = {}
    for place in lexicon.entities.values():
        party = lexicon.entities.get(place.parent or "") if place.kind == "place" else None
        for designation in party.designations if party else ():
            if designation.kind == "metonym":
                found[place.id, designation.language, designation.script, designation.form] = designation
    names = {
        (entity.id, name.language, name.script, name.form)
        for entity in lexicon.entities.values()
        if entity.kind == "place"
        for name in entity.designations
    }
    return {key: designation for key, designation in found.items() if key in names}


def key_of(match: Found) -> tuple[str, str, str, str]:
    """Under which key `twins` holds the metonym of a match."""
    designation = match.designation
    return match.entity, designation.language, designation.script, designation.form


def governments(
    text: str, matches: Sequence[Found], is_place: Callable[[str], bool], known: Twin
) -> dict[int, Designation]:
    """Of the matches of a text, in order: which name a government, by their number, and the metonym they are of."""
    found: dict[int, Designation] = {}
    if not known:
        return found
    group: list[int] = []
    for number, match in enumerate(matches):
        if not is_place(match.entity):
            continue
        if group and not _JOIN.fullmatch(text, matches[group[-1]].end, match.start):
            _decide(text, matches, group, known, found)
            group = []
        group.append(number)
    _decide(text, matches, group, known, found)
    return found


def _decide(text: str, matches: Sequence[Found], group: list[int], known: Twin, found: dict[int, Designation]) -> None:
    capitals = {number: twin for number in group if (twin := known.get(key_of(matches[number]))) is not None}
    if not capitals or any(local(text, matches[number]) for number in group):
        return
    found.update(capitals)


def local(text: str, match: Found) -> bool:
    """Whether what stands around a form says that a town is meant."""
    group = "bcms" if match.language in _BCMS else match.language
    before = [word.lower() for word in _WORD.findall(text[max(0, match.start - _REACH) : match.start])]
    after = [word.lower() for word in _WORD.findall(text[match.end : match.end + _REACH])]
    if group == "tr" and _turkish(match.label, after):
        return True
    last = before[-1] if before else ""
    if group == "en" and last in ("to", "from"):
        spoken = (_TO if last == "to" else _FROM)["en"].split()
        return not any(word in spoken for word in before[-5:-1])
    if last in _BEFORE.get(group, "").split():
        return True
    if _begins(after[:1], _AFTER.get(group, "")):
        return True
    return _begins(before[-2:], _NOUNS.get(group, ""))


def _turkish(label: str, after: list[str]) -> bool:
    parts = label.split(".")
    if "loc" in parts or "li" in parts:
        return True
    return ("dat" in parts or "abl" in parts) and _begins(after[:9], _MOTION)


def _begins(words: Iterable[str], stems: str) -> bool:
    known = tuple(stems.split())
    return bool(known) and any(word.startswith(known) for word in words)
