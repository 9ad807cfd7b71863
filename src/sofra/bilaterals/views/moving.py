"""What a hand does in a draft: move, lock, take out, put in; each with what it breaks and costs before it is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sofra.bilaterals import sentences
from sofra.bilaterals.commands import by_hand, drafting
from sofra.bilaterals.engine.slots import Cut
from sofra.bilaterals.forms import choose
from sofra.bilaterals.models import Placement, Schedule
from sofra.bilaterals.pricing import Price, Pricer, Target, part_words, slots_from
from sofra.bilaterals.queries.grid import Place, frame_of, places_of, slots_of
from sofra.bilaterals.queries.lines import get_line
from sofra.bilaterals.views.common import address, language
from sofra.bilaterals.views.solving import of_place
from sofra.kernel.doors import SECRETARIAT, door
from sofra.kernel.pages import SEE_OTHER, UNPROCESSABLE, press, seen_version
from sofra.kernel.refusals import Conflict, Refusal
from sofra.meetings.models import Meeting


def clocks(slots: list[Cut], zone: str) -> list[tuple[str, str]]:
    """Slots in a list of choices, with their day where there are several."""
    several = len({slot.day for slot in slots}) > 1
    return [
        (
            slot.id,
            f"{sentences.clock(slot.begins, zone)}–{sentences.clock(slot.ends, zone)}"
            + (f", {date_format(date.fromisoformat(slot.day), 'DATE_FORMAT')}" if several else ""),
        )
        for slot in slots
    ]


class WhereForm(forms.Form):
    """A slot and a room."""

    slot = forms.ChoiceField(
        label=gettext_lazy("Begins"), error_messages={"required": gettext_lazy("Choose when it begins.")}
    )
    room = forms.ChoiceField(label=gettext_lazy("Room"), error_messages={"required": gettext_lazy("Choose a room.")})
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, slots: list[Cut], places: list[Place], zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "slot", [("", "—"), *clocks(slots, zone)])
        choose(self, "room", [("", "—"), *((str(each.room.pk), str(each.name)) for each in places)])


class Hand:
    """One page of a move, or of putting in: where it is to stand, what that breaks and costs, and the act."""

    def __init__(
        self, request: HttpRequest, meeting: Meeting, schedule: Schedule, key: UUID, length: int, initial: dict[str, Any]
    ) -> None:  # fmt: skip
        self.request, self.meeting, self.schedule, self.key, self.length = request, meeting, schedule, key, length
        self.slots = slots_of(meeting, frame_of(meeting))
        self.places = places_of(meeting, language())
        named = {name: request.GET[name] for name in ("slot", "room") if name in request.GET}
        data: Any = request.POST if request.method == "POST" else None
        if data is None and named:
            data = {**{name: str(value) for name, value in initial.items()}, **named}
        self.form = WhereForm(data, slots=self.slots, places=self.places, zone=meeting.zone, initial=initial)
        self.price: Price | None = None

    def target(self) -> Target | None:
        """Where it is to stand, where that was said and can be."""
        if not self.form.is_bound or not self.form.is_valid():
            return None
        span = slots_from(self.slots, self.form.cleaned_data["slot"], self.length)
        if span is None:
            self.form.add_error("slot", _("It does not end before its hours do. Choose an earlier slot."))
            return None
        room = next(each.room for each in self.places if str(each.room.pk) == self.form.cleaned_data["room"])
        return Target(*span, room)

    def page(self, title: str, what: str, action: str, status: int = 200, **more: Any) -> HttpResponse:
        """The page, or its part for the dialog of the grid."""
        words = part_words()
        price = self.price
        parts = [(words[part], before, after) for part, before, after in price.parts] if price is not None else []
        context = {
            "meeting": self.meeting, "schedule": self.schedule, "form": self.form, "price": price, "title": title,
            "what": what, "action": action, "parts": [each for each in parts if each[1] != each[2]],
            "back": address("bilateral_schedule", self.meeting, schedule=self.schedule.pk),
            "target": self.request.path, **more,
        }  # fmt: skip
        part = self.request.headers.get("X-Part") == "1"
        return render(
            self.request, "bilaterals/parts/move.html" if part else "bilaterals/move.html", context, status=status
        )

    def weigh(self, target: Target | None) -> None:
        """Price it."""
        if target is not None:
            self.price = Pricer(self.meeting, self.schedule).price(self.key, target)


def grid_of(meeting: Meeting, schedule: Schedule, key: UUID | None = None) -> str:
    """The grid, at what was moved."""
    here = address("bilateral_schedule", meeting, schedule=schedule.pk)
    return f"{here}#m-{key}" if key else here


def back_to(meeting: Meeting, schedule: Schedule, key: UUID | None = None) -> HttpResponse:
    """Back in the grid, at what was moved."""
    return HttpResponseRedirect(grid_of(meeting, schedule, key), status=SEE_OTHER)


def _placed(schedule: Schedule, key: UUID) -> Placement:
    row = (
        schedule.placements.filter(pk=key, cancelled=False)
        .select_related("request", "booking", "room", "team", "meeting", "schedule")
        .first()
    )
    if row is None:
        raise Http404
    return row


def _about(meeting: Meeting, placement: Placement) -> tuple[str, int]:
    """Who meets, and for how many slots."""
    if placement.request_id is None:
        owner = placement.booking.owner_party_id if placement.booking is not None else None
        return _("A room for %(party)s") % {"party": sentences.name(owner) if owner else ""}, 1
    line = get_line(meeting, placement.request_id)
    if line is None:
        raise Http404
    return " – ".join(sentences.name(each) for each in line.parties), line.row.slots


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def move(request: HttpRequest, format: str, meeting: str, schedule: UUID, placement: UUID) -> HttpResponse:
    """Move a meeting of a draft. `?slot=&room=` shows what that breaks and costs; nothing is done until it is sent."""
    row, one = of_place(request, format, meeting, schedule)
    held = _placed(one, placement)
    title, length = _about(row, held)
    slots = slots_of(row, frame_of(row))
    stands = next((each.id for each in slots if each.begins == held.begins_at), "")
    hand = Hand(
        request, row, one, held.request_id or held.booking_id or held.pk, length,
        {"slot": stands, "room": str(held.room_id or ""), "version": held.version},
    )  # fmt: skip
    when = sentences.when(held.begins_at, row.zone)
    what = _("It stands on %(when)s. Once it is moved by hand it is locked there.") % {"when": when}
    more: dict[str, Any] = {
        "placement": held,
        "changed": sentences.moved(held.before, held.begins_at, held.why, row.zone),
    }
    if request.method == "POST" and "move" in request.POST:
        target = hand.target()
        if target is not None:
            try:
                seen = seen_version(request.POST.get("version"))
                ends = target.ends if held.request_id else target.begins + (held.ends_at - held.begins_at)
                drafting.move(
                    placement=held, begins_at=target.begins, ends_at=ends, room=target.room, seen_version=seen
                )
                return back_to(row, one, held.pk)
            except Conflict:
                hand.form.add_error(None, _("Somebody else changed it meanwhile. Look at where it stands now."))
            except Refusal as refusal:
                hand.form.add_error(None, str(refusal.sentence))
        return hand.page(title, what, _("Move it"), UNPROCESSABLE, **more)
    target = hand.target()
    hand.weigh(replace(target, ends=target.begins + (held.ends_at - held.begins_at)) if target else None)
    return hand.page(title, what, _("Move it"), **more)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def put_in(request: HttpRequest, format: str, meeting: str, schedule: UUID, key: UUID) -> HttpResponse:
    """Put a request that a draft leaves out into it by hand."""
    row, one = of_place(request, format, meeting, schedule)
    line = get_line(row, key)
    if line is None:
        raise Http404
    title = " – ".join(sentences.name(each) for each in line.parties)
    hand = Hand(request, row, one, key, line.row.slots, {})
    what = _("This draft leaves it out. Put in by hand it is locked, and publishing refuses it where it collides.")
    if request.method == "POST" and "move" in request.POST:
        target = hand.target()
        if target is not None:
            own = line.arrangement is not None and line.arrangement.own_interpreter
            try:
                made = by_hand.put_in(
                    schedule=one, begins_at=target.begins, ends_at=target.ends, room=target.room,
                    request=line.row, languages=() if own else line.row.languages,
                )  # fmt: skip
                return back_to(row, one, made.pk)
            except Refusal as refusal:
                hand.form.add_error(None, str(refusal.sentence))
        return hand.page(title, what, _("Put it in"), UNPROCESSABLE)
    hand.weigh(hand.target())
    return hand.page(title, what, _("Put it in"))


@door(POST=SECRETARIAT)
def lock(request: HttpRequest, format: str, meeting: str, schedule: UUID, placement: UUID) -> HttpResponse:
    """Lock a meeting where it is, or unlock it."""
    row, one = of_place(request, format, meeting, schedule)
    held = _placed(one, placement)
    seen = seen_version(request.POST.get("version"))
    turn = partial(drafting.lock, placement=held, locked=not held.locked, seen_version=seen)
    return press(request, turn, grid_of(row, one, held.pk))


@door(POST=SECRETARIAT)
def take_out(request: HttpRequest, format: str, meeting: str, schedule: UUID, placement: UUID) -> HttpResponse:
    """Take a meeting out of a draft."""
    row, one = of_place(request, format, meeting, schedule)
    held = _placed(one, placement)
    seen = seen_version(request.POST.get("version"))
    return press(request, lambda: by_hand.take_out(placement=held, seen_version=seen), grid_of(row, one))
