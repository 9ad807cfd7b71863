"""Language versions are compared by what can be compared, and Serbian Latin follows the Cyrillic."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sofra.texts.engine.brackets import parse, render
from sofra.texts.engine.consistency import Difference, compare, in_latin, modals
from sofra.texts.engine.figures import figures

# fmt: off
VERSIONS = {
    "en": "1. The parties shall meet on 23 January 2026 in [Istanbul - TR / Tirana - AL] for 12 projects of EUR 1,250,000.50.",
    "tr": "1. Taraflar 23 Ocak 2026'da [İstanbul'da - TR / Tiran'da - AL] buluşacak ve 12 projeye 1.250.000,50 avro verecek.",
    "sq": "1. Palët do të takohen më 23 janar 2026 në [Stamboll - TR / Tiranë - AL] dhe japin 1.250.000,50 euro për 12 projekte.",
    "sr": "1. Стране ће се састати 23. јануара 2026. у [Истанбулу - TR / Тирани - AL] и дати 1.250.000,50 евра на 12 пројеката.",
    "mk": "1. Страните ќе се состанат на 23 јануари 2026 во [Истанбул - TR / Тирана - AL] и 1.250.000,50 евра на 12 проекти.",
    "bs": "1. Strane će se sastati 23. januara 2026. u [Istanbulu - TR / Tirani - AL] i dati 1.250.000,50 eura na 12 projekata.",
}
# fmt: on


def differences(**changed: str) -> list[Difference]:
    versions = {language: parse(words) for language, words in {**VERSIONS, **changed}.items()}
    return [each for each in compare(versions, "en") if each.kind != "modal"]


def test_versions_that_say_the_same_differ_in_nothing() -> None:
    assert differences() == []


@pytest.mark.parametrize(
    ("language", "old", "new", "kind", "expected", "found"),
    [
        ("sq", "23 janar", "24 janar", "dates", "2026-01-23", "2026-01-24"),
        ("sr", "јануара", "фебруара", "dates", "2026-01-23", "2026-02-23"),
        ("tr", "1.250.000,50", "1.250.000,05", "amounts", "1250000.5 EUR", "1250000.05 EUR"),
        ("mk", "12 проекти", "13 проекти", "numbers", "12", "13"),
        ("bs", "1. Strane", "1.bis Strane", "number", "1.", "1.bis"),
        ("bs", "AL]", "AL, RS]", "brackets", "[… - AL / … - TR]", "[… - AL, RS / … - TR]"),
        ("sq", "[Stamboll - TR / Tiranë - AL]", "Stamboll", "brackets", "[… - AL / … - TR]", ""),
    ],
)
def test_each_difference_is_told_with_what_was_expected(
    language: str, old: str, new: str, kind: str, expected: str, found: str
) -> None:
    assert differences(**{language: VERSIONS[language].replace(old, new)}) == [
        Difference(language, kind, 0, expected, found)
    ]  # type: ignore[arg-type]


def test_a_missing_paragraph_and_a_missing_footnote_are_told() -> None:
    versions = {"en": parse("One.\n\nTwo."), "sq": parse("Një.")}
    told = compare(versions, "en", {"en": {0: ["A reservation"]}})
    assert told == [Difference("sq", "paragraphs", None, "2", "1"), Difference("sq", "footnotes", 0, "1", "0")]


@pytest.mark.parametrize(
    ("language", "words", "strength"),
    [
        ("en", "The parties shall meet.", "shall"), ("en", "They should meet.", "should"), ("en", "They may meet.", "may"),
        ("tr", "Taraflar toplanacaktır.", "shall"), ("tr", "Taraflar toplanmalıdır.", "should"),
        ("tr", "Taraflar toplanabilirler.", "may"), ("sq", "Palët do të takohen.", "shall"),
        ("sq", "Palët duhet të takohen.", "should"), ("sq", "Palët mund të takohen.", "may"),
        ("sr", "Стране ће се састати.", "shall"), ("sr", "Стране треба да се састану.", "should"),
        ("sr", "Стране могу да се састану.", "may"), ("bs", "Strane trebaju da se sastanu.", "should"),
        ("cnr", "Strane mogu da se sastanu.", "may"), ("mk", "Страните треба да се состанат.", "should"),
        ("mk", "Страните можат да се состанат.", "may"), ("sr-latn", "Strane će se sastati.", "shall"),
    ],
)  # fmt: skip
def test_modal_strength_is_read_in_every_language(language: str, words: str, strength: str) -> None:
    assert modals(words, language) == {strength: 1}


def test_a_weaker_word_in_a_translation_is_told() -> None:
    versions = {"en": parse("The parties shall meet."), "tr": parse("Taraflar toplanabilir."), "xx": parse("Mi.")}
    assert compare(versions, "en") == [Difference("tr", "modal", 0, "shall", "may")]


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [("Инјекција", "Injekcija"), ("надживети", "nadživeti"), ("ЊЕМАЧКА", "NJEMAČKA"), ("ЊЕГОШ", "NJEGOŠ"), ("Његош", "Njegoš"),
     ("[Љубав - ЦГ / џеп - EU] \\[x\\]", "[Ljubav - ЦГ / džep - EU] \\[x\\]")],
)  # fmt: skip
def test_serbian_latin_is_derived_from_cyrillic_and_labels_stay(cyrillic: str, latin: str) -> None:
    assert render(in_latin(parse(cyrillic))) == latin


def test_a_latin_version_that_is_not_the_derived_one_is_told() -> None:
    versions = {"sr": parse("Један.\n\nДва."), "sr-latn": parse("Jedan.\n\nDve.")}
    assert compare(versions, "sr") == [Difference("sr-latn", "script", 1, "Dva.", "Dve.")]


@pytest.mark.parametrize(
    ("language", "words", "days", "amounts"),
    [
        ("en", "January 23, 2026 and 2026-02-01", [date(2026, 1, 23), date(2026, 2, 1)], []),
        ("en", "EUR 2.5 million, 40%, 3 and 1,000", [], [("2500000", "EUR"), ("40", "%"), ("3", ""), ("1000", "")]),
        ("tr", "2,5 milyon avro, yüzde 40", [], [("2500000", "EUR"), ("40", "%")]),
        ("sq", "më 1.2.2026, 2 milionë euro", [date(2026, 2, 1)], [("2000000", "EUR")]),
        ("sr", "2 милиона евра 31. децембра 2027. године", [date(2027, 12, 31)], [("2000000", "EUR")]),
        ("en", "31 February 2026", [], [("31", ""), ("2026", "")]),
    ],
)
def test_figures_are_read_as_their_language_writes_them(
    language: str, words: str, days: list[date], amounts: list[tuple[str, str]]
) -> None:
    found_days, found = figures(words, language)
    assert sorted(found_days.elements()) == sorted(days)
    assert sorted(found.elements()) == sorted((Decimal(number).normalize(), sign) for number, sign in amounts)
