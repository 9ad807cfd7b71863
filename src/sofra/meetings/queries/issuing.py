"""Texts of a meeting as they were issued, and what was recorded from their passages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from sofra.kernel import rooms, wordings
from sofra.kernel.rooms import Card
from sofra.kernel.wordings import Worded
from sofra.meetings.models import Document, Issue, Meeting, Outcome, Passage, PublishedSession, Session
from sofra.meetings.queries.circulation import stand


def issues_of(outcomes: Iterable[Outcome], language: str) -> dict[UUID, list[Issue]]:
    """The issued versions of some outcomes, the newest first, each with its `document` as queries.circulation leaves it."""
    rows = list(Issue.objects.filter(outcome__in=[row.pk for row in outcomes]).order_by("-number"))
    documents = {
        row.pk: row
        for row in Document.objects.select_related("meeting__format").filter(pk__in=[each.document_id for each in rows])
    }
    stand(list(documents.values()), language)
    found: dict[UUID, list[Issue]] = {}
    for row in rows:
        if row.document_id in documents:
            row.document = documents[row.document_id]
            found.setdefault(row.outcome_id, []).append(row)
    return found


def get_issue(outcome: Outcome, key: UUID, language: str) -> Issue | None:
    """One issued version of an outcome, as `issues_of` leaves it; None where the reader knows of none such."""
    row = next((each for each in issues_of([outcome], language).get(outcome.pk, []) if each.pk == key), None)
    if row is not None:
        row.outcome = outcome
    return row


def said_now(issue: Issue) -> dict[str, str]:
    """The words of an issued version by language, as they were issued; a file has none."""
    texts: dict[str, dict[str, str]] = issue.document.texts  # type: ignore[attr-defined]
    return texts.get("text", {})


def changed_since(outcome: Any, issue: Issue) -> bool:
    """Whether the outcome says something else today, in a language in which it was issued with words."""
    titles: dict[str, str] = issue.document.texts.get("title", {})  # type: ignore[attr-defined]
    words = said_now(issue)
    for code, title in titles.items():
        text = outcome.texts.get(code)
        if text is None or text["title"] != title:
            return True
        if code in words and " ".join(text["body"].split()) != " ".join(words[code].split()):
            return True
    return False


@dataclass
class Recorded:
    """Something that was recorded from an issued text: the card of its row, and the passages it was taken from."""

    card: Card
    subject_type: str
    subject_id: UUID
    passages: list[Passage] = field(default_factory=list)


def recorded_from(issues: Iterable[Issue], language: str) -> dict[UUID, list[Recorded]]:
    """What was recorded from some issued texts, by issue, as far as the reader may read text and record."""
    found: dict[tuple[UUID, UUID], Recorded] = {}
    rows = list(Passage.objects.filter(issue__in=[each.pk for each in issues]).order_by("at", "language", "start"))
    by_type: dict[str, set[UUID]] = {}
    for row in rows:
        by_type.setdefault(row.subject_type, set()).add(row.subject_id)
    cards = {
        (label, key): card
        for label, ids in sorted(by_type.items())
        for key, card in rooms.cards(label, sorted(ids), language).items()
    }
    for row in rows:
        card = cards.get((row.subject_type, row.subject_id))
        if card is not None:
            place = found.setdefault((row.issue_id, row.subject_id), Recorded(card, row.subject_type, row.subject_id))
            place.passages.append(row)
    sorted_out: dict[UUID, list[Recorded]] = {}
    for (issue, _subject), each in found.items():
        sorted_out.setdefault(issue, []).append(each)
    return sorted_out


@dataclass
class Quoted:
    """Words something was recorded from, for its own page: the text, its version and instant, the session."""

    language: str
    quote: str
    title: Worded
    url: str
    number: int
    released_at: datetime | None
    zone: str
    session: Worded | None = None
    session_kind: Any = ""


def quoted_by(subjects: Iterable[UUID], language: str) -> dict[UUID, list[Quoted]]:
    """The passages some rows were recorded from, by row: only what the reader may read of the text itself.

    One query where there is none; five or six otherwise.
    """
    rows = list(Passage.objects.filter(subject_id__in=list(subjects)))
    if not rows:
        return {}
    issues = {
        row.pk: row
        for row in Issue.objects.select_related("document__meeting__format").filter(
            pk__in={each.issue_id for each in rows}
        )
    }
    wordings.attach([each.document for each in issues.values()], language)
    sessions = sessions_told({each.session_id for each in rows if each.session_id is not None}, language)
    found: dict[UUID, list[Quoted]] = {}
    for row in rows:
        issue = issues.get(row.issue_id)
        if issue is None:
            continue
        document: Any = issue.document
        title, kind = sessions.get(row.session_id, (None, "")) if row.session_id else (None, "")
        found.setdefault(row.subject_id, []).append(
            Quoted(
                row.language, row.quote, document.worded.get("title", Worded("", "", language)),
                address_of(document.meeting, document.line), issue.number, document.released_at, document.meeting.zone,
                title, kind,
            )
        )  # fmt: skip
    return found


def address_of(meeting: Meeting, line: UUID) -> str:
    """The page of a document."""
    assert meeting.format is not None
    return reverse("document", kwargs={"format": meeting.format.slug, "meeting": meeting.slug, "document": line})


def sessions_told(keys: set[UUID], language: str) -> dict[UUID, tuple[Worded | None, Any]]:
    """Sessions as the reader may know them, title and kind: as published, else the working row."""
    if not keys:
        return {}
    found: dict[UUID, tuple[Worded | None, Any]] = {}
    published = PublishedSession.objects.filter(session__in=keys, current=True)
    for key, content in published.values_list("session_id", "content"):
        title = wordings.choose(content.get("title", {}), language)
        found[key] = (title if title.text else None, Session.Kind(content["kind"]).label)
    left = list(Session.objects.filter(pk__in=keys - found.keys()))
    wordings.attach(left, language)
    for row in left:
        found[row.pk] = (row.worded.get("title"), row.get_kind_display())  # type: ignore[attr-defined]
    return found
