"""A meeting with a press desk, made through commands. The people in it are invented."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sofra.meetings.commands import delegations, press, press_lines
from sofra.meetings.models import Delegate, Meeting, PressPiece
from sofra.meetings.queries.press import get_piece
from tests.meetings.letters_world import meeting_under_profile
from tests.support.world import World

TITLE = {"en": "When the press may come", "tr": "Basın ne zaman gelebilir"}
BODY = {"en": "The briefing is at half past four.", "tr": "Bilgilendirme on altı buçukta."}


def press_meeting(world: World, *, profile: bool = True, **more: Any) -> Meeting:
    """A convened meeting everybody knows of, under a profile in English and Turkish."""
    return meeting_under_profile(world, profile=profile, **more)


def piece(world: World, meeting: Meeting, kind: str = "advisory", **more: Any) -> PressPiece:
    """A draft of the secretariat."""
    with world.act("secretariat"):
        said: dict[str, Any] = {"title": TITLE, "body": BODY} if kind != "caption" else {"title": TITLE}
        return press.draft_piece(meeting=meeting, kind=kind, **{**said, **more})


def sent(world: World, meeting: Meeting, codes: tuple[str, ...], deadline: datetime, **more: Any) -> PressPiece:
    """Lines with the parties that are named."""
    row = piece(world, meeting, "lines", **more)
    with world.act("secretariat"):
        press_lines.send_lines(piece=row, readers=[world.parties[code].pk for code in codes], deadline=deadline)
    return row


def seen(world: World, who: str, meeting: Meeting, row: PressPiece) -> Any:
    """A piece as somebody reads it; None where they know of none."""
    with world.act(who):
        return get_piece(meeting, row.pk, "en")


def person(world: World, meeting: Meeting, code: str, name: str, *, to: str = "format", **function: str) -> Delegate:
    """A person in a party's delegation, released to `to`."""
    with world.act(code):
        team = delegations.Delegation.objects.filter(meeting=meeting, owner_party=world.parties[code]).first()
        if team is None:
            team = delegations.register_delegation(meeting=meeting, level="minister", languages=["en"])
            delegations.announce_delegation(delegation=team)
        row = delegations.add_delegate(delegation=team, name=name, function=function)
        if to:
            delegations.release_names(delegation=team, delegates=[row.pk], to=to)
        return Delegate.objects.get(pk=row.pk)


def photo(world: World, meeting: Meeting, people: dict[tuple[int, int], UUID | None], rows: list[int]) -> PressPiece:
    """A caption with people in their places."""
    row = piece(world, meeting, "caption", rows=rows, title={"en": "Family photo", "tr": "Aile fotoğrafı"})
    with world.act("secretariat"):
        press.place_people(piece=row, seen_version=None, places=people)
    return row
