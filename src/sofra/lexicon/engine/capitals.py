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


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_WORD = re.compile(r"[^\W\d_]+")
_BCMS = ("sr", "sr-latn", "bs", "cnr", "bcms")
#: What joins names that are decided together: nothing but blanks, commas, hyphens, slashes and one small word.
_JOIN = re.compile(r"[\s,–—/-]*(?:(?:and|or|with|to|i|ili|sa|te|dhe|ose|me|ve|veya|ile|и|или|со|са)(?!\w))?[\s,–—/-]*")
_BEFORE = {
    "all": frozenset(
        _words(
            """
    in at near from into around outside inside via through towards toward across beyond visit visits visited
    visiting leave leaves left reach reached reaching capital city downtown central u iz kod kraj blizu oko kroz
    pored nadomak izvan grad grada gradu gradom vo blisku okolu niz nadvor gradot në nga drejt prej pranë prane deri
    afër afer rreth kryeqyteti kryeqytetit kryeqytetin kryeqytet qyteti qytetit qytetin başkent başkenti kenti
    """
        )
    ),
    # Words that are others in the other languages.
    "bcms": frozenset(["do"]),
    "mk": frozenset(["od", "do", "kaj"]),
    "sq": frozenset(["ne"]),
}
#: Words of place one or two words before the form ("airport of", "bashkia e", "gradonačelnik"); stems.
_NOUNS = _words(
    """
    mayor airport university streets suburb outskirts district road highway motorway railway train flight square
    hotel posjet poset napušt napust gradonačelni gradonačalni aerodrom univerzitet sveučilišt centar centr ulic
    opštin općin autoput autobus avtopat autocest prug voz vlak linij aviolinij predgrađ predgradij stadion region
    okolin vizit bashki kryebashkia aeroport universitet qendr rrug komun autostrad hekurudh tren fluturim stadium
    periferi
    """
)
#: Words of place that follow; stems.
_AFTER = _words(
    """
    motorway highway airport railway road train flight university street mayor hotel metro bus marathon derby based
    post agreement aerodrom univerzitet autoput avtopat autocest maraton lete leti letaat saobraća soobraḱa vozi
    aeroport üniversite havaliman havaalan valili büyükşehir belediye sokak cadde garı istasyon otoyol karayol tren
    hatt sefer uçuş ziyareti ziyaretin zirvesi toplantısı emniyet adliye merkez semt ilçe barosu başsavcılı kent
    şehir kalesi
    """
)
#: What joins two towns, a few words away: motorways, railways, flights; stems.
_ROADS = _words(
    """
    motorway highway autoput autocest avtopat autostrad otoyol karayol demiryol railway hekurudh željeznic
    """
)
#: Turkish: with "to" and "from" the verb decides; stems within the same clause.
_MOTION = _words(
    """
    indi inecek iniş gel git gid gönder var vard ulaş dön hareket uç taşı ziyaret sefer yolcu yola kalk ayrıl götür
    getir taşın düzenlen çıkar çıktı sürgün kadar bildir konuş
    """
)
#: Before "to" and "from" these say that a government is meant.
_TO = frozenset(
    _words(
        """
    message messages letter letters note notes offer reply answer answers according appeal call calls response
    thanks support aid help pledge demand demands request requests warning said told close closer loyal opposed ties
    respond responded responds replied wrote writes proposal proposals proposed gift pressure
    """
    )
)
_FROM = frozenset(
    _words(
        """
    message messages letter letters note reply answer response statement support signal signals pressure
    independence demand demands criticism offer approval permission guarantee guarantees assurances proposal
    reaction reactions congratulations
    """
    )
)
#: "Iz Prištine poručuju", "nga Beogradi thonë", "od Tirana se očekuva": who speaks or is expected to act is a government.
_SOURCE_OF_WORDS = frozenset(["iz", "od", "nga"])
_SPEAKING = _words(
    """
    poruč porač kažu tvrd traže velat baraat reagira thonë thanë kërko reago se očekuva
    """
)


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
        towns = {key: name for name in lexicon.designations() if (key := _key(name)) in self._twins}
        self._towns = {_key(metonym): towns[key] for key, metonym in self._twins.items()}

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
        meant = None in metonyms or any(local(text, match) for match in group)
        found = []
        for match, metonym in zip(group, metonyms, strict=True):
            if not meant and metonym is not None:
                found.append(match._replace(entity=metonym.entity, kind="metonym", designation=metonym))
            elif match.kind != "metonym":
                found.append(match)
            elif town := self._towns.get(_key(match.designation)):
                found.append(match._replace(entity=town.entity, kind="name", designation=town))
        return found

    def _metonym(self, match: Match) -> Designation | None:
        if match.kind == "metonym":
            return match.designation
        return self._twins.get(_key(match.designation)) if match.kind == "name" else None


def _key(designation: Designation) -> tuple[str, str, str, str]:
    return designation.entity, designation.language, designation.script, designation.form


def _start(match: Match) -> int:
    return match.start


def local(text: str, match: Match) -> bool:
    """Whether what stands around a form says that a town is meant."""
    group = "bcms" if match.language in _BCMS else match.language
    before = [to_latin(word.lower()) for word in _WORD.findall(text[max(0, match.start - _REACH) : match.start])]
    after = [to_latin(word.lower()) for word in _WORD.findall(text[match.end : match.end + _REACH])]
    last = before[-1] if before else ""
    if match.designation.language == "tr" and _turkish(match.label, after):
        return True
    if _begins(after[:1], _AFTER) or _begins(before[-3:] + after[:2], _ROADS):
        return True
    if match.text.endswith(("'s", "’s")):
        return False
    if last in ("to", "from"):
        spoken = _TO if last == "to" else _FROM
        return not any(word in spoken for word in before[-5:-1])
    if last in _SOURCE_OF_WORDS and _begins(after[:2], _SPEAKING):
        return False
    return last in _BEFORE["all"] or last in _BEFORE.get(group, frozenset()) or _begins(before[-2:], _NOUNS)


def _turkish(label: str, after: list[str]) -> bool:
    parts = label.split(".")
    if "loc" in parts or "li" in parts:
        return True
    return ("dat" in parts or "abl" in parts) and _begins(after[:9], _MOTION)


def _begins(words: Iterable[str], stems: tuple[str, ...]) -> bool:
    return any(word.startswith(stems) for word in words)
