"""Entries of a session and the people in them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sofra.kernel.asking import Asking
from sofra.kernel.doors import SECRETARIAT, door
from sofra.kernel.pages import language, press, sent
from sofra.meetings.commands import programme_entries as commands
from sofra.meetings.models import Meeting, ProgrammeEntry, ProgrammePart, Session
from sofra.meetings.programme_forms import PartForm, PointForm
from sofra.meetings.queries.programme import get_entry, people_choices
from sofra.meetings.views.places import address
from sofra.meetings.views.programme_acts import place
from sofra.parties.formfields import to_local, wording_initial
from sofra.parties.queries.formats import members_on


def _entry(
    request: HttpRequest, format: str, meeting: str, session: UUID, entry: UUID
) -> tuple[Meeting, Session, ProgrammeEntry]:
    row, one = place(request, format, meeting, session)
    point = get_entry(one, entry, language())
    if point is None:
        raise Http404
    return row, one, point


def _initial(entry: ProgrammeEntry, zone: str) -> dict[str, Any]:
    texts = entry.texts  # type: ignore[attr-defined]
    return {
        "version": entry.version, "begins": to_local(entry.begins_at, zone), "ends": to_local(entry.ends_at, zone),
        **wording_initial(texts.get("title", {}), "title"), **wording_initial(texts.get("note", {}), "note"),
    }  # fmt: skip


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def entry_add(request: HttpRequest, format: str, meeting: str, session: UUID) -> HttpResponse:
    """Add an entry to a session."""
    row, one = place(request, format, meeting, session)
    form = PointForm(sent(request), zone=row.zone)
    page = Asking(
        request,
        title=_("Add an entry"), what=_("It stands last in its session; it can be moved up there."), form=form,
        action=_("Add it"), back=_session(row, one), obj=one,
        about=one.worded.get("title", ""),  # type: ignore[attr-defined]
    )  # fmt: skip

    def act() -> None:
        commands.add_entry(one, form.point())

    return page.answer(act)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def entry_edit(request: HttpRequest, format: str, meeting: str, session: UUID, entry: UUID) -> HttpResponse:
    """Change an entry."""
    row, one, point = _entry(request, format, meeting, session, entry)
    form = PointForm(sent(request), zone=row.zone, initial=_initial(point, row.zone))
    page = Asking(
        request,
        title=_("Change the entry"), what=_("Members read the change when the programme is published again."), form=form,
        action=_("Save"), back=_session(row, one), obj=one,
        about=one.worded.get("title", ""),  # type: ignore[attr-defined]
    )  # fmt: skip

    def act() -> None:
        commands.change_entry(point, form.point(), seen_version=form.cleaned_data["version"] or 0)

    def theirs(other: ProgrammeEntry) -> dict[str, Any]:
        return _initial(get_entry(one, other.pk, language()) or other, row.zone)

    return page.answer(act, stands=theirs)


@door(POST=SECRETARIAT)
def entry_act(request: HttpRequest, format: str, meeting: str, session: UUID, entry: UUID) -> HttpResponse:
    """Move an entry up or down, or take it out."""
    row, one, point = _entry(request, format, meeting, session, entry)
    act, seen = request.POST.get("act", ""), request.POST.get("version", "")
    if act not in ("up", "down", "drop") or not seen.isdigit():
        return render(request, "400.html", status=400)
    if act == "drop":
        return press(request, lambda: commands.drop_entry(point, seen_version=int(seen)), _session(row, one))
    return press(request, lambda: commands.move_entry(point, -1 if act == "up" else 1), _session(row, one))


def _session(row: Meeting, one: Session) -> str:
    return address("programme_session", row, session=one.pk)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def part_add(request: HttpRequest, format: str, meeting: str, session: UUID) -> HttpResponse:
    """Give somebody a part in a session, or, with `?entry=`, in one of its entries."""
    row, one = place(request, format, meeting, session)
    point = _asked_entry(request, one)
    parties = members_on(row.format, row.day) if row.format else []
    posts, persons = people_choices(parties, language())
    form = PartForm(
        sent(request),
        parties=parties,
        posts=posts,
        persons=persons,
        language=language(),
    )
    title: Any = (point or one).worded.get("title", "")  # type: ignore[union-attr]
    page = Asking(
        request,
        title=_("Add a person"), what=_("A party, a post, a person, or a slot in words: what is known so far."), form=form,
        action=_("Add"), back=_session(row, one), obj=one, about=title,
    )  # fmt: skip

    def act() -> None:
        commands.add_part(one, form.part(), point)

    return page.answer(act)


def _asked_entry(request: HttpRequest, one: Session) -> ProgrammeEntry | None:
    asked = request.GET.get("entry", "")
    if not asked:
        return None
    try:
        point = get_entry(one, UUID(asked), language())
    except ValueError:
        point = None
    if point is None:
        raise Http404
    return point


@door(POST=SECRETARIAT)
def part_drop(request: HttpRequest, format: str, meeting: str, session: UUID, part: UUID) -> HttpResponse:
    """Take somebody's part out."""
    row, one = place(request, format, meeting, session)
    found = ProgrammePart.objects.filter(session=one, pk=part, dropped=False).first()
    seen = request.POST.get("version", "")
    if found is None:
        raise Http404
    if not seen.isdigit():
        return render(request, "400.html", status=400)
    return press(request, lambda: commands.drop_part(found, seen_version=int(seen)), _session(row, one))
