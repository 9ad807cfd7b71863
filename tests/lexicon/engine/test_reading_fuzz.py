"""Damaged files: whatever happened to a Word file or a PDF, the answer is its text or a sentence, from the real worker."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sofra.kernel.typesetting import set_paper
from sofra.lexicon.engine.reading import CannotRead, read_text
from tests.support.papers import docx

TEXT = "Kosova'nın ve Србије представници met in Ankara."


@cache
def whole(kind: str) -> bytes:
    """A sound file of a kind."""
    if kind == "docx":
        return docx(TEXT)
    content = {
        "sender": "", "facts": [], "addressee": [], "subject": "About names", "paragraphs": [[TEXT]], "foot": [],
    }  # fmt: skip
    return set_paper("letter", content, language="en", title="x", made=datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_sound_file_gives_its_text(kind: str) -> None:
    assert "Ankara" in read_text(whole(kind))


@pytest.mark.parametrize("kind", ["docx", "pdf"])
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_gives_a_text_or_a_sentence(kind: str, data: st.DataObject) -> None:
    damaged = bytearray(whole(kind))
    for _hurt in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        match data.draw(st.sampled_from(["flip", "cut", "repeat", "insert"])):
            case "flip":
                damaged[at] ^= data.draw(st.integers(1, 255))
            case "cut":
                del damaged[at : at + data.draw(st.integers(1, 400))]
            case "repeat":
                damaged[at:at] = damaged[at : at + 64] * data.draw(st.integers(1, 20))
            case "insert":
                damaged[at:at] = data.draw(st.binary(max_size=40))
        if not damaged:
            break
    try:
        assert isinstance(read_text(bytes(damaged)), str)
    except CannotRead as refused:
        assert str(refused).endswith(".")
