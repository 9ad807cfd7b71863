"""What waits for a delegation or the secretariat on agendas and outcomes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from sofra.kernel import wordings
from sofra.kernel.acting import Actor
from sofra.kernel.commands import database_now
from sofra.kernel.rooms import DeskItem
from sofra.meetings.models import (
    Act,
    AgendaItem,
    FrozenVersion,
    LateEntry,
    Meeting,
    Outcome,
    PressPiece,
    Procedure,
    SubjectKind,
)
from sofra.meetings.queries.agenda import LATE, agenda_of, suggestions_on
from sofra.meetings.queries.procedure import pending_entries, standing_acts


def page(name: str, meeting: Meeting, **more: Any) -> str:
    """The address of a page of a meeting."""
    assert meeting.format is not None
    return reverse(name, kwargs={"format": meeting.format.slug, "meeting": meeting.slug, **more})


def waiting_for(actor: Actor, language: str) -> list[DeskItem]:
    """Silences that run; for a delegation also late items without its word and suggestions for its items."""
    found = _silences(language)
    if actor.is_secretariat:
        found += _entered_late(actor, language)
    if actor.party_id is not None:
        found += _late(actor.party_id, language)
        found += _suggested(actor.party_id, language)
    return found


def _silences(language: str) -> list[DeskItem]:
    rows = list(
        Procedure.objects.filter(state=Procedure.State.OPEN, deadline__gt=database_now()).select_related(
            "meeting__format"
        )
    )
    titled: list[Any] = list(Outcome.objects.filter(pk__in=[row.subject_id for row in rows])) if rows else []
    if any(row.subject_kind == SubjectKind.LINES for row in rows):
        titled += PressPiece.objects.filter(pk__in=[row.subject_id for row in rows])
    wordings.attach([*titled, *(row.meeting for row in rows)], language)
    titles = {row.pk: row.worded.get("title", "") for row in titled}
    return [
        DeskItem(
            title=titles.get(row.subject_id) or _("Agenda"),
            url=_place(row),
            due=row.deadline,
            zone=row.meeting.zone,
            kind=_("Lines to clear: the silence ends") if row.subject_kind == SubjectKind.LINES else _("Silence ends"),
            note=row.meeting.worded.get("title", ""),  # type: ignore[attr-defined]
            since=row.opened_at,
        )
        for row in rows
    ]


def _place(row: Procedure) -> str:
    if row.subject_kind == SubjectKind.OUTCOME:
        return page("outcome", row.meeting, outcome=row.subject_id)
    if row.subject_kind == SubjectKind.LINES:
        return page("press_piece", row.meeting, piece=row.subject_id)
    return page("agenda", row.meeting)


def _entered_late(actor: Actor, language: str) -> list[DeskItem]:
    """Objections received in time and entered late, which the chair has to answer openly."""
    rows = LateEntry.objects.filter(answer="").select_related("procedure__meeting__format", "act")
    mine = [row for row in rows if actor.serves(row.format_id)]
    standing_now = {row.pk for row in pending_entries([row.procedure for row in mine])} if mine else set()
    mine = [row for row in mine if row.pk in standing_now]
    wordings.attach([row.procedure.meeting for row in mine], language)
    return [
        DeskItem(
            title=_("Objection received in time, entered late"),
            url=page("late_answer", row.procedure.meeting, late=row.pk),
            kind=_("The chair's answer is needed"),
            note=row.procedure.meeting.worded.get("title", ""),  # type: ignore[attr-defined]
            since=row.at,
        )
        for row in mine
    ]


def _late(party_id: UUID, language: str) -> list[DeskItem]:
    # Late items stand only where an agenda was put to adoption and something was submitted afterwards: few meetings.
    frozen = FrozenVersion.objects.filter(subject_id=OuterRef("meeting_id"))
    open_ones = AgendaItem.objects.filter(submitted_at__isnull=False).exclude(
        meeting__status__in=(Meeting.Status.CLOSED, Meeting.Status.CANCELLED)
    )
    late_in = open_ones.filter(Exists(frozen.filter(procedure__opened_at__lt=OuterRef("submitted_at"))))
    meetings = Meeting.objects.filter(pk__in=late_in.values("meeting_id")).select_related("format")
    found = []
    for meeting in meetings:
        for item in agenda_of(meeting, language).late:
            seen: Any = item
            if seen.state == LATE and party_id not in seen.consenting:
                found.append(
                    DeskItem(
                        title=seen.worded.get("title", ""),
                        url=page("agenda_item", meeting, item=item.pk),
                        kind=_("Late item: your consent is asked"),
                        since=item.submitted_at,
                    )
                )
    return found


def _suggested(party_id: UUID, language: str) -> list[DeskItem]:
    mine = list(
        AgendaItem.objects.filter(owner_party_id=party_id, suggestions__isnull=False)
        .exclude(meeting__status__in=(Meeting.Status.CLOSED, Meeting.Status.CANCELLED))
        .select_related("meeting__format")
        .distinct()
    )
    if not mine:
        return []
    wordings.attach(mine, language)
    withdrawn = {
        act.subject_id
        for act in standing_acts(Act.objects.filter(subject_id__in=[i.pk for i in mine]), Act.Kind.WITHDRAW)
    }
    items = {item.pk: item for item in mine if item.pk not in withdrawn}
    return [
        DeskItem(
            title=items[row.item_id].worded.get("title", ""),  # type: ignore[attr-defined]
            url=page("agenda_item", items[row.item_id].meeting, item=row.item_id) + "#suggestions",
            kind=_("A suggested wording to answer"),
            since=row.at,
        )
        for row in suggestions_on(items, language)
        if row.answer is None  # type: ignore[attr-defined]
    ]
