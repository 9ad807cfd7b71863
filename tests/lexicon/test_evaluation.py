"""The evaluation sets are fit to judge by, and the judging counts as it says."""

from __future__ import annotations

import pytest
from evaluation.__main__ import PRECISION, RECALL, finders
from evaluation.reading import LANGUAGES, Sentence, Span, sentences, unmark
from evaluation.scoring import nominatives, score


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_set_is_long_enough_and_has_sentences_that_name_nobody(language):
    held = sentences(language)
    assert len(held) >= 70
    assert len({each.text for each in held}) == len(held)
    assert sum(not each.spans for each in held) >= 10
    assert sum(len(each.spans) for each in held) >= 110
    for each in held:
        for span in each.spans:
            assert each.text[span.start : span.end].strip() == each.text[span.start : span.end] != ""


def test_a_mark_becomes_a_span_of_the_text_without_marks():
    assert unmark("Në {XK:n Kosovë} u mbajt.") == Sentence("Në Kosovë u mbajt.", (Span(3, 9, "XK", "name"),))
    with pytest.raises(ValueError, match="not written as"):
        unmark("Në {XK Kosovë} u mbajt.")


def test_a_find_counts_only_with_its_very_span_and_entity():
    held = [unmark("{RS:n Srbiju} i {XK:n Kosovo} čeka {EU:n EU}.")]
    result = score(held, lambda text: [(0, 6, "RS"), (9, 15, "RS"), (21, 22, "EU")])
    assert (result.recall, result.precision) == (1 / 3, 1 / 3)
    assert [text[start:end] for text, (start, end, _) in result.missed] == ["Kosovo", "EU"]


def test_the_baseline_is_forgiven_where_a_form_ends_but_not_what_it_names():
    held = [unmark("{TR:n Türkiye'nin} {RS:n Sırbistana} notası")]
    plain = nominatives([("Türkiye", "TR"), ("Sırbistan", "RS")])
    assert list(plain(held[0].text)) == [(0, 7, "TR")]
    assert score(held, plain, exact=False).recall == 1 / 2
    assert score(held, plain).recall == 0


@pytest.fixture(scope="module")
def found():
    """The shipped lexicon's matcher with no kept table, and the baseline."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFRA_CACHE", "")
        return finders()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_lexicon_finds_what_is_named_and_little_else(found, language):
    assert (RECALL, PRECISION) == (0.98, 0.99)
    declared, baseline, _citation = found
    held = sentences(language)
    for said in (None, language):
        result = score(held, declared(said))
        assert result.recall >= RECALL, result.missed
        assert result.precision >= PRECISION, result.false
    assert score(held, baseline, exact=False).recall < result.recall
