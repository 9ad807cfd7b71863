"""Receipts of opened documents: the delegation's own; and what a format may agree to tell its secretariat."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording, wordings
from sofra.kernel.commands import command, database_now, lock_subject
from sofra.kernel.models import Audience, Format
from sofra.kernel.refusals import Refusal
from sofra.meetings import sentences
from sofra.meetings.models import Document, Opened, Opening, ReceiptRule


def note_opening(document: Document) -> None:
    """Remember when this seat first opened a released document, as `note_openings` does for several."""
    note_openings([document])


@command
def note_openings(documents: Iterable[Document]) -> None:
    """Remember, for the reader's delegation alone, when this seat first opened released documents of one format.

    Not audited, so that neither a chain's length nor a change row tells of it. Where the format agreed, the secretariat may
    also know that, and never when. Four queries at most, one where all were opened before.
    """
    actor = acting.current()
    rows = [row for row in documents if row.owner_party_id is None and row.released_at is not None]
    place = rows[0].format_id if rows else None
    if place is None or actor.party_id is None or actor.seat_id is None:
        return
    if not (actor.sits_in(place) or actor.observes(place)):
        return
    before = Opening.objects.filter(document__in=rows, seat_id=actor.seat_id).values_list("document_id", flat=True)
    opened = set(before)
    rows = [row for row in rows if row.pk not in opened]
    if not rows:
        return
    own = {"format_id": place, "owner_party_id": actor.party_id}
    now, seat = database_now(), actor.seat_id
    Opening.objects.bulk_create(
        [Opening(document=row, seat_id=seat, at=now, audience=Audience.DELEGATION, **own) for row in rows],
        ignore_conflicts=True,
    )
    if openings_told(place):
        Opened.objects.bulk_create(
            [
                Opened(document=row, audience=Audience.SECRETARIAT, readable_from=row.readable_from, **own)
                for row in rows
            ],
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
