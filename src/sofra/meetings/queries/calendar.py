"""What a calendar program reads: the published sessions that its seat may read, as events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from sofra.kernel import rooms, wordings
from sofra.kernel.acting import Actor
from sofra.kernel.models import CalendarKey
from sofra.meetings.commands.calendar import digest_of
from sofra.meetings.engine.calendar import Event
from sofra.meetings.models import PublishedSession, Session

#: How long a past session stays in calendars.
BACK = timedelta(days=90)


@dataclass(frozen=True)
class Reader:
    """As whom an address reads, and how much."""

    key_id: UUID
    seat_id: UUID
    account_id: UUID
    detail: str


def reader_of(secret: str) -> Reader | None:
    """Who reads at an address; None for one that is unknown, revoked, or whose seat has ended. Asked before an actor exists."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, seat_id, account_id, detail FROM sofra_calendar_key(%s, %s)",
            [digest_of(secret), bool(settings.SOFRA.demonstration)],
        )
        row = cursor.fetchone()
    return Reader(*row) if row else None


def keys_of(actor: Actor) -> list[CalendarKey]:
    """The addresses of the actor's seat, standing ones first."""
    return list(CalendarKey.objects.filter(seat=actor.seat_id).order_by("-revoked_at", "made_at"))


def get_key(key: UUID) -> CalendarKey | None:
    """An address of one's own."""
    return CalendarKey.objects.filter(pk=key).first()


def events(language: str, detail: str, now: datetime | None = None) -> list[Event]:
    """The events of everything the actor may read, from three months back on: the programme's by one query, however many
    there are, and what other rooms bring.

    Parties and persons are not named: a calendar leaves the house, often to a server of somebody else.
    """
    since = (now or timezone.now()) - BACK
    rows = PublishedSession.objects.filter(current=True, ends_at__gte=since).order_by("begins_at", "id")
    kinds, takes_part = _labels(Session.Kind), _labels(Session.TakesPart)
    names = dict(settings.LANGUAGES)
    exercise = _("Exercise: positions invented")
    found: list[Event] = []
    for content, begins, ends, stamp, sequence, cancelled, zone, practice in rows.values_list(
        "content", "begins_at", "ends_at", "published_at", "sequence", "cancelled", "meeting__zone", "meeting__exercise"
    ):
        about = [exercise] if practice else []
        about += [f"{kinds.get(content['kind'], '')} · {takes_part.get(content['takes_part'], '')}"]
        if content["languages"]:
            spoken = ", ".join(str(names.get(code, code)) for code in content["languages"])
            about.append(_("Interpretation: %(languages)s") % {"languages": spoken})
        room = wordings.choose(content["room"]["name"], language).text if content["room"] else ""
        common: dict[str, Any] = {
            "zone": zone, "stamp": stamp, "sequence": sequence, "cancelled": cancelled, "room": room,
        }  # fmt: skip
        title = _titled(content["title"], language, practice)
        found.append(Event(f"{content['uid']}@sofra", title, begins, ends, about="\n".join(about), **common))
        if detail == CalendarKey.Detail.ENTRIES:
            found += _entries(content, language, practice, common, title, ends)
    return found + rooms.calendar_events(language, since)


def _entries(
    content: dict[str, Any], language: str, practice: bool, common: dict[str, Any], session: str, until: datetime
) -> Iterator[Event]:
    for entry in content["entries"]:
        if entry["begins"]:
            begins = datetime.fromisoformat(entry["begins"])
            ends = (
                datetime.fromisoformat(entry["ends"]) if entry["ends"] else min(until, begins + timedelta(minutes=15))
            )
            title = _titled(entry["title"], language, practice)
            yield Event(f"{entry['uid']}@sofra", title, begins, max(ends, begins), about=session, **common)


def _titled(texts: dict[str, str], language: str, practice: bool) -> str:
    title = wordings.choose(texts, language).text
    return _("Exercise: %(title)s") % {"title": title} if practice else title


def _labels(choices: Any) -> dict[str, str]:
    return {value: str(label) for value, label in choices.choices}
