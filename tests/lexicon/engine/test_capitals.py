"""A capital is a town where the sentence is about the place, and its party where it stands for the government."""

from __future__ import annotations

import pytest

from sofra.lexicon.engine.loading import load
from sofra.lexicon.engine.matching import Matcher


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(load())


def found(matcher: Matcher, text: str, language: str) -> list[tuple[str, str, str]]:
    return [(each.text, each.entity, each.kind) for each in matcher.find(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Belgrade answered on Tuesday.", [("Belgrade", "RS")]),
        ("en", "Dialogue between Belgrade and Pristina resumed.", [("Belgrade", "RS"), ("Pristina", "XK")]),
        ("en", "Brussels wants reforms.", [("Brussels", "EU")]),
        ("sr", "Изасланици Београда и Приштине разговарали су.", [("Београда", "RS"), ("Приштине", "XK")]),
        ("bs", "Ankara je čestitala Sarajevu.", [("Ankara", "TR"), ("Sarajevu", "BA")]),
        ("sq", "Tirana e mirëpriti propozimin.", [("Tirana", "AL")]),
        ("tr", "Ankara'nın yanıtı salı günü geldi.", [("Ankara'nın", "TR")]),
        ("mk", "Скопје го прифати предлогот.", [("Скопје", "MK")]),
        ("mk", "Брисел бара од Скопје уставни измени.", [("Брисел", "EU"), ("Скопје", "MK")]),
        ("bs", "Iz Sarajeva poručuju da neće odustati.", [("Sarajeva", "BA")]),
        ("bs", "Govorili su o ucjenama iz Beograda.", [("Beograda", "RS")]),
        ("sq", "U mbyllën zyrat e financuara nga Beogradi.", [("Beogradi", "RS")]),
        ("en", "Under pressure from Brussels, Sarajevo adopted the law.", [("Brussels", "EU"), ("Sarajevo", "BA")]),
        ("tr", "Ankara'dan Belgrad'a mesaj: Diyalog tek yol", [("Ankara'dan", "TR"), ("Belgrad'a", "RS")]),
        ("tr", "Karar Priştine'yi endişelendiriyor.", [("Priştine'yi", "XK")]),
        ("en", "Belgrade's refusal surprised them.", [("Belgrade's", "RS")]),
        ("sq", "Qëndrimi i Beogradit është i qartë.", [("Beogradit", "RS")]),
        ("mk", "Порака до Брисел и до сите.", [("Брисел", "EU")]),
        ("en", "They await steps from Belgrade and Pristina.", [("Belgrade", "RS"), ("Pristina", "XK")]),
        (
            "sr-latn",
            "Dogovor Ankare, Beograda i Sarajeva o autoputu.",
            [("Ankare", "TR"), ("Beograda", "RS"), ("Sarajeva", "BA")],
        ),
    ],
)
def test_a_capital_that_acts_is_its_party(
    matcher: Matcher, language: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(matcher, text, language) == [(form, entity, "metonym") for form, entity in expected]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "They met in Belgrade.", [("Belgrade", "belgrade")]),
        ("en", "They flew to Ankara.", [("Ankara", "ankara")]),
        (
            "en",
            "In Tirana, Ankara and Zagreb it rained.",
            [("Tirana", "tirana"), ("Ankara", "ankara"), ("Zagreb", "zagreb")],
        ),
        ("en", "The Belgrade–Sarajevo motorway opened.", [("Belgrade", "belgrade"), ("Sarajevo", "sarajevo")]),
        ("sr", "Састали су се у Приштини.", [("Приштини", "pristina")]),
        ("en", "A Sarajevo-born chef won.", [("Sarajevo", "sarajevo")]),
        ("bs", "Saobraćaj Sarajevo–Mostar je obustavljen.", [("Sarajevo", "sarajevo"), ("Mostar", "mostar")]),
        ("sr-latn", "Auto-put Beograd–Niš je zatvoren.", [("Beograd", "belgrade"), ("Niš", "nis")]),
        ("cnr", "Stigli su iz Prištine i Tirane.", [("Prištine", "pristina"), ("Tirane", "tirana")]),
        ("sq", "Takimi u mbajt në Tiranë.", [("Tiranë", "tirana")]),
        (
            "sr-latn",
            "Memorandum o pruzi Beograd–Novi Sad je potpisan.",
            [("Beograd", "belgrade"), ("Novi Sad", "novi-sad")],
        ),
        ("bs", "FK Sarajevo je remizirao.", [("Sarajevo", "sarajevo")]),
        ("en", "Dinamo Zagreb drew at home.", [("Zagreb", "zagreb")]),
        ("sq", "Në ndeshjen e fundit Tirana barazoi.", [("Tirana", "tirana")]),
        ("en", "Pristina's main square was closed.", [("Pristina's", "pristina")]),
        ("en", "A Tirana court ordered his release.", [("Tirana", "tirana")]),
        ("en", "Thick fog covered Sarajevo.", [("Sarajevo", "sarajevo")]),
        ("bs", "Kanton Sarajevo je usvojio budžet u blizini.", [("Sarajevo", "sarajevo")]),
        ("mk", "Апелација Скопје ја потврди пресудата.", [("Скопје", "skopje")]),
        ("tr", "Başkent Ankara için uyarı yapıldı.", [("Ankara", "ankara")]),
        ("sq", "Fituan maratonën e Shkupit.", [("Shkupit", "skopje")]),
        ("sr", "Тирана, главни град, домаћин је самита.", [("Тирана", "tirana")]),
        ("en", "Skopje, the capital, was flooded.", [("Skopje", "skopje")]),
        ("tr", "Toplantı Ankara'da yapıldı.", [("Ankara'da", "ankara")]),
        ("tr", "Heyet Tiran'a gitti.", [("Tiran'a", "tirana")]),
        ("mk", "Средбата е во Скопје.", [("Скопје", "skopje")]),
        ("mk", "Министерот ја посети Подгорица.", [("Подгорица", "podgorica")]),
        ("mk", "Министерот пристигна од Сараево.", [("Сараево", "sarajevo")]),
        ("en", "BELGRADE, Nov 4 (Reuters) - Talks resumed.", [("BELGRADE", "belgrade")]),
        ("en", "They live in villages south of Sarajevo.", [("Sarajevo", "sarajevo")]),
        ("sq", "TIRANË, 14 nëntor /ATSH/ - Nisën bisedimet.", [("TIRANË", "tirana")]),
        ("sq", "Rruga Prishtinë-Shkup u bllokua.", [("Prishtinë", "pristina"), ("Shkup", "skopje")]),
        ("sq", "Avioni u ul në Podgoricë.", [("Podgoricë", "podgorica")]),
        ("bs", "U posjeti Ankari je i ministar.", [("Ankari", "ankara")]),
        ("sr", "Југоисточно од Београда је пао снег.", [("Београда", "belgrade")]),
        ("tr", "Elçi, Ankara ziyareti sonrası konuştu.", [("Ankara", "ankara")]),
        ("tr", "Açıklamayı Priştine Büyükelçiliği yaptı.", [("Priştine", "pristina")]),
    ],
)
def test_a_capital_where_something_happens_is_a_town(
    matcher: Matcher, language: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(matcher, text, language) == [(form, entity, "name") for form, entity in expected]


def test_a_theme_is_not_found_in_running_text(matcher: Matcher) -> None:
    assert found(matcher, "Youth, industry and energy security were named.", "en") == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("After talks in Ankara, Belgrade agreed to the plan.", ["name", "metonym"]),
        ("Talks in Ankara, Belgrade and Tirana went on.", ["name", "name", "name"]),
        ("Nakon razgovora u Ankari, Beograd je pristao.", ["name", "metonym"]),
    ],
)
def test_a_comma_joins_the_names_of_a_list_alone(matcher: Matcher, text: str, kinds: list[str]) -> None:
    assert [match.kind for match in matcher.find(text)] == kinds


def test_a_short_line_in_no_known_language_has_its_words_of_place(matcher: Matcher) -> None:
    assert [match.kind for match in matcher.find("U Sarajevo stigao gost.")] == ["name"]
