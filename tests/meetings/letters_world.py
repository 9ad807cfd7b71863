"""A meeting under a profile, its invitations and its register, made through commands."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from sofra.kernel import wordings
from sofra.kernel.commands import database_now
from sofra.kernel.models import Format
from sofra.meetings.commands import invitations, letters, register
from sofra.meetings.models import Invitation, LetterTemplate, Meeting, Note
from tests.lexicon.profile_world import cells, cited
from tests.meetings.agenda_world import make_meeting
from tests.support.papers import smallest_pdf
from tests.support.world import World

TEXT = "{addressee},\n\n{party} is invited to {meeting} on {day}, at the level of {level}."
TURKISH = "{addressee},\n\n{party:gen} heyeti {day} günü beklenmektedir."


def meeting_under_profile(world: World, *, profile: bool = True, **more: Any) -> Meeting:
    """A convened meeting with a title, under a cited profile in English and Turkish."""
    if profile:
        cited(world, rows=cells(world, "en", "tr"))
    row = make_meeting(world, status="convened", **more)
    with world.act("secretariat"):
        row.refresh_from_db()
        wordings.put(row, "title", {"en": "Third meeting", "tr": "Üçüncü toplantı"})
    return row


def invited(world: World, meeting: Meeting, *codes: str, issue: bool = True) -> list[Invitation]:
    """Invitations of these parties, in this order."""
    with world.act("secretariat"):
        parties = [world.parties[code].pk for code in codes]
        rows = invitations.draft_invitations(meeting=meeting, parties=parties, level="minister")
        if issue:
            invitations.issue_invitations(meeting=meeting, invitations=[row.pk for row in rows])
        return [Invitation.objects.get(pk=row.pk) for row in rows]


def template(world: World, text: str = TEXT, **more: Any) -> LetterTemplate:
    """A template of the platform."""
    with world.act("secretariat"):
        return letters.write_template(
            format=Format.objects.get(pk=world.format.pk), name="Invitation", kind="invitation",
            subject={"en": "Invitation to {meeting}", "tr": "{meeting}: davet"}, text={"en": text, "tr": TURKISH, **more},
        )  # fmt: skip


def note(world: World, code: str | None = "AL", direction: str = "in", **more: Any) -> Note:
    """A note in the register, with a document."""
    with world.act("secretariat"):
        said = {"subject": f"About {code}", "reference": f"{code} 7", "office": "" if code else "An office", **more}
        return register.register_note(
            format=Format.objects.get(pk=world.format.pk), direction=direction, at=database_now(),
            party_id=world.parties[code].pk if code else None, files=[(BytesIO(smallest_pdf("x")), "note.pdf")], **said,
        )  # fmt: skip
