"""How the room shows itself elsewhere: the desk, cards of changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from sofra.bilaterals.engine.workflow import Code
from sofra.bilaterals.models import (
    Act,
    Arrangement,
    Booking,
    Frame,
    Outcome,
    Placement,
    Readout,
    ReadoutAgreement,
    Request,
    Schedule,
    Side,
    Swap,
)
from sofra.bilaterals.queries.lines import Line, lines
from sofra.bilaterals.sentences import names
from sofra.kernel.acting import Actor
from sofra.kernel.models import Role
from sofra.kernel.rooms import Card, DeskItem
from sofra.meetings.models import Meeting

OVER = (Meeting.Status.CLOSED, Meeting.Status.CANCELLED)


def at(name: str, meeting: Meeting, **more: Any) -> str:
    """The address of a page of a meeting."""
    assert meeting.format is not None
    return reverse(name, kwargs={"format": meeting.format.slug, "meeting": meeting.slug, **more})


def desk(actor: Actor) -> Iterable[DeskItem]:
    """For a side, what awaits its answer; for the secretariat, what is accepted and stands nowhere."""
    if actor.role not in (Role.SECRETARIAT, Role.DELEGATE):
        return
    found = lines(Request.objects.exclude(meeting__status__in=OVER))
    if not found:
        return
    meetings = Meeting.objects.select_related("format").in_bulk([line.row.meeting_id for line in found])
    for line in found:
        meeting = meetings.get(line.row.meeting_id)
        if meeting is not None and actor.party_id is not None and actor.party_id in line.parties:
            yield from _waiting(line, meeting, actor.party_id)
    if actor.is_secretariat:
        for key, meeting in meetings.items():
            loose = sum(
                line.code == Code.ACCEPTED and line.span is None and not line.row.discreet
                for line in found if line.row.meeting_id == key
            )  # fmt: skip
            if loose and actor.serves(meeting.format_id):
                title = _("Bilaterals that are accepted and stand nowhere yet: %(n)d") % {"n": loose}
                yield DeskItem(title=title, url=at("bilaterals", meeting), kind=_("Bilaterals"))


def _waiting(line: Line, meeting: Meeting, party: UUID) -> Iterable[DeskItem]:
    others = names(each for each in line.parties if each != party)
    url = at("bilateral", meeting, request_key=line.row.pk)
    if party in line.standing.waiting:
        sentence = _("Answer a request for a bilateral: %(others)s")
        if line.terms is not None:
            sentence = _("Answer other terms for a bilateral: %(others)s")
        yield DeskItem(
            title=sentence % {"others": others}, url=url, due=line.row.answer_by, zone=meeting.zone, kind=_("Bilaterals"),
            since=line.row.asked_at,
        )  # fmt: skip
    elif party in line.standing.unconfirmed:
        title = _("Confirm the time of a bilateral: %(others)s") % {"others": others}
        yield DeskItem(title=title, url=url, kind=_("Bilaterals"), since=line.row.asked_at)


def cards() -> dict[str, Callable[[list[UUID], str], dict[UUID, Card]]]:
    """A card for each kind of row that tells of a change."""
    of_request = {Act: "request", Arrangement: "request", Outcome: "request", Readout: "request", Placement: "request"}
    found: dict[str, Callable[[list[UUID], str], dict[UUID, Card]]] = {
        model._meta.label_lower: _of_request(model, path) for model, path in of_request.items()
    }
    found[Request._meta.label_lower] = _of_request(Request, "")
    for model in (Booking, Frame, ReadoutAgreement):
        found[model._meta.label_lower] = _of_meeting(model, "meeting")
    found[Swap._meta.label_lower] = _of_meeting(Swap, "about__meeting")
    found[Schedule._meta.label_lower] = schedule_cards
    return found


def _of_request(model: Any, path: str) -> Callable[[list[UUID], str], dict[UUID, Card]]:
    def cards_of(ids: list[UUID], language: str) -> dict[UUID, Card]:
        del language
        keys = dict(model.objects.filter(pk__in=ids).values_list("pk", path or "pk"))
        rows = {row.pk: row for row in Request.objects.filter(pk__in=keys.values()).select_related("meeting__format")}
        parties: dict[UUID, list[UUID]] = {}
        for key, party in Side.objects.filter(request__in=rows).order_by("order").values_list("request_id", "party_id"):
            parties.setdefault(key, []).append(party)
        found = {
            key: Card(names(parties.get(of, [])), at("bilateral", rows[of].meeting, request_key=of))
            for key, of in keys.items() if of in rows
        }  # fmt: skip
        if model is Placement:
            found |= _of_meeting(Placement, "meeting")([key for key in ids if key not in found], "")
        return found

    return cards_of


def _of_meeting(model: Any, path: str) -> Callable[[list[UUID], str], dict[UUID, Card]]:
    def cards_of(ids: list[UUID], language: str) -> dict[UUID, Card]:
        del language
        rows = model.objects.filter(pk__in=ids).select_related(f"{path}__format")
        found = {}
        for row in rows:
            meeting: Any = row
            for step in path.split("__"):
                meeting = getattr(meeting, step)
            found[row.pk] = Card(_("Bilaterals"), at("bilaterals", meeting))
        return found

    return cards_of


def schedule_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Schedules by their number."""
    del language
    return {
        row.pk: Card(
            _("Schedule %(number)d") % {"number": row.number}, at("bilateral_schedule", row.meeting, schedule=row.pk)
        )
        for row in Schedule.objects.filter(pk__in=ids).select_related("meeting__format")
    }
