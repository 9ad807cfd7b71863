"""Every read of the room. The database decides which rows come back."""

from sofra.cooperation.queries.follow_up import (
    FollowUp,
    Group,
    all_of,
    follow_up,
    grouped,
    meetings_of,
    public_follow_up,
    waiting_for,
)
from sofra.cooperation.queries.lines import Line, get_line, lines_of
from sofra.cooperation.queries.public import PublicLine, is_outside, public_lines

__all__ = [
    "FollowUp", "Group", "Line", "PublicLine", "all_of", "follow_up", "get_line", "grouped", "is_outside", "lines_of",
    "meetings_of", "public_follow_up", "public_lines", "waiting_for",
]  # fmt: skip
