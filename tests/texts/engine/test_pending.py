"""Proposals of paragraphs' places and bounds, drawn: the proposer reads the text as it would be, all others as it is."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sofra.texts.engine.amending import content_of
from sofra.texts.engine.brackets import render_content
from sofra.texts.engine.pending import Drawn, Shape, Unit, drawn
from sofra.texts.engine.projecting import project_content

SAID = (
    "One two three.",
    "Four [five - RS] six.",
    "Seven [eight - RS / nine - AL] ten.",
    "Eleven twelve [- thirteen - AL]",
)
#: The base and three delegations: two that have wordings of their own, one that has none.
PARTIES = (None, "AL", "RS", "ME")


def units_of(*said: str) -> list[Unit]:
    return [Unit(str(place), False, 0, f"{place + 1}.", content_of(words)) for place, words in enumerate(said)]


def reads(found: list[Drawn], party: str | None) -> list[str]:
    """The paragraphs as somebody would have them, with their numbers."""
    return [
        words
        for each in found
        if (words := project_content((f"{each.number} ", *each.content) if each.number else each.content, party))
        and words.strip() != each.number
    ]


def plain(units: list[Unit], party: str | None) -> list[str]:
    return [words for each in units if (words := project_content(each.whole, party))]


shapes = st.one_of(
    st.builds(
        lambda unit, target: ("move", str(unit), None if target is None else str(target), None),
        st.integers(0, 3), st.none() | st.integers(0, 3),
    ),
    st.builds(lambda unit, target: ("merge", str(unit), str(target), None), st.integers(0, 3), st.integers(0, 3)),
    st.builds(lambda unit, at: ("split", str(unit), None, at), st.integers(0, 3), st.just(1)),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(one=shapes, by=st.sampled_from(["AL", "RS", "ME"]))
def test_others_read_what_stands_and_the_proposer_what_would_stand(
    one: tuple[str, str, str | None, int | None], by: str
) -> None:
    units = units_of(*SAID, "Eleven twelve.")
    kind, unit, target, at = one
    words = (project_content(units[int(unit)].content, by) or "").split()
    cut = (" ".join(words[:at]), " ".join(words[at:])) if at else None
    found = drawn(units, [Shape("s", kind, unit, by, target, cut)])  # type: ignore[arg-type]
    for party in PARTIES:
        if party != by:
            assert reads(found, party) == plain(units, party)
    order = plain(units, by)
    wanted = list(order)
    if kind == "split":
        assert cut is not None
        wanted[int(unit) : int(unit) + 1] = [f"{units[int(unit)].number} {cut[0]}", cut[1]]
    elif unit == target:
        pass
    elif kind == "move":
        moved = wanted.pop(int(unit))
        wanted.insert(0 if target is None else wanted.index(order[int(target)]) + 1, moved)
    else:
        wanted[int(unit)] += " " + (project_content(units[int(target or 0)].content, by) or "")
        del wanted[int(target or 0)]
    assert reads(found, by) == wanted


def test_a_paragraph_moves_with_what_stands_under_it() -> None:
    flat = units_of("One.", "Two.", "Three.")
    units = [flat[0], Unit("1", False, 1, "(a)", flat[1].content), flat[2]]
    found = drawn(units, [Shape("s", "move", "0", "AL", "2")])
    assert [render_content(each.content) for each in found] == [
        "[1. One. - AL delete]", "[(a) Two. - AL delete]", "Three.", "[1. One. - AL]", "[(a) Two. - AL]",
    ]  # fmt: skip
    assert [each.move for each in found] == [1, 2, None, 1, 2]
    assert [each.key for each in found][3:] == ["0+s", "1+s"]


def test_two_delegations_move_the_same_paragraph_to_different_places() -> None:
    units = units_of("One.", "Two.", "Three.")
    found = drawn(units, [Shape("a", "move", "0", "AL", "2"), Shape("r", "move", "0", "RS", "1")])
    assert reads(found, "AL") == ["2. Two.", "3. Three.", "1. One."]
    assert reads(found, "RS") == ["2. Two.", "1. One.", "3. Three."]
    assert reads(found, None) == plain(units, None)


def test_what_cannot_be_drawn_any_more_changes_nothing() -> None:
    units = units_of("One two.", "Three.")
    for each in (
        Shape("s", "move", "7", "AL"),
        Shape("s", "move", "0", "AL", "0"),
        Shape("s", "merge", "0", "AL", "7"),
        Shape("s", "split", "0", "AL", None, ("Seven", "eight nine.")),
    ):
        assert [one.content for one in drawn(units, [each])] == [one.content for one in units]
    twice = drawn(units, [Shape("a", "merge", "0", "AL", "1"), Shape("b", "move", "0", "AL", None)])
    assert reads(twice, "AL") == ["1. One two. Three."]
