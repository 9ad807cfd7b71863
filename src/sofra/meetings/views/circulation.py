"""Documents of a meeting, to be read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from sofra.kernel import files, policy
from sofra.kernel.doors import SEATED, door
from sofra.kernel.models import Role
from sofra.kernel.pages import actor_of, language
from sofra.lexicon.naming import order_parties
from sofra.meetings.commands.receipts import note_opening
from sofra.meetings.engine.marking import blocks
from sofra.meetings.models import Document, DocumentFile, Issue, Meeting
from sofra.meetings.queries import circulation as queries
from sofra.meetings.queries.circulation import Line, documents_of, line_of
from sofra.meetings.views.places import meeting_or_404
from sofra.parties.queries.formats import members_on


@door(GET=SEATED)
def documents(request: HttpRequest, format: str, meeting: str) -> HttpResponse:
    """The documents of a meeting, as far as the reader may know of them."""
    row = meeting_or_404(request, format, meeting)
    actor = actor_of(request)
    lines = documents_of(row, language())
    mine = {each.document_id for each in queries.openings_of(doc for line in lines for doc in line.versions)}
    for line in lines:
        seen: Any = line
        seen.unopened = actor.party_id is not None and line.current is not None and line.current.pk not in mine
    context = {
        "meeting": row,
        "released": [line for line in lines if line.known],
        "coming": [line for line in lines if not line.known and line.scheduled],
        "asked": [line for line in lines if any(paper.state == queries.ASKED for paper in line.papers)],  # type: ignore[attr-defined]
        "drafts": [line for line in lines if not line.known and not line.scheduled and _being_written(line)],
        "may_write": bool(policy.decide(actor, "documents.write", row)),
        "may_propose": bool(policy.decide(actor, "documents.propose", row)),
        "rule": queries.receipt_rule(row.format_id, language()),
    }
    return render(request, "meetings/circulation/documents.html", context)


def _being_written(line: Line) -> bool:
    return bool(line.drafts) or any(paper.state != queries.ASKED for paper in line.papers)  # type: ignore[attr-defined]


def place(request: HttpRequest, format: str, meeting: str, document: UUID) -> tuple[Meeting, Line]:
    """The meeting and the document of an address; 404 where the reader knows of none such."""
    row = meeting_or_404(request, format, meeting)
    line = line_of(row, document, language())
    if line is None:
        raise Http404
    return row, line


def ways(actor: Any, one: Any) -> list[tuple[str, bool]]:
    """What the actor can do with one version now: (route, whether it is grave). The template words them."""
    found: list[tuple[str, bool]] = []
    if one.state == queries.DRAFT:
        if policy.decide(actor, "documents.release", one):
            found.append(("document_release", False))
        if one.owner_party_id is not None and policy.decide(actor, "documents.edit", one):
            found.append(("document_ask", False))
        if policy.decide(actor, "documents.edit", one):
            found.append(("document_edit", False))
        if policy.decide(actor, "documents.withdraw", one):
            found.append(("document_withdraw", True))
    if policy.decide(actor, "documents.release", one):
        if one.state == queries.SCHEDULED:
            found += [("document_move", False), ("document_cancel", True)]
        if one.state in (queries.CURRENT, queries.SUPERSEDED):
            found.append(("document_recall", True))
    if one.state == queries.ASKED:
        if policy.decide(actor, "documents.answer", one):
            found += [("document_circulate", False), ("document_decline", True)]
        if policy.decide(actor, "documents.own", one):
            found.append(("document_take_back", False))
    return found


@door(GET=SEATED)
def document(request: HttpRequest, format: str, meeting: str, document: UUID) -> HttpResponse:
    """A document: the version that stands, and those before it. Reading it is noted for the reader's delegation alone."""
    row, line = place(request, format, meeting, document)
    actor = actor_of(request)
    here = language()
    rule = queries.receipt_rule(row.format_id, here)
    openings = queries.openings_of(line.versions) if actor.party_id is not None else []
    opened = queries.opened_by(line.versions) if actor.serves(row.format_id) and rule and rule.openings_told else {}
    for one in line.rows:
        seen: Any = one
        seen.ways = ways(actor, one)
        for content in seen.contents:
            content["blocks"] = blocks(content["text"]) if content["text"] else []
        seen.openings = [each for each in openings if each.document_id == one.pk]
        seen.opened_by = order_parties(opened.get(one.pk, []), here)
    head = line.head
    may_next = (
        policy.decide(actor, "documents.write", row) and head.author_id is None and head.owner_party_id is None
        and head.kind != Document.Kind.OUTCOME and line.known and not line.drafts and not line.scheduled
    )  # fmt: skip
    writes = bool(policy.decide(actor, "documents.write", row))
    issued = writes and head.kind == Document.Kind.OUTCOME
    context = {
        "meeting": row,
        "issue": Issue.objects.filter(document=head).first() if issued else None,
        "line": line,
        "head": head,
        "may_next": may_next,
        "rule": rule,
        "told": bool(rule and rule.openings_told),
        "serves": actor.serves(row.format_id),
        "writes": actor.serves(row.format_id) or any(each.owner_party_id == actor.party_id for each in line.papers),
        "members": members_on(row.format) if opened and row.format else [],
    }
    response = render(request, "meetings/circulation/document.html", context)
    if request.method == "GET" and line.current is not None and line.current.contents_in_place:  # type: ignore[attr-defined]
        note_opening(line.current)
    return response


@door(GET=SEATED)
def document_file(request: HttpRequest, format: str, meeting: str, document: UUID, language: str) -> HttpResponse:
    """The file of one version in one language, to save. Opening it is noted for the reader's delegation alone."""
    row = meeting_or_404(request, format, meeting)
    one = Document.objects.select_related("meeting__format").filter(meeting=row, pk=document).first()
    held = DocumentFile.objects.filter(document=one, language=language).first() if one is not None else None
    found = files.read_file(held.file_id) if held is not None and held.file_id is not None else None
    if one is None or found is None:
        raise Http404
    if request.method == "GET" and actor_of(request).role in (Role.DELEGATE, Role.OBSERVER):
        note_opening(one)
    return files.as_download(*found)
