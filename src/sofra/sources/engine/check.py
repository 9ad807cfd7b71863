"""Checks a record before anything is written: each finding is a sentence that names the entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sofra.sources.engine.document import SECTIONS, Document, Entry, RecordError

MODALITIES = ("expected", "reported", "confirmed", "opinion", "cited")
BEARINGS = ("carries", "differs", "silent")
SENSITIVITIES = ("status", "ethnic_generalisation")
EFFECTS = ("confirms", "contradicts", "corrects_as_of", "differs", "supports", "qualifies", "adds", "resolves")
SOURCE_KINDS = ("document", "later_report", "editors_note", "editors_search")
SUBJECT_KINDS = (
    "meeting", "format", "mechanism", "institution", "event", "agreement", "project", "figure", "place", "group",
    "relation", "party", "person",
)  # fmt: skip
CASES = ("gen", "acc", "dat", "loc", "abl", "ins")
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?\Z")


def check(document: Document) -> None:
    """Raise RecordError with all findings, a line each (the first twenty), if the record cannot be loaded."""
    found = list(_findings(document))
    if found:
        more = f"\n… and {len(found) - 20} more." if len(found) > 20 else ""
        raise RecordError("\n".join(found[:20]) + more)


def _findings(document: Document) -> Iterator[str]:
    known = {name: _ids(document, name) for name in SECTIONS}
    for name, key in SECTIONS.items():
        seen: set[str] = set()
        for row in document[name]:
            if row[key] in seen:
                yield f"{name} “{row[key]}”: stands twice; an id names one entry."
            seen.add(row[key])
            yield from _wordings(name, row[key], row, document.languages, known["parties"])
    for row in document["sources"]:
        yield from _one_of("sources", row["key"], row, "kind", SOURCE_KINDS)
        for field in ("date", "date_not_before", "date_not_after", "accessed"):
            yield from _date("sources", row["key"], row.get(field), field)
    for row in document["subjects"]:
        yield from _one_of("subjects", row["id"], row, "kind", SUBJECT_KINDS)
        if not row.get("slug"):
            yield f"subjects “{row['id']}”: “slug” is missing."
        if "sensitivity" in row:
            yield from _one_of("subjects", row["id"], row, "sensitivity", SENSITIVITIES)
        yield from _refer("subjects", row["id"], row.get("seen_in", []), known["sources"], "source")
    for row in document["claims"]:
        yield from _claim(row, known)
    for row in document["discrepancies"]:
        yield from _discrepancy(row, known)
    for row in document["party_names"]:
        yield from _refer("party_names", row["id"], [row.get("party")], known["parties"], "party")
        yield from _refer("party_names", row["id"], row.get("sources", []), known["sources"], "source")
    for row in document["formats"]:
        members = row.get("members", [])
        yield from _refer("formats", row["slug"], [each.get("party") for each in members], known["parties"], "party")


def _claim(row: Entry, known: dict[str, set[str]]) -> Iterator[str]:
    where = row["id"]
    yield from _one_of("claims", where, row, "modality", MODALITIES)
    if not isinstance(row.get("predicate"), str) or not row["predicate"]:
        yield f"claims “{where}”: “predicate” is missing."
    if "sensitivity" in row:
        yield from _one_of("claims", where, row, "sensitivity", SENSITIVITIES)
    yield from _refer("claims", where, [row.get("subject")], known["subjects"], "subject")
    yield from _refer("claims", where, row.get("about", []), known["subjects"], "subject")
    if "part_of" in row:
        yield from _refer("claims", where, [row["part_of"]], known["claims"], "claim")
    anything = known["claims"] | known["subjects"] | known["discrepancies"]
    for touch in row.get("touches", []):
        yield from _refer("claims", where, [touch.get("to")], anything, "claim, subject or discrepancy")
        yield from _one_of("claims", where, touch, "effect", EFFECTS)
    evidence = row.get("evidence")
    if not isinstance(evidence, list) or not evidence:
        yield f"claims “{where}”: has no evidence; a fact without a source is not a fact."
        evidence = []
    for piece in evidence:
        if not isinstance(piece, dict):
            yield f"claims “{where}”: a piece of evidence must be an object that names its source."
            continue
        yield from _refer("claims", where, [piece.get("source")], known["sources"], "source")
        if "bearing" in piece:
            yield from _one_of("claims", where, piece, "bearing", BEARINGS)
    as_of = row.get("as_of", {})
    if not isinstance(as_of, dict):
        yield f"claims “{where}”: “as_of” must be an object with date and basis."
        return
    yield from _date("claims", where, as_of.get("date"), "as_of")
    yield from _date("claims", where, row.get("data", {}).get("date"), "data.date")
    if known["themes"] and row.get("data", {}).get("theme"):
        yield from _refer("claims", where, [row["data"]["theme"]], known["themes"], "theme")


def _discrepancy(row: Entry, known: dict[str, set[str]]) -> Iterator[str]:
    where = row["id"]
    sides = row.get("sides", [])
    if len(sides) < 2:
        yield f"discrepancies “{where}”: needs at least two sides."
    for side in sides:
        yield from _refer("discrepancies", where, side.get("sources", []), known["sources"], "source")
        yield from _refer("discrepancies", where, side.get("claims", []), known["claims"], "claim")
    yield from _refer("discrepancies", where, row.get("later_reports", []), known["claims"], "claim")
    if row.get("subject"):
        yield from _refer("discrepancies", where, [row["subject"]], known["subjects"], "subject")
    if row.get("apparent") and not row.get("explanation"):
        yield f"discrepancies “{where}”: only looks like a contradiction, so “explanation” must say why."


def _ids(document: Document, section: str) -> set[str]:
    return {row[SECTIONS[section]] for row in document[section]}


def _refer(section: str, where: str, wanted: Any, known: set[str], noun: str) -> Iterator[str]:
    for each in wanted if isinstance(wanted, list) else [wanted]:
        if not isinstance(each, str) or each not in known:
            yield f"{section} “{where}”: refers to the {noun} “{each}”, which is not in the record."


def _one_of(section: str, where: str, row: Entry, field: str, values: tuple[str, ...]) -> Iterator[str]:
    if row.get(field) not in values:
        yield f"{section} “{where}”: “{field}” is “{row.get(field)}”; it must be one of {', '.join(values)}."


def _date(section: str, where: str, value: Any, field: str) -> Iterator[str]:
    if value is not None and not (isinstance(value, str) and _DATE.match(value)):
        yield f"{section} “{where}”: “{field}” is “{value}”; a date is written 2026, 2026-01 or 2026-01-23."


def _wordings(section: str, where: str, value: Any, languages: list[str], parties: set[str]) -> Iterator[str]:
    """Every wording below: all languages, no empty text, placeholders that name a known party."""
    if isinstance(value, list):
        for each in value:
            yield from _wordings(section, where, each, languages, parties)
    elif isinstance(value, dict):
        if not set(value) & set(languages):
            for each in value.values():
                yield from _wordings(section, where, each, languages, parties)
            return
        for language in languages:
            text = value.get(language)
            if not isinstance(text, str) or not text.strip():
                yield f"{section} “{where}”: a wording has no text in “{language}”."
                continue
            for inside in PLACEHOLDER.findall(text):
                code, _, case = inside.partition(":")
                if code not in parties or (case and case not in CASES):
                    yield f"{section} “{where}”: the placeholder “{{{inside}}}” names no party of the record or no case."
