"""Leak canaries in meeting packs: page and PDF are made from the same data, which holds nobody else's canary."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sofra.meetings.contributions.agenda import sample_meeting
from tests.house.crawling import READERS, body, foreign_tokens
from tests.lexicon.profile_world import cited
from tests.support.clients import client_of
from tests.support.world import World


@pytest.fixture(scope="module")
def under_a_profile(canaries: World) -> World:
    """The world of canaries with a profile in force, without which there is no pack."""
    cited(canaries)
    return canaries


@pytest.mark.parametrize("who", ["secretariat", "AL", "RS"])
def test_a_pack_holds_nobody_elses_canary(under_a_profile: World, who: str) -> None:
    world = under_a_profile
    client = client_of(world, who)
    page = client.get(reverse("pack", kwargs=sample_meeting(world)))
    assert page.status_code == 200
    assert foreign_tokens(world, who, body(page)) == set()
    heard = {holder for token, holder in world.tokens.items() if token in body(page)}
    assert heard <= {holder for holder, readers in READERS.items() if who in readers}
    assert "format" in heard
    assert "secretariat" not in heard, "what nobody else may read is in no pack"
    paper = client.get(reverse("pack_paper", kwargs=sample_meeting(world)))
    assert (paper.status_code, paper["Content-Type"], paper.content[:5]) == (200, "application/pdf", b"%PDF-")


@pytest.mark.parametrize("who", ["visitor", "facilitator", "observer"])
def test_who_takes_no_part_or_may_not_read_the_profile_gets_no_pack(under_a_profile: World, who: str) -> None:
    for name in ("pack", "pack_paper"):
        answer = client_of(under_a_profile, who).get(reverse(name, kwargs=sample_meeting(under_a_profile)))
        assert answer.status_code in (302, 404, 422)
        assert foreign_tokens(under_a_profile, who, body(answer)) == set()
