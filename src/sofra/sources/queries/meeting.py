"""A past meeting with all that the record holds of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from sofra.sources.models import Claim, Evidence, Subject
from sofra.sources.queries.shelf import Difference, Fact, Mark, Told, differences, facts_of
from sofra.sources.queries.wordings import Wordings


@dataclass
class PastMeeting:
    """A meeting in a list: its name, and the facts that say when and where it was."""

    subject: Subject
    name: Told | None
    date: Fact | None
    place: Fact | None


def past_meetings(language: str) -> list[PastMeeting]:
    """Meetings of which the record holds a date, the latest first."""
    subjects = list(Subject.objects.filter(kind=Subject.Kind.MEETING))
    wordings = Wordings([subject.pk for subject in subjects], language)
    facts = facts_of(Claim.objects.filter(subject__in=subjects, predicate__in=("date", "place"), later=False), language)
    found = []
    for subject in subjects:
        own = [fact for fact in facts if fact.claim.subject_id == subject.pk]
        date = next((fact for fact in own if fact.claim.predicate == "date" and fact.data.get("date")), None)
        place = next((fact for fact in own if fact.claim.predicate == "place"), None)
        if date is not None:
            found.append(PastMeeting(subject, wordings.get(subject.pk, "name"), date, place))
    return sorted(found, key=lambda each: each.date.data["date"] if each.date else "", reverse=True)


@dataclass
class Seen:
    """A person or a level that a source sees at a part of a meeting."""

    fact: Fact
    level: str
    person: Told | None
    spelling: str


@dataclass
class AttendanceRow:
    """A party's line: per column what is said of it."""

    party: str
    cells: list[list[Seen]]


@dataclass
class TopicRow:
    """An agenda topic: per document what it says."""

    fact: Fact
    cells: list[Mark | None]


@dataclass
class Order:
    """The order in which a source lists the parties."""

    fact: Fact
    parties: list[str]
    apart: set[str]


@dataclass
class NamesRow:
    """How the documents of a meeting write a party's name: per document, the forms, each with its language."""

    party: str
    cells: list[list[tuple[str, str]]]


@dataclass
class MeetingRecord:
    """What the record holds of a meeting, later reports apart."""

    subject: Subject
    name: Told | None
    basics: dict[str, list[Fact]]
    later_basics: dict[str, list[Fact]]
    columns: list[str]
    attendance: list[AttendanceRow]
    documents: list[Mark]
    topics: list[TopicRow]
    later_topics: list[Fact]
    messages: list[Fact]
    sides: list[Fact]
    orders: list[Order]
    photo: list[Fact]
    outcomes: list[Fact]
    bilaterals: list[Fact]
    later: list[Fact]
    differences: list[Difference]
    name_documents: list[str]
    names: list[NamesRow]
    persons: dict[str, Told | None] = field(default_factory=dict)


#: Columns of the attendance table: part of the meeting, and whose word it is.
COLUMNS = (
    ("session_expected", "session", False, {"expected"}),
    ("session_told", "session", False, {"reported", "confirmed", "cited", "opinion"}),
    ("session_later", "session", True, None),
    ("reception_told", "reception", False, None),
    ("reception_later", "reception", True, None),
)


def meeting_record(slug: str, language: str) -> MeetingRecord | None:
    """A meeting by its slug; None where the record holds none such."""
    subject = Subject.objects.filter(kind=Subject.Kind.MEETING, slug=slug).first()
    if subject is None:
        return None
    claims = Claim.objects.filter(Q(subject=subject) | Q(subject__data__part_of=subject.record_id))
    facts = facts_of(claims, language)
    persons = _persons(facts, language)
    by: dict[str, list[Fact]] = {}
    for fact in facts:
        by.setdefault(fact.claim.predicate, []).append(fact)
    columns, attendance = _attendance(by.get("attendance", []), persons)
    documents, topics = _topics(by.get("agenda_topic", []))
    name_documents, names = _names(facts, [row.party for row in attendance])
    basics = ("date", "place", "host", "chair")
    return MeetingRecord(
        subject=subject,
        name=Wordings([subject.pk], language).get(subject.pk, "name"),
        basics={name: [fact for fact in by.get(name, []) if not fact.claim.later] for name in basics if name in by},
        later_basics={
            name: late for name in basics if (late := [each for each in by.get(name, []) if each.claim.later])
        },
        columns=columns,
        attendance=attendance,
        documents=documents,
        topics=topics,
        later_topics=[fact for fact in by.get("agenda_topic", []) if fact.claim.later],
        messages=by.get("message", []),
        sides=by.get("side_event", []),
        orders=[
            Order(fact, fact.data.get("order", []), set(fact.data.get("apart", [])))
            for fact in by.get("listing_order", [])
        ],
        photo=sorted(by.get("photo_position", []), key=lambda fact: fact.data.get("position") or 99),
        outcomes=by.get("outcome", []),
        bilaterals=by.get("bilateral", []),
        later=by.get("later_report", []),
        differences=differences(
            language,
            [subject.record_id, *{fact.claim.subject.record_id for fact in facts}],
            [fact.claim.record_id for fact in facts],
        ),
        name_documents=name_documents,
        names=names,
        persons={person: told for person, (told, _) in persons.items()},
    )


_Persons = dict[str, tuple[Told | None, list[dict[str, Any]]]]


def _persons(facts: list[Fact], language: str) -> _Persons:
    wanted = {fact.data["person"] for fact in facts if fact.data.get("person")}
    rows = list(Subject.objects.filter(record_id__in=wanted))
    wordings = Wordings([row.pk for row in rows], language)
    return {row.record_id: (wordings.get(row.pk, "name"), row.data.get("spellings", [])) for row in rows}


def _attendance(facts: list[Fact], persons: _Persons) -> tuple[list[str], list[AttendanceRow]]:
    """Only columns in which something is said, and a line per party."""
    cells: dict[str, dict[str, list[Seen]]] = {}
    used: set[str] = set()
    for fact in facts:
        column = _column(fact)
        used.add(column)
        person, spellings = persons.get(fact.data.get("person", ""), (None, []))
        spelling = next(
            (
                each["form"]
                for each in spellings
                if set(each.get("sources", [])) & set(fact.documents) and "note" not in each
            ),
            "",
        )
        shown = Seen(fact, fact.data.get("level", ""), person, spelling)
        cells.setdefault(fact.data["party"], {}).setdefault(column, []).append(shown)
    columns = [name for name, *_ in COLUMNS if name in used]
    return columns, [AttendanceRow(party, [row.get(name, []) for name in columns]) for party, row in cells.items()]


def _column(fact: Fact) -> str:
    for name, part, later, modalities in COLUMNS:
        fits = modalities is None or fact.claim.modality in modalities
        if fact.data.get("part") == part and fact.claim.later == later and fits:
            return name
    return "session_told"


def _names(facts: list[Fact], parties: list[str]) -> tuple[list[str], list[NamesRow]]:
    """The documents that speak of this meeting, and how each writes the names of the parties."""
    documents = sorted({mark.source.key for fact in facts for mark in fact.marks if mark.source.kind == "document"})
    rows = Evidence.objects.filter(
        claim__current=True,
        claim__predicate="name_form",
        claim__subject__record_id__in=[f"party:{party}" for party in parties],
        source__key__in=documents,
    ).order_by("claim__order")
    forms: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for subject, key, data in rows.values_list("claim__subject__record_id", "source__key", "claim__data"):
        if data["use"] != "metonym":
            forms.setdefault((subject.removeprefix("party:"), key), []).append((data["form"], data["language"]))
    return documents, [NamesRow(party, [forms.get((party, key), []) for key in documents]) for party in parties]


def _topics(facts: Iterable[Fact]) -> tuple[list[Mark], list[TopicRow]]:
    """Documents that speak of topics, and per topic what each of them says."""
    own = [fact for fact in facts if not fact.claim.later]
    documents: dict[str, Mark] = {}
    for fact in own:
        for mark in fact.marks:
            documents.setdefault(mark.source.key, mark)
    columns = sorted(documents.values(), key=lambda mark: mark.source.order)
    rows = []
    for fact in own:
        said = {mark.source.key: mark for mark in fact.marks}
        rows.append(TopicRow(fact, [said.get(mark.source.key) for mark in columns]))
    return columns, rows
