"""Holds texts against the objections that somebody may read and, if one is chosen, against a profile. Nothing is kept.

The names are those of house_names.py; objections come from the tables, as the walls let them through, so that a delegation's
red lines are among them for that delegation alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from sofra.kernel import acting, guarding, wordings
from sofra.lexicon.engine.linting import Finding, Linter
from sofra.lexicon.engine.profile_file import ProfileFile
from sofra.lexicon.engine.word_files import Replacement
from sofra.lexicon.engine_rows import objections, profile_file
from sofra.lexicon.house_names import ONE_AT_A_TIME, known
from sofra.lexicon.models import Profile
from sofra.lexicon.profiles import ProfileInForce, read
from sofra.lexicon.queries.entities import viewpoint_names
from sofra.lexicon.queries.objections import own_red_lines, present_objections, standing_objections
from sofra.lexicon.queries.profiles import ClockTimestamp, holding_at


@dataclass(frozen=True)
class Said:
    """One voice at a place: who objects, how grave it is, why, and where from. `own`: it is the reader's own red line."""

    who: str
    severity: str
    reason: str
    language: str
    source: str
    own: bool = False


@dataclass(frozen=True)
class Shown:
    """A finding for a page; `text[start:end]` of the text is `text`. `alternatives` are pairs of words and whether they are
    in the form that the text needs; `finding` is what the engine found."""

    start: int
    end: int
    text: str
    severity: str
    voices: tuple[Said, ...]
    alternatives: tuple[tuple[str, bool], ...]
    quoted: bool
    language: str
    finding: Finding


def viewpoints(language: str) -> list[tuple[str, str]]:
    """Who objects to anything that the actor may read: code and name, in the order of the names."""
    codes = standing_objections().exclude(viewpoint="").order_by().values_list("viewpoint", flat=True).distinct()
    return sorted(viewpoint_names(codes, language).items(), key=lambda pair: pair[1])


def profiles_to_check() -> list[Profile]:
    """The profiles in force that the actor may read, one per format, and those of rehearsals."""
    standing = (Profile.State.STANDING, Profile.State.PROPOSED)
    rows = Profile.objects.filter(state__in=standing, in_force_from__lte=ClockTimestamp(), ended_at=None)
    by: dict[tuple[Any, bool], list[Profile]] = {}
    for row in rows.select_related("format").annotate(now=ClockTimestamp()).order_by("number"):
        by.setdefault((row.format_id, row.exercise), []).append(row)
    held = [holding_at(found, found[0].now) for found in by.values()]  # type: ignore[attr-defined]
    return [row for row in held if row is not None]


def worded_profiles(language: str) -> list[tuple[Profile, str]]:
    """Profiles to check against, with their names."""
    rows = profiles_to_check()
    formats = {row.format_id: row.format for row in rows if row.format is not None}
    wordings.attach(formats.values(), language)
    found = []
    for row in rows:
        format = formats[row.format_id]
        said = {"number": row.number, "format": format.worded.get("name", "")}  # type: ignore[attr-defined]
        name = _("Designation profile %(number)s: %(format)s") % said
        found.append((row, f"{name} · {_('for a rehearsal')}" if row.exercise else name))
    return found


class Checker:
    """Holds texts against what somebody objects to. All it needs is read when it is made; a text asks nothing more.

    `language` is the reader's. With `format_id`, objections made before the members of other formats are left out; `own`
    asks for the red lines of the actor's own delegation alone.
    """

    def __init__(
        self,
        language: str,
        *,
        profile: Profile | ProfileInForce | None = None,
        format_id: UUID | None = None,
        own: bool = False,
    ) -> None:
        asked = own_red_lines() if own else standing_objections()
        if format_id is not None:
            asked = asked.filter(Q(format=None) | Q(format_id=format_id))
        self._language, self._own = language, acting.current().party_id
        self._rows = present_objections(asked, language)
        whole = read(profile) if isinstance(profile, Profile) else profile
        self._agreed = profile_file(whole) if whole is not None else None
        self._known = known(format_id)
        self._prepare()

    def _prepare(self) -> None:
        self._by_id = {str(row.pk): row for row in self._rows}
        lexicon = self._known.lexicon
        lexicon = replace(lexicon, objections=tuple(objections(self._rows, lexicon)))
        with ONE_AT_A_TIME:
            self._linter = Linter(lexicon, self._agreed, matcher=self._known.matcher, reasons=self._language)

    def of(self, viewpoints: Collection[str]) -> Checker:
        """The same for some viewpoints alone. What a source says for nobody in particular and the actor's own objections
        are always among them."""
        found = copy(self)
        found._rows = [
            row
            for row in self._rows
            if not row.viewpoint
            or row.viewpoint in viewpoints
            or (self._own is not None and row.owner_party_id == self._own)
        ]
        found._prepare()
        return found

    def check(self, text: str, declared: str | None = None) -> list[Shown]:
        """What somebody objects to in a text, in its order. `declared` is the language of the text, where it is known."""
        declared = None if declared == guarding.UNSAID else declared
        with ONE_AT_A_TIME:
            found = self._linter.lint(text, declared)
        return [_shown(each, self._by_id, self._agreed, self._language) for each in found]


def _shown(finding: Finding, rows: Mapping[str, Any], agreed: ProfileFile | None, language: str) -> Shown:
    voices = []
    for voice in finding.voices:
        row = rows.get(voice.id)
        if row is not None:
            reason, tongue = row.said_reason
            source = row.citation or (
                f"{row.cited.title}, {row.cited.publisher}, {row.cited.date}" if row.cited else ""
            )
            who = row.who or _("a cited source")
            voices.append(Said(who, voice.severity, reason, tongue, source, row.private))
        elif voice.id == "profile":
            who = agreed.title if agreed is not None else _("the profile")
            if agreed is not None and agreed.persons_only:
                reason = _(
                    "The profile names persons only: no party is named in what is issued, printed or exported under it."
                )
            elif voice.severity == "footnote":
                reason = _("The profile's designation carries a footnote, and none stands here.")
            else:
                reason = _("The profile calls it otherwise.")
            voices.append(Said(who, voice.severity, reason, language, ""))
        else:
            reason = _("Letters of two scripts are mixed in this word; it looks like a name and is not written as one.")
            voices.append(Said(_("the lexicon"), voice.severity, reason, language, ""))
    alternatives = tuple(dict.fromkeys((each.text, each.inflected) for each in finding.alternatives))
    return Shown(
        finding.start, finding.end, finding.text, finding.severity, tuple(voices), alternatives, finding.quoted,
        finding.language if finding.language in dict(settings.LANGUAGES) else "", finding,
    )  # fmt: skip


def digest(found: Iterable[Shown]) -> str:
    """What the choices on a page were made from: places and alternatives."""
    said = repr([(each.start, each.end, each.alternatives) for each in found])
    return hashlib.sha256(said.encode()).hexdigest()[:20]


def replacements(found: Iterable[Shown], chosen: Mapping[int, int]) -> list[Replacement]:
    """What is put where: number of the finding to number of its alternative."""
    return [
        Replacement(each.start, each.end, each.alternatives[chosen[number]][0])
        for number, each in enumerate(found)
        if number in chosen and chosen[number] < len(each.alternatives)
    ]


def with_alternatives(text: str, found: Iterable[Shown], chosen: Mapping[int, int]) -> str:
    """The text with chosen alternatives in their places."""
    pieces, at = [], 0
    for each in replacements(found, chosen):
        pieces += [text[at : each.start], each.text]
        at = each.end
    return "".join([*pieces, text[at:]])
