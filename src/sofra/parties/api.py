"""Formats and who sits in them, in the REST interface."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from sofra.kernel.answers import Language, Said, said
from sofra.kernel.doors import ANYONE, door
from sofra.kernel.models import Format, Party
from sofra.kernel.pages import language as asked_language
from sofra.lexicon.answers import Names, PartyName, names, parties_named
from sofra.parties.queries.formats import all_formats, counted_members

router = Router()


class FormatRow(Schema):
    """A format, with its members of today."""

    slug: str
    kind: Literal["platform", "consultation", "working_group"]
    name: Said | None
    purpose: Said | None
    parent: str | None
    cadence_months: int | None
    members: list[PartyName]


class Formats(Schema):
    """The formats one may read, parents before their working groups."""

    names: Names
    formats: list[FormatRow]


class OneFormat(Schema):
    """One format."""

    names: Names
    format: FormatRow


@router.get("/formats", response=Formats, url_name="api_formats")
@door(GET=ANYONE)
def formats(request: HttpRequest, language: Language = None) -> Any:
    """The formats one may read, with their members of today."""
    here = asked_language()
    rows = all_formats(here)
    return {"names": names(here), "formats": _rows(rows, here)}


@router.get("/formats/{slug:format}", response=OneFormat, url_name="api_format")
@door(GET=ANYONE)
def format(request: HttpRequest, format: str, language: Language = None) -> Any:
    """One format."""
    here = asked_language()
    found = next((row for row in _rows(all_formats(here), here) if row["slug"] == format), None)
    if found is None:
        raise Http404
    return {"names": names(here), "format": found}


def _rows(rows: list[Format], here: str) -> list[dict[str, Any]]:
    members: dict[UUID, list[Party]] = counted_members(rows)
    slugs: dict[UUID | None, str] = {row.pk: row.slug for row in rows}
    return [
        {
            "slug": row.slug, "kind": row.kind, "name": said(row.worded.get("name")),  # type: ignore[attr-defined]
            "purpose": said(row.worded.get("purpose")), "parent": slugs.get(row.parent_id),  # type: ignore[attr-defined]
            "cadence_months": row.cadence_months, "members": parties_named(members.get(row.pk, []), here),
        }
        for row in rows
    ]  # fmt: skip
