"""Issue a piece to the members or to everyone from an instant on; move or call off an issue ahead; withdraw what was issued.

The instant is decided by the database's clock under a lock of the piece. Until it comes the row is nobody's but the
secretariat's, and what was recorded of it too; from then on the database itself lets everybody read it.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from sofra.kernel import acting, guarding, policy, recording, search, wordings
from sofra.kernel.commands import command, database_now, lock_subject, save_next
from sofra.kernel.models import Audience
from sofra.kernel.refusals import Refusal
from sofra.meetings import sentences
from sofra.meetings.commands.press import words_of
from sofra.meetings.commands.procedure import hold
from sofra.meetings.commands.publicity import covered
from sofra.meetings.commands.releasing import CLOSE, told
from sofra.meetings.models import CaptionPlace, Delegate, PressIssue, PressKind, PressPiece, Told
from sofra.meetings.queries.captions import Caption, caption_languages, places_of, render
from sofra.meetings.queries.circulation import names_a_party
from sofra.meetings.queries.press import BROKEN, CLEARED, DROPPED, REOPENED, RUNNING, STOPPED, UNSENT, stand
from sofra.meetings.queries.profile import require_profile
from sofra.meetings.queries.publicity import announcements_of


def refuse_unprofiled(piece: PressPiece) -> None:
    """Raise Refusal where a text names a party and the meeting's profile does not let it: there is none, or persons only."""
    if names_a_party(piece) and require_profile(piece.meeting).persons_only:
        raise Refusal(_("The text names a party, and the profile of this meeting names persons only."))


@command
def issue_piece(*, piece: PressPiece, to: str, at: datetime | None = None) -> PressIssue:
    """Issue a piece to the members (agreed lines) or to everyone, at an instant ahead or now.

    Raises NotAllowed; Refusal, with the reason, for lines that are not cleared, a caption that is not whole or has to be looked
    at again, what names parties without a profile, an instant past, and everyone where they do not know of the meeting by then.
    """
    policy.require(acting.current(), "press.write", piece.meeting)
    meeting = piece.meeting
    delegations = _hold_delegations(piece)
    hold(meeting.pk)
    meeting.refresh_from_db()
    now = hold(piece.pk)
    piece.refresh_from_db()
    stand([piece], "en")
    if piece.state == DROPPED:  # type: ignore[attr-defined]
        raise Refusal(_("The draft was given up."))
    if to not in PressIssue.To.values or (piece.kind != PressKind.LINES and to != PressIssue.To.EVERYONE):
        raise Refusal(_("Choose to whom it is issued."), "to")
    if PressIssue.objects.filter(piece=piece, to=to, withdrawn_at__isnull=True).exists():
        raise Refusal(_("This version is issued to them already, or set to be."), "to")
    content, caption = _content(piece)
    instant = _instant(piece, to, at, now)
    guarding.put_out(piece)
    if caption is not None:
        _print(piece, caption, delegations)
    row = PressIssue(
        meeting=meeting, piece=piece, line=piece.line, kind=piece.kind, to=to, content=content, at=now, audience=to,
        format_id=meeting.format_id, readable_from=instant,
    )  # fmt: skip
    row.save(force_insert=True)
    _index(row)
    text = sentences.kept(sentence_key(piece.kind, to), **words_of(piece, instant=told(instant, meeting)))
    details = {"to": to, "at": instant, "sentence": text, "content": content}
    if instant > now:
        recording.record("press.scheduled", inward(row), details, meeting_id=meeting.pk, shown=text)
        recording.announce("press.issued", row, at=instant, meeting_id=meeting.pk, shown=text)
    else:
        # What was said word for word stays with the secretariat, also after a withdrawal.
        recording.record("press.set", inward(row), details, meeting_id=meeting.pk, visible=False)
        recording.record("press.issued", row, {"sentence": text}, meeting_id=meeting.pk, shown=text)
    return row


def sentence_key(kind: str, to: str) -> str:
    """The key of the sentence by which a piece is issued."""
    return f"press.issue_{kind}" + (f"_{to}" if kind == PressKind.LINES else "")


def inward(row: PressIssue) -> PressIssue:
    """An issue as the secretariat alone knows it, to record what concerns nobody else."""
    seen = copy(row)
    seen.audience, seen.readable_from = Audience.SECRETARIAT, row.at
    return seen


def _instant(piece: PressPiece, to: str, at: datetime | None, now: datetime) -> datetime:
    if at is not None and at < now:
        raise Refusal(_("The instant lies in the past. Leave it empty to issue it now."), "at")
    instant = at or now
    meeting = piece.meeting
    if to == PressIssue.To.EVERYONE and not covered(meeting, Told.PUBLIC, instant, announcements_of(meeting)):
        raise Refusal(
            _(
                "Not everyone knows of the meeting by then. Announce it to everyone first, for that instant or an earlier one."
            ),
            "at",
        )
    return instant


def _content(piece: PressPiece) -> tuple[dict[str, Any], Caption | None]:
    """What is issued, word for word. Raises Refusal with the reason why it is not ready."""
    if piece.kind == PressKind.CAPTION:
        found = render(piece, caption_languages(piece.meeting))
        refuse_unready(found)
        return {"texts": found.texts}, found
    if piece.kind == PressKind.LINES:
        refuse_uncleared(piece)
    refuse_unprofiled(piece)
    texts = wordings.of([piece]).get(piece.pk, {})
    titles, bodies = texts.get("title", {}), texts.get("body", {})
    return {"texts": {code: {"title": titles[code], "body": bodies[code]} for code in titles if bodies.get(code)}}, None


def refuse_unready(caption: Caption) -> None:
    """Raise Refusal where a caption is not whole or has to be looked at again."""
    if caption.again:
        names = ", ".join(each.delegate.name for each in caption.again if each.delegate is not None)
        raise Refusal(
            _("The caption has to be looked at again: no longer there to be named: %(names)s.") % {"names": names}
        )
    if caption.empty:
        raise Refusal(_("Not every place of the photo is filled. Say who stands there, or how many stand in the row."))
    if not caption.texts:
        raise Refusal(next(iter(caption.lacking.values()), _("The photo has no title in a language of the meeting.")))


def refuse_uncleared(piece: PressPiece) -> None:
    """Raise Refusal, with the reason, for lines that are not cleared. `piece` as `stand` leaves it, under its lock."""
    clearance: Any = piece.clearance  # type: ignore[attr-defined]
    zone = piece.meeting.zone
    if clearance.state == CLEARED:
        if clearance.pending:
            raise Refusal(_("An objection was received in time and entered late. Answer it first."))
        return
    said = {
        UNSENT: _("These lines were not cleared: they were not sent for clearance."),
        STOPPED: _("These lines were not cleared: their clearance was stopped."),
        REOPENED: _("These lines are not cleared any more: their clearance was reopened."),
    }
    if clearance.state == RUNNING:
        until = sentences.exact(clearance.procedure.deadline, zone)
        raise Refusal(_("These lines are not cleared yet: the parties have until %(until)s.") % {"until": until})
    if clearance.state == BROKEN:
        objecting = clearance.procedure.broken_by
        who = sentences.names([objecting.owner_party_id]) if objecting is not None else ""
        raise Refusal(_("These lines were not cleared. Objecting: %(who)s. Write the next version.") % {"who": who})
    raise Refusal(said[clearance.state])


def _hold_delegations(piece: PressPiece) -> set[Any]:
    # Before the piece: a delegation that takes a person out holds itself first and then calls off what names the person.
    keys = {each.delegate.delegation_id for each in places_of([piece])[piece.pk] if each.delegate is not None}
    for key in sorted(keys, key=str):
        lock_subject(key, shared=True)
    return keys


def _print(piece: PressPiece, caption: Caption, delegations: set[Any]) -> None:
    printed = {
        (each["row"], each["place"]): {name: each[name] for name in ("name", "function")} for each in caption.people
    }
    for place in places_of([piece])[piece.pk]:
        if place.delegate is None or place.delegate.delegation_id not in delegations:
            raise Refusal(_("The photo was changed in this moment. Read it again."))
        place.printed = printed[place.row, place.place]
        save_next(place, ["printed"])


def _index(row: PressIssue) -> None:
    """Let search find the page of the meeting by what is issued, for those who read it and from when they do."""
    assert row.meeting.format is not None
    url = f"meetings/{row.meeting.format.slug}/{row.meeting.slug}/"
    for language, text in row.content["texts"].items():
        search.index(row, "press", language, text["title"], text["body"], url)


def _held(issue: PressIssue) -> datetime:
    policy.require(acting.current(), "press.write", issue.meeting)
    hold(issue.meeting_id)
    now = hold(issue.piece_id)
    issue.refresh_from_db()
    if issue.withdrawn_at is not None:
        raise Refusal(_("It was called off or withdrawn already."))
    return now


def _ahead(issue: PressIssue, now: datetime) -> datetime:
    if issue.readable_from - now <= CLOSE:
        raise Refusal(_("It is issued. It can be corrected by a next version or withdrawn, and both stay visible."))
    return issue.readable_from


@command
def move_issue(*, issue: PressIssue, at: datetime | None) -> PressIssue:
    """Set another instant for an issue that has not come; None issues it now. Raises NotAllowed; Refusal once it has come."""
    now = _held(issue)
    before = _ahead(issue, now)
    instant = _instant(issue.piece, issue.to, at, now)
    meeting = issue.meeting
    text = sentences.kept(
        "press.move", **words_of(issue.piece, before=told(before, meeting), instant=told(instant, meeting))
    )
    recording.retract("press.issued", inward(issue), instead="press.moved")
    recording.record(
        "press.moved",
        inward(issue),
        {"before": before, "at": instant, "sentence": text},
        meeting_id=meeting.pk,
        visible=False,
    )
    issue.readable_from = instant
    save_next(issue, ["readable_from"])
    _index(issue)
    shown = sentences.kept(sentence_key(issue.kind, issue.to), **words_of(issue.piece, instant=told(instant, meeting)))
    recording.announce("press.issued", issue, at=instant, meeting_id=meeting.pk, shown=shown)
    return issue


@command
def call_off_issue(*, issue: PressIssue) -> PressIssue:
    """Call off an issue that has not come; nobody learns of it. Raises NotAllowed; Refusal once it has come."""
    now = _held(issue)
    before = _ahead(issue, now)
    text = sentences.kept("press.call_off", **words_of(issue.piece, before=told(before, issue.meeting)))
    _call_off(issue, now, {"sentence": text})
    return issue


def _call_off(issue: PressIssue, now: datetime, details: dict[str, Any]) -> None:
    issue.audience, issue.withdrawn_at = Audience.SECRETARIAT, now
    save_next(issue, ["audience", "withdrawn_at"])
    search.forget(issue.pk)
    recording.retract("press.issued", inward(issue), instead="press.called_off")
    recording.record("press.called_off", inward(issue), details, meeting_id=issue.meeting_id, visible=False)


def call_off_scheduled(pieces: Iterable[PressPiece], why: str) -> None:
    """Call off, as the house, what is set to be issued of some pieces, because what it rests on changed."""
    with acting.acting_as_house():
        for piece in pieces:
            lock_subject(piece.pk)
            now = database_now()
            rows = PressIssue.objects.filter(piece=piece, withdrawn_at__isnull=True, readable_from__gt=now + CLOSE)
            for row in rows.select_related("meeting__format"):
                _call_off(row, now, {"why": why})


def look_again(delegate: Delegate) -> None:
    """After a person left a delegation or is called otherwise: captions that name them and have not come are called off."""
    with acting.acting_as_house():
        pieces = PressPiece.objects.filter(
            pk__in=CaptionPlace.objects.filter(delegate_id=delegate.pk).values("piece_id"),
            issues__withdrawn_at__isnull=True, issues__readable_from__gt=database_now(),
        )  # fmt: skip
        call_off_scheduled(pieces.distinct().order_by("pk"), "look_again")


@command
def withdraw_issue(*, issue: PressIssue, reason: dict[str, str]) -> list[PressIssue]:
    """Withdraw what was issued, with its earlier versions: the words are gone, and that it was issued and why it is withdrawn
    stays. Raises NotAllowed; Refusal before it has come, and without a reason.
    """
    now = _held(issue)
    if issue.readable_from > now:
        raise Refusal(_("It is not issued yet; move or call off its instant instead."))
    said = {language: text.strip() for language, text in reason.items() if text.strip()}
    if not said:
        raise Refusal(
            _("Say why it is withdrawn, in at least one language; those who could read it read that."), "reason"
        )
    rows = PressIssue.objects.filter(line=issue.line, to=issue.to, withdrawn_at__isnull=True, readable_from__lte=now)
    found = list(rows.select_related("piece", "meeting__format"))
    for row in found:
        _withdraw(row, now, said)
    return found


def _withdraw(row: PressIssue, now: datetime, said: dict[str, str]) -> None:
    row.withdrawn_at = now
    row.content = {"texts": {code: {"title": text["title"]} for code, text in row.content["texts"].items()}}
    save_next(row, ["withdrawn_at", "content"])
    wordings.put(row, "reason", said)
    search.forget(row.pk)
    text = sentences.kept(f"press.withdraw_{row.to}", **words_of(row.piece))
    recording.record("press.withdrawn", row, {"sentence": text, "reason": said}, meeting_id=row.meeting_id, shown=text)


def withdraw_uncleared(piece: PressPiece, reason: dict[str, str]) -> None:
    """After a clearance was reopened: what was issued of it is withdrawn for that reason, what was to come is called off."""
    call_off_scheduled([piece], "reopened")
    now = database_now()
    rows = PressIssue.objects.filter(piece=piece, withdrawn_at__isnull=True).select_related("piece", "meeting__format")
    for row in rows:
        _withdraw(row, now, reason)
