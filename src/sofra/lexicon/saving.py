"""Who looks at words as they are saved and as they go out: the guard of the kernel's commands and forms.

The secretariat's own words are held where others come to read them and an objection that breaks the meeting stands against
them; its drafts are kept and remarked on. A delegation's own words are remarked on for itself alone: it is never held, and
nothing of it is written down.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language

from sofra.kernel import acting, rooms, wordings
from sofra.kernel.guarding import Kept, Said, Texts
from sofra.kernel.models import Audience
from sofra.kernel.remarks import Remark
from sofra.lexicon import gate
from sofra.lexicon.checking import Checker, Shown
from sofra.lexicon.models import Profile
from sofra.lexicon.queries import profile_in_force

#: The table of meetings, which stands on a floor above.
MEETING = "meetings.meeting"

#: Words by row.
Words = list[tuple[Any, Texts]]

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
    label = gate.table_of(subject)
    return label in THEIR_OWN_WORDS or label.partition(".")[0] in THEIR_OWN_WORDS


def severe_in(words: Words) -> list[gate.Found]:
    """The severe findings in words of rows of one format and one meeting, read with one checker."""
    if not words:
        return []
    profile = _profile(words[0][0])
    checker = gate.prepared(words[0][0].format_id, profile)
    if checker is None:
        return []
    return [each for subject, texts in words for each in gate.severe_in(subject, profile, checker, texts=texts)]


def found_in(words: Iterable[tuple[Any, Texts]], meeting: Any) -> list[gate.Found]:
    """All that is found in the secretariat's own words among these, held against the profile of a meeting."""
    own = [(subject, texts) for subject, texts in words if not passes_unread(subject)]
    if not own:
        return []
    checker = Checker(get_language() or "en", profile=_profile(meeting), format_id=meeting.format_id)
    return [
        gate.Found(subject, name, language, each)
        for subject, texts in own
        for name, by in texts.items()
        for language, text in by.items()
        for each in checker.check(text, language)
    ]


class Guard:
    """What the kernel asks."""

    def hold(self, said: Sequence[Said]) -> None:
        """Hold the secretariat's own words that others read from now on. Raises NeedsAnyway."""
        if not acting.current().is_secretariat:
            return
        words = _merged(
            each for each in said if not passes_unread(each.subject) and (each.out or _outward(each.subject))
        )
        gate.hold(severe_in(words), meetings=_meetings(words))

    def remarks(self, request: Any, texts: Mapping[str, tuple[str, str]]) -> dict[str, list[Remark]]:
        """Remarks on the fields of a form, against the profile of the page's meeting."""
        format = getattr(request, "sofra_format", None)
        meeting = getattr(request, "sofra_meeting", None)
        profile = _profile_of(meeting) if meeting is not None and _profile_of is not None else None
        checker = Checker(get_language() or "en", profile=profile, format_id=format.pk if format is not None else None)
        found = {}
        for name, (language, text) in texts.items():
            remarks = [_remark(each, text) for each in checker.check(text, language)]
            if remarks:
                found[name] = remarks
        return found

    def kept(self, said: Sequence[Said]) -> Kept:
        """What is remarked in the actor's own words that were just written, and where to change them."""
        actor = acting.current()
        # What went out was looked at where it went out.
        gone = {each.subject.pk for each in said if each.out}
        mine = []
        for each in said:
            owner = each.subject.placement()["owner_party_id"]
            own = (
                owner == actor.party_id if actor.party_id else actor.is_secretariat and not passes_unread(each.subject)
            )
            if own and each.texts is not None and each.subject.pk not in gone:
                mine.append(each)
        words = _merged(mine)
        if not words:
            return Kept()
        first = words[0][0]
        checker = Checker(get_language() or "en", profile=_profile(first), format_id=first.format_id)
        keys: list[str] = []
        url = ""
        for subject, texts in words:
            found = [
                _remark(each, text).key
                for by in texts.values()
                for language, text in by.items()
                for each in checker.check(text, language)
            ]
            if found and not url:
                url = rooms.words_at(gate.table_of(subject), subject)
            keys += found
        return Kept(tuple(keys), url, own=actor.party_id is not None)

    def desk(self) -> str:
        """The lint desk."""
        return reverse("lint_desk")


def _merged(said: Iterable[Said]) -> Words:
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
    return bool(subject.placement()["audience"] != Audience.SECRETARIAT)


def _meeting(subject: Any) -> Any:
    if gate.table_of(subject) == MEETING:
        return subject
    return getattr(subject, "meeting", None) or getattr(getattr(subject, "session", None), "meeting", None)


def _meetings(words: Words) -> dict[Any, UUID]:
    found = {}
    for subject, _texts in words:
        of = subject if hasattr(subject, "meeting_id") else getattr(subject, "session", None)
        key = subject.pk if gate.table_of(subject) == MEETING else getattr(of, "meeting_id", None)
        if key is not None:
            found[subject.pk] = key
    return found


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
