"""What somebody objects to in a text: every name found, held against the objections of viewpoints and against a profile.

Nothing objects by itself: an objection is a delegation's or a cited source's, and each finding says whose. What stands in a
quotation is annotated and never rewritten.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from sofra.lexicon.engine import folding, guards, serbian_scripts, surroundings
from sofra.lexicon.engine.alternatives import Alternative, alternatives
from sofra.lexicon.engine.folding import Folded
from sofra.lexicon.engine.joining import Joined
from sofra.lexicon.engine.matching import Match, Matcher
from sofra.lexicon.engine.model import SEVERITIES, Designation, Lexicon, Objection
from sofra.lexicon.engine.profile_file import Designated, ProfileFile, red_lines
from sofra.lexicon.engine.quoting import Quotations
from sofra.lexicon.engine.readings import group_of
from sofra.lexicon.engine.recognising import BCMS

#: The gravest first.
RANK = {severity: rank for rank, severity in enumerate(SEVERITIES)}
#: The id of what is said of a word whose letters are of two scripts.
MIXED = "mixed-script"
_MARKS = ("*", "＊", "†")
#: How many names in how many forms a linter remembers what is said of.
_REMEMBERED = 20_000
_UNSEEN: Any = object()


@dataclass(frozen=True, slots=True)
class Voice:
    """One objection that holds at a place: whose (None: a source's alone), how grave, why, and where from."""

    id: str
    viewpoint: str | None
    severity: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A place in a text that somebody objects to; `text[start:end] == text` in code points of the text.

    `designation` is the nominative of what was found; `severity` the gravest of `voices`, `reason` and `source` that
    voice's. `quoted`: it stands in a quotation, so that `alternatives` is empty.
    """

    start: int
    end: int
    text: str
    entity: str
    kind: str
    language: str
    script: str
    designation: str
    objectors: tuple[str, ...]
    severity: str
    reason: str
    source: str
    alternatives: tuple[Alternative, ...]
    label: str = ""
    quoted: bool = False
    guard: str | None = None
    spoof: str | None = None
    voices: tuple[Voice, ...] = field(default=())


class _Said(NamedTuple):
    """What is said of a form wherever it stands so: all of a finding but its place."""

    voices: tuple[Voice, ...]
    objectors: tuple[str, ...]
    offered: tuple[Alternative, ...]


class Linter:
    """A lexicon, a profile and viewpoints, ready for many texts.

    `viewpoints` empty: everybody's objections. Otherwise those of the viewpoints named, those that rest on a source alone,
    and the profile's own red lines. `reasons` is the language reasons are told in where they exist in it. Raises BadProfile
    where a red line names what the lexicon does not have.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        profile: ProfileFile | None = None,
        viewpoints: Collection[str] = (),
        matcher: Matcher | Joined | None = None,
        reasons: str = "en",
    ) -> None:
        self._lexicon, self._profile, self._reasons = lexicon, profile, reasons
        own = red_lines(profile, lexicon) if profile and profile.objections else ()
        shipped = [
            each
            for each in lexicon.objections
            if not viewpoints or each.viewpoint is None or each.viewpoint in viewpoints
        ]
        self._matcher = matcher or Matcher(lexicon)
        self._by_entity: dict[str, list[Objection]] = {}
        terms: list[Designation] = []
        self._by_term: dict[int, Objection] = {}
        for objection in (*shipped, *own):
            if objection.entity is not None:
                self._by_entity.setdefault(objection.entity, []).append(objection)
            elif objection.term is not None:
                term = replace(objection.term)
                self._by_term[id(term)] = objection
                terms.append(term)
        self._terms = Matcher(lexicon, terms) if terms else None
        self._candidates: dict[tuple[int, str], tuple[Objection, ...]] = {}
        #: By the identity of their words, which the objections hold.
        self._heads: dict[int, tuple[str, ...]] = {}
        self._voices: dict[int, Voice] = {}
        self._remembered: dict[tuple[object, ...], _Said | None] = {}

    def lint(self, text: str, language: str | None = None, day: date | None = None) -> list[Finding]:
        """The findings in a text, in its order and without overlaps. `day` is the date of the text; today where unknown."""
        folded = folding.fold(text)
        quotations = Quotations(text)
        when = day or date.today()
        names = self._matcher.find_in(folded, language)
        found = []
        noted = self._footnoted(text)
        silent = self._profile is None
        candidates = self._candidates
        for match in names:
            objections = candidates.get((id(match.designation), match.kind))
            if objections is None:
                objections = self._objections(match)
            holding = [each for each in objections if self._applies(each, match, folded, quotations, when)]
            if (holding or not silent or match.spoof) and (
                finding := self._finding(match, holding, text, quotations, language, noted)
            ):
                found.append(finding)
        if self._terms is not None:
            for match in self._terms.find_in(folded, language):
                objection = self._by_term[id(match.designation)]
                if self._applies(objection, match, folded, quotations, when) and (
                    finding := self._finding(match, [objection], text, quotations, language, noted)
                ):
                    found.append(finding)
        return _apart(found)

    def _objections(self, match: Match) -> tuple[Objection, ...]:
        """The objections to a designation of some kind, before the surroundings are looked at; remembered."""
        found = self._candidates[id(match.designation), match.kind] = tuple(
            each for each in self._by_entity.get(match.entity, ()) if _concerns(each, match.designation, match.kind)
        )
        return found

    def _applies(self, objection: Objection, match: Match, folded: Folded, quotations: Quotations, day: date) -> bool:
        when = objection.when
        if (when.after and day < when.after) or (when.before and day > when.before):
            return False
        if when.quoted is not None and when.quoted != quotations.hold(match.start, match.end):
            return False
        if not (when.left or when.right or when.near or when.head or when.head_not):
            return True
        start, end = folded.back(match.start), folded.back(match.end)
        if when.left and not surroundings.touches(when.left, folded, start, end, left=True):
            return False
        if when.right and not surroundings.touches(when.right, folded, start, end, left=False):
            return False
        if when.near and not surroundings.is_near(when.near, folded, start, end):
            return False
        left = match.language == "sq"
        if when.head and not surroundings.has_head(self._heads_of(when.head), folded, start, end, left):
            return False
        return not (when.head_not and surroundings.has_head(self._heads_of(when.head_not), folded, start, end, left))

    def _heads_of(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Words of a head noun; kind:institution stands for the names of institutions, by their first words."""
        found = self._heads.get(id(words))
        if found is None:
            found = self._heads[id(words)] = _heads(self._lexicon, words)
        return found

    def _footnoted(self, text: str) -> bool:
        """Whether the profile's footnote stands in the text, in any language."""
        return self._profile is not None and any(note and note in text for note in self._profile.footnote.values())

    def _finding(
        self,
        match: Match,
        holding: list[Objection],
        text: str,
        quotations: Quotations,
        language: str | None,
        noted: bool,
    ) -> Finding | None:
        """What is found at a match; None where nobody says anything."""
        noted = noted or text[match.end : match.end + 1] in _MARKS
        said = self._said(match, holding, language, noted)
        if said is None:
            return None
        first = said.voices[0]
        quoted = quotations.hold(match.start, match.end)
        return Finding(
            match.start,
            match.end,
            match.text,
            match.entity,
            match.kind if match.entity else "term",
            match.language,
            match.script,
            match.designation.form,
            said.objectors,
            first.severity,
            first.reason,
            first.source,
            () if quoted else said.offered,
            match.label,
            quoted,
            match.guard,
            match.spoof,
            said.voices,
        )

    def _said(self, match: Match, holding: list[Objection], language: str | None, noted: bool) -> _Said | None:
        """What is said of a form, which does not depend on where in a text it stands; remembered."""
        # Designations and objections are held by this linter and its matchers, so that no other has their identity.
        key = (id(match.designation), *match[2:7], *match[8:], language, noted, *map(id, holding))
        found: _Said | None = self._remembered.get(key, _UNSEEN)
        if found is _UNSEEN:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            found = self._remembered[key] = self._heard(match, holding, language, noted)
        return found

    def _heard(self, match: Match, holding: list[Objection], language: str | None, noted: bool) -> _Said | None:
        designated = self._designated(match, language) if match.kind == "name" else None
        agreed = None if designated is None else designated.text.rstrip("".join(_MARKS)).strip()
        settled = agreed is not None and agreed.lower() == match.designation.form.lower()
        if settled and self._profile and self._profile.basis and self._profile.basis.approved:
            holding = [each for each in holding if each.severity == "footnote"]
        voices = [self._voice(each) for each in holding if not (each.severity == "footnote" and noted)]
        if match.guard is None or match.guard == guards.HASHTAG:
            voices += self._by_profile(match, designated, agreed, settled, noted)
        if match.spoof:
            voices.append(Voice(MIXED, None, "discouraged", f"Letters of two scripts: {match.spoof}.", ""))
        if not voices:
            return None
        return _Said(
            tuple(sorted(dict.fromkeys(voices), key=lambda voice: RANK[voice.severity])),
            tuple(sorted({voice.viewpoint for voice in voices if voice.viewpoint})),
            self._alternatives(match, holding, agreed if not settled else None, language),
        )

    def _by_profile(
        self, match: Match, designated: Designated | None, agreed: str | None, settled: bool, noted: bool
    ) -> list[Voice]:
        """What the profile itself says of a name: another one is agreed, or the footnote is missing."""
        profile = self._profile
        if profile is None or match.kind != "name" or not match.entity:
            return []
        if profile.persons_only and self._lexicon.entities[match.entity].kind == "party":
            return [Voice("profile", None, "discouraged", "The profile names persons only, no party.", profile.title)]
        if designated is None:
            return []
        if not settled and not match.designation.abbreviation:
            return [Voice("profile", None, "discouraged", f"The profile's designation is “{agreed}”.", profile.title)]
        if settled and designated.footnote and not noted:
            return [Voice("profile", None, "footnote", "The profile's designation carries a footnote.", profile.title)]
        return []

    def _designated(self, match: Match, language: str | None) -> Designated | None:
        if self._profile is None:
            return None
        for each in _tongues(match, language):
            if (found := self._profile.designated(match.entity, each)) is not None:
                return found
        return None

    def _alternatives(
        self, match: Match, holding: Iterable[Objection], agreed: str | None, language: str | None
    ) -> tuple[Alternative, ...]:
        offered = [agreed] if agreed else []
        tongues = _tongues(match, language)
        for objection in holding:
            for tongue in tongues:
                if tongue in objection.alternatives:
                    offered += objection.alternatives[tongue]
                    break
        return alternatives(self._lexicon, match, tuple(dict.fromkeys(offered)), tongues)

    def _voice(self, objection: Objection) -> Voice:
        found = self._voices.get(id(objection))
        if found is None:
            reasons: Mapping[str, str] = objection.reason
            reason = reasons.get(self._reasons) or reasons.get("en") or next(iter(reasons.values()), "")
            source = self._lexicon.sources.get(objection.source or "")
            said = f"{source.title}, {source.publisher}, {source.date}" if source else objection.source or ""
            found = Voice(objection.id, objection.viewpoint, objection.severity, reason, said)
            self._voices[id(objection)] = found
        return found


def lint(
    text: str,
    lexicon: Lexicon,
    profile: ProfileFile | None = None,
    viewpoints: Collection[str] = (),
    matcher: Matcher | None = None,
    language: str | None = None,
    day: date | None = None,
) -> list[Finding]:
    """The findings in one text (see Linter, which serves many)."""
    return Linter(lexicon, profile, viewpoints, matcher).lint(text, language, day)


def _concerns(objection: Objection, designation: Designation, kind: str) -> bool:
    if objection.kinds and kind not in objection.kinds:
        return False
    if objection.language and group_of(objection.language) != group_of(designation.language):
        return False
    return not objection.designations or bool(_written(designation) & set(objection.designations))


@lru_cache(maxsize=4096)
def _written(designation: Designation) -> frozenset[str]:
    """A citation form in both scripts of Serbian."""
    form = designation.form
    if group_of(designation.language) != BCMS:
        return frozenset({form})
    return frozenset({form, serbian_scripts.to_latin(form), serbian_scripts.to_cyrillic(form)})


def _tongues(match: Match, declared: str | None) -> tuple[str, ...]:
    """The languages whose wording fits a match: its own, the declared one, and where text cannot tell, those of its script."""
    own = match.designation.language
    if group_of(own) != BCMS:
        return (own,)
    of_script = ("sr",) if match.script == "Cyrl" else ("sr-latn", "bs", "cnr")
    first = [declared] if declared and group_of(declared) == BCMS else []
    return tuple(dict.fromkeys([*first, match.language, own, *of_script]))


def _heads(lexicon: Lexicon, words: tuple[str, ...]) -> tuple[str, ...]:
    kinds = {word.removeprefix("kind:") for word in words if word.startswith("kind:")}
    if not kinds:
        return words
    names = {
        designation.form.split()[0]
        for entity in lexicon.entities.values()
        if entity.kind in kinds
        for designation in entity.designations
        if designation.form[0].isupper()
    }
    return tuple(dict.fromkeys([*(word for word in words if not word.startswith("kind:")), *sorted(names)]))


def _apart(found: list[Finding]) -> list[Finding]:
    """In the order of the text; of two that overlap the graver stays, then the longer."""
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda each: (each.start, -each.end)):
        if kept and finding.start < kept[-1].end:
            other = kept[-1]
            if (RANK[finding.severity], other.end - other.start) < (RANK[other.severity], finding.end - finding.start):
                kept[-1] = finding
            continue
        kept.append(finding)
    return kept
