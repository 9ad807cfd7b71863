"""What a reader sees of a programme: the published one, word for word; for the secretariat, the working one beside it.

However many sessions, entries and people there are, the queries stay the same: everything is read as plain values, once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sofra.kernel import wordings
from sofra.kernel.models import Format, Party
from sofra.meetings.engine.programme import Content, differences, parts_in
from sofra.meetings.models import (
    Meeting,
    ProgrammeEntry,
    ProgrammePart,
    ProgrammeVersion,
    PublishedSession,
    Resource,
    Session,
)
from sofra.parties.models import Person

Texts = dict[UUID, dict[str, dict[str, str]]]


@dataclass
class Block:
    """A session as it is shown. `changed` names the parts that differ from what is published; `new` says that nothing is."""

    id: UUID
    begins: datetime
    ends: datetime
    content: Content
    cancelled: bool = False
    version: int = 0
    new: bool = False
    changed: tuple[str, ...] = ()
    sequence: int = 0


@dataclass
class Programme:
    """A programme. `undated` sessions have no time yet; `names` are persons by id, `offices` titles of posts by id."""

    blocks: list[Block] = field(default_factory=list)
    undated: list[Block] = field(default_factory=list)
    version: ProgrammeVersion | None = None
    persons: dict[str, tuple[str, str]] = field(default_factory=dict)
    offices: dict[str, wordings.Worded] = field(default_factory=dict)

    @property
    def pending(self) -> list[Block]:
        """Blocks that differ from what is published, among those with a time."""
        return [block for block in self.blocks if block.changed and not (block.new and block.cancelled)]


def published(meeting: Meeting, language: str) -> Programme:
    """The programme as it was published, as far as the reader may read it. Four queries at most."""
    rows = PublishedSession.objects.filter(meeting=meeting, current=True).values_list(
        "session_id", "begins_at", "ends_at", "content", "cancelled", "sequence"
    )
    found = Programme(
        [Block(key, begins, ends, content, off, sequence=number) for key, begins, ends, content, off, number in rows]
    )
    return _complete(found, meeting, language)


def working(meeting: Meeting, language: str) -> Programme:
    """The programme as the secretariat is arranging it, compared with what is published. Nine queries at most."""
    sessions: list[Any] = list(Session.objects.filter(meeting=meeting).values())
    entries: list[Any] = list(
        ProgrammeEntry.objects.filter(session__meeting=meeting, dropped=False).values(
            "id", "session_id", "order", "begins_at", "ends_at", "uid"
        )
    )
    parts: list[Any] = list(
        ProgrammePart.objects.filter(session__meeting=meeting, dropped=False).values(
            "id", "session_id", "point_id", "order", "role", "party_id", "post_id", "person_id"
        )
    )
    rooms = dict(Resource.objects.filter(format=meeting.format_id, kind="room").values_list("id", "capacity"))
    texts = wordings.of([*(row["id"] for rows in (sessions, entries, parts) for row in rows), *rooms])
    contents = _contents(sessions, entries, parts, rooms, texts)
    stands = {
        key: (begins, ends, content, off, number)
        for key, begins, ends, content, off, number in PublishedSession.objects.filter(
            meeting=meeting, current=True
        ).values_list("session_id", "begins_at", "ends_at", "content", "cancelled", "sequence")
    }
    found = Programme()
    for row in sessions:
        block = Block(
            row["id"], row["begins_at"], row["ends_at"], contents[row["id"]], row["cancelled_at"] is not None, row["version"]
        )  # fmt: skip
        if row["begins_at"] is None or row["ends_at"] is None:
            found.undated.append(block)
            continue
        before = stands.get(block.id)
        block.new, block.sequence = before is None, before[4] if before else 0
        block.changed = differences(before[:3] if before else None, (block.begins, block.ends, block.content))
        if before is not None and (block.cancelled or before[3]):
            # Of what is called off nothing more is told than that.
            block.changed = ("cancelled",) if before[3] != block.cancelled else ()
        found.blocks.append(block)
    return _complete(found, meeting, language)


def _contents(
    sessions: list[Content], entries: list[Content], parts: list[Content], rooms: dict[UUID, int | None], texts: Texts
) -> dict[UUID, Content]:
    """Every session's content, as it would be frozen: nothing but plain JSON values."""
    people: dict[UUID, list[Content]] = {}
    for row in sorted(parts, key=lambda row: (row["order"], str(row["id"]))):
        said = {"role": row["role"]}
        said |= {key: str(row[f"{key}_id"]) for key in ("party", "post", "person") if row[f"{key}_id"]}
        label = texts.get(row["id"], {}).get("label")
        people.setdefault(row["point_id"] or row["session_id"], []).append(said | ({"label": label} if label else {}))
    points: dict[UUID, list[Content]] = {}
    for row in sorted(entries, key=lambda row: (row["order"], str(row["id"]))):
        words = texts.get(row["id"], {})
        points.setdefault(row["session_id"], []).append(
            {
                "uid": str(row["uid"]), "title": words.get("title", {}), "note": words.get("note", {}),
                "begins": _iso(row["begins_at"]), "ends": _iso(row["ends_at"]), "people": people.get(row["id"], []),
            }
        )  # fmt: skip
    found = {}
    for row in sessions:
        words, room = texts.get(row["id"], {}), row["room_id"]
        found[row["id"]] = {
            "uid": str(row["uid"]), "kind": row["kind"], "title": words.get("title", {}), "note": words.get("note", {}),
            "room": {"id": str(room), "name": texts.get(room, {}).get("name", {})} if room else None,
            "languages": list(row["languages"]), "takes_part": row["takes_part"],
            "parties": [str(party) for party in row["parties"]], "principals": row["principals"],
            "shown_to": row["shown_to"], "side": row["side_event"],
            "people": people.get(row["id"], []), "entries": points.get(row["id"], []),
        }  # fmt: skip
    return found


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant is not None else None


def _complete(found: Programme, meeting: Meeting, language: str) -> Programme:
    """Look up, under the reader's own eyes, the people that contents refer to, and which version it is."""
    found.blocks.sort(key=lambda block: (block.begins, block.ends))
    people = [part for block in (*found.blocks, *found.undated) for part in parts_in(block.content)]
    persons = {part["person"] for part in people if "person" in part}
    posts = {part["post"] for part in people if "post" in part}
    rows = Person.objects.filter(pk__in=persons).values_list("pk", "name", "native")
    found.persons = {str(key): (name, native) for key, name, native in rows}
    offices = wordings.of([UUID(post) for post in posts])
    found.offices = {str(key): wordings.choose(by.get("title", {}), language) for key, by in offices.items()}
    found.version = ProgrammeVersion.objects.filter(meeting=meeting).order_by("-number").first()
    return found


def parties_by_key(keys: Iterable[str]) -> dict[str, Party]:
    """Parties by their ids as a content has them. One query, none where nobody is named."""
    asked = set(keys)
    return {str(row.pk): row for row in Party.objects.filter(pk__in=asked)} if asked else {}


def get_session(meeting: Meeting, key: UUID, language: str) -> Session | None:
    """A working session of a meeting, with `texts` and `worded`."""
    row = Session.objects.select_related("room").filter(meeting=meeting, pk=key).first()
    if row is not None:
        _word(row, language)
    return row


def get_entry(session: Session, key: UUID, language: str) -> ProgrammeEntry | None:
    """An entry of a session that was not dropped, with `texts` and `worded`."""
    row = ProgrammeEntry.objects.filter(session=session, pk=key, dropped=False).first()
    if row is not None:
        _word(row, language)
    return row


def _word(row: Any, language: str) -> None:
    row.texts = wordings.of([row]).get(row.pk, {})
    row.worded = {name: wordings.choose(by, language) for name, by in row.texts.items()}


def entries_of(session: Session, language: str) -> list[ProgrammeEntry]:
    """A session's entries in their order, with `worded` and `people`. Three queries."""
    rows = list(ProgrammeEntry.objects.filter(session=session, dropped=False).order_by("order", "id"))
    parts = parts_of(session, language)
    wordings.attach(rows, language)
    for row in rows:
        row.people = [part for part in parts if part.point_id == row.pk]  # type: ignore[attr-defined]
    return rows


def parts_of(session: Session, language: str) -> list[ProgrammePart]:
    """Who has a part in a session or its entries, with `worded`, `office` and `who` as far as the reader may read them."""
    rows = list(ProgrammePart.objects.filter(session=session, dropped=False).order_by("order", "id"))
    offices = wordings.of({row.post_id for row in rows if row.post_id})
    persons = dict(Person.objects.filter(pk__in={row.person_id for row in rows}).values_list("pk", "name"))
    wordings.attach(rows, language)
    for row in rows:
        by = offices.get(row.post_id, {}).get("title", {}) if row.post_id else {}
        row.office = wordings.choose(by, language)  # type: ignore[attr-defined]
        row.who = persons.get(row.person_id, "") if row.person_id else ""  # type: ignore[attr-defined]
    return rows


def resources_of(format: Format, language: str, *kinds: str, retired: bool = False) -> list[Resource]:
    """The resources of a format of some kinds (all where none is named), in their order, with `worded`. Two queries."""
    rows = Resource.objects.filter(format=format)
    rows = rows.filter(kind__in=kinds) if kinds else rows
    found = list(rows if retired else rows.filter(retired=False))
    wordings.attach(found, language)
    return found


def get_resource(format: Format, key: UUID) -> Resource | None:
    """A room or a team of interpreters of a format, with `texts`."""
    row = Resource.objects.filter(format=format, pk=key).exclude(kind=Resource.Kind.PRINCIPAL).first()
    if row is not None:
        row.texts = wordings.of([row]).get(row.pk, {})  # type: ignore[attr-defined]
    return row


def principals_of(format: Format) -> dict[UUID, UUID]:
    """The resource of each party's head of delegation that stands already: {party: resource}."""
    rows = Resource.objects.filter(format=format, kind=Resource.Kind.PRINCIPAL)
    return {party: key for key, party in rows.values_list("pk", "party_id") if party is not None}


def people_choices(parties: list[Party], language: str) -> tuple[list[tuple[UUID, UUID, str]], list[Person]]:
    """What a form offers for somebody's part: posts as (post, party, title), and persons the actor may read."""
    from sofra.parties.models import Post

    posts = list(Post.objects.filter(party__in=parties, closed=False).values_list("pk", "party_id"))
    titles = wordings.of([post for post, _party in posts])
    named = [
        (post, party, wordings.choose(titles.get(post, {}).get("title", {}), language).text) for post, party in posts
    ]
    return [row for row in named if row[2]], list(Person.objects.filter(party__in=parties).order_by("name"))
