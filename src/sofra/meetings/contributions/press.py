"""What the press desk brings: its place in a meeting, what waits, its changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sofra.kernel import wordings
from sofra.kernel.acting import Actor
from sofra.kernel.doors import SECRETARIAT
from sofra.kernel.models import Audience
from sofra.kernel.rooms import Card, DeskItem, Nav
from sofra.meetings.contributions.agenda import SAMPLE, sample_meeting
from sofra.meetings.contributions.joining import Contribution
from sofra.meetings.models import Delegate, MediaApplication, Meeting, PressIssue, PressPiece


def desk(actor: Actor) -> Iterable[DeskItem]:
    """For the secretariat: what is about to be issued, captions to look at again, lists of persons still kept.

    That lines wait to be cleared stands among the silences that run (queries/waiting.py).
    """
    from sofra.meetings.queries.press import meetings_keeping_media, to_look_at, waiting_issues
    from sofra.meetings.queries.waiting import page

    if not actor.is_secretariat:
        return []
    issues, again, kept = waiting_issues(), to_look_at(), meetings_keeping_media()
    meetings = [*(row.meeting for row in issues), *(row.meeting for row in again), *kept]
    wordings.attach([*(row.piece for row in issues), *again, *meetings], get_language() or "en")

    def words(row: Any) -> Any:
        return row.worded.get("title", "")

    return [
        *(
            DeskItem(
                title=words(row.piece), url=page("press_piece", row.meeting, piece=row.piece_id), due=row.readable_from,
                kind=_now("Becomes public") if row.to == PressIssue.To.EVERYONE else _now("Goes to the members"),
                note=words(row.meeting), zone=row.meeting.zone,
            )
            for row in issues
        ),
        *(
            DeskItem(
                title=words(row), url=page("press_piece", row.meeting, piece=row.pk),
                kind=_now("A caption to be looked at again"), note=words(row.meeting),
            )
            for row in again
        ),
        *(
            DeskItem(
                title=_now("Accreditation list"), url=page("media", row),
                kind=_now("The meeting is over: the list can be removed"), note=words(row),
            )
            for row in kept
        ),
    ]  # fmt: skip


def piece_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Pieces by their title."""
    from sofra.meetings.queries.waiting import page

    rows = list(PressPiece.objects.select_related("meeting__format").filter(pk__in=ids))
    wordings.attach(rows, language)
    return {
        row.pk: Card(row.worded.get("title", ""), page("press_piece", row.meeting, piece=row.pk))  # type: ignore[attr-defined]
        for row in rows
    }


def issue_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Issues by their title, on the meeting's page."""
    from sofra.meetings.queries.waiting import page

    rows = PressIssue.objects.select_related("meeting__format").filter(pk__in=ids)
    return {
        row.pk: Card(
            wordings.choose({code: text["title"] for code, text in row.content["texts"].items()}, language),
            page("meeting", row.meeting),
        )
        for row in rows
    }


def media_cards(ids: list[UUID], _language: str) -> dict[UUID, Card]:
    """Applications by their list: a change names nobody."""
    from sofra.meetings.queries.waiting import page

    rows = MediaApplication.objects.select_related("meeting__format").filter(pk__in=ids)
    return {row.pk: Card(_now("Accreditation list"), page("media", row.meeting)) for row in rows}


def canaries(world: Any) -> None:
    """Advisories as a draft, ahead, public and withdrawn; lines objected to and lines issued; a caption; an application."""
    from sofra.kernel.commands import database_now
    from sofra.meetings.commands import accreditation, press, press_issuing, press_lines

    def advisory(title: str, body: str) -> PressPiece:
        head, text = {"en": world.token(title)}, {"en": world.token(body)}
        return press.draft_piece(meeting=meeting, kind="advisory", title=head, body=text)

    def lines(holder: str) -> PressPiece:
        head, text = {"en": world.token(holder)}, {"en": world.token(holder)}
        return press.draft_piece(meeting=meeting, kind="lines", title=head, body=text)

    with world.act("secretariat"):
        found = Meeting.objects.filter(format=world.format, slug=SAMPLE).first()
        if found is None:
            return
        meeting, al = found, world.parties["AL"].pk
        draft = advisory("secretariat", "secretariat")
        press_issuing.issue_piece(piece=advisory("public", "public"), to="public")
        later = database_now() + timedelta(days=30)
        ahead = press_issuing.issue_piece(piece=advisory("secretariat", "secretariat"), to="public", at=later)
        gone = press_issuing.issue_piece(piece=advisory("public", "secretariat"), to="public")
        press_issuing.withdraw_issue(issue=gone, reason={"en": world.token("public")})
        asked, shared, unsent = lines("AL+secretariat"), lines("format"), lines("secretariat")
        for piece in (asked, shared):
            press_lines.send_lines(piece=piece, readers=[al], deadline=later)
        person = Delegate.objects.filter(delegation__meeting=meeting, audience=Audience.FORMAT).first()
        photo = press.draft_piece(meeting=meeting, kind="caption", title={"en": world.token("secretariat")}, rows=[1])
        if person is not None:
            press.place_people(piece=photo, seen_version=None, places={(1, 1): person.pk})
        token = world.token("secretariat")
        row = accreditation.ask_accreditation(
            meeting=meeting, name=token, outlet=token, work="photo", document=token, contact=token
        )
        accreditation.decide_application(application=row, state="refused", reason=world.token("secretariat"))
    with world.act("AL"):
        press_lines.object_to_lines(
            piece=asked, what={"en": world.token("AL+secretariat")}, reason={"en": world.token("AL+secretariat")},
            reason_audience="secretariat",
        )  # fmt: skip
        press_lines.no_objection(piece=shared, comment={"en": world.token("AL+secretariat")})
    with world.act("secretariat"):
        press_issuing.issue_piece(piece=shared, to="format")
    world.found |= {
        "press.piece": draft.pk, "press.lines": unsent.pk, "press.asked": shared.pk, "press.photo": photo.pk,
        "press.issue": ahead.pk, "press.ahead": ahead.piece_id, "press.media": row.pk,
    }  # fmt: skip


def _piece(key: str, **more: str) -> Any:
    return lambda world: {**sample_meeting(world), "piece": world.found.get(key, UUID(int=0)), **more}


def _of(name: str, key: str) -> Any:
    return lambda world: {**sample_meeting(world), name: world.found.get(key, UUID(int=0))}


PART = Contribution(
    nav=(Nav(_("Press desk"), "press", place="meeting", order=46, roles=SECRETARIAT),),
    desk=desk,
    cards={
        "meetings.presspiece": piece_cards,
        "meetings.pressissue": issue_cards,
        "meetings.mediaapplication": media_cards,
    },
    found={"press": _("For the press")},
    changes={
        "press.drafted": _("Something for the press was drafted"),
        "press.edited": _("A draft for the press was changed"),
        "press.dropped": _("A draft for the press was given up"),
        "press.placed": _("It was said who stands where in a photo"),
        "press.scheduled": _("An instant was set from which something for the press is read"),
        "press.moved": _("The instant of something for the press was moved"),
        "press.called_off": _("Something for the press was called off before its instant"),
        "press.issued": _("Something was issued for the press"),
        "press.withdrawn": _("What was issued for the press was withdrawn"),
        "lines.object": _("A party objects to agreed lines"),
        "lines.consent": _("A party has no objection to agreed lines"),
        "lines.lift": _("A party withdraws its objection to agreed lines"),
        "media.asked": _("An application for accreditation was entered"),
        "media.changed": _("An application for accreditation was changed"),
        "media.accredited": _("A person was accredited"),
        "media.refused": _("An accreditation was refused"),
        "media.removed": _("What was said of a person was removed from the accreditation list"),
    },
    samples={
        **dict.fromkeys(("press", "media", "media_add", "media_print", "media_sheet", "media_clear"), sample_meeting),
        "press_add": lambda world: {**sample_meeting(world), "kind": "caption"},
        **dict.fromkeys(
            ("press_piece", "press_edit", "press_next", "press_drop", "press_issue"), _piece("press.piece")
        ),
        **dict.fromkeys(("press_consent", "press_object", "press_lift"), _piece("press.asked")),
        **dict.fromkeys(("press_send", "press_stop"), _piece("press.lines")),
        "press_places": _piece("press.photo"),
        "press_letter": _piece("press.ahead", language="en", kind="pdf"),
        **dict.fromkeys(("press_move", "press_call_off", "press_withdraw"), _of("issue", "press.issue")),
        **dict.fromkeys(("media_edit", "media_decide", "media_remove"), _of("application", "press.media")),
    },
    canaries=canaries,
)
