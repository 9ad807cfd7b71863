"""Who comes to a meeting and who came, as far as the reader may know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from sofra.kernel import wordings
from sofra.kernel.acting import Actor
from sofra.kernel.models import Audience, Membership, Party
from sofra.lexicon.naming import order_parties
from sofra.meetings.models import (
    Attendance,
    Delegate,
    Delegation,
    Deputising,
    Journey,
    Liaison,
    Meeting,
    Particulars,
    Session,
)
from sofra.parties.entering import attach_entries
from sofra.parties.queries.formats import members_on


@dataclass
class Team:
    """A party at a meeting. `people` are those whose names the reader may know, the head first."""

    party: Party
    capacity: str
    delegation: Delegation | None = None
    people: list[Delegate] = field(default_factory=list)
    taken_out: list[Delegate] = field(default_factory=list)
    attendance: Attendance | None = None

    @property
    def head(self) -> Delegate | None:
        """The head of the delegation, where the name was released to the reader."""
        return next((each for each in self.people if each.place == Delegate.Place.HEAD), None)

    @property
    def observes(self) -> bool:
        """Whether the party observes the format."""
        return self.capacity == Membership.Capacity.OBSERVER


def sitting_parties(meeting: Meeting) -> list[tuple[Party, str]]:
    """The parties that sit in the meeting's format on its day, with their capacity; members first."""
    assert meeting.format is not None
    found: dict[UUID, tuple[Party, str]] = {}
    for capacity in (Membership.Capacity.MEMBER, Membership.Capacity.OBSERVER):
        for party in members_on(meeting.format, meeting.day, capacity):
            found.setdefault(party.pk, (party, capacity))
    return list(found.values())


def parties_of(meeting: Meeting) -> dict[UUID, str]:
    """The ids of the parties that sit in the meeting's format on its day, with their capacity."""
    return {party.pk: capacity for party, capacity in sitting_parties(meeting)}


def teams_of(meeting: Meeting, language: str) -> list[Team]:
    """Every party that sits, with its delegation as the reader may know it: members first, in the order of names.

    Six queries, however many there are.
    """
    teams = {party.pk: Team(party, capacity) for party, capacity in sitting_parties(meeting)}
    for row in Delegation.objects.filter(meeting=meeting):
        if row.owner_party_id in teams:
            teams[row.owner_party_id].delegation = row
    people = _worded(Delegate.objects.filter(delegation__meeting=meeting), language)
    for person in people:
        team = teams.get(person.owner_party_id)  # type: ignore[arg-type]
        if team is not None:
            (team.taken_out if person.withdrawn_at else team.people).append(person)
    for said in Attendance.objects.filter(meeting=meeting, session__isnull=True, delegate__isnull=True):
        if said.party_id in teams:
            teams[said.party_id].attendance = said
    places = {pk: place for place, pk in enumerate(order_parties(list(teams), language))}
    return sorted(teams.values(), key=lambda team: (team.observes, places[team.party.pk]))


def _worded(rows: Iterable[Delegate], language: str) -> list[Delegate]:
    ranks = {place: rank for rank, place in enumerate(Delegate.Place.values)}
    found = sorted(rows, key=lambda row: (ranks[row.place], row.order))
    wordings.attach(found, language)
    for row in found:
        row.released = row.audience != Audience.DELEGATION  # type: ignore[attr-defined]
    return found


def team_of(meeting: Meeting, party_id: UUID, language: str) -> Team | None:
    """One party's team; None where that party does not sit."""
    sits = {party.pk: (party, capacity) for party, capacity in sitting_parties(meeting)}
    if party_id not in sits:
        return None
    team = Team(*sits[party_id])
    team.delegation = Delegation.objects.filter(meeting=meeting, owner_party_id=party_id).first()
    people = _worded(Delegate.objects.filter(delegation__meeting=meeting, owner_party_id=party_id), language)
    particulars = {row.delegate_id: row for row in Particulars.objects.filter(delegate__in=people)}
    for person in people:
        person.kept = particulars.get(person.pk)  # type: ignore[attr-defined]
        (team.taken_out if person.withdrawn_at else team.people).append(person)
    attach_entries([*people, *particulars.values(), *([team.delegation] if team.delegation else [])])
    team.attendance = Attendance.objects.filter(
        meeting=meeting, party_id=party_id, session__isnull=True, delegate__isnull=True
    ).first()
    return team


def delegate_at(meeting: Meeting, pk: UUID, language: str) -> Delegate | None:
    """One person of a delegation at this meeting, worded; None where the reader may not know of them."""
    row = (
        Delegate.objects.select_related("delegation__meeting__format")
        .filter(pk=pk, delegation__meeting=meeting)
        .first()
    )
    if row is not None:
        row.texts = wordings.of([row]).get(row.pk, {})  # type: ignore[attr-defined]
        _worded([row], language)
    return row


def journeys_of(delegation: Delegation, language: str) -> list[Journey]:
    """Arrivals and departures that stand, in order of time, with the person's row where one was named and may be known."""
    rows = list(Journey.objects.filter(delegation=delegation, withdrawn_at__isnull=True))
    people = {
        row.pk: row for row in Delegate.objects.filter(pk__in=[row.delegate_id for row in rows if row.delegate_id])
    }
    for row in rows:
        row.who = people.get(row.delegate_id)  # type: ignore[attr-defined, arg-type]
    attach_entries(rows)
    return rows


def all_journeys(meeting: Meeting) -> list[Journey]:
    """Every journey to and from a meeting that the reader may know of, in order of time."""
    rows = Journey.objects.filter(delegation__meeting=meeting, withdrawn_at__isnull=True).select_related("delegation")
    return list(rows)


def liaison_of(delegation: Delegation) -> Liaison | None:
    """The liaison officer at a delegation's side, where one is named and the reader may know."""
    return Liaison.objects.filter(delegation=delegation).first()


def deputisings_of(delegation: Delegation, language: str) -> list[Deputising]:
    """Who acts for whom, with both persons and the session worded."""
    rows = list(Deputising.objects.filter(delegation=delegation).select_related("principal", "deputy", "session"))
    wordings.attach({row.session for row in rows if row.session is not None}, language)
    attach_entries(rows)
    return rows


def acting_for(delegate: Delegate, at: datetime) -> Delegate:
    """Who acts for a delegate at an instant: the deputy recorded for it, else the delegate."""
    row = (
        Deputising.objects.filter(Q(until__isnull=True) | Q(until__gt=at), principal=delegate, since__lte=at)
        .select_related("deputy")
        .order_by("-since")
        .first()
    )
    return row.deputy if row is not None else delegate


def attendance_of(meeting: Meeting, session: Session | None = None) -> dict[tuple[UUID, UUID | None], Attendance]:
    """What is written down of who took part, by party and person (None: the party as such)."""
    rows = Attendance.objects.filter(meeting=meeting, session=session)
    return {(row.party_id, row.delegate_id): row for row in rows}


def sessions_of(meeting: Meeting, language: str) -> list[Session]:
    """The sessions of a meeting, worded, in order."""
    rows: list[Session] = list(Session.objects.filter(meeting=meeting))
    wordings.attach(rows, language)
    return rows


def unregistered(actor: Actor, language: str) -> list[Meeting]:
    """Meetings that come, in formats where the actor's party sits, for which its delegation is not registered or announced."""
    if actor.party_id is None:
        return []
    rows = list(
        Meeting.objects.filter(status=Meeting.Status.CONVENED, format_id__in=actor.member_of | actor.observer_of)
        .exclude(delegations__in=Delegation.objects.filter(owner_party_id=actor.party_id, announced_at__isnull=False))
        .select_related("format")
    )
    wordings.attach(rows, language)
    return rows


@dataclass
class Line:
    """One party in one part of a meeting: what is said of it, and who of its people took part."""

    team: Team
    said: Attendance | None
    people: list[Delegate]


@dataclass
class Part:
    """The whole meeting (`session` None) or one session, with a line per party of which something is said."""

    session: Session | None
    lines: list[Line]


def presence(meeting: Meeting, teams: list[Team], sessions: list[Session]) -> list[Part]:
    """Who took part in the meeting and in each session, as far as the reader may know. One query."""
    said: dict[UUID | None, dict[UUID, Attendance]] = {}
    people: dict[tuple[UUID | None, UUID], set[UUID]] = {}
    for row in Attendance.objects.filter(meeting=meeting):
        if row.delegate_id is None:
            said.setdefault(row.session_id, {})[row.party_id] = row
        elif row.present:
            people.setdefault((row.session_id, row.party_id), set()).add(row.delegate_id)
    parts = []
    for session in (None, *sessions):
        key = session.pk if session else None
        lines = [
            Line(
                team,
                said.get(key, {}).get(team.party.pk),
                [each for each in team.people if each.pk in people.get((key, team.party.pk), set())],
            )
            for team in teams
        ]
        if session is None or any(line.said for line in lines):
            parts.append(Part(session, lines))
    return parts
