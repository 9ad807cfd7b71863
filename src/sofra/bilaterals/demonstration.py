"""The rehearsal's day of bilaterals: seven delegations, requests in every state, a published schedule. Nobody is named in it.

The delegations ask and answer by their own demonstration seats, so that the walls between them are real ones.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import combinations
from uuid import UUID

from sofra.bilaterals.building import Built, build
from sofra.bilaterals.commands import drafting, places, publishing, requesting, timing
from sofra.bilaterals.engine.check import check, cost_of
from sofra.bilaterals.engine.problem import Cost, Placement, Result, Unplaced
from sofra.bilaterals.facts import facts_of
from sofra.bilaterals.models import Frame, Request
from sofra.kernel import acting
from sofra.kernel.commands import database_now, enter_for
from sofra.kernel.models import Entry, Party, Role, Seat
from sofra.meetings.commands import resources
from sofra.meetings.models import Meeting, Resource
from sofra.parties.engine.local_time import instant_of
from sofra.parties.queries.formats import members_on

Texts = dict[str, str]
#: Rooms for bilaterals, with zone and size.
ROOMS: tuple[tuple[Texts, str, str], ...] = (
    ({"en": "Blue salon", "tr": "Mavi salon"}, "1", "L"),
    ({"en": "Green salon", "tr": "Yeşil salon"}, "1", "S"),
    ({"en": "Library", "tr": "Kütüphane"}, "2", "S"),
)
PURPOSES = (
    "Energy security data: next steps", "Contact points for digital services", "The joint summer school",
    "Missing links of one corridor",
)  # fmt: skip
SLOT = 15


def add_bilaterals(meeting: Meeting) -> int:
    """Lay out a rehearsal's bilaterals, once; answers how many requests there are.

    Does nothing for a meeting that is no exercise, is over, has no hour yet, has hours for bilaterals already, or whose
    members have no demonstration seats.
    """
    with acting.acting_as_house():
        if not meeting.exercise or not meeting.open or meeting.begins_at is None or meeting.format is None:
            return 0
        if Frame.objects.filter(meeting=meeting).exists():
            return 0
        members = members_on(meeting.format, meeting.day)
        held = Seat.objects.filter(role=Role.DELEGATE, demonstration=True, revoked_at=None, party__in=members)
        seats = {seat.party_id: seat for seat in held.order_by("granted_at") if seat.party_id is not None}
        order = [party for party in members if party.pk in seats]
        if len(order) < 4:
            return 0
        _places(meeting)
    return _Day(meeting, order, seats).run()


def _places(meeting: Meeting) -> None:
    assert meeting.format is not None
    places.set_frame(
        meeting=meeting, slot_minutes=SLOT, hours=[(_at(meeting, "14:30"), _at(meeting, "16:15"))]
    )  # fmt: skip
    for names, zone, size in ROOMS:
        room = resources.add_resource(meeting.format, Resource.Kind.ROOM, resources.About(names, 12))
        places.set_room(meeting=meeting, room=room, zone=zone, size=size)


def _at(meeting: Meeting, clock: str) -> datetime:
    return instant_of(datetime.combine(meeting.day, time.fromisoformat(clock)), meeting.zone)


class _Day:
    """The acts of the day, each by the seat whose it is."""

    def __init__(self, meeting: Meeting, order: list[Party], seats: dict[UUID, Seat]) -> None:
        self.meeting, self.order, self.seats, self.number = meeting, order, seats, 0

    def run(self) -> int:
        """Make everything; answers how many requests there are."""
        first, second, third, fourth = self.order[:4]
        # Every pair of the last delegations but one, and of the first with the others, is accepted and scheduled.
        for one, other in [*combinations(self.order[1:], 2)][:9]:
            self.accept(self.ask(one, other), other)
        self.accept(self.ask(first, second, languages=("en", "tr"), priority=1), second)
        trilateral = self.ask(first, second, third, size="L", priority=1)
        for party in (second, third):
            self.accept(trilateral, party)
        with self.act(self.order[-1]):
            places.block(
                meeting=self.meeting, level="minister", begins_at=_at(self.meeting, "14:30"),
                ends_at=_at(self.meeting, "14:45"),
            )  # fmt: skip
        self.publish()
        self.accept(self.ask(self.order[-1], first, slots=2), first)  # accepted since: to be planned
        self.ask(first, fourth)
        proposed, declined, withdrawn = (self.ask(first, third), self.ask(third, first), self.ask(fourth, third))
        with self.act(third):
            requesting.propose(request=proposed, level="officials")
        with self.act(first):
            requesting.decline(request=declined)
        with self.act(fourth):
            requesting.withdraw(request=withdrawn)
        self.ask(
            second, first, answer_by=database_now() + timedelta(minutes=1)
        )  # nobody answers: it lapses by the clock
        self.timed(fourth, first)
        self.discreet(second, fourth)
        self.entered(third, first)
        with acting.acting_as_house():
            return Request.objects.filter(meeting=self.meeting).count() + 1  # one is not the house's to know of

    def act(self, party: Party):  # type: ignore[no-untyped-def]
        """Act by a delegation's demonstration seat."""
        seat = self.seats[party.pk]
        return acting.acting_for(seat.pk, seat.account_id)

    def ask(self, asker: Party, *others: Party, **more: object) -> Request:
        """A request with a neutral purpose."""
        self.number += 1
        terms = {
            "purpose": PURPOSES[self.number % len(PURPOSES)], "priority": 1 + self.number % 3,
            "others": tuple(party.pk for party in others), **more,
        }  # fmt: skip
        with self.act(asker):
            return requesting.ask(meeting=self.meeting, terms=requesting.Terms(**terms))  # type: ignore[arg-type]

    def accept(self, request: Request, party: Party) -> None:
        """An acceptance."""
        with self.act(party):
            requesting.accept(request=request)

    def timed(self, asker: Party, other: Party) -> None:
        """A time agreed elsewhere that is pencilled still."""
        made = self.ask(asker, other, level="deputy")
        self.accept(made, other)
        with self.act(asker):
            timing.put_time(
                request=made, begins_at=_at(self.meeting, "17:30"), ends_at=_at(self.meeting, "17:45"), place="Lobby"
            )

    def discreet(self, asker: Party, other: Party) -> None:
        """Two who keep it from the secretariat too, and a room booked without a name."""
        made = self.ask(asker, other, discreet=True, level="officials")
        self.accept(made, other)
        with self.act(asker):
            begins, ends = _at(self.meeting, "15:30"), _at(self.meeting, "15:45")
            put = timing.put_time(request=made, begins_at=begins, ends_at=ends)
            places.book_room(meeting=self.meeting, begins_at=begins, ends_at=ends)
        with self.act(other):
            timing.confirm_time(request=made, seen=put.pk)

    def entered(self, asker: Party, other: Party) -> None:
        """What the secretariat entered from a note."""
        with acting.acting_as_house():
            entry = enter_for(
                asker.pk, self.meeting.format_id, channel=Entry.Channel.NOTE,
                received_at=database_now() - timedelta(hours=1), reference="Rehearsal",
            )  # fmt: skip
            terms = requesting.Terms(others=(other.pk,), level="deputy", priority=3)
            requesting.ask(meeting=self.meeting, terms=terms, entry=entry)

    def publish(self) -> None:
        """A schedule by the first place that does for each, written and published like any other."""
        with acting.acting_as_house():
            facts = facts_of(self.meeting)
            if facts is None or not facts.rooms:
                return
            built = build(facts)
            schedule = drafting.write_draft(drafting.begin_schedule(meeting=self.meeting), built, first_fit(built))
            publishing.publish(schedule=schedule)


def first_fit(built: Built) -> Result:
    """Each request at the first slot and room that break no rule; no search, so that no solver is needed to open the house."""
    placed: dict[str, Placement] = {}
    for request in sorted(built.problem.requests, key=lambda each: each.priority):
        for slot in built.problem.slots:
            for room in built.problem.rooms:
                tried = {**placed, request.id: Placement(request.id, slot.id, room.id)}
                if request.id not in placed and not _broken(built, tried):
                    placed = tried
    return _result(built, placed)


def _result(built: Built, placed: dict[str, Placement]) -> Result:
    left = tuple(Unplaced(each.id, "") for each in built.problem.requests if each.id not in placed)
    cost: Cost = cost_of(built.problem, placed, built.published)
    return Result("feasible", tuple(placed.values()), left, cost, None)


def _broken(built: Built, placed: dict[str, Placement]) -> bool:
    return bool(check(built.problem, _result(built, placed), built.published))
