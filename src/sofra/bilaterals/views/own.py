"""What a delegation keeps for itself: times in which its principals meet nobody, rooms without naming the counterpart."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sofra.bilaterals.commands import places
from sofra.bilaterals.forms import BlockForm, BookingForm
from sofra.bilaterals.models import Block, Booking
from sofra.bilaterals.sentences import when
from sofra.bilaterals.views.common import BOTH, address, entering_side, place
from sofra.kernel.asking import Asking
from sofra.kernel.doors import door
from sofra.kernel.pages import open_to, sent
from sofra.meetings.models import Meeting


@door(GET=BOTH, POST=BOTH)
def block(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Keep a time free."""
    row = place(request, format, meeting)
    open_to(request, "bilaterals.keep_own", row)
    form = BlockForm(sent(request), zone=row.zone)
    entering = entering_side(request, row)
    page = Asking(
        request, title=_("Keep a time free"), form=form, entering=entering, action=_("Keep it free"),
        what=_("Your delegation alone reads it. The schedule keeps clear of it and tells nobody why."),
        back=address("bilaterals", row), about=_("Bilaterals"),
    )  # fmt: skip

    def act() -> None:
        given = form.cleaned_data
        party, entry = entering.owner()
        places.block(
            meeting=row, level=given["level"], begins_at=given["begins_at"], ends_at=given["ends_at"],
            note=given["note"], party_id=party, entry=entry,
        )  # fmt: skip

    return page.answer(act)


@door(GET=BOTH, POST=BOTH)
def unblock(request: HttpRequest, format: str, meeting: str, block: UUID) -> HttpResponse:
    """Take a block back."""
    row = place(request, format, meeting)
    open_to(request, "bilaterals.keep_own", row)
    one = Block.objects.select_related("meeting").filter(meeting=row, pk=block, withdrawn_at=None).first()
    if one is None:
        raise Http404
    found = one
    page = _taken_back(request, row, when(found.begins_at, row.zone), _("Take the time back"))

    def act() -> None:
        places.unblock(block=found)

    return page.answer(act)


@door(GET=BOTH, POST=BOTH)
def book(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """Book a room without naming the counterpart."""
    row = place(request, format, meeting)
    open_to(request, "bilaterals.keep_own", row)
    form = BookingForm(sent(request), zone=row.zone)
    entering = entering_side(request, row)
    page = Asking(
        request, title=_("Book a room without naming the counterpart"), form=form, entering=entering, action=_("Book it"),
        what=_("The secretariat reads when and how large, and finds a room. Nobody else reads it."),
        back=address("bilaterals", row), about=_("Bilaterals"),
    )  # fmt: skip

    def act() -> None:
        given = form.cleaned_data
        party, entry = entering.owner()
        places.book_room(
            meeting=row, begins_at=given["begins_at"], ends_at=given["ends_at"], size=given["size"],
            languages=tuple(given["languages"]), note=given["note"], party_id=party, entry=entry,
        )  # fmt: skip

    return page.answer(act)


@door(GET=BOTH, POST=BOTH)
def unbook(request: HttpRequest, format: str, meeting: str, booking: UUID) -> HttpResponse:
    """Take a booking back."""
    row = place(request, format, meeting)
    open_to(request, "bilaterals.keep_own", row)
    one = Booking.objects.select_related("meeting").filter(meeting=row, pk=booking, withdrawn_at=None).first()
    if one is None:
        raise Http404
    found = one
    page = _taken_back(request, row, when(found.begins_at, row.zone), _("Take the booking back"))

    def act() -> None:
        places.unbook(booking=found)

    return page.answer(act)


def _taken_back(request: HttpRequest, row: Meeting, what: str, title: Any) -> Asking:
    return Asking(
        request,
        title=title,
        what=what,
        action=title,
        grave=True,
        back=address("bilaterals", row),
        about=_("Bilaterals"),
    )
