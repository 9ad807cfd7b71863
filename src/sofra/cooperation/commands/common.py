"""What the room's commands share: who acts for which side, what texts may be, one writer at a time per commitment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from sofra.cooperation.models import Commitment
from sofra.kernel import wordings
from sofra.kernel.acting import Actor
from sofra.kernel.models import Entry
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.kernel.search import index

MOST_LETTERS = {"title": 200, "ministry": 200, "origin": 300, "indicator": 2000, "reason": 2000, "text": 4000}
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


def texts(field: str, given: Mapping[str, str], *, required: bool = True) -> dict[str, str]:
    """The texts of a field, trimmed. Raises Refusal for none, one too long, or a language the house does not know."""
    found = {language: text.strip() for language, text in given.items() if text and text.strip()}
    for language, text in found.items():
        if language not in dict(settings.LANGUAGES):
            raise Refusal(_("The language “%(code)s” is not one of the house.") % {"code": language}, field)
        if len(text) > MOST_LETTERS[field]:
            raise Refusal(
                _("The text has %(n)d characters; %(most)d are the most. Shorten it.")
                % {"n": len(text), "most": MOST_LETTERS[field]},
                field,
            )
        if "\x00" in text:
            raise Refusal(_("The text holds a character that cannot be kept. Type it anew."), field)
    if required and not found:
        raise Refusal(_("Write it in at least one language."), field)
    return found


def day(value: date | None, field: str) -> date:
    """A day within what a promise can be about. Raises Refusal otherwise."""
    if value is None:
        raise Refusal(_("Give the day."), field)
    if not EARLIEST <= value < LATEST:
        raise Refusal(_("The day lies outside the years 2000 to 2099. Check the year."), field)
    return value


def zone(name: str) -> str:
    """A known time zone. Raises Refusal otherwise."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise Refusal(_("“%(name)s” is not a time zone the house knows.") % {"name": name[:60]}, "zone") from None
    return name


def one_at_a_time(commitment_id: UUID) -> None:
    """Wait until nobody else writes to this commitment: its owner cannot lock a row that the secretariat wrote."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [str(commitment_id)])


def side(actor: Actor, commitment: Commitment, entry: Entry | None) -> tuple[bool, dict[str, Any]]:
    """Whether the act is the owner's, and the columns of the row that tells of it.

    The secretariat acts for the owner where an entry says how it heard, and otherwise for itself.
    """
    place = {"audience": commitment.audience, "format_id": commitment.format_id, "readers": list(commitment.readers)}
    if actor.party_id is not None and actor.party_id == commitment.owner_id:
        return True, {**place, "owner_party_id": commitment.owner_id, "entry_id": None}
    if entry is not None:
        if entry.owner_party_id != commitment.owner_id:
            raise Refusal(_("The note, e-mail or call came from another party than the owner."), "channel")
        return True, {**place, "owner_party_id": commitment.owner_id, "entry_id": entry.pk}
    return False, {**place, "owner_party_id": None, "entry_id": None}


def owners_place(actor: Actor, commitment: Commitment, entry: Entry | None) -> dict[str, Any]:
    """As `side`, for an act only the owner can do. Raises NotAllowed where the secretariat gives no entry."""
    by_owner, place = side(actor, commitment, entry)
    if not by_owner:
        raise NotAllowed(_("This is the owner's act. Enter it with the note, e-mail or call it came by."))
    return place


def path_of(commitment: Commitment) -> str:
    """The commitment's address without its language."""
    place = commitment.format
    assert place is not None, "a commitment stands in a format"
    return f"/commitments/{place.slug}/{commitment.pk}/"


def make_findable(commitment: Commitment) -> None:
    """Let the commitment be found by its words, in each language it has a title in."""
    found = wordings.of([commitment]).get(commitment.pk, {})
    for language, title in found.get("title", {}).items():
        body = "\n".join(
            found.get(field, {}).get(language, "") for field in ("indicator", "ministry", "origin")
        ).strip()
        index(commitment, "commitment", language, title, body, path_of(commitment))


def titles(commitment: Commitment) -> dict[str, Any]:
    """What a change row says of the commitment: its titles by language."""
    return {"title": wordings.of([commitment]).get(commitment.pk, {}).get("title", {})}
