"""The meeting pack: as a page for print, and as PDF. Made when asked for, by what the one who asks may read, and not kept."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override

from sofra.kernel import anyway, rooms
from sofra.kernel.doors import SEATED, SECRETARIAT, door
from sofra.kernel.engine.papers import PDF_TYPE
from sofra.kernel.pages import actor_of, download, language, open_to
from sofra.kernel.refusals import Refusal
from sofra.kernel.typesetting import CannotSet, set_paper
from sofra.lexicon.profiles import ProfileInForce
from sofra.meetings.commands.packs import LookedOver, issue_pack, issued, look_over
from sofra.meetings.commands.receipts import note_openings
from sofra.meetings.models import Meeting
from sofra.meetings.pack import documents_in, said, with_pages
from sofra.meetings.programme_lines import day_title
from sofra.meetings.queries.delegations import sitting_parties
from sofra.meetings.queries.profile import profile_of, require_profile
from sofra.meetings.views.places import address, meeting_or_404
from sofra.parties.formfields import OFFERED


@door(GET=SEATED, POST=SECRETARIAT)
def pack_page(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """The pack as a page for print; without a profile it is refused, with the reason.

    The secretariat's own pack is held where its words in it would break the meeting, until it says (POST) that it goes out.
    """
    row = meeting_or_404(request, format, meeting)
    open_to(request, "pack.make", row)
    if request.method == "POST":
        try:
            with anyway.asked(request):
                issue_pack(meeting=row, language=language())
            return HttpResponseRedirect(address("pack", row), status=303)
        except anyway.NeedsAnyway:
            return _held(request, row, look_over(row, language()), asked=True)
    try:
        looked = _looked(request, row)
        if looked is not None and not issued(row, looked):
            return _held(request, row, looked)
        context = {"pack": content_of(request, row), "places": looked.places(language()) if looked is not None else []}
    except Refusal as refusal:
        return _refused(request, row, refusal)
    _opened(request, row, with_files=False)
    return render(request, "meetings/pack/pack.html", {"meeting": row, **context})


@door(GET=SEATED)
def pack_paper(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """The pack as PDF. The same pack gives the same bytes."""
    row = meeting_or_404(request, format, meeting)
    open_to(request, "pack.make", row)
    try:
        looked = _looked(request, row)
        if looked is not None and not issued(row, looked):
            return _held(request, row, looked)
        pack = content_of(request, row)
        paper = set_paper(
            "pack", pack, language=language(), title=f"{pack['heading']} · {pack['title']['text']}",
            made=row.begins_at or datetime.combine(row.day, time(), UTC), marking=pack["marking"],
            running=pack["title"]["text"], held=with_pages(pack["sections"]),
        )  # fmt: skip
    except Refusal as refusal:
        return _refused(request, row, refusal)
    except CannotSet as fault:
        return _refused(request, row, Refusal(_("The pack could not be set: %(fault)s") % {"fault": fault}))
    _opened(request, row, with_files=True)
    return download(paper, PDF_TYPE, f"{format}-{meeting}-{language()}.pdf")


def packs_of(meeting: Meeting) -> list[tuple[str, str, str, str]]:
    """The pack in each language that is offered: the language's code and name, the addresses of its PDF and its page.

    None for a meeting that is over and had no profile: it can never have one made. While one is ahead, the page says what is
    missing.
    """
    if not meeting.open and profile_of(meeting) is None:
        return []
    names, found = dict(settings.LANGUAGES), []
    for code in OFFERED:
        with override(code):
            found.append((code, str(names[code]), address("pack_paper", meeting), address("pack", meeting)))
    return found


def content_of(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """The pack as plain data, for the one who asks. Raises Refusal where no profile lets names be printed."""
    here = language()
    named = [party for party, _capacity in sitting_parties(meeting)]
    profile = require_profile(meeting, [here], named)
    shown: Any = meeting
    where = [said(shown.worded.get(field))["text"] for field in ("venue", "city")]
    return {
        "heading": _("Meeting pack"),
        "marking": _marking(request, meeting),
        "format": said(shown.format.worded.get("name")),
        "title": said(shown.worded.get("title")),
        "when": day_title(meeting.day),
        "where": ", ".join(each for each in where if each),
        "level": str(meeting.get_level_display()),
        "contents": _("Contents"),
        "sections": rooms.pack_sections(meeting, here),
        "nothing": _("Nothing was released for this pack yet."),
        **_resting(profile, named, here),
    }


def _opened(request: HttpRequest, meeting: Meeting, *, with_files: bool) -> None:
    """Note for the reader's delegation that it opened the documents whose words stand in the pack."""
    if request.method == "GET" and actor_of(request).party_id is not None:
        note_openings(documents_in(meeting, language(), with_files=with_files))


def _resting(profile: ProfileInForce, named: list[Any], language: str) -> dict[str, Any]:
    notes = [f"{note.mark} {note.text}" for note in profile.footnotes_for(named, language)]
    return {"footnotes": notes, "basis": profile.basis_sentence(language)}


def _marking(request: HttpRequest, meeting: Meeting) -> str:
    if meeting.exercise:
        return _("Exercise: positions invented")
    if actor_of(request).observes(meeting.format_id):
        return _("For members, observers and the secretariat")
    return _("For members and the secretariat")


def _looked(request: HttpRequest, meeting: Meeting) -> LookedOver | None:
    """What is found in the pack that the secretariat makes. Nobody else's is looked over: it holds what went out already."""
    return look_over(meeting, language()) if actor_of(request).serves(meeting.format_id) else None


def _held(request: HttpRequest, meeting: Meeting, looked: LookedOver, *, asked: bool = False) -> HttpResponse:
    context = {"meeting": meeting, "held": True, "places": looked.places(language()), "asked": asked}
    return render(request, "meetings/pack/pack.html", context, status=422)


def _refused(request: HttpRequest, meeting: Meeting, refusal: Refusal) -> HttpResponse:
    return render(request, "meetings/pack/pack.html", {"meeting": meeting, "refused": refusal.sentence}, status=422)
