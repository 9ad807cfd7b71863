"""Ask for a bilateral, answer, propose other terms, withdraw."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sofra.bilaterals.commands.common import locked, own, pair, placed, release, whose, windows, words
from sofra.bilaterals.engine.slots import Span
from sofra.bilaterals.engine.workflow import Code, Standing
from sofra.bilaterals.models import Act, Frame, Level, Purpose, Request, Side, Wish
from sofra.bilaterals.models.requests import Size
from sofra.kernel import acting, policy, recording
from sofra.kernel.commands import command, database_now, speaker
from sofra.kernel.models import Audience, Entry
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.meetings.models import Meeting
from sofra.parties.queries.formats import members_on


@dataclass(frozen=True)
class Terms:
    """What is asked for. `languages` none or two; `windows` empty for any time; `answer_by` empty for the meeting's own."""

    level: str = Level.MINISTER
    slots: int = 1
    size: str = Size.SMALL
    languages: tuple[str, ...] = ()
    windows: tuple[Span, ...] = ()
    answer_by: datetime | None = None
    discreet: bool = False
    pull_aside: bool = False
    purpose: str = ""
    purpose_language: str = "en"
    purpose_to_both: bool = False
    priority: int = 2
    room: str = ""
    others: tuple[UUID, ...] = field(default=())


@command
def ask(*, meeting: Meeting, terms: Terms, party_id: UUID | None = None, entry: Entry | None = None) -> Request:
    """Ask one or two other delegations for a meeting. They read it at once; the secretariat too, unless it is discreet.

    Raises NotAllowed, and Refusal for a side that is no member or oneself, or terms that do not do.
    """
    actor = acting.current()
    policy.require(actor, "bilaterals.ask", meeting)
    asker = speaker(meeting.format_id, party_id, entry)
    if terms.discreet and entry is not None:
        raise Refusal(_("What the secretariat enters is known to it. Leave this out."), "discreet")
    others = list(dict.fromkeys(terms.others))
    _check_sides(meeting, asker, others)
    now = database_now()
    frame = Frame.objects.filter(meeting=meeting).first()
    answer_by = terms.answer_by or (frame.answer_by if frame is not None else None)
    if answer_by is not None and answer_by <= now:
        raise Refusal(_("The deadline for an answer has passed. Choose a later one."), "answer_by")
    if terms.level not in Level.values or terms.size not in Size.values:
        raise Refusal(_("Choose from the list."), "level")
    if not 1 <= terms.slots <= 12:
        raise Refusal(_("A bilateral takes from one to twelve slots."), "slots")
    readers = [*others] if terms.discreet or meeting.format_id is None else [*others, meeting.format_id]
    place: dict[str, Any] = {
        "audience": Audience.PARTIES, "format_id": meeting.format_id, "owner_party_id": asker, "readers": readers,
        "entry_id": entry.pk if entry else None,
    }  # fmt: skip
    request = Request.objects.create(
        meeting=meeting, level=terms.level, slots=terms.slots, size=terms.size, languages=pair(terms.languages),
        windows=windows(terms.windows), answer_by=answer_by, discreet=terms.discreet, pull_aside=terms.pull_aside,
        asked_at=now, **place,
    )  # fmt: skip
    for order, party in enumerate((asker, *others)):
        Side.objects.create(request=request, party_id=party, asks=order == 0, order=order, **place)
    if text := words(terms.purpose, "purpose"):
        kept = (
            {**place, "readers": others}
            if terms.purpose_to_both
            else {**place, "audience": Audience.DELEGATION, "readers": []}
        )
        purpose = Purpose.objects.create(request=request, text=text, language=terms.purpose_language, **kept)
        recording.record("bilaterals.purpose", purpose, {"text": text}, visible=False)
    _wish(request, asker, entry, terms.priority, terms.room)
    recording.record(
        "bilaterals.asked", request,
        {"level": request.level, "windows": request.windows, "sides": others, "answer_by": answer_by},
        meeting_id=meeting.pk,
    )  # fmt: skip
    return request


def _check_sides(meeting: Meeting, asker: UUID, others: list[UUID]) -> None:
    if asker in others:
        raise Refusal(_("A delegation does not meet itself."), "others")
    if not 1 <= len(others) <= 2:
        raise Refusal(_("Name one other delegation, or two."), "others")
    if meeting.format is None:
        raise NotAllowed(_("You may not change this."))
    members = {party.pk for party in members_on(meeting.format, meeting.day)}
    if not {asker, *others} <= members:
        raise Refusal(_("Only members of the format meet here."), "others")


def _wish(request: Request, party: UUID, entry: Entry | None, priority: int, room: str) -> Wish:
    if priority not in (1, 2, 3):
        raise Refusal(_("The priority is 1, 2 or 3."), "priority")
    row = Wish.objects.create(
        request=request, priority=priority, room=words(room, "room", 300), at=database_now(),
        **own(request, party, entry, secretariat=True),
    )  # fmt: skip
    recording.record("bilaterals.wished", row, {"priority": priority, "room": row.room}, visible=False)
    return row


@command
def wish(
    *, request: Request, priority: int, room: str = "", party_id: UUID | None = None, entry: Entry | None = None
) -> Wish:
    """Say how much it matters to one's own delegation, and which room would do. The other sides do not read it."""
    policy.require(acting.current(), "bilaterals.take_part", request)
    party = whose(request, party_id, entry)
    return _wish(request, party, entry, priority, room)


@command
def accept(
    *, request: Request, seen: UUID | None = None, priority: int | None = None,
    party_id: UUID | None = None, entry: Entry | None = None,
) -> Act:  # fmt: skip
    """Accept the terms in force. `seen` is the proposal that was read (None: the request as asked).

    Raises Refusal where it is no longer open, or other terms are in force than those that were read.
    """
    party, now = _answering(request, party_id, entry, seen)
    row = _act(request, party, entry, Act.Kind.ACCEPTED, now, answers_id=seen)
    if priority is not None:
        _wish(request, party, entry, priority, "")
    return row


@command
def decline(
    *, request: Request, note: str = "", seen: UUID | None = None,
    party_id: UUID | None = None, entry: Entry | None = None,
) -> Act:  # fmt: skip
    """Decline. A reason is given only where one is written; the sides alone learn of it."""
    party, now = _answering(request, party_id, entry, seen)
    return _act(request, party, entry, Act.Kind.DECLINED, now, note=words(note, "note"), answers_id=seen)


@command
def propose(
    *, request: Request, level: str, times: tuple[Span, ...] = (), note: str = "", seen: UUID | None = None,
    party_id: UUID | None = None, entry: Entry | None = None,
) -> Act:  # fmt: skip
    """Propose another level or other windows. The other sides answer it as they would a request."""
    if level not in Level.values:
        raise Refusal(_("Choose from the list."), "level")
    kept = windows(times)
    party, now = _answering(request, party_id, entry, seen, proposing=True)
    stood = Act.objects.filter(pk=seen).first() if seen else request
    if stood is not None and (stood.level, stood.windows) == (level, kept):
        raise Refusal(_("These are the terms that stand. Accept them, or name others."), "level")
    return _act(request, party, entry, Act.Kind.PROPOSED, now, level=level, windows=kept, note=words(note, "note"))


@command
def withdraw(*, request: Request, note: str = "", party_id: UUID | None = None, entry: Entry | None = None) -> Act:
    """Take it back: its asker while it is open, any side once it is accepted. What was held for it is free again."""
    policy.require(acting.current(), "bilaterals.take_part", request)
    party = whose(request, party_id, entry)
    stands, now = locked(request)
    if stands.code == Code.WITHDRAWN:
        raise Refusal(_("It was withdrawn already."))
    if stands.code in (Code.DECLINED, Code.LAPSED):
        raise Refusal(_("It is closed; there is nothing to withdraw."))
    if stands.open and party != request.owner_party_id:
        raise Refusal(_("Who asks withdraws. Who was asked declines."))
    row = _act(request, party, entry, Act.Kind.WITHDRAWN, now, note=words(note, "note"))
    release(request.pk)
    return row


def _answering(
    request: Request, party_id: UUID | None, entry: Entry | None, seen: UUID | None, *, proposing: bool = False
) -> tuple[UUID, datetime]:
    policy.require(acting.current(), "bilaterals.take_part", request)
    party = whose(request, party_id, entry)
    stands, now = locked(request)
    _require_open(request, stands, party, proposing=proposing)
    if stands.terms != seen:
        raise Refusal(_("Other terms were proposed meanwhile. They stand below; nothing was sent."))
    return party, now


def _require_open(request: Request, stands: Standing, party: UUID, *, proposing: bool) -> None:
    closed = {
        Code.WITHDRAWN: _("It was withdrawn."),
        Code.DECLINED: _("It was declined. A new request can be made."),
        Code.ACCEPTED: _("All sides have accepted it. Withdraw it to call it off."),
    }
    if stands.code == Code.LAPSED and request.answer_by is not None:
        raise Refusal(
            _("It lapsed unanswered on %(when)s. A new request can be made.")
            % {"when": date_format(request.answer_by, "DATETIME_FORMAT")}
        )
    if stands.code == Code.DECLINED and party == acting.current().party_id and _entered_decline(request, party):
        return  # what was entered for a delegation, it corrects itself
    if stands.code in closed:
        raise Refusal(closed[stands.code])
    if party in stands.accepted and not proposing:
        raise Refusal(_("Your delegation agrees to these terms already; the answer of the other side is awaited."))


def _entered_decline(request: Request, party: UUID) -> bool:
    last = Act.objects.filter(request=request, owner_party_id=party).order_by("-at", "id").first()
    return last is not None and last.kind == Act.Kind.DECLINED and last.entry_id is not None


def _act(request: Request, party: UUID, entry: Entry | None, kind: str, now: datetime, **more: Any) -> Act:
    alone = kind == Act.Kind.DECLINED
    row = Act.objects.create(
        request=request, kind=kind, at=now, **placed(request, party, entry, sides_alone=alone), **more
    )
    details = {name: value for name, value in more.items() if value}
    recording.record(f"bilaterals.{kind}", row, details, meeting_id=request.meeting_id)
    return row
