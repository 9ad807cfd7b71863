"""What stands around a name is found by short cuts, and is what reading it all would find."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sofra.lexicon.engine import folding
from sofra.lexicon.engine.recognising import recognise
from sofra.lexicon.engine.stems import Stems, stems
from sofra.lexicon.engine.surroundings import is_near

_letters = st.text("abcš", min_size=2, max_size=5)


@given(st.lists(_letters, max_size=8), st.lists(st.text("abcš", max_size=6), max_size=6))
def test_a_word_begins_with_a_stem_as_it_begins_with_one_of_them_all(known: list[str], words: list[str]) -> None:
    listed, said = [folding.scan(each) for each in known], [folding.scan(each) for each in words]
    asked = Stems(listed)
    assert [asked.begin(word) for word in said] == [word.startswith(tuple(listed)) for word in said]
    assert asked.begin_any(said) == any(word.startswith(tuple(listed)) for word in said)
    assert (Stems(listed[:2]) + Stems(listed[2:])).begin_any(said) == asked.begin_any(said)


def test_stems_are_those_of_both_scripts_where_asked() -> None:
    assert stems("poruč", cyrillic=True).begin(folding.scan("поручују").strip())
    assert not stems("poruč").begin(folding.scan("поручују").strip())


def test_a_form_is_not_near_itself() -> None:
    folded = folding.fold("One flew. The turkey flew by. A turkey and a turkey met.")
    first = folded.text.index("turkey")
    assert not is_near(("turkey",), folded, first, first + 6)
    second = folded.text.index("turkey", first + 1)
    assert is_near(("turkey",), folded, second, second + 6)
    assert is_near(("met",), folded, second, second + 6)
    assert not is_near(("flew",), folded, second, second + 6)


def test_letters_tell_a_language_that_small_words_do_not() -> None:
    for text, language in (
        ("Ağrı Dağı eteği, şafak", "tr"),
        ("Vëllai, zëri, bëri", "sq"),
        ("Ќофтиња, ѓумбир, ѕид", "mk"),
        ("Ђурђевак, ћуран", "bcms"),
        ("Čačak, Šabac, Žiča", "bcms"),
        ("Oslo, Paris", None),
    ):
        folded = folding.fold(text)
        assert recognise(folded.scan, None, lambda folded=folded: folded.codes) == language, text
    assert recognise(folding.fold("Ağrı Dağı").scan) is None
