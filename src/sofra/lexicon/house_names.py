"""The names that texts are searched for: those that ship with the package, and those that were admitted in the house.

The shipped ones are read once per process. What the house added is read per check, as far as the actor may read it, and
searched for beside them. What was made ready from it is kept under that very content: nobody is given a name that they
have not just read themselves.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from threading import RLock
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from sofra.lexicon.engine import loading, model
from sofra.lexicon.engine.forms import knows_paradigm
from sofra.lexicon.engine.joining import Joined
from sofra.lexicon.engine.matching import Matcher, in_texts
from sofra.lexicon.engine_rows import script_of
from sofra.lexicon.models import EntityDesignation, Ruling

# A matcher remembers what it met, and serves one thread at a time.
ONE_AT_A_TIME = RLock()
#: How many different sets of added names are kept ready: one per format and kind of reader, and some that just changed.
_READY = 16
_COLUMNS = (
    "entity__code", "entity__kind", "entity__parent__code", "language", "form", "kind", "paradigm", "forms", "case",
    "viewpoint", "standing", "contexts", "abbreviation", "former", "valid_from", "valid_to", "footnote", "source", "citation",
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """A lexicon and what finds its names in a text; use it under `ONE_AT_A_TIME`."""

    lexicon: model.Lexicon
    matcher: Matcher | Joined


@lru_cache(maxsize=1)
def _shipped() -> Known:
    lexicon = loading.load()
    return Known(lexicon, Matcher(lexicon))


def known(format_id: UUID | None = None) -> Known:
    """The names known to the actor; with `format_id` none that only another format has. One query."""
    added = _added(format_id)
    with ONE_AT_A_TIME:
        return _with(added) if added else _shipped()


def entities_in(text: str) -> set[str]:
    """The entities that a text names in any form, by code."""
    found = known()
    with ONE_AT_A_TIME:
        return {match.entity for match in found.matcher.find(text)}


def _added(format_id: UUID | None) -> tuple[model.Entity, ...]:
    """Entities with the designations that the house added to them and the actor may read.

    A proposal is none before it is admitted, not even for the delegation whose it is.
    """
    # What ships has no format, and what is proposed always has one.
    asked = EntityDesignation.objects.filter(format__isnull=False, current=True)
    if format_id is not None:
        asked = asked.filter(format_id=format_id)
    latest = Ruling.objects.filter(designation=OuterRef("pk")).order_by("-at").values("status")[:1]
    standing = asked.annotate(standing=Coalesce(Subquery(latest), F("status"))).filter(Q(standing__in=model.STATUSES))
    found: dict[tuple[str, str, str | None], list[model.Designation]] = {}
    for row in standing.order_by("entity__code", "key").values(*_COLUMNS):
        entity = (row["entity__code"], row["entity__kind"], row["entity__parent__code"])
        found.setdefault(entity, []).extend(_designations(row))
    return tuple(
        model.Entity(code, kind, parent, designations=tuple(forms)) for (code, kind, parent), forms in found.items()
    )


def _designations(row: dict[str, Any]) -> Iterable[model.Designation]:
    """A designation as the engines read it, and the same in the other script where its language has two."""
    language, form = row["language"], row["form"]
    one = model.Designation(
        entity=row["entity__code"],
        language=language,
        script=script_of(form),
        form=form,
        kind=row["kind"],
        # Without one that inflects it, the form is looked for as it stands.
        paradigm="" if knows_paradigm(language, row["paradigm"], form) else row["paradigm"],
        forms=tuple((label, text) for label, text in row["forms"]),
        case=row["case"],
        viewpoint=row["viewpoint"] or None,
        status=row["standing"],
        contexts=tuple(row["contexts"]) or model.CONTEXTS,
        abbreviation=row["abbreviation"],
        former=row["former"],
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"], last=True),
        footnote=row["footnote"] or None,
        source=row["source"] or row["citation"] or None,
    )
    other = loading.other_script(one)
    return [one] if other is None else [one, other]


def _day(text: str, *, last: bool = False) -> date | None:
    """The first or last day of a year, a month or a day; None for none."""
    if not text:
        return None
    year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
    month = month or (12 if last else 1)
    return date(year, month, day or (monthrange(year, month)[1] if last else 1))


@lru_cache(maxsize=_READY)
def _with(added: tuple[model.Entity, ...]) -> Known:
    """The shipped lexicon with what was added to it. Only the added names are made ready anew."""
    shipped = _shipped()
    entities = dict(shipped.lexicon.entities)
    for each in added:
        there = entities.get(each.id)
        entities[each.id] = (
            each if there is None else replace(there, designations=(*there.designations, *each.designations))
        )
    lexicon = replace(shipped.lexicon, entities=entities)
    names = in_texts(name for each in added for name in each.designations)
    assert isinstance(shipped.matcher, Matcher)
    return Known(lexicon, Joined(shipped.matcher, Matcher(lexicon, names)))
