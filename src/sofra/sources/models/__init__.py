"""The record's tables: sources, what they speak of, what they say, and where they differ."""

from sofra.sources.models.claims import Claim, Comment, Evidence, Release
from sofra.sources.models.discrepancies import Discrepancy, Side
from sofra.sources.models.sources import Source, Subject

__all__ = ["Claim", "Comment", "Discrepancy", "Evidence", "Release", "Side", "Source", "Subject"]
