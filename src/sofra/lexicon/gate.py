"""The gate before what the secretariat puts out: a text that would break a meeting goes out only if somebody says so.

Only the secretariat's own words pass here. A delegation's are never blocked and never logged; objections that one delegation
keeps for itself are not known to the secretariat, and never hold anything up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sofra.kernel import anyway, recording, wordings
from sofra.kernel.models import Audience, Held
from sofra.lexicon.checking import Checker, Shown
from sofra.lexicon.models import Objection, Profile
from sofra.lexicon.queries.objections import standing_objections
from sofra.lexicon.queries.sent import SENT

#: As grave as this, and it is held.
SEVERE = Objection.Severity.BREAKS


@dataclass(frozen=True)
class Found:
    """A finding: the row, the field and the language it stands in."""

    subject: Any
    field: str
    language: str
    shown: Shown


def prepared(format_id: UUID | None, profile: Profile | None) -> Checker | None:
    """What any number of rows of a format can be read with; None where nobody objects gravely to anything.

    Objections of other formats do not count.
    """
    asked = standing_objections().filter(severity=SEVERE).filter(Q(format=None) | Q(format_id=format_id))
    return Checker(get_language() or "en", profile=profile, format_id=format_id) if asked.exists() else None


def severe_in(
    subject: Any,
    profile: Profile | None,
    checker: Checker | None = None,
    *,
    texts: Mapping[str, Mapping[str, str]] | None = None,
) -> list[Found]:
    """The severe findings in the wordings of a row, or in `texts` by field and language. Without a `checker` one is prepared."""
    checker = checker or prepared(subject.format_id, profile)
    if checker is None:
        return []
    said = texts if texts is not None else wordings.of([subject]).get(subject.pk, {})
    return [
        Found(subject, name, language, each)
        for name, by in sorted(said.items())
        for language, text in sorted(by.items())
        for each in checker.check(text, language)
        if each.severity == SEVERE
    ]


def hold(found: Iterable[Found], *, meetings: Mapping[Any, UUID] | None = None) -> None:
    """Hold back what was found, unless it was said that it goes out all the same: then the audit keeps what was found.

    What is kept is read by the secretariat alone: who objects, and why, may be for fewer to know than who reads the row.
    `meetings` says by row of which meeting it is. Raises NeedsAnyway.
    """
    rows: dict[Any, list[Found]] = {}
    for each in found:
        rows.setdefault(each.subject.pk, []).append(each)
    if not rows:
        return
    if not anyway.was_said():
        raise needs_anyway(each for by in rows.values() for each in by)
    for key, by in rows.items():
        recording.record(
            SENT,
            inward(by[0].subject),
            {"table": table_of(by[0].subject), "found": [told(each) for each in by]},
            meeting_id=(meetings or {}).get(key),
            visible=False,
        )


def needs_anyway(found: Iterable[Found]) -> anyway.NeedsAnyway:
    """The refusal that asks for it, with what was found, each word of it once."""
    once = {(each.shown.text, each.shown.voices): each.shown for each in found}
    return anyway.NeedsAnyway(
        _(
            "Members or cited sources say that this breaks a meeting. Change the text, or send it anyway; that is recorded."
        ),
        tuple(once.values()),
    )


def table_of(subject: Any) -> str:
    """The table of a row, by which its room presents it; "" for what is no row."""
    meta = getattr(subject, "_meta", None)
    return str(meta.label_lower) if meta is not None else ""


def inward(subject: Any) -> Held:
    """A row as the secretariat alone knows it, to record what is told to nobody else."""
    return cast(Held, _Inward(subject))


@dataclass(frozen=True)
class _Inward:
    """A row as the secretariat alone knows it."""

    subject: Any

    @property
    def pk(self) -> Any:
        return self.subject.pk

    @property
    def format_id(self) -> Any:
        return self.subject.format_id

    def placement(self) -> dict[str, Any]:
        return {
            "audience": Audience.SECRETARIAT, "format_id": self.format_id, "owner_party_id": None, "readers": [],
            "readable_from": None, "entry_id": None,
        }  # fmt: skip


def told(found: Found) -> dict[str, Any]:
    """A finding in words, for the audit."""
    shown = found.shown
    voices = [{"who": voice.who, "severity": str(voice.severity), "reason": voice.reason} for voice in shown.voices]
    return {
        "field": found.field, "language": found.language, "text": shown.text, "at": [shown.start, shown.end],
        "voices": voices,
    }  # fmt: skip
