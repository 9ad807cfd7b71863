"""What is kept of negotiated texts. Rows are added and never rewritten; the database refuses what would."""

from sofra.texts.models.positions import Position, PositionReason, Stance
from sofra.texts.models.proposals import Closing, Explanation, Proposal
from sofra.texts.models.text import Paragraph, PenHolding, Placing, Ruling, Stand, Status, Text
from sofra.texts.models.versions import Version

__all__ = [
    "Closing",
    "Explanation",
    "Paragraph",
    "PenHolding",
    "Placing",
    "Position",
    "PositionReason",
    "Proposal",
    "Ruling",
    "Stance",
    "Stand",
    "Status",
    "Text",
    "Version",
]
