"""The lexicon's routes of the REST interface. Entity ids stand in bodies; an address has an opaque key, as a page's has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from sofra.kernel.answers import Cursor, Language, Limit, paged
from sofra.kernel.doors import SEATED, door
from sofra.kernel.members import members_on
from sofra.kernel.models import Format, Party
from sofra.kernel.pages import language as asked_language
from sofra.kernel.refusals import Refusal
from sofra.lexicon import checking, naming
from sofra.lexicon.answers import Footnote
from sofra.lexicon.engine.reporting import finding_row
from sofra.lexicon.forms import MOST_LETTERS
from sofra.lexicon.house_names import entities_in
from sofra.lexicon.models import Convention, Entity, EntityDesignation, LexiconSource
from sofra.lexicon.profiles import ProfileInForce, profile_in_force, read, under
from sofra.lexicon.queries import entities as reads
from sofra.lexicon.queries import objections as said
from sofra.lexicon.queries.profiles import get_named_format

router = Router()
#: In which a text can be checked.
LINTED = ("en", "tr", "sq", "bs", "sr", "sr-latn", "mk", "cnr", "hr")
Severity = Literal["breaks", "footnote", "discouraged"]


class Source(Schema):
    """A document as it is cited."""

    title: str
    publisher: str = ""
    date: str = ""
    url: str = ""


class EntityRow(Schema):
    """Something that has names. `id` is its stable identity, `key` its key in addresses."""

    id: str
    key: UUID
    kind: str
    name: str = Field(description="Every current name, side by side; none of them is preferred.")
    language: str = Field(description="The name's own language.")
    parent: str | None = Field(description="The id of what it belongs to.")


class Entities(Schema):
    """One answer's entities, by their keys."""

    entities: list[EntityRow]
    next: UUID | None = Field(description="`cursor` of the next answer; nothing where these were the last.")


class DesignationRow(Schema):
    """A designation of an entity, as somebody uses it."""

    form: str
    language: str
    script: str
    kind: str
    status: str = Field(description="How it stands: the latest ruling on it, else as it was proposed or shipped.")
    contexts: list[str] = Field(description="Where it serves; empty: anywhere.")
    abbreviation: bool
    former: bool
    valid_from: str
    valid_to: str
    footnote: dict[str, str] | None = Field(description="The footnote it is used with, verbatim, by language.")
    source: Source | None


class ViewpointRow(Schema):
    """What one viewpoint calls an entity. An empty one is nobody's in particular."""

    viewpoint: str
    name: str
    designations: list[DesignationRow]


class AgreedRow(Schema):
    """What a profile in force calls a party."""

    format: str
    profile: int
    language: str
    text: str
    footnoted: bool


class ObjectionRow(Schema):
    """That somebody does not accept a designation or a term; `own` marks a red line of one's own delegation."""

    viewpoint: str
    who: str
    severity: Severity
    designations: list[str]
    language: str
    reason: str
    alternatives: dict[str, list[str]]
    source: str
    own: bool


class EntitySheet(EntityRow):
    """An entity with its designations side by side, who objects to what, and what profiles in force agreed on."""

    viewpoints: list[ViewpointRow]
    objections: list[ObjectionRow]
    agreed: list[AgreedRow]


class Alternative(Schema):
    """What could stand instead; `inflected`: in the form that the text needs."""

    text: str
    inflected: bool


class Voice(Schema):
    """One of those who object at a place."""

    viewpoint: str | None
    severity: Severity
    reason: str
    source: str


class FindingRow(Schema):
    """A place in a text that somebody objects to, as `sofra lint --format json` tells it. Offsets count code points."""

    start: int
    end: int
    text: str
    entity: str | None
    kind: str
    language: str
    script: str
    designation: str | None
    objectors: list[str]
    severity: Severity
    reason: str
    source: str
    alternatives: list[Alternative]
    objections: list[Voice]
    quoted: bool = Field(False, description="It stands in somebody's quoted words: annotate it, never rewrite it.")
    guard: str | None = None
    spoof: str | None = None


class Lint(Schema):
    """A text to check. It is kept nowhere."""

    text: str = Field(max_length=MOST_LETTERS)
    language: str | None = Field(None, description="The language of the text; recognised per passage without it.")
    profile: str | None = Field(None, description="The format whose profile in force the text is held against.")
    viewpoints: list[str] | None = Field(None, description="Whose objections count; without it all that you may read.")


class DesignationOfParty(Schema):
    """What a profile calls a party in one language. With `footnoted`, its text is written with the mark and the footnote."""

    language: str
    text: str
    footnoted: bool
    source: str


class ProfileParty(Schema):
    """A party in a profile."""

    id: str
    key: UUID
    designations: list[DesignationOfParty]


class NameList(Schema):
    """The members as they stand in a list under the profile: marks at the names, each footnote once beneath it."""

    language: str
    names: list[str]
    footnotes: list[Footnote]


class ProfileSheet(Schema):
    """A designation profile in force. `stands_on` says what it rests on, for wherever its names are shown."""

    format: str
    number: int
    kind: Literal["names", "persons"]
    basis: Literal["silence", "practice"]
    stands_on: str
    in_force_from: datetime | None
    order: Literal["reader", "language", "list", "persons"]
    order_language: str | None
    footnote: dict[str, str]
    languages: list[str] = Field(description="The languages in which every member can be named.")
    parties: list[ProfileParty]
    members: NameList | None = Field(
        description="In the language asked for; nothing where the profile cannot name all in it."
    )
    refused: str | None = Field(description="Why the members cannot be listed.")


@router.get("/entities", response=Entities, url_name="api_entities")
@door(GET=SEATED)
def entities(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=200, description="A form in any language, or part of one.")] = "",
    kind: Literal["party", "institution", "mechanism", "place", "person", "agreement", "topic"] | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
    language: Language = None,
) -> Any:
    """The lexicon's entities: all, those of a kind, or those that a form finds."""
    here, query = asked_language(), q.replace("\0", " ")
    codes = entities_in(query) if query.strip() else ()
    rows = reads.entities_after(cursor, limit + 1, query=query, codes=codes, kind=kind or "")
    shown, after = paged(rows, limit, lambda row: row.pk)
    names = reads.names_of(shown, here)
    return {"entities": [_row(row, names[row.pk]) for row in shown], "next": after}


@router.get("/entities/{uuid:entity}", response=EntitySheet, url_name="api_entity")
@door(GET=SEATED)
def entity(request: HttpRequest, entity: UUID, language: Language = None) -> Any:
    """An entity: its designations side by side per viewpoint, with sources; objections; what profiles in force call it."""
    here = asked_language()
    row = reads.get_entity(entity, here)
    if row is None:
        raise Http404
    designations = [each for each in reads.designations_of(row) if each.standing != EntityDesignation.Status.DECLINED]  # type: ignore[attr-defined]
    sources = reads.sources_of(each.source for each in designations)
    notes = reads.footnotes_of(designations)
    viewpoints = sorted({each.viewpoint for each in designations})
    who = reads.viewpoint_names(viewpoints, here)
    return {
        **_row(row, row.shown),  # type: ignore[attr-defined]
        "viewpoints": [
            {
                "viewpoint": view,
                "name": who.get(view, ""),
                "designations": [_designation(each, sources, notes) for each in designations if each.viewpoint == view],
            }
            for view in viewpoints
        ],
        "objections": [_objection(each) for each in said.objections_against(row, here)],
        "agreed": [
            {
                "format": each.profile.format.slug, "profile": each.profile.number, "language": each.language,
                "text": each.text, "footnoted": each.footnoted,
            }
            for each in reads.agreed(row, here)
            if each.profile.format is not None
        ],
    }  # fmt: skip


@router.get("/formats/{slug:format}/profile", response=ProfileSheet, url_name="api_profile")
@door(GET=SEATED)
def profile(request: HttpRequest, format: str, language: Language = None) -> Any:
    """The designation profile in force for a format: designations, order, footnote, and the list of its members under it.

    409 where none is in force that you may read: nothing stands in for one.
    """
    here = asked_language()
    row = get_named_format(format)
    if row is None:
        raise Http404
    found = _in_force(row)
    members = members_on(row)
    listed, refused = _listed(found, members, here)
    codes = dict(Party.objects.in_bulk({key for key, _tongue in found.designations}))
    with under(found):
        ordered = naming.order_parties(codes.values(), here)
        basis = found.basis_sentence(here)
    head = found.profile
    return {
        "format": row.slug, "number": head.number, "kind": head.kind, "basis": head.basis, "stands_on": basis,
        "in_force_from": head.in_force_from, "order": head.order_rule, "order_language": head.order_language or None,
        "footnote": head.footnote, "languages": found.languages(members), "members": listed, "refused": refused,
        "parties": [
            {
                "id": party.code, "key": party.pk,
                "designations": [
                    {
                        "language": tongue, "text": each.text, "footnoted": each.footnoted,
                        "source": each.source or each.citation,
                    }
                    for (key, tongue), each in sorted(found.designations.items(), key=lambda pair: pair[0][1])
                    if key == party.pk
                ],
            }
            for party in ordered
        ],
    }  # fmt: skip


def _in_force(row: Format) -> ProfileInForce:
    found = profile_in_force(row.pk)
    if found is None:
        raise Refusal(
            _(
                "No designation profile of this format is in force that you may read, so nothing names parties by one. "
                "Nothing stands in for it."
            )
        )
    return read(found)


def _listed(found: ProfileInForce, members: list[Party], here: str) -> tuple[dict[str, Any] | None, str | None]:
    """The members as a list under the profile, its footnote once; or why there is none."""
    try:
        ordered = found.order(members, here)
        names = [found.name(party, here).text for party in ordered]
        notes = found.footnotes_for(ordered, here)
    except Refusal as no:
        return None, str(no.sentence)
    footnotes = [{"mark": each.mark, "text": each.text} for each in notes]
    return {"language": here, "names": names, "footnotes": footnotes}, None


@router.post("/lint", response=list[FindingRow], url_name="api_lint", exclude_unset=True)
@door(POST=SEATED)
def lint(request: HttpRequest, body: Lint, language: Language = None) -> Any:
    """What somebody objects to in a text, as far as you may read objections; your delegation's red lines are among them.

    It reads: nothing of the text is kept or logged.
    """
    if body.language is not None and body.language not in LINTED:
        raise Refusal(_("Texts are checked in these languages: %s.") % ", ".join(LINTED), "language")
    agreed = None
    if body.profile is not None:
        row = get_named_format(body.profile)
        if row is None:
            raise Refusal(_("There is no format of this name that you may read."), "profile")
        agreed = _in_force(row).profile
    checker = checking.Checker(asked_language(), profile=agreed)
    if body.viewpoints:
        checker = checker.of(body.viewpoints)
    return [_finding(each) for each in checker.check(body.text, body.language)]


def _row(row: Entity, name: reads.Named) -> dict[str, Any]:
    return {
        "id": row.code, "key": row.pk, "kind": row.kind, "name": name.text, "language": name.language,
        "parent": row.parent.code if row.parent is not None else None,
    }  # fmt: skip


def _designation(
    row: EntityDesignation, sources: Mapping[str, LexiconSource], notes: Mapping[str, Convention]
) -> dict[str, Any]:
    cited, note = sources.get(row.source), notes.get(row.footnote)
    source: dict[str, str] | None = None
    if cited is not None:
        source = {"title": cited.title, "publisher": cited.publisher, "date": cited.date, "url": cited.url}
    elif row.citation:
        source = {"title": row.citation}
    return {
        "form": row.form, "language": row.language, "script": row.script, "kind": row.kind,
        "status": row.standing,  # type: ignore[attr-defined]
        "contexts": row.contexts, "abbreviation": row.abbreviation, "former": row.former,
        "valid_from": row.valid_from, "valid_to": row.valid_to, "footnote": note.text if note is not None else None,
        "source": source,
    }  # fmt: skip


def _objection(row: Any) -> dict[str, Any]:
    reason, _tongue = row.said_reason
    return {
        "viewpoint": row.viewpoint, "who": row.who, "severity": row.severity, "designations": row.designations,
        "language": row.language, "reason": reason, "alternatives": row.alternatives, "own": row.private,
        "source": row.citation or (row.cited.title if row.cited else ""),
    }  # fmt: skip


def _finding(shown: checking.Shown) -> dict[str, Any]:
    """A finding as the command line tells it, with reasons and sources as the lint desk has them."""
    row = finding_row(shown.finding)
    first, *_rest = shown.voices
    row["objections"] = [
        {"viewpoint": voice.viewpoint, "severity": told.severity, "reason": told.reason, "source": told.source}
        for voice, told in zip(shown.finding.voices, shown.voices, strict=True)
    ]
    return row | {"reason": first.reason, "source": first.source}
