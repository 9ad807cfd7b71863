"""Facts with all that stands beside them: wordings, sources, comments, what later reports say to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from sofra.sources.models import Claim, Comment, Discrepancy, Evidence, Release, Source, Subject
from sofra.sources.queries.wordings import Told, Wordings

__all__ = ["ClaimRecord", "Difference", "Fact", "Told", "claim_record", "differences", "facts_of", "later_reports"]


@dataclass
class Mark:
    """That a source carries a fact, words it differently or is silent on it."""

    source: Source
    title: Told | None
    bearing: str
    bearing_word: str
    language: str
    locator: str
    note: Told | None

    @property
    def later(self) -> bool:
        """Whether the source is a later report."""
        return self.source.is_later


@dataclass
class Touch:
    """That a later report says something to this: which, and what it does to it."""

    effect: str
    id: UUID
    title: Told | None


@dataclass
class Fact:
    """A claim as a page shows it."""

    claim: Claim
    subject: Told | None
    text: Told | None
    note: Told | None
    as_of_text: Told | None
    extra: dict[str, Told | None]
    marks: list[Mark]
    comments: list[Comment] = field(default_factory=list)
    touched: list[Touch] = field(default_factory=list)
    touches: list[Touch] = field(default_factory=list)

    @property
    def id(self) -> UUID:
        """The claim's id, for its page and anchor."""
        return self.claim.pk

    @property
    def data(self) -> dict[str, Any]:
        """What the claim says, in structure."""
        return dict(self.claim.data)

    @property
    def kept(self) -> bool:
        """Whether the claim is kept back from the public."""
        return self.claim.audience != "public"

    @property
    def touches_by_effect(self) -> dict[str, list[Touch]]:
        """What a later report does, and to which claims."""
        found: dict[str, list[Touch]] = {}
        for touch in self.touches:
            found.setdefault(touch.effect, []).append(touch)
        return found

    @property
    def documents(self) -> list[str]:
        """Keys of the sources that say it."""
        return [mark.source.key for mark in self.marks if mark.bearing != Evidence.Bearing.SILENT]


def facts_of(claims: QuerySet[Claim], language: str) -> list[Fact]:
    """Facts in the record's order. Six queries, however many facts."""
    rows = list(claims.filter(current=True).select_related("subject"))
    return _facts(rows, language)


def _facts(rows: list[Claim], language: str) -> list[Fact]:
    ids = [row.pk for row in rows]
    evidence = list(Evidence.objects.filter(claim__in=ids).select_related("source"))
    spoken = {row.record_id for row in rows}
    sayings = list(
        Claim.objects.filter(current=True, predicate="later_report")
        .exclude(touches=[])
        .only("pk", "record_id", "touches", "order")
    )
    touched_ids = {touch["to"] for row in rows for touch in row.touches}
    aimed = (
        list(Claim.objects.filter(current=True, record_id__in=touched_ids).only("pk", "record_id"))
        if touched_ids
        else []
    )
    wordings = Wordings(
        {
            *ids,
            *(row.subject_id for row in rows),
            *(piece.pk for piece in evidence),
            *(piece.source_id for piece in evidence),
            *(row.pk for row in sayings),
            *(row.pk for row in aimed),
        },
        language,
    )
    marks: dict[UUID, list[Mark]] = {}
    for piece in evidence:
        marks.setdefault(piece.claim_id, []).append(_mark(piece, wordings))
    comments: dict[str, list[Comment]] = {}
    beside = Comment.objects.filter(claim__record_id__in=spoken, withdrawn_at=None).select_related(
        "owner_party", "claim"
    )
    for comment in beside:
        comments.setdefault(comment.claim.record_id, []).append(comment)
    touched: dict[str, list[Touch]] = {}
    for saying in sayings:
        for touch in saying.touches:
            one = Touch(touch["effect"], saying.pk, wordings.get(saying.pk, "text"))
            touched.setdefault(touch["to"], []).append(one)
    targets = {row.record_id: row.pk for row in aimed}
    return [
        Fact(
            claim=row,
            subject=wordings.get(row.subject_id, "name"),
            text=wordings.get(row.pk, "text"),
            note=wordings.get(row.pk, "note"),
            as_of_text=wordings.get(row.pk, "as_of"),
            extra={name: wordings.get(row.pk, name) for name in ("title", "said", "speaker")},
            marks=marks.get(row.pk, []),
            comments=comments.get(row.record_id, []),
            touched=touched.get(row.record_id, []),
            touches=[
                Touch(touch["effect"], targets[touch["to"]], wordings.get(targets[touch["to"]], "text"))
                for touch in row.touches
                if touch["to"] in targets
            ],
        )
        for row in rows
    ]


def _mark(piece: Evidence, wordings: Wordings) -> Mark:
    return Mark(
        source=piece.source,
        title=wordings.get(piece.source_id, "title"),
        bearing=piece.bearing,
        bearing_word=piece.get_bearing_display(),
        language=piece.language,
        locator=piece.locator,
        note=wordings.get(piece.pk, "note"),
    )


def later_reports(language: str) -> list[Fact]:
    """What later reports say, each as a whole; its parts stand with what they are about."""
    return facts_of(Claim.objects.filter(predicate="later_report"), language)


@dataclass
class SideShown:
    """A side of a discrepancy, with the facts it rests on that the reader may read."""

    label: str
    sources: list[str]
    text: Told | None
    facts: list[tuple[UUID, Told | None]]


@dataclass
class Difference:
    """A discrepancy as a page shows it."""

    row: Discrepancy
    about: Told | None
    explanation: Told | None
    resolution: Told | None
    sides: list[SideShown]
    later: list[tuple[UUID, Told | None]]

    @property
    def kept(self) -> bool:
        """Whether it is kept back from the public."""
        return self.row.audience != "public"


def differences(language: str, subjects: Iterable[str] | None = None, claims: Iterable[str] = ()) -> list[Difference]:
    """Discrepancies, all or those about some subjects or claims (record ids). Four queries."""
    rows = Discrepancy.objects.select_related("subject").prefetch_related("sides")
    if subjects is not None:
        rows = rows.filter(Q(subject__record_id__in=list(subjects)) | Q(sides__claims__overlap=list(claims))).distinct()
    found = list(rows)
    named = {each for row in found for side in row.sides.all() for each in side.claims}
    named |= {each for row in found for each in row.later_reports}
    claim_ids = dict(Claim.objects.filter(current=True, record_id__in=named).values_list("record_id", "pk"))
    wordings = Wordings(
        {row.pk for row in found} | {side.pk for row in found for side in row.sides.all()} | set(claim_ids.values()),
        language,
    )

    def facts(ids: list[str]) -> list[tuple[UUID, Told | None]]:
        return [(claim_ids[each], wordings.get(claim_ids[each], "text")) for each in ids if each in claim_ids]

    return [
        Difference(
            row=row,
            about=wordings.get(row.pk, "about"),
            explanation=wordings.get(row.pk, "explanation"),
            resolution=wordings.get(row.pk, "resolution"),
            sides=[
                SideShown(side.label, side.sources, told, facts(side.claims))
                for side in row.sides.all()
                if (told := wordings.get(side.pk, "text"))
            ],
            later=facts(row.later_reports),
        )
        for row in found
    ]


@dataclass
class ClaimRecord:
    """A claim with its history, its parts, and who has released it."""

    fact: Fact
    earlier: list[Fact]
    parts: list[Fact]
    about: list[tuple[Subject, Told | None]]
    differences: list[Difference]
    releases: list[Release]


def claim_record(claim_id: UUID, language: str) -> ClaimRecord | None:
    """All that stands with one claim; None where there is none that the reader may read."""
    claim = Claim.objects.select_related("subject", "superseded_by").filter(pk=claim_id).first()
    if claim is None:
        return None
    others = list(
        Claim.objects.select_related("subject")
        .filter(Q(record_id=claim.record_id) | Q(part_of=claim.record_id, current=True))
        .exclude(pk=claim.pk)
        .order_by("order", "-recorded_at")
    )
    facts = {fact.id: fact for fact in _facts([claim, *others], language)}
    about = list(Subject.objects.filter(record_id__in=[*claim.about, claim.subject.record_id]))
    wordings = Wordings([subject.pk for subject in about], language)
    return ClaimRecord(
        fact=facts[claim.pk],
        earlier=[facts[row.pk] for row in others if row.record_id == claim.record_id],
        parts=[facts[row.pk] for row in others if row.record_id != claim.record_id],
        about=[(subject, wordings.get(subject.pk, "name")) for subject in about],
        differences=differences(language, [], [claim.record_id]),
        releases=list(Release.objects.filter(claim=claim).select_related("owner_party")) if claim.sensitivity else [],
    )
