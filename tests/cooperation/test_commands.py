"""What may be promised, answered, reported and ended, by whom, and what stays of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sofra.cooperation import commands
from sofra.cooperation.engine.state import Code
from sofra.cooperation.models import Commitment, Contact, DateAnswer, DueDate, Report
from sofra.cooperation.standing import state_of
from sofra.kernel import wordings
from sofra.kernel.models import Change
from sofra.kernel.refusals import Conflict, NotAllowed, Refusal
from tests.cooperation.support import NOW, TODAY, ZONE, a_day, accept, announce, done, entry_for, propose, table

pytestmark = pytest.mark.usefixtures("house")
ELSEWHERE = ("visitor", "observer", "facilitator")


def code(commitment: Commitment, days: int = 0) -> Code:
    # The database's clock runs on after NOW was taken; some hours are after every command of a test run.
    return state_of(commitment, NOW + timedelta(days=days, hours=2)).code


def test_what_an_outcome_asks_counts_once_its_owner_accepted_the_date() -> None:
    world = table()
    asked = propose(world, "RS")
    with world.act("AL"):
        assert code(asked) is Code.PROPOSED
    accept(world, asked, "RS")
    with world.act("AL"):
        assert (code(asked), code(asked, 22)) == (Code.ON_TIME, Code.LATE)


def test_an_own_announcement_counts_at_once() -> None:
    world = table()
    own = announce(world, "AL")
    with world.act("RS"):
        assert (code(own), own.owner_id, own.origin_kind) == (Code.ON_TIME, world.parties["AL"].pk, "announcement")


@pytest.mark.parametrize("who", ["AL", "TR", "observer", "facilitator", "visitor"])
def test_only_the_secretariat_puts_forward_what_an_outcome_asks(who: str) -> None:
    world = table()
    with world.act(who), pytest.raises(NotAllowed):
        commands.propose(
            format=world.format, owner=world.parties["RS"], title={"en": "x"}, indicator={"en": "y"}, due=a_day(3),
            zone=ZONE, origin_kind="decision",
        )  # fmt: skip


@pytest.mark.parametrize("who", ["AL", "TR", "observer", "facilitator", "visitor"])
def test_only_the_owner_answers_reports_and_names_a_contact(who: str) -> None:
    world = table()
    asked = propose(world, "RS")
    with world.act("secretariat"):
        date = asked.dates.select_related("commitment").get()
    with world.act(who):
        with pytest.raises(NotAllowed):
            commands.answer_date(date, accepted=True)
        with pytest.raises(NotAllowed):
            commands.report(asked, on=TODAY, claim="in_progress", text={"en": "x"})
        with pytest.raises(NotAllowed):
            commands.name_contact(asked, name="Somebody")
        with pytest.raises(NotAllowed):
            commands.withdraw(asked, reason={"en": "x"})
        with pytest.raises(NotAllowed):
            commands.edit(asked, seen=1, title={"en": "Mine"}, indicator={"en": "y"})


def test_the_secretariat_does_not_answer_for_an_owner_without_saying_how_it_heard() -> None:
    world = table()
    asked = propose(world, "RS")
    with world.act("secretariat"):
        with pytest.raises(NotAllowed):
            commands.answer_date(asked.dates.get(), accepted=True)
        answer = commands.answer_date(asked.dates.get(), accepted=True, entry=entry_for(world, "RS"))
        assert (answer.entry is not None, code(asked)) == (True, Code.ON_TIME)
        with pytest.raises(Refusal, match="another party"):
            commands.report(asked, on=TODAY, claim="in_progress", text={"en": "x"}, entry=entry_for(world, "AL"))


def test_a_delegation_corrects_what_was_entered_for_it_and_so_makes_it_its_own() -> None:
    world = table()
    asked = propose(world, "RS")
    with world.act("secretariat"):
        answer = commands.answer_date(asked.dates.get(), accepted=True, entry=entry_for(world, "RS"))
    with world.act("RS"):
        commands.answer_date(asked.dates.select_related("commitment").get(), accepted=False, seen=answer.version)
        stands = DateAnswer.objects.get()
        assert (stands.accepted, stands.entry_id, code(asked)) == (False, None, Code.DECLINED)
    with world.act("secretariat"), pytest.raises(Conflict):
        commands.answer_date(asked.dates.get(), accepted=True, seen=stands.version, entry=entry_for(world, "RS"))


def test_a_counter_date_declines_the_first_and_waits_for_the_secretariat() -> None:
    world = table()
    asked = propose(world, "RS", days=20)
    with world.act("RS"):
        first = asked.dates.get()
        commands.set_date(asked, due=a_day(50), zone=ZONE, reason={"en": "After the session"}, seen_date=first.pk)
        assert code(asked) is Code.COUNTERED
    accept(world, asked, "secretariat")
    with world.act("AL"):
        assert (code(asked), state_of(asked, NOW + timedelta(hours=2)).due) == (Code.ON_TIME, a_day(50))
        assert [each.due for each in asked.dates.all()] == [a_day(20), a_day(50)]


def test_an_extension_keeps_the_old_date_and_counts_only_once_accepted() -> None:
    world = table()
    asked = propose(world, "RS", days=20)
    accept(world, asked, "RS")
    with world.act("RS"):
        old = asked.dates.get()
        commands.set_date(asked, due=a_day(90), zone=ZONE, reason={"en": "The venue"}, seen_date=old.pk)
        assert code(asked, 30) is Code.LATE
    accept(world, asked, "secretariat")
    with world.act("RS"):
        assert code(asked, 30) is Code.ON_TIME
        assert list(DueDate.objects.values_list("due", flat=True)) == [a_day(20), a_day(90)]


def test_two_writers_of_a_date_do_not_lose_the_first() -> None:
    world = table()
    asked = propose(world, "RS")
    with world.act("RS"):
        seen = asked.dates.get().pk
    with world.act("secretariat"):
        commands.set_date(asked, due=a_day(33), zone=ZONE, reason={"en": "x"}, seen_date=seen)
    with world.act("RS"), pytest.raises(Conflict) as met:
        commands.set_date(asked, due=a_day(44), zone=ZONE, reason={"en": "y"}, seen_date=seen)
    assert met.value.theirs.due == a_day(33)


def test_completion_needs_a_source_and_then_closes() -> None:
    world = table()
    own = announce(world, "AL")
    with world.act("AL"), pytest.raises(Refusal) as refused:
        commands.report(own, on=TODAY, claim="done", text={"en": "Done"})
    assert refused.value.field == "source_title"
    done(world, own, "AL")
    with world.act("RS"):
        assert code(own, 300) is Code.DONE
    with world.act("AL"), pytest.raises(Refusal, match="has ended"):
        commands.report(own, on=TODAY, claim="in_progress", text={"en": "More"})
    with world.act("AL"), pytest.raises(Refusal, match="has ended"):
        commands.set_date(own, due=a_day(99), zone=ZONE, reason={"en": "z"}, seen_date=own.dates.get().pk)


def test_a_report_entered_for_an_owner_is_marked_and_correctable_by_it_alone() -> None:
    world = table()
    own = announce(world, "AL")
    with world.act("secretariat"):
        kept = commands.report(
            own, on=TODAY, claim="in_progress", text={"en": "By note"}, entry=entry_for(world, "AL"),
            sources=[commands.NewSource("Note", None, "https://example.org/n")],
        )  # fmt: skip
    with world.act("RS"):
        assert Report.objects.get().entry_id == kept.entry_id
    with world.act("RS"), pytest.raises(NotAllowed):
        commands.correct_report(kept, seen=1, on=TODAY, claim="in_progress", text={"en": "No"}, modality="reported")
    with world.act("AL"):
        row = Report.objects.get()
        commands.correct_report(row, seen=1, on=TODAY, claim="done", text={"en": "In our words"}, modality="confirmed")
        with pytest.raises(Conflict):
            commands.correct_report(row, seen=1, on=TODAY, claim="done", text={"en": "Late"}, modality="confirmed")
    with world.act("RS"):
        row = Report.objects.get()
        assert (row.entry_id, row.version, row.sources.get().entry_id) == (None, 2, None)
        assert wordings.of([row])[row.pk]["text"] == {"en": "In our words"}
    with world.act("secretariat"), pytest.raises(NotAllowed, match="only the owner"):
        commands.correct_report(row, seen=2, on=TODAY, claim="done", text={"en": "Ours"}, modality="confirmed")


def test_a_lapse_is_a_meetings_recorded_decision() -> None:
    world = table()
    asked = propose(world, "RS")
    accept(world, asked, "RS")
    with world.act("secretariat"):
        with pytest.raises(Refusal, match="Name the meeting"):
            commands.lapse(asked, meeting=None, reason={"en": "x"})
        commands.lapse(asked, meeting=asked.meeting, reason={"en": "The second meeting let it lapse"})
        assert code(asked, 100) is Code.LAPSED
    with world.act("RS"), pytest.raises(NotAllowed):
        commands.lapse(asked, meeting=asked.meeting, reason={"en": "x"})


def test_withdrawn_is_recorded_and_nothing_is_deleted() -> None:
    world = table()
    own, asked = announce(world, "AL"), propose(world, "RS")
    with world.act("AL"):
        commands.withdraw(own, reason={"en": "Taken up elsewhere"})
    with world.act("secretariat"):
        commands.withdraw(asked, reason={"en": "Entered by mistake"})
        assert (code(own), code(asked), Commitment.objects.count()) == (Code.WITHDRAWN, Code.WITHDRAWN, 2)


def test_the_secretariat_does_not_withdraw_what_a_party_accepted() -> None:
    world = table()
    asked = propose(world, "RS")
    accept(world, asked, "RS")
    with world.act("secretariat"), pytest.raises(NotAllowed):
        commands.withdraw(asked, reason={"en": "x"})


def test_a_contact_is_read_by_its_owner_and_only_if_it_says_so_by_the_secretariat() -> None:
    world = table()
    asked = propose(world, "RS")
    with world.act("RS"):
        commands.name_contact(asked, name="A person", office="Desk", reach="a@example.org")
    for who in ("secretariat", "AL", *ELSEWHERE):
        with world.act(who):
            assert (Contact.objects.count(), Change.objects.filter(kind="cooperation.contact_named").count()) == (0, 0)
    with world.act("RS"):
        commands.name_contact(asked, name="A person", for_secretariat=True)
        assert Contact.objects.count() == 1
    with world.act("secretariat"):
        assert Contact.objects.get().name == "A person"
    with world.act("AL"):
        assert Contact.objects.count() == 0


def test_commitments_are_for_the_members_and_the_secretariat() -> None:
    world = table()
    propose(world, "RS")
    for who in ELSEWHERE:
        with world.act(who):
            assert (Commitment.objects.count(), DueDate.objects.count()) == (0, 0)


def test_words_are_mended_by_whoever_wrote_them_and_a_second_writer_sees_the_first() -> None:
    world = table()
    asked = propose(world, "RS")
    with world.act("secretariat"):
        assert commands.edit(asked, seen=1, title={"en": "Hold two workshops"}, indicator={"en": "Minutes"})
        with pytest.raises(Conflict):
            commands.edit(asked, seen=1, title={"en": "Hold none"}, indicator={"en": "Minutes"})
        assert wordings.of([asked])[asked.pk]["title"] == {"en": "Hold two workshops"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": {}}, "title"),
        ({"title": {"en": "x" * 201}}, "title"),
        ({"title": {"xx": "x"}}, "title"),
        ({"title": {"en": "a\x00b"}}, "title"),
        ({"indicator": {"en": "  "}}, "indicator"),
        ({"due": None}, "due"),
        ({"due": a_day(0).replace(year=1999)}, "due"),
        ({"due": a_day(0).replace(year=9999, day=1)}, "due"),
        ({"zone": "Nowhere/City"}, "zone"),
        ({"zone": "../../etc/passwd"}, "zone"),
        ({"theme": "weather"}, "theme"),
        ({"origin_kind": "announcement"}, "origin_kind"),
        ({"origin_kind": "rumour"}, "origin_kind"),
    ],
)
def test_bad_input_is_refused_next_to_its_field_and_writes_nothing(change: dict[str, object], field: str) -> None:
    world = table()
    given = {
        "title": {"en": "x"}, "indicator": {"en": "y"}, "due": a_day(3), "zone": ZONE, "origin_kind": "decision", **change,
    }  # fmt: skip
    with world.act("secretariat"):
        with pytest.raises(Refusal) as refused:
            commands.propose(format=world.format, owner=world.parties["RS"], **given)  # type: ignore[arg-type]
        assert (refused.value.field, Commitment.objects.count()) == (field, 0)
