"""Who may do what in meetings, and why, one file per capability. Each is imported here, so that its rules are known."""

from sofra.meetings.policy import agenda, convening, outcomes, publicity

__all__ = ["agenda", "convening", "outcomes", "publicity"]
