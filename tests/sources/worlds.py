"""A world that stands on the platform's own record."""

from __future__ import annotations

from sofra.kernel import acting
from sofra.kernel.models import Account, Format, Party, Role, Seat
from sofra.sources import commands
from sofra.sources.engine.document import Document
from tests.support.world import World


def record_world(document: Document) -> World:
    """The record, a secretariat and an observer of the platform, a facilitator, and a delegate per party."""
    with acting.acting_as_house():
        commands.load_record(document)
        platform = Format.objects.get(slug="balkan-peace-platform")
        other = Format.objects.get(slug="trilateral-consultation-1")
        parties = {party.code: party for party in Party.objects.all()}
        found = World(platform, other, parties)
        found.seats["secretariat"] = _seat("secretariat", Role.SECRETARIAT, format=platform)
        found.seats["observer"] = _seat("observer", Role.OBSERVER, format=platform)
        found.seats["facilitator"] = _seat("facilitator", Role.FACILITATOR)
        for code in ("TR", "AL", "BA", "XK", "ME", "MK", "RS", "HR"):
            found.seats[code] = _seat(code.lower(), Role.DELEGATE, party=parties[code])
    return found


def _seat(name: str, role: Role, **more: object) -> Seat:
    account = Account.objects.create(email=f"{name}@example.org", name=f"Test seat {name}", demonstration=True)
    return Seat.objects.create(account=account, role=role, demonstration=True, **more)
