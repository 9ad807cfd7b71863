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

__all__ = [
    "SECTIONS",
    "ClaimRecord",
    "Counts",
    "Difference",
    "Fact",
    "MeetingRecord",
    "Told",
    "claim_record",
    "counts",
    "differences",
    "facts_of",
    "kept_back",
    "later_reports",
    "meeting_record",
    "past_meetings",
    "section_record",
    "source_record",
    "sources_list",
]
