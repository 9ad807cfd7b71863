"""The profile file: what was agreed for a format or meeting, or a delegation's own red lines, outside any house.

JSON, described by `lexicon/data/profile.schema.json` and docs/profile-file.md. Nothing in it has a default that names a
party: what the file does not say is not said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from sofra.kernel.engine import json_files
from sofra.kernel.engine.json_files import BadFile
from sofra.lexicon.engine.checking import BadLexicon
from sofra.lexicon.engine.loading import objection
from sofra.lexicon.engine.model import Lexicon, Objection
from sofra.lexicon.engine.schema import problems, shipped

FORMAT = "sofra.profile/1"
SCHEMA = "profile.schema.json"
#: The languages a profile can speak: those of the house.
LANGUAGES = ("en", "tr", "sq", "bs", "sr", "sr-latn", "mk", "cnr")
#: The longest file that is read, in bytes.
MOST = 2_000_000


class BadProfile(BadFile):
    """A file cannot be used as a profile."""


@dataclass(frozen=True)
class Designated:
    """What the profile calls an entity in one language; `footnote` says that the name carries the profile's footnote."""

    text: str
    footnote: bool = False
    source: str = ""


@dataclass(frozen=True)
class Basis:
    """What a profile rests on: `silence` (no member objected by `on`) or `practice` (cited from `source`, approved by none)."""

    kind: str
    by: str = ""
    on: date | None = None
    source: str = ""

    @property
    def approved(self) -> bool:
        """Whether members let it pass."""
        return self.kind == "silence"


@dataclass(frozen=True)
class Office:
    """The office a delegation's head holds: rank (1 is the highest), since when, and the person's name, family name first."""

    rank: int | None = None
    since: date | None = None
    person: str = ""


@dataclass(frozen=True)
class OrderRule:
    """A profile's order. `language` empty: each reader's own. `host_first` None: the file does not say.

    `first` is who begins in a rotation; `seed` the revealed seed of a lot; `listed` a stated order.
    """

    basis: str = ""
    language: str = ""
    host: str = ""
    host_first: bool | None = None
    by_bands: bool = False
    listed: tuple[str, ...] = ()
    first: str = ""
    seed: str = ""
    offices: Mapping[str, Office] = field(default_factory=dict)


@dataclass(frozen=True)
class Rule:
    """A rule on symbols (`none`, `host`, `host_and_eu`, `all`) or on maps (`none`, `unbounded`: without boundaries,
    `source`: only the map of the source that is named, as it is); empty where nothing was agreed."""

    rule: str = ""
    text: str = ""
    source: str = ""


@dataclass(frozen=True)
class ProfileFile:
    """A profile as read. `designations` by entity and language; `footnote` by language.

    `persons_only`: no party is named at all. `viewpoint` is whose objections those of the file are where they do not say;
    `objections` are as in the file, each of the shape that objections of the lexicon have.
    """

    title: str = ""
    persons_only: bool = False
    basis: Basis | None = None
    designations: Mapping[str, Mapping[str, Designated]] = field(default_factory=dict)
    footnote: Mapping[str, str] = field(default_factory=dict)
    order: OrderRule = OrderRule()
    symbols: Rule = Rule()
    map: Rule = Rule()
    viewpoint: str = ""
    objections: tuple[Mapping[str, Any], ...] = ()

    def designated(self, entity: str, language: str) -> Designated | None:
        """What an entity is called in a language; None where the profile does not say. Never another language's."""
        return self.designations.get(entity, {}).get(language)


def load_profile(path: str | Path) -> ProfileFile:
    """Read a profile file. Raises BadProfile, with every place and reason, for what cannot be read or is not valid."""
    return _profile(json_files.read(path, MOST, BadProfile), str(path))


def parse_profile(data: bytes | str, name: str = "the profile") -> ProfileFile:
    """A profile from the text of a file; `name` is what refusals call it. Raises BadProfile."""
    return _profile(json_files.parsed(data, name, BadProfile), name)


def _profile(value: Any, name: str) -> ProfileFile:
    if found := problems(value, shipped(SCHEMA)):
        raise BadProfile(name, found)
    value = _without_help(value)
    if found := _meaning(value):
        raise BadProfile(name, found)
    return _read(value)


def red_lines(profile: ProfileFile, lexicon: Lexicon, name: str = "the profile") -> tuple[Objection, ...]:
    """The profile's objections as the lexicon's own are: their forms can be looked for and their words inflect.

    `source` of each is a key of the lexicon's sources or the words of the file. Raises BadProfile where one names an entity,
    a list or a paradigm that the lexicon does not have.
    """
    found, wrong = [], []
    for number, row in enumerate(profile.objections):
        source = row.get("source", "")
        cited = {"source": source} if source in lexicon.sources else {}
        try:
            one = objection({**{key: value for key, value in row.items() if key != "source"}, **cited}, lexicon)
        except BadLexicon as error:
            wrong.append(str(error.under(f"objections[{number}]")))
        else:
            found.append(replace(one, source=source or None))
    if wrong:
        raise BadProfile(name, wrong)
    return tuple(found)


def _without_help(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_help(each) for name, each in value.items() if not name.startswith("_help")}
    if isinstance(value, list):
        return [_without_help(each) for each in value]
    return value


def _meaning(value: Mapping[str, Any]) -> list[str]:
    """What the schema cannot say."""
    found = []
    persons = value.get("names") == "persons"
    designations = value.get("designations", {})
    if persons and designations:
        found.append("designations: a profile of persons' names only names no party; take them out.")
    if (persons or designations) and not value.get("basis"):
        found.append("basis: is missing; say what the profile rests on (silence or practice).")
    basis = value.get("basis") or {}
    if basis.get("kind") == "practice" and not basis.get("source", "").strip():
        found.append("basis.source: is missing; practice is cited from a source.")
    footnote = value.get("footnote", {})
    for entity, names in designations.items():
        for language, name in names.items():
            if name.get("footnote") and language not in footnote:
                found.append(
                    f"designations.{entity}.{language}.footnote: the profile has no footnote in this language; "
                    f"add footnote.{language}."
                )
    agreed = value.get("map", {})
    if agreed.get("rule") == "source" and not agreed.get("source", "").strip():
        found.append("map.source: is missing; name the map that was agreed.")
    found += _order_meaning(value.get("order", {}), bool(designations), persons)
    for place, dated in _dates(value):
        try:
            date.fromisoformat(dated)
        except ValueError:
            found.append(f"{place}: there is no day {dated}.")
    known = set()
    for number, row in enumerate(value.get("objections", [])):
        where = f"objections[{number}]"
        if row["id"] in known:
            found.append(f"{where}.id: another objection has the id {row['id']}.")
        known.add(row["id"])
        if ("entity" in row) == ("term" in row):
            found.append(f"{where}: name either the entity or the term it objects to.")
        if "designation" in row and "entity" not in row:
            found.append(f"{where}.designation: needs the entity that is called so.")
        if not (row.get("viewpoint") or value.get("viewpoint")):
            found.append(f"{where}.viewpoint: is missing; an objection says whose it is.")
    return found


def _order_meaning(order: Mapping[str, Any], named: bool, persons: bool) -> list[str]:
    found = []
    basis = order.get("basis")
    needs = {"protocol": "host", "rotation": "first", "list": "list", "rank": "offices", "persons": "offices"}
    if basis in needs and not order.get(needs[basis]):
        found.append(f"order.{needs[basis]}: is missing; an order by {basis} needs it.")
    if order.get("host_first") and not order.get("host"):
        found.append("order.host: is missing; say who the host is that stands first.")
    if order.get("by_bands") and not order.get("offices"):
        found.append("order.offices: is missing; bands go by the rank of offices.")
    if persons and basis not in (None, "persons", "list"):
        found.append("order.basis: where only persons are named, the order goes by persons or a list.")
    return found


def _dates(value: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    if on := (value.get("basis") or {}).get("on"):
        yield "basis.on", on
    for entity, office in value.get("order", {}).get("offices", {}).items():
        if "since" in office:
            yield f"order.offices.{entity}.since", office["since"]


def _read(value: Mapping[str, Any]) -> ProfileFile:
    basis = value.get("basis")
    order = value.get("order", {})
    return ProfileFile(
        title=value.get("title", ""),
        persons_only=value.get("names") == "persons",
        basis=Basis(basis["kind"], basis.get("by", ""), _day(basis.get("on")), basis.get("source", ""))
        if basis
        else None,
        designations={
            entity: {
                language: Designated(name["text"].strip(), name.get("footnote", False), name.get("source", ""))
                for language, name in names.items()
            }
            for entity, names in value.get("designations", {}).items()
        },
        footnote=dict(value.get("footnote", {})),
        order=OrderRule(
            basis=order.get("basis", ""),
            language=order.get("language", ""),
            host=order.get("host", ""),
            host_first=order.get("host_first"),
            by_bands=order.get("by_bands", False),
            listed=tuple(order.get("list", ())),
            first=order.get("first", ""),
            seed=order.get("seed", ""),
            offices={
                entity: Office(office.get("rank"), _day(office.get("since")), office.get("person", ""))
                for entity, office in order.get("offices", {}).items()
            },
        ),
        symbols=Rule(**value.get("symbols", {})),
        map=Rule(**value.get("map", {})),
        viewpoint=value.get("viewpoint", ""),
        objections=tuple(
            {"viewpoint": value.get("viewpoint", ""), **objection} for objection in value.get("objections", [])
        ),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def template(parties: Iterable[str], languages: Iterable[str]) -> dict[str, Any]:
    """A profile file to fill in, as JSON's values: nothing in it is chosen, so that it is refused until somebody chose.

    >>> template(["TR"], ["en"])["designations"]
    {'TR': {'en': {'text': '', 'footnote': False}}}
    """
    tongues = list(languages)
    return {
        "format": FORMAT,
        "_help": "Fill in what was agreed and take out what does not apply. Keys that start with _help are remarks.",
        "title": "",
        "names": "designations",
        "_help_names": "designations, or persons where only persons are named and no party (take designations out then).",
        "basis": {
            "kind": "",
            "_help_kind": "silence: no member objected by the date in on; practice: host practice cited from source.",
            "by": "",
            "source": "",
        },
        "designations": {
            party: {language: {"text": "", "footnote": False} for language in tongues} for party in parties
        },
        "footnote": {},
        "_help_footnote": "The wording per language, for the names marked with footnote: true.",
        "order": {
            "_help": "basis: alphabetical, rank, protocol, rotation, lot, list or persons. language: of the alphabet; "
            "without it each reader's own. host, host_first, by_bands, list, first, seed, offices as the basis needs."
        },
        "symbols": {"_help": "rule: none, host, host_and_eu or all; text and source say more."},
        "map": {
            "_help": "rule: none, unbounded (without boundaries) or source (only the map of the source named, as it is); "
            "text says more."
        },
        "objections": [],
        "_help_objections": "Red lines to check texts for, each with id, viewpoint, entity or term, severity (breaks, "
        "footnote, discouraged), reason and alternatives per language, and source.",
    }
