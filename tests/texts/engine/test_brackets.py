"""The notation of rolling texts: real lines of it, what it counts, and what it refuses, with the place."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sofra.texts.engine.brackets import is_label, outermost, parse, render
from sofra.texts.engine.counting import count, status_of
from sofra.texts.engine.projecting import project
from sofra.texts.engine.tree import Alternative, BadText, Bracket, Mark, Text, labels_of, number_of, plain

LINES = [
    "[extreme - US; G77 delete]",
    "[changing unsustainable - EU, G77 retain / promoting sustainable - US]",
    "[, in accordance with … - G77; US, Canada, Japan, EU delete]",
    "2.bis The parties [shall / should / may] meet.",
    "Done. [Agreed ad ref]",
    "[cross-border and/or [rail - AL / road - Bosnia and Herzegovina] links - AL; North Macedonia delete]",
    "Istanbul - Belgrade, 2020 - 2027 / 2030",
    "[Istanbul - Belgrade railway]",
    "[a - b c d]",
    "[ spaced  -  US ;G77  delete,  ]",
    "[EU retain; G77 retain - EU retain; G77 retain]",
    "\\[sic\\] and \\/ and \\- and a lone \\ backslash",
    "[]",
    "[[[x]]]",
]
WHOLE = "\ufeff\n  \n1. One.  \r\n \t\r\n\r\n" + "\n\n".join(LINES) + "\n   \nlast \\\n"


def only(words: str) -> Bracket:
    node = parse(words).paragraphs[0].content[0]
    assert isinstance(node, Bracket)
    return node


@pytest.mark.parametrize("line", [*LINES, WHOLE, "", "\n", " \n\n", "a", "a\n", "\\", "\\\n\n\nb"])
def test_what_parses_renders_to_the_very_same_text(line: str) -> None:
    assert render(parse(line)) == line


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="aUS [ ]/-;,\\\n\r\t.é", max_size=60))
def test_any_text_is_rendered_as_it_was_or_refused_with_its_place(words: str) -> None:
    try:
        text = parse(words)
    except BadText as refused:
        lines = words.split("\n")
        assert 1 <= refused.line <= len(lines)
        assert lines[refused.line - 1][refused.column - 1] in "[]"
    else:
        assert render(text) == words


def test_a_bracket_names_who_supports_retains_and_deletes() -> None:
    assert only(LINES[0]) == Bracket((Alternative(("extreme",), ("US",), (), ("G77",)),))
    assert only(LINES[1]) == Bracket(
        (Alternative(("changing unsustainable",), (), ("EU", "G77")), Alternative(("promoting sustainable",), ("US",)))
    )
    assert only(LINES[2]) == Bracket(
        (Alternative((", in accordance with …",), ("G77",), (), ("US", "Canada", "Japan", "EU")),)
    )


def test_hyphens_and_slashes_inside_wordings_are_wording() -> None:
    outer = only(LINES[5])
    assert outer.alternatives[0].content[0] == "cross-border and/or "
    assert outer.alternatives[0].deleters == ("North Macedonia",)
    assert isinstance(outer.alternatives[0].content[1], Bracket)
    assert parse(LINES[6]).paragraphs[0].content == (LINES[6],)
    assert only("[a - b - US]").alternatives == (Alternative(("a - b",), ("US",)),)
    assert only("[the years 2020 - 2027]").alternatives == (Alternative(("the years 2020 - 2027",)),)
    assert only("[Istanbul \\- Belgrade]").alternatives == (Alternative(("Istanbul \\- Belgrade",)),)


def test_marks_are_statuses_and_no_brackets() -> None:
    text = parse(
        "One. [Agreed ad ref]\n\nTwo. [Agreed]\n\nThree. [agreed in working group]\n\nFour.\n\n[Five - EU] [Agreed]"
    )
    assert [status_of(each) for each in text.paragraphs] == [
        "agreed ad referendum", "agreed", "agreed in working group", "clean", "open",
    ]  # fmt: skip
    assert text.paragraphs[0].content == ("One. ", Mark("Agreed ad ref"))
    assert project(text)[0] == "One."


@pytest.mark.parametrize(
    ("written", "number"),
    [("2.bis One", "2.bis"), ("14. One", "14."), ("(a) One", "(a)"), ("(iv) x", "(iv)"), ("[3.ter New - AL]", "3.ter"),
     ("1.2 bis. x", "1.2 bis."), ("One", None), ("2027 begins", None), ("The 2.", None)],
)  # fmt: skip
def test_a_paragraph_has_the_number_it_is_written_with(written: str, number: str | None) -> None:
    assert number_of(parse(written).paragraphs[0]) == number


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("a [b", "Line 1, column 3: The bracket opened here is not closed before its paragraph ends."),
        ("one\n\ntwo [a\n\nb - EU] three", "Line 3, column 5: The bracket opened here is not closed"),
        ("one\ntwo] three", "Line 2, column 4: A bracket is closed here that was never opened."),
        ("[" * 10_000 + "]" * 10_000, "Line 1, column 101: Brackets are nested deeper than 100."),
        ("ab\n\nx [y - EU, Kosovo*, Mars]", "Line 3, column 8: “Mars” is not a label of this text. Who is it?"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(words: str, told: str) -> None:
    with pytest.raises(BadText) as refused:
        parse(words, labels=["EU", "Kosovo*"])
    assert str(refused.value).startswith(told)


def test_a_hundred_nested_brackets_are_read() -> None:
    text = parse("[" * 100 + "x" + "]" * 100)
    assert (count(text).nested, count(text).deepest) == (99, 100)
    assert project(text) == ["x"]


def test_hostile_texts_cost_no_more_than_their_length() -> None:
    began = time.process_time()
    for words in (" " * 400_000, "\n " * 200_000, " - " * 130_000, "[x" + " - " * 130_000 + "]", "\\" * 400_000):
        assert render(parse(words)) == words
    assert time.process_time() - began < 5


def test_labels_are_short_and_begin_large_or_are_one_word() -> None:
    assert [
        label
        for label in ("EU", "Bosnia and Herzegovina", "Kosovo*", "eu", "Türkiye", "G77+China", "Сrna Gora")
        if not is_label(label)
    ] == []
    bad = ["", "see below", "EU delete", "a,b", "A;B", "A / B", "A - B", "A [B]", "2027", "A" * 61, " EU"]
    assert [label for label in bad if is_label(label)] == []


def test_counts_say_what_is_open_and_who_stands_where() -> None:
    counted = count(parse(f"{LINES[5]}\n\n{LINES[1]} and {LINES[0]}\n\nDone here. [Agreed]\n"))
    assert (counted.outermost, counted.nested, counted.deepest, counted.alternatives) == (3, 1, 2, 6)
    assert (counted.paragraphs["open"], counted.agreed, counted.words) == (2, 1, 5)
    assert counted.named == {"AL": 2, "Bosnia and Herzegovina": 1, "North Macedonia": 1, "EU": 1, "G77": 2, "US": 2}


def test_a_partys_wording_reads_as_a_text_without_brackets() -> None:
    text: Text = parse(
        "We combat [extreme - US; G77 delete] poverty [, by law - G77; US delete]. [The end - EU retain] [Agreed]"
    )
    assert project(text) == ["We combat poverty. The end"]
    assert project(text, "US") == ["We combat extreme poverty. The end"]
    assert project(text, "G77") == ["We combat poverty, by law. The end"]
    assert labels_of(text) == ["EU", "G77", "US"]


def test_at_the_edge_of_a_bracket_a_backslash_keeps_white_space() -> None:
    assert project(parse("a\\ [b - X]\\ c")) == ["a  c"]
    assert project(parse("a [b - X] c")) == ["a c"]
    assert project(parse("([b - X] c [d - X])")) == ["(c)"]
    assert project(parse("[b - X]\n\nc [d - X]")) == ["c"]
    assert plain("\\[a\\] \\x \\\\") == "[a] \\x \\"


@pytest.mark.parametrize(
    "notation",
    [
        "We meet.", "[a - US]", "[a [b - EU] c - US / d - EU] and [e - G77]", r"\[not\] [one - US]", "[Agreed]",
        "2. We [often - US] meet. [Agreed ad ref]", "[[a - US] - EU / b - G77][c - US]", r"[a \] b - US]",
    ],
)  # fmt: skip
def test_outermost_brackets_are_counted_without_being_read(notation: str) -> None:
    read = parse(notation).paragraphs[0].content
    assert outermost(notation) == sum(isinstance(node, Bracket) for node in read)
