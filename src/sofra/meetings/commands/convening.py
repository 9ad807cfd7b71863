"""Convening a meeting, changing it, moving it, calling it off."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from sofra.kernel import acting, guarding, policy, recording, search, wordings
from sofra.kernel.commands import check_version, command, save_next
from sofra.kernel.models import Audience, Format, Wording
from sofra.kernel.refusals import Refusal
from sofra.meetings.commands.cycle import plan_tasks, replan_tasks
from sofra.meetings.commands.profile import keep_profile, open_names
from sofra.meetings.commands.publicity import renew_announcements
from sofra.meetings.engine.cycle import next_ordinal
from sofra.meetings.models import Meeting
from sofra.parties.engine.local_time import known_zone

Texts = Mapping[str, str]
WORDED = ("title", "city", "venue", "note")


@dataclass(frozen=True)
class Details:
    """What is said of a meeting besides when it is. Texts are by language."""

    titles: Texts
    cities: Texts = field(default_factory=dict)
    venues: Texts = field(default_factory=dict)
    notes: Texts = field(default_factory=dict)
    level: str = Meeting.Level.FOREIGN_MINISTERS
    working_languages: tuple[str, ...] = ()

    def check(self) -> None:
        """Raise Refusal for a meeting without a title or with an unknown level."""
        if not any(text.strip() for text in self.titles.values()):
            raise Refusal(_("Give the meeting a title in at least one language."), "title_en")
        if self.level not in Meeting.Level.values:
            raise Refusal(_("Choose the level of the meeting."), "level")

    def texts(self) -> dict[str, dict[str, str]]:
        """The texts by field."""
        found = (self.titles, self.cities, self.venues, self.notes)
        return {name: dict(texts) for name, texts in zip(WORDED, found, strict=True)}


@dataclass(frozen=True)
class When:
    """When a meeting is: instants, and the zone it lives in."""

    begins_at: datetime
    zone: str
    ends_at: datetime | None = None

    def check(self) -> None:
        """Raise Refusal for an unknown zone or an end before the beginning."""
        if not known_zone(self.zone):
            raise Refusal(_("No such time zone is known. Write it like Europe/Istanbul."), "zone")
        if self.ends_at is not None and self.ends_at <= self.begins_at:
            raise Refusal(_("The meeting would end before it began."), "ends_at")

    def columns(self) -> dict[str, Any]:
        """The columns of a meeting."""
        return {
            "day": self.begins_at.astimezone(ZoneInfo(self.zone)).date(),
            "begins_at": self.begins_at,
            "ends_at": self.ends_at,
            "zone": self.zone,
        }


@command
def convene(
    format: Format,
    when: When,
    details: Details,
    *,
    kind: str = Meeting.Kind.ORDINARY,
    prepares: Meeting | None = None,
    exercise: bool = False,
) -> Meeting:
    """Convene a meeting of a format and plan its cycle back from its beginning.

    Raises NotAllowed unless the actor serves the format; Refusal for bad details, and for a preparatory meeting of nothing.
    """
    policy.require(acting.current(), "meetings.convene", format)
    # Two convenings at once must not take the same number.
    Format.objects.select_for_update().get(pk=format.pk)
    when.check()
    details.check()
    if kind not in Meeting.Kind.values:
        raise Refusal(_("Choose the kind of meeting."), "kind")
    if (kind == Meeting.Kind.PREPARATORY) != (prepares is not None):
        raise Refusal(
            _("Choose the meeting it prepares; items are handed up to that one.")
            if prepares is None
            else _("Only a preparatory meeting hands items up to another one."),
            "prepares",
        )
    if prepares is not None and not prepares.open:
        raise Refusal(_("That meeting is over; nothing can be handed up to it."), "prepares")
    ordinal = None
    if kind == Meeting.Kind.ORDINARY:
        stand = Meeting.objects.filter(format=format, kind=kind).values_list("ordinal", flat=True)
        ordinal = next_ordinal(stand)
    meeting = Meeting.objects.create(
        audience=Audience.FORMAT,
        format=format,
        slug=_slug(format, kind, ordinal, when, prepares),
        ordinal=ordinal,
        kind=kind,
        level=details.level,
        status=Meeting.Status.CONVENED,
        working_languages=list(details.working_languages),
        host_id=format.host_id,
        prepares=prepares,
        exercise=exercise,
        **when.columns(),
    )
    meeting.refresh_from_db()
    _word(meeting, details)
    plan_tasks(meeting, format)
    _tell("meeting.convened", meeting, details, {"begins_at": when.begins_at, "kind": kind, "exercise": exercise})
    return meeting


def _slug(format: Format, kind: str, ordinal: int | None, when: When, prepares: Meeting | None) -> str:
    if ordinal is not None:
        base = str(ordinal)
    elif prepares is not None:
        base = f"{prepares.slug}-preparatory"
    else:
        base = f"{kind}-{when.columns()['day']:%Y-%m}"
    taken = set(Meeting.objects.filter(format=format, slug__startswith=base).values_list("slug", flat=True))
    number = 1
    while (base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return base if number == 1 else f"{base}-{number}"


def _word(meeting: Meeting, details: Details) -> None:
    # The note is the members' even where everyone may know of the meeting.
    members = copy.copy(meeting)
    members.audience = Audience.FORMAT
    for name, texts in details.texts().items():
        wordings.put(members if name == "note" else meeting, name, texts)


def open_to_all(meeting: Meeting) -> None:
    """Let everyone know of a meeting: what it is called, when and where. Only publishing one of its outcomes does it.

    The note to the members, the tasks and the agenda stay with those who have them.
    """
    if meeting.audience == Audience.PUBLIC:
        return
    meeting.refresh_from_db()
    meeting.audience = Audience.PUBLIC
    save_next(meeting, ["audience"])
    open_names(meeting)
    words = wordings.of([meeting]).get(meeting.pk, {})
    guarding.put_out(meeting, {name: by for name, by in words.items() if name != "note"})
    Wording.objects.filter(subject_id=meeting.pk).exclude(field="note").update(**meeting.placement())
    recording.record("meeting.made_public", meeting, {}, meeting_id=meeting.pk, visible=False)
    _index(meeting)


def _tell(action: str, meeting: Meeting, details: Details | None, more: dict[str, Any]) -> None:
    texts = wordings.of([meeting]).get(meeting.pk, {})
    titles = texts.get("title", {})
    said = {**more, **({"texts": details.texts(), "level": details.level} if details else {})}
    recording.record(action, meeting, said, meeting_id=meeting.pk, shown={"title": titles, **_plain(more)})
    _index(meeting)
    renew_announcements(meeting, action)


def _index(meeting: Meeting) -> None:
    assert meeting.format is not None
    texts = wordings.of([meeting]).get(meeting.pk, {})
    found = ("city", "venue") if meeting.audience == Audience.PUBLIC else ("city", "venue", "note")
    for language, title in texts.get("title", {}).items():
        body = " ".join(texts.get(name, {}).get(language, "") for name in found)
        search.index(
            meeting, "meeting", language, title, body.strip(), f"meetings/{meeting.format.slug}/{meeting.slug}/"
        )


def _plain(more: dict[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in more.items()}


@command
def change_meeting(meeting: Meeting, details: Details, *, seen_version: int) -> Meeting:
    """Change what is said of a meeting: texts, level, working languages. Raises Conflict for a second writer."""
    policy.require(acting.current(), "meetings.convene", meeting.format)
    check_version(meeting, seen_version)
    meeting.refresh_from_db()
    details.check()
    meeting.level, meeting.working_languages = details.level, list(details.working_languages)
    save_next(meeting, ["level", "working_languages"])
    _word(meeting, details)
    _tell("meeting.changed", meeting, details, {})
    return meeting


@command
def postpone(meeting: Meeting, when: When, *, reason: str, sentences: dict[str, str], seen_version: int) -> Meeting:
    """Set a new date. The tasks follow, but for those that are done or were set by hand.

    `sentences` is what the page showed before it was sent, by language. Raises Conflict for a second writer, Refusal for a
    meeting that is over or a date that is the same.
    """
    policy.require(acting.current(), "meetings.convene", meeting.format)
    check_version(meeting, seen_version)
    meeting.refresh_from_db()
    _require_open(meeting)
    when.check()
    if (when.begins_at, when.ends_at, when.zone) == (meeting.begins_at, meeting.ends_at, meeting.zone):
        raise Refusal(_("This is the date it has already."), "begins_at")
    before = meeting.begins_at
    for name, value in when.columns().items():
        setattr(meeting, name, value)
    save_next(meeting, list(when.columns()))
    replan_tasks(meeting)
    more = {"before": before, "begins_at": when.begins_at, "reason": reason, "sentence": sentences}
    _tell("meeting.postponed", meeting, None, more)
    return meeting


@command
def cancel(meeting: Meeting, *, reason: str, sentences: dict[str, str], seen_version: int) -> Meeting:
    """Call a meeting off. Everything said of it stays. Raises Conflict for a second writer, Refusal for one that is over."""
    policy.require(acting.current(), "meetings.convene", meeting.format)
    check_version(meeting, seen_version)
    meeting.refresh_from_db()
    _require_open(meeting)
    if not reason.strip():
        raise Refusal(_("Say why; the members read it."), "reason")
    meeting.status = Meeting.Status.CANCELLED
    save_next(meeting, ["status"])
    _tell("meeting.cancelled", meeting, None, {"reason": reason, "sentence": sentences})
    return meeting


#: What a meeting's status may become, one step at a time. Closing is no step: it names the outcomes.
STEPS: dict[str, tuple[str, str]] = {
    Meeting.Status.PROPOSED: (Meeting.Status.CONVENED, "meeting.convened"),
    Meeting.Status.CONVENED: (Meeting.Status.UNDER_WAY, "meeting.opened"),
}


@command
def advance(meeting: Meeting, *, to: str, seen_version: int) -> Meeting:
    """Convene a proposed meeting, open a convened one. Raises Refusal for a step that is not the next.

    A meeting is closed by `outcomes.close_meeting` alone, which names what it ends with.
    """
    policy.require(acting.current(), "meetings.convene", meeting.format)
    if to == Meeting.Status.CLOSED:
        raise Refusal(
            _(
                "A meeting is closed by naming what it ends with, or by saying that it is none of these. Nothing changed."
            )
        )
    check_version(meeting, seen_version)
    meeting.refresh_from_db()
    step = STEPS.get(meeting.status)
    if step is None or step[0] != to:
        raise Refusal(_("The meeting stands elsewhere by now. Look at its page again."))
    if step[0] == Meeting.Status.CLOSED:
        keep_profile(meeting)
    meeting.status = step[0]
    save_next(meeting, ["status"])
    _tell(step[1], meeting, None, {})
    return meeting


def _require_open(meeting: Meeting) -> None:
    if not meeting.open:
        raise Refusal(_("The meeting is over. Its date and status stay as they are."))
