"""What the meeting pack brings: the sections of this room, and the addresses the tests walk."""

from __future__ import annotations

from sofra.kernel.rooms import PackSection
from sofra.meetings import pack, pack_words
from sofra.meetings.contributions.agenda import sample_meeting
from sofra.meetings.contributions.joining import Contribution

PART = Contribution(
    samples=dict.fromkeys(("pack", "pack_paper", "plates_delegations", "plates_people"), sample_meeting),
    pack=(
        PackSection("agenda", 10, pack.agenda, pack_words.of_meeting),
        PackSection("annotated_agenda", 20, pack.annotated_agenda, pack_words.annotated_agenda),
        PackSection("programme", 30, pack.programme, pack_words.of_programme),
        PackSection("participants", 40, pack.participants),
        PackSection("last_outcome", 50, pack.last_outcome, pack_words.of_last_outcome),
        PackSection("for_decision", 70, pack.for_decision, pack_words.for_decision),
    ),
)
