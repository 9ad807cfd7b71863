"""Bilaterals: what is wished, who may, where it can be held, and the schedule. Each thing with readers of its own is a row."""

from sofra.bilaterals.models.places import Apart, Block, Booking, Frame, RoomTerms
from sofra.bilaterals.models.requests import (
    Act,
    Arrangement,
    Level,
    Note,
    Outcome,
    Purpose,
    Readout,
    ReadoutAgreement,
    Request,
    Side,
    Wish,
)
from sofra.bilaterals.models.schedule import Placement, Schedule, Share, Swap

__all__ = [
    "Act", "Apart", "Arrangement", "Block", "Booking", "Frame", "Level", "Note", "Outcome", "Placement", "Purpose", "Readout",
    "ReadoutAgreement", "Request", "RoomTerms", "Schedule", "Share", "Side", "Swap", "Wish",
]  # fmt: skip
