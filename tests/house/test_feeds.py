"""Leak canaries in calendars: an address shows its seat's own and nobody else's, to whoever holds it."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from sofra.meetings.commands import calendar
from tests.house.crawling import READERS, foreign_tokens
from tests.support.clients import client_of
from tests.support.world import World


@pytest.mark.parametrize("who", ["secretariat", "AL", "RS", "facilitator", "observer"])
def test_a_calendar_holds_nobody_elses_canary(canaries: World, who: str) -> None:
    with canaries.act(who):
        key, secret = calendar.make_key(detail="entries")
    for language in ("en", "tr"):
        with translation.override(language):
            url = reverse("calendar_feed", kwargs={"secret": secret})
        response = client_of(canaries, "visitor").get(url)
        text = response.content.decode().replace("\r\n ", "")
        assert response.status_code == 200
        assert foreign_tokens(canaries, who, text) == set()
        heard = {holder for token, holder in canaries.tokens.items() if token in text}
        told = ["public", "format", "AL+secretariat"]
        if who != "secretariat":  # Bilaterals stand in the calendars of those who meet, and in no other.
            told += ["AL+ME", "AL+ME+secretariat"]
        assert heard == {holder for holder in told if who in READERS[holder]}
    with canaries.act(who):
        calendar.revoke_key(key)
