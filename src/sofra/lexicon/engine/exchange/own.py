"""A lexicon as the JSON it is read from: nothing is lost, so that reading what was written gives the same lexicon."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from sofra.lexicon.engine.loading import FORMAT, other_script
from sofra.lexicon.engine.model import (
    CONTEXTS,
    Convention,
    Designation,
    Entity,
    Guard,
    Lexicon,
    Objection,
    Source,
    When,
)


def to_data(lexicon: Lexicon) -> dict[str, Any]:
    """The parsed form of a lexicon's file; `writing.dump` makes its text. Designations that the loader derives are left out,
    and words that guards took from a list stand in the guards themselves."""
    return {
        "format": FORMAT,
        "sources": {key: _source(each) for key, each in lexicon.sources.items()},
        "lists": {key: list(words) for key, words in lexicon.lists.items()},
        "entities": [_entity(each) for each in lexicon.entities.values()],
        "objections": [_objection(each) for each in lexicon.objections],
        "conventions": [_convention(each) for each in lexicon.conventions.values()],
    }


def designation(
    one: Designation, others: Iterable[Designation] = (), following: Designation | None = None
) -> dict[str, Any]:
    """A designation's line; `others` are those of its entity, by which it is seen whether it is written in both scripts. What
    the loader derived from it is the one `following`."""
    row = _filled(one, skip={"entity", "derived", "forms", "contexts", "case", "status", "kind"})
    row |= {"case": one.case, "status": one.status, "kind": one.kind}
    if one.forms:
        forms: dict[str, list[str]] = {}
        for label, text in one.forms:
            forms.setdefault(label, []).append(text)
        row["forms"] = forms
    if one.contexts != CONTEXTS:
        row["contexts"] = list(one.contexts)
    other = other_script(one)
    if other is not None:
        written = any(
            not each.derived
            and (each.language, each.script, each.form, each.kind)
            == (other.language, other.script, other.form, other.kind)
            for each in others
        )
        if not written and other != following:
            row["derive"] = False
    return row


def _filled(value: Any, skip: Iterable[str] = ()) -> dict[str, Any]:
    """A dataclass's fields that say something, as JSON writes them."""
    found: dict[str, Any] = {}
    for field in fields(value):
        held = getattr(value, field.name)
        if field.name in skip or held is None or held is False or held == () or held == "":
            continue
        if isinstance(held, date):
            held = held.isoformat()
        elif isinstance(held, tuple):
            held = list(held)
        elif isinstance(held, Mapping):
            if not held:
                continue
            held = {key: list(each) if isinstance(each, tuple) else each for key, each in held.items()}
        found[field.name] = held
    return found


def _source(one: Source) -> dict[str, Any]:
    return _filled(one, skip={"key"})


def _entity(one: Entity) -> dict[str, Any]:
    row = _filled(one, skip={"guards", "designations"})
    if one.guards:
        row["guards"] = [_guard(each) for each in one.guards]
    row["designations"] = [
        designation(each, one.designations, following)
        for each, following in zip(one.designations, [*one.designations[1:], None], strict=False)
        if not each.derived
    ]
    return row


def _guard(one: Guard) -> dict[str, Any]:
    return _filled(one)


def _objection(one: Objection) -> dict[str, Any]:
    row = _filled(one, skip={"term", "designations", "when"})
    if one.designations:
        row["designation"] = list(one.designations)
    if one.term is not None:
        # A term has no entity, and nothing is derived from it.
        row["term"] = designation(one.term)
        row["term"].pop("derive", None)
    if one.when != When():
        row["when"] = _filled(one.when)
        if one.when.quoted is False:
            row["when"]["quoted"] = False
    return row


def _convention(one: Convention) -> dict[str, Any]:
    return _filled(one)
