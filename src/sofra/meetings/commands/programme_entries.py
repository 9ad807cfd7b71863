"""The entries of a session, their order, and who has a part in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from sofra.kernel import acting, occupancy, policy, recording, wordings
from sofra.kernel.commands import check_version, command, save_next
from sofra.kernel.models import Audience, Party
from sofra.kernel.refusals import Refusal
from sofra.meetings.models import ProgrammeEntry, ProgrammePart, Session
from sofra.parties.models import Person, Post

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Point:
    """What is said of an entry: texts by language, and its own time where it has one."""

    titles: Texts
    notes: Texts = field(default_factory=dict)
    begins_at: datetime | None = None
    ends_at: datetime | None = None

    def check(self, session: Session) -> None:
        """Raise Refusal for an entry without a title, or a time outside its session's."""
        if not any(text.strip() for text in self.titles.values()):
            raise Refusal(_("Give the entry a title in at least one language."), "title_en")
        if self.begins_at is None:
            if self.ends_at is not None:
                raise Refusal(_("Say when the entry begins, or leave its end empty too."), "begins")
            return
        if self.ends_at is not None:
            occupancy.ends_after(self.begins_at, self.ends_at)
        if session.begins_at is None or session.ends_at is None:
            raise Refusal(_("The session has no time yet."), "begins")
        if not session.begins_at <= self.begins_at <= (self.ends_at or self.begins_at) <= session.ends_at:
            raise Refusal(_("The entry would lie outside its session's time."), "begins")


@dataclass(frozen=True)
class Part:
    """Who has a part: a party, a post, a person, or a slot described in words; `label` by language."""

    role: str = ProgrammePart.Role.SPEAKER
    party: Party | None = None
    post: Post | None = None
    person: Person | None = None
    label: Texts = field(default_factory=dict)

    def check(self) -> None:
        """Raise Refusal for a part of nobody, or a post or person of another party."""
        if self.role not in ProgrammePart.Role.values:
            raise Refusal(_("Choose what part it is."), "role")
        if not (self.party or self.post or self.person or any(text.strip() for text in self.label.values())):
            raise Refusal(_("Name a party, a post or a person, or describe the slot."), "label_en")
        for name, row in (("post", self.post), ("person", self.person)):
            if row is not None and self.party is not None and row.party_id not in (None, self.party.pk):
                raise Refusal(_("This belongs to another party than the one you chose."), name)


@command
def add_entry(session: Session, point: Point) -> ProgrammeEntry:
    """Add an entry as the last of its session."""
    _open(session)
    point.check(session)
    last = ProgrammeEntry.objects.filter(session=session).aggregate(last=Max("order"))["last"]
    entry = ProgrammeEntry.objects.create(
        audience=Audience.SECRETARIAT, format_id=session.format_id, session=session,
        order=0 if last is None else last + 1, begins_at=point.begins_at, ends_at=point.ends_at,
    )  # fmt: skip
    entry.refresh_from_db()
    _word(entry, point)
    _tell("programme.entry_added", entry)
    return entry


@command
def change_entry(entry: ProgrammeEntry, point: Point, *, seen_version: int | None) -> ProgrammeEntry:
    """Change an entry. Raises Conflict for a second writer."""
    _open(entry.session)
    check_version(entry, seen_version)
    entry.refresh_from_db()
    point.check(entry.session)
    entry.begins_at, entry.ends_at = point.begins_at, point.ends_at
    save_next(entry, ["begins_at", "ends_at"])
    _word(entry, point)
    _tell("programme.entry_changed", entry)
    return entry


@command
def move_entry(entry: ProgrammeEntry, steps: int) -> ProgrammeEntry:
    """Move an entry up (negative) or down among its session's."""
    _open(entry.session)
    rows = list(
        ProgrammeEntry.objects.select_for_update().filter(session=entry.session, dropped=False).order_by("order", "id")
    )
    place = next((place for place, row in enumerate(rows) if row.pk == entry.pk), None)
    if place is None:
        raise Refusal(_("The entry was taken out meanwhile."))
    rows.insert(max(0, min(len(rows) - 1, place + steps)), rows.pop(place))
    for order, row in enumerate(rows):
        if row.order != order:
            row.order = order
            save_next(row, ["order"])
    _tell("programme.entry_moved", entry)
    return entry


@command
def drop_entry(entry: ProgrammeEntry, *, seen_version: int | None) -> None:
    """Take an entry out. Its row stays, with the words somebody wrote."""
    _open(entry.session)
    check_version(entry, seen_version)
    entry.dropped = True
    save_next(entry, ["dropped"])
    _tell("programme.entry_dropped", entry)


@command
def add_part(session: Session, part: Part, entry: ProgrammeEntry | None = None) -> ProgrammePart:
    """Give somebody a part in a session, or in one of its entries. The party follows from the post or the person."""
    _open(session)
    part.check()
    party = part.party.pk if part.party else (part.post.party_id if part.post else None)
    party = party or (part.person.party_id if part.person else None)
    last = ProgrammePart.objects.filter(session=session, point=entry).aggregate(last=Max("order"))["last"]
    row = ProgrammePart.objects.create(
        audience=Audience.SECRETARIAT, format_id=session.format_id, session=session, point=entry, role=part.role,
        order=0 if last is None else last + 1, party_id=party, post=part.post, person=part.person,
    )  # fmt: skip
    row.refresh_from_db()
    wordings.put(row, "label", dict(part.label))
    _tell_part(
        "programme.part_added", row, {"role": part.role, "party": party, "post": row.post_id, "person": row.person_id}
    )
    return row


@command
def drop_part(row: ProgrammePart, *, seen_version: int | None) -> None:
    """Take somebody's part out."""
    _open(row.session)
    check_version(row, seen_version)
    row.dropped = True
    save_next(row, ["dropped"])
    _tell_part("programme.part_dropped", row, {})


def _open(session: Session) -> None:
    policy.require(acting.current(), "programme.arrange", session.meeting)
    if session.cancelled_at is not None:
        raise Refusal(_("The session is cancelled. Put it back first."))


def _word(entry: ProgrammeEntry, point: Point) -> None:
    wordings.put(entry, "title", dict(point.titles))
    wordings.put(entry, "note", dict(point.notes))


def _tell(action: str, entry: ProgrammeEntry) -> None:
    texts = wordings.of([entry]).get(entry.pk, {})
    recording.record(
        action, entry, {"texts": texts, "session": entry.session_id}, meeting_id=entry.session.meeting_id, visible=False
    )


def _tell_part(action: str, row: ProgrammePart, details: dict[str, str | UUID | None]) -> None:
    recording.record(
        action, row, {**details, "session": row.session_id, "entry": row.point_id},
        meeting_id=row.session.meeting_id, visible=False,
    )  # fmt: skip
