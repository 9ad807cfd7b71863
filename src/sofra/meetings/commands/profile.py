"""Under which designation profile a meeting is held."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording
from sofra.kernel.commands import check_version, command, save_next
from sofra.kernel.refusals import Refusal
from sofra.lexicon.commands.profiles import show_names
from sofra.lexicon.models import Profile
from sofra.meetings.models import Meeting
from sofra.meetings.queries.profile import choices_for, profile_of


@command
def choose_profile(meeting: Meeting, profile: Profile | None, *, seen_version: int | None) -> Meeting:
    """Hold a meeting under one profile in force, or (None) under whichever is in force for its format.

    Raises NotAllowed; Conflict for a second writer; Refusal for a profile that is not in force, of another format, or a
    rehearsal's for a meeting that is none, and for a meeting that is over.
    """
    policy.require(acting.current(), "meetings.convene", meeting.format)
    check_version(meeting, seen_version)
    meeting.refresh_from_db()
    if not meeting.open:
        raise Refusal(_("The meeting is over; it keeps the names it was held under."), "profile")
    if profile is not None and profile not in choices_for(meeting):
        raise Refusal(_("Choose a profile that is in force for this meeting's format."), "profile")
    _write(meeting, profile)
    return meeting


def keep_profile(meeting: Meeting) -> None:
    """Write down the profile a meeting is held under, so that a later one changes nothing in its papers. For commands."""
    found = profile_of(meeting)
    if found is not None and meeting.profile_id != found.pk:
        _write(meeting, found)


def open_names(meeting: Meeting, readable_from: datetime | None = None) -> None:
    """Let whoever may read a published meeting read the names it is held under, from an embargo's instant on. For commands
    that publish something of it; nothing happens where no profile is in force."""
    keep_profile(meeting)
    found = profile_of(meeting)
    if found is not None:
        show_names(found, meeting, audience="public", readable_from=readable_from)


def _write(meeting: Meeting, profile: Profile | None) -> None:
    before, meeting.profile = meeting.profile_id, profile
    save_next(meeting, ["profile"])
    recording.record(
        "meeting.profile_chosen",
        meeting,
        {"before": before, "profile": profile.pk if profile else None},
        meeting_id=meeting.pk,
        shown={"number": profile.number if profile else None},
    )
