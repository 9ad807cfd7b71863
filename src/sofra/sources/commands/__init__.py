"""Every write of the room."""

from sofra.sources.commands.comments import correct_comment, release_comment, withdraw_comment, write_comment
from sofra.sources.commands.loading import Loaded, load_record
from sofra.sources.commands.releases import ask_release, release_claim

__all__ = [
    "Loaded",
    "ask_release",
    "correct_comment",
    "load_record",
    "release_claim",
    "release_comment",
    "withdraw_comment",
    "write_comment",
]
