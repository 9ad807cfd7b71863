"""Before the doors open: the record, the demonstration's seats, and the rehearsal, each as the operator asked."""

from __future__ import annotations

from sofra.bilaterals.demonstration import add_bilaterals
from sofra.cooperation.demonstration import add_commitments
from sofra.kernel import acting
from sofra.kernel.accounts import demonstration
from sofra.meetings.demonstration import make_rehearsal
from sofra.meetings.demonstration_agenda import add_agenda
from sofra.meetings.demonstration_documents import add_note
from sofra.meetings.demonstration_press import add_press
from sofra.meetings.demonstration_profile import give_profile
from sofra.meetings.demonstration_programme import add_programme
from sofra.sources.cli import PACKAGED_RECORD, carry_over
from sofra.sources.engine.reading import read_record
from sofra.texts.demonstration import add_texts


def before_opening(with_record: bool, with_demonstration: bool) -> None:
    """Load the record, then open the demonstration with its rehearsal, or make sure that it is closed. Repeating is harmless."""
    if with_record:
        carry_over(read_record(PACKAGED_RECORD))
    demonstration.opening(with_demonstration)
    if with_demonstration:
        rehearse()


def rehearse() -> None:
    """Lay out the rehearsal: a third meeting with an agenda, a programme, texts, bilaterals and commitments, marked as an
    exercise. No real person acts."""
    meeting = make_rehearsal()
    if meeting is None:
        return
    give_profile(meeting)
    add_agenda(meeting)
    add_programme(meeting)
    add_note(meeting)
    add_press(meeting)
    add_texts(meeting)
    add_bilaterals(meeting)
    with acting.acting_as_house():
        add_commitments(meeting)
