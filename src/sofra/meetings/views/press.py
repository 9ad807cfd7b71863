"""The press desk of a meeting, its pieces, and their letters."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from sofra.kernel import policy
from sofra.kernel.doors import SEATED, SECRETARIAT, door
from sofra.kernel.pages import actor_of, download, language, open_to
from sofra.kernel.refusals import Refusal
from sofra.kernel.typesetting import CannotSet
from sofra.lexicon.naming import order_parties
from sofra.meetings import press_letters
from sofra.meetings.models import Meeting, PressKind, PressPiece
from sofra.meetings.queries import press as queries
from sofra.meetings.queries.captions import (
    Caption,
    caption_languages,
    changed_since,
    places_of,
)
from sofra.meetings.queries.captions import (
    render as render_caption,
)
from sofra.meetings.queries.press import DRAFT, FIXED, RUNNING, Strand, get_piece, media_of, strand_of, strands_of
from sofra.meetings.queries.procedure import acts_on
from sofra.meetings.views.places import meeting_or_404

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "eml": "message/rfc822",
}


@door(GET=SECRETARIAT)
def desk(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """All that is written for the press, what was issued and what is to come."""
    row = meeting_or_404(request, format, meeting)
    open_to(request, "press.write", row)
    strands = strands_of(row, language())
    again = {piece.pk for piece in queries.to_look_at([row])}
    groups = [
        {"kind": kind, "label": label, "strands": [each for each in strands if each.head.kind == kind]}
        for kind, label in PressKind.choices
    ]
    for strand in strands:
        seen: Any = strand.head
        seen.again = any(version.pk in again for version in strand.versions)
    media = media_of(row, language())
    versions: list[Any] = [version for strand in strands for version in strand.versions]
    coming = [issue for version in versions for issue in version.issued if issue.state == "scheduled"]
    context = {
        "meeting": row,
        "groups": groups,
        "media": media,
        "accredited": sum(each.state == "accredited" for each in media),
        "waiting": sum(each.state == "asked" for each in media),
        "coming": sorted(coming, key=lambda issue: issue.readable_from),
    }
    return render(request, "meetings/press/desk.html", context)


def place(request: HttpRequest, format: str, meeting: str, piece: UUID) -> tuple[Meeting, Any]:
    """The meeting and the version of an address; 404 where the reader knows of none such."""
    row = meeting_or_404(request, format, meeting)
    one = get_piece(row, piece, language())
    if one is None:
        raise Http404
    return row, one


@door(GET=SEATED)
def piece(request: HttpRequest, format: str, meeting: str, piece: UUID) -> HttpResponse:
    """A piece: one version of it with its clearance or its places, and the others."""
    row, one = place(request, format, meeting, piece)
    strand = strand_of(row, one.line, language())
    assert strand is not None
    shown: Any = next(each for each in strand.versions if each.pk == one.pk)
    writes = bool(policy.decide(actor_of(request), "press.write", row))
    clearance = shown.clearance
    context = {
        "meeting": row,
        "piece": shown,
        "others": [each for each in strand.versions if each.pk != one.pk],
        "number": len(strand.versions) - strand.versions.index(shown),
        "writes": writes,
        "ways": ways(request, strand, shown),
        "missing": [code for code in caption_languages(row) if code not in {code for code, _t, _b in shown.contents}],
        "waiting": order_parties(clearance.waiting, language()) if clearance else [],
        "asked": order_parties(list(shown.readers), language()) if clearance else [],
        "mine": [act for act in acts_on([one.pk]) if act.owner_party_id == actor_of(request).party_id]
        if clearance and actor_of(request).party_id
        else [],
        "may_answer_late": writes,
        **(_caption(shown) if one.kind == PressKind.CAPTION and writes else {}),
        "letters": _letters(shown) if writes else [],
    }
    return render(request, "meetings/press/piece.html", context)


def _caption(one: PressPiece) -> dict[str, Any]:
    places = places_of([one])[one.pk]
    stood = {(each.row, each.place): each for each in places}
    rows = [[stood.get((row, place)) for place in range(1, most + 1)] for row, most in enumerate(one.rows, 1)]
    refused, found = "", Caption()
    try:
        found = render_caption(one, caption_languages(one.meeting), places)
    except Refusal as refusal:
        refused = str(refusal.sentence)
    changed = changed_since([one]).get(one.pk, []) if any(each.withdrawn_at is None for each in one.issued) else []  # type: ignore[attr-defined]
    again = [each.delegate.name for each in found.again if each.delegate is not None]
    return {"photo": rows, "caption": found, "refused": refused, "again": list(dict.fromkeys([*again, *changed]))}


def _letters(one: Any) -> list[tuple[str, str]]:
    issue = press_letters.standing(one)
    return [(code, kind) for code in issue.content["texts"] for kind in MEDIA_TYPES] if issue is not None else []


def ways(request: HttpRequest, strand: Strand, one: Any) -> list[tuple[str, bool]]:
    """What the actor can do with one version now: (route, whether it is grave). The template words them."""
    actor = actor_of(request)
    found: list[tuple[str, bool]] = []
    clearance = one.clearance
    if policy.decide(actor, "press.write", one.meeting):
        lines, caption = one.kind == PressKind.LINES, one.kind == PressKind.CAPTION
        if one.state == DRAFT:
            found += [("press_places", False)] if caption else []
            found += [("press_send", False)] if lines else [("press_issue", False)]
            found += [("press_edit", False), ("press_drop", True)]
        if one.state == FIXED:
            taken = {each.to for each in one.issued if each.withdrawn_at is None}
            if lines and clearance.state == queries.CLEARED and not clearance.pending and len(taken) < 2:
                found.append(("press_issue", False))
            if strand.next_allowed and one.pk == strand.head.pk:
                found.append(("press_next", False))
            if lines and clearance.state == RUNNING:
                found.append(("press_stop", True))
    if clearance is not None and clearance.procedure is not None and policy.decide(actor, "press.clear", one):
        objecting = {act.owner_party_id for act in clearance.objections}
        consenting = {act.owner_party_id for act in clearance.consents}
        enters = actor.party_id is None
        if clearance.state == RUNNING and (enters or actor.party_id not in consenting):
            found.append(("press_consent", False))
        if (
            clearance.state == RUNNING or (enters and clearance.state == queries.CLEARED)
        ) and actor.party_id not in objecting:
            found.append(("press_object", True))
        if objecting and (enters or actor.party_id in objecting):
            found.append(("press_lift", False))
    return found


@door(GET=SECRETARIAT)
def letter(request: HttpRequest, format: str, meeting: str, piece: UUID, language: str, kind: str) -> HttpResponse:
    """What is issued as a letter to the media, with the embargo's line on top: PDF, DOCX, or a file for a mail program."""
    row, one = place(request, format, meeting, piece)
    open_to(request, "press.write", row)
    issue = press_letters.standing(one)
    if issue is None or kind not in MEDIA_TYPES or language not in issue.content["texts"]:
        raise Http404
    try:
        data = press_letters.write(issue, language, kind)
    except (Refusal, CannotSet) as refused:
        said = refused.sentence if isinstance(refused, Refusal) else refused
        return render(
            request, "meetings/press/refused.html", {"meeting": row, "piece": one, "refused": said}, status=422
        )
    return download(data, MEDIA_TYPES[kind], f"{format}-{meeting}-{one.kind}-{language}.{kind}")
