"""Pages that are read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from sofra.kernel import acting, policy
from sofra.kernel.doors import ANYONE, DELEGATES, SECRETARIAT, door
from sofra.sources import queries, words
from sofra.sources.models import Comment


def _language() -> str:
    return get_language() or "en"


@door(GET=ANYONE)
def home(request: HttpRequest) -> HttpResponse:
    """The record's own front page."""
    counts = queries.counts()
    sections = [(name, title, about, counts.sections[name]) for name, (title, about) in words.SECTIONS.items()]
    context = {
        "meetings": queries.past_meetings(_language()),
        "sections": sections,
        "counts": counts,
        "may_read_kept": acting.current().role in SECRETARIAT | DELEGATES,
    }
    return render(request, "sources/home.html", context)


@door(GET=ANYONE)
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """A past meeting with all that the record holds of it."""
    record = queries.meeting_record(slug, _language())
    if record is None:
        raise Http404
    return render(request, "sources/meeting.html", {"record": record})


@door(GET=ANYONE)
def section(request: HttpRequest, section: str) -> HttpResponse:
    """A section of the record: events, mechanisms, figures and so on."""
    title, about = words.SECTIONS[section]
    context = {"section": section, "title": title, "about": about, "rows": queries.section_record(section, _language())}
    special = {"figures": "sources/figures.html", "names": "sources/names.html", "people": "sources/people.html"}
    return render(request, special.get(section, "sources/section.html"), context)


@door(GET=ANYONE)
def differences(request: HttpRequest) -> HttpResponse:
    """Where sources differ, or seem to."""
    rows = queries.differences(_language())
    context = {
        "real": [row for row in rows if not row.row.apparent],
        "apparent": [row for row in rows if row.row.apparent],
    }
    return render(request, "sources/differences.html", context)


@door(GET=ANYONE)
def later(request: HttpRequest) -> HttpResponse:
    """What later reports say, apart from the five documents."""
    return render(request, "sources/later.html", {"facts": queries.later_reports(_language())})


@door(GET=SECRETARIAT | DELEGATES)
def kept(request: HttpRequest) -> HttpResponse:
    """Claims kept back, for those who may read them; first those that wait for a delegation's word, or for the members'."""
    actor = acting.current()
    waiting = {
        asked.claim.pk: asked
        for asked in queries.asked_for_release(_language())
        if actor.party_id is None or actor.party_id in asked.members - asked.released
    }
    facts = queries.kept_back(_language())
    context = {
        "asked": [(fact, waiting[fact.id].standing) for fact in facts if fact.id in waiting],
        "facts": [fact for fact in facts if fact.id not in waiting],
        "own_party": actor.party_id is not None,
    }
    return render(request, "sources/kept.html", context)


@door(GET=ANYONE)
def sources(request: HttpRequest) -> HttpResponse:
    """All sources: the documents, then later reports."""
    rows = queries.sources_list(_language())
    context = {
        "documents": [row for row in rows if row.source.kind == "document"],
        "reports": [row for row in rows if row.source.kind == "later_report"],
        "editors": [row for row in rows if row.source.kind.startswith("editors")],
    }
    return render(request, "sources/sources.html", context)


@door(GET=ANYONE)
def source(request: HttpRequest, key: str) -> HttpResponse:
    """A source with what is known of it and all it says."""
    row = queries.source_record(key, _language())
    if row is None:
        raise Http404
    return render(request, "sources/source.html", {"row": row})


@door(GET=ANYONE)
def claim(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """One claim, with its history and what parties say beside it."""
    record = queries.claim_record(claim_id, _language())
    if record is None:
        raise Http404
    return render(request, "sources/claim.html", claim_context(record))


def claim_context(record: queries.ClaimRecord) -> dict[str, Any]:
    """What the page of a claim needs: the record, and what its reader may do."""
    actor, row = acting.current(), record.fact.claim
    own = actor.party_id is not None
    return {
        "record": record,
        "fact": record.fact,
        "comments": [(comment, _may_change(actor, comment)) for comment in record.fact.comments],
        "may_comment": bool(policy.decide(actor, "record.comment", row)),
        "may_ask": bool(policy.decide(actor, "record.ask_release", row)),
        "may_release": bool(policy.decide(actor, "record.release", row))
        and not (own and any(release.owner_party_id == actor.party_id for release in record.releases)),
        "own_party": own,
    }


def _may_change(actor: acting.Actor, comment: Comment) -> bool:
    return bool(policy.decide(actor, "record.change_comment", comment))
