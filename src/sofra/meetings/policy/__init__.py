"""Who may do what in meetings, and why, one file per capability. Each is imported here, so that its rules are known."""

from sofra.meetings.policy import (
    agenda,
    circulation,
    convening,
    delegations,
    letters,
    outcomes,
    pack,
    programme,
    publicity,
)

__all__ = ["agenda", "circulation", "convening", "delegations", "letters", "outcomes", "pack", "programme", "publicity"]
