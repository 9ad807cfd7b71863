"""How a new name inflects is said by an example; what is shown is what texts are searched for."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sofra.lexicon.engine.model import LANGUAGES
from sofra.lexicon.engine.patterns import CannotInflect, asked_words, guess, inflected, paradigm_of, patterns


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_inflects_as_it_says(language: str) -> None:
    for each in patterns(language, False):
        forms = inflected(language, each.example, each.paradigm, "adjective")
        assert each.example in forms
        assert len(forms) > 1, each
    assert {each.paradigm for each in patterns(language, True)} <= {each.paradigm for each in patterns(language, False)}


@pytest.mark.parametrize(
    ("language", "form", "like", "some"),
    [
        ("bs", "Tuzlak", ("m",), {"Tuzlak", "Tuzlaka", "Tuzlaku", "Tuzlakom"}),
        ("sr", "Дунавска иницијатива", ("a.f", "f"), {"Дунавске иницијативе", "Дунавску иницијативу"}),
        ("sr-latn", "Savet za vodu", ("m", "", ""), {"Saveta za vodu", "Savetom za vodu"}),
        ("sq", "Nisma", ("f.a",), {"Nismën", "Nismës"}),
        ("mk", "Совет за вода", ("m", "", ""), {"Советот за вода"}),
        ("tr", "Su Birliği", ("possessive",), {"Su Birliği'nin", "Su Birliği'nde"}),
        ("en", "Water Council", ("name",), {"Water Council's"}),
        ("bs", "Palić", ("",), {"Palić"}),
    ],
)
def test_a_name_inflects_like_the_example_word_by_word(language, form, like, some) -> None:
    assert len(asked_words(language, form)) == len(like)
    assert some <= set(inflected(language, form, paradigm_of(language, like)))


def test_a_name_that_cannot_inflect_so_is_refused_with_the_reason() -> None:
    with pytest.raises(CannotInflect, match="no paradigm"):
        inflected("bs", "Voda", "zz")
    with pytest.raises(CannotInflect, match="words"):
        inflected("bs", "Voda i zemlja", "f f")
    with pytest.raises(CannotInflect, match="does not inflect so"):
        inflected("tr", "Ova", "softening")


@given(st.sampled_from(LANGUAGES), st.text(min_size=1, max_size=30), st.data())
def test_any_text_inflects_or_is_refused(language: str, form: str, data: st.DataObject) -> None:
    form = " ".join(form.split()) or "x"
    found = asked_words(language, form)
    assert len(guess(language, form)) in (len(found), 1)
    known = ["", *(each.paradigm for each in patterns(language, len(found) > 1))]
    chosen = [data.draw(st.sampled_from(known)) for _word in found]
    with contextlib.suppress(CannotInflect):
        assert inflected(language, form, paradigm_of(language, chosen))
