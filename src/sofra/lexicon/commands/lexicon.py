"""Carries a lexicon file into the house. Loading again changes nothing; what changed is audited with what was before."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models

from sofra.kernel import acting, policy, recording
from sofra.kernel.commands import command
from sofra.kernel.models import Audience, Held
from sofra.lexicon.engine import model
from sofra.lexicon.engine.model import Lexicon
from sofra.lexicon.models import Convention, Entity, EntityDesignation, LexiconSource, Objection

#: How many rows go to the database at a time.
_TOGETHER = 500


@dataclass
class LoadedLexicon:
    """What a load did, per table: how many rows are new, changed, or left the file; objections that cite no source."""

    added: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)
    uncited: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many rows were written."""
        return sum(sum(each.values()) for each in (self.added, self.changed, self.left))


@command
def load_lexicon(lexicon: Lexicon) -> LoadedLexicon:
    """Carry a lexicon that the engine read into the tables, as the house's own rows.

    What delegations and secretariats made in the house stays as it is. An objection that cites no source is nobody's: it is
    left out, and the answer names it. Raises NotAllowed unless the actor serves the house.
    """
    policy.require(acting.current(), "lexicon.load")
    load = _Load()
    load.table(LexiconSource, {each.key: _source(each) for each in lexicon.sources.values()})
    load.table(Entity, {each.id: {"kind": each.kind} for each in lexicon.entities.values()}, by="code")
    codes = dict(Entity.objects.values_list("code", "pk"))
    parents = {each.id: {"parent_id": codes.get(each.parent or "")} for each in lexicon.entities.values()}
    load.table(Entity, parents, by="code", leaving=False)
    load.table(EntityDesignation, _designations(lexicon, codes))
    cited = [each for each in lexicon.objections if each.source]
    load.table(Objection, {each.id: _objection(each, codes, order) for order, each in enumerate(cited)})
    conventions = lexicon.conventions.values()
    load.table(Convention, {each.id: _convention(each, order) for order, each in enumerate(conventions)})
    done = load.done
    done.uncited = [each.id for each in lexicon.objections if not each.source]
    if done.total:
        told = {"added": done.added, "changed": done.changed, "left": done.left, "uncited": done.uncited}
        recording.record_house("lexicon.loaded", None, {**told, "digest": lexicon.digest, "before": load.before})
    return done


def _source(row: model.Source) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("title", "publisher", "date", "note", "url")}


def _designations(lexicon: Lexicon, codes: Mapping[str, UUID]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for order, row in enumerate(lexicon.designations()):
        key = _digest(row.entity, row.language, row.script, row.form, row.kind, row.viewpoint or "")
        again = 2
        while key in found:
            key, again = _digest(key, str(again)), again + 1
        same = ("language", "script", "form", "kind", "paradigm", "case", "status", "abbreviation", "former", "derived")
        found[key] = {
            **{name: getattr(row, name) for name in same},
            "entity_id": codes[row.entity],
            "forms": [list(pair) for pair in row.forms],
            "contexts": [] if set(row.contexts) == set(model.CONTEXTS) else list(row.contexts),
            "viewpoint": row.viewpoint or "",
            "valid_from": row.valid_from.isoformat() if row.valid_from else "",
            "valid_to": row.valid_to.isoformat() if row.valid_to else "",
            "footnote": row.footnote or "",
            "source": row.source or "",
            "order": order,
        }
    return found


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:40]


def _objection(row: model.Objection, codes: Mapping[str, UUID], order: int) -> dict[str, Any]:
    term = row.term
    return {
        "viewpoint": row.viewpoint or "",
        "entity_id": codes[row.entity] if row.entity else None,
        "designations": list(row.designations),
        "kinds": list(row.kinds),
        "language": (term.language if term else row.language) or "",
        "term": term.form if term else "",
        "paradigm": term.paradigm if term else "",
        "forms": [list(pair) for pair in term.forms] if term else [],
        "severity": row.severity,
        "when": when_said(row.when),
        "reason": dict(row.reason),
        "alternatives": {language: list(found) for language, found in row.alternatives.items()},
        "source": row.source or "",
        "order": order,
    }


def when_said(when: model.When) -> dict[str, Any]:
    """The conditions of an objection as they stand in a file: those that are given."""
    found = {name: value for name, value in asdict(when).items() if value not in (None, ())}
    return {
        name: value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
        for name, value in found.items()
    }


def _convention(row: model.Convention, order: int) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "title": row.title,
        "text": dict(row.text),
        "context": row.context,
        "source": row.source or "",
        "order": order,
    }


class _Load:
    """One load: compares tables with what the file says, writes the difference, and remembers what was before."""

    def __init__(self) -> None:
        self.done = LoadedLexicon()
        self.before: dict[str, dict[str, Any]] = {}

    def table(
        self, table: type[Held], wanted: dict[str, dict[str, Any]], *, by: str = "key", leaving: bool = True
    ) -> None:
        """Bring the shipped rows of a table to what is wanted. What left the file stays, and is not current any more."""
        manager: models.Manager[Any] = table._default_manager
        rows = {getattr(row, by): row for row in manager.filter(owner_party__isnull=True, format__isnull=True)}
        label, ends = table._meta.model_name or "", hasattr(table, "current")
        new, changed = [], []
        for key, said in wanted.items():
            row = rows.get(key)
            told = {**said, "current": True} if ends else said
            if row is None:
                new.append(table(audience=Audience.PUBLIC, **{by: key}, **told))
            elif any(getattr(row, name) != value for name, value in told.items()):
                names = [name for name, value in told.items() if getattr(row, name) != value]
                self._note(label, key, {name: getattr(row, name) for name in names})
                self._set(row, told)
                changed.append(row)
        gone = [row for key, row in rows.items() if ends and leaving and self._left(row, key, wanted)]
        for row in gone:
            self._note(label, getattr(row, by), {"current": True})
            self._set(row, {"current": False})
        manager.bulk_create(new, batch_size=_TOGETHER)
        if changed or gone:
            columns = {name.removesuffix("_id") for said in wanted.values() for name in said} | {"version"}
            manager.bulk_update(
                [*changed, *gone], sorted(columns | ({"current"} if ends else set())), batch_size=_TOGETHER
            )
        for counts, found in ((self.done.added, new), (self.done.changed, changed), (self.done.left, gone)):
            if found:
                counts[label] = counts.get(label, 0) + len(found)

    @staticmethod
    def _left(row: Any, key: str, wanted: dict[str, dict[str, Any]]) -> bool:
        return bool(row.current) and key not in wanted and not key.startswith("house-")

    @staticmethod
    def _set(row: Any, said: dict[str, Any]) -> None:
        for name, value in said.items():
            setattr(row, name, value)
        row.version += 1

    def _note(self, label: str, key: str, before: dict[str, Any]) -> None:
        # The order of the file is no fact.
        told = {name: value for name, value in before.items() if name != "order"}
        if told:
            self.before.setdefault(label, {})[key] = told
