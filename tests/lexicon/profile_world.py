"""Profiles of a small world, made through commands; names are invented, so that none is anybody's."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sofra.kernel.commands import database_now
from sofra.lexicon.commands.profiles import Cell, Rules, cite_practice, draft_profile, propose_profile, write_profile
from sofra.lexicon.models import Profile
from tests.support.world import CODES, World

NAMES = {
    "TR": "Tango", "AL": "Alfa", "BA": "Bravo", "XK": "Kilo", "ME": "Mike", "MK": "November", "RS": "Sierra",
}  # fmt: skip
ZONE = "Europe/Istanbul"


def cells(world: World, *languages: str, footnoted: tuple[str, ...] = ()) -> list[Cell]:
    """A designation per party and language: the invented name, with the language behind it where it is not English."""
    return [
        Cell(
            world.parties[code].pk,
            language,
            NAMES[code] if language == "en" else f"{NAMES[code]}-{language}",
            citation="Invented",
            footnoted=code in footnoted,
        )
        for code in CODES
        for language in languages or ("en",)
    ]


def drafted(world: World, rules: Rules | None = None, rows: list[Cell] | None = None, **more: Any) -> Profile:
    """A whole draft, by the secretariat."""
    with world.act("secretariat"):
        row = draft_profile(world.format, **more)
        return write_profile(row, rules or Rules(), cells(world) if rows is None else rows, seen_version=row.version)


def cited(world: World, rules: Rules | None = None, rows: list[Cell] | None = None, **more: Any) -> Profile:
    """A profile in force on cited practice."""
    row = drafted(world, rules, rows, **more)
    with world.act("secretariat"):
        return cite_practice(row, citation="A note of 2025", seen_version=row.version)


def proposed(
    world: World, *, seconds: float = 3600, rules: Rules | None = None, rows: list[Cell] | None = None
) -> Profile:
    """A profile under silence that ends in so many seconds."""
    row = drafted(world, rules, rows)
    with world.act("secretariat"):
        return propose_profile(row, deadline=in_(seconds), zone=ZONE, seen_version=row.version)


def in_(seconds: float) -> datetime:
    """An instant to come."""
    return database_now() + timedelta(seconds=seconds)
