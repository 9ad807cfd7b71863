"""A party's name that is written like its adjective is the adjective where a noun behind it agrees with it."""

from __future__ import annotations

import pytest

from sofra.lexicon.engine.loading import load
from sofra.lexicon.engine.matching import Matcher


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(load())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Turska vojska je stigla u bazu.", "adjective"),
        ("Turske kompanije grade autoput.", "adjective"),
        ("Hrvatskom premijeru uručena je nota.", "adjective"),
        ("Турска делегација стигла је јутрос.", "adjective"),
        ("Turske avio-kompanije uvode letove.", "adjective"),
        ("Turska ratna mornarica vježba.", "adjective"),
        ("Bugarska železnica je kupila vozove.", "adjective"),
        ("Njemačke jedinice su stigle.", "adjective"),
        ("Хрватска полиција зауставила аутобус с навијачима.", "adjective"),
        ("Turska je garant mira.", "name"),
        ("Turske nema na spisku.", "name"),
        ("Bugarska najavila nove mjere.", "name"),
        ("Turska ministru šalje notu.", "name"),
        ("Predsjednik Turske Vlade nije dao izjavu.", "name"),
        ("U Turskoj je potpisan sporazum.", "name"),
    ],
)
def test_a_noun_that_agrees_makes_an_adjective_of_a_name(matcher: Matcher, text: str, kind: str) -> None:
    assert [match.kind for match in matcher.find(text)] == [kind]


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("Bakan Fidan, dikkati çekti: bölgenin toprak bütünlüğü esastır.", "hakan-fidan"),
        ("Iz RS-a poručuju da zakon neće primjenjivati.", "REPUBLIKA-SRPSKA"),
        ("Sporazum je objavljen u „Službenom glasniku RS“.", "RS"),
        ("Odluka je objavljena u „Službenom glasniku RS“, kako nalaže Dejton.", "REPUBLIKA-SRPSKA"),
        ("Влада РС донела је уредбу о цени рада у динарима.", "RS"),
        ("Предсједник РС примио је делегацију.", "REPUBLIKA-SRPSKA"),
        ("Students came from Nis for the week.", "nis"),
    ],
)
def test_a_form_that_is_another_word_elsewhere_is_found_where_it_is_meant(
    matcher: Matcher, text: str, entity: str
) -> None:
    assert [match.entity for match in matcher.find(text)] == [entity]


@pytest.mark.parametrize(
    "text",
    [
        "Toplantı 12 Nis 2026 tarihinde yapıldı.",
        "Hastaya acil AB Rh pozitif kan aranıyor.",
        "Fidanların sulanması için damla sulama kuruldu.",
        "Fidani i ullirit kërkon dy vjet kujdes.",
        "Vlora Çitaku dha dorëheqjen nga posti i saj.",
        "SAD ILI NIKAD: ROK ISTIČE U PONOĆ",
        "Kino Armata rihapet pas rinovimit.",
    ],
)
def test_words_that_look_like_names_are_left_alone(matcher: Matcher, text: str) -> None:
    assert matcher.find(text) == []
