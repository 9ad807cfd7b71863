"""What a reader sees of an agenda: items with what parties said about them, versions, what waits."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q

from sofra.kernel import wordings
from sofra.kernel.models import Party
from sofra.meetings.engine.ordering import Difference, arranged, difference
from sofra.meetings.engine.procedure import consent_complete
from sofra.meetings.models import (
    Act,
    AgendaItem,
    AgendaOrder,
    FrozenVersion,
    HandedUp,
    LateEntry,
    Meeting,
    Suggestion,
    Theme,
)
from sofra.meetings.queries.procedure import (
    acts_on,
    adopted,
    explain,
    late_entries_of,
    running,
    standing_acts,
    versions_of,
)
from sofra.parties.entering import attach_entries
from sofra.parties.queries.formats import members_on

#: What of a line makes it another wording of the same item.
TEXTS = ("title", "note", "urgency")
DRAFT, SUBMITTED, LATE, ADOPTED, WITHDRAWN = "draft", "submitted", "late", "adopted", "withdrawn"


@dataclass
class Agenda:
    """An agenda as one reader may see it. `items` stand on it in the chair's order; `late` wait for consent."""

    meeting: Meeting
    items: list[AgendaItem]
    late: list[AgendaItem]
    drafts: list[AgendaItem]
    withdrawn: list[AgendaItem]
    versions: list[FrozenVersion]
    objections: list[Act]
    members: list[Party]
    order_version: int = 0
    adopted: FrozenVersion | None = None
    running: FrozenVersion | None = None
    texts: dict[UUID, dict[str, dict[str, str]]] = field(default_factory=dict)
    late_entries: list[LateEntry] = field(default_factory=list)

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The lines that would be frozen if the agenda were put to adoption now."""
        return [line_of(item, self.texts.get(item.pk, {})) for item in self.items]

    @property
    def difference(self) -> Difference:
        """What the items differ in from the version that holds; nothing where none was adopted."""
        if self.adopted is None:
            return Difference()
        return difference(self.adopted.content["lines"], self.lines, TEXTS)

    @property
    def fingerprint(self) -> str:
        """Tells whether what was seen is still what stands."""
        return hashlib.sha256(json.dumps(self.lines, sort_keys=True).encode()).hexdigest()

    def every(self) -> list[AgendaItem]:
        """All items the reader may know of."""
        return [*self.items, *self.late, *self.drafts, *self.withdrawn]

    def under_silence(self, item_id: UUID) -> bool:
        """Whether an item stands in the version under silence."""
        return self.running is not None and item_id in line_ids(self.running)


def line_of(item: AgendaItem, texts: dict[str, dict[str, str]]) -> dict[str, Any]:
    """An item word for word, as a version keeps it."""
    return {
        "item": str(item.pk),
        "title": texts.get("title", {}),
        "note": texts.get("note", {}),
        "urgency": item.urgency,
        "proposer": str(item.owner_party_id),
        "cosponsors": sorted(str(act.owner_party_id) for act in item.cosponsors),  # type: ignore[attr-defined]
        "themes": [str(theme) for theme in item.themes],
    }


def line_ids(version: FrozenVersion | None) -> set[UUID]:
    """The items a version holds."""
    return {UUID(line["item"]) for line in version.content["lines"]} if version is not None else set()


def agenda_of(meeting: Meeting, language: str) -> Agenda:
    """The agenda of a meeting, for the actor. Its number of queries does not grow with its items."""
    handed = list(HandedUp.objects.filter(meeting=meeting).values_list("item_id", flat=True))
    rows = list(AgendaItem.objects.filter(Q(meeting=meeting) | Q(pk__in=handed)).select_related("meeting"))
    versions = versions_of([meeting.pk])
    acts = acts_on([meeting.pk, *(row.pk for row in rows)])
    order = AgendaOrder.objects.filter(meeting=meeting).first()
    assert meeting.format is not None
    found = Agenda(
        meeting, [], [], [], [], versions, [], members_on(meeting.format), order.version if order else 0,
        adopted(versions), running(versions), wordings.of(rows),
    )  # fmt: skip
    _stand(found, rows, acts, set(handed))
    found.items = _in_order(found.items, order.items if order else [])
    found.objections = [act for act in standing_acts(acts, Act.Kind.OBJECT) if act.subject_id == meeting.pk]
    _word(found, rows, language)
    found.late_entries = late_entries_of([version.procedure for version in versions], acts, language)
    explain([*found.objections, *(act for row in rows for act in row.objections)], language)  # type: ignore[attr-defined]
    return found


def _in_order(items: list[AgendaItem], order: list[UUID]) -> list[AgendaItem]:
    by_id = {item.pk: item for item in items}
    return [by_id[key] for key in arranged(list(by_id), order)]


def _stand(found: Agenda, rows: list[AgendaItem], acts: list[Act], handed: set[UUID]) -> None:
    said: dict[str, dict[UUID, list[Act]]] = {}
    for kind in (Act.Kind.COSPONSOR, Act.Kind.OBJECT, Act.Kind.CONSENT, Act.Kind.WITHDRAW):
        for act in standing_acts(acts, kind):
            said.setdefault(kind, {}).setdefault(act.subject_id, []).append(act)
    holding, members = line_ids(found.adopted), {party.pk for party in found.members}
    places = {
        DRAFT: found.drafts,
        SUBMITTED: found.items,
        ADOPTED: found.items,
        LATE: found.late,
        WITHDRAWN: found.withdrawn,
    }
    for row in rows:
        row.cosponsors = said.get(Act.Kind.COSPONSOR, {}).get(row.pk, [])  # type: ignore[attr-defined]
        row.objections = said.get(Act.Kind.OBJECT, {}).get(row.pk, [])  # type: ignore[attr-defined]
        row.consents = said.get(Act.Kind.CONSENT, {}).get(row.pk, [])  # type: ignore[attr-defined]
        row.withdrawals = said.get(Act.Kind.WITHDRAW, {}).get(row.pk, [])  # type: ignore[attr-defined]
        row.handed_up = row.pk in handed  # type: ignore[attr-defined]
        row.consenting = {row.owner_party_id, *(act.owner_party_id for act in row.consents)}  # type: ignore[attr-defined]
        row.missing = [party for party in found.members if party.pk not in row.consenting]  # type: ignore[attr-defined]
        row.complete = consent_complete(  # type: ignore[attr-defined]
            members,
            row.consenting,  # type: ignore[attr-defined]
            [act.owner_party_id for act in row.objections],  # type: ignore[attr-defined]
        )
        row.state = _state(row, holding)  # type: ignore[attr-defined]
        places[row.state].append(row)  # type: ignore[attr-defined]


def _state(row: AgendaItem, holding: set[UUID]) -> str:
    if row.withdrawals:  # type: ignore[attr-defined]
        return WITHDRAWN
    if row.submitted_at is None:
        return DRAFT
    if row.pk in holding:
        return ADOPTED
    return LATE if holding else SUBMITTED


def _word(found: Agenda, rows: list[AgendaItem], language: str) -> None:
    themes = {theme.pk: theme for theme in all_themes(language)}
    for row in rows:
        texts = found.texts.get(row.pk, {})
        row.worded = {name: wordings.choose(by, language) for name, by in texts.items()}  # type: ignore[attr-defined]
        row.theme_rows = [themes[key] for key in row.themes if key in themes]  # type: ignore[attr-defined]
    attach_entries(rows)


def all_themes(language: str, *, retired: bool = True) -> list[Theme]:
    """The themes, with `worded`, in their order."""
    rows = list(Theme.objects.all() if retired else Theme.objects.filter(retired=False))
    wordings.attach(rows, language)
    return rows


def item_of(agenda: Agenda, key: UUID) -> AgendaItem | None:
    """An item of an agenda that was read already; None where the reader knows of none such."""
    return next((item for item in agenda.every() if item.pk == key), None)


def suggestions_on(items: Iterable[UUID], language: str) -> list[Suggestion]:
    """Suggested wordings for some items, oldest first, each with `worded`, `answer` (an act or None) and `entered`."""
    rows = list(Suggestion.objects.filter(item__in=list(items)).select_related("item"))
    wordings.attach(rows, language)
    answers: dict[UUID, Act] = {}
    for act in acts_on(row.pk for row in rows):
        if act.struck_at is None and act.kind in (Act.Kind.ACCEPT, Act.Kind.DECLINE):
            answers[act.subject_id] = act
    for row in rows:
        row.answer = answers.get(row.pk)  # type: ignore[attr-defined]
    attach_entries([*rows, *answers.values()])
    return rows


def history_of(agenda: Agenda, item: AgendaItem, language: str) -> list[Act]:
    """Everything said about an item, oldest first, with reasons and entries."""
    rows = acts_on([item.pk])
    explain(rows, language)
    return rows


def version_lines(version: FrozenVersion, language: str) -> list[dict[str, Any]]:
    """The lines of a frozen version for a reader: title and note worded, proposer and co-sponsors as identities."""
    themes = {str(theme.pk): theme for theme in all_themes(language)}
    return [
        {
            **line,
            "title": wordings.choose(line["title"], language),
            "note": wordings.choose(line["note"], language),
            "proposer": UUID(line["proposer"]),
            "cosponsors": [UUID(each) for each in line["cosponsors"]],
            "urgency": AgendaItem.Urgency(line["urgency"]).label,
            "theme_rows": [themes[key] for key in line["themes"] if key in themes],
        }
        for line in version.content["lines"]
    ]
