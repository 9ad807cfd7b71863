"""Before the doors open: the record, the demonstration's seats, and the rehearsal, each as the operator asked."""

from __future__ import annotations

from pathlib import Path

from sofra.kernel import acting
from sofra.kernel.accounts.demonstration import seats_off, seats_on
from sofra.sources.commands.loading import load_record, read_record

#: The record that ships with the house.
RECORD = Path(__file__).resolve().parent.parent / "sources" / "data" / "balkan-peace-platform.json"


def before_opening(with_record: bool, with_demonstration: bool) -> None:
    """Load the record, then open the demonstration with its rehearsal, or make sure that it is closed. Repeating is harmless."""
    if with_record:
        document = read_record(RECORD)
        with acting.acting_as_house():
            load_record(document)
    with acting.acting_as_house():
        if with_demonstration:
            seats_on()
        else:
            seats_off()
    if with_demonstration:
        rehearse()


def rehearse() -> None:
    """Lay out the rehearsal: a third meeting with an agenda and commitments, marked as an exercise, acted by its seats."""
