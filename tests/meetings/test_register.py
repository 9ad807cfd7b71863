"""The register: numbers without gaps that no party reads, notes that their own party reads, acts entered from a note."""

from __future__ import annotations

import threading
from io import BytesIO

import pytest
from django.db import IntegrityError, connection, transaction

from sofra.kernel.commands import database_now
from sofra.kernel.files import read_file
from sofra.kernel.models import AuditPayload, Change, Entry, Format
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.meetings.commands import invitations, register
from sofra.meetings.models import Note, NoteAct, NoteDocument, NoteNumber, Reply
from sofra.meetings.queries.register import Asked, notes_of
from tests.meetings.agenda_world import soon
from tests.meetings.letters_world import invited, meeting_under_profile, note
from tests.support.papers import smallest_pdf
from tests.support.world import World, make_world


def numbers(world: World, direction: str = "in") -> list[int]:
    with world.act("secretariat"):
        return sorted(NoteNumber.objects.filter(direction=direction).values_list("number", flat=True))


@pytest.mark.usefixtures("house")
def test_each_direction_has_its_own_numbers_and_a_withdrawn_note_keeps_its_own() -> None:
    world = make_world()
    first = note(world)
    note(world, "RS")
    note(world, "AL", "out")
    with world.act("secretariat"):
        with pytest.raises(Refusal, match="Say why"):
            register.withdraw_note(note=first, reason="  ")
        register.withdraw_note(note=first, reason="Registered twice")
        with pytest.raises(Refusal, match="withdrawn already"):
            register.withdraw_note(note=first, reason="Again")
    note(world, None)
    assert (numbers(world), numbers(world, "out")) == ([1, 2, 3], [1])
    with world.act("AL"):
        row = Note.objects.get(pk=first.pk)
        assert (row.reason, row.withdrawn_at is not None) == ("Registered twice", True)


@pytest.mark.usefixtures("house")
def test_a_note_that_is_refused_takes_no_number() -> None:
    world = make_world()
    note(world)
    with pytest.raises(Refusal):
        with world.act("secretariat"):
            register.register_note(
                format=world.format, direction="in", subject="X", at=database_now(), office="Y",
                files=[(BytesIO(b"no paper"), "x.pdf")],
            )  # fmt: skip
    note(world)
    assert numbers(world) == [1, 2]


@pytest.mark.usefixtures("house")
def test_a_party_reads_its_own_notes_without_their_numbers_and_nobody_elses() -> None:
    world = make_world()
    al, other, office = note(world), note(world, "RS", "out"), note(world, None)
    for who, own in (("AL", {al.pk}), ("RS", {other.pk}), ("ME", set()), ("observer", set()), ("visitor", set())):
        with world.act(who):
            assert set(Note.objects.values_list("pk", flat=True)) == own
            assert NoteDocument.objects.count() == len(own)
            assert NoteNumber.objects.count() == 0
            assert set(Change.objects.filter(kind__startswith="note").values_list("subject_id", flat=True)) == own
            assert not AuditPayload.objects.filter(action="note.numbered").exists()
    with world.act("AL"):
        document = NoteDocument.objects.get()
        assert read_file(document.file_id) is not None
        assert all('"number"' not in row.body for row in AuditPayload.objects.all())
    with world.act("RS"):
        assert read_file(document.file_id) is None
    with world.act("secretariat"):
        assert Note.objects.count() == 3 and office.mark != al.mark
        assert len(notes_of(world.format, Asked(party=al.party_id), "UTC", "en")) == 1
        assert len(notes_of(world.format, Asked(direction="in"), "UTC", "en")) == 2


@pytest.mark.usefixtures("house")
def test_only_the_secretariat_keeps_the_register_and_bad_notes_are_refused() -> None:
    world = make_world()
    for who in ("AL", "observer", "facilitator", "visitor"):
        with world.act(who), pytest.raises(NotAllowed, match="Only the secretariat keeps the register"):
            register.register_note(format=world.format, direction="in", subject="X", at=database_now(), office="Y")
    said = {"direction": "in", "subject": "X", "office": "Y"}
    bad = (
        ({"direction": "up"}, "direction"), ({"subject": " "}, "subject"), ({"office": ""}, "party"),
        ({"subject": "x" * 301}, "subject"), ({"reference": "x" * 201}, "reference"),
        ({"party_id": world.other_format.pk}, "party"),
    )  # fmt: skip
    with world.act("secretariat"):
        for wrong, field in bad:
            with pytest.raises(Refusal) as refused:
                register.register_note(format=world.format, at=database_now(), **{**said, **wrong})
            assert refused.value.field == field
        with pytest.raises(Refusal, match="in the future"):
            register.register_note(format=world.format, at=soon(), **said)
        assert Note.objects.count() == 0


@pytest.mark.usefixtures("house")
def test_an_act_is_entered_from_an_incoming_note_with_what_the_note_says() -> None:
    world = make_world()
    meeting = meeting_under_profile(world)
    (invitation,) = invited(world, meeting, "AL")
    came, went = note(world), note(world, "AL", "out")
    with world.act("secretariat"):
        with pytest.raises(Refusal, match="incoming note"):
            register.enter_from_note(note=went)
        entry = register.enter_from_note(note=came)
        invitations.answer_invitation(invitation=invitation, answer="regrets", entry=entry)
        assert (entry.reference, entry.received_at, entry.channel) == ("AL 7", came.at, "note")
    with world.act("AL"):
        assert Reply.objects.get().entry_id == entry.pk == NoteAct.objects.get(note=came).act_id
        assert Entry.objects.get().document_id == NoteDocument.objects.get(note=came).file_id
    with world.act("RS"):
        assert NoteAct.objects.count() == 0
        with pytest.raises(NotAllowed):
            register.enter_from_note(note=came)


@pytest.mark.usefixtures("house")
def test_the_database_gives_a_number_once_and_never_to_a_party() -> None:
    world = make_world()
    row = note(world)
    other = note(world)
    with world.act("secretariat"):
        for change in ({"number": 1}, {"audience": "format"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                NoteNumber.objects.filter(note=other).update(**change)
    assert row.pk != other.pk


@pytest.mark.usefixtures("own_database")
def test_many_at_once_are_numbered_without_gap_or_double_and_one_that_fails_leaves_none() -> None:
    world = make_world()
    begin, failed = threading.Barrier(6), []

    def run(number: int) -> None:
        try:
            begin.wait(20)
            with world.act("secretariat"):
                format = Format.objects.get(pk=world.format.pk)
                register.register_note(
                    format=format, direction="in", subject=f"Note {number}", at=database_now(), office="Office",
                    files=[(BytesIO(smallest_pdf("x")), "x.pdf")],
                )  # fmt: skip
                if number == 3:
                    raise RuntimeError("The act that held a number fails before it is committed.")
        except RuntimeError:
            failed.append(number)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert (failed, numbers(world)) == ([3], [1, 2, 3, 4, 5])
