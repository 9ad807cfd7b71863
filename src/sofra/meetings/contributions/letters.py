"""What invitations, the register and letters bring: their place in a meeting, what waits, their changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sofra.kernel.acting import Actor
from sofra.kernel.doors import DELEGATES, OBSERVERS, SECRETARIAT
from sofra.kernel.rooms import Card, DeskItem, Nav
from sofra.lexicon.naming import party_name
from sofra.meetings.contributions.agenda import SAMPLE, sample_meeting
from sofra.meetings.contributions.joining import Contribution
from sofra.meetings.models import Invitation, Letter, LetterTemplate, Meeting, Note, Reply

READERS = DELEGATES | OBSERVERS | SECRETARIAT


def desk(actor: Actor) -> Iterable[DeskItem]:
    """For a party its invitations without an answer; for the secretariat how many answered, and nobody's name."""
    from sofra.meetings.queries.invitations import answers_awaited, unanswered
    from sofra.meetings.queries.waiting import page

    language = get_language() or "en"
    return [
        *(
            DeskItem(
                title=row.meeting.worded.get("title", ""),  # type: ignore[attr-defined]
                url=page("meeting_invitation", row.meeting, invitation=row.pk),
                kind=_now("An invitation awaits your answer"),
                due=row.reply_by,
                zone=row.meeting.zone,
                since=row.issued_at,
            )
            for row in unanswered(actor, language)
        ),
        *(
            DeskItem(
                title=line.meeting.worded.get("title", ""),  # type: ignore[attr-defined]
                url=page("invitations", line.meeting),
                kind=_now("Answers to invitations are awaited"),
                note=ngettext(
                    "%(answered)s of %(count)s answered", "%(answered)s of %(count)s answered", line.invited
                ) % {"answered": line.answered, "count": line.invited},
            )
            for line in answers_awaited(actor, language)
        ),
    ]  # fmt: skip


def invitation_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Invitations by their party."""
    from sofra.meetings.queries.waiting import page

    rows = Invitation.objects.select_related("meeting__format").filter(pk__in=ids)
    return {
        row.pk: Card(
            party_name(row.party_id, language).text, page("meeting_invitation", row.meeting, invitation=row.pk)
        )
        for row in rows
    }


def reply_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Replies by the invitation they answer."""
    rows = dict(Reply.objects.filter(pk__in=ids).values_list("pk", "invitation_id"))
    cards = invitation_cards(list(rows.values()), language)
    return {pk: cards[invitation] for pk, invitation in rows.items() if invitation in cards}


def note_cards(ids: list[UUID], _language: str) -> dict[UUID, Card]:
    """Notes by their subject."""
    rows = Note.objects.select_related("format").filter(pk__in=ids)
    return {row.pk: Card(row.subject, _note_url(row)) for row in rows}


def letter_cards(ids: list[UUID], _language: str) -> dict[UUID, Card]:
    """Letters by the note they are."""
    rows = Letter.objects.select_related("note__format").filter(pk__in=ids)
    return {row.pk: Card(row.note.subject, _note_url(row.note)) for row in rows}


def template_cards(ids: list[UUID], _language: str) -> dict[UUID, Card]:
    """Templates by their name."""
    rows = LetterTemplate.objects.select_related("format").filter(pk__in=ids)
    return {
        row.pk: Card(row.name, reverse("letter_templates", kwargs={"format": row.format.slug}))
        for row in rows
        if row.format is not None
    }


def _note_url(note: Note) -> str:
    assert note.format is not None
    return reverse("note", kwargs={"format": note.format.slug, "note": note.pk})


def _format(world: Any, **more: str) -> dict[str, Any]:
    return {"format": world.format.slug, **{name: world.found.get(key, UUID(int=0)) for name, key in more.items()}}


def _meeting(world: Any, **more: str) -> dict[str, Any]:
    return {**sample_meeting(world), **{name: world.found.get(key, UUID(int=0)) for name, key in more.items()}}


def canaries(world: Any) -> None:
    """A draft, an invitation issued and answered, notes in and out with documents and an act entered from one, a template."""
    from io import BytesIO

    from sofra.kernel.commands import database_now
    from sofra.kernel.engine.samples import smallest_pdf
    from sofra.kernel.models import Audience
    from sofra.meetings.commands import invitations, letters, register

    with world.act("secretariat"):
        meeting = Meeting.objects.filter(format=world.format, slug=SAMPLE).first()
    if meeting is None:
        return
    al, rs = world.parties["AL"].pk, world.parties["RS"].pk
    with world.act("secretariat"):
        draft, other = invitations.draft_invitations(meeting=meeting, parties=[rs, al], level="minister")
        # What issuing needs (a profile) is for meetings that come; the row is as issuing leaves it.
        now = database_now()
        other.issued_at, other.readable_from, other.audience, other.readers = now, now, Audience.PARTIES, [al]
        other.save()
        template = letters.write_template(
            format=world.format, name=world.token("secretariat"), kind="invitation",
            subject={"en": world.token("secretariat")}, text={"en": f"{world.token('secretariat')} {{party}}"},
        )  # fmt: skip
        token, alone = world.token("AL+secretariat"), world.token("secretariat")
        note = register.register_note(
            format=world.format, direction="in", subject=token, at=now, party_id=al, office=token, reference=token,
            meeting=meeting, invitation=other, files=[(BytesIO(smallest_pdf(token)), f"{token}.pdf")],
        )  # fmt: skip
        register.enter_from_note(note=note)
        register.register_note(
            format=world.format, direction="out", subject=alone, at=now, office=alone, reference=alone,
            files=[(BytesIO(smallest_pdf(alone)), f"{alone}.pdf")],
        )  # fmt: skip
        gone = world.token("AL+secretariat")
        row = register.register_note(format=world.format, direction="out", subject=gone, at=now, party_id=al)
        Letter.objects.create(
            meeting=meeting, note=row, template=template.pk, template_version=1, language="en", addressee=gone,
            issued_at=now, **row.placement(),
        )  # fmt: skip
        register.withdraw_note(note=row, reason=gone)
    with world.act("AL"):
        invitations.answer_invitation(
            invitation=Invitation.objects.get(pk=other.pk), answer="accepted", level="minister",
            remark={"en": world.token("AL+secretariat")},
        )  # fmt: skip
    world.found |= {
        "meetings.invitation": other.pk, "meetings.invitation_draft": draft.pk, "meetings.note": note.pk,
        "meetings.letter_template": template.pk,
    }  # fmt: skip


PART = Contribution(
    nav=(
        Nav(_("Invitations"), "invitations", place="meeting", order=27, key="i", roles=READERS),
        Nav(_("Correspondence"), "correspondence", place="meeting", order=28, roles=READERS),
    ),
    desk=desk,
    cards={
        "meetings.invitation": invitation_cards,
        "meetings.reply": reply_cards,
        "meetings.note": note_cards,
        "meetings.letter": letter_cards,
        "meetings.lettertemplate": template_cards,
    },
    changes={
        "invitation.drafted": _("An invitation was drafted"),
        "invitation.changed": _("An invitation was changed"),
        "invitation.issued": _("An invitation was issued"),
        "invitation.withdrawn": _("An invitation was called off"),
        "invitation.answered": _("An invitation was answered"),
        "note.in": _("A note came in"),
        "note.out": _("A note went out"),
        "note.document": _("A document was put to a note"),
        "note.withdrawn": _("A note in the register was withdrawn"),
        "letter.issued": _("A letter was issued"),
        "letter.template": _("A template of a letter was written"),
        "letter.template_changed": _("A template of a letter was changed"),
        "letter.template_retired": _("A template of a letter was retired"),
    },
    samples={
        **dict.fromkeys(
            ("invitations", "invitations_draft", "invitations_issue", "correspondence", "letter_write"), sample_meeting
        ),
        **dict.fromkeys(
            ("meeting_invitation", "invitation_answer", "invitation_withdraw", "invitation_letter", "notice"),
            lambda world: _meeting(world, invitation="meetings.invitation"),
        ),
        "invitation_change": lambda world: _meeting(world, invitation="meetings.invitation_draft"),
        **dict.fromkeys(("register", "note_add", "letter_templates", "letter_template_add", "register_sheet"), _format),
        **dict.fromkeys(("note", "note_document", "note_withdraw"), lambda world: _format(world, note="meetings.note")),
        **dict.fromkeys(
            ("letter_template_edit", "letter_template_retire"),
            lambda world: _format(world, template="meetings.letter_template"),
        ),
    },
    canaries=canaries,
)
