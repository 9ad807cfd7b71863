"""What a reader sees of a meeting's outcomes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sofra.kernel import wordings
from sofra.kernel.models import Wording
from sofra.meetings.models import Act, Meeting, Outcome
from sofra.meetings.queries.procedure import (
    acts_on,
    adopted,
    explain,
    late_entries_of,
    running,
    standing_acts,
    versions_of,
)
from sofra.meetings.queries.publicity import word_meetings

DRAFT, WAITING, RELEASED, PUBLISHED, WITHDRAWN = "draft", "waiting", "released", "published", "withdrawn"


def outcomes_of(meeting: Meeting, language: str) -> list[Outcome]:
    """The outcomes of a meeting the actor may read, in their order, each as `stand` leaves it. Queries do not grow with them."""
    rows = list(Outcome.objects.filter(meeting=meeting).select_related("meeting__format"))
    order = {kind: place for place, kind in enumerate(Outcome.Kind.values)}
    rows.sort(key=lambda row: (order[row.kind], row.number or 0, row.made_at))
    stand(rows, language)
    return rows


def stand(rows: list[Outcome], language: str) -> None:
    """Give outcomes `worded`, `texts`, `statuses`, `versions`, `adopted`, `running`, `objections`, `late_entries`."""
    subjects = [row.pk for row in rows]
    texts, versions, acts = texts_of(rows), versions_of(subjects), acts_on(subjects)
    objections = standing_acts(acts, Act.Kind.OBJECT)
    late = late_entries_of([version.procedure for version in versions], acts, language)
    for row in rows:
        mine = [version for version in versions if version.subject_id == row.pk]
        row.texts = texts.get(row.pk, {})  # type: ignore[attr-defined]
        row.worded = {  # type: ignore[attr-defined]
            name: wordings.choose({code: text[name] for code, text in row.texts.items()}, language)  # type: ignore[attr-defined]
            for name in ("title", "body")
        }
        row.versions, row.adopted, row.running = mine, adopted(mine), running(mine)  # type: ignore[attr-defined]
        row.objections = [act for act in objections if act.subject_id == row.pk]  # type: ignore[attr-defined]
        row.late_entries = [each for each in late if each.procedure.subject_id == row.pk]  # type: ignore[attr-defined]
    explain(objections, language)


def texts_of(rows: Iterable[Outcome]) -> dict[UUID, dict[str, dict[str, str]]]:
    """The texts of outcomes: {outcome: {language: {title, body, status, translator}}}, in one query."""
    found: dict[UUID, dict[str, dict[str, str]]] = {}
    for row in Wording.objects.filter(subject_id__in=[row.pk for row in rows]).exclude(text="").order_by("language"):
        empty = {"title": "", "body": "", "status": "", "translator": ""}
        text = found.setdefault(row.subject_id, {}).setdefault(row.language, empty)
        text[row.field] = row.text
        # A language is a draft while any of its texts is one.
        text["status"] = Wording.Status.DRAFT if Wording.Status.DRAFT in (row.status, text["status"]) else row.status
        text["translator"] = text["translator"] or row.translator
    return found


def get_outcome(meeting: Meeting, key: UUID, language: str) -> Outcome | None:
    """One outcome of a meeting, as `stand` leaves it; None where the reader knows of none such."""
    row = Outcome.objects.select_related("meeting__format").filter(meeting=meeting, pk=key).first()
    if row is not None:
        stand([row], language)
    return row


def fingerprint(texts: dict[str, Any]) -> str:
    """Tells whether what was seen is still what stands."""
    return hashlib.sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()


def published_outcomes(language: str, most: int = 50) -> list[Outcome]:
    """What meetings published, newest first; for the public."""
    rows = list(
        Outcome.objects.filter(published_at__isnull=False, withdrawn_at__isnull=True)
        .select_related("meeting__format")
        .order_by("-published_at")[:most]
    )
    stand(rows, language)
    word_meetings([row.meeting for row in rows], language)
    return rows
