"""Endings of abbreviations are parted from them by a hyphen or an apostrophe, never by a blank."""

from __future__ import annotations

import pytest

from sofra.lexicon.engine.loading import load
from sofra.lexicon.engine.matching import Matcher


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(load())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Anëtarësimi në NATO në vitin 2020", ["NATO"]),
        ("KFOR je saopštio da prati situaciju", ["KFOR"]),
        ("Unmik i Euleks nisu komentarisali", ["Unmik", "Euleks"]),
        ("tha zëdhënësja e BE-së", ["BE-së"]),
        ("tha zëdhënësja e BE'së", ["BE'së"]),
        ("selia e NATO’s në Bruksel", ["NATO’s", "Bruksel"]),
    ],
)
def test_an_ending_is_never_taken_over_a_blank(matcher: Matcher, text: str, found: list[str]) -> None:
    assert [match.text for match in matcher.find(text)] == found
