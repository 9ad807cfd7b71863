"""Keep the accreditation list of a meeting. What is recorded of an act never holds what is said of a person, so that it can be
removed: the record says that there was an application and what became of it, and no more."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording
from sofra.kernel.commands import check_version, command, database_now, lock_subject, save_next
from sofra.kernel.models import Audience
from sofra.kernel.refusals import Refusal
from sofra.meetings import sentences
from sofra.meetings.models import MediaApplication, Meeting

LONGEST, LONGEST_DOCUMENT, LONGEST_REASON = 200, 60, 2000
SAID = ("name", "outlet", "document", "contact", "work")


def _check(said: dict[str, Any]) -> dict[str, str]:
    found = {name: " ".join(str(said.get(name, "")).split()) for name in SAID}
    if not found["name"]:
        raise Refusal(_("Write the person's name."), "name")
    if not found["outlet"]:
        raise Refusal(_("Write for which outlet the person works."), "outlet")
    if found["work"] not in MediaApplication.Work.values:
        raise Refusal(_("Choose the kind of work."), "work")
    for name, most in (("name", LONGEST), ("outlet", LONGEST), ("contact", LONGEST), ("document", LONGEST_DOCUMENT)):
        if len(found[name]) > most:
            raise Refusal(_("This has at most %(most)s letters.") % {"most": most}, name)
    return found


@command
def ask_accreditation(
    *, meeting: Meeting, name: str, outlet: str, work: str, document: str = "", contact: str = ""
) -> MediaApplication:
    """Enter an application for accreditation. Raises NotAllowed; Refusal for bad input."""
    policy.require(acting.current(), "press.media", meeting)
    lock_subject(meeting.pk)
    said = _check({"name": name, "outlet": outlet, "work": work, "document": document, "contact": contact})
    now = database_now()
    row = MediaApplication(
        meeting=meeting,
        asked_at=now,
        audience=Audience.SECRETARIAT,
        format_id=meeting.format_id,
        readable_from=now,
        **said,
    )
    row.save(force_insert=True)
    _record("media.asked", row)
    return row


@command
def change_application(
    *,
    application: MediaApplication,
    seen_version: int | None,
    name: str,
    outlet: str,
    work: str,
    document: str = "",
    contact: str = "",
) -> MediaApplication:
    """Change what an application says. Raises NotAllowed; Conflict; Refusal for bad input and one that was removed."""
    _held(application, seen_version)
    said = _check({"name": name, "outlet": outlet, "work": work, "document": document, "contact": contact})
    for field, value in said.items():
        setattr(application, field, value)
    save_next(application, list(said))
    _record("media.changed", application)
    return application


@command
def decide_application(
    *, application: MediaApplication, state: str, reason: str = "", seen_version: int | None = None
) -> MediaApplication:
    """Accredit a person, or refuse it with a reason. It can be decided otherwise later. Raises NotAllowed; Conflict; Refusal."""
    _held(application, seen_version)
    if state not in (MediaApplication.State.ACCREDITED, MediaApplication.State.REFUSED):
        raise Refusal(_("Choose whether the person is accredited or refused."), "state")
    said = reason.strip()
    if state == MediaApplication.State.REFUSED and not said:
        raise Refusal(_("Say why it is refused; the secretariat alone reads it."), "reason")
    if len(said) > LONGEST_REASON:
        raise Refusal(_("This has at most %(most)s letters.") % {"most": LONGEST_REASON}, "reason")
    application.state, application.decided_at = state, database_now()
    application.reason = said if state == MediaApplication.State.REFUSED else ""
    save_next(application, ["state", "decided_at", "reason"])
    _record(f"media.{state}", application)
    return application


@command
def remove_application(*, application: MediaApplication) -> MediaApplication:
    """Remove what is said of a person, at any time; that there was an application stays. Raises NotAllowed; Refusal."""
    _held(application, None)
    _remove(application)
    return application


@command
def clear_media(*, meeting: Meeting) -> int:
    """Remove what is said of all persons on the list of a meeting that is over; answers of how many.

    Raises NotAllowed; Refusal while the meeting is open and where nothing is left to remove.
    """
    policy.require(acting.current(), "press.media", meeting)
    lock_subject(meeting.pk)
    meeting.refresh_from_db()
    if meeting.open:
        raise Refusal(_("The list is removed once the meeting is over. One person can be removed at any time."))
    rows = list(
        MediaApplication.objects.select_for_update(of=("self",)).filter(meeting=meeting, removed_at__isnull=True)
    )
    if not rows:
        raise Refusal(_("Nothing is kept of the accreditation of this meeting."))
    for row in rows:
        _remove(row)
    text = sentences.kept("media.clear", count=len(rows))
    recording.record(
        "media.cleared", rows[0], {"count": len(rows), "sentence": text}, meeting_id=meeting.pk, visible=False
    )
    return len(rows)


def _held(application: MediaApplication, seen_version: int | None) -> None:
    policy.require(acting.current(), "press.media", application.meeting)
    check_version(application, seen_version)
    application.refresh_from_db()
    if application.removed_at is not None:
        raise Refusal(_("What was said of this person was removed."))


def _remove(row: MediaApplication) -> None:
    for field in ("name", "outlet", "document", "contact", "reason"):
        setattr(row, field, "")
    row.removed_at = database_now()
    save_next(row, ["name", "outlet", "document", "contact", "reason", "removed_at"])
    _record("media.removed", row)


def _record(action: str, row: MediaApplication) -> None:
    recording.record(action, row, {"work": row.work, "state": row.state}, meeting_id=row.meeting_id)
