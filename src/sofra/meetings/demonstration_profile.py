"""The rehearsal's own designation profile: the record's cited forms, as host practice, approved by no member.

Nothing is chosen here: each party is called as the record itself cites it, from the documents that carry the form.
"""

from __future__ import annotations

from sofra.kernel import acting
from sofra.kernel.members import members_on
from sofra.lexicon import naming
from sofra.lexicon.commands.profiles import Cell, Rules, cite_practice, draft_profile, write_profile
from sofra.lexicon.models import Profile
from sofra.lexicon.queries import cited_forms
from sofra.meetings.commands.profile import choose_profile
from sofra.meetings.models import Meeting

LANGUAGES = ("en", "tr")


def give_profile(meeting: Meeting) -> Profile | None:
    """Hold a rehearsal under a profile of its own, once. None for a meeting that is no exercise or has one already, and where
    the record cites no form for a member."""
    with acting.acting_as_house():
        meeting.refresh_from_db()
        if not meeting.exercise or meeting.profile_id is not None or meeting.format is None:
            return None
        members = members_on(meeting.format)
        forms = cited_forms([party.pk for party in members])
        cells = []
        for party in members:
            for language in LANGUAGES:
                name = naming.record_name(party, language)
                sources = dict(forms.get((party.pk, language), [])).get(name.text)
                if not sources or name.language != language:
                    return None
                cells.append(Cell(party.pk, language, name.text, sources[0]))
        draft = draft_profile(meeting.format, exercise=True)
        write_profile(draft, Rules(), cells, seen_version=draft.version)
        cite_practice(draft, sources=sorted({cell.source for cell in cells}), seen_version=draft.version)
        choose_profile(meeting, draft, seen_version=meeting.version)
        return draft
