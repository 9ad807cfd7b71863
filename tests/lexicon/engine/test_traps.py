"""What a text can hold against a matcher: each trap by itself, with exact spans."""

from __future__ import annotations

import pytest

from sofra.lexicon.engine.loading import load
from sofra.lexicon.engine.matching import Matcher

LEXICON = load()
MATCHER = Matcher(LEXICON)


def told(text: str, language: str | None = None) -> list[tuple[str, str]]:
    return [(match.text, match.entity) for match in MATCHER.find(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The European Union (EU) replied.", [("European Union", "EU"), ("EU", "EU")]),
        ("Kosovo i Metohija je tema, a Srbija je to rekla.", [("Kosovo i Metohija", "XK"), ("Srbija", "RS")]),
        ("Kuzey\nMakedonya ile görüşme oldu.", [("Kuzey\nMakedonya", "MK")]),
        ("Kuzey  Makedonya ile görüşme oldu.", [("Kuzey  Makedonya", "MK")]),
        ("Kuzey\u00a0Makedonya ile görüşme oldu.", [("Kuzey\u00a0Makedonya", "MK")]),
        ("Sırbistan-Kosova görüşmesi için", [("Sırbistan", "RS"), ("Kosova", "XK")]),
        (
            "Türkiye-Bosna Hersek-Hırvatistan toplantısı için",
            [("Türkiye", "TR"), ("Bosna Hersek", "BA"), ("Hırvatistan", "HR")],
        ),
        ("SIRBİSTAN ve SRBIJA için", [("SIRBİSTAN", "RS"), ("SRBIJA", "RS")]),
        ("ALBANIA'S reply", [("ALBANIA'S", "AL")]),
        (
            "Türkiye’nin, Kosova'daki ve Kosovada olan bir şey",
            [("Türkiye’nin", "TR"), ("Kosova'daki", "XK"), ("Kosovada", "XK")],
        ),
        # The modifier apostrophe, which Unicode calls a letter.
        ("Türkiyeʼnin dışişleri bakanı", [("Türkiyeʼnin", "TR")]),
        ("the EUʼs position", [("EUʼs", "EU")]),
        ("Delegacioni i BE-së dhe i NATO-s është këtu", [("BE-së", "EU"), ("NATO-s", "NATO")]),
        ("ab initio ve bm için", []),
        ("The turkey was roasted.", []),
        ("Write to info@kosovo.net or see www.kosovo-online.com.", []),
        ("Kosova Caddesi No: 5 için", []),
        ("crna gora je puna vukova", []),
        ("TELL US WHAT YOU THINK", []),
        ("US AND SERBIA SIGN DEAL", [("US", "US"), ("SERBIA", "RS")]),
        ("SAD SE VRAĆAMO NA PROGRAM", []),
        ("Bar troje povrijeđenih u sudaru.", []),
        ("Brod je uplovio u Bar.", [("Bar", "bar")]),
        ("Pristine beaches await the guests.", []),
        ("Kına gecesi yapıldı.", []),
        ("Kına yerine bir başka boya ile olmuyor.", []),
        ("Türkü festivali için bir gün kaldı.", []),
        ("Vučica je napala jagnje.", []),
        # Forms of other languages that are words of this one.
        ("Tuzlu su ve daha çok balık bir arada görüldü.", []),
        ("Makedonca yayın ile Türkçe yayın bir arada.", []),
        ("Çince ve Rusça bilen bir kişi aranıyor.", []),
        ("The pristine valley and the river Ruse are in the park.", []),
        ("The physicist Paul Dirac was there with the others.", []),
        ("Тирани и диктатори не се исто што и водачи.", []),
        ("Karadağ's new novel is out.", []),
        ("Fidanlar toprağa kavuştu ve daha sonra sulandı.", []),
        # Surnames and given names.
        ("Kosovare Asllani shënoi për Suedinë, tha trajneri.", []),
        ("Makedonka Jančevska je nova direktorica.", []),
        ("Srbijanka Ana Anić je nova direktorica.", [("Srbijanka", "RS")]),
        ("Medvedi se spuštaju do kuća, a to nije dobro.", []),
        ("KFOR-ovo vozilo i NATO-ovo vozilo su tu.", [("KFOR-ovo", "KFOR"), ("NATO-ovo", "NATO")]),
        ("AB Komisyonu, Kosova'ya 70 milyon avro hibe verecek.", [("AB", "EU"), ("Kosova'ya", "XK")]),
        ("Словенска азбука је изложена у музеју.", []),
        ("Nenad Đurić je postigao gol, rekao je trener.", []),
        ("Dragan Crnogorac nije dao izjavu.", []),
        ("Bulgaristan Cumhurbaşkanı Rumen Radev ile görüştü.", [("Bulgaristan", "BG")]),
        ("Bursa inflammation is common among runners.", []),
        # Slavic in Serbian, Slovenian in Bosnian.
        ("Slovenski narodi slave praznik.", []),
        ("Slovenski premijer je stigao.", [("Slovenski", "SI")]),
        ("Sud Brčkog i bolnica u Brčkom su otvoreni.", [("Brčkog", "brcko"), ("Brčkom", "brcko")]),
        ("Fleta Zyrtare e RSH-së është botuar.", [("RSH-së", "AL")]),
        ("Predsedavanje PSuJIE-om traje godinu dana.", [("PSuJIE-om", "SEECP")]),
        ("Кино Милениум е отворено.", []),
        ("Kos\u00adovo", [("Kos\u00adovo", "XK")]),
        ("Tu\u0308rkiye", [("Tu\u0308rkiye", "TR")]),
        ("Sirbistan ve Turkiye", [("Sirbistan", "RS"), ("Turkiye", "TR")]),
    ],
)
def test_a_trap_is_passed(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


def test_a_letter_of_another_script_is_called_by_its_name() -> None:
    (match,) = MATCHER.find("Kosov\u043e")
    assert (match.entity, match.text, match.spoof) == ("XK", "Kosov\u043e", "\u043e CYRILLIC SMALL LETTER O")


def test_a_hashtag_is_reported_as_one_also_of_several_words() -> None:
    found = MATCHER.find("#Kosovo and #NorthMacedonia")
    assert [(each.text, each.entity, each.guard) for each in found] == [
        ("Kosovo", "XK", "hashtag"),
        ("NorthMacedonia", "MK", "hashtag"),
    ]


def test_which_of_the_three_is_taken_from_the_declared_language_alone() -> None:
    text = "Ministri Srbije i Crne Gore sastali su se."
    assert {match.language for match in MATCHER.find(text)} == {"bcms"}
    for declared in ("bs", "cnr", "sr-latn"):
        assert {match.language for match in MATCHER.find(text, declared)} == {declared}
