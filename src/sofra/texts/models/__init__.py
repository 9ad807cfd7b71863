"""What is kept of negotiated texts. Rows are added and never rewritten; the database refuses what would."""

from sofra.texts.models.adoption import Adoption, Reopening, Silence, SilenceBreak, SilenceEvent, Statement
from sofra.texts.models.languages import LanguageVersion
from sofra.texts.models.packages import PackageSearch
from sofra.texts.models.positions import Position, PositionReason, Stance
from sofra.texts.models.proposals import Closing, Explanation, Proposal
from sofra.texts.models.text import Paragraph, PenHolding, Placing, Ruling, Stand, Status, Text
from sofra.texts.models.versions import Version

__all__ = [
    "Adoption",
    "Closing",
    "Explanation",
    "LanguageVersion",
    "PackageSearch",
    "Paragraph",
    "PenHolding",
    "Placing",
    "Position",
    "PositionReason",
    "Proposal",
    "Reopening",
    "Ruling",
    "Silence",
    "SilenceBreak",
    "SilenceEvent",
    "Stance",
    "Stand",
    "Statement",
    "Status",
    "Text",
    "Version",
]
