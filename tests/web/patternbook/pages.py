"""The pattern book: every component of the shell, for eyes and for axe. Never routed in production."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from sofra.kernel.acting import Actor
from sofra.kernel.doors import ANYONE, door
from sofra.web import context

FORMAT_ID = UUID(int=1)
NOON = datetime(2026, 1, 23, 11, 0, tzinfo=UTC)


class ItemForm(forms.Form):
    """One of each control."""

    title = forms.CharField(label="Title", max_length=60, help_text="As it will stand on the agenda, in English.")
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    by = forms.DateField(label="By when", widget=forms.DateInput(attrs={"type": "date"}))
    theme = forms.ChoiceField(
        label="Theme", choices=[("", "Choose"), ("e", "Energy security"), ("t", "Transport corridors")]
    )
    urgency = forms.ChoiceField(
        label="Urgency", widget=forms.RadioSelect, choices=[("o", "Ordinary"), ("u", "Urgent: before the next meeting")]
    )
    joint = forms.BooleanField(label="Proposed jointly with a co-sponsor", required=False)


def _row(audience: str, **more: Any) -> SimpleNamespace:
    base = {"audience": audience, "format_id": FORMAT_ID, "owner_party_id": None, "readers": [], "entry_id": None}
    return SimpleNamespace(**{**base, "readable_from": NOON, **more})


def _page(request: HttpRequest, name: str, **more: Any) -> HttpResponse:
    request.actor = Actor(  # type: ignore[attr-defined]
        role="secretariat", account_id=UUID(int=2), secretariat_of=frozenset({FORMAT_ID})
    )
    request.exercise = "exercise" in request.GET  # type: ignore[attr-defined]
    soon = datetime.now(UTC) + timedelta(hours=5, minutes=12)
    data = {
        "row": _row("format"), "public_row": _row("public"), "noon": NOON, "soon": soon,
        "far": datetime.now(UTC) + timedelta(days=19, hours=3), "today": date(2026, 1, 23), "zone": "Europe/Istanbul",
        "sources": [{"title": "Statement after the meeting", "url": "https://example.org/a", "publisher": "ministry"}],
        "codes": ["on_time", "due", "late", "done", "lapsed", "withdrawn", "draft", "proposed", "adopted", "objected"],
        "hues": range(1, 13), "page": Paginator(range(40), 10).page(2),
        "theirs": [("Title", "Links of transport corridors"), ("Note", "Rail first.")],
        "yours": [("Title", "Transport corridors and border crossings"), ("Note", "Rail first, then roads.")],
    }  # fmt: skip
    house = context.House(request)
    _furnish(house, request.GET.get("room", "Agenda"))
    return render(request, f"{name}.html", {**data, **more, "house": house})


def _furnish(house: context.House, here: str) -> None:
    labels = [
        "Overview",
        "Agenda",
        "Delegations",
        "Programme",
        "Bilaterals",
        "Texts",
        "Decisions",
        "Follow-up",
        "Record",
    ]
    rooms = [context.Entry(label, f"#{label}", label[0].lower(), label == here) for label in labels]
    others = [context.Entry(label, f"#{label}", "", False) for label in ("Desk", "Formats", "Public record")]
    house.navigation = [context.Group("This meeting", rooms), context.Group("The house", others)]  # type: ignore[assignment]
    house.format = SimpleNamespace(title="Regional platform", url="#")
    house.meeting = SimpleNamespace(title="Third meeting", slug="third", zone="Europe/Istanbul", url_kwargs=None)
    type(house).meeting_url = "#"  # type: ignore[assignment,method-assign]


@door(GET=ANYONE)
def desk(request: HttpRequest) -> HttpResponse:
    """A room's page with a margin."""
    return _page(request, "patternbook/desk")


@door(GET=ANYONE)
def parts(request: HttpRequest) -> HttpResponse:
    """Statuses, hues, tables, timeline, empty place."""
    return _page(request, "patternbook/parts")


@door(GET=ANYONE)
def claims(request: HttpRequest) -> HttpResponse:
    """The public record's face."""
    return _page(request, "patternbook/claims")


@door(GET=ANYONE, POST=ANYONE)
def form(request: HttpRequest) -> HttpResponse:
    """A form, refused when asked for with ?wrong."""
    data = {"title": "x" * 70, "note": "Kept as typed.", "by": "31.02.2026"} if "wrong" in request.GET else None
    return _page(request, "patternbook/form", form=ItemForm(data))


@door(GET=ANYONE)
def confirm(request: HttpRequest) -> HttpResponse:
    """The sentence that will be recorded."""
    return _page(
        request, "web/asking", title="Object to item 3",
        what="An objection stops adoption by silence; withdrawn, it stays on record.",
        sentence="The delegation objects to item 3, “Transport corridors”, on 23 January 2026 at 14:02 (Istanbul).",
        action="Record the objection", grave=True, back="#",
    )  # fmt: skip


urlpatterns = [
    path("patterns/desk", desk, name="patterns-desk"),
    path("patterns/parts", parts, name="patterns-parts"),
    path("patterns/claims", claims, name="patterns-claims"),
    path("patterns/form", form, name="patterns-form"),
    path("patterns/confirm", confirm, name="patterns-confirm"),
]
