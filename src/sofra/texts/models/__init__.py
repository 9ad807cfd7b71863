"""What is kept of negotiated texts. Rows are added and never rewritten; the database refuses what would."""

from sofra.texts.models.adoption import (
    Adoption,
    Reopening,
    Signature,
    SigningKey,
    Silence,
    SilenceBreak,
    SilenceEvent,
    Statement,
)
from sofra.texts.models.languages import LanguageVersion
from sofra.texts.models.packages import PackageSearch
from sofra.texts.models.positions import Position, PositionReason, Stance
from sofra.texts.models.proposals import (
    Closing,
    Explanation,
    Informal,
    InformalOwn,
    InformalTaken,
    Proposal,
    Settlement,
)
from sofra.texts.models.text import Paragraph, PenHolding, Placing, Ruling, Stand, Status, Text
from sofra.texts.models.versions import Version, VersionOpened, VersionOpening

__all__ = [
    "Adoption",
    "Closing",
    "Explanation",
    "Informal",
    "InformalOwn",
    "InformalTaken",
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
    "Settlement",
    "Signature",
    "SigningKey",
    "Silence",
    "SilenceBreak",
    "SilenceEvent",
    "Stance",
    "Stand",
    "Statement",
    "Status",
    "Text",
    "Version",
    "VersionOpened",
    "VersionOpening",
]
