"""What the room's commands share: whose act it is, who reads it, one writer at a time per request."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from sofra.bilaterals.engine.slots import Span, kept
from sofra.bilaterals.engine.workflow import Standing, Step, standing
from sofra.bilaterals.models import Act, Level, Request
from sofra.bilaterals.policy import sides_of
from sofra.kernel import acting
from sofra.kernel.commands import database_now, lock_subject, speaker
from sofra.kernel.models import Audience, Entry
from sofra.kernel.refusals import NotAllowed, Refusal

#: Names the resources of principals below the head of delegation; those of heads are the programme's own.
PRINCIPALS = UUID("5a1d7c1e-6a55-4f3e-9c55-0b4d4f6e8a11")
MOST_WINDOWS, MOST_LETTERS = 20, 2000


def principal(format_id: UUID, party_id: UUID, level: str) -> UUID:
    """The resource that a party's principal of a level is in the occupancy table."""
    if level != Level.MINISTER:
        return uuid5(PRINCIPALS, f"{format_id}/{party_id}/{level}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT sofra_bilateral_principal(%s, %s)", [format_id, party_id])
        found: UUID | None = cursor.fetchone()[0]
    if found is None:
        raise NotAllowed(_("You may not change this."))
    return found


def release(holder: UUID) -> None:
    """Let go of what is held for a request one is a side of, whoever wrote the hold."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sofra_bilateral_release(%s)", [holder])


def windows(given: Iterable[Span], field: str = "windows") -> list[list[str]]:
    """Windows to keep. Raises Refusal for one that ends before it begins, or too many."""
    found = list(given)
    if len(found) > MOST_WINDOWS:
        raise Refusal(_("At most %(n)d windows can be named.") % {"n": MOST_WINDOWS}, field)
    if any(begins >= ends for begins, ends in found):
        raise Refusal(_("A window ends before it begins."), field)
    return kept(found)


def words(text: str, field: str, most: int = MOST_LETTERS) -> str:
    """A text, trimmed. Raises Refusal for one too long."""
    text = text.replace("\x00", "").strip()
    if len(text) > most:
        raise Refusal(
            _("The text has %(n)d characters; %(most)d are the most. Shorten it.") % {"n": len(text), "most": most},
            field,
        )
    return text


def pair(languages: Iterable[str]) -> list[str]:
    """No languages, or the two to interpret between. Raises Refusal otherwise."""
    found = sorted(set(languages))
    if len(found) not in (0, 2) or set(found) - set(dict(settings.LANGUAGES)):
        raise Refusal(_("Name the two languages to interpret between, or none."), "languages")
    return found


def whose(request: Request, party_id: UUID | None, entry: Entry | None) -> UUID:
    """The side whose act it is. Raises NotAllowed where the actor speaks for none of them."""
    party = speaker(request.format_id, party_id, entry)
    if party not in sides_of(request):
        raise NotAllowed(_("Only its sides act on it."))
    if request.discreet and entry is not None:
        raise NotAllowed(_("Only its sides act on it."))
    return party


def placed(request: Request, party: UUID, entry: Entry | None, *, sides_alone: bool = False) -> dict[str, Any]:
    """The columns of a row a side writes: the other sides read it, and the secretariat unless it is kept from it."""
    readers = [each for each in sides_of(request) if each != party]
    if not (request.discreet or sides_alone) and request.format_id is not None:
        readers.append(request.format_id)
    return {
        "audience": Audience.PARTIES, "format_id": request.format_id, "owner_party_id": party, "readers": readers,
        "entry_id": entry.pk if entry else None,
    }  # fmt: skip


def own(request: Request, party: UUID, entry: Entry | None, *, secretariat: bool) -> dict[str, Any]:
    """The columns of a row a side keeps from the other sides: its own alone, or the secretariat's to read too."""
    told = secretariat and not request.discreet
    return {
        "audience": Audience.PARTIES if told else Audience.DELEGATION, "format_id": request.format_id,
        "owner_party_id": party, "readers": [request.format_id] if told else [], "entry_id": entry.pk if entry else None,
    }  # fmt: skip


def locked(request: Request) -> tuple[Standing, datetime]:
    """How a request stands by the database's clock, while nobody else can act on it."""
    lock_subject(request.pk)
    return stands(request)


def stands(request: Request) -> tuple[Standing, datetime]:
    """How a request stands now, as far as the actor may know it."""
    now = database_now()
    steps = [
        Step(each.pk, each.kind, each.owner_party_id, each.at, each.answers_id)
        for each in Act.objects.filter(request=request)
    ]
    return standing(request.owner_party_id, sides_of(request), steps, request.answer_by, now), now


def actor_party() -> UUID | None:
    """The party the actor sits for."""
    return acting.current().party_id
