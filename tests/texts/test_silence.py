"""The silence procedure on a text: the database's clock decides, no worker is needed, and nobody's objection is lost."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection

from sofra.kernel.commands import database_now, enter_for
from sofra.kernel.models import Change
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.texts.commands import adopting, silence
from sofra.texts.models import Adoption, Silence, SilenceBreak, SilenceEvent, Statement, Text
from sofra.texts.queries.silence import adoption_of, procedures_of, statements_on
from tests.meetings.agenda_world import entry_for, make_meeting, soon, wait_until
from tests.support.world import CODES, World, make_world
from tests.texts.texts_world import make_text, paragraph_of, proposed, stands

PUT = {"en": "May the text be adopted?"}


@pytest.fixture
def world(request: pytest.FixtureRequest) -> World:
    request.getfixturevalue("own_database" if "own_database" in request.fixturenames else "house")
    return make_world()


@pytest.fixture
def text(world: World) -> Text:
    return make_text(world, make_meeting(world))


def opened(world: World, text: Text, seconds: float = 3600, **more: object) -> Silence:
    with world.act("secretariat"):
        return silence.open_silence(text=text, deadline=soon(seconds), question=PUT, **more)  # type: ignore[arg-type]


def states(world: World, text: Text, who: str = "ME") -> list[str]:
    with world.act(who):
        return [each.state for each in procedures_of(text)]


def test_a_text_with_open_brackets_is_not_put_under_silence(world: World, text: Text) -> None:
    proposed(world, "AL", paragraph_of(world, text, 1), "We build safe roads and rails.")
    with pytest.raises(Refusal, match="Brackets are open in 1"):
        opened(world, text)


def test_only_the_chair_opens_one(world: World, text: Text) -> None:
    with world.act("AL"), pytest.raises(NotAllowed):
        silence.open_silence(text=text, deadline=soon(60), question=PUT)


def test_under_silence_the_text_does_not_change(world: World, text: Text) -> None:
    row = paragraph_of(world, text, 1)
    opened(world, text)
    with pytest.raises(Refusal, match="under silence"):
        proposed(world, "AL", row, "We build safe roads and rails.")
    with pytest.raises(Refusal, match="under silence"):
        opened(world, text)
    assert stands(world, row) == "We build roads and rails."


def test_unbroken_it_adopts_at_its_instant_and_the_first_later_command_records_it(world: World, text: Text) -> None:
    row = opened(world, text, 0.3)
    wait_until(row.deadline)
    assert states(world, text) == ["adopted"]
    with world.act("AL"):
        assert Adoption.objects.count() == 0
        adopting.attach(text=text, kind=Statement.Kind.RESERVATION, words={"en": "On rails"})
    with world.act("ME"):
        adoption = adoption_of(text)
        assert adoption is not None
        assert (adoption.at, adoption.method, adoption.digests) == (
            row.deadline, "silence", row.version_under.digests,
        )  # fmt: skip
        assert [str(each.worded["words"]) for each in statements_on(text, "en")] == ["On rails"]  # type: ignore[attr-defined]
    with pytest.raises(Refusal, match="adopted"):
        proposed(world, "AL", paragraph_of(world, text, 1), "We build.")


def test_the_deadline_is_decided_to_the_microsecond(world: World, text: Text) -> None:
    row = opened(world, text, 0.2)
    with world.act("secretariat"):
        now = database_now()
        just = row.deadline - timedelta(microseconds=1)
        wait_until(row.deadline)
        for received, taken in ((row.deadline, False), (just, True)):
            entry = enter_for(world.parties["AL"].pk, world.format.pk, channel="email", received_at=received)
            if not taken:
                with pytest.raises(Refusal, match="ended before this was received"):
                    silence.break_silence(silence=row, words={"en": "No"}, party_id=world.parties["AL"].pk, entry=entry)
            else:
                done = silence.break_silence(
                    silence=row, words={"en": "No"}, party_id=world.parties["AL"].pk, entry=entry
                )
                assert (done.late, done.received_at) == (True, just)
        assert now < row.deadline


def test_an_objection_before_the_instant_breaks_it_and_all_are_told(world: World, text: Text) -> None:
    row = opened(world, text)
    with world.act("RS"):
        silence.break_silence(silence=row, words={"en": "Not the rails"})
    for who in ("AL", "secretariat"):
        with world.act(who):
            event = SilenceEvent.objects.get()
            assert (event.kind, event.party_id) == ("broken", world.parties["RS"].pk)
            assert Change.objects.filter(kind="texts.silence_broken").count() == 1
            assert SilenceBreak.objects.count() == 1
    assert states(world, text) == ["broken"]


def test_where_the_format_says_so_the_breaker_is_not_named(world: World, text: Text) -> None:
    row = opened(world, text, names_breaker=False)
    with world.act("RS"):
        silence.break_silence(silence=row, words={"en": "Not the rails"})
    with world.act("AL"):
        assert SilenceEvent.objects.get().party_id is None
        assert SilenceBreak.objects.count() == 0
        assert not Change.objects.filter(owner_party=world.parties["RS"]).exists()
    with world.act("secretariat"):
        assert SilenceBreak.objects.get().owner_party_id == world.parties["RS"].pk


@pytest.mark.parametrize("how", ["reopened", "extended", "renewed", "given_up"])
def test_the_chair_decides_what_becomes_of_a_broken_one(world: World, text: Text, how: str) -> None:
    row = opened(world, text)
    with world.act("RS"):
        silence.break_silence(silence=row, words={"en": "No"})
    with world.act("secretariat"):
        with pytest.raises(Refusal, match="Say why"):
            silence.answer_silence(silence=row, how=how, reason={}, deadline=soon(60))
    with world.act("secretariat"):
        silence.answer_silence(silence=row, how=how, reason={"en": "As heard"}, deadline=soon(60))
        with pytest.raises(Refusal, match="does not wait"):
            silence.answer_silence(silence=row, how=how, reason={"en": "Twice"}, deadline=soon(60))
    expected = {"extended": ["broken", "running"], "renewed": ["broken", "running"]}.get(how, ["broken"])
    assert states(world, text) == expected
    with world.act("ME"):
        follows = Silence.objects.filter(follows=row).first()
        if follows is not None:
            assert (follows.version_under_id == row.version_under_id) == (how == "extended")


def test_an_objection_received_in_time_and_entered_late_marks_the_adoption(world: World, text: Text) -> None:
    row = opened(world, text, 0.3)
    with world.act("secretariat"):
        received = database_now()
    wait_until(row.deadline)
    with world.act("secretariat"):
        entry = enter_for(
            world.parties["AL"].pk, world.format.pk, channel="note", received_at=received, reference="N 3"
        )
        silence.break_silence(silence=row, words={"en": "No"}, party_id=world.parties["AL"].pk, entry=entry)
        assert adoption_of(text) is not None
        assert [each.late for each in procedures_of(text)] == [True]
        silence.answer_late(silence=row, stands=False, reason={"en": "It came in time"})
        assert adoption_of(text) is None
        assert [each.late for each in procedures_of(text)] == [False]
    proposed(world, "AL", paragraph_of(world, text, 1), "We build roads.")


def test_a_session_adopts_by_consensus_and_not_over_an_open_bracket(world: World, text: Text) -> None:
    with world.act("secretariat"):
        with pytest.raises(Refusal, match="Write the question"):
            adopting.adopt(text=text, question={})
        done = adopting.adopt(text=text, question=PUT, ad_referendum=True)
        assert (done.method, done.ad_referendum, len(done.digests["en"])) == ("consensus", True, 64)
        with pytest.raises(Refusal, match="Say why"):
            adopting.reopen(text=text, reason={})
    with world.act("secretariat"):
        adopting.reopen(text=text, reason={"en": "New instructions"}, asked_by=world.parties["AL"].pk)
        assert adoption_of(text) is None


def test_what_a_party_attached_it_alone_takes_back(world: World, text: Text) -> None:
    with world.act("secretariat"):
        row = adopting.attach(
            text=text, kind=Statement.Kind.FOOTNOTE, words={"en": "By note"}, party_id=world.parties["ME"].pk,
            entry=entry_for(world, "ME"),
        )  # fmt: skip
    with world.act("RS"), pytest.raises(NotAllowed):
        adopting.detach(statement=row)
    with world.act("ME"):
        adopting.detach(statement=row)
        assert statements_on(text, "en") == []
        assert Statement.objects.count() == 2


def together(world: World, row: Silence) -> dict[str, str]:
    """Every party objects at once, each on a connection of its own; answers how each ended."""
    ended: dict[str, str] = {}
    begin = threading.Barrier(len(CODES))

    def run(code: str) -> None:
        try:
            begin.wait(20)
            with world.act(code):
                silence.break_silence(silence=Silence.objects.get(pk=row.pk), words={"en": f"No, says {code}"})
            ended[code] = "done"
        except Refusal as refusal:
            ended[code] = str(refusal.sentence)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(code,)) for code in CODES]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return ended


def test_seven_delegations_in_the_last_second_are_all_kept(own_database: str) -> None:
    world = make_world()
    text = make_text(world, make_meeting(world))
    row = opened(world, text, 8)
    wait_until(row.deadline - timedelta(seconds=1))
    ended = together(world, row)
    with world.act("ME"):
        breaks = {each.owner_party_id: each for each in SilenceBreak.objects.all()}
        done = [code for code, how in ended.items() if how == "done"]
        assert set(breaks) == {world.parties[code].pk for code in done}
        assert all(row.at <= each.received_at < row.deadline for each in breaks.values())
        assert SilenceEvent.objects.filter(kind="broken").count() == (1 if done else 0)
        # Whoever was too late was told so, by the same clock; on a machine at rest nobody is.
        assert all("ended before" in how for how in ended.values() if how != "done")
    assert states(world, text) == ["broken" if done else "adopted"]
