"""The laws of order and of being in force."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sofra.lexicon.engine.ordering import alphabetical, arrange, arrange_by_list
from sofra.lexicon.engine.profiles import Span, complete_languages, holding, lacking

LANGUAGES = ("en", "tr", "sq", "bs", "sr", "sr-latn", "mk", "cnr")
NAMES = st.sampled_from(
    [
        "",
        "a",
        "A",
        "Çelik",
        "çelik",
        "Cd",
        "đ",
        "Đa",
        "ş",
        "Ša",
        "İz",
        "ız",
        "î",
        "Xh",
        "Џ",
        "џ",
        "Ш",
        "a b",
        "a-b",
        "a*",
    ]
)
THINGS = st.lists(st.integers(0, 40), unique=True, max_size=12)
START = datetime(2026, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 20).map(lambda number: START + timedelta(seconds=number))


@given(things=THINGS, texts=st.dictionaries(st.integers(0, 40), NAMES), language=st.sampled_from(LANGUAGES))
def test_an_alphabetical_order_is_a_stable_permutation(things, texts, language):
    ordered = arrange(things, texts, language)
    assert sorted(ordered) == sorted(things)
    assert arrange(ordered, texts, language) == ordered
    keys = [(0, alphabetical(texts[each], language)) if each in texts else (1, b"") for each in ordered]
    assert keys == sorted(keys)
    for left, right in pairwise(ordered):
        if keys[ordered.index(left)] == keys[ordered.index(right)]:
            assert things.index(left) < things.index(right)


@given(things=THINGS, stated=THINGS)
def test_a_stated_order_is_a_stable_permutation_with_the_rest_behind(things, stated):
    ordered = arrange_by_list(things, stated)
    assert sorted(ordered) == sorted(things)
    assert ordered == [each for each in stated if each in things] + [each for each in things if each not in stated]


@given(st.lists(st.tuples(INSTANTS, st.one_of(st.none(), INSTANTS)), max_size=8), INSTANTS)
def test_at_most_one_holds_and_it_is_the_one_that_began_last(pairs, at):
    spans = [Span(number, since, until) for number, (since, until) in enumerate(pairs)]
    found = holding(spans, at)
    alive = [span for span in spans if span.since <= at and (span.until is None or at < span.until)]
    assert (found is None) == (alive == [])
    if found is not None:
        assert found in alive
        assert (found.since, found.key) == max((span.since, span.key) for span in alive)


@given(
    st.sets(st.tuples(st.integers(0, 4), st.sampled_from(["en", "tr", "mk"]))), st.lists(st.integers(0, 4), unique=True)
)
def test_a_language_is_complete_exactly_when_nothing_is_lacking_in_it(designated, parties):
    whole = complete_languages(designated, parties)
    for language in ("en", "tr", "mk"):
        assert (language in whole) == (bool(parties) and lacking(designated, parties, [language]) == [])


def test_letters_of_the_eight_languages_stand_where_their_readers_look():
    words = ["Crna Gora", "Çelik", "Cetinje", "Zagora", "Đakovica", "Dubrovnik", "Šar"]
    texts = {word: word for word in words}
    assert arrange(words, texts, "tr")[:3] == ["Cetinje", "Crna Gora", "Çelik"]
    assert arrange(words, texts, "cnr")[-2:] == ["Šar", "Zagora"]
    assert arrange(["Џ", "Ш", "А"], {each: each for each in "ЏША"}, "sr") == ["А", "Џ", "Ш"]
