"""The secretariat hands a pack on: its own words in it are looked at once more, all together.

Every part was looked at when it went out; but somebody may have objected since, or the profile is another one.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from sofra.kernel import acting, anyway, policy, recording, rooms
from sofra.kernel.commands import command
from sofra.kernel.models import AuditPayload
from sofra.lexicon import gate, saving
from sofra.lexicon.queries import sent
from sofra.meetings.models import Meeting

ISSUED = sent.PACK


@dataclass(frozen=True)
class LookedOver:
    """What was found in a pack: all of it, what is severe, and the digest of that."""

    found: list[gate.Found]
    severe: list[gate.Found]
    digest: str

    def places(self, language: str) -> list[tuple[Any, list[gate.Found]]]:
        """What was found, by the row it stands in, each with its card (title and address) where a room has one."""
        rows: dict[Any, list[gate.Found]] = {}
        for each in self.found:
            rows.setdefault(each.subject.pk, []).append(each)
        by: dict[str, list[Any]] = {}
        for found in rows.values():
            by.setdefault(found[0].subject._meta.label_lower, []).append(found[0].subject.pk)
        cards = {key: card for label, ids in by.items() for key, card in rooms.cards(label, ids, language).items()}
        return [(cards.get(key), found) for key, found in rows.items()]


def look_over(meeting: Meeting, language: str) -> LookedOver:
    """Look at the secretariat's words in a pack in one language, all with one checker."""
    found = saving.found_in(rooms.pack_words(meeting, language), meeting)
    severe = [each for each in found if each.shown.severity == gate.SEVERE]
    said = sorted(repr((str(each.subject.pk), each.field, each.language, each.shown)) for each in severe)
    return LookedOver(found, severe, hashlib.sha256("\n".join(said).encode()).hexdigest())


def issued(meeting: Meeting, looked: LookedOver) -> bool:
    """Whether a pack may go out: nothing severe stands in it, or it was said of this very finding that it goes out."""
    if not looked.severe:
        return True
    said = AuditPayload.objects.filter(action=ISSUED, subject=meeting.pk, body__contains=looked.digest)
    return said.exists()


@command
def issue_pack(*, meeting: Meeting, language: str) -> None:
    """Say that a pack goes out with what was found in it. Raises NotAllowed; NeedsAnyway unless it was said."""
    policy.require(acting.current(), "pack.issue", meeting)
    looked = look_over(meeting, language)
    if issued(meeting, looked):
        return
    if not anyway.was_said():
        raise gate.needs_anyway(looked.severe)
    details = {
        "table": gate.table_of(meeting), "language": language, "digest": looked.digest,
        "found": [gate.told(each) for each in looked.severe],
    }  # fmt: skip
    recording.record(ISSUED, gate.inward(meeting), details, meeting_id=meeting.pk, visible=False)
