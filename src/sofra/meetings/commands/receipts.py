"""Receipts of opened documents: the delegation's own; and what a format may agree to tell its secretariat."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording, wordings
from sofra.kernel.commands import command, database_now, lock_subject
from sofra.kernel.models import Audience, Format
from sofra.kernel.refusals import Refusal
from sofra.meetings import sentences
from sofra.meetings.models import Document, Opened, Opening, ReceiptRule


@command
def note_opening(document: Document) -> None:
    """Remember, for the reader's delegation alone, when this seat first opened a released document.

    Not audited, so that neither a chain's length nor a change row tells of it. Where the format agreed, the secretariat may
    also know that, and never when.
    """
    actor = acting.current()
    here = actor.sits_in(document.format_id) or actor.observes(document.format_id)
    if actor.party_id is None or actor.seat_id is None or document.format_id is None or not here:
        return
    if document.owner_party_id is not None or document.released_at is None:
        return
    own = {"format_id": document.format_id, "owner_party_id": actor.party_id}
    if Opening.objects.filter(document=document, seat_id=actor.seat_id).exists():
        return
    Opening.objects.bulk_create(
        [Opening(document=document, seat_id=actor.seat_id, at=database_now(), audience=Audience.DELEGATION, **own)],
        ignore_conflicts=True,
    )
    if openings_told(document.format_id):
        Opened.objects.bulk_create(
            [Opened(document=document, audience=Audience.SECRETARIAT, readable_from=document.readable_from, **own)],
            ignore_conflicts=True,
        )


def openings_told(format_id: UUID) -> bool:
    """Whether the format's rule says so."""
    return ReceiptRule.objects.filter(format_id=format_id, openings_told=True).exists()


@command
def agree_receipts(*, format: Format, told: bool, basis: dict[str, str]) -> ReceiptRule:
    """Record that the members agreed that the secretariat learns who opened a document, or that this ended.

    Nothing that was opened before is told. Raises NotAllowed; Refusal without the basis of the agreement.
    """
    policy.require(acting.current(), "documents.receipts", format)
    lock_subject(format.pk)
    said = {language: text.strip() for language, text in basis.items() if text.strip()}
    if told and not said:
        raise Refusal(_("Say on what basis: where and when the members agreed to it."), "basis")
    rule = ReceiptRule.objects.filter(format=format).first()
    if rule is not None and rule.openings_told == told:
        raise Refusal(_("This stands already. Nothing was changed."))
    rule = rule or ReceiptRule(format=format, audience=Audience.OBSERVERS, version=0)
    now = database_now()
    rule.openings_told, rule.at = told, now
    rule.version += 1
    rule.readable_from = now
    rule.save()
    wordings.put(rule, "basis", said)
    text = sentences.kept("receipts.on" if told else "receipts.off")
    recording.record(
        "receipts.agreed" if told else "receipts.ended", rule, {"sentence": text, "basis": said}, shown=text
    )
    return rule
