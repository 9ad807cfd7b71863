"""What waits for a delegation or the secretariat on texts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sofra.kernel import wordings
from sofra.kernel.acting import Actor
from sofra.kernel.commands import database_now
from sofra.kernel.models import Role
from sofra.kernel.rooms import DeskItem
from sofra.texts.models import Position, Silence, SilenceEvent


def desk(actor: Actor) -> Iterable[DeskItem]:
    """Silences that run; for the chair, broken ones to answer; for a delegation, positions to confirm."""
    if actor.role not in (Role.SECRETARIAT, Role.DELEGATE):
        return []
    found = _running() + (_broken(actor) if actor.is_secretariat else [])
    return found + (_unconfirmed(actor) if actor.party_id is not None else [])


def _address(name: str, text: Any, **more: Any) -> str:
    meeting = text.meeting
    return reverse(name, kwargs={"format": meeting.format.slug, "meeting": meeting.slug, "text": text.pk, **more})


def _titled(rows: list[Any]) -> dict[Any, Any]:
    texts = {row.text.pk: row.text for row in rows}
    wordings.attach(texts.values(), get_language() or "en")
    return {key: text.worded.get("title", "") for key, text in texts.items()}


def _running() -> list[DeskItem]:
    ended = SilenceEvent.objects.filter(silence=OuterRef("pk"), kind__in=SilenceEvent.ENDINGS)
    rows = list(
        Silence.objects.filter(~Exists(ended), deadline__gt=database_now()).select_related("text__meeting__format")
    )
    titles = _titled(rows)
    return [
        DeskItem(titles[row.text_id], _address("text_silences", row.text), row.deadline, row.zone, _("Silence ends"))
        for row in rows
    ]


def _broken(actor: Actor) -> list[DeskItem]:
    answered = SilenceEvent.objects.filter(silence=OuterRef("pk"), kind__in=SilenceEvent.ANSWERS)
    rows = [
        row
        for row in Silence.objects.filter(~Exists(answered), events__kind=SilenceEvent.Kind.BROKEN).select_related(
            "text__meeting__format"
        )
        if actor.serves(row.format_id)
    ]
    titles = _titled(rows)
    return [
        DeskItem(titles[row.text_id], _address("text_silences", row.text), kind=_("A broken silence to answer"))
        for row in rows
    ]


def _unconfirmed(actor: Actor) -> list[DeskItem]:
    rows = list(
        Position.objects.filter(owner_party_id=actor.party_id, heard=True, entry__isnull=False).select_related(
            "paragraph__text__meeting__format"
        )
    )
    for row in rows:
        row.text = row.paragraph.text  # type: ignore[attr-defined]
    titles = _titled(rows)
    return [
        DeskItem(
            titles[row.paragraph.text_id],
            _address("text_paragraph", row.paragraph.text, paragraph=row.paragraph_id),
            kind=_("A position to confirm"),
            since=row.at,
        )
        for row in rows
    ]
