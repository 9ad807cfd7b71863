"""What the programme brings: its place in a meeting, its changes, its cards, and the words others must never see."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sofra.kernel import wordings
from sofra.kernel.doors import ANYONE
from sofra.kernel.rooms import Card, Nav
from sofra.meetings.contributions.agenda import SAMPLE, sample_meeting
from sofra.meetings.contributions.joining import Contribution
from sofra.meetings.models import Meeting, ProgrammeEntry, ProgrammePart, ProgrammeVersion, Resource, Session


def session_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Working sessions by their title."""
    from sofra.meetings.queries.waiting import page

    rows = list(Session.objects.select_related("meeting__format").filter(pk__in=ids))
    wordings.attach(rows, language)
    return {
        row.pk: Card(row.worded.get("title", ""), page("programme_session", row.meeting, session=row.pk))  # type: ignore[attr-defined]
        for row in rows
    }


def version_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """A published programme."""
    from sofra.meetings.queries.waiting import page

    rows = ProgrammeVersion.objects.select_related("meeting__format").filter(pk__in=ids)
    return {row.pk: Card(_now("Programme"), page("programme", row.meeting)) for row in rows}


def _session(world: Any) -> dict[str, Any]:
    found = world.found.get("programme.session")
    return {**sample_meeting(world), "session": found.pk if found else UUID(int=0)}


def _of_session(name: str, model: Any) -> Any:
    def sample(world: Any) -> dict[str, Any]:
        with world.act("secretariat"):
            row = model.objects.filter(session=world.found.get("programme.session"), dropped=False).first()
        return {**_session(world), name: row.pk if row else UUID(int=0)}

    return sample


def _room(world: Any) -> dict[str, Any]:
    with world.act("secretariat"):
        row = Resource.objects.filter(format=world.format, kind=Resource.Kind.ROOM).first()
    return {"format": world.format.slug, "room": row.pk if row else UUID(int=0)}


def _feed(world: Any) -> dict[str, Any]:
    """The address of a seat that reads what is public and nothing else: every role's crawl asks it."""
    return {"secret": world.found.get("calendar.secret", "none")}


def _key(world: Any) -> dict[str, Any]:
    return {"key": world.found.get("calendar.key", UUID(int=0))}


def canaries(world: Any) -> None:
    """Sessions for everyone, for members, for one party, and one not published, each with a room, an entry and a slot; and
    calendar addresses."""
    from sofra.kernel.models import Audience
    from sofra.meetings.commands import calendar, publishing

    with world.act("secretariat"):
        meeting = Meeting.objects.filter(format=world.format, slug=SAMPLE).first()
        if meeting is None:
            return
        shown = (("public", Audience.PUBLIC), ("format", Audience.FORMAT), ("AL+secretariat", Audience.PARTIES))
        for hour, (holder, audience) in enumerate(shown):
            _session_with(world, meeting, hour, world.token(holder), audience)
        publishing.publish_programme(meeting, seen=None)
        session = _session_with(world, meeting, 5, world.token("secretariat"), Audience.FORMAT)
        world.found["programme.session"] = session
    with world.act("facilitator"):
        _made, world.found["calendar.secret"] = calendar.make_key(detail="entries")
    with world.act("RS"):
        key, _secret = calendar.make_key(label=world.token("RS"))
        world.found["calendar.key"] = key.pk


def _session_with(world: Any, meeting: Meeting, hour: int, token: str, audience: str) -> Session:
    from sofra.meetings.commands import programme, programme_entries, resources

    begins = datetime(2027, 1, 23, 8 + hour, tzinfo=UTC)
    room = resources.add_resource(world.format, "room", resources.About({"en": f"Room {token}"}, 40))
    resources.add_resource(world.format, "interpreters", resources.About({"en": f"Team {hour}"}, None, ("en", "tr")))
    plan = programme.Plan(
        titles={"en": f"Session {token}"},
        notes={"en": f"Note {token}"},
        shown_to=audience,
        parties=(world.parties["AL"].pk,) if audience == "parties" else (),
    )
    session = programme.add_session(meeting, plan, programme.Slot(begins, begins + timedelta(hours=1), room))
    point = programme_entries.Point({"en": f"Entry {token}"}, {"en": token}, begins, begins + timedelta(minutes=10))
    entry = programme_entries.add_entry(session, point)
    programme_entries.add_part(session, programme_entries.Part(label={"en": f"Slot {token}"}), entry)
    return session


PART = Contribution(
    nav=(Nav(_("Programme"), "programme", place="meeting", order=40, key="s", roles=ANYONE),),
    found={"session": _("Session")},
    cards={"meetings.session": session_cards, "meetings.programmeversion": version_cards},
    changes={
        "programme.added": _("A session was added to the working programme"),
        "programme.changed": _("A session of the working programme was changed"),
        "programme.moved": _("A session of the working programme was moved"),
        "programme.cancelled": _("A session of the working programme was cancelled"),
        "programme.restored": _("A session of the working programme was put back"),
        "programme.published": _("The programme was published"),
    },
    samples={
        **dict.fromkeys(
            ("programme", "programme_print", "programme_clashes", "programme_publish", "programme_add"), sample_meeting
        ),
        **dict.fromkeys(
            (
                "programme_session", "programme_edit", "programme_move", "programme_cancel", "programme_entry_add",
                "programme_part_add",
            ),
            _session,
        ),
        **dict.fromkeys(("programme_entry", "programme_entry_act"), _of_session("entry", ProgrammeEntry)),
        "programme_part_drop": _of_session("part", ProgrammePart),
        **dict.fromkeys(("rooms", "room_add"), lambda world: {"format": world.format.slug}),
        **dict.fromkeys(("room_edit", "room_retire"), _room),
        "calendar_feed": _feed,
        "calendar_revoke": _key,
    },
    canaries=canaries,
)  # fmt: skip
