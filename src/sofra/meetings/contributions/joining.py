"""How the capabilities of this room are joined into one Room."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sofra.kernel.acting import Actor
from sofra.kernel.rooms import AfterPart, Card, DeskItem, FromText, Nav, PackSection


@dataclass(frozen=True)
class Contribution:
    """One capability's part of the Room; the fields mean what they mean there."""

    nav: tuple[Nav, ...] = ()
    desk: Callable[[Actor], Iterable[DeskItem]] | None = None
    cards: dict[str, Callable[[list[UUID], str], dict[UUID, Card]]] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)
    found: dict[str, Any] = field(default_factory=dict)
    home: Callable[[Actor, str], tuple[str, dict[str, Any]] | None] | None = None
    record_sections: dict[str, Callable[[list[dict[str, Any]]], int]] = field(default_factory=dict)
    samples: dict[str, Callable[[Any], dict[str, Any]]] = field(default_factory=dict)
    canaries: Callable[[Any], None] | None = None
    pack: tuple[PackSection, ...] = ()
    after: tuple[AfterPart, ...] = ()
    from_text: tuple[FromText, ...] = ()
    words_at: dict[str, Callable[[Any], str]] = field(default_factory=dict)


def joined(parts: list[Contribution]) -> dict[str, Any]:
    """The keyword arguments for Room that hold all parts together. At most one part brings a piece of the home page."""
    desks = [part.desk for part in parts if part.desk]
    seeds = [part.canaries for part in parts if part.canaries]
    homes = [part.home for part in parts if part.home]
    if len(homes) > 1:
        raise ValueError("A room has one part of the home page.")

    def desk(actor: Actor) -> Iterable[DeskItem]:
        return [item for each in desks for item in each(actor)]

    def canaries(world: Any) -> None:
        for seed in seeds:
            seed(world)

    return {
        "nav": tuple(nav for part in parts for nav in part.nav),
        "desk": desk,
        "cards": {key: value for part in parts for key, value in part.cards.items()},
        "changes": {key: value for part in parts for key, value in part.changes.items()},
        "found": {key: value for part in parts for key, value in part.found.items()},
        "home": homes[0] if homes else None,
        "record_sections": {key: value for part in parts for key, value in part.record_sections.items()},
        "samples": {key: value for part in parts for key, value in part.samples.items()},
        "canaries": canaries,
        "pack": tuple(section for part in parts for section in part.pack),
        "after": tuple(section for part in parts for section in part.after),
        "from_text": tuple(way for part in parts for way in part.from_text),
        "words_at": {key: value for part in parts for key, value in part.words_at.items()},
    }
