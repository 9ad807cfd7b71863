"""Rows of the tables as the engines read them: objections and profiles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sofra.kernel.models import Party
from sofra.lexicon.engine import model
from sofra.lexicon.engine.forms import knows_paradigm
from sofra.lexicon.engine.profile_file import Basis, Designated, ProfileFile, Rule
from sofra.lexicon.models import Objection
from sofra.lexicon.profiles import ProfileInForce


def objections(rows: Iterable[Objection], lexicon: model.Lexicon) -> Iterable[model.Objection]:
    """Objections for a lexicon. One against a form that the lexicon does not have is looked for as a term."""
    for row in rows:
        known = lexicon.entities.get(row.entity.code) if row.entity is not None else None
        forms = {each.form for each in known.designations} if known else set()
        term: model.Designation | None = None
        if known is None or (row.designations and not forms & set(row.designations)):
            form = row.term or next(iter(row.designations), "")
            if not form:
                continue
            known, term = None, _term(row, form)
        yield model.Objection(
            id=str(row.pk),
            severity=row.severity,
            viewpoint=row.viewpoint or None,
            entity=known.id if known else None,
            term=term,
            designations=tuple(row.designations) if known else (),
            language=(row.language or None) if known else None,
            kinds=tuple(row.kinds) if known else (),
            when=_when(row.when),
            reason=row.reason,
            alternatives={language: tuple(found) for language, found in row.alternatives.items()},
            source=row.citation or row.source or None,
        )


def _term(row: Objection, form: str) -> model.Designation:
    language = row.language or "en"
    # A paradigm that a newer lexicon does not have any more: the words are still looked for as they stand.
    paradigm = "" if knows_paradigm(language, row.paradigm, form) else row.paradigm
    forms = tuple((label, text) for label, text in row.forms)
    return model.Designation("", language, script_of(form), form, paradigm=paradigm, forms=forms)


def script_of(form: str) -> str:
    """The script a form is written in."""
    return "Cyrl" if any("\u0400" <= letter <= "\u04ff" for letter in form) else "Latn"


def _when(said: Mapping[str, Any]) -> model.When:
    """Conditions as a row has them, its words as they stand."""
    found: dict[str, Any] = {}
    for name, value in said.items():
        day = name in ("after", "before")
        found[name] = date.fromisoformat(value) if day else tuple(value) if isinstance(value, list) else value
    return model.When(**found)


def profile_file(profile: ProfileInForce) -> ProfileFile:
    """A profile as the engines read one. One query."""
    codes = dict(Party.objects.values_list("pk", "code"))
    designations: dict[str, dict[str, Designated]] = {}
    for (party, language), row in profile.designations.items():
        designations.setdefault(codes[party], {})[language] = Designated(
            row.text, row.footnoted, row.source or row.citation
        )
    return ProfileFile(
        title=_("Designation profile %(number)s") % {"number": profile.profile.number},
        persons_only=profile.persons_only,
        basis=Basis("silence" if profile.approved else "practice"),
        designations=designations,
        footnote=dict(profile.profile.footnote),
        map=Rule(profile.profile.map_rule, source=profile.profile.map_source),
    )
