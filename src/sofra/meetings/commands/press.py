"""Write pieces for the press: drafts, versions, captions. Clearing stands in press_lines.py, issuing in press_issuing.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording, wordings
from sofra.kernel.commands import check_version, command, database_now, lock_subject, save_next
from sofra.kernel.models import Audience
from sofra.kernel.refusals import Refusal
from sofra.meetings.models import CaptionPlace, Meeting, PressKind, PressPiece, Session
from sofra.meetings.queries.captions import nameable
from sofra.meetings.queries.press import DRAFT, stand, strand_of

LONGEST_TITLE, LONGEST_BODY = 300, 20_000
MOST_ROWS, MOST_IN_A_ROW = 9, 40
Texts = dict[str, str]
#: Who stands where: the delegate by row and place.
Places = Mapping[tuple[int, int], UUID | None]


def words_of(piece: PressPiece, **more: Any) -> dict[str, Any]:
    """What a sentence about a piece needs."""
    titles = wordings.of([piece]).get(piece.pk, {}).get("title", {})
    return {"title": lambda: str(wordings.choose(titles, get_language() or "en")), **more}


@command
def draft_piece(
    *,
    meeting: Meeting,
    kind: str,
    title: Texts,
    body: Texts | None = None,
    session: Session | None = None,
    rows: list[int] | None = None,
    after: PressPiece | None = None,
) -> PressPiece:
    """Draft a piece, or with `after` the next version of it; the secretariat alone reads it. A caption takes over its places.

    Raises NotAllowed; Refusal for bad input, and where a draft of the next version is there already.
    """
    policy.require(acting.current(), "press.write", meeting)
    if kind not in PressKind.values:
        raise Refusal(_("Choose what it is."), "kind")
    if after is not None:
        lock_subject(after.line)
        _refuse_second_draft(meeting, after, kind)
    now = database_now()
    piece = PressPiece(
        meeting=meeting, line=after.line if after else uuid4(), kind=kind, made_at=now, audience=Audience.SECRETARIAT,
        format_id=meeting.format_id, readable_from=now,
    )  # fmt: skip
    _say(piece, title, body or {}, session, rows or [])
    piece.save(force_insert=True)
    _put(piece, title, body or {})
    if after is not None and kind == PressKind.CAPTION:
        for each in CaptionPlace.objects.filter(piece=after, delegate__isnull=False):
            CaptionPlace.objects.create(
                piece=piece, row=each.row, place=each.place, delegate=each.delegate, **piece.placement()
            )
    _record("press.drafted", piece, title, body or {})
    return piece


def _refuse_second_draft(meeting: Meeting, after: PressPiece, kind: str) -> None:
    strand = strand_of(meeting, after.line, get_language() or "en")
    if strand is None or after.meeting_id != meeting.pk or kind != after.kind:
        raise Refusal(_("The next version is of the same kind and the same meeting."))
    if not strand.next_allowed:
        raise Refusal(_("A draft of this is being written already. Change that one."))


@command
def edit_piece(
    *,
    piece: PressPiece,
    seen_version: int | None,
    title: Texts,
    body: Texts | None = None,
    session: Session | None = None,
    rows: list[int] | None = None,
) -> PressPiece:
    """Change a draft. Raises NotAllowed; Conflict; Refusal for bad input and for what was sent or issued."""
    hold_draft(piece, seen_version)
    _say(piece, title, body or {}, session, rows or [])
    save_next(piece, ["session", "rows"])
    _put(piece, title, body or {})
    _record("press.edited", piece, title, body or {})
    return piece


@command
def drop_piece(*, piece: PressPiece) -> PressPiece:
    """Give a draft up; it stays with the secretariat. Raises NotAllowed; Refusal for what was sent or issued."""
    hold_draft(piece, None)
    piece.dropped_at = database_now()
    save_next(piece, ["dropped_at"])
    recording.record("press.dropped", piece, {}, meeting_id=piece.meeting_id)
    return piece


def hold_draft(piece: PressPiece, seen_version: int | None) -> None:
    """Lock a piece that is a draft. Raises NotAllowed; Conflict; Refusal for what is none any more."""
    policy.require(acting.current(), "press.write", piece.meeting)
    lock_subject(piece.pk)
    check_version(piece, seen_version)
    piece.refresh_from_db()
    if state_of(piece) != DRAFT:
        raise Refusal(
            _("It is no draft any more: it was sent for clearance, issued or given up. Write the next version.")
        )


def state_of(piece: PressPiece) -> str:
    """Whether a piece is a draft, fixed or given up."""
    stand([piece], get_language() or "en")
    return str(piece.state)  # type: ignore[attr-defined]


def _say(piece: PressPiece, title: Texts, body: Texts, session: Session | None, rows: list[int]) -> None:
    for language in {*title, *body}:
        head, text = title.get(language, "").strip(), body.get(language, "").strip()
        if len(head) > LONGEST_TITLE or len(text) > LONGEST_BODY:
            raise Refusal(
                _("The text is too long: at most 300 letters of title and 20,000 of text."), f"body_{language}"
            )
        if piece.kind != PressKind.CAPTION and text and not head:
            raise Refusal(_("Write a title in this language too."), f"title_{language}")
        if piece.kind != PressKind.CAPTION and head and not text:
            raise Refusal(_("Write the text in this language too."), f"body_{language}")
    if not any(text.strip() for text in title.values()):
        raise Refusal(_("Write a title in at least one language."), "title")
    if piece.kind == PressKind.CAPTION:
        if not rows or len(rows) > MOST_ROWS or any(not 1 <= each <= MOST_IN_A_ROW for each in rows):
            raise Refusal(
                _("Say how many stand in each row, from the front: up to 9 rows of up to 40, like “7, 6”."), "rows"
            )
        if session is not None and session.meeting_id != piece.meeting_id:
            raise Refusal(_("Choose a session of this meeting."), "session")
        piece.session, piece.rows = session, rows


def _put(piece: PressPiece, title: Texts, body: Texts) -> None:
    wordings.put(piece, "title", title)
    if piece.kind != PressKind.CAPTION:
        wordings.put(piece, "body", body)


def _record(action: str, piece: PressPiece, title: Texts, body: Texts) -> None:
    recording.record(
        action,
        piece,
        {"kind": piece.kind, "title": title, "body": body, "rows": piece.rows},
        meeting_id=piece.meeting_id,
    )


@command
def place_people(*, piece: PressPiece, seen_version: int | None, places: Places) -> PressPiece:
    """Say who stands where in a photo; a place that is not named stays as it is, one with None is empty.

    Raises NotAllowed; Conflict; Refusal for somebody who may not be named, a place there is none of, the same person twice.
    """
    hold_draft(piece, seen_version)
    if piece.kind != PressKind.CAPTION:
        raise Refusal(_("Only a photo has places."))
    known = {row.pk: row for row in nameable(piece.meeting)}
    there = {(each.row, each.place): each for each in CaptionPlace.objects.filter(piece=piece)}
    for (row, place), key in places.items():
        if not (1 <= row <= len(piece.rows) and 1 <= place <= piece.rows[row - 1]):
            raise Refusal(_("There is no such place in the photo."))
        stood = there.get((row, place))
        if key is not None and key not in known and (stood is None or stood.delegate_id != key):
            raise Refusal(
                _("Choose a person whose delegation released the name to all members."), f"place_{row}_{place}"
            )
    wanted = {at: each.delegate_id for at, each in there.items() if each.delegate_id} | dict(places)
    inside = {(row, place) for row, most in enumerate(piece.rows, 1) for place in range(1, most + 1)}
    wanted = {at: key if at in inside else None for at, key in wanted.items()}
    _refuse_twice(wanted)
    changed = [at for at, key in wanted.items() if (there[at].delegate_id if at in there else None) != key]
    try:
        with transaction.atomic():
            # First all who move step out, so that two may trade places.
            CaptionPlace.objects.filter(pk__in=[there[at].pk for at in changed if at in there]).update(
                delegate=None, printed={}
            )
            for at in changed:
                each = there.get(at) or CaptionPlace(piece=piece, row=at[0], place=at[1], **piece.placement())
                each.delegate_id, each.printed = wanted[at], {}
                each.save()
    except IntegrityError as error:
        raise Refusal(_("A person stands in one place of a photo, and in one place stands one person.")) from error
    save_next(piece, [])
    said = [{"row": row, "place": place, "delegate": wanted[row, place]} for row, place in sorted(changed)]
    recording.record("press.placed", piece, {"places": said}, meeting_id=piece.meeting_id)
    return piece


def _refuse_twice(wanted: Mapping[tuple[int, int], UUID | None]) -> None:
    seen: set[UUID] = set()
    for (row, place), key in sorted(wanted.items()):
        if key is not None and key in seen:
            raise Refusal(_("This person stands in another place of the photo already."), f"place_{row}_{place}")
        if key is not None:
            seen.add(key)
