"""Turkish case suffixes follow the name's own vowels and consonants."""

from __future__ import annotations

import pytest

from sofra.lexicon.engine.turkish import with_case


@pytest.mark.parametrize(
    ("name", "gen", "acc", "dat", "loc", "abl", "ins"),
    [
        ("Türkiye", "nin", "yi", "ye", "de", "den", "yle"),
        ("Arnavutluk", "un", "u", "a", "ta", "tan", "la"),
        ("Bosna-Hersek", "in", "i", "e", "te", "ten", "le"),
        ("Kosova", "nın", "yı", "ya", "da", "dan", "yla"),
        ("Karadağ", "ın", "ı", "a", "da", "dan", "la"),
        ("Kuzey Makedonya", "nın", "yı", "ya", "da", "dan", "yla"),
        ("Sırbistan", "ın", "ı", "a", "da", "dan", "la"),
        ("Hırvatistan", "ın", "ı", "a", "da", "dan", "la"),
        ("İtalya", "nın", "yı", "ya", "da", "dan", "yla"),
        ("Romanya", "nın", "yı", "ya", "da", "dan", "yla"),
        ("Kosova Cumhuriyeti", "nin", "ni", "ne", "nde", "nden", "yle"),
        ("Avrupa Birliği", "nin", "ni", "ne", "nde", "nden", "yle"),
        ("Amerika Birleşik Devletleri", "nin", "ni", "ne", "nde", "nden", "yle"),
    ],
)
def test_each_case(name, gen, acc, dat, loc, abl, ins):
    wanted = {"gen": gen, "acc": acc, "dat": dat, "loc": loc, "abl": abl, "ins": ins}
    assert {case: with_case(name, case) for case in wanted} == {case: f"{name}'{end}" for case, end in wanted.items()}


def test_no_case_is_no_suffix():
    assert with_case("Türkiye", "") == "Türkiye"


def test_a_name_known_to_end_in_a_possessive_takes_an_n_whatever_its_last_word() -> None:
    assert with_case("Dost Konseyi", "loc", possessive=True) == "Dost Konseyi'nde"
    assert with_case("Albin Kurti", "dat") == "Albin Kurti'ye"
