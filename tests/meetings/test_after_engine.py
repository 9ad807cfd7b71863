"""Passages of a text: its paragraphs, the marked ones, and where exact words stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sofra.meetings.engine.passages import Paragraph, marked, paragraphs, place_of, plain

TEXT = "# Summary\nThe chair thanks.\r\n\r\nThe ministers agreed\r\non a map.\n\n- AL draws it\n- RS prints it\n  twice"


def test_a_heading_an_entry_and_an_empty_line_end_a_paragraph() -> None:
    assert paragraphs(TEXT) == [
        Paragraph(1, 0, "# Summary"),
        Paragraph(2, 10, "The chair thanks."),
        Paragraph(3, 29, "The ministers agreed\non a map."),
        Paragraph(4, 61, "- AL draws it"),
        Paragraph(5, 75, "- RS prints it\n  twice"),
    ]
    assert paragraphs("") == paragraphs(" \n\n ") == []


def test_neighbours_that_are_marked_are_one_passage_with_all_between_them() -> None:
    assert marked(TEXT, [5, 4, 2, 99]) == ["The chair thanks.", "- AL draws it\n- RS prints it\n  twice"]
    assert marked(TEXT, []) == []


def test_a_quotation_stands_letter_by_letter_or_not_at_all() -> None:
    assert place_of(TEXT, " on a map.\r\n") == 50
    assert place_of(TEXT, "The ministers agreed\r\non a map.") == 29
    assert place_of(TEXT, "the ministers agreed") is None
    assert place_of(TEXT, "The ministers agreed on a map.") is None
    assert place_of(TEXT, "  ") is None


@given(st.text(alphabet="ab.-# 1\n\r\t", max_size=60))
def test_every_paragraph_stands_where_it_says_and_nothing_but_space_is_left_over(text: str) -> None:
    found = paragraphs(text)
    whole = plain(text)
    assert all(whole[each.start : each.end] == each.text and each.text for each in found)
    assert [each.number for each in found] == list(range(1, len(found) + 1))
    left = whole
    for each in reversed(found):
        left = left[: each.start] + left[each.end :]
    assert not left.strip()
    for each in found:
        place = place_of(text, each.text)
        assert place is not None and place <= each.start
