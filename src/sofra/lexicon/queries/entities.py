"""Reads of the lexicon: entities and their names, designations with how they stand, what profiles agreed on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, QuerySet

from sofra.kernel import wordings
from sofra.lexicon import naming
from sofra.lexicon.engine.ordering import alphabetical
from sofra.lexicon.models import Convention, Designation, Entity, EntityDesignation, LexiconSource, Profile, Ruling

Status = EntityDesignation.Status
#: How a designation may stand and be one of the names an entity is shown by.
SHOWN = (Status.ADMITTED, Status.AGREED)
#: Languages that are written in two scripts under one code.
TWO_SCRIPTS = ("bs", "cnr")
#: How many entities a search answers at most.
MOST = 60


@dataclass(frozen=True)
class Named:
    """What an entity is shown by in one language: every current name side by side, none of them preferred."""

    text: str
    language: str

    def __str__(self) -> str:
        return self.text


def names_of(entities: Iterable[Entity], language: str) -> dict[UUID, Named]:
    """What entities are shown by. A party by the house's one way of naming it; others by all their names, side by side.

    Where the language has none, the English ones stand, and say so by their language. One query for all of them.
    """
    rows = list(entities)
    found: dict[UUID, Named] = {}
    others = []
    for row in rows:
        if row.kind == Entity.Kind.PARTY and naming.party_id(row.code) is not None:
            name = naming.party_name(row.code, language)
            found[row.pk] = Named(name.text, name.language)
        else:
            others.append(row.pk)
    if not others:
        return found
    by: dict[UUID, dict[str, list[tuple[bool, str]]]] = {}
    wanted = EntityDesignation.objects.filter(
        entity__in=others, kind=EntityDesignation.Kind.NAME, status__in=SHOWN, former=False, current=True
    )
    for key, tongue, short, form in wanted.values_list("entity_id", "language", "abbreviation", "form"):
        by.setdefault(key, {}).setdefault(tongue, []).append((short, form))
    for row in rows:
        if row.pk not in found:
            found[row.pk] = _side_by_side(by.get(row.pk, {}), language)
    return found


def _side_by_side(names: dict[str, list[tuple[bool, str]]], language: str) -> Named:
    for tongue in (language, naming.STAND_IN, *sorted(names)):
        if tongue in names:
            whole = [form for short, form in names[tongue] if not short] or [form for _short, form in names[tongue]]
            return Named(" / ".join(sorted(dict.fromkeys(whole), key=lambda each: alphabetical(each, tongue))), tongue)
    return Named("—", language)


def kinds() -> list[tuple[str, Any, int]]:
    """Every kind of entity with how many there are, in the order of the lexicon."""
    counted = dict(Entity.objects.filter(current=True).values_list("kind").annotate(number=Count("pk")).order_by())
    return [(value, label, counted.get(value, 0)) for value, label in Entity.Kind.choices]


def of_kind(kind: str, language: str) -> list[Entity]:
    """Entities of a kind with `shown`, in the alphabetical order of what they are shown by; parts know their `parent`."""
    rows = list(Entity.objects.filter(kind=kind, current=True).select_related("parent"))
    return presented(rows, language)


def presented(rows: list[Entity], language: str) -> list[Entity]:
    """Entities with `shown` and the `shown` of their parents, in alphabetical order."""
    names = names_of([*rows, *(row.parent for row in rows if row.parent is not None)], language)
    for row in rows:
        row.shown = names[row.pk]  # type: ignore[attr-defined]
        if row.parent is not None:
            row.parent.shown = names[row.parent.pk]  # type: ignore[attr-defined]
    return sorted(rows, key=lambda row: alphabetical(names[row.pk].text, language))


def search_entities(query: str, codes: Iterable[str], language: str) -> list[Entity]:
    """Entities that a query finds: by a part of any designation the actor may read, or by `codes` that the matcher found."""
    words = " ".join(query.split())[:200]
    return presented(list(_found_by(words, codes)[:MOST]), language) if words else []


def _found_by(words: str, codes: Iterable[str]) -> QuerySet[Entity]:
    by_form = EntityDesignation.objects.filter(form__icontains=words, current=True).values("entity_id")
    rows = Entity.objects.filter(pk__in=by_form) | Entity.objects.filter(code__in=list(codes))
    return rows.filter(current=True).select_related("parent").distinct()


def entities_after(
    after: UUID | None, most: int, *, query: str = "", codes: Iterable[str] = (), kind: str = ""
) -> list[Entity]:
    """Entities by their keys, from the one after `after` on: all, those of a kind, those that a query finds. One query."""
    words = " ".join(query.split())[:200]
    rows = _found_by(words, codes) if words else Entity.objects.filter(current=True).select_related("parent")
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(pk__gt=after) if after is not None else rows
    return list(rows.order_by("pk")[:most])


@dataclass
class Cell:
    """What one viewpoint calls an entity in one language: its current names, and apart from them every other form."""

    names: list[EntityDesignation] = field(default_factory=list)
    others: list[EntityDesignation] = field(default_factory=list)

    def take(self, row: EntityDesignation) -> None:
        """Put a designation where it stands."""
        # A name in the other script stands apart only where both scripts serve one language.
        twice = row.derived and row.language in TWO_SCRIPTS
        current = row.kind == EntityDesignation.Kind.NAME and not (row.former or twice)
        (self.names if current and row.standing in SHOWN else self.others).append(row)  # type: ignore[attr-defined]


@dataclass
class Line:
    """The designations of an entity in one language, by who uses them: a cell per viewpoint, in the order of the page."""

    language: str
    cells: list[Cell] = field(default_factory=list)


@dataclass
class Sheet:
    """An entity's page: lines per language with a column per viewpoint, what was proposed, what profiles agreed on."""

    viewpoints: list[str]
    lines: list[Line]
    proposals: list[EntityDesignation]
    sources: dict[str, LexiconSource]
    footnotes: dict[str, Convention]


def get_entity(key: UUID, language: str) -> Entity | None:
    """An entity with what it is shown by; None where there is none."""
    row = Entity.objects.select_related("parent").filter(pk=key).first()
    return presented([row], language)[0] if row is not None else None


def designations_of(entity: Entity) -> list[EntityDesignation]:
    """Every designation of an entity that the actor may read, each with its `history` and its `standing`. Two queries."""
    rows = list(EntityDesignation.objects.filter(entity=entity, current=True).order_by("order", "readable_from"))
    with_standing(rows)
    return rows


def with_standing(rows: Iterable[EntityDesignation]) -> None:
    """Give designations their `history` (rulings, oldest first) and `standing` (the latest one's, else their own)."""
    found: dict[UUID, list[Ruling]] = {}
    asked = list(rows)
    for ruling in Ruling.objects.filter(designation__in=asked).select_related("successor").order_by("at"):
        found.setdefault(ruling.designation_id, []).append(ruling)
    for row in asked:
        row.history = found.get(row.pk, [])  # type: ignore[attr-defined]
        row.standing = row.history[-1].status if row.history else row.status  # type: ignore[attr-defined]
        row.standing_label = Status(row.standing).label  # type: ignore[attr-defined]


def sheet_of(entity: Entity, language: str) -> Sheet:
    """An entity's designations side by side. Five queries, however many there are."""
    rows = designations_of(entity)
    wordings.attach([row for row in rows if row.format_id is not None], language)
    proposals = [row for row in rows if row.standing == Status.PROPOSED]  # type: ignore[attr-defined]
    listed = [row for row in rows if row.standing not in (Status.PROPOSED, Status.DECLINED)]  # type: ignore[attr-defined]
    viewpoints = sorted({row.viewpoint for row in listed})
    spoken = {row.language for row in listed}
    languages = [code for code, _name in settings.LANGUAGES if code in spoken]
    languages += sorted(spoken - set(languages))
    lines = [
        Line(code, [Cell() for _view in viewpoints]) for code in sorted(languages, key=lambda code: code != language)
    ]
    places = {line.language: line for line in lines}
    for row in listed:
        places[row.language].cells[viewpoints.index(row.viewpoint)].take(row)
    sources = sources_of(row.source for row in rows)
    for number, source in enumerate(sources.values(), 1):
        source.number = number  # type: ignore[attr-defined]
    return Sheet(viewpoints, lines, proposals, sources, footnotes_of(rows))


def footnotes_of(rows: Iterable[EntityDesignation]) -> dict[str, Convention]:
    """The footnotes that designations are used with, by key."""
    notes = {row.footnote for row in rows if row.footnote}
    return {row.key: row for row in Convention.objects.filter(key__in=notes)} if notes else {}


def sources_of(keys: Iterable[str]) -> dict[str, LexiconSource]:
    """Sources of the lexicon by key."""
    asked = {key for key in keys if key}
    return {row.key: row for row in LexiconSource.objects.filter(key__in=asked)} if asked else {}


def viewpoint_names(codes: Iterable[str], language: str) -> dict[str, str]:
    """Who stands behind viewpoints, by their codes: parties by name, other entities by theirs, what is neither as it is."""
    asked = sorted({code for code in codes if code})
    found = {code: naming.party_name(code, language).text for code in asked if naming.party_id(code) is not None}
    rest = [code for code in asked if code not in found]
    if rest:
        rows = list(Entity.objects.filter(code__in=rest))
        names = names_of(rows, language)
        found |= {row.code: names[row.pk].text for row in rows}
    return {code: found.get(code, code) for code in asked}


def agreed(entity: Entity, language: str) -> list[Designation]:
    """What profiles in force call a party, each with its `profile` and that one's `format`, as far as the actor reads them."""
    if entity.kind != Entity.Kind.PARTY:
        return []
    rows = Designation.objects.filter(
        party__code=entity.code, profile__state=Profile.State.STANDING, profile__ended_at=None, profile__exercise=False
    )
    found = list(rows.select_related("profile__format").order_by("profile__format", "-profile__number", "language"))
    formats = {row.profile.format_id: row.profile.format for row in found if row.profile.format is not None}
    wordings.attach(formats.values(), language)
    for row in found:
        if row.profile.format_id is not None:
            row.profile.format = formats[row.profile.format_id]
    latest = {row.profile.format_id: row.profile_id for row in reversed(found)}
    return [row for row in found if latest[row.profile.format_id] == row.profile_id]


def conventions(kind: str = "") -> list[Convention]:
    """Conventions as documents have them, kind by kind, with the `cited` source of each."""
    rows = list(Convention.objects.filter(current=True, **({"kind": kind} if kind else {})))
    rows.sort(key=lambda row: Convention.Kind.values.index(row.kind))
    sources = sources_of(row.source for row in rows)
    for row in rows:
        row.cited = sources.get(row.source)  # type: ignore[attr-defined]
    return rows
