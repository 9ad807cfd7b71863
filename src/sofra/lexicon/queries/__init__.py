"""Every read of the room that is not a name: profiles and where they stand; entities, their designations and objections."""

from sofra.lexicon.queries.profiles import (
    ClockTimestamp,
    candidates,
    cited_forms,
    get_profile,
    holding_at,
    objections_to,
    profile_in_force,
    profiles_of,
    settled,
    span_of,
    under_silence,
)

__all__ = [
    "ClockTimestamp",
    "candidates",
    "cited_forms",
    "get_profile",
    "holding_at",
    "objections_to",
    "profile_in_force",
    "profiles_of",
    "settled",
    "span_of",
    "under_silence",
]
