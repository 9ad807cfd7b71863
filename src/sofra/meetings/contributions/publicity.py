"""What telling outside brings: a part of the home page, changes, cards, words for the tests that walk the house."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sofra.kernel import wordings
from sofra.kernel.acting import Actor
from sofra.kernel.rooms import Card
from sofra.meetings.contributions.agenda import sample_meeting
from sofra.meetings.contributions.joining import Contribution
from sofra.meetings.models import AgendaPublication, Announcement, LateEntry


def home(_actor: Actor, language: str) -> tuple[str, dict[str, Any]]:
    """The next meetings the reader may know of, and what meetings ended with."""
    from sofra.meetings.queries.publicity import ahead, latest_outcomes

    return "meetings/home_part.html", {"ahead": ahead(language), "outcomes": latest_outcomes(language)}


def announcement_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Announcements by the meeting's title."""
    from sofra.meetings.queries.waiting import page

    rows = list(Announcement.objects.select_related("meeting__format").filter(pk__in=ids))
    wordings.attach(rows, language)
    return {row.pk: Card(row.worded.get("title", ""), page("meeting", row.meeting)) for row in rows}  # type: ignore[attr-defined]


def publication_cards(ids: list[UUID], _language: str) -> dict[UUID, Card]:
    """Published agendas by their page."""
    from sofra.meetings.queries.waiting import page

    rows = AgendaPublication.objects.select_related("meeting__format").filter(pk__in=ids)
    return {row.pk: Card(_now("Agenda"), page("agenda", row.meeting)) for row in rows}


def late_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Late entries by what was adopted."""
    from sofra.meetings.contributions.agenda import procedure_cards

    found = dict(LateEntry.objects.filter(pk__in=ids).values_list("pk", "procedure_id"))
    cards = procedure_cards(list(found.values()), language)
    return {key: cards[procedure] for key, procedure in found.items() if procedure in cards}


def canaries(world: Any) -> None:
    """One meeting told to observers and one to everyone, each with words that stay with the members."""
    from sofra.meetings.commands import agenda, chairing, publicity
    from sofra.meetings.commands.convening import Details, When, convene

    for holder, to in (("observers", "observers"), ("public", "public")):
        with world.act("secretariat"):
            meeting = convene(
                world.format,
                When(datetime.now(UTC) + timedelta(days=60), "Europe/Istanbul"),
                Details(
                    titles={"en": f"Meeting {world.token(holder)}"},
                    venues={"en": f"Venue {world.token(holder)}"},
                    notes={"en": f"Note {world.token('format')}"},
                ),
                kind="extraordinary",
            )
        with world.act("AL"):
            item = agenda.propose(
                meeting=meeting, title={"en": world.token(holder)}, note={"en": f"Note {world.token('format')}"}
            )
            agenda.submit_item(item=item)
        with world.act("secretariat"):
            version = chairing.adopt_by_consensus(meeting=meeting)
            told = publicity.announce_meeting(meeting=meeting, to=to)
            published = publicity.publish_agenda(meeting=meeting, to=to, number=version.number)
        with world.act("RS"):
            late = agenda.propose(meeting=meeting, title={"en": world.token("format")})
            agenda.submit_item(item=late)
        where = {"format": world.format.slug, "meeting": meeting.slug}
        world.found[f"meetings.told.{to}"] = (where, told.pk, published.pk)


def _told(world: Any) -> tuple[dict[str, Any], UUID, UUID]:
    return world.found.get("meetings.told.public") or (sample_meeting(world), UUID(int=0), UUID(int=0))


PART = Contribution(
    cards={
        "meetings.announcement": announcement_cards,
        "meetings.agendapublication": publication_cards,
        "meetings.lateentry": late_cards,
    },
    changes={
        "meeting.announced": _("A meeting was announced"),
        "meeting.told_again": _("What was announced of a meeting changed"),
        "meeting.unannounced": _("The announcement of a meeting was withdrawn"),
        "agenda.published": _("An agenda was published"),
        "agenda.unpublished": _("A published agenda was withdrawn"),
        "procedure.entered_late": _("An objection received in time was entered late"),
        "procedure.late_reopened": _("An adoption was reopened"),
        "procedure.late_stands": _("The chair let an adoption stand"),
    },
    home=home,
    samples={
        "meeting_announce": lambda world: _told(world)[0],
        "agenda_publish": lambda world: _told(world)[0],
        "announcement_withdraw": lambda world: {**_told(world)[0], "announcement": _told(world)[1]},
        "agenda_withdraw": lambda world: {**_told(world)[0], "publication": _told(world)[2]},
        "late_answer": lambda world: {**sample_meeting(world), "late": UUID(int=0)},
    },
    canaries=canaries,
)
