"""What `sofra lint` and `sofra entities` print: plain lines, JSON, SARIF 2.1.0."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from sofra.lexicon.engine.linting import MIXED, Finding
from sofra.lexicon.engine.matching import Match

_LEVELS = {"breaks": "error", "footnote": "warning", "discouraged": "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_SHORT = {
    "breaks": "A name or term to which a delegation objects so that it can end the meeting.",
    "footnote": "A name that an objector accepts with its footnote only.",
    "discouraged": "A name or term that a delegation or a cited source advises against.",
}


class Places:
    """Lines and columns of a text, both from 1, columns in code points."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    def of(self, offset: int) -> tuple[int, int]:
        """The line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def match_row(match: Match) -> dict[str, Any]:
    """A match as JSON; `guard` and `spoof` only where there is something to say."""
    row: dict[str, Any] = {
        "start": match.start,
        "end": match.end,
        "text": match.text,
        "entity": match.entity,
        "kind": match.kind,
        "language": match.language,
        "script": match.script,
    }
    return row | {key: value for key, value in (("guard", match.guard), ("spoof", match.spoof)) if value}


def finding_row(finding: Finding) -> dict[str, Any]:
    """A finding as JSON; `quoted`, `guard` and `spoof` only where there is something to say."""
    row: dict[str, Any] = {
        "start": finding.start,
        "end": finding.end,
        "text": finding.text,
        "entity": finding.entity or None,
        "kind": finding.kind,
        "language": finding.language,
        "script": finding.script,
        "designation": finding.designation,
        "objectors": list(finding.objectors),
        "severity": finding.severity,
        "reason": finding.reason,
        "source": finding.source,
        "alternatives": [{"text": each.text, "inflected": each.inflected} for each in finding.alternatives],
        "objections": [
            {
                "id": voice.id,
                "viewpoint": voice.viewpoint,
                "severity": voice.severity,
                "reason": voice.reason,
                "source": voice.source,
            }
            for voice in finding.voices
        ],
    }
    further = (("quoted", finding.quoted), ("guard", finding.guard), ("spoof", finding.spoof))
    return row | {key: value for key, value in further if value}


def as_json(rows: Sequence[dict[str, Any]]) -> str:
    """A list of objects, one per line; a text that is no valid Unicode is escaped."""
    if not rows:
        return "[]"
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    said = "[\n" + ",\n".join(f" {line}" for line in lines) + "\n]"
    try:
        said.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(list(rows))
    return said


def matches_as_lines(matches: Sequence[Match], text: str, name: str) -> str:
    """A line per match: where, what, which entity."""
    places = Places(text)
    lines = []
    for match in matches:
        line, column = places.of(match.start)
        more = "".join(f", {each}" for each in (match.guard, match.spoof and f"mixed script: {match.spoof}") if each)
        said = " ".join(match.text.split())
        lines.append(f"{name}:{line}:{column}: {said}: {match.entity} ({match.kind}, {match.language}{more})")
    return "\n".join(lines)


def findings_as_lines(findings: Sequence[Finding], text: str, name: str) -> str:
    """A line per finding, and one below it for what could stand instead."""
    places = Places(text)
    lines = []
    for finding in findings:
        line, column = places.of(finding.start)
        whose = f" [{', '.join(finding.objectors)}]" if finding.objectors else ""
        quoted = " (quoted; annotated only)" if finding.quoted else ""
        said = " ".join(finding.text.split())
        lines.append(f"{name}:{line}:{column}: {finding.severity}: {said}{whose}{quoted}: {finding.reason}")
        if finding.spoof and finding.voices[0].id != MIXED:
            lines.append(f"    letters of two scripts: {finding.spoof}")
        if finding.source:
            lines.append(f"    source: {finding.source}")
        if finding.alternatives:
            offered = (each.text + ("" if each.inflected else " (nominative)") for each in finding.alternatives)
            lines.append(f"    instead: {'; '.join(offered)}")
    return "\n".join(lines)


def as_sarif(findings: Sequence[Finding], text: str, name: str, version: str) -> str:
    """A SARIF 2.1.0 log with one run. Columns and offsets count code points, as it says itself."""
    places = Places(text)
    rules = list(dict.fromkeys((voice.id, voice.severity) for each in findings for voice in each.voices[:1]))
    numbers = {rule: number for number, (rule, _severity) in reversed(list(enumerate(rules)))}
    results = []
    for finding in findings:
        voice = finding.voices[0]
        (line, column), (last, until) = places.of(finding.start), places.of(finding.end)
        results.append(
            {
                "ruleId": voice.id,
                "ruleIndex": numbers[voice.id],
                "level": _LEVELS[finding.severity],
                "message": {"text": f"“{finding.text}”: {finding.reason or finding.severity}"},
                "locations": [
                    {
                        "physicalLocation": {
                            "artifactLocation": {"uri": quote(name.replace("\\", "/"))},
                            "region": {
                                "startLine": line,
                                "startColumn": column,
                                "endLine": last,
                                "endColumn": until,
                                "charOffset": finding.start,
                                "charLength": finding.end - finding.start,
                            },
                        }
                    }
                ],
                "properties": finding_row(finding),
            }
        )
    driver = {
        "name": "sofra lint",
        "version": version,
        "rules": [
            {
                "id": rule,
                "shortDescription": {"text": _SHORT[severity]},
                "defaultConfiguration": {"level": _LEVELS[severity]},
            }
            for rule, severity in rules
        ],
    }
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }
    # Escaped: a text that is no valid Unicode can be told too.
    return json.dumps(log, indent=1)
