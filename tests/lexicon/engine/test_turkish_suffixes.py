"""Turkish endings are read by harmony, with and without an apostrophe, and named."""

from __future__ import annotations

import pytest

from sofra.lexicon.engine.turkish_suffixes import read


@pytest.mark.parametrize(
    ("stem", "ending", "label"),
    [
        ("türkiye", "nin", "gen"),
        ("türkiye", "ye", "dat"),
        ("türkiye", "yi", "acc"),
        ("kosova", "da", "loc"),
        ("kosova", "daki", "loc.ki"),
        ("kosova", "dakilerin", "loc.ki.pl.gen"),
        ("kosova", "lı", "li"),
        ("kosova", "lılardan", "li.pl.abl"),
        ("kosova", "yla", "ins"),
        ("kosova", "ninki", "gen.ki"),
        ("sırbistan", "la", "ins"),
        ("türk", "lerin", "pl.gen"),
        ("avrupa birliği", "nin", "gen"),
        ("avrupa birliği", "ndeki", "loc.ki"),
        ("kosova", "", "nom"),
    ],
)
def test_a_chain_of_suffixes_has_a_name(stem: str, ending: str, label: str) -> None:
    assert read(stem, ending, apostrophe=False) == label
    assert read(stem, ending, apostrophe=True) == label


@pytest.mark.parametrize(
    ("stem", "ending"), [("kosova", "de"), ("türk", "uaz"), ("bosna", "k"), ("kosova", "r"), ("türkiye", "in")]
)
def test_what_breaks_harmony_or_is_no_suffix_is_another_word(stem: str, ending: str) -> None:
    assert read(stem, ending, apostrophe=False) is None


@pytest.mark.parametrize(("stem", "ending"), [("ab", "nin"), ("kfor", "un"), ("abd", "den"), ("bm", "ye")])
def test_abbreviations_are_spoken_letter_by_letter(stem: str, ending: str) -> None:
    assert read(stem, ending, apostrophe=True, loose=True) is not None


def test_an_endless_ending_is_none() -> None:
    assert read("kosova", "lı" * 500, apostrophe=False) is None
