"""What the agenda brings: its place in a meeting, what waits for a delegation, its changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sofra.kernel import wordings
from sofra.kernel.acting import Actor
from sofra.kernel.doors import SEATED
from sofra.kernel.models import Audience, Role
from sofra.kernel.rooms import Card, DeskItem, Nav
from sofra.meetings.commands.themes import load_themes
from sofra.meetings.contributions.joining import Contribution
from sofra.meetings.models import (
    Act,
    AgendaItem,
    AgendaOrder,
    HandedUp,
    Meeting,
    Procedure,
    SubjectKind,
    Suggestion,
    Theme,
)

#: The meeting of the world that walks every route.
SAMPLE = "canaries"


def desk(actor: Actor) -> Iterable[DeskItem]:
    """Silences that run, late items without the delegation's word, suggestions to answer."""
    from sofra.meetings.queries.waiting import waiting_for

    if actor.role not in (Role.SECRETARIAT, Role.DELEGATE):
        return []
    return waiting_for(actor, get_language() or "en")


def _title(worded: dict[str, Any]) -> Any:
    return worded.get("title", "")


def item_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Items by their title."""
    from sofra.meetings.queries.waiting import page

    rows = list(AgendaItem.objects.select_related("meeting__format").filter(pk__in=ids))
    wordings.attach(rows, language)
    return {
        row.pk: Card(_title(row.worded), page("agenda_item", row.meeting, item=row.pk))  # type: ignore[attr-defined]
        for row in rows
    }


def _outcome_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    from sofra.meetings.contributions.outcomes import outcome_cards

    return outcome_cards(ids, language)


def _lines_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    from sofra.meetings.contributions.press import piece_cards

    return piece_cards(ids, language) if ids else {}


def _subject_cards(rows: list[tuple[UUID, str, UUID, Meeting]], language: str) -> dict[UUID, Card]:
    """Cards for rows that speak of something: the card of what they speak of."""
    from sofra.meetings.queries.waiting import page

    items = item_cards([subject for _pk, kind, subject, _m in rows if kind == SubjectKind.ITEM], language)
    outcomes = _outcome_cards([subject for _pk, kind, subject, _m in rows if kind == SubjectKind.OUTCOME], language)
    suggested = [subject for _pk, kind, subject, _m in rows if kind == SubjectKind.SUGGESTION]
    suggestions = suggestion_cards(suggested, language)
    lines = _lines_cards([subject for _pk, kind, subject, _m in rows if kind == SubjectKind.LINES], language)
    found = {}
    for pk, kind, subject, meeting in rows:
        if kind == SubjectKind.AGENDA:
            found[pk] = Card(_now("Agenda"), page("agenda", meeting))
        elif card := (items.get(subject) or outcomes.get(subject) or suggestions.get(subject) or lines.get(subject)):
            found[pk] = card
    return found


def act_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Acts by what they speak of."""
    rows = Act.objects.select_related("meeting__format").filter(pk__in=ids)
    return _subject_cards([(row.pk, row.subject_kind, row.subject_id, row.meeting) for row in rows], language)


def procedure_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Procedures by what they adopt."""
    rows = Procedure.objects.select_related("meeting__format").filter(pk__in=ids)
    return _subject_cards([(row.pk, row.subject_kind, row.subject_id, row.meeting) for row in rows], language)


def suggestion_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Suggestions by their item."""
    rows = dict(Suggestion.objects.filter(pk__in=ids).values_list("pk", "item_id"))
    cards = item_cards(list(set(rows.values())), language)
    return {pk: cards[item] for pk, item in rows.items() if item in cards}


def order_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """An order by its agenda."""
    from sofra.meetings.queries.waiting import page

    rows = AgendaOrder.objects.select_related("meeting__format").filter(pk__in=ids)
    return {row.pk: Card(_now("Agenda"), page("agenda", row.meeting)) for row in rows}


def handed_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """A handed item by its title."""
    rows = dict(HandedUp.objects.filter(pk__in=ids).values_list("pk", "item_id"))
    cards = item_cards(list(set(rows.values())), language)
    return {pk: cards[item] for pk, item in rows.items() if item in cards}


def theme_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Themes by their title."""
    from django.urls import reverse

    rows = list(Theme.objects.filter(pk__in=ids))
    wordings.attach(rows, language)
    return {row.pk: Card(_title(row.worded), reverse("themes")) for row in rows}  # type: ignore[attr-defined]


def sample_meeting(world: Any) -> dict[str, Any]:
    """A meeting's address in the world that walks every route."""
    return {"format": world.format.slug, "meeting": SAMPLE}


def _sample_item(world: Any) -> dict[str, Any]:
    with world.act("AL"):
        item = AgendaItem.objects.filter(meeting__slug=SAMPLE, submitted_at__isnull=False).first()
    return {**sample_meeting(world), "item": item.pk if item else UUID(int=0)}


def canaries(world: Any) -> None:
    """A draft, an objection explained to the secretariat alone, and an item of all members, in a meeting of their own."""
    from sofra.meetings.commands import agenda

    with world.act("secretariat"):
        meeting = Meeting.objects.create(
            format=world.format, slug=SAMPLE, day=date(2027, 1, 23), zone="Europe/Istanbul", audience=Audience.PUBLIC
        )
        wordings.put(meeting, "title", {"en": "Meeting of the canaries"})
    with world.act("AL"):
        draft = world.token("AL")
        agenda.propose(meeting=meeting, title={"en": draft}, note={"en": f"Note {draft}"})
        shared = world.token("format")
        item = agenda.submit_item(item=agenda.propose(meeting=meeting, title={"en": shared}, note={"en": shared}))
    with world.act("RS"):
        agenda.object_to_item(item=item, reason={"en": world.token("format")})
        agenda.suggest_wording(item=item, field="title", language="en", text=world.token("format"))


PART = Contribution(
    nav=(
        Nav(_("Agenda"), "agenda", place="meeting", order=20, key="a"),
        Nav(_("Themes"), "themes", order=70, key="t", roles=SEATED),
    ),
    desk=desk,
    cards={
        "meetings.agendaitem": item_cards,
        "meetings.act": act_cards,
        "meetings.procedure": procedure_cards,
        "meetings.suggestion": suggestion_cards,
        "meetings.agendaorder": order_cards,
        "meetings.handedup": handed_cards,
        "meetings.theme": theme_cards,
    },
    found={"agenda_item": _("Agenda item")},
    changes={
        "agenda.drafted": _("An agenda item was drafted"),
        "agenda.submitted": _("An agenda item was proposed"),
        "agenda.edited": _("An agenda item was changed"),
        "agenda.withdraw": _("An agenda item was withdrawn"),
        "agenda.hidden": _("An agenda item was withdrawn from view"),
        "agenda.cosponsor": _("A party co-sponsors an agenda item"),
        "agenda.uncosponsor": _("A party no longer co-sponsors an agenda item"),
        "agenda.object": _("A party objects"),
        "agenda.lift": _("A party withdraws its objection"),
        "agenda.consent": _("A party consents to a late item"),
        "agenda.suggested": _("A wording was suggested"),
        "agenda.accept": _("A suggested wording was accepted"),
        "agenda.decline": _("A suggested wording was declined"),
        "agenda.ordered": _("The agenda was put in another order"),
        "agenda.handed_up": _("An item was handed up by the preparatory meeting"),
        "procedure.opened": _("A silence procedure was opened"),
        "procedure.adopted": _("It was adopted"),
        "procedure.broken": _("The silence was broken"),
        "procedure.stopped": _("A silence procedure was stopped"),
        "act.struck": _("An act entered in error was struck"),
        "theme.added": _("A theme was added"),
        "theme.edited": _("A theme was changed"),
    },
    record_sections={"themes": load_themes},
    samples={
        **dict.fromkeys(
            ("agenda", "agenda_propose", "agenda_object", "agenda_lift", "agenda_adopt", "agenda_stop"), sample_meeting
        ),
        **dict.fromkeys(
            ("agenda_item", "agenda_edit", "agenda_suggest", "agenda_move", "agenda_hand_up"), _sample_item
        ),
        "agenda_act": lambda world: {**_sample_item(world), "act": "cosponsor"},
        "agenda_version": lambda world: {**sample_meeting(world), "number": 1},
        "agenda_strike": lambda world: {**sample_meeting(world), "act": UUID(int=0)},
        "agenda_answer": lambda world: {**sample_meeting(world), "suggestion": UUID(int=0), "how": "accept"},
        "theme_edit": lambda _world: {"theme": "youth"},
    },
    canaries=canaries,
)
