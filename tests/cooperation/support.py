"""Commitments to test with, made through commands."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import override

from sofra.cooperation import commands
from sofra.cooperation.models import Commitment
from sofra.kernel.commands import enter_for
from sofra.kernel.models import Audience, Entry
from sofra.lexicon.commands.profiles import Cell
from sofra.lexicon.models import PartyWording
from sofra.meetings.commands.themes import load_themes
from sofra.meetings.models import Meeting
from tests.lexicon.profile_world import cited
from tests.support.clients import client_of
from tests.support.world import World, make_world

NAMES = {
    "TR": "Türkiye",
    "AL": "Albania",
    "BA": "Bosnia",
    "XK": "Kosovo",
    "ME": "Montenegro",
    "MK": "North M",
    "RS": "Serbia",
}
ZONE = "Europe/Istanbul"
NOW = datetime.now(UTC)
TODAY = NOW.date()


def a_day(days: int) -> date:
    return TODAY + timedelta(days=days)


def table(world: World | None = None) -> World:
    """The world with names, a meeting that was and one that comes."""
    world = world or make_world()
    with world.act("secretariat"):
        for order, (code, name) in enumerate(NAMES.items()):
            PartyWording.objects.create(
                record_id=code, party=world.parties[code], language="en", form=name, use="record", order=order,
                audience=Audience.PUBLIC,
            )  # fmt: skip
        load_themes(
            [{"id": "energy-security", "order": 1, "title": {"en": "Energy security", "tr": "Enerji güvenliği"}}]
        )
        for slug, days in (("1", -60), ("2", 30)):
            Meeting.objects.create(
                slug=slug, ordinal=int(slug), day=a_day(days), zone=ZONE, format=world.format, audience=Audience.FORMAT,
                begins_at=NOW + timedelta(days=days), ends_at=NOW + timedelta(days=days, hours=3), exercise=True,
            )  # fmt: skip
    return world


def agreed(world: World) -> World:
    """The same world under a profile with the same names, so that what names parties goes out."""
    cells = [
        Cell(world.parties[code].pk, language, name, citation="Invented")
        for code, name in NAMES.items()
        for language in ("en", "tr")
    ]
    cited(world, rows=cells)
    return world


def meeting(slug: str) -> Meeting:
    return Meeting.objects.get(slug=slug)


def propose(
    world: World, owner: str = "RS", *, days: int = 20, title: str = "Hold an expert workshop", **more: Any
) -> Commitment:
    with world.act("secretariat"):
        return commands.propose(
            format=world.format, owner=world.parties[owner], title={"en": title},
            indicator={"en": "The minutes are circulated"}, due=a_day(days), zone=ZONE, origin_kind="chair_summary",
            meeting=meeting("1"), theme="energy-security", **more,
        )  # fmt: skip


def announce(world: World, owner: str = "AL", *, days: int = 40, title: str = "Open a contact point") -> Commitment:
    with world.act(owner):
        return commands.announce(
            format=world.format, title={"en": title}, indicator={"en": "The address is published"}, due=a_day(days),
            zone=ZONE,
        )  # fmt: skip


def accept(world: World, commitment: Commitment, who: str) -> None:
    with world.act(who):
        commands.answer_date(commitment.dates.order_by("-at")[0], accepted=True)


def entry_for(world: World, owner: str) -> Entry:
    return enter_for(
        world.parties[owner].pk, world.format.pk, channel="note", received_at=NOW - timedelta(hours=1), reference="N 12"
    )


def done(world: World, commitment: Commitment, who: str, **more: Any) -> UUID:
    with world.act(who):
        return commands.report(
            commitment, on=TODAY, claim="done", text={"en": "The workshop was held"},
            sources=[commands.NewSource("Minutes", TODAY, "https://example.org/minutes")], **more,
        ).pk  # fmt: skip


def url(name: str, **kwargs: Any) -> str:
    with override("en"):
        return reverse(name, kwargs={"format": "platform", **kwargs})


def of(name: str, commitment: Commitment, **more: Any) -> str:
    return url(name, commitment=commitment.pk, **more)


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def read(world: World, who: str, address: str) -> str:
    response = client_of(world, who).get(address)
    assert response.status_code == 200, (address, response.status_code)
    return text(response)
