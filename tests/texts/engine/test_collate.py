"""The compiled text is what every delegation wrote: its laws over random drafts, and what is expected of it by eye."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sofra.texts.engine.brackets import parse, render
from sofra.texts.engine.collate import collate
from sofra.texts.engine.counting import count
from sofra.texts.engine.projecting import project
from sofra.texts.engine.words import blocks
from tests.texts.engine.strategies import drafts, ordinary, signed, wild

Drafts = tuple[list[str], Mapping[str, Sequence[str]]]


def compiled(base: str, **wordings: str) -> str:
    text = collate(blocks(base), {label: blocks(words) for label, words in wordings.items()})
    return render(text).removesuffix("\n")


def holds(drafts: Drafts) -> None:
    base, wordings = drafts
    text = collate(base, wordings)
    read = parse(render(text))
    assert render(read) == render(text)
    for tree in (text, read, parse(render(collate(base, wordings, brief=True)))):
        assert project(tree) == base
        for label, words in wordings.items():
            assert project(tree, label) == words
    assert render(collate(base, dict(reversed(wordings.items())))) == render(text)


@settings(max_examples=60, deadline=None)
@given(drafts(ordinary))
def test_projecting_gives_each_wording_and_the_base_and_the_order_means_nothing(drafts: Drafts) -> None:
    holds(drafts)


@settings(max_examples=60, deadline=None)
@given(drafts(signed))
def test_the_laws_hold_for_wordings_with_every_sign_the_notation_uses(drafts: Drafts) -> None:
    holds(drafts)


@settings(max_examples=60, deadline=None)
@given(drafts(wild))
def test_the_laws_hold_for_any_characters(drafts: Drafts) -> None:
    holds(drafts)


@settings(max_examples=60, deadline=None)
@given(drafts(ordinary))
def test_ordinary_wordings_need_no_backslash(drafts: Drafts) -> None:
    # A space in front of a comma is not ordinary; at the edge of a bracket only a backslash keeps it.
    assume(not any(" ," in f" {each}" for words in drafts[1].values() for each in words))
    assert "\\" not in render(collate(*drafts))


@given(st.lists(ordinary, max_size=4))
def test_a_text_nobody_changes_stays_as_it_is(paragraphs: list[str]) -> None:
    assert render(collate(paragraphs, {"AL": paragraphs, "RS": paragraphs})).split("\n\n") == (
        "\n\n".join(paragraphs) + "\n" * bool(paragraphs)
    ).split("\n\n")


PATTERNS = "We combat poverty by changing unsustainable patterns."


@pytest.mark.parametrize(
    ("base", "wordings", "expected"),
    [
        (PATTERNS, {"US": "We combat extreme poverty by changing unsustainable patterns."},
         "We combat [extreme - US] poverty by changing unsustainable patterns."),
        (PATTERNS, {"EU": PATTERNS, "G77": PATTERNS, "US": "We combat poverty by promoting sustainable patterns."},
         "We combat poverty by [changing unsustainable - EU, G77 retain / promoting sustainable - US] patterns."),
        (PATTERNS, {"G77": "We combat poverty by changing unsustainable patterns, in accordance with national law."},
         "We combat poverty by changing unsustainable patterns[, in accordance with national law - G77]."),
        ("We combat extreme poverty.", {"US": "We combat extreme poverty.", "G77": "We combat poverty."},
         "We combat [extreme - US retain; G77 delete] poverty."),
        ("rail and road", {"AL": "rail, and road"}, "rail[, - AL] and road"),
        ("rail, road", {"AL": "rail road"}, "rail[, - AL delete] road"),
        ("The parties agree.", {"AL": "Parties agree."}, "[The parties / Parties - AL] agree."),
        ("The parties agree.", {"AL": "All the parties agree."}, "[The / All the - AL] parties agree."),
        ("We agree.", {"AL": "We do agree.", "RS": "We do agree."}, "We [do - AL, RS] agree."),
        ("We agree.", {"AL": "We fully agree.", "RS": "We largely agree."}, "We [fully - AL / largely - RS] agree."),
        ("One.", {"AL": "One.\n\nTwo.", "RS": "Two.\n\nOne."}, "[Two. - RS]\n\nOne.\n\n[Two. - AL]"),
        ("One.\n\nTwo.", {"AL": "One."}, "One.\n\n[Two. - AL delete]"),
        ("One.", {"AL": "One.\n\n1.bis The youth of the region meets every year.",
                  "RS": "One.\n\n1.bis The youth of the region meets twice every year."},
         "One.\n\n[1.bis The youth of the region meets [twice - RS] every year. - AL, RS]"),
        ("The parties shall meet twice a year in Istanbul.",
         {"AL": "The parties shall meet twice a year in Istanbul.",
          "BA": "The parties may meet twice a year in Istanbul.", "RS": ""},
         "[The parties [shall - AL retain / may - BA] meet twice a year in Istanbul. - AL, BA retain; RS delete]"),
    ],
)  # fmt: skip
def test_the_tree_is_the_one_a_reader_expects(base: str, wordings: dict[str, str], expected: str) -> None:
    assert compiled(base, **wordings) == expected


def test_changes_of_different_delegations_stay_apart_and_those_of_one_join_over_a_single_word() -> None:
    base = "promote youth exchange, culture and sport in the region"
    both = compiled(
        base,
        X="promote youth exchange and sport in the region",
        Y="promote exchange, culture and football in the whole region",
    )
    assert both == (
        "promote [youth - X retain; Y delete] exchange[, culture - Y retain; X delete] and "
        "[sport - X retain / football - Y] in the [whole - Y] region"
    )
    assert compiled("a quick and clean way", X="a slow and dirty way") == "a [quick and clean / slow and dirty - X] way"


def test_a_rewritten_paragraph_stands_beside_the_amended_base() -> None:
    base = "The parties shall cooperate in the field of transport corridors and energy."
    counted = count(
        collate(
            [base],
            {
                "AL": [base.replace("shall", "should")],
                "RS": [base],
                "TR": ["Transport matters to all seven of us, and to our youth."],
            },
        )
    )
    assert (counted.outermost, counted.nested) in {(1, 1), (2, 1), (3, 0)}


def test_two_delegations_changing_the_same_words_both_stand() -> None:
    assert compiled("We shall act.", AL="We will act.", RS="We may act.") == "We [shall / will - AL / may - RS] act."


def test_in_brief_only_those_are_named_who_changed_something() -> None:
    base = "The parties shall meet twice a year in Istanbul."
    drafts = {"AL": [base], "BA": [base.replace("shall", "may")], "RS": [base], "TR": []}
    assert render(collate([base], drafts, brief=True)) == (
        "[The parties [shall / may - BA] meet twice a year in Istanbul. - TR delete]\n"
    )
