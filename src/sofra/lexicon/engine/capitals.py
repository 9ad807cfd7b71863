"""Whether the name of a capital means the town or the government that sits there.

A capital is a place with its own id, and its forms are also metonyms of its party ("Belgrade answered"). What stands
around the form decides: with a word of place ("in", "iz", "në", a locative, a motorway) it is the town, otherwise the
party. Names that are joined ("Tirana, Ankara and Zagreb", "Belgrade–Sarajevo") are decided together: a word of place at
one of them makes towns of all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from sofra.lexicon.engine.model import Designation, Lexicon
from sofra.lexicon.engine.serbian_scripts import to_latin

if TYPE_CHECKING:
    from sofra.lexicon.engine.matching import Match

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
    "bcms": "posjet poset napust gradonačelni aerodrom univerzitet sveučilišt centar centr ulic opštin općin "
    "autoput autocest autobus "
    "prug voz vlak linij aviolinij predgrađ stadion region okolin hotel",
    "mk": "посет напушт градоначални аеродром универзитет центар улиц општин автопат пруг воз "
    "предградиј стадион околин хотел",
    "sq": "vizit bashki kryebashkia kryetar aeroport universitet qendr rrug komun autostrad hekurudh tren fluturim "
    "stadium periferi hotel",
    "tr": "",
}
#: Words of place that follow; stems.
_AFTER = {
    "en": "motorway highway airport railway road train flight flights university street mayor hotel metro bus marathon derby "
    "based",
    "bcms": "aerodrom univerzitet autoput autocest maraton lete leti saobraća vozi",
    "mk": "аеродром универзитет автопат маратон летаат лета сообраќа вози",
    "sq": "aeroport",
    "tr": "üniversite havaliman havaalan havaliman valili büyükşehir belediye sokak cadde gar istasyon otoyol karayol tren hatt "
    "sefer uçuş ziyaret zirve toplantı temas emniyet adliye merkez semt ilçe sanayi ticaret barosu başsavcılı maraton "
    "kent şehir kale metro",
}
#: What joins two towns, anywhere near: motorways, railways, flights; stems.
_ROADS = (
    "motorway highway autoput autocest автопат autostrad otoyol karayol demiryol railway hekurudh željeznic železnic"
)
#: Turkish: with "to" and "from" the verb decides; stems within the same clause.
_MOTION = (
    "indi inecek iniş "
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


Twins = Mapping[tuple[str, str, str, str], Designation]


def twins(lexicon: Lexicon) -> Twins:
    """For each name of a capital (place id, language, script, form) the metonym of its party with the same form."""
    found: dict[tuple[str, str, str, str], Designation] = {}
    for place in lexicon.entities.values():
        party = lexicon.entities.get(place.parent or "") if place.kind == "place" else None
        if party is not None:
            metonyms = {(d.language, d.script, d.form): d for d in party.designations if d.kind == "metonym"}
            for name in place.designations:
                if metonym := metonyms.get((name.language, name.script, name.form)):
                    found[place.id, name.language, name.script, name.form] = metonym
    return found


class Capitals:
    """Which of the matches of a text are governments. One for a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._twins = twins(lexicon)
        self._places = frozenset(entity.id for entity in lexicon.entities.values() if entity.kind == "place")

    def settled(self, text: str, matches: list[Match]) -> list[Match]:
        """The matches with governments in place of their towns. A metonym of which no town is known (Moscow) is left out
        where the town is meant."""
        found: list[Match] = []
        group: list[Match] = []
        for match in matches:
            if match.guard is not None or not (match.entity in self._places or match.kind == "metonym"):
                found.append(match)
                continue
            if group and not _JOIN.fullmatch(text, group[-1].end, match.start):
                found += self._decided(text, group)
                group = []
            group.append(match)
        if not group:
            return found
        found += self._decided(text, group)
        found.sort(key=_start)
        return found

    def _decided(self, text: str, group: list[Match]) -> list[Match]:
        """A group of names that are joined: all towns, or all that can be are governments."""
        metonyms = [self._metonym(match) for match in group]
        if None in metonyms or any(local(text, match) for match in group):
            return [match for match in group if match.kind != "metonym"]
        return [
            match._replace(entity=metonym.entity, kind="metonym", designation=metonym)
            for match, metonym in zip(group, metonyms, strict=True)
            if metonym is not None
        ]

    def _metonym(self, match: Match) -> Designation | None:
        own = match.designation
        if match.kind == "metonym":
            return own
        return self._twins.get((match.entity, own.language, own.script, own.form)) if match.kind == "name" else None


def _start(match: Match) -> int:
    return match.start


def local(text: str, match: Match) -> bool:
    """Whether what stands around a form says that a town is meant."""
    group = "bcms" if match.language in _BCMS else match.language
    before = [word.lower() for word in _WORD.findall(text[max(0, match.start - _REACH) : match.start])]
    after = [word.lower() for word in _WORD.findall(text[match.end : match.end + _REACH])]
    if group == "bcms":
        before, after = list(map(to_latin, before)), list(map(to_latin, after))
    if group == "tr" and _turkish(match.label, after):
        return True
    last = before[-1] if before else ""
    if group == "mk" and last == "од" and after[:1] == ["се"]:  # the agent of a passive: од Тирана се очекува
        return False
    if _begins(before[-3:] + after[:2], _ROADS):
        return True
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
