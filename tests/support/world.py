"""Small worlds to test in, built through commands as the application role."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from sofra.kernel import acting
from sofra.kernel.models import Account, Audience, Format, Membership, Party, Role, Seat

CODES = ("TR", "AL", "BA", "XK", "ME", "MK", "RS")


@dataclass
class World:
    """A platform with seven members, a secretariat, a facilitator, an observer; a seat for each."""

    format: Format
    other_format: Format
    parties: dict[str, Party]
    seats: dict[str, Seat] = field(default_factory=dict)
    found: dict[str, Any] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def token(self, holder: str) -> str:
        """A new canary: a word that only `holder` may ever read (see READERS in tests/house/crawling.py)."""
        token = f"canary{uuid.uuid4().hex[:10]}"
        self.tokens[token] = holder
        return token

    def act(self, who: str):
        """Act as "secretariat", "facilitator", "observer", "visitor" or a party's code."""
        if who == "visitor":
            return acting.acting_as_visitor()
        seat = self.seats[who]
        return acting.acting_for(seat.pk, seat.account_id)


def make_world() -> World:
    """The world most tests need. Call it inside the `house` or `own_database` fixture."""
    with acting.acting_as_house():
        parties = {code: Party.objects.create(code=code) for code in CODES}
        platform = Format.objects.create(
            slug="platform", kind=Format.Kind.PLATFORM, host=parties["TR"], cadence_months=6
        )
        other = Format.objects.create(slug="consultation", kind=Format.Kind.CONSULTATION, host=parties["TR"])
        world = World(platform, other, parties)
        for party in parties.values():
            Membership.objects.create(format=platform, party=party, audience=Audience.PUBLIC)
        for code in ("TR", "BA", "RS"):
            Membership.objects.create(format=other, party=parties[code], audience=Audience.PUBLIC)
        world.seats["secretariat"] = _seat("secretariat", Role.SECRETARIAT)
        world.seats["facilitator"] = _seat("facilitator", Role.FACILITATOR)
        world.seats["observer"] = _seat("observer", Role.OBSERVER, format=platform)
        for code, party in parties.items():
            world.seats[code] = _seat(code.lower(), Role.DELEGATE, party=party)
    return world


def _seat(name: str, role: Role, **more: object) -> Seat:
    account = Account.objects.create(email=f"{name}@example.org", name=f"Test seat {name}", demonstration=True)
    return Seat.objects.create(account=account, role=role, demonstration=True, **more)
