"""Who may do what in meetings, and why, one file per capability. Each is imported here, so that its rules are known."""

from sofra.meetings.policy import (
    after,
    agenda,
    circulation,
    convening,
    delegations,
    letters,
    outcomes,
    pack,
    press,
    programme,
    publicity,
)

__all__ = [
    "after",
    "agenda",
    "circulation",
    "convening",
    "delegations",
    "letters",
    "outcomes",
    "pack",
    "press",
    "programme",
    "publicity",
]
