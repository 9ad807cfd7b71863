"""The owner lets everyone read a commitment, and which of its reports go with it; nobody else can, the host least of all.

What is public is word for word what the owner agreed to: later words are public once the owner agrees again. The dates that
count and how it ended follow by themselves, because whoever reads a promise must not read an old date.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from sofra.cooperation.commands.common import one_at_a_time, owners_place, path_of
from sofra.cooperation.engine.state import COUNTING
from sofra.cooperation.models import Commitment, PublicCommitment, PublicReport, PublicStanding, Report
from sofra.cooperation.models import Ending as EndingRow
from sofra.cooperation.standing import history_of, state_of
from sofra.kernel import acting, policy, search, wordings
from sofra.kernel.commands import command, database_now
from sofra.kernel.models import Audience, Change, Entry
from sofra.kernel.recording import record
from sofra.kernel.refusals import Refusal

#: What of a commitment's wordings is public.
TOLD = ("title", "indicator", "ministry")


def public_rows(commitment: Commitment) -> list[PublicCommitment]:
    """The rows that make a commitment public, oldest first; the last holds. None where it is not public."""
    return list(PublicCommitment.objects.filter(commitment=commitment, withdrawn_at__isnull=True))


def _place(commitment: Commitment, entry: Entry | None) -> dict[str, Any]:
    place = owners_place(acting.current(), commitment, entry)
    return {**place, "audience": Audience.PUBLIC, "readers": []}


@command
def make_public(
    commitment: Commitment, *, reports: Sequence[Report] = (), entry: Entry | None = None
) -> PublicCommitment:
    """Let everyone read the commitment as it is worded now, with the reports the owner releases.

    Raises NotAllowed for anyone but the owner (or the secretariat with an entry); Refusal for one no date counts of, in a
    format not everybody knows, or public already in these words with these reports.
    """
    policy.require(acting.current(), "cooperation.make_public", commitment)
    one_at_a_time(commitment.pk)
    now = database_now()
    place = _place(commitment, entry)
    assert commitment.format is not None
    if commitment.format.audience != Audience.PUBLIC:
        raise Refusal(_("Not everybody knows of the format, so nothing of it can be public."))
    if state_of(commitment, now).code not in COUNTING:
        raise Refusal(
            _("No date counts yet, or the commitment was withdrawn. Only a promise that stands is made public.")
        )
    for each in reports:
        if each.commitment_id != commitment.pk:
            raise Refusal(_("That report is of another commitment."), "reports")
    texts = wordings.of([commitment]).get(commitment.pk, {})
    told = {name: texts.get(name, {}) for name in TOLD}
    before = public_rows(commitment)
    fresh = [each for each in reports if not _released_as_it_stands(each)]
    if before and not fresh and told_by(before[-1]) == told:
        raise Refusal(_("It is public already, in these words and with these reports."))
    row = PublicCommitment(
        commitment=commitment, origin_kind=commitment.origin_kind, theme=commitment.theme,
        exercise=commitment.exercise, at=now, readable_from=now, **place,
    )  # fmt: skip
    row.save(force_insert=True)
    for name, by_language in told.items():
        wordings.put(row, name, by_language)
    for old in before:
        search.forget(old.pk)
    for language, title in told["title"].items():
        body = "\n".join(told[name].get(language, "") for name in ("indicator", "ministry")).strip()
        search.index(row, "commitment", language, title, body, path_of(commitment).lstrip("/"))
    for each in fresh:
        _release(each, place, now)
    record(
        "cooperation.made_public", row, {"texts": told, "reports": [each.pk for each in fresh]},
        meeting_id=commitment.meeting_id, shown={"title": told["title"]},
    )  # fmt: skip
    keep_standing(commitment)
    return row


def told_by(row: PublicCommitment) -> dict[str, dict[str, str]]:
    """The words a public row tells, as its owner agreed to them."""
    texts = wordings.of([row]).get(row.pk, {})
    return {name: texts.get(name, {}) for name in TOLD}


def _released_as_it_stands(report: Report) -> bool:
    row = PublicReport.objects.filter(report=report, withdrawn_at__isnull=True).order_by("-at").first()
    if row is None:
        return False
    texts = wordings.of([row, report])
    same = (row.on, row.claim, row.modality, row.sources) == (
        report.on, report.claim, report.modality, _sources(report),
    )  # fmt: skip
    return same and texts.get(row.pk) == texts.get(report.pk)


def _sources(report: Report) -> list[dict[str, str]]:
    return [
        {
            "title": source.title,
            "published_on": source.published_on.isoformat() if source.published_on else "",
            "link": source.link,
        }
        for source in report.sources.all()
    ]


def _release(report: Report, place: dict[str, Any], now: Any) -> PublicReport:
    row = PublicReport(
        commitment_id=report.commitment_id, report=report, on=report.on, claim=report.claim, modality=report.modality,
        said_at=report.at, sources=_sources(report), at=now, readable_from=now, **place,
    )  # fmt: skip
    row.save(force_insert=True)
    said = wordings.of([report]).get(report.pk, {}).get("text", {})
    wordings.put(row, "text", said)
    record("cooperation.report_released", row, {"report": report.pk, "text": said, "sources": row.sources})
    return row


@command
def withdraw_from_public(commitment: Commitment, *, entry: Entry | None = None) -> None:
    """Take a commitment and its reports back from everyone but the members. What was read was read.

    Raises NotAllowed for anyone but the owner (or the secretariat with an entry); Refusal where it is not public, or where
    the delegation made it public itself and the secretariat would undo that.
    """
    actor = acting.current()
    policy.require(actor, "cooperation.make_public", commitment)
    one_at_a_time(commitment.pk)
    now = database_now()
    place = owners_place(actor, commitment, entry)
    rows: list[PublicCommitment | PublicReport] = [
        *public_rows(commitment), *PublicReport.objects.filter(commitment=commitment, withdrawn_at__isnull=True)
    ]  # fmt: skip
    if not rows:
        raise Refusal(_("It is not public."))
    if place["entry_id"] is not None and any(row.entry_id is None for row in rows):
        raise Refusal(_("The delegation made it public itself, and withdraws it itself."))
    for row in rows:
        row.audience, row.entry_id, row.withdrawn_at = commitment.audience, place["entry_id"], now
        row.version += 1
        row.save(update_fields=["audience", "entry", "withdrawn_at", "version"])
        wordings.replace_placement(row)
        search.forget(row.pk)
        Change.objects.filter(subject_id=row.pk).update(**row.placement())
    record(
        "cooperation.made_private", rows[0], {}, meeting_id=commitment.meeting_id,
        shown={"title": wordings.of([commitment]).get(commitment.pk, {}).get("title", {})},
    )  # fmt: skip
    with acting.acting_as_house():
        PublicStanding.objects.filter(commitment=commitment).update(audience=commitment.audience)


def keep_standing(commitment: Commitment) -> None:
    """Keep what is public of a commitment's dates and end as it is now. Every command that changes either calls this.

    The house writes it: it belongs to neither side, and only a commitment that its owner made public has one.
    """
    if not public_rows(commitment):
        return
    with acting.acting_as_house():
        fresh = Commitment.objects.get(pk=commitment.pk)
        history = history_of(fresh)
        dates = [
            {"due": each.due.isoformat(), "zone": each.zone, "agreed_at": agreed.isoformat()}
            for each in history.dates
            if (agreed := each.agreed_at()) is not None
        ]
        endings = [
            {"at": each.at.isoformat(), "lapsed": each.kind == EndingRow.Kind.LAPSED} for each in fresh.endings.all()
        ]
        row = PublicStanding.objects.filter(commitment=fresh).first() or PublicStanding(
            commitment=fresh, format_id=fresh.format_id
        )
        if row.audience == Audience.PUBLIC and (row.dates, row.endings) == (dates, endings):
            return
        row.audience, row.dates, row.endings = Audience.PUBLIC, dates, endings
        row.readable_from = database_now()
        row.version += 1
        row.save()
        record("cooperation.public_standing", row, {"dates": dates, "endings": endings}, visible=False)
