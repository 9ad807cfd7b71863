"""Formats and who sits in them. The page of one format is in the meetings room, which knows its meetings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from sofra.kernel import wordings
from sofra.kernel.asking import Asking
from sofra.kernel.doors import ANYONE, SECRETARIAT, door
from sofra.kernel.models import Format, Membership, Party
from sofra.kernel.pages import actor_of, language, sent
from sofra.lexicon.naming import order_parties, party_name
from sofra.parties.commands.formats import add_membership, change_format, change_membership, end_membership, open_format
from sofra.parties.formfields import wording_initial, wording_texts
from sofra.parties.forms import FormatForm, MembershipChangeForm, MembershipEndForm, MembershipForm
from sofra.parties.queries.formats import all_formats, counted_members, get_format, memberships
from sofra.parties.queries.parties import all_parties


def format_or_404(slug: str, request: HttpRequest) -> Format:
    """The format of a page, or "not there"."""
    found = get_format(slug, language())
    if found is None:
        raise Http404
    request.sofra_format = found  # type: ignore[attr-defined]
    found.url = reverse("format", kwargs={"format": found.slug})  # type: ignore[attr-defined]
    return found


@door(GET=ANYONE)
def formats(request: HttpRequest) -> HttpResponse:
    """All formats one may read."""
    rows = all_formats(language())
    members = counted_members(rows)
    for row in rows:
        row.members = order_parties(members.get(row.pk, []), language())  # type: ignore[attr-defined]
    may_open = actor_of(request).house
    return render(request, "parties/formats.html", {"formats": rows, "may_open": may_open})


def _party(text: str) -> Party | None:
    return Party.objects.filter(pk=text).first() if text else None


def _texts(format: Format) -> dict[str, dict[str, str]]:
    return wordings.of([format]).get(format.pk, {})


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def format_open(request: HttpRequest) -> HttpResponse:
    """Open a format or a working group."""
    formats = [row for row in all_formats(language()) if row.parent_id is None]
    form = FormatForm(sent(request), parties=all_parties(language()), formats=formats, initial=request.GET.dict())
    asking = Asking(
        request,
        title=_("Open a format"),
        what=_("A platform, a consultation, or a working group under another format. Everyone can read its page."),
        form=form,
        action=_("Open the format"),
        back=reverse("formats"),
    )

    def act() -> str:
        cleaned = form.cleaned_data
        made = open_format(
            kind=cleaned["kind"],
            names=wording_texts(form, "name"),
            purposes=wording_texts(form, "purpose"),
            parent=Format.objects.filter(pk=cleaned["parent"]).first() if cleaned["parent"] else None,
            host=_party(cleaned["host"]),
            cadence_months=cleaned["cadence_months"],
        )
        return reverse("format", kwargs={"format": made.slug})

    return asking.answer(act)


def _initial(format: Format) -> dict[str, Any]:
    texts = _texts(format)
    return {
        "version": format.version,
        "host": str(format.host_id or ""),
        "cadence_months": format.cadence_months,
        **wording_initial(texts.get("name", {}), "name"),
        **wording_initial(texts.get("purpose", {}), "purpose"),
    }


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def format_edit(request: HttpRequest, format: str) -> HttpResponse:
    """Describe a format anew."""
    row = format_or_404(format, request)
    form = FormatForm(sent(request), parties=all_parties(language()), formats=[], fixed=True, initial=_initial(row))
    asking = Asking(
        request,
        title=_("Describe the format"),
        what=_("The name and description that everyone can read."),
        form=form,
        action=_("Save"),
        back=row.url,  # type: ignore[attr-defined]
        obj=row,
        about=row.worded.get("name", ""),  # type: ignore[attr-defined]
    )

    def act() -> None:
        cleaned = form.cleaned_data
        change_format(
            row,
            seen_version=cleaned["version"] or 0,
            names=wording_texts(form, "name"),
            purposes=wording_texts(form, "purpose"),
            host=_party(cleaned["host"]),
            cadence_months=cleaned["cadence_months"],
        )

    return asking.answer(act, stands=_initial)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def membership_add(request: HttpRequest, format: str) -> HttpResponse:
    """Let a party sit in a format."""
    row = format_or_404(format, request)
    form = MembershipForm(sent(request), parties=all_parties(language()))
    asking = Asking(
        request,
        title=_("Add a member or an observer"),
        what=_("The party sits in the format from the day you give. Everyone can read this."),
        form=form,
        action=_("Add"),
        back=row.url,  # type: ignore[attr-defined]
        about=row.worded.get("name", ""),  # type: ignore[attr-defined]
    )

    def act() -> None:
        cleaned = form.cleaned_data
        party = Party.objects.get(pk=cleaned["party"])
        add_membership(row, party=party, capacity=cleaned["capacity"], since=cleaned["since"])

    return asking.answer(act)


def _seat(row: Format, membership: UUID) -> Membership:
    seat = next((each for each in memberships(row, language()) if each.pk == membership), None)
    if seat is None:
        raise Http404
    return seat


def _seat_initial(seat: Membership) -> dict[str, Any]:
    return {"version": seat.version, "capacity": seat.capacity, "since": seat.since, "until": seat.until}


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def membership_edit(request: HttpRequest, format: str, membership: UUID) -> HttpResponse:
    """Mend a membership that was entered wrongly."""
    row = format_or_404(format, request)
    seat = _seat(row, membership)
    form = MembershipChangeForm(sent(request), initial=_seat_initial(seat))
    asking = Asking(
        request,
        title=_("Mend a membership"),
        what=_(
            "For what was entered wrongly. Where an observer becomes a member, end its membership and add another from "
            "that day."
        ),
        form=form,
        action=_("Save"),
        back=row.url,  # type: ignore[attr-defined]
        obj=seat,
        about=party_name(seat.party, language()).text,
    )

    def act() -> None:
        given = form.cleaned_data
        change_membership(
            seat,
            capacity=given["capacity"],
            since=given["since"],
            until=given["until"],
            seen_version=given["version"] or 0,
        )

    return asking.answer(act, stands=_seat_initial)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def membership_end(request: HttpRequest, format: str, membership: UUID) -> HttpResponse:
    """End a membership; the history stays."""
    row = format_or_404(format, request)
    seat = _seat(row, membership)
    name = party_name(seat.party, language()).text
    form = MembershipEndForm(sent(request), initial={"version": seat.version})
    asking = Asking(
        request,
        title=_("End a membership"),
        what=_("%(party)s, %(capacity)s. The history stays.")
        % {"party": name, "capacity": Membership.Capacity(seat.capacity).label},
        form=form,
        action=_("End the membership"),
        back=row.url,  # type: ignore[attr-defined]
        obj=seat,
        about=row.worded.get("name", ""),  # type: ignore[attr-defined]
        grave=True,
    )

    return asking.answer(
        lambda: end_membership(seat, until=form.cleaned_data["until"], seen_version=form.cleaned_data["version"]),
        stands=_seat_initial,
    )
