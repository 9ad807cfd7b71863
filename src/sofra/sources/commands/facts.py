"""Loads claims and discrepancies. A changed claim is superseded, never overwritten."""

from __future__ import annotations

from typing import Any

from sofra.kernel import recording
from sofra.kernel.models import SearchDocument, Wording
from sofra.sources.commands.rows import Formats, Texts, audience_of, change_wordings, digest, make_wordings, only
from sofra.sources.engine.document import Entry
from sofra.sources.models import Claim, Discrepancy, Evidence, Side, Source, Subject

#: Kinds of sources that are no documents: a claim that rests on them alone is a later report.
_LATER = {Source.Kind.LATER_REPORT, Source.Kind.EDITORS_SEARCH}


def load_claims(rows: list[Entry]) -> int:
    """Claims by id. A new fact is added, a changed one supersedes the old one; the audit says both."""
    known = {claim.record_id: claim for claim in Claim.objects.filter(current=True)}
    sources = {source.key: source for source in Source.objects.all()}
    subjects = dict(Subject.objects.values_list("record_id", "pk"))
    formats = Formats()
    made: list[tuple[Claim, Entry, Claim | None]] = []
    for order, row in enumerate(rows):
        mark, old = digest(row), known.get(row["id"])
        if old is not None and old.digest == mark:
            continue
        columns = _columns(row, sources)
        claim = Claim(
            record_id=row["id"],
            subject_id=subjects[row["subject"]],
            format_id=formats[row["format"]],
            audience=audience_of(row),
            order=order,
            digest=mark,
            **columns,
        )
        made.append((claim, row, old))
    Claim.objects.filter(pk__in=[old.pk for _, _, old in made if old]).update(current=False)
    Claim.objects.bulk_create([claim for claim, _, _ in made], batch_size=200)
    _add_evidence(made, sources)
    make_wordings((claim, _claim_texts(row)) for claim, row, _ in made)
    for claim, row, old in made:
        if old is None:
            recording.record("record.claim_added", claim, {"id": claim.record_id}, visible=False)
        else:
            _supersede(old, claim, row)
    return len(made)


def _columns(row: Entry, sources: dict[str, Source]) -> dict[str, Any]:
    as_of = row.get("as_of", {})
    return {
        "about": row.get("about", []),
        "predicate": row["predicate"],
        "modality": row["modality"],
        "data": row.get("data", {}),
        "as_of": as_of.get("date", ""),
        "as_of_basis": as_of.get("basis", "not_stated"),
        "as_of_unstated": as_of.get("note") == "not_stated",
        "sensitivity": row.get("sensitivity", ""),
        "flags": row.get("flags", []),
        "part_of": row.get("part_of", ""),
        "touches": row.get("touches", []),
        "later": all(sources[piece["source"]].kind in _LATER for piece in row["evidence"]),
    }


def _claim_texts(row: Entry) -> Texts:
    as_of, data = row.get("as_of", {}), row.get("data", {})
    return only(
        {
            "text": row.get("text"),
            "note": row.get("note"),
            "as_of": as_of.get("text"),
            "title": data.get("title"),
            "said": data.get("text"),
            "speaker": data.get("speaker"),
        }
    )


def _add_evidence(made: list[tuple[Claim, Entry, Claim | None]], sources: dict[str, Source]) -> None:
    pieces: list[tuple[Evidence, Texts]] = []
    for claim, row, _ in made:
        for order, piece in enumerate(row["evidence"]):
            evidence = Evidence(
                claim=claim,
                source=sources[piece["source"]],
                bearing=piece.get("bearing", Evidence.Bearing.CARRIES),
                language=piece.get("language") or "",
                locator=piece.get("locator") or "",
                order=order,
                **claim.placement(),
            )
            pieces.append((evidence, only({"note": piece.get("note")})))
    Evidence.objects.bulk_create([evidence for evidence, _ in pieces], batch_size=500)
    make_wordings(pieces)


def _supersede(old: Claim, new: Claim, row: Entry) -> None:
    old.superseded_by = new
    old.version += 1
    old.save(update_fields=["superseded_by", "version"])
    # What finds the fact follows it at once, also into a narrower audience; its words are written once all is loaded.
    SearchDocument.objects.filter(subject_id=old.pk).update(subject_id=new.pk, **new.placement())
    before = {
        "modality": old.modality,
        "data": old.data,
        "as_of": old.as_of,
        "text": dict(Wording.objects.filter(subject_id=old.pk, field="text").values_list("language", "text")),
    }
    recording.record("record.claim_superseded", new, {"id": new.record_id, "before": before, "entry": row})


def load_discrepancies(rows: list[Entry]) -> int:
    """Discrepancies by id, with their sides."""
    known = {each.record_id: each for each in Discrepancy.objects.all()}
    subjects = dict(Subject.objects.values_list("record_id", "pk"))
    formats, changed = Formats(), 0
    for order, row in enumerate(rows):
        mark, found = digest(row), known.get(row["id"])
        if found is not None and found.digest == mark:
            continue
        columns = {
            "kind": row["kind"],
            "apparent": bool(row.get("apparent")),
            "subject_id": subjects.get(row.get("subject") or ""),
            "later_reports": row.get("later_reports", []),
            "sensitivity": row.get("sensitivity", ""),
            "audience": audience_of(row),
            "digest": mark,
            "order": order,
        }
        texts = only({name: row.get(name) for name in ("about", "explanation", "resolution")})
        changed += 1
        if found is None:
            found = Discrepancy.objects.create(record_id=row["id"], format_id=formats[row["format"]], **columns)
            make_wordings([(found, texts)])
            recording.record("record.discrepancy_added", found, {"id": found.record_id}, visible=False)
        else:
            for name, value in columns.items():
                setattr(found, name, value)
            found.version += 1
            found.save()
            change_wordings(found, texts)
            recording.record("record.discrepancy_changed", found, {"id": found.record_id, "entry": row})
        _sides(found, row["sides"])
    return changed


def _sides(found: Discrepancy, rows: list[Entry]) -> None:
    known = {side.label: side for side in found.sides.all()}
    for row in rows:
        side = known.pop(row["label"], None) or Side(discrepancy=found, label=row["label"])
        side.sources, side.claims = row.get("sources", []), row.get("claims", [])
        for name, value in found.placement().items():
            setattr(side, name, value)
        side.save()
        change_wordings(side, only({"text": row.get("text")}))
    for side in known.values():
        change_wordings(side, {})
