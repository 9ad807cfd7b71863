"""Reading lexicon.json: strict, and every error names the place in the file.

The shape is documented for other tools in data/lexicon.schema.json; what a schema cannot say (sources and parents that
exist, paradigms of the language, unique ids) is checked here too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sofra.lexicon.engine import serbian_scripts
from sofra.lexicon.engine.checking import (
    BadLexicon,
    a_list,
    an_object,
    at,
    by_language,
    day,
    flag,
    one,
    some,
    strings,
    text,
    unique,
)
from sofra.lexicon.engine.forms import knows_paradigm
from sofra.lexicon.engine.model import (
    CASES,
    CONTEXTS,
    CONVENTIONS,
    EFFECTS,
    ENTITY_KINDS,
    KINDS,
    LANGUAGES,
    SCRIPTS,
    SEVERITIES,
    STATUSES,
    Convention,
    Designation,
    Entity,
    Guard,
    Lexicon,
    Objection,
    Source,
    When,
)

__all__ = ["FORMAT", "SHIPPED", "BadLexicon", "load", "read"]

FORMAT = "sofra.lexicon/1"
SHIPPED = Path(__file__).parent.parent / "data" / "lexicon.json"

_OWN_SCRIPT = {"mk": "Cyrl", "sr": "Cyrl"}
#: Letters of other alphabets, which Cyrillic has not.
_FOREIGN = frozenset("qwxy")
_BOTH_SCRIPTS = ("bs", "cnr", "sr", "sr-latn")
# Languages in which adjectives, or also demonyms, are written small.
_SMALL = {
    ("adjective", "sq"), ("adjective", "mk"), ("adjective", "bs"), ("adjective", "cnr"), ("adjective", "sr"),
    ("adjective", "sr-latn"), ("demonym", "sq"),
}  # fmt: skip

_DESIGNATION = {
    "language", "script", "form", "kind", "paradigm", "forms", "case", "viewpoint", "status", "contexts", "abbreviation",
    "former", "valid_from", "valid_to", "footnote", "source", "derive",
}  # fmt: skip
_ENTITY = {"id", "kind", "parent", "guards", "designations"}
_GUARD = {
    "name",
    "languages",
    "forms",
    "left",
    "right",
    "near",
    "lower",
    "capital",
    "bare",
    "shouted",
    "named",
    "unless",
    "effect",
}
_WHEN = {"left", "right", "near", "head", "head_not", "after", "before", "quoted"}
_OBJECTION = {
    "id", "severity", "viewpoint", "entity", "term", "designation", "language", "kinds", "when", "reason", "alternatives",
    "source",
}  # fmt: skip
_CONVENTION = {"id", "kind", "title", "text", "context", "source"}
_SOURCE = {"title", "publisher", "date", "note", "url"}
_FILE = {"format", "sources", "lists", "entities", "objections", "conventions"}


def load(path: Path | str | None = None) -> Lexicon:
    """The lexicon of a file; None: the one that ships. Raises BadLexicon; OSError where the file cannot be read."""
    raw = Path(path or SHIPPED).read_bytes()
    try:
        data = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BadLexicon("", f"The file is not UTF-8 (byte {error.start}).") from error
    except json.JSONDecodeError as error:
        raise BadLexicon(
            "", f"The file is not JSON: {error.msg} in line {error.lineno}, column {error.colno}."
        ) from error
    except RecursionError as error:
        raise BadLexicon("", "The file is nested too deeply.") from error
    return read(data, hashlib.sha256(raw).hexdigest())


def read(data: object, digest: str = "") -> Lexicon:
    """The lexicon of a parsed file (see load). Raises BadLexicon."""
    top = an_object(data, _FILE)
    if top.get("format") != FORMAT:
        raise BadLexicon("format", f'"{FORMAT}" is expected.')
    sources = {key: at("sources", key, _source, key, value) for key, value in an_object(top.get("sources", {})).items()}
    lists = {key: at("lists", key, strings, value) for key, value in an_object(top.get("lists", {})).items()}
    shared = _Shared(sources, lists)
    entities: dict[str, Entity] = {}
    for number, value in enumerate(a_list(top, "entities")):
        entity = at("entities", number, _entity, value, shared)
        if entity.id in entities:
            raise BadLexicon(f"entities[{number}].id", f'"{entity.id}" is there already.')
        entities[entity.id] = entity
    for number, entity in enumerate(entities.values()):
        if entity.parent is not None and entity.parent not in entities:
            raise BadLexicon(f"entities[{number}].parent", f'There is no entity "{entity.parent}".')
    objections = [at("objections", n, _objection, v, shared, entities) for n, v in enumerate(a_list(top, "objections"))]
    conventions = [at("conventions", n, _convention, v, shared) for n, v in enumerate(a_list(top, "conventions"))]
    unique("objections", [objection.id for objection in objections])
    unique("conventions", [convention.id for convention in conventions])
    footnotes = {convention.id for convention in conventions if convention.kind == "footnote"}
    for entity in entities.values():
        for designation in entity.designations:
            if designation.footnote is not None and designation.footnote not in footnotes:
                raise BadLexicon(f"entities.{entity.id}", f'There is no footnote "{designation.footnote}".')
    return Lexicon(
        entities=entities,
        objections=tuple(objections),
        conventions={convention.id: convention for convention in conventions},
        sources=sources,
        lists=lists,
        digest=digest,
    )


def objection(value: object, lexicon: Lexicon) -> Objection:
    """An objection of another file (a profile's red line) to what a lexicon names. Raises BadLexicon."""
    return _objection(value, _Shared(lexicon.sources, lexicon.lists), lexicon.entities)


class _Shared:
    """What the parts of a file refer to."""

    def __init__(self, sources: Mapping[str, Source], lists: Mapping[str, tuple[str, ...]]) -> None:
        self.sources, self.lists = sources, lists

    def source(self, value: Mapping[str, Any], key: str = "source") -> str | None:
        name = text(value, key, "") or None
        if name is not None and name not in self.sources:
            raise BadLexicon(key, f'There is no source "{name}".')
        return name

    def words(self, value: Mapping[str, Any], key: str) -> tuple[str, ...]:
        """Words, with the lists filled in that are named with an @."""
        words: list[str] = []
        for word in strings(value.get(key, []), key):
            if not word.startswith("@"):
                words.append(word)
            elif word[1:] in self.lists:
                words.extend(self.lists[word[1:]])
            else:
                raise BadLexicon(key, f'There is no list "{word[1:]}".')
        return tuple(words)


def _source(key: str, value: object) -> Source:
    row = an_object(value, _SOURCE)
    return Source(
        key,
        text(row, "title"),
        text(row, "publisher"),
        text(row, "date"),
        text(row, "note", ""),
        text(row, "url", ""),
    )


def _entity(value: object, shared: _Shared) -> Entity:
    row = an_object(value, _ENTITY)
    name = text(row, "id")
    designations: list[Designation] = []
    for number, item in enumerate(a_list(row, "designations")):
        found, derive = at("designations", number, _designation, name, item, shared)
        designations.append(found)
        if derive and (other := other_script(found)) is not None:
            designations.append(other)
    written = {(d.language, d.script, d.form, d.kind) for d in designations if not d.derived}
    guards = tuple(at("guards", n, _guard, item, shared) for n, item in enumerate(a_list(row, "guards")))
    return Entity(
        id=name,
        kind=one(row, "kind", ENTITY_KINDS),
        parent=text(row, "parent", "") or None,
        guards=guards,
        designations=tuple(
            d for d in designations if not d.derived or (d.language, d.script, d.form, d.kind) not in written
        ),
    )


def _designation(entity: str, value: object, shared: _Shared) -> tuple[Designation, bool]:
    row = an_object(value, _DESIGNATION)
    language = one(row, "language", LANGUAGES)
    kind = one(row, "kind", KINDS, "name")
    abbreviation = flag(row, "abbreviation")
    paradigm = text(row, "paradigm", "")
    form = text(row, "form")
    if sentence := knows_paradigm(language, paradigm, form):
        raise BadLexicon("paradigm", sentence)
    case = "exact" if abbreviation else "fold" if (kind, language) in _SMALL else "initial"
    return Designation(
        entity=entity,
        language=language,
        script=one(row, "script", SCRIPTS, _OWN_SCRIPT.get(language, "Latn")),
        form=form,
        kind=kind,
        paradigm=paradigm,
        forms=_overrides(row["forms"]) if "forms" in row else (),
        case=one(row, "case", CASES, case),
        viewpoint=text(row, "viewpoint", "") or None,
        status=one(row, "status", STATUSES, "admitted"),
        contexts=some(row, "contexts", CONTEXTS, CONTEXTS),
        abbreviation=abbreviation,
        former=flag(row, "former"),
        valid_from=day(row, "valid_from"),
        valid_to=day(row, "valid_to"),
        footnote=text(row, "footnote", "") or None,
        source=shared.source(row),
    ), flag(row, "derive", True)


def _overrides(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        raise BadLexicon("forms", "An object of label and form is expected.")
    pairs: list[tuple[str, str]] = []
    for label, found in value.items():
        texts = found if isinstance(found, list) else [found]
        pairs.extend((label, text) for text in strings(texts, f"forms.{label}"))
    return tuple(pairs)


def other_script(found: Designation) -> Designation | None:
    """The designation in the other script of its language; None where the language has one script, or where a letter has no
    counterpart: EULEX is no ЕУЛЕX."""
    if found.language not in _BOTH_SCRIPTS:
        return None
    if found.script == "Cyrl":
        turn, script = serbian_scripts.to_latin, "Latn"
        language = "sr-latn" if found.language == "sr" else found.language
    else:
        turn, script = serbian_scripts.to_cyrillic, "Cyrl"
        language = "sr" if found.language == "sr-latn" else found.language
    form = turn(found.form)
    if script == "Cyrl" and not _FOREIGN.isdisjoint(form.lower()):
        return None
    return Designation(
        entity=found.entity,
        language=language,
        script=script,
        form=form,
        kind=found.kind,
        paradigm=found.paradigm,
        forms=tuple((label, turn(text)) for label, text in found.forms),
        case=found.case,
        viewpoint=found.viewpoint,
        status=found.status,
        contexts=found.contexts,
        abbreviation=found.abbreviation,
        former=found.former,
        valid_from=found.valid_from,
        valid_to=found.valid_to,
        footnote=found.footnote,
        source=found.source,
        derived=True,
    )


def _guard(value: object, shared: _Shared) -> Guard:
    row = an_object(value, _GUARD)
    return Guard(
        name=text(row, "name"),
        languages=some(row, "languages", LANGUAGES, ()),
        forms=strings(row.get("forms", []), "forms"),
        left=shared.words(row, "left"),
        right=shared.words(row, "right"),
        near=shared.words(row, "near"),
        lower=flag(row, "lower"),
        capital=flag(row, "capital"),
        bare=flag(row, "bare"),
        shouted=flag(row, "shouted"),
        named=flag(row, "named"),
        unless=shared.words(row, "unless"),
        effect=one(row, "effect", EFFECTS, "drop"),
    )


def _when(value: object, shared: _Shared) -> When:
    row = an_object(value, _WHEN)
    return When(
        left=shared.words(row, "left"),
        right=shared.words(row, "right"),
        near=shared.words(row, "near"),
        head=shared.words(row, "head"),
        head_not=shared.words(row, "head_not"),
        after=day(row, "after"),
        before=day(row, "before"),
        quoted=flag(row, "quoted") if row.get("quoted") is not None else None,
    )


def _objection(value: object, shared: _Shared, entities: Mapping[str, Entity]) -> Objection:
    row = an_object(value, _OBJECTION)
    entity = text(row, "entity", "") or None
    if (entity is None) == ("term" not in row):
        raise BadLexicon("entity", "Either an entity or a term is objected to.")
    if entity is not None and entity not in entities:
        raise BadLexicon("entity", f'There is no entity "{entity}".')
    viewpoint, source = text(row, "viewpoint", "") or None, shared.source(row)
    if viewpoint is None and source is None:
        raise BadLexicon("source", "An objection comes from a viewpoint or rests on a source.")
    named = row.get("designation", [])
    term = None
    if "term" in row:
        try:
            term = _designation("", row["term"], shared)[0]
        except BadLexicon as error:
            raise error.under("term") from None
    return Objection(
        id=text(row, "id"),
        severity=one(row, "severity", SEVERITIES),
        viewpoint=viewpoint,
        entity=entity,
        term=term,
        designations=strings([named] if isinstance(named, str) else named, "designation"),
        language=one(row, "language", LANGUAGES) if row.get("language") is not None else None,
        kinds=some(row, "kinds", KINDS, ()),
        when=at("when", "", _when, row["when"], shared) if "when" in row else When(),
        reason={language: text(row["reason"], language) for language in by_language(row, "reason")},
        alternatives={key: strings(v, f"alternatives.{key}") for key, v in by_language(row, "alternatives").items()},
        source=source,
    )


def _convention(value: object, shared: _Shared) -> Convention:
    row = an_object(value, _CONVENTION)
    return Convention(
        id=text(row, "id"),
        kind=one(row, "kind", CONVENTIONS),
        title=text(row, "title"),
        text={language: text(row["text"], language) for language in by_language(row, "text")},
        context=text(row, "context", ""),
        source=shared.source(row),
    )
