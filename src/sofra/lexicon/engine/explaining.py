"""An order explained in one sentence, in the reader's language. Names and languages stand in brackets or after a colon, in
the nominative, because a sentence made of parts cannot inflect them."""

from __future__ import annotations

from collections.abc import Mapping

from sofra.lexicon.engine.ordering import Ordered

#: By reader's language: what each basis says, what bands and the host first add, and the names of the eight languages.
_SAID: dict[str, dict[str, str]] = {
    "en": {
        "alphabetical": "In the alphabetical order of the designations (alphabet: {language})",
        "protocol": "In the alphabetical order of the host's protocol (host: {host}, alphabet: {language})",
        "rank": "By rank of office and the date of taking it up, and where these are equal in alphabetical order (alphabet: "
        "{language})",
        "rotation": "In rotation through the alphabetical order (alphabet: {language}), beginning with: {first}",
        "lot": "In the order of a drawn lot (seed: {seed})",
        "list": "In the stated order",
        "persons": "In the alphabetical order of persons' names (alphabet: {language})",
        "bands": ", higher ranks before lower ones",
        "host": ", the host first",
    },
    "tr": {
        "alphabetical": "Adların alfabe sırasına göre (alfabe: {language})",
        "protocol": "Ev sahibi protokolünün alfabe sırasına göre (ev sahibi: {host}, alfabe: {language})",
        "rank": "Görevin derecesine ve göreve başlama tarihine, bunlar eşitse alfabe sırasına göre (alfabe: {language})",
        "rotation": "Alfabe sırasına göre dönüşümlü olarak (alfabe: {language}), başlayan: {first}",
        "lot": "Çekilen kuranın sırasına göre (tohum: {seed})",
        "list": "Belirlenmiş sıraya göre",
        "persons": "Kişi adlarının alfabe sırasına göre (alfabe: {language})",
        "bands": ", yüksek dereceliler önce",
        "host": ", ev sahibi başta",
    },
    "sq": {
        "alphabetical": "Sipas rendit alfabetik të emërtimeve (alfabeti: {language})",
        "protocol": "Sipas rendit alfabetik të protokollit të mikpritësit (mikpritësi: {host}, alfabeti: {language})",
        "rank": "Sipas rangut të detyrës dhe datës së marrjes së saj, e kur janë të barabarta sipas rendit alfabetik "
        "(alfabeti: {language})",
        "rotation": "Me rotacion sipas rendit alfabetik (alfabeti: {language}), duke filluar nga: {first}",
        "lot": "Sipas shortit të hedhur (fara: {seed})",
        "list": "Sipas rendit të përcaktuar",
        "persons": "Sipas rendit alfabetik të emrave të personave (alfabeti: {language})",
        "bands": ", rangjet më të larta përpara më të ulëtave",
        "host": ", mikpritësi i pari",
    },
    "bs": {
        "alphabetical": "Abecednim redom naziva (jezik: {language})",
        "protocol": "Abecednim redom protokola domaćina (domaćin: {host}, jezik: {language})",
        "rank": "Po rangu funkcije i datumu njenog preuzimanja, a gdje su jednaki abecednim redom (jezik: {language})",
        "rotation": "Rotacijom po abecednom redu (jezik: {language}), prvi: {first}",
        "lot": "Redom izvučenim žrijebom (polazni tekst: {seed})",
        "list": "Utvrđenim redom",
        "persons": "Abecednim redom imena osoba (jezik: {language})",
        "bands": ", viši rang prije nižeg",
        "host": ", domaćin na prvom mjestu",
    },
    "cnr": {
        "alphabetical": "Abecednim redom naziva (jezik: {language})",
        "protocol": "Abecednim redom protokola domaćina (domaćin: {host}, jezik: {language})",
        "rank": "Po rangu funkcije i datumu njenog preuzimanja, a gdje su jednaki abecednim redom (jezik: {language})",
        "rotation": "Rotacijom po abecednom redu (jezik: {language}), prvi: {first}",
        "lot": "Redom izvučenim žrijebom (polazni tekst: {seed})",
        "list": "Utvrđenim redom",
        "persons": "Abecednim redom imena lica (jezik: {language})",
        "bands": ", viši rang prije nižeg",
        "host": ", domaćin na prvom mjestu",
    },
    "sr": {
        "alphabetical": "Азбучним редом назива (језик: {language})",
        "protocol": "Азбучним редом протокола домаћина (домаћин: {host}, језик: {language})",
        "rank": "По рангу функције и датуму њеног преузимања, а где су једнаки азбучним редом (језик: {language})",
        "rotation": "Ротацијом по азбучном реду (језик: {language}), први: {first}",
        "lot": "Редом извученим жребом (полазни текст: {seed})",
        "list": "Утврђеним редом",
        "persons": "Азбучним редом имена лица (језик: {language})",
        "bands": ", виши ранг пре нижег",
        "host": ", домаћин на првом месту",
    },
    "sr-latn": {
        "alphabetical": "Abecednim redom naziva (jezik: {language})",
        "protocol": "Abecednim redom protokola domaćina (domaćin: {host}, jezik: {language})",
        "rank": "Po rangu funkcije i datumu njenog preuzimanja, a gde su jednaki abecednim redom (jezik: {language})",
        "rotation": "Rotacijom po abecednom redu (jezik: {language}), prvi: {first}",
        "lot": "Redom izvučenim žrebom (polazni tekst: {seed})",
        "list": "Utvrđenim redom",
        "persons": "Abecednim redom imena lica (jezik: {language})",
        "bands": ", viši rang pre nižeg",
        "host": ", domaćin na prvom mestu",
    },
    "mk": {
        "alphabetical": "По азбучен ред на називите (јазик: {language})",
        "protocol": "По азбучниот ред на протоколот на домаќинот (домаќин: {host}, јазик: {language})",
        "rank": "Според рангот на функцијата и датумот на нејзиното преземање, а при еднаквост по азбучен ред (јазик: "
        "{language})",
        "rotation": "Со ротација по азбучен ред (јазик: {language}), почнува: {first}",
        "lot": "По редот на извлечената ждрепка (почетен текст: {seed})",
        "list": "По утврдениот ред",
        "persons": "По азбучен ред на имињата на лицата (јазик: {language})",
        "bands": ", повисок ранг пред понизок",
        "host": ", домаќинот прв",
    },
}
_TONGUES = ("en", "tr", "sq", "bs", "cnr", "sr", "sr-latn", "mk")
_NAMES: dict[str, tuple[str, ...]] = {
    "en": ("English", "Turkish", "Albanian", "Bosnian", "Montenegrin", "Serbian (Cyrillic)", "Serbian (Latin)", "Macedonian"),
    "tr": ("İngilizce", "Türkçe", "Arnavutça", "Boşnakça", "Karadağca", "Sırpça (Kiril)", "Sırpça (Latin)", "Makedonca"),
    "sq": ("anglisht", "turqisht", "shqip", "boshnjakisht", "malazezisht", "serbisht (cirilik)", "serbisht (latin)",
           "maqedonisht"),
    "bs": ("engleski", "turski", "albanski", "bosanski", "crnogorski", "srpski (ćirilica)", "srpski (latinica)",
           "makedonski"),
    "sr": ("енглески", "турски", "албански", "босански", "црногорски", "српски (ћирилица)", "српски (латиница)",
           "македонски"),
    "mk": ("англиски", "турски", "албански", "босански", "црногорски", "српски (кирилица)", "српски (латиница)",
           "македонски"),
}  # fmt: skip
_NAMES["cnr"] = _NAMES["sr-latn"] = _NAMES["bs"]


def explain(ordered: Ordered, reader: str, names: Mapping[str, str]) -> str:
    """One sentence on what an order rests on, for a reader of one of the eight languages. `names` are the designations of
    the parties in that language. Raises KeyError for a reader's language there is no sentence in."""
    said = _SAID[reader]
    sentence = said[ordered.basis].format(
        language=_NAMES[reader][_TONGUES.index(ordered.language)],
        host=names.get(ordered.host, ordered.host),
        first=names.get(ordered.first, ordered.first),
        seed=ordered.draw.seed if ordered.draw else "",
    )
    return sentence + (said["bands"] if ordered.by_bands else "") + (said["host"] if ordered.host_first else "") + "."
