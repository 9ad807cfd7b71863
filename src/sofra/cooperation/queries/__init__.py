"""Every read of the room. The database decides which rows come back."""

from sofra.cooperation.queries.follow_up import FollowUp, Group, all_of, follow_up, grouped, meetings_of, waiting_for
from sofra.cooperation.queries.lines import Line, get_line, lines_of

__all__ = [
    "FollowUp", "Group", "Line", "all_of", "follow_up", "get_line", "grouped", "lines_of", "meetings_of", "waiting_for",
]  # fmt: skip
