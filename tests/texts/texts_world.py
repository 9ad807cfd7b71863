"""A text to negotiate in, and short words for what parties do to it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import override

from sofra.kernel import acting
from sofra.meetings.models import Meeting
from sofra.texts.commands.beginning import begin
from sofra.texts.commands.proposing import propose
from sofra.texts.commands.rows import latest_stand
from sofra.texts.models import Paragraph, Proposal, Text
from sofra.texts.queries.text import paragraphs_now
from tests.support.world import World

THREE = "Joint statement\n\n1. We build roads and rails.\n\n2. We meet young people."


def url(name: str, **more: object) -> str:
    """The address of a page of the world's meeting."""
    with override("en"):
        return reverse(name, kwargs={"format": "platform", "meeting": "3", **more})


def make_text(world: World, meeting: Meeting, notation: str = THREE, **more: Any) -> Text:
    """A text on the table of a meeting."""
    with world.act("secretariat"):
        return begin(
            meeting=meeting, title={"en": "Joint statement"}, languages=["en"], notation={"en": notation}, **more
        )


def paragraph_of(world: World, text: Text, at: int, who: str = "secretariat") -> Paragraph:
    """The paragraph at a place, as somebody reads the text."""
    with world.act(who):
        row = paragraphs_now(text)[at].row
    row.text = text
    return row


def proposed(world: World, who: str, paragraph: Paragraph, wording: str, **more: Any) -> Proposal:
    """A proposal of a delegation, made against what stands."""
    with world.act(who):
        return propose(
            paragraph=paragraph, wording=wording, language="en",
            **{"seen": latest_stand(paragraph, "en"), "chair": who == "secretariat", **more},
        )  # fmt: skip


def stands(world: World, paragraph: Paragraph, who: str = "TR") -> str:
    """A paragraph in the notation, parties by their codes."""
    with world.act(who):
        row = latest_stand(paragraph, "en")
    assert row is not None
    notation = row.content
    for code, party in world.parties.items():
        notation = notation.replace(f"P{party.pk.hex}", code)
    return notation


def count_as(world: World, who: str, model: Any) -> int:
    """How many rows of a table somebody reads."""
    with world.act(who):
        assert acting.current().seated
        return int(model.objects.count())
