"""Every read of the room."""

from sofra.sources.queries.meeting import MeetingRecord, meeting_record, past_meetings
from sofra.sources.queries.overview import (
    SECTIONS,
    Counts,
    counts,
    kept_back,
    section_record,
    source_record,
    sources_list,
)
from sofra.sources.queries.releases import Asked, asked_for_release, members_today
from sofra.sources.queries.shelf import (
    ClaimRecord,
    Difference,
    Fact,
    Told,
    claim_record,
    differences,
    facts_of,
    later_reports,
)
from sofra.sources.queries.wordings import Wordings

__all__ = [
    "SECTIONS",
    "Asked",
    "ClaimRecord",
    "Counts",
    "Difference",
    "Fact",
    "MeetingRecord",
    "Told",
    "Wordings",
    "asked_for_release",
    "claim_record",
    "counts",
    "differences",
    "facts_of",
    "kept_back",
    "later_reports",
    "meeting_record",
    "members_today",
    "past_meetings",
    "section_record",
    "source_record",
    "sources_list",
]
