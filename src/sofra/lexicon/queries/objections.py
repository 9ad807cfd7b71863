"""Reads of objections to designations and terms, and of a delegation's own red lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from sofra.kernel import acting
from sofra.kernel.models import Audience
from sofra.lexicon.models import Entity, Objection
from sofra.lexicon.queries.entities import names_of, sources_of, viewpoint_names

#: The gravest first.
GRAVEST = {Objection.Severity.BREAKS: 0, Objection.Severity.FOOTNOTE: 1, Objection.Severity.DISCOURAGED: 2}


def standing_objections() -> QuerySet[Objection]:
    """Objections that stand: not withdrawn, and, of the shipped ones, still in the file. What the actor may read of them."""
    return Objection.objects.filter(withdrawn_at=None, withdrawal=None, current=True)


def objections_against(entity: Entity, language: str) -> list[Objection]:
    """What is objected to about an entity, the gravest first, presented."""
    return present_objections(standing_objections().filter(entity=entity), language)


def objections_to_terms(language: str) -> list[Objection]:
    """What is objected to about words that name no entity, presented; no private red line."""
    rows = standing_objections().filter(entity=None).exclude(audience=Audience.DELEGATION)
    return present_objections(rows, language)


def red_lines(language: str) -> list[Objection]:
    """The red lines of the actor's own delegation, presented; those it withdrew come last."""
    party = acting.current().party_id
    if party is None:
        return []
    rows = Objection.objects.filter(owner_party_id=party, audience=Audience.DELEGATION)
    return sorted(present_objections(rows, language), key=lambda row: row.withdrawn_at is not None)


def own_red_lines() -> QuerySet[Objection]:
    """The red lines of the actor's own delegation that stand."""
    party = acting.current().party_id
    return standing_objections().filter(audience=Audience.DELEGATION, owner_party_id=party, owner_party__isnull=False)


def get_objection(key: UUID, language: str) -> Objection | None:
    """One objection, presented; None where the actor knows of none such."""
    found = present_objections(Objection.objects.filter(pk=key), language)
    return found[0] if found else None


def present_objections(rows: Iterable[Objection] | QuerySet[Objection], language: str) -> list[Objection]:
    """Objections with `who` objects, `cited` (the source), `said_reason`, `shown` (the entity) and `private`."""
    asked = rows.select_related("entity") if isinstance(rows, QuerySet) else rows
    found = sorted(asked, key=lambda row: GRAVEST.get(row.severity, 3))
    who = viewpoint_names((row.viewpoint for row in found), language)
    sources = sources_of(row.source for row in found)
    names = names_of({row.entity.pk: row.entity for row in found if row.entity is not None}.values(), language)
    for row in found:
        row.who = who.get(row.viewpoint, "")
        row.cited = sources.get(row.source)
        row.said_reason = in_language(row.reason, language)
        row.shown = names.get(row.entity_id) if row.entity_id else None
        row.private = row.audience == Audience.DELEGATION
        row.said = row.term or ", ".join(row.designations)
    return found


def in_language(texts: dict[str, str], language: str) -> tuple[str, str]:
    """A text for a reader, and its language: theirs if there is one, else English, else any; none is ("", "")."""
    for code in (language, "en", *sorted(texts)):
        if texts.get(code):
            return texts[code], code
    return "", ""


def as_file(rows: Iterable[Objection]) -> list[dict[str, Any]]:
    """Objections in the shape of a profile file ("sofra.profile/1"), for checking on one's own machine."""
    found = []
    for row in rows:
        said: dict[str, Any] = {"id": str(row.pk), "viewpoint": row.viewpoint, "severity": row.severity}
        if row.entity is not None:
            said["entity"] = row.entity.code
            if row.designations:
                said["designation"] = row.designations[0]
        else:
            said["term"] = {"language": row.language, "form": row.term}
            if row.paradigm:
                said["term"]["paradigm"] = row.paradigm
        for name in ("when", "reason", "alternatives"):
            if getattr(row, name):
                said[name] = getattr(row, name)
        if row.source or row.citation:
            said["source"] = row.citation or row.source
        found.append(said)
    return found
