"""Pages of the record."""

from sofra.sources.views.acts import ask_release, comment, correct, release, release_comment, withdraw_comment
from sofra.sources.views.pages import claim, differences, home, kept, later, meeting, section, source, sources

__all__ = [
    "ask_release",
    "claim",
    "comment",
    "correct",
    "differences",
    "home",
    "kept",
    "later",
    "meeting",
    "release",
    "release_comment",
    "section",
    "source",
    "sources",
    "withdraw_comment",
]
