"""The day card of one principal: to be read, printed, taken as PDF or into a calendar. Names by the meeting's profile."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID, uuid5

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sofra.bilaterals.commands.common import PRINCIPALS
from sofra.bilaterals.models import Level
from sofra.bilaterals.queries.days import Entry, day_of
from sofra.bilaterals.sentences import clock
from sofra.bilaterals.views.common import BOTH, address, language, members, place
from sofra.kernel.doors import door
from sofra.kernel.engine.papers import PDF_TYPE
from sofra.kernel.models import Party
from sofra.kernel.pages import UNPROCESSABLE, actor_of, download
from sofra.kernel.refusals import Refusal
from sofra.kernel.typesetting import CannotSet, set_paper
from sofra.lexicon.naming import party_name
from sofra.lexicon.profiles import ProfileInForce
from sofra.meetings.engine.calendar import Event, write_calendar
from sofra.meetings.models import Meeting
from sofra.meetings.queries.profile import require_profile


def _day(
    request: HttpRequest, format: str, meeting: str, party: UUID, level: str
) -> tuple[Meeting, Party, list[Entry]]:
    """The day of a page: one's own delegation's, or any for the secretariat."""
    row = place(request, format, meeting)
    found = next((each for each in members(row) if each.pk == party), None)
    actor = actor_of(request)
    if found is None or level not in Level.values or not (actor.party_id == party or actor.serves(row.format_id)):
        raise Http404
    return row, found, day_of(row, party, level, language())


@door(GET=BOTH)
def day(request: HttpRequest, format: str, meeting: str, party: UUID, level: str) -> HttpResponse:
    """The day card on the screen."""
    row, found, entries = _day(request, format, meeting, party, level)
    context = {"meeting": row, "whose": found, "level": level, "level_words": Level(level).label, "entries": entries,
               "levels": Level.choices}  # fmt: skip
    return render(request, "bilaterals/day.html", context)


@door(GET=BOTH)
def day_print(request: HttpRequest, format: str, meeting: str, party: UUID, level: str) -> HttpResponse:
    """The day card as a paper. Refused, with the reason, where no profile says how parties are named."""
    row, found, entries = _day(request, format, meeting, party, level)
    context: dict[str, Any] = {"meeting": row, "whose": found, "level": level, "level_words": Level(level).label}
    try:
        profile = _profile(row, found, entries)
    except Refusal as refusal:
        return render(
            request, "bilaterals/day_print.html", context | {"refused": refusal.sentence}, status=UNPROCESSABLE
        )
    named = _named(row, found, entries)
    context |= {
        "entries": entries, "footnotes": profile.footnotes_for(named, language()), "basis": profile.basis_sentence(language()),
    }  # fmt: skip
    return render(request, "bilaterals/day_print.html", context)


@door(GET=BOTH)
def day_pdf(request: HttpRequest, format: str, meeting: str, party: UUID, level: str) -> HttpResponse:
    """The day card as PDF."""
    row, found, entries = _day(request, format, meeting, party, level)
    try:
        profile = _profile(row, found, entries)
        paper = set_paper(
            "plain", _content(row, found, level, entries, profile), language=language(), title=_("Day card"),
            made=row.begins_at or datetime.combine(row.day, time(), UTC),
            marking=_("Exercise: positions invented") if row.exercise else "",
        )  # fmt: skip
    except (Refusal, CannotSet) as fault:
        refused = fault.sentence if isinstance(fault, Refusal) else _("The paper could not be set: %s") % fault
        context = {"title": _("Day card"), "refused": refused, "back": address("bilaterals", row)}
        return render(request, "meetings/refused.html", context, status=UNPROCESSABLE)
    return download(paper, PDF_TYPE, f"day-{format}-{meeting}-{level}-{language()}.pdf")


@door(GET=BOTH)
def day_ics(request: HttpRequest, format: str, meeting: str, party: UUID, level: str) -> HttpResponse:
    """The day card for a calendar. Unlike the feed it names the counterpart: it is taken by hand, under a profile alone."""
    row, found, entries = _day(request, format, meeting, party, level)
    try:
        _profile(row, found, entries)
    except Refusal as refusal:
        context = {"title": _("Day card"), "refused": refusal.sentence, "back": address("bilaterals", row)}
        return render(request, "meetings/refused.html", context, status=UNPROCESSABLE)
    body = write_calendar(_("Bilaterals"), [_event(row, each) for each in entries], language())
    return download(body, "text/calendar; charset=utf-8", f"day-{format}-{meeting}-{level}.ics")


def _named(row: Meeting, whose: Party, entries: list[Entry]) -> list[Party]:
    keys = {whose.pk, *(other for each in entries for other in each.others)}
    return [each for each in members(row) if each.pk in keys]


def _profile(row: Meeting, whose: Party, entries: list[Entry]) -> ProfileInForce:
    return require_profile(row, [language()], _named(row, whose, entries))


def _with(entry: Entry) -> str:
    if entry.line is None:
        return _("A room of your own booking")
    return ", ".join(party_name(each, language()).text for each in entry.others)


def _place(entry: Entry) -> str:
    return str(entry.room) if not entry.room.missing else entry.where


def _content(row: Meeting, whose: Party, level: str, entries: list[Entry], profile: ProfileInForce) -> dict[str, Any]:
    lines: list[tuple[str, list[str]]] = []
    for each in entries:
        told = [f"{clock(each.begins, row.zone)}–{clock(each.ends, row.zone)}", _with(each), _place(each), each.team]
        lines.append((" · ".join(filter(None, told)), [each.purpose.text] if each.purpose is not None else []))
    here = language()

    def run(text: str) -> dict[str, Any]:
        return {"text": text, "language": here, "style": ""}

    blocks: list[dict[str, Any]] = []
    for head, more in lines:
        blocks.append({"kind": "heading", "lines": [[run(head)]]})
        blocks += [{"kind": "paragraph", "lines": [[run(text)]]} for text in more]
    notes = [f"{note.mark} {note.text}" for note in profile.footnotes_for(_named(row, whose, entries), here)]
    blocks += [{"kind": "paragraph", "lines": [[run(note)]]} for note in (*notes, profile.basis_sentence(here))]
    title = f"{party_name(whose, here).text} · {Level(level).label} · {row.day.isoformat()}"
    return {"heading": {"text": title, "language": here}, "blocks": blocks}


def _event(row: Meeting, entry: Entry) -> Event:
    if entry.line is not None:
        uid = entry.line.row.uid
    else:
        assert entry.placement is not None
        uid = uuid5(PRINCIPALS, str(entry.placement.booking_id))
    title = _with(entry)
    about = [_("Exercise: positions invented")] if row.exercise else []
    if entry.purpose is not None:
        about.append(entry.purpose.text)
    placed = entry.placement
    stamp = (placed.published_at if placed is not None else None) or entry.begins
    return Event(
        f"{uid}@sofra", _("Exercise: %(title)s") % {"title": title} if row.exercise else title, entry.begins, entry.ends,
        row.zone, stamp, placed.sequence if placed is not None else 0, False, _place(entry), "\n".join(about),
    )  # fmt: skip
