"""What a reader sees of a meeting's documents: only ever what was released to them, and what is their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sofra.kernel import wordings
from sofra.kernel.acting import Actor
from sofra.kernel.commands import database_now
from sofra.kernel.models import Held
from sofra.lexicon import naming
from sofra.meetings.models import Document, DocumentAnswer, DocumentFile, Meeting, Opened, Opening, ReceiptRule
from sofra.parties.entering import attach_entries

DRAFT, WITHDRAWN, ASKED, ANSWERED = "draft", "withdrawn", "asked", "answered"
SCHEDULED, CURRENT, SUPERSEDED, RECALLED = "scheduled", "current", "superseded", "recalled"


@dataclass
class Line:
    """A document with the versions of it that the reader may know of, newest first.

    `versions` were released to the reader (or by them), `scheduled` will be, `drafts` and `papers` (of a delegation) are
    being written. `head` is what stands for the line in a list.
    """

    key: UUID
    versions: list[Document] = field(default_factory=list)
    scheduled: list[Document] = field(default_factory=list)
    drafts: list[Document] = field(default_factory=list)
    papers: list[Document] = field(default_factory=list)

    @property
    def current(self) -> Document | None:
        """The version that stands."""
        return next((row for row in self.versions if row.state == CURRENT), None)  # type: ignore[attr-defined]

    @property
    def head(self) -> Document:
        """The row a list shows: what stands, else what comes, else what is being written, else what was recalled."""
        for rows in ([self.current] if self.current else [], self.scheduled, self.drafts, self.papers, self.versions):
            if rows:
                return rows[0]
        raise ValueError("a line has a row")

    @property
    def known(self) -> bool:
        """Whether anything of it was released already."""
        return bool(self.versions)

    @property
    def rows(self) -> list[Document]:
        """Everything of it."""
        return [*self.versions, *self.scheduled, *self.drafts, *self.papers]


def documents_of(meeting: Meeting, language: str, only: UUID | None = None) -> list[Line]:
    """The documents of a meeting, in the order of their kinds and instants. Queries do not grow with them."""
    found = Document.objects.filter(meeting=meeting).select_related("meeting__format")
    rows = list(found.filter(line=only) if only else found)
    stand(rows, language)
    lines: dict[UUID, Line] = {}
    for row in rows:
        line = lines.setdefault(row.line, Line(row.line))
        state = row.state  # type: ignore[attr-defined]
        places = {SCHEDULED: line.scheduled, DRAFT: line.drafts, WITHDRAWN: line.drafts}
        if row.owner_party_id is not None:
            line.papers.append(row)
        else:
            places.get(state, line.versions).append(row)
    for line in lines.values():
        for group in (line.versions, line.scheduled, line.drafts, line.papers):
            group.sort(key=lambda row: (row.withdrawn_at is None, row.released_at or row.made_at), reverse=True)
        _supersede(line.versions)
    order = {kind: place for place, kind in enumerate(Document.Kind.values)}
    return sorted(lines.values(), key=lambda line: (order[line.head.kind], line.head.made_at, line.key))


def _supersede(versions: list[Document]) -> None:
    standing = [row for row in versions if row.state == CURRENT]  # type: ignore[attr-defined]
    for row in standing[1:]:
        row.state = SUPERSEDED  # type: ignore[attr-defined]


def line_of(meeting: Meeting, key: UUID, language: str) -> Line | None:
    """One document; None where the reader knows of none such."""
    return next(iter(documents_of(meeting, language, key)), None)


def get_document(meeting: Meeting, key: UUID, language: str) -> Document | None:
    """One version, as `stand` leaves it; None where the reader knows of none such."""
    row = Document.objects.select_related("meeting__format").filter(meeting=meeting, pk=key).first()
    if row is not None:
        stand([row], language)
    return row


def stand(rows: list[Document], language: str) -> None:
    """Give documents `worded`, `texts`, `file_rows`, `languages`, `state` (before superseding), `reply`, `entered`."""
    texts = wordings.of(rows)
    files: dict[UUID, dict[str, DocumentFile]] = {}
    for held in DocumentFile.objects.filter(document__in=rows, file__isnull=False).select_related("file"):
        files.setdefault(held.document_id, {})[held.language] = held
    papers = [row for row in rows if row.asked_at is not None]
    answers = {each.document_id: each for each in DocumentAnswer.objects.filter(document__in=papers)} if papers else {}
    wordings.attach(answers.values(), language) if answers else None
    now = database_now()
    for row in rows:
        seen: Any = row
        seen.texts = texts.get(row.pk, {})
        seen.worded = {name: wordings.choose(by, language) for name, by in seen.texts.items()}
        seen.file_rows = {} if row.recalled_at else files.get(row.pk, {})
        written = {} if row.recalled_at else {code: text for code, text in seen.texts.get("text", {}).items() if text}
        seen.contents = _contents(seen, written, language)
        seen.contents_in_place = bool(written)
        seen.reply = answers.get(row.pk)
        seen.state = _state(row, now, seen.reply)
    attach_entries(rows)


def _contents(row: Any, written: dict[str, str], language: str) -> list[dict[str, Any]]:
    codes = sorted({*written, *row.file_rows}, key=lambda code: (code != language, code != "en", code))
    titles = row.texts.get("title", {})
    return [
        {
            "language": code,
            "title": titles.get(code, ""),
            "text": written.get(code, ""),
            "held": row.file_rows.get(code),
        }
        for code in codes
    ]


def _state(row: Document, now: datetime, answer: DocumentAnswer | None) -> str:
    if row.withdrawn_at is not None:
        return WITHDRAWN
    if row.owner_party_id is not None:
        return ANSWERED if answer else ASKED if row.asked_at else DRAFT
    if row.released_at is None:
        return DRAFT
    if row.released_at > now:
        return SCHEDULED
    return RECALLED if row.recalled_at is not None else CURRENT


def openings_of(rows: Iterable[Document]) -> list[Opening]:
    """When the reader's own delegation opened some versions; nobody else's is ever found."""
    return list(Opening.objects.filter(document__in=list(rows)).select_related("seat__account"))


def opened_by(rows: Iterable[Document]) -> dict[UUID, list[UUID]]:
    """Which delegations opened some versions, as far as the format agreed that the secretariat knows: {document: parties}."""
    found: dict[UUID, list[UUID]] = {}
    for document, party in Opened.objects.filter(document__in=list(rows)).values_list("document_id", "owner_party_id"):
        if party is not None:
            found.setdefault(document, []).append(party)
    return found


def receipt_rule(format_id: UUID | None, language: str) -> ReceiptRule | None:
    """What the format agreed about receipts, with its basis worded; None where it agreed to nothing yet."""
    if format_id is None:
        return None
    row = ReceiptRule.objects.filter(format_id=format_id).first()
    if row is not None:
        wordings.attach([row], language)
    return row


def names_a_party(document: Held) -> bool:
    """Whether the words of a row (a document, a piece for the press) hold a form of a party's name that the record knows."""
    texts = wordings.of([document]).get(document.pk, {})
    return naming.named_in(" ".join(text for by in texts.values() for text in by.values()))


def waiting_documents(actor: Actor, language: str) -> tuple[list[Document], list[Document], list[Document]]:
    """For the desk: releases set for an instant ahead, papers to answer, and what was released and not opened yet."""
    now = database_now()
    live = Document.objects.select_related("meeting__format").filter(withdrawn_at__isnull=True)
    scheduled: list[Document] = []
    asked: list[Document] = []
    unread: list[Document] = []
    if actor.is_secretariat:
        scheduled = list(live.filter(owner_party=None, released_at__gt=now))
        asked = list(live.filter(owner_party__isnull=False, asked_at__isnull=False, answer=None))
    elif actor.party_id is not None and actor.seat_id is not None:
        opened = Opening.objects.filter(seat_id=actor.seat_id).values("document_id")
        unread = list(
            live.filter(owner_party=None, released_at__lte=now, recalled_at__isnull=True)
            .exclude(meeting__status__in=(Meeting.Status.CLOSED, Meeting.Status.CANCELLED))
            .exclude(pk__in=opened)
            .order_by("released_at")[:20]
        )
    rows = [*scheduled, *asked, *unread]
    wordings.attach([*rows, *(row.meeting for row in rows)], language)
    return scheduled, asked, unread
