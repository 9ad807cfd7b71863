"""The gate before what the secretariat puts out: a text that would break a meeting goes out only if somebody says so.

Only the secretariat's own words pass here. A delegation's are never blocked and never logged; objections that one delegation
keeps for itself are not known to the secretariat, and never hold anything up.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sofra.kernel import acting, anyway, recording, wordings
from sofra.kernel.models import Held
from sofra.lexicon.checking import Checker, Shown
from sofra.lexicon.models import Objection, Profile
from sofra.lexicon.queries.objections import standing_objections

#: As grave as this, and it is held.
SEVERE = Objection.Severity.BREAKS


def prepared(format_id: UUID | None, profile: Profile | None) -> Checker | None:
    """What any number of rows of a format can be read with; None where nobody objects gravely to anything.

    Objections of other formats do not count.
    """
    asked = standing_objections().filter(severity=SEVERE).filter(Q(format=None) | Q(format_id=format_id))
    return Checker(get_language() or "en", profile=profile, format_id=format_id) if asked.exists() else None


def severe_in(subject: Held, profile: Profile | None, checker: Checker | None = None) -> list[tuple[str, str, Shown]]:
    """The severe findings in the wordings of a row: field, language, finding. Without a `checker` one is prepared."""
    checker = checker or prepared(subject.format_id, profile)
    if checker is None:
        return []
    texts = wordings.of([subject]).get(subject.pk, {})
    return [
        (name, language, each)
        for name, by in sorted(texts.items())
        for language, text in sorted(by.items())
        for each in checker.check(text, language)
        if each.severity == SEVERE
    ]


def hold_severe(subject: Held, profile: Profile | None = None, *, meeting_id: UUID | None = None) -> None:
    """Hold back what the secretariat puts out if its words would break a meeting.

    Raises NeedsAnyway with the findings, unless it was said that it is to be sent anyway: then the audit keeps what was found.
    A row that a delegation owns, or that the actor only hands on for one, passes unread.
    """
    if subject.owner_party_id is not None or not acting.current().serves(subject.format_id):
        return
    found = severe_in(subject, profile)
    if not found:
        return
    if not anyway.was_said():
        raise anyway.NeedsAnyway(
            _(
                "Members or cited sources say that this breaks a meeting. Change the text, or send it anyway; that is recorded."
            ),
            tuple(each for _field, _language, each in found),
        )
    recording.record(
        "lexicon.sent_anyway",
        subject,
        {"found": [_told(name, language, each) for name, language, each in found]},
        meeting_id=meeting_id,
        visible=False,
    )


def _told(name: str, language: str, found: Shown) -> dict[str, Any]:
    voices = [{"who": voice.who, "severity": str(voice.severity), "reason": voice.reason} for voice in found.voices]
    return {"field": name, "language": language, "text": found.text, "at": [found.start, found.end], "voices": voices}
