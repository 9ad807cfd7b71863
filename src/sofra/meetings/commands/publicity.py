"""Tell a format's observers, or everyone, of a meeting and of its adopted agenda; withdraw what was told.

What is told has an instant of its own and is read by all at once. Nothing of the members' moves: an announcement and a
published agenda are rows of their own, which hold what may be told and nothing else.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from sofra.kernel import acting, policy, recording, search, wordings
from sofra.kernel.commands import check_version, command, database_now, save_next
from sofra.kernel.models import Audience, Change
from sofra.kernel.refusals import Conflict, Refusal
from sofra.meetings import sentences
from sofra.meetings.commands.procedure import hold
from sofra.meetings.models import AgendaPublication, Announcement, Meeting, Procedure, Told
from sofra.meetings.queries.press import public_instants
from sofra.meetings.queries.procedure import adopted, pending_entries, versions_of
from sofra.meetings.queries.publicity import announcements_of, publications_of
from sofra.parties.formfields import language_names

WAITS_FOR_THE_CHAIR = _lazy("An objection was received in time and entered late. The chair answers it first.")
#: What of a meeting's wordings an announcement holds.
TOLD = ("title", "city", "venue")


def _instant(meeting: Meeting, at: datetime | None, now: datetime) -> datetime:
    if at is not None and at < now:
        raise Refusal(_("The instant lies in the past. Leave it empty to let it be read now."), "at")
    return at or now


def _titles(meeting: Meeting) -> Any:
    texts = wordings.of([meeting]).get(meeting.pk, {}).get("title", {})
    return lambda: str(wordings.choose(texts, get_language() or "en"))


def _known_format(meeting: Meeting, to: str) -> None:
    assert meeting.format is not None
    known = (Audience.PUBLIC,) if to == Told.PUBLIC else (Audience.PUBLIC, Audience.OBSERVERS)
    if meeting.format.audience not in known:
        raise Refusal(_("They do not know of the format itself. Let them know of it first."), "to")


@command
def announce_meeting(*, meeting: Meeting, to: str, at: datetime | None = None) -> Announcement:
    """Let observers or everyone know of a convened meeting from one instant on (now, if none is given).

    Raises NotAllowed; Refusal for a meeting not convened yet or called off, an audience that knows of it, an instant past.
    """
    policy.require(acting.current(), "meetings.announce", meeting)
    now = hold(meeting.pk)
    meeting.refresh_from_db()
    if to not in Told.values:
        raise Refusal(_("Choose whom the meeting is announced to."), "to")
    if meeting.status == Meeting.Status.PROPOSED:
        raise Refusal(_("The meeting is not convened yet. Convene it first."))
    if meeting.status == Meeting.Status.CANCELLED:
        raise Refusal(_("The meeting was called off. There is nothing to announce."))
    if meeting.audience == Audience.PUBLIC:
        raise Refusal(_("Everyone knows of this meeting already."))
    _known_format(meeting, to)
    at = _instant(meeting, at, now)
    for stands in announcements_of(meeting):
        if stands.to == to:
            raise Refusal(_("It is announced to them already. Withdraw that announcement first."), "to")
        if stands.to == Told.PUBLIC and stands.readable_from <= at:
            raise Refusal(_("Everyone is told by then, the observers too."), "to")
    row = Announcement(
        meeting=meeting, to=to, at=now, audience=to, format_id=meeting.format_id, readable_from=at
    )  # fmt: skip
    row.save(force_insert=True)
    said = _tell_again(row, meeting)
    text = sentences.kept(
        f"meeting.announce_{to}", title=_titles(meeting), instant=lambda: sentences.exact(at, meeting.zone)
    )
    recording.record(
        "meeting.announced",
        row,
        {"to": to, "at": at, "sentence": text, "texts": said},
        meeting_id=meeting.pk,
        shown=text,
    )
    return row


def _tell_again(row: Announcement, meeting: Meeting) -> dict[str, dict[str, str]]:
    """Let an announcement say what the meeting says now, and be found by it."""
    assert meeting.format is not None
    texts = wordings.of([meeting]).get(meeting.pk, {})
    stood = wordings.of([row]).get(row.pk, {})
    said = {name: {**dict.fromkeys(stood.get(name, {}), ""), **texts.get(name, {})} for name in TOLD}
    for name, by_language in said.items():
        wordings.put(row, name, by_language)
    url = f"meetings/{meeting.format.slug}/{meeting.slug}/"
    for language, title in texts.get("title", {}).items():
        body = " ".join(texts.get(name, {}).get(language, "") for name in ("city", "venue")).strip()
        search.index(row, "meeting", language, title, body, url)
    return said


def renew_announcements(meeting: Meeting, why: str) -> None:
    """After a meeting was changed, moved, opened, called off or closed: those it was announced to read it as it stands."""
    for row in announcements_of(meeting):
        save_next(row, [])
        said = _tell_again(row, meeting)
        recording.record("meeting.told_again", row, {"why": why, "texts": said}, meeting_id=meeting.pk)


@command
def withdraw_announcement(*, announcement: Announcement) -> Announcement:
    """Withdraw an announcement: the meeting is not there any more for those it was announced to.

    Raises NotAllowed; Refusal where it was withdrawn, or where something published stands on it.
    """
    meeting = announcement.meeting
    policy.require(acting.current(), "meetings.announce", meeting)
    now = hold(meeting.pk)
    check_version(announcement, None)
    announcement.refresh_from_db()
    meeting.refresh_from_db()
    if announcement.withdrawn_at is not None:
        raise Refusal(_("The announcement was withdrawn already."))
    if meeting.audience == Audience.PUBLIC:
        raise Refusal(_("An outcome of this meeting is published, so everyone knows of the meeting. Nothing changed."))
    left = [row for row in announcements_of(meeting) if row.pk != announcement.pk]
    if any(not covered(meeting, row.to, row.readable_from, left) for row in publications_of(meeting)):
        raise Refusal(_("The agenda is published to them. Withdraw the agenda first."))
    if any(not covered(meeting, Told.PUBLIC, instant, left) for instant in public_instants(meeting)):
        raise Refusal(
            _(
                "Something for the press is public or set to be, and what was public stays on the record. Nothing changed."
            )
        )
    announcement.withdrawn_at = now
    _take_from_view(announcement)
    text = sentences.kept(f"meeting.unannounce_{announcement.to}", title=_titles(meeting))
    recording.record(
        "meeting.unannounced",
        announcement,
        {"to": announcement.to, "sentence": text},
        meeting_id=meeting.pk,
        shown=text,
    )
    return announcement


def _take_from_view(row: Announcement | AgendaPublication) -> None:
    """What was told is the members' again: the row, its words, what search finds, and the changes that told of it."""
    row.audience = Audience.FORMAT
    save_next(row, ["audience", "withdrawn_at"])
    wordings.replace_placement(row)
    search.forget(row.pk)
    Change.objects.filter(subject_id=row.pk).update(**row.placement())


def covered(meeting: Meeting, to: str, at: datetime, announcements: list[Announcement]) -> bool:
    """Whether an audience knows of the meeting by an instant."""
    wide = (Told.PUBLIC,) if to == Told.PUBLIC else (Told.PUBLIC, Told.OBSERVERS)
    return meeting.audience == Audience.PUBLIC or any(
        row.to in wide and row.readable_from <= at for row in announcements
    )


@command
def publish_agenda(*, meeting: Meeting, to: str, number: int, at: datetime | None = None) -> AgendaPublication:
    """Publish the titles of the version that holds, in the languages they exist in, from one instant on.

    `number` is the version that was read. Raises NotAllowed; Conflict where another holds by now; Refusal where none is
    adopted, a late-entered objection waits for the chair, the audience does not know of the meeting by then, or has it.
    """
    policy.require(acting.current(), "agenda.publish", meeting)
    now = hold(meeting.pk)
    meeting.refresh_from_db()
    if to not in Told.values:
        raise Refusal(_("Choose whom the agenda is published to."), "to")
    version = adopted(versions_of([meeting.pk]))
    if version is None:
        raise Refusal(_("Only an adopted agenda is published."))
    if version.number != number:
        raise Conflict(_("Another version holds by now. Read it before you publish it."), version)
    if pending_entries([version.procedure]):
        raise Refusal(WAITS_FOR_THE_CHAIR)
    at = _instant(meeting, at, now)
    if not covered(meeting, to, at, announcements_of(meeting)):
        raise Refusal(_("They do not know of the meeting by then. Announce it to them first."), "to")
    if any(row.version_of_id == version.pk and row.to == to for row in publications_of(meeting)):
        raise Refusal(_("This version is published to them already."), "to")
    lines = [{"title": line["title"]} for line in version.content["lines"]]
    row = AgendaPublication(
        meeting=meeting, version_of=version, number=number, to=to, content={"lines": lines}, at=now, audience=to,
        format_id=meeting.format_id, readable_from=at,
    )  # fmt: skip
    row.save(force_insert=True)
    _index(row)
    text = sentences.kept(
        f"agenda.publish_{to}", number=number, count=len(lines), languages=named_languages(lines),
        instant=lambda: sentences.exact(at, meeting.zone),
    )  # fmt: skip
    recording.record(
        "agenda.published",
        row,
        {"to": to, "at": at, "number": number, "sentence": text},
        meeting_id=meeting.pk,
        shown=text,
    )
    return row


def languages_in(lines: list[dict[str, Any]]) -> list[str]:
    """The languages in which any title exists."""
    return sorted({language for line in lines for language, text in line["title"].items() if text})


def named_languages(lines: list[dict[str, Any]]) -> str:
    """Those languages by their own names, for a sentence."""
    return ", ".join(str(language_names().get(code, code)) for code in languages_in(lines))


def _index(row: AgendaPublication) -> None:
    assert row.meeting.format is not None
    url = f"meetings/{row.meeting.format.slug}/{row.meeting.slug}/agenda/"
    for language in languages_in(row.content["lines"]):
        with override(language):
            title = _("Agenda")
        body = "\n".join(line["title"].get(language, "") for line in row.content["lines"])
        search.index(row, "agenda", language, title, body, url)


@command
def withdraw_agenda(*, publication: AgendaPublication) -> list[AgendaPublication]:
    """Withdraw what was published of an agenda from an audience, earlier versions too. Raises NotAllowed, Refusal."""
    meeting = publication.meeting
    policy.require(acting.current(), "agenda.publish", meeting)
    now = hold(meeting.pk)
    rows = [row for row in publications_of(meeting) if row.to == publication.to]
    if not rows:
        raise Refusal(_("The agenda was withdrawn from them already."))
    text = sentences.kept(f"agenda.unpublish_{publication.to}")
    for row in rows:
        row.withdrawn_at = now
        _take_from_view(row)
        recording.record(
            "agenda.unpublished", row, {"to": row.to, "number": row.number, "sentence": text}, meeting_id=meeting.pk,
            shown=text,
        )  # fmt: skip
    return rows


def unpublish_version(procedure: Procedure) -> None:
    """Withdraw what was published of a version whose adoption was reopened. The caller holds the lock."""
    rows = AgendaPublication.objects.filter(version_of__procedure=procedure, withdrawn_at__isnull=True)
    for row in rows.select_related("meeting"):
        row.withdrawn_at = database_now()
        _take_from_view(row)
        text = sentences.kept(f"agenda.unpublish_{row.to}")
        recording.record(
            "agenda.unpublished", row, {"to": row.to, "number": row.number, "sentence": text}, meeting_id=row.meeting_id,
            shown=text,
        )  # fmt: skip
