"""One delegation's word in a paragraph: it has what it wrote, and everybody else what they had."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sofra.texts.engine.amending import amend, content_of, reads_back, rebased, relabelled, released, taken_apart
from sofra.texts.engine.brackets import parse, render_content
from sofra.texts.engine.points import closed, points
from sofra.texts.engine.projecting import project_content


def written(notation: str, label: str, wording: str | None) -> str:
    return render_content(amend(content_of(notation), label, wording))


@pytest.mark.parametrize(
    ("notation", "label", "wording", "expected"),
    [
        ("We build roads.", "AL", "We build safe roads.", "We build [safe - AL] roads."),
        ("We build [safe - AL] roads.", "RS", "We build roads and rails.", "We build [safe - AL] roads [and rails - RS]."),
        ("We build [safe - AL] roads.", "RS", "We build safe roads.", "We build [safe - AL, RS] roads."),
        ("We build [safe - AL] roads.", "AL", "We build roads.", "We build roads."),
        ("We build roads.", "AL", None, "[We build roads. - AL delete]"),
        ("We build [safe - AL; RS delete] roads.", "ME", "We build safe bridges.",
         "We build [safe - AL; RS delete] [roads / safe bridges - ME]."),
        ("We build [roads - RS retain / rails - AL].", "ME", "We build trams.",
         "We build [roads - RS retain / rails - AL / trams - ME]."),
    ],
)  # fmt: skip
def test_a_wording_stands_beside_the_others(notation: str, label: str, wording: str | None, expected: str) -> None:
    assert written(notation, label, wording) == expected


def test_what_somebody_wrote_inside_anothers_wording_is_kept() -> None:
    notation = "We build [roads [of stone - RS] - AL]."
    after = amend(content_of(notation), "ME", "We build rails.")
    assert "[of stone - RS]" in render_content(after)
    assert project_content(after, "ME") == "We build rails."
    assert project_content(after, "AL") == "We build roads."
    assert project_content(after) == "We build."


WORDS = st.lists(
    st.sampled_from(["roads", "rails", "and", "safe", "-", "[new]", "a/b", "/", ",", "2026", "öğ"]), max_size=7
)
WORDING = WORDS.map(" ".join).filter(lambda text: bool(text.strip()))


@example("roads roads rails roads", [("AL", "- roads roads"), ("AL", "roads roads rails roads")])
@example("Roads (safe ones) and rails", [("AL", "Roads (all safe ones)"), ("AL", "Roads (safe ones) and rails")])
@given(WORDING, st.lists(st.tuples(st.sampled_from(["AL", "RS", "ME", "Chair"]), st.none() | WORDING), max_size=5))
@settings(max_examples=200, deadline=None)
def test_the_law_of_amending_holds(base: str, said: list[tuple[str, str | None]]) -> None:
    from sofra.texts.engine.tree import escaped

    content = (escaped(base, inside=False),)
    has: dict[str, str | None] = {}
    for label, wording in said:
        content = amend(content, label, wording)
        has[label] = wording
        assert project_content(content) == base
        for each, wanted in has.items():
            assert project_content(content, each) == wanted
        assert reads_back(content)


def test_what_a_delegation_takes_back_leaves_the_others() -> None:
    content = content_of("We build [safe - AL / fast - RS] roads[, and rails - AL, ME].")
    assert render_content(released(content, "AL")) == "We build [fast - RS] roads[, and rails - ME]."


def test_labels_change_and_wordings_do_not() -> None:
    content = content_of("We [AL - AL; RS delete] build.")
    assert render_content(relabelled(content, {"AL": "Party One", "RS": "Two"}.__getitem__)) == (
        "We [AL - Party One; Two delete] build."
    )


def test_a_paragraph_of_a_file_gives_its_number_and_status() -> None:
    apart = [taken_apart(each) for each in parse("2.bis We build. [Agreed ad ref]\n\n(a) [x - AL] y").paragraphs]
    assert [(number, status, render_content(content)) for number, status, content in apart] == [
        ("2.bis", "agreed ad referendum", "We build."),
        ("(a)", "clean", "[x - AL] y"),
    ]


@pytest.mark.parametrize(
    ("seen", "wanted", "current", "expected"),
    [
        ("a b c d e", "a B c d e", "a b c d E", "a B c d E"),
        ("a b c d e", "a B c d e", "a b2 c d e", None),
        ("a b c", "a b c", "x b c", "x b c"),
    ],
)
def test_a_change_is_moved_to_a_later_wording_only_where_that_is_exact(
    seen: str, wanted: str, current: str, expected: str | None
) -> None:
    assert rebased(seen, wanted, current) == expected


def test_points_keep_their_keys_when_other_words_change() -> None:
    one = points(content_of("We build [safe - AL] roads and rails."))
    two = points(content_of("We build [safe - AL, RS] roads and [rails / trams - ME]."))
    assert [each.words for each in one[0].choices] == ["safe", ""]
    assert [each.key for each in one[0].choices] == [each.key for each in two[0].choices]
    assert len(two) == 2


def test_a_bracket_is_closed_by_one_of_its_choices() -> None:
    content = content_of("We build [safe [and quiet - RS] - AL] roads [, soon - ME].")
    first, second, third = points(content)
    assert render_content(closed(content, first.key, first.choices[0].key)) == (
        "We build safe [and quiet - RS] roads [, soon - ME]."
    )
    assert render_content(closed(content, third.key, third.choices[1].key)) == (
        "We build [safe [and quiet - RS] - AL] roads."
    )
    assert render_content(closed(content, second.key, second.choices[1].key)).startswith("We build [safe - AL] roads")
