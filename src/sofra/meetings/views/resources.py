"""Rooms and teams of interpreters of a format."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sofra.kernel import policy
from sofra.kernel.asking import Asking
from sofra.kernel.doors import SECRETARIAT, door
from sofra.kernel.models import Format
from sofra.kernel.pages import language, press, sent
from sofra.meetings.commands import resources as commands
from sofra.meetings.models import Resource
from sofra.meetings.programme_forms import ResourceForm
from sofra.meetings.queries.programme import get_resource, resources_of
from sofra.parties.formfields import wording_initial
from sofra.parties.views.formats import format_or_404


def _format(request: HttpRequest, slug: str) -> Format:
    row = format_or_404(slug, request)
    policy.require(request.actor, "programme.rooms", row)  # type: ignore[attr-defined]
    return row


def _url(row: Format) -> str:
    return reverse("rooms", kwargs={"format": row.slug})


@door(GET=SECRETARIAT)
def rooms(request: HttpRequest, format: str) -> HttpResponse:
    """The rooms and teams of a format, those offered first."""
    row = _format(request, format)
    found = resources_of(row, language(), *commands.KEPT, retired=True)
    context = {
        "format": row,
        "rooms": [each for each in found if each.kind == Resource.Kind.ROOM and not each.retired],
        "teams": [each for each in found if each.kind == Resource.Kind.INTERPRETERS and not each.retired],
        "retired": [each for each in found if each.retired],
    }
    return render(request, "meetings/programme/rooms.html", context)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def room_add(request: HttpRequest, format: str) -> HttpResponse:
    """Add a room or a team."""
    row = _format(request, format)
    form = ResourceForm(sent(request))
    page = Asking(
        request,
        title=_("Add a room or a team"), what=_("What sessions can be given: rooms, and teams of interpreters."), form=form,
        action=_("Add"), back=_url(row), about=row.worded.get("name", ""),  # type: ignore[attr-defined]
    )  # fmt: skip

    def act() -> str:
        commands.add_resource(row, form.cleaned_data["kind"], form.about())
        return _url(row)

    return page.answer(act)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def room_edit(request: HttpRequest, format: str, room: UUID) -> HttpResponse:
    """Change a room or a team."""
    row, one = _place(request, format, room)

    def initial(other: Any) -> dict[str, Any]:
        texts = getattr(other, "texts", None) or getattr(get_resource(row, other.pk), "texts", {})
        return {
            "version": other.version, "capacity": other.capacity, "languages": other.languages,
            **wording_initial(texts.get("name", {}), "name"),
        }  # fmt: skip

    form = ResourceForm(sent(request), new=False, initial=initial(one))
    page = Asking(
        request,
        title=_("Change a room or a team"), what=_("Published programmes keep the name they were published with."), form=form,
        action=_("Save"), back=_url(row), obj=one, about=row.worded.get("name", ""),  # type: ignore[attr-defined]
    )  # fmt: skip

    def act() -> str:
        commands.change_resource(one, form.about(), seen_version=form.cleaned_data["version"] or 0)
        return _url(row)

    return page.answer(act, stands=initial)


@door(POST=SECRETARIAT)
def room_retire(request: HttpRequest, format: str, room: UUID) -> HttpResponse:
    """Offer a room or a team no longer, or again."""
    row, one = _place(request, format, room)
    seen = request.POST.get("version", "")
    if not seen.isdigit():
        return render(request, "400.html", status=400)
    back = request.POST.get("back") == "yes"
    return press(request, lambda: commands.retire_resource(one, seen_version=int(seen), back=back), _url(row))


def _place(request: HttpRequest, format: str, room: UUID) -> tuple[Format, Resource]:
    row = _format(request, format)
    one = get_resource(row, room)
    if one is None:
        raise Http404
    return row, one
