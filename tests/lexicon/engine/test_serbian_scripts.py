"""Cyrillic is the master: Latin follows from it, with the capitals of the word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sofra.lexicon.engine.loading import load
from sofra.lexicon.engine.serbian_scripts import to_cyrillic, to_latin


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Његош", "Njegoš"),
        ("ЊЕГОШ", "NJEGOŠ"),
        ("ЊЕМАЧКА", "NJEMAČKA"),
        ("Немачка и Љубљана", "Nemačka i Ljubljana"),
        ("ЏАМИЈА, Џамија, џамија", "DŽAMIJA, Džamija, džamija"),
        ("КРАЉ", "KRALJ"),
        ("Љ. Поповић", "Lj. Popović"),
        ("Инјекција", "Injekcija"),
        ("надживети", "nadživeti"),
        ("Танјуг", "Tanjug"),
        ("Ђурић и Ћосић", "Đurić i Ćosić"),
        ("с́утра, З́еница", "śutra, Źenica"),
        ("БиХ 2026", "BiH 2026"),
    ],
)
def test_latin_is_derived_letter_by_letter(cyrillic: str, latin: str) -> None:
    assert to_latin(cyrillic) == latin
    assert to_cyrillic(latin) == cyrillic


def test_letters_of_other_alphabets_stay() -> None:
    assert to_latin("Erdoğan и Wallis") == "Erdoğan i Wallis"
    assert to_cyrillic("Erdoğan i Wallis") == "Ердоğан и Wаллис"


def test_the_same_capitals_come_back_from_either_kind_of_digraph() -> None:
    assert to_cyrillic("NJEMAČKA Njemačka ǋemačka") == "ЊЕМАЧКА Њемачка Њемачка"


@given(st.text(alphabet="абвгдђежзијклљмнњопрстћуфхцчџшАБЊЉЏ ,.-", max_size=60))
def test_cyrillic_makes_latin_without_a_letter_of_its_own(text: str) -> None:
    latin = to_latin(text)
    assert not any("\u0400" <= letter <= "\u04ff" for letter in latin)
    assert to_latin(to_cyrillic(latin)) == latin


def test_every_shipped_cyrillic_form_comes_back_from_its_latin() -> None:
    for designation in load().designations():
        if designation.language in ("sr", "bs", "cnr") and designation.script == "Cyrl" and designation.form.isalpha():
            assert to_latin(to_cyrillic(to_latin(designation.form))) == to_latin(designation.form)
