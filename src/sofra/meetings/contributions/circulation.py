"""What circulation brings: its place in a meeting, what waits, its changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sofra.kernel import wordings
from sofra.kernel.acting import Actor
from sofra.kernel.doors import SEATED
from sofra.kernel.models import Audience, Format
from sofra.kernel.rooms import Card, DeskItem, Nav
from sofra.meetings.contributions.agenda import SAMPLE, sample_meeting
from sofra.meetings.contributions.joining import Contribution
from sofra.meetings.models import Document, DocumentAnswer, Meeting, ReceiptRule


def desk(actor: Actor) -> Iterable[DeskItem]:
    """Releases that come, papers to answer; for a delegation what was released to it and not opened yet."""
    from sofra.meetings.queries.circulation import waiting_documents
    from sofra.meetings.queries.waiting import page

    scheduled, asked, unread = waiting_documents(actor, get_language() or "en")

    def item(row: Any, **more: Any) -> DeskItem:
        return DeskItem(
            title=row.worded.get("title", ""), url=page("document", row.meeting, document=row.line),
            note=row.meeting.worded.get("title", ""), zone=row.meeting.zone, **more,
        )  # fmt: skip

    return [
        *(item(row, kind=_now("To be released"), due=row.released_at) for row in scheduled),
        *(item(row, kind=_now("Circulation asked for"), since=row.asked_at) for row in asked),
        *(item(row, kind=_now("Released to you, not opened yet"), since=row.released_at) for row in unread),
    ]


def document_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Documents by their title."""
    from sofra.meetings.queries.waiting import page

    rows = list(Document.objects.select_related("meeting__format").filter(pk__in=ids))
    wordings.attach(rows, language)
    return {
        row.pk: Card(row.worded.get("title", ""), page("document", row.meeting, document=row.line))  # type: ignore[attr-defined]
        for row in rows
    }


def answer_cards(ids: list[UUID], language: str) -> dict[UUID, Card]:
    """Answers by the paper they answer."""
    rows = dict(DocumentAnswer.objects.filter(pk__in=ids).values_list("pk", "document_id"))
    cards = document_cards(list(rows.values()), language)
    return {pk: cards[document] for pk, document in rows.items() if document in cards}


def rule_cards(ids: list[UUID], _language: str) -> dict[UUID, Card]:
    """What a format agreed about receipts, by the format's page."""
    from django.urls import reverse

    rows = ReceiptRule.objects.select_related("format").filter(pk__in=ids)
    return {
        row.pk: Card(_now("Receipts of opening"), reverse("format", kwargs={"format": row.format.slug}))
        for row in rows
        if row.format is not None
    }


def _samples(world: Any) -> dict[str, Any]:
    return {**sample_meeting(world), "document": world.found.get("meetings.document", UUID(int=0))}


def _line(world: Any) -> dict[str, Any]:
    return {**sample_meeting(world), "document": world.found.get("meetings.line", UUID(int=0))}


def canaries(world: Any) -> None:
    """Drafts, releases to some and to all, files, a recall, a delegation's paper asked for and declined, receipts."""
    from io import BytesIO

    from sofra.kernel.engine.samples import smallest_pdf
    from sofra.meetings.commands import circulation, receipts, releasing
    from sofra.meetings.commands.circulation import Content

    def content(holder: str, *, file: bool = False) -> dict[str, Content]:
        token = world.token(holder)
        if file:
            return {"en": Content(token, file=BytesIO(smallest_pdf(token)), name=f"{token}.pdf")}
        return {"en": Content(token, f"# {token}\n\n- {token}")}

    with world.act("secretariat"):
        meeting = Meeting.objects.filter(format=world.format, slug=SAMPLE).first()
        if meeting is None:
            return
        draft = circulation.draft_document(meeting=meeting, kind="other", contents=content("secretariat"))
        circulation.draft_document(meeting=meeting, kind="decision", contents=content("secretariat", file=True))
        released = circulation.draft_document(meeting=meeting, kind="agenda", contents=content("format", file=True))
        releasing.release_document(document=released, audience=Audience.FORMAT)
        wider = circulation.draft_document(meeting=meeting, kind="background", contents=content("observers"))
        releasing.release_document(document=wider, audience=Audience.OBSERVERS)
        gone = circulation.draft_document(meeting=meeting, kind="other", contents=content("format"))
        releasing.release_document(document=gone, audience=Audience.FORMAT)
        releasing.recall_document(document=gone, reason={"en": world.token("format")})
        world.found["meetings.document"], world.found["meetings.line"] = draft.pk, released.line
        format = Format.objects.get(pk=world.format.pk)
        receipts.agree_receipts(format=format, told=True, basis={"en": world.token("observers")})
    with world.act("AL"):
        circulation.draft_document(
            meeting=meeting, kind="other", contents=content("AL", file=True), party_id=world.parties["AL"].pk
        )
        receipts.note_opening(released)


PART = Contribution(
    nav=(Nav(_("Documents"), "documents", place="meeting", order=25, key="n", roles=SEATED),),
    desk=desk,
    found={"document": _("Document")},
    cards={
        "meetings.document": document_cards,
        "meetings.documentanswer": answer_cards,
        "meetings.receiptrule": rule_cards,
    },
    changes={
        "document.drafted": _("A document was drafted"),
        "document.edited": _("A draft of a document was changed"),
        "document.withdrawn": _("A draft of a document was withdrawn"),
        "document.scheduled": _("The release of a document was set"),
        "document.moved": _("The release of a document was moved"),
        "document.cancelled": _("The release of a document was called off"),
        "document.released": _("A document was released"),
        "document.recalled": _("A document was recalled"),
        "document.asked": _("A delegation asks to circulate a paper"),
        "document.taken_back": _("A delegation no longer asks to circulate a paper"),
        "document.circulated": _("A paper was circulated as its delegation asked"),
        "document.declined": _("The secretariat declined to circulate a paper"),
        "receipts.agreed": _("The members agreed on receipts of opened documents"),
        "receipts.ended": _("Receipts of opened documents are no longer given"),
    },
    samples={
        **dict.fromkeys(("documents", "document_add", "document_receipts"), sample_meeting),
        **dict.fromkeys(("document", "document_next"), _line),
        **dict.fromkeys(
            (
                "document_edit", "document_withdraw", "document_release", "document_move", "document_cancel",
                "document_recall", "document_ask", "document_take_back", "document_circulate", "document_decline",
            ),
            _samples,
        ),
        "document_file": lambda world: {**_samples(world), "language": "en"},
    },
    canaries=canaries,
)  # fmt: skip
