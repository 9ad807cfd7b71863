"""From a draft to what is published: shown to those concerned, looked over, published, planned anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sofra.bilaterals import sentences
from sofra.bilaterals.commands import drafting, publishing
from sofra.bilaterals.forms import SolveForm, SwapForm
from sofra.bilaterals.models import Placement, Schedule, Swap
from sofra.bilaterals.pricing import shaken
from sofra.bilaterals.queries.grid import own_share, published_schedule
from sofra.bilaterals.queries.lines import Line, lines_of
from sofra.bilaterals.views.common import address, arranged, language, place
from sofra.bilaterals.views.solving import of_place
from sofra.kernel import wordings
from sofra.kernel.asking import Asking
from sofra.kernel.doors import DELEGATES, SECRETARIAT, door
from sofra.kernel.pages import actor_of, sent
from sofra.lexicon.naming import order_parties
from sofra.meetings.models import Meeting
from sofra.meetings.programme_forms import VersionForm


@dataclass
class Told:
    """What one delegation is told when a draft is published."""

    party: UUID
    name: str
    said: list[tuple[str, str, str]] = field(default_factory=list)


def _sides(placement: Placement, lines: dict[UUID, Line]) -> list[UUID]:
    if placement.request_id is not None:
        line = lines.get(placement.request_id)
        return list(line.parties) if line is not None else []
    owner = placement.booking.owner_party_id if placement.booking is not None else None
    return [owner] if owner is not None else []


def _moved(meeting: Meeting, row: Placement, party: UUID) -> str:
    """What a delegation is told of a move. When another's principal travels it is not told: only that they are not available."""
    why = [
        {"kind": "away", "party": each["party"]}
        if each.get("kind") in ("arrival", "departure") and each["party"] != str(party) else each
        for each in row.why
    ]  # fmt: skip
    room = wordings.choose(row.room_words, language()).text
    now = _("Now %(when)s, %(room)s.") % {"when": sentences.when(row.begins_at, meeting.zone), "room": room}
    return f"{sentences.moved(row.before, row.begins_at, why, meeting.zone)} {now}".strip()


def told_by(meeting: Meeting, changes: publishing.Changes) -> list[Told]:
    """Who is told what, delegation by delegation, in the order of names."""
    lines = {line.row.pk: line for line in lines_of(meeting)}
    by: dict[UUID, Told] = {}

    def tell(row: Placement, code: str, said: str | Callable[[UUID], str]) -> None:
        sides = _sides(row, lines)
        for party in sides:
            others = [each for each in sides if each != party]
            whom = _("with %(others)s") % {"others": sentences.names(others)} if others else _("a room that is booked")
            by.setdefault(party, Told(party, sentences.name(party))).said.append(
                (code, whom, said if isinstance(said, str) else said(party))
            )

    for row in changes.placed:
        room = wordings.choose(row.room_words, language()).text
        tell(row, "new", _("%(when)s, %(room)s") % {"when": sentences.when(row.begins_at, meeting.zone), "room": room})
    for row in changes.moved:
        tell(row, "moved", partial(_moved, meeting, row))
    for row in changes.dropped:
        tell(row, "dropped", _("No longer held on %(when)s.") % {"when": sentences.when(row.begins_at, meeting.zone)})
    return [by[party] for party in order_parties(list(by), language())]


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def publish(request: HttpRequest, format: str, meeting: str, schedule: UUID) -> HttpResponse:
    """Who is told what; and, sent, the schedule published to all at one instant."""
    row, one = of_place(request, format, meeting, schedule)
    if one.state != Schedule.State.DRAFT:
        raise Http404
    changes = publishing.changes_of(one)
    told = told_by(row, changes)
    form = VersionForm(sent(request), initial={"version": one.version})
    page = Asking(
        request, title=_("Publish the schedule"), form=form, action=_("Publish to all at once"),
        template="bilaterals/publish.html",
        what=_("Each delegation below is told what stands beside its name, at the same instant. Nobody else is told anything."),
        back=address("bilateral_schedule", row, schedule=one.pk), about=_("The draft"),
        more={"told": told, "same": changes.same, "meeting": row, "dropped": changes.dropped,
              "left": len({each.get("request") for each in one.unplaced if each.get("request")})},
    )  # fmt: skip

    def act() -> str:
        publishing.publish(schedule=one, seen_version=form.cleaned_data["version"] or 0)
        return address("bilateral_schedule", row, schedule=one.pk)

    def sentence() -> str:
        return _(
            "Schedule %(number)d of bilaterals is published: %(placed)d new, %(moved)d moved, %(dropped)d no longer held, "
            "%(same)d unchanged."
        ) % {
            "number": one.number, "placed": len(changes.placed), "moved": len(changes.moved),
            "dropped": len(changes.dropped), "same": changes.same,
        }  # fmt: skip

    return page.answer(act, sentence, stands=lambda other: {"version": other.version})


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def share(request: HttpRequest, format: str, meeting: str, schedule: UUID) -> HttpResponse:
    """Let each delegation look over its own meetings in a draft."""
    row, one = of_place(request, format, meeting, schedule)
    if one.state != Schedule.State.DRAFT:
        raise Http404
    page = Asking(
        request, title=_("Show the draft to the delegations"), action=_("Show it"), obj=one,
        what=_("Each delegation reads where its own meetings stand in the draft, and can ask for a change. Nothing is held yet."),
        back=address("bilateral_schedule", row, schedule=one.pk), about=_("The draft"),
    )  # fmt: skip

    def act() -> None:
        drafting.share(schedule=one)

    return page.answer(
        act, lambda: _("Each delegation may look over its own meetings in draft %(n)d.") % {"n": one.number}
    )


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def drop(request: HttpRequest, format: str, meeting: str, schedule: UUID) -> HttpResponse:
    """Put a draft away."""
    row, one = of_place(request, format, meeting, schedule)
    if one.state not in (Schedule.State.DRAFT, Schedule.State.SOLVING):
        raise Http404
    page = Asking(
        request, title=_("Put the draft away"), action=_("Put it away"), grave=True, obj=one,
        what=_("What is published stays as it is. Delegations to which the draft was shown read it no longer."),
        back=address("bilateral_schedule", row, schedule=one.pk), about=_("The draft"),
    )  # fmt: skip

    def act() -> str:
        drafting.drop(schedule=one)
        return address("bilateral_schedules", row)

    return page.answer(act, lambda: _("Draft %(n)d is put away.") % {"n": one.number})


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def replan(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """What of the published schedule cannot stand any more, and the fewest changes that mend it, as a draft."""
    row = arranged(request, format, meeting)
    published = published_schedule(row)
    found = shaken(row) if published is not None else []
    affected = [
        {
            "names": " – ".join(sentences.name(each) for each in line.parties), "placement": placement,
            "when": sentences.when(placement.begins_at, row.zone),
            "room": wordings.choose(placement.room_words, language()).text, "why": sentences.reasons(why, row.zone),
        }
        for line, placement, why in found
    ]  # fmt: skip
    form = SolveForm(sent(request), initial={"seconds": 10})
    page = Asking(
        request, title=_("Plan anew"), form=form, action=_("Find the fewest changes"),
        template="bilaterals/replan.html",
        what=_("What was published moves only where it must, and is dropped only where nothing else is possible. The changes "
               "stand as a draft; nothing is told to anyone before it is published."),
        back=address("bilateral_schedules", row), about=_("Schedules of bilaterals"),
        more={"affected": affected, "published": published, "meeting": row, "format": row.format},
    )  # fmt: skip

    def act() -> str:
        made = drafting.ask_schedule(meeting=row, seconds=form.cleaned_data["seconds"])
        return address("bilateral_schedule", row, schedule=made.pk)

    return page.answer(act)


@door(GET=DELEGATES)
def review(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """One's own meetings in the drafts the secretariat shows, to look over before they are published."""
    row = place(request, format, meeting)
    party = actor_of(request).party_id
    rows = list(
        Placement.objects.filter(
            meeting=row,
            current=False,
            cancelled=False,
            published_at=None,
            audience="parties",
            readers__contains=[party],
        ).order_by("begins_at")
    )
    lines = {line.row.pk: line for line in lines_of(row)}
    asked: dict[UUID, list[Swap]] = {}
    for swap in Swap.objects.filter(about__in=[each.pk for each in rows]):
        asked.setdefault(swap.about_id, []).append(swap)
    shown: list[dict[str, Any]] = []
    for each in rows:
        line = lines.get(each.request_id) if each.request_id else None
        others = [side for side in line.parties if side != party] if line is not None else []
        shown.append(
            {
                "placement": each, "names": sentences.names(others) if others else _("A room that you booked"),
                "span": f"{sentences.clock(each.begins_at, row.zone)}–{sentences.clock(each.ends_at, row.zone)}",
                "room": wordings.choose(each.room_words, language()), "swaps": asked.get(each.pk, []),
                "said": sentences.moved(each.before, each.begins_at, each.why, row.zone) if each.before else "",
            }
        )  # fmt: skip
    held = [line for line in lines.values() if line.code == "accepted"]
    placed = {each.request_id for each in rows}
    left = [line for line in held if line.row.pk not in placed and line.agreed is None] if rows else []
    context = {
        "meeting": row, "shown": shown, "held": len(held), "share": own_share(row, party, current=False),
        "left": [sentences.names(side for side in line.parties if side != party) for line in left],
    }  # fmt: skip
    return render(request, "bilaterals/review.html", context)


@door(GET=DELEGATES, POST=DELEGATES)
def swap(request: HttpRequest, format: str, meeting: str, placement: UUID) -> HttpResponse:
    """Ask the secretariat for a change of one's own day."""
    row = place(request, format, meeting)
    one = (
        Placement.objects.filter(meeting=row, pk=placement, cancelled=False)
        .select_related("request", "booking")
        .first()
    )
    if one is None:
        raise Http404
    form = SwapForm(sent(request))
    page = Asking(
        request, title=_("Ask for a change"), form=form, action=_("Ask"), back=address("bilateral_review", row),
        what=_("The secretariat reads it, and answers with the next draft. The other side does not read it."),
        about=_("Your day in the draft"),
    )  # fmt: skip

    def act() -> None:
        drafting.ask_swap(placement=one, note=form.cleaned_data["note"])

    return page.answer(act)
