"""Names that hold quotation marks, and letters that another script has not."""

from __future__ import annotations

import pytest

from sofra.lexicon.engine.loading import load
from sofra.lexicon.engine.matching import Matcher

LEXICON = load()
MATCHER = Matcher(LEXICON)


@pytest.mark.parametrize("marks", ["“”", "„”", '""', "«»", "„“"])
def test_a_name_is_found_whatever_quotation_marks_it_is_written_with(marks: str) -> None:
    text = f"Instituti {marks[0]}Yunus Emre{marks[1]} u hap në Prishtinë."
    found = MATCHER.find(text)
    assert (found[0].text, found[0].entity) == (text[: text.index(" u hap")], "YEE")


def test_no_form_mixes_two_scripts_because_a_letter_had_no_counterpart() -> None:
    derived = [each.form for each in LEXICON.designations() if each.derived and each.script == "Cyrl"]
    assert derived
    assert [form for form in derived if any(letter in "qwxyQWXY" for letter in form)] == []
