"""Whatever the text, offsets are those of its code points, matches do not overlap, and nothing falls over."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from sofra.lexicon.engine import quoting, surroundings
from sofra.lexicon.engine.folding import fold
from sofra.lexicon.engine.linting import Linter
from sofra.lexicon.engine.loading import load
from sofra.lexicon.engine.matching import Match, Matcher

LEXICON = load()
MATCHER = Matcher(LEXICON)
LINTER = Linter(LEXICON, matcher=MATCHER)
DAY = date(2026, 1, 23)
#: Words of everyday language that are names only behind another word.
UNLESS = {
    form for entity in LEXICON.entities.values() for guard in entity.guards if guard.unless for form in guard.forms
}
#: “BE” is English as well, and is the Union in an Albanian text alone.
NEEDS_ITS_LANGUAGE = {"BE"}
FORMS = sorted(
    {each.form for each in LEXICON.designations() if not {"list", "map"}.issuperset(each.contexts)}
    - UNLESS
    - NEEDS_ITS_LANGUAGE
)
APART = [
    "'",
    "’",
    "-",
    "\u00ad",
    "\u200b",
    "\u0301",
    "\u0327",
    "#",
    "@",
    ".com",
    "  ",
    "\r\n",
    "\n\n",
    "?",
    "\x00",
    "\x7f",
]
LETTERS = [
    "о",
    "а",
    "ΟΚ",
    "İ",
    "ı",
    "nin",
    "da",
    "lılar",
    "së",
    "'s",
    "Street",
    "ul. ",
    "é",
    "ß",
    "ﬁ",
    "𝐊",
    "🇽🇰",
    "\udc80",
    "و",
]
PIECES = st.sampled_from([*FORMS, *APART, *LETTERS])
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=14).map("".join)


def holds(text: str, found: list[Match]) -> None:
    last = 0
    for match in found:
        assert text[match.start : match.end] == match.text != ""
        assert match.start >= last
        last = match.end
        assert match.entity in LEXICON.entities


@settings(max_examples=120, deadline=None)
@given(TEXTS, st.sampled_from([None, "en", "tr", "sq", "mk", "bs", "cnr", "sr", "sr-latn", "xx"]))
def test_every_match_is_what_it_says_and_none_overlaps(text: str, language: str | None) -> None:
    holds(text, MATCHER.find(text, language))


@settings(max_examples=120, deadline=None)
@given(st.text())
def test_any_unicode_text_is_searched(text: str) -> None:
    holds(text, MATCHER.find(text))


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_a_fold_leads_back_to_every_place(text: str) -> None:
    folded = fold(text)
    assert len(folded.codes) == len(folded.scan) == len(text) - len(folded.gone)
    places = [folded.place(at) for at in range(len(folded.codes))]
    assert places == sorted(set(places))
    assert all(0 <= place < len(text) for place in places)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(FORMS), st.text(alphabet=" .,;\n", max_size=4), st.integers(0, 3))
def test_a_name_is_found_wherever_it_stands(form: str, around: str, blanks: int) -> None:
    text = " " * blanks + "." + around + form + around
    assert any(match.start <= text.index(form) < match.end for match in MATCHER.find(text)), text


FEW = [
    each for each in LEXICON.designations() if each.entity in ("pristina", "KFOR") or each.form in ("Kosova", "Kosovo")
]
WARM = Matcher(LEXICON, FEW)


@settings(max_examples=12, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4), TEXTS, st.sampled_from([None, "tr", "sr"]))
def test_what_was_searched_before_changes_nothing(before: list[str], text: str, language: str | None) -> None:
    for each in before:
        WARM.find(each, language)
        WARM.find(each)
    expected = Matcher(LEXICON, FEW).find(text, language)
    assert WARM.find(text, language) == expected
    assert WARM.find(text, language) == expected


@settings(max_examples=12, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4), TEXTS, st.sampled_from([None, "en", "sr"]))
def test_what_was_linted_before_changes_nothing(before: list[str], text: str, language: str | None) -> None:
    for each in before:
        LINTER.lint(each, language, DAY)
    assert LINTER.lint(text, language, DAY) == Linter(LEXICON, matcher=MATCHER).lint(text, language, DAY)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([*'ab \n\t„“”"«»‚‘', "one two three four five "]), max_size=24).map("".join))
def test_quotations_are_those_of_the_whole_expression(text: str) -> None:
    assert [each.span() for each in quoting.quotations(text)] == [each.span() for each in quoting.QUOTED.finditer(text)]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["Kosovo", "Мо", "ab", "в", ".", "! ", "\n", " \n", " ", "?)"]), max_size=20).map("".join)
)
def test_a_list_of_words_is_found_as_its_expression_finds_it(text: str) -> None:
    words = ("ab", "kosov*", "ab v", "mo ab*")
    scan = fold(text).scan
    near = surroundings.Words(words, "near")
    assert near.among(scan) == bool(near.pattern.search(b" " + scan + b" "))
