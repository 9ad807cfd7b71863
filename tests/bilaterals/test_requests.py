"""Who asks, answers and withdraws, what follows, and who reads what of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sofra.bilaterals.commands import places, requesting, timing
from sofra.bilaterals.engine.workflow import Code
from sofra.bilaterals.models import Act, Block, Purpose, Request, Side, Wish
from sofra.bilaterals.queries.lines import get_line, lines_of
from sofra.kernel.models import AuditPayload, Change, Occupancy
from sofra.kernel.occupancy import Taken
from sofra.kernel.refusals import NotAllowed, Refusal
from tests.bilaterals.support import accept, accepted, ask, at, entry_for, line, meeting_of, table

pytestmark = pytest.mark.usefixtures("house")
THIRD = ("RS", "observer", "facilitator", "visitor")


def state(world, request, who):  # type: ignore[no-untyped-def]
    found = line(world, request, who)
    return found and found.code


def test_a_request_is_its_sides_and_the_secretariats_alone() -> None:
    world = table()
    made = ask(world, "TR", "AL", purpose="Gas", priority=1, room="With a view")
    for who in ("TR", "AL", "secretariat"):
        assert state(world, made, who) is Code.ASKED
    for who in THIRD:
        with world.act(who):
            assert not Request.objects.exists() and not Side.objects.exists() and not Wish.objects.exists()
            assert not Change.objects.filter(kind__startswith="bilaterals.asked").exists()
            assert not AuditPayload.objects.filter(action="bilaterals.asked").exists()


def test_a_discreet_request_is_its_sides_alone() -> None:
    world = table()
    made = ask(world, "TR", "AL", discreet=True)
    accept(world, made, "AL")
    assert state(world, made, "TR") is Code.ACCEPTED
    assert state(world, made, "secretariat") is None
    with world.act("secretariat"):
        assert not Act.objects.exists() and not Change.objects.filter(subject_type="bilaterals.act").exists()


def test_priority_and_room_wishes_are_not_the_other_sides_to_read() -> None:
    world = table()
    ask(world, "TR", "AL", priority=3, room="Large")
    with world.act("AL"):
        assert not Wish.objects.exists()
    with world.act("secretariat"):
        assert Wish.objects.get().priority == 3


def test_a_purpose_is_the_askers_until_it_is_accepted_and_never_the_secretariats() -> None:
    world = table()
    made = ask(world, "TR", "AL", purpose="Gas")
    with world.act("AL"):
        assert not Purpose.objects.exists()
    accept(world, made, "AL")
    with world.act("AL"):
        assert Purpose.objects.get().text == "Gas"
    for who in (*THIRD, "secretariat"):
        with world.act(who):
            assert not Purpose.objects.exists()


def test_a_purpose_can_be_both_sides_from_the_start() -> None:
    world = table()
    ask(world, "TR", "AL", purpose="Gas", purpose_to_both=True)
    with world.act("AL"):
        assert Purpose.objects.get().text == "Gas"


def test_a_decline_is_known_to_the_sides_alone_and_looks_like_silence_to_the_secretariat() -> None:
    world = table()
    soon = datetime.now(UTC) + timedelta(hours=1)
    made, other = ask(world, "TR", "AL", answer_by=soon), ask(world, "TR", "BA", answer_by=soon)
    with world.act("AL"):
        requesting.decline(request=Request.objects.get(pk=made.pk))
    assert state(world, made, "TR") is Code.DECLINED
    with world.act("secretariat"):
        before = [each.code for each in lines_of(meeting_of(world))]
        after = [each.code for each in lines_of(meeting_of(world), soon + timedelta(minutes=1))]
    assert (before, after) == ([Code.ASKED] * 2, [Code.LAPSED] * 2)
    assert state(world, other, "secretariat") is Code.ASKED


def test_a_decline_carries_a_reason_only_where_one_is_given() -> None:
    world = table()
    made = ask(world, "TR", "AL")
    with world.act("AL"):
        assert requesting.decline(request=Request.objects.get(pk=made.pk)).note == ""


def test_other_terms_are_answered_by_the_side_that_asked() -> None:
    world = table()
    made = ask(world, "TR", "AL")
    with world.act("AL"):
        proposed = requesting.propose(
            request=Request.objects.get(pk=made.pk), level="officials", times=((at(0), at(3)),)
        )
    with world.act("TR"), pytest.raises(Refusal, match="Other terms"):
        requesting.accept(request=Request.objects.get(pk=made.pk))
    accept(world, made, "TR", seen=proposed.pk)
    found = line(world, made, "AL")
    assert found is not None
    assert (found.code, found.level, found.windows) == (Code.ACCEPTED, "officials", [(at(0), at(3))])


def test_a_trilateral_needs_both_that_were_asked() -> None:
    world = table()
    made = ask(world, "TR", "AL", "BA")
    accept(world, made, "AL")
    assert state(world, made, "BA") is Code.ASKED
    accept(world, made, "BA")
    assert state(world, made, "AL") is Code.ACCEPTED


def test_only_the_asker_withdraws_what_is_open_and_any_side_what_is_accepted() -> None:
    world = table()
    made = ask(world, "TR", "AL")
    with world.act("AL"), pytest.raises(Refusal, match="declines"):
        requesting.withdraw(request=Request.objects.get(pk=made.pk))
    accept(world, made, "AL")
    with world.act("AL"):
        requesting.withdraw(request=Request.objects.get(pk=made.pk))
    assert state(world, made, "TR") is Code.WITHDRAWN


def test_nobody_answers_for_another_delegation() -> None:
    world = table()
    made = ask(world, "TR", "AL")
    for who in THIRD:
        with world.act(who), pytest.raises(NotAllowed):
            requesting.accept(request=made)


@pytest.mark.parametrize(
    ("who", "others", "more"),
    [("TR", ("TR",), {}), ("TR", (), {}), ("TR", ("AL", "BA", "RS"), {}), ("TR", ("AL",), {"languages": ("tr",)}),
     ("TR", ("AL",), {"priority": 4}), ("TR", ("AL",), {"slots": 0}), ("TR", ("AL",), {"windows": ((at(3), at(1)),)}),
     ("TR", ("AL",), {"answer_by": datetime(2020, 1, 1, tzinfo=UTC)})],
)  # fmt: skip
def test_bad_terms_are_refused(who: str, others: tuple[str, ...], more: dict[str, object]) -> None:
    world = table()
    with pytest.raises(Refusal):
        ask(world, who, *others, **more)


def test_a_lapse_is_decided_by_the_clock() -> None:
    world = table()
    made = ask(world, "TR", "AL", answer_by=datetime.now(UTC) + timedelta(hours=1))
    with world.act("TR"):
        Request.objects.filter(pk=made.pk).update(answer_by=datetime.now(UTC) - timedelta(seconds=1))
    with world.act("AL"), pytest.raises(Refusal, match="lapsed"):
        requesting.accept(request=Request.objects.get(pk=made.pk))


def test_the_secretariat_enters_a_whole_cycle_for_delegations_that_are_not_signed_in() -> None:
    world = table()
    with world.act("secretariat"):
        terms = requesting.Terms(others=(world.parties["AL"].pk,))
        made = requesting.ask(meeting=meeting_of(world), terms=terms, entry=entry_for(world, "TR"))
        requesting.accept(request=made, entry=entry_for(world, "AL"))
        put = timing.put_time(request=made, begins_at=at(0), ends_at=at(1), entry=entry_for(world, "TR"))
        timing.confirm_time(request=made, seen=put.pk, entry=entry_for(world, "AL"))
    found = line(world, made, "AL")
    assert found is not None and found.span == (at(0), at(1))


def test_a_decline_that_was_entered_wrongly_is_corrected_by_its_delegation() -> None:
    world = table()
    made = ask(world, "TR", "AL")
    with world.act("secretariat"):
        requesting.decline(request=Request.objects.get(pk=made.pk), entry=entry_for(world, "AL"))
    accept(world, made, "AL")
    assert state(world, made, "TR") is Code.ACCEPTED


def test_confirmed_times_do_not_overlap_and_pencilled_ones_may() -> None:
    world = table()
    one, other = accepted(world, "TR", "AL"), accepted(world, "TR", "BA")
    puts = {}
    for made in (one, other):
        with world.act("TR"):
            puts[made.pk] = timing.put_time(request=Request.objects.get(pk=made.pk), begins_at=at(0), ends_at=at(2))
    with world.act("AL"):
        timing.confirm_time(request=Request.objects.get(pk=one.pk), seen=puts[one.pk].pk)
    with world.act("BA"), pytest.raises(Taken) as met:
        timing.confirm_time(request=Request.objects.get(pk=other.pk), seen=puts[other.pk].pk)
    assert "Alban" not in str(met.value.sentence)
    found = line(world, other, "BA")
    assert found is not None and found.span is None


def test_what_is_withdrawn_lets_go_of_everybodys_time() -> None:
    world = table()
    made = accepted(world, "TR", "AL", discreet=True)
    with world.act("TR"):
        put = timing.put_time(request=Request.objects.get(pk=made.pk), begins_at=at(0), ends_at=at(2))
    with world.act("AL"):
        timing.confirm_time(request=Request.objects.get(pk=made.pk), seen=put.pk)
        assert Occupancy.objects.filter(holder=made.pk, state="published").count() == 2
    with world.act("secretariat"):
        assert not Occupancy.objects.filter(holder=made.pk).exists()
    with world.act("TR"):
        requesting.withdraw(request=Request.objects.get(pk=made.pk))
        assert not Occupancy.objects.filter(holder=made.pk, state="published").exists()


def test_a_private_block_is_its_delegations_alone() -> None:
    world = table()
    with world.act("AL"):
        row = places.block(meeting=meeting_of(world), level="minister", begins_at=at(0), ends_at=at(2), note="Rest")
    for who in (*THIRD, "secretariat", "TR"):
        with world.act(who):
            assert not Block.objects.filter(pk=row.pk).exists()


def test_a_request_of_another_meeting_is_not_there() -> None:
    world = table()
    made = ask(world, "TR", "AL")
    with world.act("RS"):
        assert get_line(meeting_of(world), made.pk) is None
