"""What delegations bring: their place in a meeting, their desk items, their changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sofra.kernel.acting import Actor
from sofra.kernel.doors import SEATED
from sofra.kernel.rooms import Card, DeskItem, Nav
from sofra.lexicon.naming import party_name
from sofra.meetings.contributions.agenda import SAMPLE, sample_meeting
from sofra.meetings.contributions.joining import Contribution
from sofra.meetings.models import Attendance, Delegate, Delegation, Deputising, Journey, Liaison, Meeting, Particulars


def desk(actor: Actor) -> Iterable[DeskItem]:
    """Meetings to come for which one's own delegation is not registered and announced yet."""
    from sofra.meetings.queries.delegations import unregistered
    from sofra.meetings.queries.waiting import page

    return [
        DeskItem(
            title=meeting.worded.get("title", ""),  # type: ignore[attr-defined]
            url=page("delegations", meeting),
            kind=_now("Your delegation is to be registered and announced"),
        )
        for meeting in unregistered(actor, get_language() or "en")
    ]


def _cards(model: Any, through: str) -> Any:
    def cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
        from sofra.meetings.queries.waiting import page

        rows = model.objects.select_related(f"{through}meeting__format").filter(pk__in=ids)
        found = {}
        for row in rows:
            delegation = row
            for name in filter(None, through.split("__")):
                delegation = getattr(delegation, name)
            party = delegation.owner_party_id
            name = party_name(party, language).text
            found[row.pk] = Card(name, page("delegation", delegation.meeting, party=party))
        return found

    return cards


def attendance_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Attendance by its party."""
    from sofra.meetings.queries.waiting import page

    rows = Attendance.objects.select_related("meeting__format").filter(pk__in=ids)
    return {row.pk: Card(party_name(row.party_id, language).text, page("attendance", row.meeting)) for row in rows}


def _own(world: Any, **more: str) -> dict[str, Any]:
    with world.act("secretariat"):
        party = world.parties["AL"].pk
    found = {**sample_meeting(world), "party": party}
    for name, key in more.items():
        found[name] = world.found.get(key, UUID(int=0))
    return found


def canaries(world: Any) -> None:
    """One delegation with a name kept to itself, one the secretariat has, one all members read; contact, travel, liaison."""
    from sofra.meetings.commands import delegations, hospitality

    with world.act("secretariat"):
        meeting = Meeting.objects.filter(format=world.format, slug=SAMPLE).first()
    if meeting is None:
        return
    later = datetime.now(UTC) + timedelta(days=30)
    with world.act("AL"):
        row = delegations.register_delegation(meeting=meeting, level="minister", languages=["sq"])
        delegations.announce_delegation(delegation=row)
        people = {}
        for holder in ("AL", "AL+secretariat", "format"):
            token = world.token(holder)
            person = delegations.add_delegate(
                delegation=row, name=f"Name {token}", native=token, function={"en": f"Function {token}"}
            )
            people[holder] = person
            kept = world.token("AL+secretariat" if holder == "format" else holder)
            hospitality.keep_particulars(delegate=person, phone=kept, access=f"Access {kept}", diet=f"Diet {kept}")
            hospitality.add_journey(
                delegation=row, direction="arrival", at=later, where=f"Airport {kept}", by=kept, delegate=person
            )
        delegations.release_names(delegation=row, delegates=[people["AL+secretariat"].pk], to="secretariat")
        delegations.release_names(delegation=row, delegates=[people["format"].pk], to="format")
        acts = delegations.deputise(delegation=row, principal=people["format"], deputy=people["AL"])
        journey = Journey.objects.filter(delegation=row).first()
    with world.act("secretariat"):
        token = world.token("AL+secretariat")
        hospitality.name_liaison(delegation=row, name=f"Liaison {token}", phone=token)
    assert journey is not None
    world.found["meetings.delegate"] = people["format"].pk
    world.found["meetings.deputising"] = acts.pk
    world.found["meetings.journey"] = journey.pk


_TEAM = ("delegation", "delegation_register", "delegation_announce", "delegation_release", "delegate_add", "deputise",
         "journey_add", "liaison")  # fmt: skip
_PERSON = ("delegate_edit", "delegate_withdraw", "delegate_particulars")

PART = Contribution(
    nav=(
        Nav(_("Delegations"), "delegations", place="meeting", order=30, key="l", roles=SEATED),
        Nav(_("Attendance"), "attendance", place="meeting", order=75, roles=SEATED),
    ),
    desk=desk,
    cards={
        "meetings.delegation": _cards(Delegation, ""),
        "meetings.delegate": _cards(Delegate, "delegation__"),
        "meetings.particulars": _cards(Particulars, "delegate__delegation__"),
        "meetings.journey": _cards(Journey, "delegation__"),
        "meetings.liaison": _cards(Liaison, "delegation__"),
        "meetings.deputising": _cards(Deputising, "delegation__"),
        "meetings.attendance": attendance_cards,
    },
    changes={
        "delegation.registered": _("A delegation was registered"),
        "delegation.changed": _("A delegation was changed"),
        "delegation.announced": _("A delegation was announced"),
        "delegation.liaison": _("A liaison officer was named"),
        "delegation.deputised": _("A delegate acts for another"),
        "delegation.deputising_ended": _("A delegate no longer acts for another"),
        "delegate.named": _("A person was named in a delegation"),
        "delegate.changed": _("What is said of a person in a delegation was changed"),
        "delegate.withdrawn": _("A person was taken out of a delegation"),
        "delegate.released": _("A name was released"),
        "delegate.particulars": _("Contact and needs were kept"),
        "journey.added": _("An arrival or a departure was added"),
        "journey.changed": _("An arrival or a departure was changed"),
        "journey.withdrawn": _("A journey was called off"),
        "attendance.noted": _("It was written down who took part"),
        "attendance.confirmed": _("The attendance was confirmed"),
    },
    samples={
        **dict.fromkeys(("delegations", "attendance", "attendance_note", "attendance_confirm"), sample_meeting),
        **dict.fromkeys(_TEAM, _own),
        **dict.fromkeys(_PERSON, lambda world: _own(world, delegate="meetings.delegate")),
        "deputise_end": lambda world: _own(world, deputising="meetings.deputising"),
        **dict.fromkeys(("journey_edit", "journey_withdraw"), lambda world: _own(world, journey="meetings.journey")),
        "attendance_session": lambda world: {**sample_meeting(world), "session": UUID(int=0)},
    },
    canaries=canaries,
)
