"""Loads a record file: each section by the room that owns it, from the lowest floor up. Loading again changes nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from sofra.kernel import acting, policy
from sofra.kernel.commands import command
from sofra.kernel.rooms import all_rooms
from sofra.sources.engine.document import SECTIONS, Document, Entry

#: Sections whose rows say themselves which format they belong to, or to none.
_OWN_FORMAT = {"parties", "formats", "meetings"}


@dataclass
class Loaded:
    """What a load did: rows changed per section, and sections that no room of this house takes."""

    changed: dict[str, int] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many rows changed in all."""
        return sum(self.changed.values())


@command
def load_record(document: Document) -> Loaded:
    """Carry a record into the house. Raises NotAllowed unless the actor serves the house."""
    policy.require(acting.current(), "record.load")
    loaders = {name: loader for room in all_rooms() for name, loader in room.record_sections.items()}
    outcome = Loaded()
    for section in SECTIONS:
        rows = document[section]
        if not rows:
            continue
        if section not in loaders:
            outcome.left_out.append(section)
            continue
        outcome.changed[section] = loaders[section](_placed(section, rows, document.head["default_format"]))
    for room in all_rooms():
        if room.record_loaded:
            room.record_loaded()
    return outcome


def _placed(section: str, rows: list[Entry], default_format: str) -> list[Entry]:
    """The rows, each with the slug of the format whose secretariat keeps it."""
    return rows if section in _OWN_FORMAT else [{"format": default_format, **row} for row in rows]
