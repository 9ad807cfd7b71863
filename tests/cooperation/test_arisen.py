"""A commitment that came out of a bilateral says so to those who may know of that bilateral, and to nobody else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils.translation import override

from sofra.bilaterals.models import Request
from sofra.cooperation.models import Arisen, Commitment
from sofra.kernel.models import AuditPayload, Change
from tests.bilaterals import support
from tests.cooperation.support import ZONE, a_day
from tests.support.clients import client_of
from tests.support.world import World

pytestmark = pytest.mark.usefixtures("house")
EVERYBODY = ("TR", "AL", "RS", "secretariat", "observer", "facilitator", "visitor")


def announced(world: World, who: str, bilateral: UUID) -> Any:
    """What the form answers that is begun from the bilateral's page."""
    with override("en"):
        address = reverse("commitment_announce", kwargs={"format": world.format.slug})
    client = client_of(world, who)
    page = client.get(f"{address}?bilateral={bilateral}")
    data = {
        "title_en": "Open a contact point", "indicator_en": "It answers", "due": a_day(40).isoformat(), "zone": ZONE,
        "bilateral": page.context["form"].initial["bilateral"],
    }  # fmt: skip
    told = client.post(address, data)
    return client.post(address, {**data, "sentence": str(told.context["sentence"])})


def page(world: World, who: str, made: Commitment) -> str:
    with override("en"):
        address = reverse("commitment", kwargs={"format": world.format.slug, "commitment": made.pk})
    return " ".join(client_of(world, who).get(address).content.decode().split())


def knowing(world: World, bilateral: Request) -> tuple[set[str], Commitment]:
    """Who is told where a commitment came from, by rows and by its page."""
    with world.act("TR"):
        made = Commitment.objects.get()
    told = set()
    for who in EVERYBODY:
        with world.act(who):
            row = Arisen.objects.filter(commitment=made).exists()
            said = " ".join(map(str, Change.objects.values_list("kind", "details")))
            said += " ".join(map(str, AuditPayload.objects.values_list("action", "body")))
        shown = str(bilateral.pk) in page(world, who, made)
        assert row == shown == ("cooperation.arisen" in said), who
        if row:
            told.add(who)
    return told, made


def test_its_sides_and_the_secretariat_read_the_bilateral_a_commitment_came_out_of() -> None:
    world = support.table()
    bilateral = support.accepted(world, "TR", "AL")
    assert announced(world, "TR", bilateral.pk).status_code in (302, 303)
    told, made = knowing(world, bilateral)
    assert told == {"TR", "AL", "secretariat"}
    assert "Bilateral:" in page(world, "AL", made) and "Bilateral:" not in page(world, "RS", made)
    assert "Open a contact point" in page(world, "RS", made)
    assert (made.exercise, made.meeting_id) == (True, bilateral.meeting_id)


def test_of_a_discreet_one_the_secretariat_is_not_told_either() -> None:
    world = support.table()
    bilateral = support.accepted(world, "TR", "AL", discreet=True)
    announced(world, "TR", bilateral.pk)
    assert knowing(world, bilateral)[0] == {"TR", "AL"}


@pytest.mark.parametrize("which", ["of others", "not there", "no id"])
def test_a_bilateral_of_others_is_as_one_that_is_not_there(which: str) -> None:
    world = support.table()
    theirs = support.accepted(world, "AL", "RS")
    given: Any = {"of others": theirs.pk, "not there": UUID(int=7), "no id": "x"}[which]
    assert announced(world, "TR", given).status_code in (302, 303)
    with world.act("TR"):
        made = Commitment.objects.get()
        assert made.meeting_id is None
    with world.act("AL"):
        assert not Arisen.objects.exists()
