"""Two versions compared: nothing lost, moves told as moves, letters of every language kept whole."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings

from sofra.texts.engine.redline import Change, Piece, accepted, compare, rejected, shown, to_json, words
from tests.texts.engine.schemas import conforms
from tests.texts.engine.strategies import drafts, signed
from tests.texts.engine.test_collate import Drafts


@settings(max_examples=60, deadline=None)
@given(drafts(signed))
def test_a_comparison_holds_both_versions_whole(drafts: Drafts) -> None:
    base, wordings = drafts
    for new in wordings.values():
        changes = compare(base, new)
        assert (rejected(changes), accepted(changes)) == (base, list(new))
        assert conforms(to_json(changes), "redline") == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("İstanbul ışığı", "Istanbul ışığı", "[-İstanbul-]{+Istanbul+} ışığı"),
        ("Türkiye'nin önerisi", "Türkiye'ye önerisi", "[-Türkiye'nin-]{+Türkiye'ye+} önerisi"),
        ("për shëndetësinë", "per shëndetësinë", "[-për-]{+per+} shëndetësinë"),
        ("Србија и мир", "Srbija и мир", "[-Србија-]{+Srbija+} и мир"),
        ("rail, road", "rail road", "rail[-,-] road"),
        ("1,000 and 1.5", "1,001 and 1.5", "[-1,000-]{+1,001+} and 1.5"),
        ("well-being", "well being", "[-well-being-]{+well being+}"),
    ],
)
def test_whole_words_change_and_never_half_a_letter(old: str, new: str, expected: str) -> None:
    pieces = words(old, new)
    assert shown([Change("changed", pieces, 0, 0)]).rstrip("\n") == expected


def test_the_same_letters_written_otherwise_are_the_same() -> None:
    composed = "Üsküp’te çözüm, shtëpi, й"
    (change,) = compare([unicodedata.normalize("NFD", composed)], [composed])
    assert change == Change("same", (Piece("same", composed),), 0, 0)


def test_a_paragraph_that_moved_is_told_at_both_ends_even_if_a_word_of_it_changed() -> None:
    old = ["First things first and foremost.", "Youth of the region meets every single year.", "Third.", "Fourth."]
    new = ["Third.", "Fourth.", "First things first and foremost.", "Youth of the region meets every second year."]
    told = [(each.kind, each.first, each.second, each.move) for each in compare(old, new)]
    assert told == [
        ("gone", 0, 2, 1), ("gone", 1, 3, 2), ("same", 2, 0, None), ("same", 3, 1, None), ("new", 0, 2, 1), ("new", 1, 3, 2),
    ]  # fmt: skip
    assert "(moved to 3)" in shown(compare(old, new))


def test_paragraphs_are_found_again_after_insertions_and_deletions() -> None:
    old = [f"Paragraph {number} speaks of matter {number * 7} and of {number * 13}." for number in range(60)]
    new = [each.replace("speaks", "talks") for each in old]
    new[20:20] = ["Something quite new stands here."]
    del new[40]
    changes = compare(old, new)
    assert [each.kind for each in changes].count("new") == [each.kind for each in changes].count("gone") == 1
    assert all(each.kind == "changed" for each in changes if each.kind not in ("new", "gone"))


def test_twice_the_text_takes_about_twice_the_time() -> None:
    def spent(size: int) -> float:
        old = [
            f"Paragraph {number} " + " ".join(f"w{(number * 31 + place) % 977}" for place in range(60))
            for number in range(size)
        ]
        new = [each.replace(" w5", " changed w5") for each in old]
        began = time.process_time()
        assert accepted(compare(old, new)) == new
        return time.process_time() - began

    spent(50)
    assert spent(2_000) < 12 * min(spent(500), spent(500)) + 0.5
