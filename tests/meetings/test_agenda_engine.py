"""Silence, standing objections, consent and order, as rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from sofra.kernel.engine.silence import silence
from sofra.meetings.engine.ordering import Difference, arranged, difference, moved
from sofra.meetings.engine.procedure import Said, consent_complete, missing_consent, standing

START = datetime(2026, 1, 23, 12, 0, 0, tzinfo=UTC)
PARTIES = "ABCDEFG"


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def test_an_objection_before_the_instant_breaks_silence_and_one_at_the_instant_does_not() -> None:
    deadline = at(60)
    just_before = deadline - timedelta(microseconds=1)
    assert silence(START, deadline, at(61), [just_before]) == "broken"
    assert silence(START, deadline, at(61), [deadline]) == "adopted"
    assert silence(START, deadline, just_before, []) == "running"
    assert silence(START, deadline, deadline, []) == "adopted"


def test_an_objection_withdrawn_before_the_silence_began_does_not_break_it() -> None:
    assert silence(START, at(60), at(60), [at(-5)]) == "adopted"


def test_an_objection_stands_until_its_party_withdraws_it() -> None:
    acts = [Said("A", "object", 1, at(1)), Said("B", "object", 1, at(2)), Said("A", "lift", 1, at(3))]
    assert [act.party for act in standing(acts, "object")] == ["B"]
    assert [act.party for act in standing([*acts, Said("A", "object", 1, at(4))], "object")] == ["B", "A"]


def test_a_struck_act_counts_for_nothing() -> None:
    acts = [Said("A", "object", 1, at(1)), Said("A", "lift", 1, at(2), struck=True)]
    assert [act.at for act in standing(acts, "object")] == [at(1)]


def test_consent_and_objection_take_each_other_back() -> None:
    acts = [Said("A", "consent", 1, at(1)), Said("A", "object", 1, at(2))]
    assert standing(acts, "consent") == []
    assert [act.party for act in standing([*acts, Said("A", "consent", 1, at(3))], "consent")] == ["A"]
    assert standing([*acts, Said("A", "consent", 1, at(3))], "object") == []


def test_a_late_item_needs_every_member_of_today_and_no_objection() -> None:
    assert missing_consent("ABC", "AB") == {"C"}
    assert not consent_complete("ABC", "AB", "")
    assert consent_complete("ABC", "ABC", "")
    assert not consent_complete("ABC", "ABC", "C")
    assert consent_complete("AB", "ABC", "C")
    assert not consent_complete("", "", "")


def test_the_chairs_order_comes_first_and_the_rest_follows_as_it_came() -> None:
    assert arranged(["a", "b", "c", "d"], ["c", "x", "a"]) == ["c", "a", "b", "d"]
    assert moved(["a", "b", "c"], "c", -1) == ["a", "c", "b"]
    assert moved(["a", "b", "c"], "a", -1) == ["a", "b", "c"]
    with pytest.raises(ValueError, match="not in list"):
        moved(["a"], "z", 1)


def test_a_difference_names_what_was_added_removed_reworded_and_moved() -> None:
    before = [{"item": 1, "title": "x"}, {"item": 2, "title": "y"}, {"item": 3, "title": "z"}]
    after = [{"item": 3, "title": "z"}, {"item": 1, "title": "w"}, {"item": 4, "title": "q"}]
    assert difference(before, after, ["title"]) == Difference((4,), (2,), (1,), True)
    assert not difference(before, before, ["title"])


@given(st.lists(st.integers(0, 9), unique=True, min_size=1), st.data())
def test_moving_loses_nothing_and_moving_back_restores(order: list[int], data: st.DataObject) -> None:
    item = data.draw(st.sampled_from(order))
    steps = data.draw(st.integers(-12, 12))
    new = moved(order, item, steps)
    assert sorted(new) == sorted(order)
    assert [each for each in new if each != item] == [each for each in order if each != item]
    assert moved(new, item, order.index(item) - new.index(item)) == order


class Silence(RuleBasedStateMachine):
    """Plays a silence procedure against a clock that only goes forward, and a plain retelling of it."""

    @initialize(length=st.integers(1, 50))
    def open(self, length: int) -> None:
        self.now, self.deadline = 0, length
        self.acts: list[Said] = []
        self.objecting: set[str] = set()
        self.broken = False
        self.settled = ""

    @rule(seconds=st.integers(0, 20))
    def wait(self, seconds: int) -> None:
        self.now += seconds

    @rule(party=st.sampled_from(PARTIES))
    def object(self, party: str) -> None:
        self.acts.append(Said(party, "object", 1, at(self.now)))
        self.objecting.add(party)
        self.broken |= self.now < self.deadline

    @rule(party=st.sampled_from(PARTIES))
    def lift(self, party: str) -> None:
        self.acts.append(Said(party, "lift", 1, at(self.now)))
        self.objecting.discard(party)

    @rule()
    @precondition(lambda self: not self.settled)
    def record_if_over(self) -> None:
        state = self.state()
        self.settled = "" if state == "running" else state

    def state(self) -> str:
        made = [act.at for act in self.acts if act.kind == "object"]
        return silence(START, at(self.deadline), at(self.now), made)

    @invariant()
    def it_is_as_retold(self) -> None:
        if not hasattr(self, "now"):
            return
        expected = "broken" if self.broken else "running" if self.now < self.deadline else "adopted"
        assert self.state() == expected
        assert {act.party for act in standing(self.acts, "object")} == self.objecting

    @invariant()
    def what_was_recorded_stays_true(self) -> None:
        if getattr(self, "settled", ""):
            assert self.state() == self.settled


TestSilence = Silence.TestCase
