"""Loads the sections the record is built on: parties and formats (kernel tables), sources, subjects."""

from __future__ import annotations

from datetime import date
from typing import Any

from sofra.kernel import recording
from sofra.kernel.models import Audience, Format, Membership, Party, Wording
from sofra.sources.commands.rows import (
    Formats,
    audience_of,
    change_wordings,
    digest,
    make_wordings,
    numbered,
    only,
)
from sofra.sources.engine.document import Entry
from sofra.sources.models import Source, Subject


def load_parties(rows: list[Entry]) -> int:
    """Parties by code. A party that is there already stays as it is but for its kind."""
    known = {party.code: party for party in Party.objects.filter(code__in=[row["code"] for row in rows])}
    changed = 0
    for row in rows:
        party, kind = known.get(row["code"]), row.get("kind", "state")
        if party is None:
            party = Party.objects.create(code=row["code"], kind=kind)
            recording.record_house("party.made", party.pk, {"code": party.code})
        elif party.kind != kind:
            party.kind = kind
            party.save(update_fields=["kind"])
            recording.record_house("party.changed", party.pk, {"code": party.code, "kind": kind})
        else:
            continue
        changed += 1
    return changed


def load_formats(rows: list[Entry]) -> int:
    """Formats by slug, with their names and members. A membership that ended elsewhere is not opened again."""
    parties = dict(Party.objects.values_list("code", "pk"))
    changed = 0
    for row in rows:
        wanted = {
            "kind": row["kind"],
            "host_id": parties.get(row.get("host") or ""),
            "cadence_months": row.get("cadence_months"),
        }
        found = Format.objects.filter(slug=row["slug"]).first()
        if found is None:
            found = Format.objects.create(slug=row["slug"], audience=Audience.PUBLIC, **wanted)
            recording.record_house("format.made", found.pk, {"slug": found.slug})
            changed += 1
        elif any(getattr(found, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(found, name, value)
            found.version += 1
            found.save(update_fields=[*wanted, "version"])
            recording.record_house("format.changed", found.pk, {"slug": found.slug, "version": found.version})
            changed += 1
        changed += _name(found, row.get("name", {})) + _members(found, row.get("members", []), parties)
    return changed


def _name(found: Format, name: dict[str, str]) -> int:
    wordings = {each.language: each for each in Wording.objects.filter(subject_id=found.pk, field="name")}
    changed = 0
    for language, text in name.items():
        wording = wordings.get(language)
        if wording is None:
            Wording.objects.create(
                subject_id=found.pk, field="name", language=language, text=text, audience=found.audience, format=found
            )
        elif wording.text != text:
            wording.text = text
            wording.version += 1
            wording.save(update_fields=["text", "version"])
        else:
            continue
        changed += 1
    if changed and wordings:
        recording.record_house("format.renamed", found.pk, {"slug": found.slug})
    return changed


def _members(found: Format, members: list[Entry], parties: dict[str, Any]) -> int:
    seated = set(Membership.objects.filter(format=found).values_list("party_id", flat=True))
    changed = 0
    for row in members:
        party = parties[row["party"]]
        if party in seated:
            continue
        membership = Membership.objects.create(
            audience=Audience.PUBLIC,
            format=found,
            party_id=party,
            capacity=row.get("capacity", "member"),
            since=_day(row.get("since")),
            until=_day(row.get("until")),
        )
        recording.record("membership.made", membership, {"party": row["party"]}, visible=False)
        changed += 1
    return changed


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def load_sources(rows: list[Entry]) -> int:
    """Sources by key."""
    known = {source.key: source for source in Source.objects.all()}
    formats, new, changed = Formats(), [], 0
    for order, row in enumerate(rows):
        columns = _source_columns(row)
        texts = only({"title": row.get("title"), "date": row.get("date_text"), "note": row.get("note")})
        texts |= numbered("defect", row.get("defects", [])) | numbered("style", row.get("style", []))
        mark, source = digest(row), known.get(row["key"])
        if source is None:
            source = Source(
                key=row["key"],
                order=order,
                digest=mark,
                audience=Audience.PUBLIC,
                format_id=formats[row["format"]],
                **columns,
            )
            new.append((source, texts))
        elif source.digest != mark:
            for name, value in columns.items():
                setattr(source, name, value)
            source.digest = mark
            source.version += 1
            source.save(update_fields=[*columns, "digest", "version"])
            change_wordings(source, texts)
            recording.record("record.source_changed", source, {"key": source.key, "entry": row})
        else:
            continue
        changed += 1
    Source.objects.bulk_create([source for source, _ in new])
    make_wordings(new)
    for source, _ in new:
        recording.record("record.source_added", source, {"key": source.key}, visible=False)
    return changed


def _source_columns(row: Entry) -> dict[str, Any]:
    names = {"not_before": "date_not_before", "not_after": "date_not_after", "file_name": "file"}
    same = ("kind", "genre", "language", "author", "outlet", "item", "date", "accessed")
    return {name: row.get(names.get(name, name)) or "" for name in (*same, *names)}


def load_subjects(rows: list[Entry]) -> int:
    """Subjects by id."""
    known = {subject.record_id: subject for subject in Subject.objects.all()}
    parties = dict(Party.objects.values_list("code", "pk"))
    formats, new, changed = Formats(), [], 0
    apart = {"id", "format", "kind", "slug", "name", "note"}
    for order, row in enumerate(rows):
        columns = {
            "kind": row["kind"],
            "slug": row["slug"],
            "party_id": parties.get(row.get("party") or "") if row["kind"] in ("party", "person") else None,
            "data": {key: value for key, value in row.items() if key not in apart},
            "audience": audience_of(row),
        }
        texts = only({"name": row.get("name"), "note": row.get("note"), "kind": row.get("institution_kind")})
        mark, subject = digest(row), known.get(row["id"])
        if subject is None:
            subject = Subject(
                record_id=row["id"], order=order, digest=mark, format_id=formats[row["format"]], **columns
            )
            new.append((subject, texts))
        elif subject.digest != mark:
            for name, value in columns.items():
                setattr(subject, name, value)
            subject.digest = mark
            subject.version += 1
            subject.save(update_fields=[*columns, "digest", "version"])
            change_wordings(subject, texts)
            recording.record("record.subject_changed", subject, {"id": subject.record_id, "entry": row})
        else:
            continue
        changed += 1
    Subject.objects.bulk_create([subject for subject, _ in new])
    make_wordings(new)
    for subject, _ in new:
        recording.record("record.subject_added", subject, {"id": subject.record_id}, visible=False)
    return changed
