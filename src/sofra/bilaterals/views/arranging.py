"""What the secretariat sets: hours and rules, rooms, whom to keep apart."""

from __future__ import annotations

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sofra.bilaterals import sentences
from sofra.bilaterals.building import PUBLISHED_WEIGHTS
from sofra.bilaterals.commands import places
from sofra.bilaterals.engine.slots import spans
from sofra.bilaterals.forms import ApartForm, FrameForm, RoomForm, frame_initial, room_initial
from sofra.bilaterals.models import Apart, Frame, RoomTerms
from sofra.bilaterals.queries.grid import frame_of, schedules_of, slots_of
from sofra.bilaterals.sentences import names
from sofra.bilaterals.views.common import address, arranged, language, members
from sofra.kernel import wordings
from sofra.kernel.asking import Asking
from sofra.kernel.doors import SECRETARIAT, door
from sofra.kernel.pages import sent
from sofra.meetings.models import Meeting, Resource
from sofra.meetings.queries.programme import resources_of


def weights() -> list[tuple[str, int, str]]:
    """What each thing costs the schedule: what it is, how much, and what that means."""
    counts = PUBLISHED_WEIGHTS
    return [
        (_("A published meeting that is dropped"), counts.dropped, _("Only where nothing else is possible.")),
        (_("A request of priority 1 that is not held"), counts.missed[1], _("As much as fifty gaps.")),
        (_("A published meeting that is moved"), counts.moved, _("More than a request of priority 2.")),
        (_("A request of priority 2 that is not held"), counts.missed[2], ""),
        (_("A request of priority 3 that is not held"), counts.missed[3], ""),
        (_("A gap in a principal's day"), counts.gap, _("However long it is.")),
        (
            _("Unevenness between delegations"), counts.unfair,
            _("Grows with the square of a delegation's share of requests not held and of gaps: two half-empty days weigh "
              "less than one empty day."),
        ),
    ]  # fmt: skip


def _times(kept: list[list[str]], meeting: Meeting) -> list[str]:
    return [
        f"{sentences.clock(begins, meeting.zone)}–{sentences.clock(ends, meeting.zone)}, "
        f"{date_format(begins.astimezone(ZoneInfo(meeting.zone)), 'DATE_FORMAT')}"
        for begins, ends in spans(kept)
    ]


@door(GET=SECRETARIAT)
def setting(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Everything that is set for a meeting's bilaterals."""
    row = arranged(request, format, meeting)
    assert row.format is not None
    frame = frame_of(row)
    terms = {each.room_id: each for each in RoomTerms.objects.filter(meeting=row)}
    rooms = resources_of(row.format, language(), "room")
    context = {
        "meeting": row, "frame": frame, "slots": slots_of(row, frame), "hours": _times(frame.hours, row) if frame else [],
        "rooms": [
            {"room": room, "terms": terms.get(room.pk),
             "closed": _times(terms[room.pk].closed, row) if room.pk in terms else []}
            for room in rooms
        ],
        "used": sum(each.used for each in terms.values()), "weights": weights(), "schedules": schedules_of(row)[:3],
        "teams": resources_of(row.format, language(), "interpreters"),
        "apart": list(Apart.objects.filter(meeting=row, ended_at=None)),
    }  # fmt: skip
    return render(request, "bilaterals/setting.html", context)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def frame(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Set hours and rules."""
    row = arranged(request, format, meeting)
    stands = frame_of(row)
    form = FrameForm(sent(request), zone=row.zone, initial=frame_initial(stands, row.zone))
    page = Asking(
        request, title=_("Hours and rules"), what=_("All members read them. The hours are cut into slots."), form=form,
        action=_("Save"), back=address("bilaterals_setting", row), about=_("Bilaterals"), obj=stands,
    )  # fmt: skip

    def act() -> None:
        given = form.cleaned_data
        places.set_frame(
            meeting=row, slot_minutes=given["slot_minutes"], hours=given["times"], buffer_slots=given["buffer_slots"],
            walking_slots=given["walking_slots"], answer_by=given["answer_by_instant"],
            seen_version=given["version"] or 0,
        )  # fmt: skip

    def theirs(other: Frame) -> dict[str, Any]:
        return frame_initial(other, row.zone)

    return page.answer(act, stands=theirs)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def room(request: HttpRequest, format: str, meeting: str, room: UUID) -> HttpResponse:
    """Let a room take bilaterals, or no longer."""
    row = arranged(request, format, meeting)
    found = Resource.objects.filter(format=row.format, kind=Resource.Kind.ROOM, pk=room).first()
    if found is None:
        raise Http404
    wordings.attach([found], language())
    stands = RoomTerms.objects.filter(meeting=row, room=found).first()
    form = RoomForm(sent(request), zone=row.zone, initial=room_initial(stands, row.zone))
    one = found
    page = Asking(
        request, title=_("A room for bilaterals"), form=form, action=_("Save"), obj=stands,
        what=_("Two meetings in one zone need no walk. Parties that are kept apart are never in one zone at one time."),
        back=address("bilaterals_setting", row), about=one.worded.get("name", ""),  # type: ignore[attr-defined]
    )  # fmt: skip

    def act() -> None:
        given = form.cleaned_data
        places.set_room(
            meeting=row, room=one, zone=given["zone_name"], size=given["size"], closed=tuple(given["times"]),
            used=given["used"], seen_version=given["version"] or 0,
        )  # fmt: skip

    def theirs(other: RoomTerms) -> dict[str, Any]:
        return room_initial(other, row.zone)

    return page.answer(act, stands=theirs)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def apart(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Keep two parties apart."""
    row = arranged(request, format, meeting)
    form = ApartForm(sent(request), parties=members(row), language=language())
    page = Asking(
        request, title=_("Keep two parties apart"), form=form, action=_("Keep them apart"),
        what=_("Their people are never in one zone at one time. The secretariat alone reads it."),
        back=address("bilaterals_setting", row), about=_("Bilaterals"),
    )  # fmt: skip

    def act() -> None:
        given = form.cleaned_data
        places.keep_apart(meeting=row, one=UUID(given["one"]), other=UUID(given["other"]))

    return page.answer(act)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def apart_end(request: HttpRequest, format: str, meeting: str, apart: UUID) -> HttpResponse:
    """Keep two parties apart no longer."""
    row = arranged(request, format, meeting)
    found = Apart.objects.select_related("meeting").filter(meeting=row, pk=apart, ended_at=None).first()
    if found is None:
        raise Http404
    one = found
    page = Asking(
        request, title=_("Keep them apart no longer"), what=names((one.one_id, one.other_id)), grave=True,
        action=_("Keep them apart no longer"), back=address("bilaterals_setting", row), about=_("Bilaterals"),
    )  # fmt: skip

    def act() -> None:
        places.end_apart(apart=one)

    return page.answer(act)
