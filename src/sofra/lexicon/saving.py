"""Who looks at words as they are saved and as they go out: the guard of the kernel's commands and forms.

The secretariat's own words are held where others come to read them and an objection that breaks the meeting stands against
them; its drafts are kept and remarked on. A delegation's own words are remarked on for itself alone: it is never held, and
nothing of it is written down.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sofra.kernel import acting, anyway, recording, rooms, wordings
from sofra.kernel.guarding import Kept, Said
from sofra.kernel.models import Audience, Held
from sofra.kernel.remarks import Remark
from sofra.lexicon.checking import Shown, check
from sofra.lexicon.models import Objection, Profile
from sofra.lexicon.queries import profile_in_force
from sofra.lexicon.queries.objections import standing_objections

#: As grave as this, and it is held.
SEVERE = Objection.Severity.BREAKS

#: Rows of nobody's delegation whose words are not the secretariat's, by room or table: they pass unread. Why.
THEIR_OWN_WORDS = {
    "lexicon": "It says of names who objects to them and why, and cannot but quote them.",
    "parties.post": "An office is called what its party calls it.",
    "parties.tenure": "As the source of an office has it.",
    "parties.holiday": "A party's holiday is called what its calendar calls it.",
}

#: How much of a text stands around a remark.
AROUND = 60

_profile_of: Callable[[Any], Profile | None] | None = None


def profiles_by(find: Callable[[Any], Profile | None]) -> None:
    """Let the profile of a meeting be found. The room of meetings calls it once."""
    global _profile_of
    _profile_of = find


def passes_unread(subject: Any) -> bool:
    """Whether the words of a row are somebody else's: a delegation's, or of a kind that quotes."""
    if subject.placement()["owner_party_id"] is not None or getattr(subject, "author_id", None) is not None:
        return True
    label = _label(subject)
    return label in THEIR_OWN_WORDS or label.partition(".")[0] in THEIR_OWN_WORDS


def severe(said: Iterable[tuple[Any, Mapping[str, Mapping[str, str]]]]) -> list[tuple[Any, str, str, Shown]]:
    """The severe findings in words of rows, of one format and meeting: row, field, language, finding."""
    rows = list(said)
    if not rows:
        return []
    first = rows[0][0]
    asked = standing_objections().filter(severity=SEVERE)
    if not asked.filter(Q(format=None) | Q(format_id=first.format_id)).exists():
        return []
    checker = _Checker(first.format_id, _profile(first))
    return [
        (subject, name, language, each)
        for subject, texts in rows
        for name, by in sorted(texts.items())
        for language, text in sorted(by.items())
        for each in checker.check(text, language)
        if each.severity == SEVERE
    ]


def hold(found: Sequence[tuple[Any, str, str, Shown]]) -> None:
    """Hold back what was found, unless it was said that it goes out all the same: then the audit keeps what was found.

    Raises NeedsAnyway.
    """
    if not found:
        return
    if not anyway.was_said():
        once = {(each.text, each.voices): each for _subject, _field, _language, each in found}
        raise anyway.NeedsAnyway(
            _(
                "Members or cited sources say that this breaks a meeting. Change the text, or send it anyway; that is recorded."
            ),
            tuple(once.values()),
        )
    by: dict[UUID, list[dict[str, Any]]] = {}
    rows = {}
    for subject, name, language, each in found:
        rows[subject.pk] = subject
        by.setdefault(subject.pk, []).append(_told(name, language, each))
    for key, told in by.items():
        meeting = _meeting(rows[key])
        recording.record(
            "lexicon.sent_anyway", cast(Held, _Inward(rows[key])), {"found": told},
            meeting_id=meeting.pk if meeting is not None else None, visible=False,
        )  # fmt: skip


class Guard:
    """What the kernel asks."""

    def hold(self, said: Sequence[Said]) -> None:
        """Hold the secretariat's own words that others read from now on. Raises NeedsAnyway."""
        if not acting.current().is_secretariat:
            return
        words = _merged(each for each in said if not passes_unread(each.subject) and (each.out or _outward(each.subject)))
        hold(severe(words))

    def remarks(self, request: Any, texts: Mapping[str, tuple[str, str]]) -> dict[str, list[Remark]]:
        """Remarks on the fields of a form, against the profile of the page's meeting."""
        format = getattr(request, "sofra_format", None)
        meeting = getattr(request, "sofra_meeting", None)
        profile = _profile_of(meeting) if meeting is not None and _profile_of is not None else None
        checker = _Checker(format.pk if format is not None else None, profile)
        found = {}
        for name, (language, text) in texts.items():
            remarks = [_remark(each, text) for each in checker.check(text, language)]
            if remarks:
                found[name] = remarks
        return found

    def kept(self, said: Sequence[Said]) -> Kept:
        """What is remarked in the actor's own words that were just written, and where to change them."""
        actor = acting.current()
        mine = []
        for each in said:
            owner = each.subject.placement()["owner_party_id"]
            own = owner == actor.party_id if actor.party_id else actor.is_secretariat and not passes_unread(each.subject)
            if own and each.texts is not None and not each.out:
                mine.append(each)
        words = _merged(mine)
        if not words:
            return Kept()
        checker = _Checker(words[0][0].format_id, _profile(words[0][0]))
        keys, url = [], ""
        for subject, texts in words:
            found = [
                _remark(each, text).key
                for by in texts.values()
                for language, text in by.items()
                for each in checker.check(text, language)
            ]
            if found and not url:
                url = rooms.words_at(_label(subject), subject)
            keys += found
        return Kept(tuple(keys), url, own=actor.party_id is not None)

    def desk(self) -> str:
        """The lint desk."""
        return reverse("lint_desk")


class _Checker:
    """Holds texts of one format against what is objected to there and, where there is one, its profile."""

    def __init__(self, format_id: UUID | None, profile: Profile | None) -> None:
        self.format_id, self.profile, self.here = format_id, profile, get_language() or "en"

    def check(self, text: str, language: str) -> list[Shown]:
        return check(text, self.here, declared=language, profile=self.profile, format_id=self.format_id)


@dataclass(frozen=True)
class _Inward:
    """A row as the secretariat alone knows it: what was found in it is told to nobody else."""

    subject: Any

    @property
    def pk(self) -> UUID:
        return UUID(str(self.subject.pk))

    @property
    def format_id(self) -> UUID | None:
        found: UUID | None = self.subject.format_id
        return found

    def placement(self) -> dict[str, Any]:
        return {
            **self.subject.placement(), "audience": Audience.SECRETARIAT, "readers": [], "owner_party_id": None,
            "readable_from": None, "entry_id": None,
        }  # fmt: skip


def _merged(said: Iterable[Said]) -> list[tuple[Any, dict[str, dict[str, str]]]]:
    """Words by row, each once; those of a row itself are read for all rows at once."""
    rows: dict[UUID, Any] = {}
    whole: set[UUID] = set()
    texts: dict[UUID, dict[str, dict[str, str]]] = {}
    for each in said:
        rows[each.subject.pk] = each.subject
        if each.texts is None:
            whole.add(each.subject.pk)
        for name, by in (each.texts or {}).items():
            texts.setdefault(each.subject.pk, {}).setdefault(name, {}).update(by)
    for key, found in (wordings.of(whole) if whole else {}).items():
        for name, by in found.items():
            texts.setdefault(key, {}).setdefault(name, {}).update(by)
    return [(rows[key], found) for key, found in texts.items()]


def _outward(subject: Any) -> bool:
    return subject.placement()["audience"] != Audience.SECRETARIAT


def _label(subject: Any) -> str:
    meta = getattr(subject, "_meta", None)
    return str(meta.label_lower) if meta is not None else ""


def _meeting(subject: Any) -> Any:
    if _label(subject) == "meetings.meeting":
        return subject
    return getattr(subject, "meeting", None) or getattr(getattr(subject, "session", None), "meeting", None)


def _profile(subject: Any) -> Profile | None:
    meeting = _meeting(subject)
    if meeting is not None and _profile_of is not None:
        return _profile_of(meeting)
    return profile_in_force(subject.format_id) if subject.format_id is not None else None


def _remark(found: Shown, text: str) -> Remark:
    said = "\n".join([found.text, found.severity, *(f"{voice.who} {voice.reason}" for voice in found.voices)])
    start, end = max(0, found.start - AROUND), found.end + AROUND
    before, after = text[start : found.start], text[found.end : end]
    return Remark(
        hashlib.sha256(said.encode()).hexdigest()[:12], found.start, found.end,
        ("…" + before.partition(" ")[2] if start else before).replace("\r", ""), found.text,
        (after.rpartition(" ")[0] + "…" if end < len(text) else after).replace("\r", ""), found, found.alternatives,
    )  # fmt: skip


def _told(name: str, language: str, found: Shown) -> dict[str, Any]:
    voices = [{"who": voice.who, "severity": str(voice.severity), "reason": voice.reason} for voice in found.voices]
    return {"field": name, "language": language, "text": found.text, "at": [found.start, found.end], "voices": voices}
