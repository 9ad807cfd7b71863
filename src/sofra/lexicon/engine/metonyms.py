"""Whether a capital's name means the town or those who govern from it: “in Ankara” or “Ankara replied”."""

from __future__ import annotations

import re

from sofra.lexicon.engine import folding, guards
from sofra.lexicon.engine.folding import Folded
from sofra.lexicon.engine.readings import Reading

#: Before the name: one is there, or on the way there.
_BEFORE = {
    "en": "in at to near outside around into through via inside visit visited visiting across city capital downtown central "
    "northern southern eastern western toward towards reached left",
    "tr": "başkent merkezi başkenti",
    "sq": "në drejt pranë te deri përmes tek kryeqyteti qyteti kryeqytetin qytetin nga",
    "bcms": "u iz do kod kroz prema preko blizu oko nadomak grad gradu grada glavni centru centar ulicama ulice okolini "
    "okolina stanovnici aerodrom aerodromu na put "
    "у из до код кроз према преко близу око надомак град граду града центру центар улицама улице околини аеродром аеродрому на",
    "mk": "во до кај низ кон преку близу околу градот град аеродромот аеродром центарот на",
}
#: Behind the name: something that stands in the town, or lies on the way.
_BEHIND = (
    "airport city university street castle museum festival railway highway motorway marathon stadium district suburb region "
    "station hotel zoo bank film weather residents "
    "havalimanı üniversitesi kalesi valisi valiliği büyükşehir belediyesi belediye caddesi merkezli sokakları kongresi otoyolu "
    "demiryolu aeroporti autoput aerodrom pruga"
)
#: Words of roads, lines and journeys: what lies between two towns, or leads from one to the other.
_TRAVEL = (
    "motorway*",
    "highway*",
    "railway*",
    "flight*",
    "flies",
    "flew",
    "plane*",
    "bus",
    "buses",
    "train*",
    "road",
    "otoyol*",
    "uçak*",
    "uçuş*",
    "tren*",
    "otobüs*",
    "karayolu*",
    "demiryolu*",
    "autostrad*",
    "avion*",
    "autobus*",
    "treni*",
    "hekurudh*",
    "linj*",
    "autoput*",
    "autocest*",
    "aerodrom*",
    "prug*",
    "voz*",
    "linij*",
    "let",
    "letov*",
    "lete",
    "автопат*",
    "воз*",
    "пруг*",
    "линиј*",
    "железничк*",
    "патничк*",
)
#: Before a name, where the sentence is about a journey.
_BETWEEN = {
    "en": "between from linking connecting and for",
    "sq": "midis ndërmjet me lidh",
    "bcms": "između za s sa između између за с са",
    "mk": "меѓу од за со",
}
#: Between two names of which the second is as the first.
_JOINED = re.compile(
    rb" ?(?:,|and|ve|ile|dhe|me|i|a|or|as well as|-|/|"
    + b"|".join(re.escape(folding.encode(each)) for each in ("и", "а", "–", "—", "со"))
    + rb") ?"
)
_DASH = frozenset(folding.encode("-–"))
_AMONG = re.compile(rb".{0,40} aras")
#: A place and date line: ANKARA (AA), BELGRADE, 5 March, Tirana –
_DATELINE = re.compile(rb" ?\(|, ?[0-9]| ?[" + folding.encode("–—") + rb"] |: ")
_PLACE_CASES = frozenset({"loc", "abl", "dat", "acc", "ki", "li", "lik"})


def _words(words: str) -> frozenset[bytes]:
    return frozenset(folding.scan(word).strip() for word in words.split())


_LEADS = {language: _words(words) for language, words in _BEFORE.items()}
_FOLLOWS = _words(_BEHIND)
_WEAKLY = {language: _words(words) for language, words in _BETWEEN.items()}


def governs(folded: Folded, start: int, end: int, reading: Reading, before: tuple[int, bool] | None) -> bool:
    """Whether a capital stands for its government. `before`: where the capital named before it ends, and what that meant;
    places are those of the fold."""
    codes = folded.codes
    if before is not None and _JOINED.fullmatch(codes[before[0] : start]):
        return before[1]
    label = set(reading.label.split("."))
    if reading.designation.language == "tr" and label & _PLACE_CASES:
        return False
    left = folded.scan[max(0, start - 40) : start].split()
    if left and codes[start - 1 : start] in (b" ", b"\n") and left[-1] in _LEADS.get(reading.group, frozenset()):
        return False
    if guards.is_near(_TRAVEL, folded, start, end) and _on_the_way(folded, start, end, reading, label, left):
        return False
    right = folded.scan[end : end + 30].split(None, 1)
    if right and codes[end : end + 1] == b" " and right[0] in _FOLLOWS:
        return False
    begins = not codes[max(0, start - 2) : start].strip() and (start < 2 or b"\n" in codes[start - 2 : start])
    return not (begins and _DATELINE.match(codes, end))


def _on_the_way(folded: Folded, start: int, end: int, reading: Reading, label: set[str], left: list[bytes]) -> bool:
    """In a sentence about a journey: whether a name is one of its ends, and not who speaks of it."""
    if "nom" not in label or (left and left[-1] in _WEAKLY.get(reading.group, frozenset())):
        return True
    around = folded.codes[start - 1 : start] + folded.codes[end : end + 1]
    if any(code in _DASH for code in around):
        return True
    return reading.designation.language == "tr" and _AMONG.match(folded.scan, end, end + 60) is not None
