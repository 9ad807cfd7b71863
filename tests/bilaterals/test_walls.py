"""Every page of the room as every role: nobody meets a word that is not theirs, and whose words they are meets them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from sofra.bilaterals import samples
from sofra.kernel.models import AuditPayload, Change, Occupancy
from sofra.meetings.contributions import agenda
from tests.house.crawling import READERS, WHO, body, foreign_tokens, routes
from tests.support.clients import client_of
from tests.support.world import World, make_world

pytestmark = pytest.mark.usefixtures("house")
SHARED = ("meeting", "desk", "calendar", "jobs")


def seeded() -> World:
    world = make_world()
    agenda.canaries(world)
    samples.canaries(world)
    return world


def pages(world: World, who: str) -> dict[str, Any]:
    client = client_of(world, who)
    found = {}
    for route in routes():
        if (route.name.startswith("bilateral") or route.name in SHARED) and route.door and route.door.roles("GET"):
            if route.parameters and route.name in SHARED and route.name != "meeting":
                continue
            found[route.name] = client.get(route.url(world), follow=False)
    return found


def test_nobody_meets_anothers_word_and_everybody_their_own() -> None:
    world = seeded()
    heard: dict[str, set[str]] = {}
    for who in (*WHO, "ME"):
        found = pages(world, who)
        leaks = {name: foreign_tokens(world, who, body(page)) for name, page in found.items()}
        assert {name: tokens for name, tokens in leaks.items() if tokens} == {}
        broken = [f"{name}: {page.status_code}" for name, page in found.items() if page.status_code >= 500]
        assert broken == []
        text = " ".join(body(page) for page in found.values())
        heard[who] = {holder for token, holder in world.tokens.items() if token in text}
    assert heard["AL"] >= {"AL", "AL+ME", "AL+secretariat", "AL+ME+secretariat"}
    assert heard["ME"] >= {"AL+ME", "AL+ME+secretariat"}
    assert heard["secretariat"] >= {"secretariat", "AL+secretariat", "AL+ME+secretariat"}


@pytest.mark.parametrize("who", [each for each in WHO if each != "guest"])
def test_counts_changes_audit_and_holds_tell_a_third_party_nothing(who: str) -> None:
    world = seeded()
    foreign = [token for token, holder in world.tokens.items() if who not in READERS[holder]]
    with world.act(who):
        told = " ".join(str(row) for row in Change.objects.values_list("kind", "details"))
        told += " ".join(str(row) for row in AuditPayload.objects.values_list("action", "body"))
        assert [token for token in foreign if token in told] == []
        if who in ("RS", "observer", "facilitator", "visitor"):
            kinds = set(Change.objects.filter(kind__startswith="bilaterals").values_list("kind", flat=True))
            assert kinds <= {"bilaterals.framed", "bilaterals.readout_agreed"}
            assert not Occupancy.objects.filter(during__contains=datetime(2027, 1, 23, 13, 5, tzinfo=UTC)).exists()
