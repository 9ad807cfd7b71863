"""Arrange a programme's sessions: add, change, move, cancel. Nothing of it is the members' before it is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from sofra.kernel import acting, occupancy, policy, recording, wordings
from sofra.kernel.commands import check_version, command, database_now, save_next
from sofra.kernel.models import Audience, Format
from sofra.kernel.refusals import Refusal
from sofra.meetings.models import Meeting, ProgrammeEntry, Resource, Session
from sofra.meetings.queries.programme import principals_of
from sofra.parties.queries.formats import members_on

Texts = Mapping[str, str]
#: Whom a session can be shown to once it is published.
SHOWN_TO = (Audience.FORMAT, Audience.OBSERVERS, Audience.PARTIES, Audience.PUBLIC)


@dataclass(frozen=True)
class Slot:
    """When and where: instants, and a room of the format, or none yet."""

    begins_at: datetime
    ends_at: datetime
    room: Resource | None = None

    def check(self, meeting: Meeting) -> None:
        """Raise Refusal for an end before the beginning, or a room of another format."""
        occupancy.ends_after(self.begins_at, self.ends_at)
        if self.room is not None and (self.room.format_id, self.room.kind) != (meeting.format_id, Resource.Kind.ROOM):
            raise Refusal(_("Choose a room of this format."), "room")


@dataclass(frozen=True)
class Plan:
    """What is said of a session besides when and where it is. Texts are by language."""

    titles: Texts
    kind: str = Session.Kind.PLENARY
    notes: Texts = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    teams: tuple[UUID, ...] = ()
    takes_part: str = Session.TakesPart.MEMBERS
    parties: tuple[UUID, ...] = ()
    principals: bool = False
    shown_to: str = Audience.FORMAT
    side_event: bool = False

    def columns(self, meeting: Meeting) -> dict[str, Any]:
        """The columns of a session. Raises Refusal for what does not fit together."""
        if not any(text.strip() for text in self.titles.values()):
            raise Refusal(_("Give the session a title in at least one language."), "title_en")
        if self.kind not in Session.Kind.values:
            raise Refusal(_("Choose what kind of session it is."), "kind")
        if self.takes_part not in Session.TakesPart.values:
            raise Refusal(_("Choose who takes part."), "takes_part")
        if self.shown_to not in SHOWN_TO:
            raise Refusal(_("Choose whom it is shown to."), "shown_to")
        if set(self.languages) - set(dict(settings.LANGUAGES)):
            raise Refusal(_("Choose languages from the list."), "languages")
        named = self.takes_part == Session.TakesPart.PARTIES
        if (named or self.shown_to == Audience.PARTIES) and not self.parties:
            raise Refusal(_("Name the parties."), "parties")
        found = Resource.objects.filter(format=meeting.format_id, kind=Resource.Kind.INTERPRETERS, pk__in=self.teams)
        if found.count() != len(set(self.teams)):
            raise Refusal(_("Choose teams of interpreters of this format."), "teams")
        return {
            "kind": self.kind,
            "languages": list(self.languages),
            "teams": list(self.teams),
            "takes_part": self.takes_part,
            "parties": sorted(self.parties, key=str),
            "principals": self.principals and self.takes_part != Session.TakesPart.PRESS,
            "shown_to": self.shown_to,
            "side_event": self.side_event,
        }


@command
def add_session(meeting: Meeting, plan: Plan, slot: Slot) -> Session:
    """Add a session to the working programme and pencil what it needs. Raises NotAllowed, or Refusal for bad input."""
    policy.require(acting.current(), "programme.arrange", meeting)
    columns = plan.columns(meeting)
    slot.check(meeting)
    session = Session.objects.create(
        audience=Audience.SECRETARIAT, format_id=meeting.format_id, meeting=meeting, **columns,
        begins_at=slot.begins_at, ends_at=slot.ends_at, room=slot.room,
    )  # fmt: skip
    session.refresh_from_db()
    _word(session, plan)
    _pencil(session)
    _tell("programme.added", session, slot)
    return session


@command
def change_session(session: Session, plan: Plan, *, seen_version: int | None) -> Session:
    """Change what is said of a session and who takes part. Raises Conflict for a second writer."""
    policy.require(acting.current(), "programme.arrange", session.meeting)
    check_version(session, seen_version)
    session.refresh_from_db()
    _require_standing(session)
    columns = plan.columns(session.meeting)
    for name, value in columns.items():
        setattr(session, name, value)
    save_next(session, list(columns))
    _word(session, plan)
    _pencil(session)
    _tell("programme.changed", session, plan=columns)
    return session


@command
def move_session(session: Session, slot: Slot, *, seen_version: int | None) -> Session:
    """Move a session to another time or room; its entries keep their distance to its beginning.

    What is published stays held as it is until the next version is published; the new time is pencilled beside it.
    """
    policy.require(acting.current(), "programme.arrange", session.meeting)
    check_version(session, seen_version)
    session.refresh_from_db()
    _require_standing(session)
    slot.check(session.meeting)
    by = slot.begins_at - session.begins_at if session.begins_at else None
    before = [session.begins_at, session.ends_at, session.room_id]
    session.begins_at, session.ends_at, session.room = slot.begins_at, slot.ends_at, slot.room
    save_next(session, ["begins_at", "ends_at", "room"])
    if by:
        for entry in ProgrammeEntry.objects.filter(session=session, begins_at__isnull=False):
            entry.begins_at = entry.begins_at + by if entry.begins_at else None
            entry.ends_at = entry.ends_at + by if entry.ends_at else None
            save_next(entry, ["begins_at", "ends_at"])
    _pencil(session)
    _tell("programme.moved", session, slot, before=before)
    return session


@command
def cancel_session(session: Session, *, seen_version: int | None) -> Session:
    """Take a session out. One that is published is shown as cancelled from the next version on, and held until then."""
    policy.require(acting.current(), "programme.arrange", session.meeting)
    check_version(session, seen_version)
    session.refresh_from_db()
    _require_standing(session)
    session.cancelled_at = database_now()
    save_next(session, ["cancelled_at"])
    _pencil(session)
    _tell("programme.cancelled", session)
    return session


@command
def restore_session(session: Session, *, seen_version: int | None) -> Session:
    """Put a cancelled session back. What it needs is pencilled anew."""
    policy.require(acting.current(), "programme.arrange", session.meeting)
    check_version(session, seen_version)
    session.refresh_from_db()
    if session.cancelled_at is None:
        raise Refusal(_("The session stands already."))
    session.cancelled_at = None
    save_next(session, ["cancelled_at"])
    _pencil(session)
    _tell("programme.restored", session)
    return session


def wanted(session: Session) -> dict[UUID, occupancy.Span]:
    """What a session holds, each resource for its whole time: room, teams, heads of delegation; nothing if cancelled.

    Heads of delegation that nobody held before become resources of the format here.
    """
    if session.cancelled_at is not None or session.begins_at is None or session.ends_at is None:
        return {}
    found = [session.room_id] if session.room_id else []
    found += session.teams
    # In a bilateral block the heads of delegation meet each other: each meeting holds its own.
    if session.principals and session.kind != Session.Kind.BILATERALS:
        found += _principals(session)
    return dict.fromkeys(found, (session.begins_at, session.ends_at))


def _principals(session: Session) -> list[UUID]:
    meeting = session.meeting
    if meeting.format is None or session.begins_at is None:
        return []
    parties = list(session.parties)
    if session.takes_part in (Session.TakesPart.MEMBERS, Session.TakesPart.OBSERVERS):
        day = session.begins_at.astimezone(ZoneInfo(meeting.zone)).date()
        parties = sorted((party.pk for party in members_on(meeting.format, day)), key=str)
    stand = principals_of(meeting.format)
    missing = [party for party in parties if party not in stand]
    if missing:
        # One after the other, so that two who ask for the same head of delegation at once make one.
        Format.objects.select_for_update().get(pk=meeting.format.pk)
        stand = principals_of(meeting.format)
    for party in missing:
        if party not in stand:
            made = Resource.objects.create(
                audience=Audience.SECRETARIAT, format_id=meeting.format_id, kind=Resource.Kind.PRINCIPAL, party_id=party
            )
            stand[party] = made.pk
    return [stand[party] for party in parties]


def _pencil(session: Session) -> None:
    occupancy.pencil(occupancy.Holding(session.pk, wanted(session), _secretariats(session)))


def _secretariats(session: Session) -> dict[str, Any]:
    return {
        "audience": Audience.SECRETARIAT, "format_id": session.format_id, "owner_party_id": None, "readers": [],
        "readable_from": session.readable_from, "entry_id": None,
    }  # fmt: skip


def _word(session: Session, plan: Plan) -> None:
    wordings.put(session, "title", dict(plan.titles))
    wordings.put(session, "note", dict(plan.notes))


def _require_standing(session: Session) -> None:
    if session.cancelled_at is not None:
        raise Refusal(_("The session is cancelled. Put it back first."))


def _tell(action: str, session: Session, slot: Slot | None = None, **more: Any) -> None:
    texts = wordings.of([session]).get(session.pk, {})
    when = (
        {"begins_at": slot.begins_at, "ends_at": slot.ends_at, "room": slot.room.pk if slot.room else None}
        if slot
        else {}
    )
    recording.record(
        action, session, {"texts": texts, **when, **more}, meeting_id=session.meeting_id,
        shown={"title": texts.get("title", {})},
    )  # fmt: skip
