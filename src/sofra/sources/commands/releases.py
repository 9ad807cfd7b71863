"""Releasing a sensitive claim: the secretariat asks, every member agrees, then it is public."""

from __future__ import annotations

from uuid import UUID

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from sofra.kernel import acting, policy, recording
from sofra.kernel.commands import check_version, command, owner_and_entry, save_next
from sofra.kernel.models import Audience, Entry, SearchDocument, Wording
from sofra.kernel.refusals import NotAllowed, Refusal
from sofra.sources.models import Claim, Discrepancy, Evidence, Release, Subject
from sofra.sources.queries.releases import members_today


@command
def ask_release(claim: Claim, seen: int | None = None) -> Claim:
    """Put a sensitive claim before the members, who can read it from now on. Raises NotAllowed, Conflict."""
    policy.require(acting.current(), "record.ask_release", claim)
    check_version(claim, seen)
    claim.release_asked_at = Now()
    _hold_for(claim, Audience.FORMAT, ["release_asked_at"])
    recording.record("record.release_asked", claim, {"id": claim.record_id})
    return claim


@command
def release_claim(claim: Claim, *, entry: Entry | None = None) -> Release:
    """Record that the actor's party, or the one an entry came from, releases the claim; the last member's word makes it
    public. Raises NotAllowed, or Refusal where that party has released it before."""
    actor = acting.current()
    policy.require(actor, "record.release", claim)
    if entry is None and actor.party_id is None:
        raise NotAllowed(_("The secretariat releases only for a delegation, from a note verbale, an e-mail or a call."))
    owner = entry.owner_party_id if entry else actor.party_id
    if Release.objects.filter(claim=claim, owner_party_id=owner).exists():
        raise Refusal(_("This party has released the claim already."))
    release = Release.objects.create(
        claim=claim, audience=Audience.FORMAT, format_id=claim.format_id, **owner_and_entry(owner, entry)
    )
    recording.record("record.released_by_member", release, {"claim": claim.record_id})
    if not _still_silent(claim):
        # The rule of the house applies itself: no seat decides that the last word has been said.
        with acting.acting_as_house():
            claim.released_at = Now()
            _hold_for(claim, Audience.PUBLIC, ["released_at"])
            recording.record("record.claim_released", claim, {"id": claim.record_id})
    return release


def _still_silent(claim: Claim) -> set[UUID]:
    """Members of today that have not released the claim."""
    agreed = Release.objects.filter(claim=claim).values_list("owner_party_id", flat=True)
    return members_today({claim.format_id}).get(claim.format_id, set()).difference(agreed) if claim.format_id else set()


_WIDER = (Audience.SECRETARIAT, Audience.FORMAT, Audience.PUBLIC)


def _hold_for(claim: Claim, audience: str, fields: list[str]) -> None:
    """Hold the claim for this audience, with all that is needed to read it: evidence, subject, their wordings."""
    claim.audience = audience
    save_next(claim, ["audience", *fields])
    claim.refresh_from_db()
    pieces = list(Evidence.objects.filter(claim=claim).values_list("pk", flat=True))
    Evidence.objects.filter(claim=claim).update(audience=audience)
    held = [claim.pk, *pieces]
    if _WIDER.index(Audience(claim.subject.audience)) < _WIDER.index(Audience(audience)):
        Subject.objects.filter(pk=claim.subject_id).update(audience=audience)
        held.append(claim.subject_id)
    Wording.objects.filter(subject_id__in=held).update(audience=audience)
    SearchDocument.objects.filter(subject_id__in=held).update(audience=audience)
    if audience == Audience.PUBLIC:
        _open_discrepancies()


def _open_discrepancies() -> None:
    """A discrepancy that was kept back is public once every claim on its sides is."""
    for row in Discrepancy.objects.filter(audience=Audience.SECRETARIAT).prefetch_related("sides"):
        wanted = {each for side in row.sides.all() for each in side.claims}
        public = Claim.objects.filter(record_id__in=wanted, current=True, audience=Audience.PUBLIC)
        if wanted and public.count() == len(wanted):
            row.audience = Audience.PUBLIC
            save_next(row, ["audience"])
            row.refresh_from_db()
            sides = list(row.sides.values_list("pk", flat=True))
            row.sides.update(audience=Audience.PUBLIC)
            Wording.objects.filter(subject_id__in=[row.pk, *sides]).update(audience=Audience.PUBLIC)
            SearchDocument.objects.filter(subject_id=row.pk).update(audience=Audience.PUBLIC)
            recording.record("record.discrepancy_released", row, {"id": row.record_id})
