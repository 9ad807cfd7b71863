"""Meetings in the REST interface: when and where, the published programme, and the order of those who sit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from pydantic import Field

from sofra.kernel import wordings
from sofra.kernel.answers import Language, Said, said
from sofra.kernel.doors import ANYONE, door
from sofra.kernel.models import Format, Party
from sofra.kernel.pages import language as asked_language
from sofra.lexicon.answers import Names, PartyName, names, parties_named, party_named
from sofra.lexicon.profiles import ProfileInForce, use
from sofra.meetings.engine.programme import Content, parties_in
from sofra.meetings.models import Meeting, Session
from sofra.meetings.queries.convening import get_meeting, meetings_of
from sofra.meetings.queries.delegations import sitting_parties
from sofra.meetings.queries.profile import require_profile
from sofra.meetings.queries.programme import Block, Programme, parties_by_key, published
from sofra.parties.queries.formats import get_format

router = Router()


class MeetingRow(Schema):
    """One convening of a format, as far as you know of it. An `exercise` is invented, and whoever shows it says so."""

    format: str
    slug: str
    kind: Literal["ordinary", "preparatory", "extraordinary"]
    level: str
    status: Literal["proposed", "convened", "under_way", "closed", "cancelled"]
    day: date
    begins_at: datetime | None
    ends_at: datetime | None
    zone: str
    exercise: bool
    title: Said | None
    city: Said | None
    venue: Said | None


class Meetings(Schema):
    """The meetings of one format, the latest first."""

    meetings: list[MeetingRow]


class Part(Schema):
    """Somebody's part in a session or an entry; what you may not read of it is left out."""

    role: str
    person: str | None
    office: Said | None
    party: PartyName | None
    label: Said | None


class EntryRow(Schema):
    """A point of a session."""

    begins_at: datetime | None
    ends_at: datetime | None
    title: Said | None
    note: Said | None
    people: list[Part]


class SessionRow(Schema):
    """A session as it was published."""

    kind: str
    begins_at: datetime
    ends_at: datetime
    cancelled: bool
    side_event: bool
    title: Said | None
    note: Said | None
    room: Said | None
    takes_part: Literal["members", "observers", "parties", "press"]
    parties: list[PartyName] = Field(description="Where named parties take part, in the order of the profile.")
    interpretation: list[str]
    people: list[Part]
    entries: list[EntryRow]


class ProgrammeSheet(Schema):
    """The programme as published, as far as you may read it."""

    version: int | None
    published_at: datetime | None
    sessions: list[SessionRow]


class MeetingSheet(MeetingRow):
    """A meeting with its programme. `names` holds the footnote once for every name in it; nothing where none is named."""

    names: Names | None
    programme: ProgrammeSheet


class Placed(Schema):
    """A party at its place."""

    place: int
    capacity: Literal["member", "observer"]
    party: PartyName


class OrderSheet(Schema):
    """Those who sit, in the order of the meeting's profile; observers follow the members."""

    names: Names
    rule: Literal["reader", "language", "list", "persons"]
    rule_in_words: str
    parties: list[Placed]


def _meeting(format: str, meeting: str) -> Meeting:
    """A meeting. Raises Http404."""
    row = get_meeting(format, meeting, asked_language())
    if row is None:
        raise Http404
    return row


def _profile(row: Meeting, here: str, named: Iterable[Party]) -> ProfileInForce:
    """The profile a meeting is held under, which names follow from here on. Raises Refusal where it cannot name these."""
    found = require_profile(row, [here], named)
    use(lambda: found)
    return found


@router.get("/formats/{slug:format}/meetings", response=Meetings, url_name="api_meetings")
@door(GET=ANYONE)
def meetings(request: HttpRequest, format: str, language: Language = None) -> Any:
    """The meetings of a format you may know of, the latest first."""
    row = get_format(format, asked_language())
    if row is None:
        raise Http404
    return {"meetings": [_row(each, row) for each in meetings_of(row, asked_language())]}


@router.get("/meetings/{slug:format}/{slug:meeting}", response=MeetingSheet, url_name="api_meeting")
@door(GET=ANYONE)
def meeting(request: HttpRequest, format: str, meeting: str, language: Language = None) -> Any:
    """A meeting with its programme as published, parties named by its designation profile.

    409 where the programme names parties and no profile is in force, or it has no name for one of them in this language.
    """
    here = asked_language()
    row = _meeting(format, meeting)
    assert row.format is not None
    found = published(row, here)
    named = parties_by_key({key for block in found.blocks for key in parties_in(block.content)})
    rests_on = None
    if named:
        profile = _profile(row, here, named.values())
        rests_on = names(here, profile.footnotes_for(named.values(), here))
    version = found.version
    return {
        **_row(row, row.format),
        "names": rests_on,
        "programme": {
            "version": version.number if version else None,
            "published_at": version.published_at if version else None,
            "sessions": [_session(block, found, named, here) for block in found.blocks],
        },
    }


@router.get("/meetings/{slug:format}/{slug:meeting}/order", response=OrderSheet, url_name="api_order")
@door(GET=ANYONE)
def order(request: HttpRequest, format: str, meeting: str, language: Language = None) -> Any:
    """Those who sit at a meeting, in the order of its profile and named by it. 409 where none is in force."""
    here = asked_language()
    row = _meeting(format, meeting)
    sitting = sitting_parties(row)
    parties = [party for party, _capacity in sitting]
    profile = _profile(row, here, parties)
    ordered = [
        (party, capacity)
        for capacity in ("member", "observer")
        for party in profile.order([each for each, its in sitting if its == capacity], here)
    ]
    return {
        "names": names(here, profile.footnotes_for(parties, here)),
        "rule": profile.profile.order_rule,
        "rule_in_words": profile.profile.get_order_rule_display(),
        "parties": [
            {"place": place, "capacity": capacity, "party": party_named(party, here)}
            for place, (party, capacity) in enumerate(ordered, 1)
        ],
    }


def _row(row: Meeting, format: Format) -> dict[str, Any]:
    worded: dict[str, wordings.Worded] = row.worded  # type: ignore[attr-defined]
    return {
        "format": format.slug, "slug": row.slug, "kind": row.kind, "level": row.level, "status": row.status,
        "day": row.day, "begins_at": row.begins_at, "ends_at": row.ends_at, "zone": row.zone, "exercise": row.exercise,
        **{name: said(worded.get(name)) for name in ("title", "city", "venue")},
    }  # fmt: skip


def _session(block: Block, found: Programme, named: dict[str, Party], here: str) -> dict[str, Any]:
    content = block.content
    invited = content["parties"] if content["takes_part"] == Session.TakesPart.PARTIES else []
    return {
        "kind": content["kind"], "begins_at": block.begins, "ends_at": block.ends, "cancelled": block.cancelled,
        "side_event": content["side"], "title": _said(content["title"], here), "note": _said(content["note"], here),
        "room": _said(content["room"]["name"], here) if content["room"] else None,
        "takes_part": content["takes_part"], "interpretation": content["languages"],
        "parties": parties_named((named[key] for key in invited if key in named), here),
        "people": [_part(each, found, here) for each in content["people"]],
        "entries": [
            {
                "begins_at": each["begins"], "ends_at": each["ends"], "title": _said(each["title"], here),
                "note": _said(each["note"], here), "people": [_part(one, found, here) for one in each["people"]],
            }
            for each in content["entries"]
        ],
    }  # fmt: skip


def _part(part: Content, found: Programme, here: str) -> dict[str, Any]:
    person = found.persons.get(part.get("person", ""))
    return {
        "role": part["role"], "person": person[0] if person else None,
        "office": said(found.offices.get(part.get("post", ""))),
        "party": party_named(UUID(part["party"]), here) if part.get("party") else None,
        "label": _said(part.get("label", {}), here),
    }  # fmt: skip


def _said(texts: dict[str, str], here: str) -> Said | None:
    return said(wordings.choose(texts, here))
