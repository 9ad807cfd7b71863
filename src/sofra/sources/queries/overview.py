"""The record from outside a meeting: its sections, its sources, what is kept back."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, Q

from sofra.sources.models import Claim, Discrepancy, Evidence, Source, Subject
from sofra.sources.queries.shelf import Fact, Told, facts_of
from sofra.sources.queries.wordings import Wordings

_KIND = Subject.Kind

#: Sections of the public record: by their place in the address, the kinds of subjects they show.
SECTIONS: dict[str, tuple[str, ...]] = {
    "formats": (_KIND.FORMAT,),
    "events": (_KIND.EVENT,),
    "mechanisms": (_KIND.MECHANISM, _KIND.INSTITUTION),
    "agreements": (_KIND.AGREEMENT, _KIND.PROJECT),
    "figures": (_KIND.FIGURE,),
    "statements": (_KIND.RELATION,),
    "people": (_KIND.PERSON,),
    "names": (_KIND.PARTY,),
    "places": (_KIND.PLACE, _KIND.GROUP),
}


@dataclass
class Counts:
    """How many entries each part of the record holds, of those the reader may read."""

    sections: dict[str, int]
    differences: int
    later: int
    documents: int
    reports: int


def counts() -> Counts:
    """Four counts, each one query."""
    kinds = dict(Subject.objects.order_by().values_list("kind").annotate(number=Count("pk")))
    sources = dict(Source.objects.order_by().values_list("kind").annotate(number=Count("pk")))
    return Counts(
        sections={name: sum(kinds.get(kind, 0) for kind in members) for name, members in SECTIONS.items()},
        differences=Discrepancy.objects.count(),
        later=Claim.objects.filter(current=True, predicate="later_report").count(),
        documents=sources.get(Source.Kind.DOCUMENT, 0),
        reports=sources.get(Source.Kind.LATER_REPORT, 0),
    )


@dataclass
class SubjectShown:
    """A subject with the facts about it; those of later reports stand apart."""

    subject: Subject
    name: Told | None
    note: Told | None
    kind: Told | None
    facts: list[Fact]
    later: list[Fact] = field(default_factory=list)
    meeting: str = ""

    @property
    def kept(self) -> bool:
        """Whether it is kept back from the public."""
        return self.subject.audience != "public"


def section_record(section: str, language: str) -> list[SubjectShown]:
    """The subjects of a section with their facts, in the record's order."""
    # Who was received, and where each stood in the photograph, is shown with the meeting.
    subjects = list(Subject.objects.filter(kind__in=SECTIONS[section]))
    wordings = Wordings([subject.pk for subject in subjects], language)
    facts = facts_of(
        Claim.objects.filter(subject__in=subjects).exclude(predicate__in=("attendance", "photo_position")), language
    )
    meetings = dict(Subject.objects.filter(kind=_KIND.MEETING).values_list("record_id", "slug"))
    held: dict[object, list[Fact]] = {}
    for fact in facts:
        held.setdefault(fact.claim.subject_id, []).append(fact)
    return [
        SubjectShown(
            subject=subject,
            name=wordings.get(subject.pk, "name"),
            note=wordings.get(subject.pk, "note"),
            kind=wordings.get(subject.pk, "kind"),
            facts=[fact for fact in held.get(subject.pk, []) if not fact.claim.later],
            later=[fact for fact in held.get(subject.pk, []) if fact.claim.later],
            meeting=meetings.get(subject.data.get("part_of"), ""),
        )
        for subject in subjects
    ]


@dataclass
class SourceShown:
    """A source with what is known of it and, on its own page, what it says."""

    source: Source
    title: Told | None
    date: Told | None
    note: Told | None
    defects: list[Told]
    style: list[Told]
    number: int = 0
    facts: list[Fact] = field(default_factory=list)


def sources_list(language: str) -> list[SourceShown]:
    """All sources with the number of facts each carries. Two queries."""
    said = Count("evidence", filter=Q(evidence__claim__current=True), distinct=True)
    rows = list(Source.objects.annotate(number=said))
    wordings = Wordings([row.pk for row in rows], language)
    return [_source(row, wordings, row.number) for row in rows]


def source_record(key: str, language: str) -> SourceShown | None:
    """A source with all it says; None where there is none such."""
    row = Source.objects.filter(key=key).first()
    if row is None:
        return None
    found = _source(row, Wordings([row.pk], language))
    said = Evidence.objects.filter(source=row).values("claim")
    found.facts = facts_of(Claim.objects.filter(pk__in=said), language)
    found.number = len(found.facts)
    return found


def _source(row: Source, wordings: Wordings, number: int = 0) -> SourceShown:
    return SourceShown(
        source=row,
        title=wordings.get(row.pk, "title"),
        date=wordings.get(row.pk, "date"),
        note=wordings.get(row.pk, "note"),
        defects=wordings.numbered(row.pk, "defect"),
        style=wordings.numbered(row.pk, "style"),
        number=number,
    )


def kept_back(language: str) -> list[Fact]:
    """Claims not public yet, for those who may read them: the secretariat and, once asked, the members."""
    return facts_of(Claim.objects.exclude(sensitivity="").exclude(audience="public"), language)
